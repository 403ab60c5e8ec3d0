"""libiomp-duplicate."""

from doctor.facts import Conda, Host, Python, Runtime, Variables
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "libiomp-duplicate"


def test_a_warning_for_two_of_one_family():
    loaded = (r"C:\env\torch\lib\libiomp5md.dll", r"C:\env\Library\bin\libomp.dll")
    found = finding(RULE, runtime=Runtime(loaded_libraries=loaded))
    assert found and found.severity is Severity.WARNING


def test_the_variable_that_hides_it():
    hides = Variables({"KMP_DUPLICATE_LIB_OK": "TRUE"})
    found = finding(RULE, variables=hides)
    assert found.severity is Severity.WARNING
    assert found.evidence[0].fact == "variables.values.KMP_DUPLICATE_LIB_OK"
    one = Runtime(loaded_libraries=("/env/torch/lib/libomp.dylib",))
    assert finding(RULE, variables=hides, runtime=one).severity is Severity.INFO


def test_open_where_torch_loads_one_as_a_program_loads_more():
    assert is_open(RULE, variables=Variables({"KMP_DUPLICATE_LIB_OK": "FALSE"}))
    assert is_open(RULE, runtime=Runtime(loaded_libraries=("/env/torch/lib/libomp.dylib",)))


def test_advice_with_pip_and_with_conda():
    hides = Variables({"KMP_DUPLICATE_LIB_OK": "TRUE"})
    by_pip = {"host": Host(os="linux"), "python": Python(executable="/env/bin/python", kind="venv")}
    ask, new = commands(finding(RULE, variables=hides, **by_pip))
    assert ask[:2] == ("/env/bin/python", "-c")
    assert new == ("torch-doctor", "setup", "--env", ".venv")
    assert ("conda", "list", "openmp|mkl|nomkl|libomp") in commands(finding(RULE, variables=hides, conda=Conda()))


def test_gnu_s_runtime_lives_beside_them():
    loaded = ("/env/torch/lib/libgomp-a34b3233.so.1", "/env/lib/libiomp5.so", "/usr/lib/libgomp.so.1")
    assert is_open(RULE, runtime=Runtime(loaded_libraries=loaded))


def test_texts():
    line = "OMP: Error #15: Initializing libiomp5md.dll, but found libiomp5md.dll already initialized."
    assert points_to(RULE, line)
    assert not points_to(RULE, "OMP: Error #13: Assertion failure at kmp_affinity.cpp(532).")
