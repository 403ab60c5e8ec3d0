"""Many files: one process or several give the same, in the same order."""

from __future__ import annotations

from pathlib import Path

from doctor.lint.project import ALONE, lint_paths
from tests.source.snippets import EVERYWHERE

BAD = "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):\n    pass\n"


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    for number in range(ALONE + 200):
        (tmp_path / f"{number:04}.py").write_text(BAD if number % 50 == 0 else "x = 1\n")
    (tmp_path / "0300.py").write_text("DataLoader(\n")
    one = lint_paths([str(tmp_path)], EVERYWHERE, jobs=1)
    two = lint_paths([str(tmp_path)], EVERYWHERE, jobs=2)
    assert one == two
    assert one.files == ALONE + 200
    assert len({f.path for f in one.findings}) == (ALONE + 200) // 50 + (1 if (ALONE + 200) % 50 else 0) - 1
    assert [n.kind for n in one.notes] == ["syntax-error"]
