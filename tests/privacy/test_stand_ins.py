"""The same name gets the same stand-in, another another; what stands there already is not given away."""

from __future__ import annotations

import threading

import pytest

from doctor import privacy
from doctor.privacy import redact


def test_the_same_and_another() -> None:
    assert redact("/home/bertha/a /home/carlos/b /home/bertha/c") == "/home/user1/a /home/user2/b /home/user1/c"


def test_the_same_in_another_text() -> None:
    redact("/home/bertha/a")
    assert redact("/home/carlos/b and /home/Bertha/c") == "/home/user2/b and /home/user1/c"


def test_a_new_run_counts_anew() -> None:
    redact("/home/bertha/a")
    privacy.forget()
    assert redact("/home/carlos/b") == "/home/user1/b"


def test_every_kind_counts_for_itself() -> None:
    text = "bertha@lab-7:~$ ping 10.1.2.3 # 52:54:00:12:34:56 bk@lab.org git@h.example:acme/x.git"
    assert redact(text) == "user1@<host-1>:~$ ping <ip-1> # <mac-1> <email-1> git@<host-2>:<repo-1>.git"


def test_a_number_that_a_text_brings_is_not_given_to_somebody_else() -> None:
    assert redact("/home/bertha/x beside /home/user1/y and <ip-1> 47.98.12.203") == (
        "/home/user2/x beside /home/user1/y and <ip-1> <ip-2>"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/bertha/x; su bertha-x; ssh bertha@lab-7", "/home/user1/x; su bertha-x; ssh user1@<host-1>"),
        ("/home/bertha/x /tmp/torchinductor_bertha/y", "/home/user1/x /tmp/torchinductor_user1/y"),
        ("/home/bertha/x KeyError: 'bertha'", "/home/user1/x KeyError: 'user1'"),
        ("/home/wx1234/x job of wx1234", "/home/user1/x job of user1"),
        ("lab-7:1:2 [0] NCCL INFO x\nlab-7 is down", "<host-1>:1:2 [0] NCCL INFO x\n<host-1> is down"),
        ("/home/trial/x: a trial of it", "/home/user1/x: a trial of it"),
    ],
)
def test_a_name_that_was_told_is_known_elsewhere(text: str, shown: str) -> None:
    """In the place of a name, and everywhere where it is no word."""
    assert redact(text) == shown


def test_a_space_in_a_path_stays() -> None:
    assert redact(r"C:\Users\Bertha Klein\x") == r"C:\Users\user1 user1\x"


def test_uuids_keep_their_form_and_are_told_apart_when_they_are_cut() -> None:
    one, other = "GPU-8f3e0d4c-1111-2222-3333-444455556666", "GPU-9f3e0d4c-1111-2222-3333-444455556666"
    assert redact(f"{one} {other} GPU-8f3e0d4c") == (
        "GPU-00000001-0000-0000-0000-000000000000 GPU-00000002-0000-0000-0000-000000000000 GPU-00000001"
    )


def test_threads_get_one_number_a_name() -> None:
    shown: list[str] = []
    threads = [
        threading.Thread(target=lambda: shown.extend(redact(f"/home/bertha{n}/x") for n in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(shown)) == 50
