"""Top-level lists and maps of a YAML file, edited line by line: what is not changed keeps its bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from doctor.mirrors.configure import newline_of, not_understood
from doctor.text.documents import Unparsable, yaml

_ITEM = re.compile(r"^(?P<head>\s*-\s+)(?P<value>\S.*?)(?<!\s)(?P<tail>\s++#.*)?(?P<end>\s*+)$", re.DOTALL)
_PAIR = re.compile(r"^(?P<head>\s*+[^:#]+:\s+)(?P<value>\S.*?)(?<!\s)(?P<tail>\s+#.*)?(?P<end>\s*)$", re.DOTALL)


class YamlLines:
    """The lines of a file and what they mean. Raises DoctorError for what is no YAML map."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.newline = path, newline_of(text)
        self.lines = text.splitlines(keepends=True)
        self.settings: Any = {}
        self._read()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def set_list(self, key: str, values: list[str]) -> None:
        """Values that stay keep their lines; others take the lines of those that go, or new ones."""
        current = self.settings.get(key)
        if not self._is_block(key, list) or not values:
            self._rewrite(key, [f"  - {value}" for value in values])
            return
        rows = [int(current.lc.data[n][0]) for n in range(len(current))]
        kept = [str(value).rstrip("/") for value in current]
        missing = [value for value in values if value not in kept]
        gone = [row for row, value in zip(rows, kept, strict=True) if value not in values]
        for row, value in zip(gone, missing, strict=False):
            self._replace_value(row, _ITEM, value)
        head = re.match(r"\s*-\s+", self.lines[rows[-1]])
        more = [f"{head[0] if head else '  - '}{value}" for value in missing[len(gone) :]]
        self._insert(rows[-1] + 1, more)
        for row in reversed(gone[len(missing) :]):
            del self.lines[row]
        self._read()
        if [str(value).rstrip("/") for value in self.settings.get(key) or ()] != values:
            self._rewrite(key, [f"  - {value}" for value in values])  # their order counts

    def set_pair(self, key: str, name: str, value: str) -> None:
        """One entry of a map."""
        current = self.settings.get(key)
        if not self._is_block(key, dict):
            pairs = {**(current if isinstance(current, dict) else {}), name: value}
            self._rewrite(key, [f"  {n}: {v}" for n, v in pairs.items()])
            return
        rows = {n: int(current.lc.data[n][0]) for n in current}
        if name in rows:
            self._replace_value(rows[name], _PAIR, value)
        else:
            last = max(rows.values())
            depth = self.lines[last][: len(self.lines[last]) - len(self.lines[last].lstrip())]
            self._insert(last + 1, [f"{depth}{name}: {value}"])
        self._read()

    def _read(self) -> None:
        plain = self.text.removeprefix("\ufeff").replace("\r\n", "\n")
        try:
            loaded = yaml(plain, "rt")
        except Unparsable as error:
            raise not_understood(self.path, error) from error
        if loaded is not None and not isinstance(loaded, CommentedMap):
            raise not_understood(self.path, "it holds no settings")
        self.settings = CommentedMap() if loaded is None else loaded

    def _is_block(self, key: str, kind: type) -> bool:
        """A list or map of one-line values, a line each."""
        current: Any = self.settings.get(key)
        if not isinstance(current, kind) or not len(self.settings[key]) or self.settings[key].fa.flow_style():
            return False
        rows = [int(position[0]) for position in self.settings[key].lc.data.values()]
        pattern = _ITEM if kind is list else _PAIR
        return len(set(rows)) == len(rows) and all(pattern.match(self.lines[row]) for row in rows)

    def _replace_value(self, row: int, pattern: re.Pattern[str], value: str) -> None:
        found = pattern.match(self.lines[row])
        if found is None:
            raise not_understood(self.path, f"line {row + 1} cannot be changed")
        self.lines[row] = f"{found['head']}{value}{found['tail'] or ''}{found['end']}"

    def _insert(self, row: int, texts: list[str]) -> None:
        if texts and row and not self.lines[row - 1].endswith("\n"):
            self.lines[row - 1] += self.newline
        self.lines[row:row] = [text + self.newline for text in texts]

    def _rewrite(self, key: str, block: list[str]) -> None:
        """The key with a block of its own: in its place, or at the end of the document."""
        texts = [f"{key}:", *block]
        if key in self.settings:
            starts = sorted(int(position[0]) for position in self.settings.lc.data.values())
            begin = int(self.settings.lc.data[key][0])
            end = next((row for row in starts if row > begin), len(self.lines))
            while end > begin + 1 and self.lines[end - 1].strip()[:1] in ("", "#", "."):
                end -= 1
            del self.lines[begin:end]
            self._insert(begin, texts)
        else:
            ends = [n for n, line in enumerate(self.lines) if line.rstrip() == "..."]
            self._insert(ends[0] if ends else len(self.lines), texts)
        self._read()
