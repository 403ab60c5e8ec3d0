"""Libraries that a search path puts before torch's own, by the beginning of their name."""

from __future__ import annotations

from doctor.facts import Packages, Runtime, ShadowingLibrary, Toolkits, Unmet
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install, Rerun
from doctor.rules.packages import _needs

TRY = "Try without {variable}; if that helps, remove {path} from it permanently"
OFF_PATH = "Remove the folder of {path} from PATH"
_SHOW = ("python", "-c", "import torch; print(torch.__version__, torch.backends.cudnn.version())")


def first(toolkits: Toolkits | None, runtime: Runtime | None, *names: str) -> ShadowingLibrary | None:
    """The first of these that may be loaded in place of torch's. On Windows torch loads its own by their full paths,
    so what lies on PATH counts only where something fails that names it."""
    found = [s for s in (toolkits.shadowing if toolkits else ()) if s.library.lower().startswith(names)]
    return next((s for s in found if s.variable != "PATH" or fails(runtime, *names)), None)


def fails(runtime: Runtime | None, *names: str) -> bool:
    """Whether something failed in the target and its text names one of the libraries."""
    if runtime is None:
        return False
    failures = (runtime.failure, *(module.failure for module in runtime.modules))
    texts = [f"{f.message} {f.text}" for f in failures if f] + [d.error for d in runtime.devices if not d.ok]
    return any(name.removeprefix("lib") in text.lower() for text in texts for name in names)


def severity(runtime: Runtime | None, *names: str) -> Severity:
    """What shadows is a fault when what fails names it, harmless when the GPU computed with it, else it may bite."""
    if fails(runtime, *names):
        return Severity.ERROR
    computed = runtime is not None and any(d.ok and d.device.startswith("cuda") for d in runtime.devices)
    return Severity.INFO if computed else Severity.WARNING


def without(library: ShadowingLibrary | None) -> tuple[Action, ...]:
    if library is None:
        return ()
    if library.variable == "PATH":
        return (Advice(title=OFF_PATH.format(path=library.path)),)
    title = TRY.format(variable=library.variable, path=library.path)
    return (Rerun(unset=(library.variable,), program=_SHOW, title=title),)


def unmet(packages: Packages | None, name: str) -> Unmet | None:
    """What torch asks for and does not have, of a library."""
    return next((u for u in (_needs.unmet(packages) if packages else ()) if name in u.requirement), None)


def install(found: Unmet) -> Install:
    return Install((found.requirement.partition(";")[0].strip(),), title="Install the version that torch requires")
