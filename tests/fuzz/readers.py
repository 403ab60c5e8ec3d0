"""Every reader by its name, and the texts that there are of its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.explain import example_files
from tests.fuzz import readers_of_files, readers_of_texts
from tests.intake import samples
from tests.intake.formats.sample_files import all_samples
from tests.privacy import cases_of

Read = Callable[[bytes], None]  # what it raises is a failure
FOLDER = Path(__file__).parent
MAX_BYTES = 20_000

READERS: dict[str, Read] = {
    "intake": readers_of_texts.intake,
    "formats": readers_of_texts.formats,
    "report": readers_of_texts.report,
    "explain": readers_of_texts.explain,
    "atlas": readers_of_texts.atlas,
    "tables": readers_of_texts.tables,
    "privacy": readers_of_texts.privacy,
    "lock": readers_of_files.lock,
    "project": readers_of_files.project_file,
    "configuration": readers_of_files.configuration,
    "lint": readers_of_files.lint,
    "notebook": readers_of_files.notebook,
    "pages": readers_of_files.pages,
    "installer": readers_of_files.installer,
}


def read(name: str, data: bytes) -> None:
    READERS[name](data[:MAX_BYTES])


def cases(name: str) -> list[Path]:
    """Texts that once made the reader fail."""
    return sorted((FOLDER / "cases" / name).glob("*"))


def starts(name: str) -> list[bytes]:
    """What fuzzing begins with: the kept corpus, the cases, and texts that other tests have of this kind."""
    kept = [path.read_bytes() for path in (*sorted((FOLDER / "corpus" / name).glob("*")), *cases(name))]
    return [one[:MAX_BYTES] for one in dict.fromkeys((*kept, *_of_other_tests(name))) if one]


def _of_other_tests(name: str) -> Iterator[bytes]:
    if name in ("intake", "formats", "tables"):
        yield from (one.text.encode() for one in all_samples())
        yield from (text.encode() for key, text in vars(samples).items() if key.isupper())
    elif name == "report":
        for path in sorted((FOLDER.parent / "machines").glob("*.json")):
            yield json.dumps({"facts": json.loads(path.read_bytes())["facts"]}, separators=(",", ":")).encode()
    elif name in ("explain", "atlas", "installer"):
        files = sorted(example_files.FOLDER.glob("*.toml"))
        yield from (one.text.encode() for path in files for one in example_files.read(path)[:2])
    elif name == "privacy":
        yield from (case.text.encode() for file in ("secrets", "names") for case in cases_of.cases(file))
    elif name == "lint":
        yield from (path.read_bytes() for path in sorted((FOLDER.parent / "dataloader" / "hazards").glob("*/*.py")))
