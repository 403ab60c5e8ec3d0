"""The program in this process. What starting one of its own costs is more than most commands take; that it starts, and
what signals, locales and closed pipes do to it, is tested with real ones."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from doctor.cli import main


def program(
    *words: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> CompletedProcess[bytes]:
    """What a process would give that ran with these words, this input, and this whole environment if one is given."""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True) for name in ("stdout", "stderr")
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in {**streams, "stdin": io.TextIOWrapper(io.BytesIO(stdin), "utf-8")}.items():
            patch.setattr(sys, name, stream)
        for name in os.environ.keys() - env.keys() if env is not None else ():
            patch.delenv(name)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        if cwd:
            patch.chdir(cwd)
        code = _exit_code(list(words))
    out, err = (streams[name].buffer.getvalue() for name in ("stdout", "stderr"))  # type: ignore[attr-defined]
    return CompletedProcess(words, code, out, err)


def _exit_code(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as ended:  # of the parser
        return int(ended.code or 0)
