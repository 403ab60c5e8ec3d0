"""What `match`, `setup` and `run-recipes` read."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import chosen_sources as choice
from doctor.probes.chosen_sources import ChosenSource


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(choice, "choice_file", lambda: tmp_path / "mirrors.json")
    return tmp_path / "mirrors.json"


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://mirror.example.com/pytorch-wheels/cu126", "https://mirror.example.com/pytorch-wheels"),
        ("https://mirror.example.com/whl/cpu/", "https://mirror.example.com/whl"),
        ("https://mirror.example.com/whl/rocm7.2", "https://mirror.example.com/whl"),
        ("https://mirror.example.com/whl", "https://mirror.example.com/whl"),
    ],
)
def test_the_root_of_the_pytorch_index(state: Path, url: str, root: str) -> None:
    state.write_bytes(choice.encode({"pytorch": ChosenSource("m", url, "2026-11-23")}))
    assert choice.pytorch_index() == root


def test_a_folder_of_wheels_is_no_index(state: Path) -> None:
    state.write_bytes(choice.encode({"pytorch": ChosenSource("m", "https://m.example.com/cpu", "2026-11-23", "flat")}))
    assert choice.pytorch_index() is None


@pytest.mark.parametrize("text", [None, b"", b"{", b"[]"])
def test_nothing_chosen(state: Path, text: bytes | None) -> None:
    if text is not None:
        state.write_bytes(text)
    assert choice.pytorch_index() is None
    assert choice.stored_choices() == {}


def test_what_was_chosen_is_stored(state: Path) -> None:
    chosen = {"pypi": ChosenSource("m", "https://m.example.com/simple", "2026-11-23")}
    state.write_bytes(choice.encode(chosen))
    assert choice.stored_choices() == chosen
