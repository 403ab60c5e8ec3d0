"""windows-path-too-long."""

import pytest

from doctor import explain
from doctor.facts import Host, Packages, Python, Torch
from doctor.model import ok
from tests.rules.judging import NOT_THERE, commands, finding, is_cleared, is_open, points_to

RULE = "windows-path-too-long"
DEEP = r"C:\\Users\\me\\AppData" + r"\\a_long_folder_name" * 12
TEXTS = [
    "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
    "OSError: [WinError 206] The filename or extension is too long: 'D:\\\\x'",
    f"ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '{DEEP}'",
]
OTHERS = [
    r"OSError: [Errno 2] No such file or directory: 'C:\\Users\\me\\model.pt'",
    "FileNotFoundError: [Errno 2] No such file or directory: '/home/" + "a/" * 150 + "x'",
    "OSError: [WinError 126] The specified module could not be found",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


OFF = Host(os="windows", long_paths=False, architecture="x86_64")


def python(site_length: int, **more) -> Python:
    return Python(**{"version": "3.11.9", "kind": "venv", "site_length": site_length, **more})


def test_a_folder_that_leaves_too_little_for_the_newest_torch():
    found = finding(RULE, host=OFF, python=python(120 + 18), torch=NOT_THERE)
    assert "PyTorch 2.15.0 here: a path would have 265 characters, Windows allows 259" in found.message
    assert [argv[0] for argv in commands(found)] == ["torch-doctor", "reg"]
    assert is_open(RULE, host=OFF, python=python(259 - 1 - 126), torch=NOT_THERE)
    assert finding(RULE, host=OFF, python=python(260 - 1 - 126), torch=ok(Torch(version="")))


def test_it_is_about_the_torch_that_this_python_can_have():
    assert is_open(RULE, host=OFF, python=python(138, version="3.9.13"), torch=NOT_THERE)


def test_an_installation_that_broke_off():
    cut = Packages(leftovers=("D:\\e\\torch-2.13.0.dist-info",))
    half = ok(Torch(version="2.13.0"))
    assert finding(RULE, host=OFF, python=python(100), torch=half, packages=cut)
    assert is_open(RULE, host=OFF, python=python(100), torch=half, packages=Packages())


@pytest.mark.parametrize(
    "facts", [{"python": python(138, kind="uv")}, {"python": Python()}, {"host": Host(os="windows")}]
)
def test_open_where_it_is_not_known_or_another_program_installs(facts):
    assert is_open(RULE, **{"host": OFF, "python": python(138), "torch": NOT_THERE} | facts)


def test_cleared_on_another_system_only():
    """Where torch's own paths are short enough, a text may tell of others."""
    assert is_cleared(RULE, host=Host(os="linux"), python=python(200), torch=NOT_THERE)
    assert is_open(RULE, host=Host(os="windows", long_paths=True), python=python(200), torch=NOT_THERE)
