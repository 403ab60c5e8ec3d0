"""libiomp-duplicate."""

from doctor.facts import Runtime, Variables
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "libiomp-duplicate"


def test_a_warning_for_two_of_one_family():
    loaded = (r"C:\env\torch\lib\libiomp5md.dll", r"C:\env\Library\bin\libomp.dll")
    found = finding(RULE, runtime=Runtime(loaded_libraries=loaded))
    assert found and found.severity is Severity.WARNING


def test_the_variable_that_hides_it():
    assert finding(RULE, variables=Variables({"KMP_DUPLICATE_LIB_OK": "TRUE"})) is not None
    assert finding(RULE, variables=Variables({"KMP_DUPLICATE_LIB_OK": "FALSE"})) is None


def test_gnu_s_runtime_lives_beside_them():
    loaded = ("/env/torch/lib/libgomp-a34b3233.so.1", "/env/lib/libiomp5.so", "/usr/lib/libgomp.so.1")
    assert finding(RULE, runtime=Runtime(loaded_libraries=loaded)) is None


def test_texts():
    line = "OMP: Error #15: Initializing libiomp5md.dll, but found libiomp5md.dll already initialized."
    assert points_to(RULE, line)
    assert not points_to(RULE, "OMP: Error #13: Assertion failure at kmp_affinity.cpp(532).")
