"""What must be gone is gone, what stands around it stays; what only looks like it stays as it is."""

from __future__ import annotations

from doctor.privacy import redact
from tests.each import each
from tests.privacy.cases_of import Case, cases, lines

PRIVATE = [*cases("secrets"), *cases("names")]


@each("case", PRIVATE, ids=str)
def test_private(case: Case) -> None:
    shown = redact(case.text)
    assert not [part for part in case.gone if part in shown]
    assert case.around.fullmatch(shown), shown
    assert redact(shown) == shown


@each("line", lines("harmless"))
def test_harmless(line: str) -> None:
    assert redact(line) == line
