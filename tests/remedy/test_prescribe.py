"""Which remedies are alternatives to those before them."""

from __future__ import annotations

from doctor.facts import Facts
from doctor.remedy import prescribe
from doctor.remedy.actions import Action, Advice, AskPython, EmptyCache, Install

LOOK = AskPython(code="print(1)", title="Look")
INSTALL = Install(requirements=("numpy<2",))


def alternatives(*actions: Action) -> list[bool]:
    return [remedy.alternative for remedy in prescribe(actions, Facts())]


def test_what_mends_after_what_mends_is_another_way() -> None:
    assert alternatives(INSTALL, Advice(title="Or this")) == [False, True]
    assert alternatives(EmptyCache(), Advice(title="Then this", step=True)) == [False, False]


def test_a_look_mends_nothing_and_is_no_other_way() -> None:
    assert alternatives(LOOK, INSTALL) == [False, False]
    assert alternatives(INSTALL, LOOK, Advice(title="Or this")) == [False, False, True]


def test_the_same_remedy_is_told_once() -> None:
    assert len(prescribe((INSTALL, INSTALL), Facts())) == 1
