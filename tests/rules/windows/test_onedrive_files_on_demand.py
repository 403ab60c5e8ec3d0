"""onedrive-files-on-demand."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Folder, Host, Storage
from doctor.model import Severity
from tests.rules.judging import facts_of, finding, is_open, points_to

RULE = "onedrive-files-on-demand"
TEXTS = [
    "error: failed to open file `C:\\x\\OneDrive\\p\\uv.lock`: The cloud file provider is not running. (os error 362)",
    "OSError: [WinError 448] 无法遍历该路径,因为它包含不受信任的装入点。: 'C:\\\\p'",
]
OTHERS = [
    "error: failed to open file `C:\\x\\OneDrive\\p\\uv.lock`: Access is denied. (os error 5)",
    "OSError: [WinError 4390] The file or directory is not a reparse point: 'C:\\\\p'",
    "RuntimeError: CUDA error 398",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_uv_copies_where_links_are_refused():
    text = "Caused by: failed to hardlink file from a to b: ... incompatible hardlinks. (os error 396)"
    *_, copy = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows", shell="cmd"), error=ErrorText(text=text)))
    assert copy.commands == (("set", "UV_LINK_MODE=copy"), ("uv", "pip", "install", "PACKAGE"))


def test_a_note_on_an_environment_that_onedrive_keeps():
    kept = Storage(folders=(Folder("environment", "C:\\Users\\me\\OneDrive\\env", onedrive=True),))
    found = finding(RULE, storage=kept)
    assert found and found.severity is Severity.INFO
    assert is_open(RULE, storage=kept, error=ErrorText(text="[WinError 396]"))
    assert is_open(RULE, storage=Storage(folders=(Folder("home", "C:\\Users\\me\\OneDrive", onedrive=True),)))
