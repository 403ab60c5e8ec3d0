"""Libraries that a search path puts before torch's own, by the beginning of their name."""

from __future__ import annotations

from doctor.facts import Runtime, ShadowingLibrary, Toolkits
from doctor.model import Remedy, Risk, Severity


def first(toolkits: Toolkits | None, *names: str) -> ShadowingLibrary | None:
    found = toolkits.shadowing if toolkits else ()
    return next((s for s in found if s.library.lower().startswith(names)), None)


def severity(runtime: Runtime | None) -> Severity:
    """What shadows is a fault when something really fails, else something that may bite."""
    if runtime is None:
        return Severity.WARNING
    failed = runtime.failure is not None or any(not d.ok for d in runtime.devices)
    return Severity.ERROR if failed else Severity.WARNING


def without(library: ShadowingLibrary | None) -> tuple[Remedy, ...]:
    if library is None:
        return ()
    command = ("env", "-u", library.variable, "python", "-c", "import torch; print(torch.backends.cudnn.version())")
    title = f"Try without {library.variable}; if that helps, take {library.path} out of it for good"
    return (Remedy(title, (command,), risk=Risk.MANUAL),)
