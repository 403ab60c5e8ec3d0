"""Explain a rule or an error text in plain words.

The text may be a whole log: the likeliest cause comes first, with the line that shows it, what it means on this
machine, and how to fix it. Exit code: 0 something was recognised, 1 nothing was, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.cli._timeout import add_timeout
from doctor.model import DoctorError, Exit

if TYPE_CHECKING:
    from doctor.diagnose.meaning import Explained
    from doctor.explain import Cause, Scanner
    from doctor.facts import Facts

PIECE_BYTES = 1 << 20
MAX_CAUSES = 10
OF_ENVIRONMENT = ("python", "conda", "packages", "torch", "runtime")
_PATH = re.compile(r"(?:[A-Za-z]:|~)?(?:[^\s:]*[\\/])?[^\s:]+\.(?:txt|log|out|err|md)", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("what", nargs="*", metavar="TEXT|FILE|ID|-", help="an error text, a file with one, a rule's id; - reads stdin")
    add("--list", dest="list_rules", action="store_true", help="list every rule")
    add("--no-facts", action="store_true", help="do not examine this machine: the text comes from another one")
    add("--python", metavar="PATH", help="interpreter or environment to examine (default: the active one)")
    add("--format", choices=("text", "json"), default="text", help="default: text")
    add_timeout(parser, 60)
    add("-v", "--verbose", action="store_true", help="show every cause in full")


def run(options: argparse.Namespace) -> int:
    if options.list_rules:
        return _list_rules(options.format)
    what = " ".join(options.what)
    from doctor import rules

    if what in rules.names():
        return _show_rule(what, options.format)
    if _ID.fullmatch(what) and not Path(what).exists():
        raise DoctorError("explain-id", "there is no rule with that id", what, _suggestion(what))
    heard = listen(_read_pieces(what))
    explained = explain(heard, options)
    _show(explained, options)
    return Exit.OK if explained.causes else Exit.PROBLEMS


def listen(pieces: Iterator[bytes]) -> Scanner:
    """A text in pieces, heard to its end."""
    from doctor.explain import Scanner

    scanner = Scanner()
    for piece in pieces:
        scanner.feed(piece)
    return scanner


def explain(heard: Scanner, options: argparse.Namespace) -> Explained:
    """The causes that a text names, by what it tells of its machine and, where it can be of here, by this one."""
    from msgspec import structs

    from doctor.diagnose import meaning
    from doctor.explain import rank
    from doctor.explain.gist import gist_of
    from doctor.intake import error_text

    scan = heard.finish()
    causes = rank(scan)[:MAX_CAUSES]
    machine = _facts(causes, options) if causes and not options.no_facts else None
    explained = meaning.explain(causes, error_text.read(heard.ends.text), machine)
    return structs.replace(explained, gist=gist_of(scan, [cause.rule for cause in causes]))


def _facts(causes: tuple[Cause, ...], options: argparse.Namespace) -> Facts:
    """What the rules of these causes ask for, of this machine."""
    from doctor import collect, rules, target
    from doctor.diagnose import fields_of
    from doctor.diagnose.meaning import roots_of

    found = target.find(options.python, deadline_s=options.timeout)
    asked = [rules.load(cause.rule) for cause in causes]
    fields = fields_of([*asked, *roots_of(causes[0].rule)])
    ours = not options.python and _is_our_own(found.executable)
    return collect.collect(found, [name for name in fields if name not in OF_ENVIRONMENT] if ours else fields)


def _is_our_own(executable: str) -> bool:
    """Whether this is the doctor's own environment, without a torch: what it lacks says nothing of a text."""
    return Path(executable).parent == Path(sys.executable).parent and find_spec("torch") is None


def _read_pieces(what: str) -> Iterator[bytes]:
    """The text as UTF-8, piece by piece: from stdin, a file, or the words themselves."""
    from doctor.text.clean import as_utf8

    if what in ("", "-"):
        if not what and sys.stdin.isatty():
            raise DoctorError("explain-text", "an error text is required", "none", "torch-doctor explain - < log.txt")
        return as_utf8(iter(lambda: sys.stdin.buffer.read(PIECE_BYTES), b""))
    if "\n" not in what and len(what) < 1000 and Path(what).is_file():
        return as_utf8(_read_file(Path(what)))
    if _PATH.fullmatch(what):
        raise DoctorError(
            "input", "cannot read the error text", f"there is no file {what}", "give its path, or - and the text"
        )
    return iter((what.encode("utf-8", "replace"),))


def _read_file(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE_BYTES), b"")
    except OSError as error:
        raise DoctorError("input", "cannot read the error text", f"{path}: {error.strerror}") from error


def _suggestion(word: str) -> str:
    import difflib

    from doctor import rules

    close = difflib.get_close_matches(word, rules.names(), 3)
    return f"did you mean {' or '.join(close)}?" if close else "`torch-doctor explain --list` lists them all"


def _show(explained: Explained, options: argparse.Namespace) -> None:
    if options.format == "json":
        import msgspec

        from doctor.render import envelope

        told = msgspec.structs.asdict(explained)
        envelope.write("explain", {**msgspec.structs.asdict(told.pop("gist")), **told})
        return
    from doctor.render import explain as render

    render.show(explained, verbose=options.verbose)


def _show_rule(rule_id: str, form: str) -> int:
    from doctor import rules

    rule = rules.load(rule_id)
    if form == "json":
        from doctor.render import envelope

        page = {"rule": rule.id, "area": rule.area, "severity": rule.severity, "title": rule.title, "page": rule.doc}
        envelope.write("rule", {**page, "signatures": rule.signatures, "explains": rule.explains})
        return 0
    from doctor.render import explain as render

    render.page(rule)
    return 0


def _list_rules(form: str) -> int:
    from doctor import rules

    found = rules.all_rules()
    if form == "json":
        from doctor.render import envelope

        rows = [{"rule": r.id, "area": r.area, "severity": r.severity, "title": r.title} for r in found]
        envelope.write("rules", {"rules": rows})
        return 0
    from doctor.render import explain as render

    render.rule_list(found)
    return 0
