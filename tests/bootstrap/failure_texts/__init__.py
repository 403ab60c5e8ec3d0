"""A line for every expression in `known_failures`: the words of the programs, our own names, folders and versions."""

from __future__ import annotations

from itertools import chain

from tests.bootstrap.failure_texts import (
    apt,
    asked,
    building,
    channels,
    conda,
    conda_packages,
    disk,
    git,
    index,
    machine,
    naming,
    network,
    pip,
    powershell,
    programs,
    project,
    protection,
    proxy,
    python,
    setup_scripts,
    shells,
    tls,
    uv,
    wheels,
    winget,
)

_FILES = (
    protection,
    winget,
    shells,
    powershell,
    asked,
    pip,
    disk,
    machine,
    conda,
    conda_packages,
    channels,
    project,
    uv,
    python,
    programs,
    apt,
    git,
    naming,
    proxy,
    tls,
    network,
    wheels,
    index,
    setup_scripts,
    building,
)
TEXTS: dict[str, tuple[str, ...]] = {
    kind: tuple(chain.from_iterable(one.TEXTS.get(kind, ()) for one in _FILES))
    for kind in chain.from_iterable(one.TEXTS for one in _FILES)
}
