"""Names below the heads of columns: users, hosts and serial numbers in what schedulers, monitors and drivers list."""

from __future__ import annotations

from doctor.privacy.lazily import lazily
from doctor.privacy.tables import Named

_KINDS = {
    **dict.fromkeys(("user", "users", "username", "owner", "login", "uid"), "user"),
    **dict.fromkeys(
        ("nodelist", "host", "hostname", "hostnames", "node", "nodename", "exec_host", "from_host"), "host"
    ),
    "serial": "serial",
    "serialnumber": "serial",
    "serial_number": "serial",
}
HINTS = ("user", "owner", "login", "uid", "node", "host", "serial")
_WORD = lazily(r"\S+")
_TITLE = lazily(r"[A-Z(#%+/-][\w()%./+:#-]{0,30}")
_CELL = lazily(r"[A-Za-z][\w .()/%\[\]-]{0,30}")
_VALUE = {
    "user": lazily(r"[A-Za-z_][\w.-]{0,31}\+?"),
    "host": lazily(r"(?=[A-Za-z][\w.]{0,60}[\d-])[\w.,-]{1,200}(?:\[[\d,-]{1,80}\])?"),
    "serial": lazily(r"(?=[A-Za-z_-]{0,39}\d)[A-Za-z0-9_-]{6,40}"),
}
_RULE = lazily(r"[-=+| \t]+")


def without_names_in_columns(text: str, named: Named) -> str:
    """The lines below a head, down to one that is empty or has no more columns."""
    if "\n" not in text:
        return text
    shown: list[str] = []
    columns: list[tuple[str, int, int]] = []
    mark = ""
    for line in text.split("\n"):
        if found := _columns(line):
            columns, mark = found, _mark(line)
        elif not line.strip() or len(line) > 1000 or (mark and columns and len(line.split(mark)) != columns[0][2]):
            columns = []
        elif columns and not _RULE.fullmatch(line):
            line = _cells(line, mark, columns, named) if mark else _below(line, columns, named)
        shown.append(line)
    return "\n".join(shown)


def _columns(line: str) -> list[tuple[str, int, int]]:
    """The kind of each telling column of a head with its place: of characters, or among the cells between marks."""
    if len(line) > 300 or not any(map(line.lower().__contains__, HINTS)):
        return []
    if mark := _mark(line):
        cells = [cell.strip() for cell in line.split(mark)]
        told = [cell for cell in cells if cell]
        if len(told) < 3 or not all(map(_CELL.fullmatch, told)) or told[0].startswith(("from ", "import ")):
            return []
        return [(_KINDS[cell.lower()], place, len(cells)) for place, cell in enumerate(cells) if cell.lower() in _KINDS]
    words = list(_WORD.finditer(line))
    if len(words) < 3 or not all(_TITLE.fullmatch(word[0]) for word in words):
        return []
    named = [(word[0].lower().removesuffix("(s)"), word.start(), word.end()) for word in words]
    return [(_KINDS[name], start, end) for name, start, end in named if name in _KINDS]


def _mark(line: str) -> str:
    """What stands between the cells; "" where these are told by their place."""
    return next((mark for mark in "|," if mark in line.strip().strip("|")), "")


def _cells(line: str, mark: str, columns: list[tuple[str, int, int]], named: Named) -> str:
    cells = line.split(mark)
    for kind, place, _ in columns:
        if _VALUE[kind].fullmatch(told := cells[place].strip()):
            cells[place] = cells[place].replace(told, named[kind](told))
    return mark.join(cells)


def _below(line: str, columns: list[tuple[str, int, int]], named: Named) -> str:
    kept, done = "", 0
    for word in _WORD.finditer(line):
        for kind, start, end in columns:
            if word.start() < end and start < word.end() and _VALUE[kind].fullmatch(word[0]):
                kept += line[done : word.start()] + named[kind](word[0].rstrip("+"))
                done = word.end()
                break
    return kept + line[done:]
