"""`match --refresh`: what is new is shown, and kept when a person says so; `--undo` takes the last time back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from doctor import gate
from doctor.cli._confirm import confirm
from doctor.model import DoctorError

if TYPE_CHECKING:
    from doctor.catalog.refreshed import Refreshed

NOTHING_NEW = "Nothing is new on {index}: the catalog knows torch {newest} and what is older."
SAME = "Nothing is new on {index} since it was read on {day}."
NEW = "New on {index}:"
QUESTION = "Use them from now on?"
KEPT = "Kept in {path}; `torch-doctor match --refresh --undo` takes it back."
NOT_KEPT = "Nothing was written."
UNDONE = "Taken back: {why}."


def run(options: argparse.Namespace) -> int:
    if options.format != "text":
        raise DoctorError(
            "match-refresh", "--refresh answers in text only", f"--format {options.format}", "leave it out"
        )
    return _undo() if options.undo else _refresh(options)


def _undo() -> int:
    from doctor.refresh.run import undo

    for change in undo():
        gate.page([UNDONE.format(why=change.why)])
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from doctor import catalog
    from doctor.match import WHEELS
    from doctor.probes.chosen_sources import pytorch_index
    from doctor.refresh import run as refresh

    found = refresh.look(options.python, options.index_url or "", pytorch_index() or WHEELS, gate.say)
    now = refresh.in_use()
    if not refresh.is_news(found):
        template = SAME if now else NOTHING_NEW
        day, newest = now.as_of if now else "", catalog.all_releases()[0].torch
        gate.page([template.format(index=found.index, day=day, newest=newest)])
        return 0
    _show(found)
    if not confirm(QUESTION, options.yes):
        gate.page([NOT_KEPT])
        return 1
    refresh.keep(found)
    gate.page([KEPT.format(path=refresh.overlay())])
    return 0


def _show(found: Refreshed) -> None:
    from doctor.refresh.news import lines

    gate.page([NEW.format(index=found.index), *(f"  {line}" for line in lines(found.releases))])
