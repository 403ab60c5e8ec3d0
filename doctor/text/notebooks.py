"""What a Jupyter notebook shows, where the file itself is pasted: what its cells printed, and what they ran in a shell.

A notebook may be cut off, or have words around it: what is no longer JSON is taken line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from doctor.text.documents import Unparsable, json

_MARKS = re.compile(r'"(?:output_type|cell_type)"\s{0,4}:\s{0,4}"')
_SHELL = re.compile(r"\s*+(?:!|%(?:pip|conda|mamba)\b)")
_STRING = re.compile(r'^\s*+(?:"(?P<key>ename|evalue)"\s*+:\s*+)?(?P<text>"(?:[^"\\]|\\.)*+")\s*+,?\s*+$')
_LIST = re.compile(r'^\s*+"(?P<key>\w{1,20}(?:/\w{1,20})?)"\s*+:\s*+\[\s*+$')
_SYNTAX = re.compile(r'\s*+[]\[{}"]')
_SHOWN = {"text", "text/plain", "traceback"}


def shown(text: str) -> str:
    """The outputs of a notebook; any other text as it is."""
    if not _MARKS.search(text):
        return text
    try:
        found = list(_of_cells(json(text)))
    except Unparsable:
        found = list(_of_lines(text))
    return "\n".join(found) if found else text


def _of_cells(notebook: Any) -> Iterator[str]:
    cells = notebook.get("cells", ()) if isinstance(notebook, dict) else ()
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict):
            continue
        yield from (line for line in _joined(cell.get("source")).splitlines() if _SHELL.match(line))
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            if isinstance(output, dict):
                yield from _of_output(output).splitlines()


def _of_output(output: dict[Any, Any]) -> str:
    if output.get("output_type") == "error":
        error = f"{output.get('ename', '')}: {output.get('evalue', '')}"
        return "\n".join((_joined(output.get("traceback"), "\n"), error))
    data = output.get("data")
    return _joined(output.get("text")) or _joined(data.get("text/plain") if isinstance(data, dict) else None)


def _joined(value: Any, between: str = "") -> str:
    """A text that a notebook has whole, or as a list of its lines."""
    parts = value if isinstance(value, list) else [value]
    return between.join(part for part in parts if isinstance(part, str))


def _of_lines(text: str) -> Iterator[str]:
    """The strings of lists that show something, and the words around the notebook."""
    key = ""
    for line in text.splitlines():
        string = _STRING.match(line)
        if opened := _LIST.match(line):
            key = opened["key"]
        elif string and string["key"] == "evalue":
            yield f"Error: {_said(string['text'])}"
        elif string and (key in _SHOWN or (key == "source" and _SHELL.match(_said(string["text"])))):
            yield from _said(string["text"]).splitlines()
        elif line.strip() and not _SYNTAX.match(line):
            yield line


def _said(quoted: str) -> str:
    try:
        return str(json(quoted))
    except Unparsable:
        return quoted.strip('"')
