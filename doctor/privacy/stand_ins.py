"""Names for what may not be named: the same thing gets the same one as long as the program runs, another another."""

from __future__ import annotations

import re
from collections import defaultdict
from threading import Lock

ELLIPSIS = "…"  # for secrets, of which nothing is told
PERSON = "user{}"
HOST = "<host-{}>"
ADDRESS = "<ip-{}>"
HARDWARE_ADDRESS = "<mac-{}>"
EMAIL = "<email-{}>"
REPOSITORY = "<repo-{}>"
DEVICE = "{:08x}"  # the first part of a UUID, so that what is cut to it still fits

_LIKE_OURS = re.compile(
    r"(?<![^\W_])user(?P<user>\d{1,6})(?!\w)|<(?P<kind>host|ip|mac|email|repo)-(?P<number>\d{1,6})>"
)
_FORMS = {"host": HOST, "ip": ADDRESS, "mac": HARDWARE_ADDRESS, "email": EMAIL, "repo": REPOSITORY}

_numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
_taken: defaultdict[str, set[int]] = defaultdict(set)
_last: defaultdict[str, int] = defaultdict(int)
_lock = Lock()


class StandIns:
    """Those of one text: a number that stands in it already is not given to anything else."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, form: str, name: str) -> str:
        with _lock:
            given = _numbers[form]
            if (key := name.casefold()) not in given:
                self._respect_those_in_the_text()
                given[key] = _next(form)
            return form.format(given[key])

    def _respect_those_in_the_text(self) -> None:
        for met in _LIKE_OURS.finditer(self._text):
            _taken[PERSON if met["user"] else _FORMS[met["kind"]]].add(int(met["user"] or met["number"]))
        self._text = ""


def _next(form: str) -> int:
    _last[form] += 1
    while _last[form] in _taken[form]:
        _last[form] += 1
    return _last[form]


def forget() -> None:
    """Begins to count anew, as a new run of the program does."""
    for kept in (_numbers, _taken, _last):
        kept.clear()
