"""windows-program-refused: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain

RULE = "windows-program-refused"
STARTED = """  File "C:\\Python311\\Lib\\subprocess.py", line 1538, in _execute_child
    hp, ht, pid, tid = _winapi.CreateProcess(executable, args,
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"""


@pytest.mark.parametrize("said", ["Access is denied", "Zugriff verweigert", "アクセスが拒否されました。", "存取被拒。"])
def test_in_the_languages_of_windows(said):
    assert explain.causes(f"{STARTED}PermissionError: [WinError 5] {said}")[0].rule == RULE


@pytest.mark.parametrize(
    "last",
    [
        "FileNotFoundError: [WinError 2] The system cannot find the file specified",
        "PermissionError: [WinError 32] The process cannot access the file",
    ],
)
def test_another_number(last):
    assert RULE not in [cause.rule for cause in explain.causes(STARTED + last)]
