"""What to type from the next day on."""

from __future__ import annotations

from collections.abc import Mapping

from doctor.bootstrap.home import Home
from doctor.bootstrap.records import Environment


def lines(home: Home, environment: Environment, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Three lines that work in a new shell."""
    program = f"'{home.doctor}/bin/torch-doctor'"
    activate = f"conda activate {environment.conda}" if environment.conda else f". '{environment.folder}/bin/activate'"
    return (activate, f"{program} check", f"{program} run-recipes")
