"""Our own names on other machines: Windows, no home, and names that are words."""

from __future__ import annotations

import pytest

from doctor import privacy
from doctor.privacy import own


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("USER")
    monkeypatch.setenv("USERPROFILE", r"C:\Users\Alice Liddell")
    monkeypatch.setenv("USERNAME", "Alice Liddell")


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"C:\Users\Alice Liddell\env\python.exe", r"~\env\python.exe"),
        (r"c:\users\alice liddell\env", r"~\env"),
        (r"'C:\\Users\\Alice Liddell\\env'", r"'~\\env'"),
        ("C:/Users/Alice Liddell/env", "~/env"),
        ("/c/Users/Alice Liddell/env", "~/env"),
        ("/mnt/c/Users/Alice Liddell/env", "~/env"),
        (r"\\?\C:\Users\Alice Liddell\env", r"~\env"),
        (r"C:\Users\ALICEL~1\AppData\Local\Temp", r"~\AppData\Local\Temp"),
        (r"D:\Users\Alice Liddell\env", r"D:\Users\$USER\env"),
        (r"C:\Users\Alice Liddell2\env", r"C:\Users\user1 user1\env"),
        (r"C:\Users\Public\env", r"C:\Users\Public\env"),
    ],
)
def test_a_path_of_windows_stays_one(text: str, shown: str) -> None:
    assert privacy.redact(text) == shown


@pytest.mark.usefixtures("windows")
def test_and_is_turned_back() -> None:
    assert privacy.expand(r"~\env\python.exe") == r"C:\Users\Alice Liddell\env\python.exe"
    assert privacy.expand(r"D:\Users\$USER\env") == r"D:\Users\Alice Liddell\env"


def test_home_is_what_python_takes_for_it_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own.sys, "platform", "win32")
    monkeypatch.setenv("HOME", "/home/alice")  # of MSYS
    monkeypatch.setenv("USERPROFILE", r"C:\Users\alice")
    assert privacy.redact_path(r"C:\Users\alice\x") == r"~\x"
    assert privacy.redact("/home/alice/x") == "/home/$USER/x"
    assert privacy.expand(r"~\x") == r"C:\Users\alice\x"


def test_the_home_of_windows_seen_from_linux() -> None:
    assert privacy.redact("/mnt/c/Users/Alice/x") == "/mnt/c/Users/$USER/x"


@pytest.mark.parametrize("name", ["driver", "stream", "secrets", "module"])
def test_a_name_that_is_a_word_is_replaced_only_where_it_is_a_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HOME", f"/home/{name}")
    monkeypatch.setenv("USER", name)
    text = f"CUDA {name} error in /home/{name}/x, /scratch/{name}/y, {name}@wonderland7:~$ "
    assert privacy.redact(text) == f"CUDA {name} error in ~/x, /scratch/$USER/y, $USER@<host>:~$ "


def test_a_host_name_that_is_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_host", lambda: "kernel")
    assert privacy.redact("no kernel image; bob@kernel:~$ http://kernel:8888/x") == (
        "no kernel image; user1@<host>:~$ http://<host>:8888/x"
    )


def test_our_host_with_its_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_host", lambda: "wonder-7")
    assert privacy.redact("wonder-7.cluster.uni.example:29500") == "<host>:29500"


@pytest.mark.parametrize("name", ["root", "ubuntu", "user", ""])
def test_names_that_many_have_stay(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("USER", name)
    assert privacy.redact("root and ubuntu and user in /home/ubuntu") == "root and ubuntu and user in /home/ubuntu"
