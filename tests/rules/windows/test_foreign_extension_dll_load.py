"""foreign-extension-dll-load."""

from doctor.diagnose import remedies_of
from doctor.facts import Facts
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "foreign-extension-dll-load"


def test_texts():
    line = "ImportError: DLL load failed while importing onnx_cpp2py_export: A dynamic link library"
    assert points_to(RULE, line)
    line = (
        r"FileNotFoundError: Could not find module 'C:\env\llama.dll' (or one of its "
        r"dependencies)."
    )
    assert points_to(RULE, line)


def test_the_package_is_named_and_torch_stays():
    (remedy,) = remedies_of(load(RULE), Facts())
    assert remedy.commands == () and "torch stays" in remedy.title


def test_torch_and_pillow_have_their_own_rules():
    assert not points_to(
        RULE, r'OSError: [WinError 126] Error loading "C:\env\torch\lib\fbgemm.dll" or one of its dependencies.'
    )
    assert not points_to(
        RULE, "ImportError: DLL load failed while importing _imaging: The specified module could not be found"
    )
    assert not points_to(
        RULE, "ImportError: DLL load failed while importing _C: The specified procedure could not be found"
    )
