"""The sources that were chosen with `torch-doctor mirrors --apply`, for the commands that install and download."""

from __future__ import annotations

from pathlib import Path

import msgspec

from doctor.catalog import BuildTag
from doctor.files import regular
from doctor.text.documents import Unparsable, json


class ChosenSource(msgspec.Struct, frozen=True):
    """A source in use. `url` is free of credentials; `since` is the ISO day of the choice."""

    name: str
    url: str
    since: str
    layout: str = "simple"


def choice_file() -> Path:
    import platformdirs

    return platformdirs.user_state_path("torch-doctor", appauthor=False) / "mirrors.json"


def stored_choices() -> dict[str, ChosenSource]:
    """What is in use, by service; empty when nothing was chosen, or the file is damaged."""
    try:
        return dict(json(regular.read_whole(choice_file()), dict[str, ChosenSource]))
    except (OSError, Unparsable):
        return {}


def encode(chosen: dict[str, ChosenSource]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(chosen), indent=2) + b"\n"


def pytorch_index() -> str | None:
    """The root of the chosen PyTorch index: a build tag is appended to it. None: PyTorch's own, or a flat folder."""
    chosen = stored_choices().get("pytorch")
    if chosen is None or chosen.layout == "flat":
        return None
    root, _, tail = chosen.url.rstrip("/").rpartition("/")
    return root if BuildTag.of(tail).tag else chosen.url.rstrip("/")
