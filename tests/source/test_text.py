"""Bad input: each file that cannot be judged is named with its reason, and the others are linted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from doctor.lint.engine import lint_file
from doctor.source.text import MAX_BYTES, Unreadable, decode, encoding_of, notebook_source, parse
from tests.source.snippets import EVERYWHERE
from tests.surroundings import bound_by_modes

BAD = "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):\n    pass\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"import torch\nprint 'loss', DataLoader\n", "python-2"),
        (b"try:\n    DataLoader\nexcept Exception, e:\n    pass\n", "python-2"),
        (b"DataLoader(\n", "syntax-error"),
        (b"<<<<<<< HEAD\nDataLoader\n", "syntax-error"),
        (b"x = '\xff\xfe' # DataLoader\n", "encoding"),
        (b"# coding: klingon\nDataLoader\n", "encoding"),
        (b"\x7fELF\0\0DataLoader", "binary"),
        (b"#DataLoader\n" * (MAX_BYTES // 10), "too-large"),
        (b"DataLoader = " + b"(" * 5000 + b")" * 5000, "too-deep"),
        (b"x = " + b"-" * 200_000 + b"1 # DataLoader", "too-deep"),
    ],
)
def test_a_file_that_cannot_be_judged_gets_a_note(tmp_path: Path, data: bytes, kind: str) -> None:
    file = tmp_path / "script.py"
    file.write_bytes(data)
    found, note = lint_file(str(file), EVERYWHERE)
    assert found == []
    assert note is not None
    assert note.kind in (kind, "syntax-error") if kind == "too-deep" else note.kind == kind


def test_unreadable_files_and_links_to_themselves(tmp_path: Path) -> None:
    link = tmp_path / "loop.py"
    link.symlink_to(link)
    assert lint_file(str(link), EVERYWHERE)[1].kind == "unreadable"
    folder = tmp_path / "folder.py"
    folder.mkdir()
    assert lint_file(str(folder), EVERYWHERE)[1].kind == "unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "secret.py"
    file.write_text(BAD)
    file.chmod(0)
    _, note = bound_by_modes(lambda: lint_file(str(file), EVERYWHERE))
    assert note.kind == "unreadable"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + BAD.encode(),
        b"# -*- coding: latin-1 -*-\n# \xe9t\xe9\n" + BAD.encode(),
        b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\n# \x80\n" + BAD.encode(),
        BAD.replace("\n", "\r\n").encode(),
        ("# 训练\n" + BAD).encode(),
        ("\f\n" + BAD).encode(),
    ],
)
def test_encodings_and_line_ends_are_read(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "script.py"
    file.write_bytes(data)
    found, note = lint_file(str(file), EVERYWHERE)
    assert note is None
    assert "dataloader-spawn-no-main-guard" in {f.rule for f in found}
    assert decode(data).encode(encoding_of(data)) == data


def test_a_file_without_loaders_is_not_parsed(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text("def (:\n")
    assert lint_file(str(file), EVERYWHERE) == ([], None)


def notebook(*cells: str) -> bytes:
    code = [{"cell_type": "code", "source": c.splitlines(keepends=True)} for c in cells]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "# DataLoader"}, *code]}).encode()


def test_notebook_cells_are_joined_and_magics_left_out() -> None:
    source = notebook_source(
        notebook(
            "%matplotlib inline\n!pip install torch\nimport torch",
            "%%bash\nrm -rf x",
            "%%time\nx = 1",
            "for (",
            "help?",
        )
    )
    tree = parse(source)
    assert [type(n).__name__ for n in tree.body] == ["Pass", "Pass", "Import", "Pass", "Assign", "Pass"]


def test_notebooks_of_the_third_format_and_no_notebooks() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}]}
    assert notebook_source(json.dumps(old).encode()) == "x = 1\n"
    for data in (b"{}", b"[]", b"not json", b'{"cells": 3}', b'{"cells": ["x"]}', b"\xff\xff", b"null"):
        with pytest.raises(Unreadable):
            notebook_source(data)
