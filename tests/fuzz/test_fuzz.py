"""Half a minute of the search, texts that once made a reader fail, and whole commands over what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.in_process import program
from tests.fuzz import readers
from tests.fuzz.engine import Search, attempt, smaller

# texts of each reader: together half a minute of a processor, each about as long as the others
COUNTS = {
    "intake": 45,
    "formats": 140,
    "report": 40,
    "explain": 250,
    "atlas": 300,
    "tables": 750,
    "lock": 1000,
    "project": 200,
    "configuration": 50,
    "lint": 200,
    "notebook": 350,
    "pages": 750,
    "installer": 400,
    "privacy": 900,
}
CASES = [(reader, path) for reader in readers.READERS for path in readers.cases(reader)]


@pytest.mark.heavy
@pytest.mark.parametrize("reader", readers.READERS)
def test_a_short_search(reader: str) -> None:
    found = list(Search(reader, seed=1).run(lambda done: done < COUNTS[reader]))
    assert not found, "\n\n".join(f"{one.trace}\n{one.data!r}" for one in found)


@pytest.mark.parametrize(("reader", "path"), CASES, ids=[f"{reader}-{path.name}" for reader, path in CASES])
def test_what_once_made_a_reader_fail(reader: str, path: Path) -> None:
    failure = attempt(reader, path.read_bytes())
    assert failure is None, failure.trace


def test_the_search_finds_a_failure_and_makes_it_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_at_nul(data: bytes) -> None:
        assert b"\x00" not in data, "a NUL"

    monkeypatch.setitem(readers.READERS, "lock", fails_at_nul)
    found = list(Search("lock", seed=1).run(lambda done: done < 2000))
    assert [one.data for one in found] == [b"\x00"]
    assert found == list(Search("lock", seed=1).run(lambda done: done < 2000)), "another text for the same seed"


def test_a_text_that_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr("tests.fuzz.engine.SLOW_S", 0.1)
    monkeypatch.setitem(readers.READERS, "lock", hangs)
    failure = attempt("lock", b"x")
    assert failure is not None and failure.place.startswith("TooSlow")
    assert smaller(failure) == failure


def commands(reader: str, data: bytes, folder: Path) -> list[tuple[str, ...]]:
    """What a user may do with such a file."""
    kind, _, text = data.partition(b"\n")
    named = "".join(sign for sign in kind.decode("utf-8", "replace")[:100] if sign.isprintable()) or "text"
    names = {"lock": named, "project": named, "lint": "train.py", "notebook": "train.ipynb"}
    path = folder / (Path(names.get(reader, "text.txt")).name or "text")
    path.write_bytes(text if reader in ("lock", "project") else data)
    other = folder / "other.txt"
    other.write_text("torch==2.7.0\n")
    if reader in ("lint", "notebook"):
        return [("lint", str(path), "--format", form) for form in ("text", "sarif", "github")]
    if reader in ("lock", "project"):
        return [("diff", str(path), str(other)), ("diff", str(other), str(path), "--format", "json")]
    return [("check", "--from", str(path), "-v"), ("explain", "--no-facts", str(path), "--format", "json")]


@pytest.mark.heavy
@pytest.mark.parametrize("reader", readers.READERS)
def test_whole_commands(reader: str, tmp_path: Path) -> None:
    corpus = sorted((readers.FOLDER / "corpus" / reader).glob("*"))
    for path in (*corpus, *readers.cases(reader)):
        for words in commands(reader, path.read_bytes(), tmp_path):
            done = program(*words)
            assert done.returncode in (0, 1, 2, 4), (path, words, done.stderr)
