"""The sources that were chosen with `doctor mirrors --apply`, for the commands that install and download."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Chosen(msgspec.Struct, frozen=True):
    """A source in use. `url` is free of credentials; `since` is the ISO day of the choice."""

    name: str
    url: str
    since: str
    layout: str = "simple"


def file() -> Path:
    import platformdirs

    return platformdirs.user_state_path("torch-doctor", appauthor=False) / "mirrors.json"


def stored() -> dict[str, Chosen]:
    """What is in use, by service; empty when nothing was chosen, or the file is damaged."""
    try:
        return msgspec.json.decode(file().read_bytes(), type=dict[str, Chosen])
    except (OSError, msgspec.DecodeError):
        return {}


def encode(chosen: dict[str, Chosen]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(chosen), indent=2) + b"\n"


def pytorch_index() -> str | None:
    """The root of the chosen PyTorch index: a build tag is appended to it. None: PyTorch's own, or a flat folder."""
    chosen = stored().get("pytorch")
    if chosen is None or chosen.layout == "flat":
        return None
    root, _, tail = chosen.url.rstrip("/").rpartition("/")
    is_build = tail in ("cpu", "xpu") or tail.startswith(("cu1", "rocm"))
    return root if is_build else chosen.url.rstrip("/")
