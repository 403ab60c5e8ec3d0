"""Reading a script or notebook as text: encodings, size, binary data, notebook magics. Nothing is imported."""

from __future__ import annotations

import ast
import json
import os
import re
import warnings
from typing import Any

from doctor.files import regular
from doctor.source.spots import Note

MAX_BYTES = 2_000_000  # larger sources are generated; a notebook's pictures do not count
MAX_NOTEBOOK_BYTES = 100_000_000
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_PYTHON_2 = re.compile(
    r"(?m)^[ \t]*(print[ \t]+[\"'\w%(]|exec[ \t]+[\"'\w]|except[ \t]+[\w., ()]+,[ \t]*\w+[ \t]*:|raise[ \t]+\w+[ \t]*,)"
    r"|\bxrange\(|\bur?'|<>"
)
_LONG_NUMBER = re.compile(r"\b0[xXoObB][\da-fA-F_]{3000}")
_MAGIC = re.compile(r"^\s*[%!]|^\s*\?|\?\s*$")
TOO_LARGE = "{size:.1f} MB is more than the limit of {limit:.0f} MB; generated code is left out"
BINARY = "binary data, not Python source"
PYTHON_2 = "Python 2 code (line {line}: {what}); it cannot be judged"
SYNTAX = "not valid Python, line {line}: {what}"
ENCODING = "its text cannot be decoded: {what}"
UNREADABLE = "cannot be read: {what}"
NOTEBOOK = "not a notebook: {what}"
DEEP = "nested too deeply to be parsed"


class Unreadable(Exception):
    """Why a file cannot be judged; `kind` is one word for programs."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def note(self, path: str) -> Note:
        return Note(path, self.kind, str(self))


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises Unreadable when it cannot be read, is too large or binary."""
    limit = MAX_NOTEBOOK_BYTES if path.endswith(".ipynb") else MAX_BYTES
    try:
        with regular.open_regular(path) as file:
            data = file.read(limit + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise Unreadable("unreadable", UNREADABLE.format(what=error.strerror or error)) from error
    if len(data) > limit:
        raise Unreadable("too-large", TOO_LARGE.format(size=size / 1e6, limit=limit / 1e6))
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("binary", BINARY)
    return data


def decode(data: bytes) -> str:
    """Python source as text. Raises Unreadable when its encoding is not known or does not fit."""
    try:
        return data.decode(encoding_of(data))
    except (UnicodeError, LookupError) as error:
        raise Unreadable("encoding", ENCODING.format(what=error)) from error


def encoding_of(data: bytes) -> str:
    """By byte order mark or coding line (PEP 263), else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    found = next((m for m in map(_COOKIE.match, data.split(b"\n", 2)[:2]) if m), None)
    return found[1].decode("ascii") if found else "utf-8"


def parse(text: str) -> ast.Module:
    """The syntax tree. Raises Unreadable for Python 2, other syntax errors and code nested too deep to parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in other people's strings
            tree = ast.parse(text)
    except (RecursionError, MemoryError) as error:
        raise Unreadable("too-deep", DEEP) from error
    except (SyntaxError, ValueError) as error:
        line, what = getattr(error, "lineno", 0) or 0, getattr(error, "msg", str(error))
        if "print" in what or _PYTHON_2.search(text):
            raise Unreadable("python-2", PYTHON_2.format(line=line, what=what)) from error
        raise Unreadable("syntax-error", SYNTAX.format(line=line, what=what)) from error
    if _LONG_NUMBER.search(text):
        _shorten_numbers(tree)
    return tree


def _shorten_numbers(tree: ast.Module) -> None:
    """Python refuses to write numbers of thousands of digits; no argument has one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > 64:
            node.value = 1 << 64


def notebook_source(data: bytes) -> str:
    """The Python of a notebook's code cells, one after another; magics and shell lines become comments.

    Raises Unreadable when the file is no notebook of Python.
    """
    try:
        notebook: Any = json.loads(data.decode("utf-8-sig"))
        cells = notebook["cells"] if "cells" in notebook else notebook["worksheets"][0]["cells"]
        texts = [_cell_text(cell) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("notebook", NOTEBOOK.format(what=f"{type(error).__name__}: {error}")) from error
    return "\n".join(texts) + "\n"


def _cell_text(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    text = source if isinstance(source, str) else "".join(source)
    lines = text.splitlines()
    if lines and lines[0].lstrip().startswith("%%"):
        return "\n".join(f"# {line}" for line in lines) if not _python_cell(lines[0]) else _without_magics(lines)
    return _without_magics(lines)


def _python_cell(magic: str) -> bool:
    """`%%time`, `%%capture` and the like run Python; `%%bash`, `%%writefile`, `%%html` do not."""
    return magic.split()[0] in ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit")


def _without_magics(lines: list[str]) -> str:
    """Magics become `pass` where they stand, so that lines and blocks stay; a cell that is no Python is dropped."""
    kept = [re.sub(r"\S.*", "pass", line, count=1) if _MAGIC.search(line) else line for line in lines]
    text = "\n".join(kept)
    try:
        parse(text)
    except Unreadable:
        return "\n".join(f"# {line}" for line in lines)
    return text
