"""What holds for facts, reports and documents that were made of any text."""

from __future__ import annotations

import io
import json
import re

import msgspec
from rich.console import Console

from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.model import Verdict
from doctor.render import document, terminal
from doctor.render.areas import rows
from doctor.report import Report

_ACTS = re.compile(r"(?<!\\)(?:\\\\)*\\u00[01][0-9a-f]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def check_facts(facts: Facts) -> None:
    """Every value is of its field's type and can be written as JSON."""
    msgspec.json.decode(msgspec.json.encode(facts), type=Facts)


def check_pasted(facts: Facts) -> None:
    """As `check_report`; and what people paste is cleaned where it comes in: nothing in it acts on a terminal."""
    check_report(facts)
    written = msgspec.json.encode(facts).decode()
    found = _ACTS.search(written)
    assert not found, f"a fact acts on a terminal\n{found}"


def check_report(facts: Facts) -> Report:
    """No rule breaks, what did not see its torch is never sound, and every format can draw it."""
    check_facts(facts)
    report = diagnose(facts)
    assert not report.broken, f"broken rule {report.broken[0]}"
    assert report.verdict is not Verdict.SOUND or facts.torch.ok, "sound, and nothing is known of torch"
    for form in ("json", "markdown", "html"):
        document(report, form).encode()
    json.loads(document(report, "json"))
    out = io.StringIO()
    page = Console(file=out, width=100, markup=False, emoji=False, highlight=False)
    terminal.draw(report, rows(report), page, verbose=True)
    out.getvalue().encode()
    return report
