"""The command `torch-doctor` in new shells."""

from __future__ import annotations

from collections.abc import Mapping

from doctor.bootstrap.home import Home


def install(home: Home, variables: Mapping[str, str]) -> None:
    """Put it where the user's commands lie."""
