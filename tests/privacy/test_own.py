"""What leaves the machine says nothing about its owner, and still says what matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor import privacy
from tests.surroundings import LINKS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/alice/venv/bin/python", "~/venv/bin/python"),
        ("/home/alice", "~"),
        ("/home/alice2/x", "/home/alice2/x"),
        ("/backup/home/alice/x", "/backup/home/$USER/x"),
        ("/scratch/alice/venv", "/scratch/$USER/venv"),
        ("/tmp/torchinductor_alice/ab", "/tmp/torchinductor_$USER/ab"),
        ("/nfs/wonderland7/data", "/nfs/<host>/data"),
        ("/home/bob/shared-env", "/home/bob/shared-env"),
        ("relative/file", "relative/file"),
        ("", ""),
    ],
)
def test_paths(text: str, expected: str) -> None:
    assert privacy.redact_path(text) == expected


def test_a_path_object_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert privacy.redact_path(tmp_path / "x") == str(Path("~/x"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('File "/home/alice/a b/train.py", line 3', 'File "~/a b/train.py", line 3'),
        ("LD_LIBRARY_PATH=/home/alice/lib:/home/bob/lib:/usr/lib", "LD_LIBRARY_PATH=~/lib:/home/user1/lib:/usr/lib"),
        (r"C:\Users\Bob Smith\x", r"C:\Users\user1 user1\x"),
        (r"C:\Users\Public\x", r"C:\Users\Public\x"),
        ("/mnt/c/Users/bob/x and /Users/carol/y", "/mnt/c/Users/user1/x and /Users/user2/y"),
        ("alice@wonderland7:~$ python", "$USER@<host>:~$ python"),
        ("index https://bob:pw@mirror.example.com/simple here", "index https://mirror.example.com/simple here"),
        ("token hf_abcdefghijklmnopqrst used", "token hf_… used"),
        ("PASSWORD=hunter2hunter", "PASSWORD=…"),
        ("Authorization: Bearer abc.def.ghi", "Authorization: Bearer …"),
        ("GPU-8f3e0d4c-1111-2222-3333-444455556666 ok", "GPU-00000001-0000-0000-0000-000000000000 ok"),
        ("RuntimeError: CUDA error: out of memory", "RuntimeError: CUDA error: out of memory"),
        ("token = None", "token = None"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert privacy.redact(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:p%40ss@mirror.example.com:8443/simple", "https://mirror.example.com:8443/simple"),
        ("https://token@mirror.example.com/simple", "https://mirror.example.com/simple"),
        ("http://DOM\\user:p@ss@proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("http://user:pa/ss@proxy.example.com", "http://proxy.example.com"),
        ("user:pass@proxy.example.com:3128", "proxy.example.com:3128"),
        ("https://${USER}:${TOKEN}@mirror.example.com/", "https://mirror.example.com/"),
        ("https://conda.example.com/t/ab-12345678/main", "https://conda.example.com/t/…/main"),
        ("https://mirror.example.com/simple?token=abc&x=1", "https://mirror.example.com/simple?token=…&x=1"),
        ("https://mirror.example.com/whl/cu126", "https://mirror.example.com/whl/cu126"),
        ("git+https://example.com/a/b@v1.0", "git+https://example.com/a/b@v1.0"),
        ("https://example.com:8080/a@b", "https://example.com:8080/a@b"),
        (
            "https://ada:s3cret@a.example.com/?next=http://b.example.com",
            "https://a.example.com/?next=http://b.example.com",
        ),
        ("https://a.example.com/https://ada:s3cret@b.example.com/x", "https://a.example.com/https://b.example.com/x"),
        ("proxy.example.com:3128", "proxy.example.com:3128"),
        ("file:///srv/wheels", "file:///srv/wheels"),
        ("", ""),
    ],
)
def test_urls(url: str, expected: str) -> None:
    assert privacy.without_credentials(url) == expected


def test_windows_home_in_every_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", r"C:\Users\Alice")
    monkeypatch.setenv("USER", "Alice")
    for text in (r"c:\users\alice\x", r"C:\\Users\\Alice\x", "C:/Users/Alice\\x"):
        assert privacy.redact(text) == r"~\x"


def test_a_root_as_home_replaces_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("USER", "root")
    assert privacy.redact("/usr/lib and root") == "/usr/lib and root"


def test_short_names_that_are_words_survive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/max")
    monkeypatch.setenv("USER", "max")
    assert privacy.redact("max size 3, /scratch/max/env, max@gpu") == "max size 3, /scratch/$USER/env, $USER@gpu"


def test_no_home_and_no_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("USER")
    assert privacy.redact_path("/usr/bin/python") == "/usr/bin/python"


@LINKS
def test_linked_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path / "link"))
    assert privacy.redact_path(tmp_path / "real" / "x") == "~/x"


def test_expand_takes_it_back() -> None:
    for path in ("/home/alice/venv", "/scratch/alice/env", "/usr/bin/python", "/home/alice", "/nfs/wonderland7/x"):
        assert privacy.expand(privacy.redact_path(path)) == path


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert privacy.redact_path("/data/\udcff/x") == privacy.redact("/data/\udcff/x") == "/data/?/x"
