"""The target interpreter and the environment it stands in, as `doctor/target/inside/describe.py` says."""

from __future__ import annotations

from typing import Any

import msgspec

from doctor.facts import Python, Shadow
from doctor.privacy import redact_path
from doctor.probes import Crashed
from doctor.probes._description import description_part
from doctor.target import Target

# each alone, and then both
_MISLEADING = (("PYTHONHOME",), ("PYTHONPATH",), ("PYTHONHOME", "PYTHONPATH"))
_PATHS = ("executable", "prefix", "base_prefix", "beside", "user_site")


def probe(target: Target) -> Python:
    """Facts of the interpreter; pip's version and Jupyter from what is installed."""
    try:
        facts: dict[str, Any] = description_part(target, "python")
    except Crashed:
        if misled_by := _misled_by(target):
            return Python(executable=redact_path(target.executable), misled_by=misled_by)
        raise
    installed = {d["name"]: d["version"] for d in reversed(description_part(target, "distributions"))}
    known = msgspec.convert(facts, Python)
    return msgspec.structs.replace(
        known,
        **{name: redact_path(facts[name]) for name in _PATHS},
        python_path=tuple(redact_path(folder) for folder in facts["python_path"]),
        shadowing=tuple(
            Shadow(s["module"], redact_path(s["path"]), tuple(s["lacks"]))
            for s in description_part(target, "shadowing")
        ),
        pip_version=installed.get("pip", ""),
        jupyter="ipykernel" in installed,
    )


def _misled_by(target: Target) -> tuple[str, ...]:
    """The variables that keep it from starting; none where something else does."""
    tried = (names for names in _MISLEADING if all(target.env.get(name) for name in names))
    return next((names for names in tried if target.starts_without(*names)), ())
