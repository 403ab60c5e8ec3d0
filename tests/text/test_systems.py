"""Which system a text comes from."""

import pytest

from doctor.text.systems import is_wsl, system_of


@pytest.mark.parametrize(
    ("text", "system"),
    [
        (r"C:\Users\ana\train.py", "windows"),
        ("C:/Users/ana/train.py", "windows"),  # and no Mac's folder
        (r"failed to read C:\x (os error 5)", "windows"),
        ("Access is denied. (os error 5)", "windows"),
        ("The system cannot find the path specified", "windows"),
        ("/Users/ana/train.py", "macos"),
        ("/private/var/folders/x1/k_0000gn/T/pip-install-1/setup.py", "macos"),
        ("/Applications/Studio.app/Contents/Resources/main.py", "macos"),
        ("/home/ana/train.py", "linux"),
        (r"write to C:\x or elsewhere", None),
        ("the docs of pyd files: use .dll files", None),
        ("copied from /home/ana to /Users/ana/x", None),
        ("microsoft-standard-WSL2 /usr/lib/wsl/lib C:\\Users\\ana", "linux"),
    ],
)
def test_system(text, system):
    assert system_of(text) == system


def test_windows_folders_seen_from_linux_are_of_wsl():
    assert is_wsl("/mnt/c/Users/ana/train.py") and not is_wsl("/mnt/data/Users")
