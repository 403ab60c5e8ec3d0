"""Names are asked for once, and again when an answer is lost; nobody waits for a resolver that hangs."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from doctor.mirrors.probe import names
from doctor.mirrors.probe.names import ResolverPool


def test_a_name_is_asked_for_once() -> None:
    asked: list[str] = []

    def look(name: str) -> str:
        asked.append(name)
        return name.upper()

    pool = ResolverPool()
    futures = [pool.submit(look, "a.example.com") for _ in range(5)]
    assert [future.result(5) for future in futures] == ["A.EXAMPLE.COM"] * 5
    assert pool.submit(look, "a.example.com").result(5) == "A.EXAMPLE.COM"
    assert asked == ["a.example.com"]


def test_a_lost_answer_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_AGAIN_S", (0.0, 0.05))
    over, asked = threading.Event(), []

    def look() -> str:
        asked.append(1)
        if len(asked) == 1:
            over.wait(30)
        return "found"

    assert ResolverPool().submit(look).result(10) == "found"
    over.set()


def test_no_such_name_is_told_to_all() -> None:
    def look() -> str:
        raise OSError("no such name")

    pool = ResolverPool()
    for future in [pool.submit(look) for _ in range(3)]:
        with pytest.raises(OSError, match="no such name"):
            future.result(5)


def test_one_who_left_does_not_disturb_the_others() -> None:
    go = threading.Event()

    def look() -> str:
        go.wait(10)
        return "found"

    pool = ResolverPool()
    left, stayed = pool.submit(look), pool.submit(look)
    left.cancel()
    go.set()
    assert stayed.result(5) == "found"


def test_questions_are_paced(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[float] = []

    class Noted:
        def __init__(self, *about: object) -> None:
            turns.append(about[-1])

        def notify(self, future: object) -> None:
            """Nobody asks."""

    monkeypatch.setattr(names, "_Question", Noted)
    pool = ResolverPool()
    for number in range(10):
        pool.submit(print, number)
    assert all(later - turn >= 0.99 * names.PACE_S for turn, later in pairwise(turns))
