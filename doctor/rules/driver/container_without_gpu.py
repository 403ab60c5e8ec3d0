"""This container (or hosted notebook) was started without access to the GPU.

## Why it matters
A container sees only the devices it was given. Even if the GPU and driver of the host work perfectly, CUDA finds
nothing inside until the container is started with them.

## What to do
Docker and Podman: install the NVIDIA Container Toolkit on the host, and use `--gpus all`. Kubernetes: set a
`nvidia.com/gpu` limit. Hosted notebooks: choose a GPU runtime.

## References
- https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, ContainerToolkit, StartContainer
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.cuda import cuda_unavailable_undetermined

SEVERITY = Severity.ERROR
MESSAGE = "This {container} container has no access to the GPU: {why}"
NOTEBOOK = "This {notebook} notebook runs on a machine without a GPU"
_CHOOSE = {
    "Colab": "Choose a GPU for the notebook: Runtime, Change runtime type",
    "Kaggle": "Choose a GPU for the notebook: Settings, Accelerator",
}
_INSIDE = r"(?i)\b(?:in|inside|within|enter(?:ed|ing)?)(?: of)? (?:the|a|my|this) (?:\w{1,20} ){0,2}container\b"
SIGNATURES = (
    r"could not select device driver .{0,20}with capabilities: \[\[(?:[\w ]{0,60} )?(?:gpu|compute|utility)\b",
    r"nvidia-container-cli: (?:(?:device|mount|detection|ldcache) error"
    r"|requirement error: (?!unsatisfied condition:(?: cuda|$)))",  # wrapped, the condition is on the next line
    r"nvidia-container-cli: initialization error(?!: (?:nvml error|load library failed:(?: libcuda|$)|cuda error))"
    r"(?!.{0,60}driver not loaded)",
    r"exec: \"nvidia-container-\S{0,20}: executable file not found",
    r"Command not found: nvidia-container-cli|nvidia-container-cli: (?:command )?not found",  # enroot, Pyxis
    r"(?i)no runtime for \W{0,2}nvidia\W{0,2} is configured|RuntimeClass \W{0,2}nvidia\W{0,2} not found",
    r"exec(?: failed)?: .{0,60}\"nvidia-smi\W{0,2}: executable file not found",  # which the toolkit brings along
    r"(?i)\bColab\b.{0,200}Found no NVIDIA driver|Found no NVIDIA driver.{0,200}\bColab\b",
    r"The NVIDIA Driver was not detected\.\s{0,3}GPU functionality will not be available",
    r"(?i)unknown or invalid runtime name: nvidia|unknown runtime specified nvidia",
    r"(?i)(?:no GPU resources available|Insufficient nvidia\.com/gpu)",
    _INSIDE + r".{0,60}\bnvidia-smi\b.{0,20}"
    r"(?:not (?:found|recognized|supported|available)|doesn't exist|does not exist|is missing)",
    r"(?i)(?<!-)\bnvidia-smi\b.{0,20}(?:not found|doesn't exist|does not exist|is missing).{0,20}" + _INSIDE[4:],
    r"(?i)\b(?:docker(?: container| image)?|container)s? (?:(?:still|just) )?"
    r"(?:can ?not|can't|could ?n[o']t|does ?n[o']t|is (?:not able|unable) to)"
    r" (?:use|see|access|detect|find|recogni[sz]e) (?:the |my |any |an? )?(?:NVIDIA )?GPUs?\b",
    r"\bdocker run(?: --rm| --?it?\b| -t\b| -ti\b){0,4} (?!-)\S{1,120} .{0,80}"
    r"\bcuda\.is_available\(\)\)?[\"']?\s{1,10}False\b",
    r"(?i)unresolvable CDI devices nvidia\.com/gpu|failed to discover GPU vendor from CDI",
)
_NO_DRIVER = r"Found no NVIDIA driver on your system|No CUDA GPUs are available|no CUDA-capable device is detected"
# its engine brings nvidia-smi along with a GPU. Typed at the host's prompt, it is the host's that is missing
_NO_SMI = r"(?i)^.{0,40}\bnvidia-smi\b[^a-z]{0,4}(?:was |is )?(?:command )?not found\b"
_ON_HOST = re.compile(r"(?m)^[^\n@]{0,60}@(?![0-9a-f]{12}:)[\w.-]{1,60}[: ][^\n]{0,120}[#$] ?(?:\w{2,8} )?nvidia-smi\b")
_RUN = re.compile(r"\b(?:docker|podman) run (?P<words>[^\n`]{1,400})")
_FOR_GPUS = re.compile(r"(?i)torch|cuda|nvidia|gpu|vllm|sglang|text-generation|comfyui|tensorrt")
_GIVEN = re.compile(r"--gpus|--runtime|--device|--privileged|nvidia\.com/gpu|nvidia-docker|capabilities: \[")
_MISSED = (
    _NO_DRIVER,
    cuda_unavailable_undetermined.NOT_AVAILABLE,
    r"(?i)\bnvidia-smi\b[^a-z]{0,4}(?:(?:was|is|are) )?(?:command )?not found\b|\bcuda\.is_available\(\).{0,24}False\b",
)
EXPLAINS = (
    "no-driver",
    "driver-not-loaded",
    "driver-library-incomplete",
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
)


def check(
    nvidia: Nvidia | None,
    host: Host | None,
    torch: Torch | None,
    runtime: Runtime | None,
    variables: Variables | None,
    error: ErrorText | None,
) -> Answer:
    if host is None or not host.container:
        if command := _started_without(nvidia, runtime, error):
            evidence = seen("error.text", command, "--gpus all")
            return there(evidence, container=command.partition(" ")[0], why="it was started without --gpus")
        return cannot_tell("host.container")  # the engine's own messages are read outside
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    if notebook := _nvidia.notebook(host):
        return _in_notebook(notebook, nvidia or Nvidia(), torch, runtime, variables, error)
    if nvidia is None:
        return _by_its_error(host, error) or _without_smi(host, torch, error) or cannot_tell("nvidia.gpus")
    if _is_only_named(nvidia) and (answer := _by_its_error(host, error)):
        return answer
    if contradiction := _contradiction(nvidia, error):
        return there(*contradiction, container=host.container, why="nvidia-smi finds the driver, the program does not")
    if driven := _nvidia.driven(nvidia):
        return not_there("nvidia.gpus", _nvidia.names(driven))
    if _nvidia.on_wsl(host) or (nvidia.gpus is None and not nvidia.nvml_error):
        return cannot_tell("nvidia.gpus")
    if found := _evidence(nvidia):
        why = "the host has an NVIDIA GPU, but its devices are not in the container"
        level = Severity.ERROR if torch is None or _nvidia.cuda_build(torch) else Severity.WARNING
        return there(found, seen("host.container", host.container), severity=level, container=host.container, why=why)
    asked = variables.values.get("NVIDIA_VISIBLE_DEVICES") if variables else None
    if asked in (None, "", "void", "none") or not _nvidia.cuda_build(torch) or _nvidia.hidden(variables):
        return cannot_tell("nvidia.module_version")
    evidence = seen("variables.values.NVIDIA_VISIBLE_DEVICES", asked, "GPUs in the container")
    why = "its image asks for one, but none was passed in"
    return there(evidence, severity=Severity.INFO, container=host.container, why=why)


def _started_without(nvidia: Nvidia | None, runtime: Runtime | None, error: ErrorText | None) -> str:
    """The one command that starts a container for CUDA without a GPU, on a host whose driver answers."""
    text = error.text if error else ""
    found = list(_RUN.finditer(text))
    driver = nvidia is not None and nvidia.gpus_source == "nvidia-smi" and bool(nvidia.driver_version)
    if len(found) != 1 or not driver or _nvidia.works(runtime) or _GIVEN.search(text):
        return ""
    told = _FOR_GPUS.search(found[0]["words"]) and _nvidia.matching_line(_MISSED, None, runtime, error)
    return found[0][0].rstrip("\\ ").strip() if told else ""


def _is_only_named(nvidia: Nvidia) -> bool:
    """Somebody names the GPU; nothing in the container saw it."""
    return nvidia.gpus_source == "text" and not (nvidia.driver_version or nvidia.module_version)


def _by_its_error(host: Host, error: ErrorText | None) -> Answer | None:
    """Nothing seen of the GPU: a container whose host has one is commoner than a host without a driver."""
    told = _nvidia.matching_line(_NO_DRIVER, None, None, error)
    if not told:
        return None
    why = "no driver is seen in it, as if it was started without one"
    return there(seen("error.text", told), seen("host.container", host.container), container=host.container, why=why)


def _without_smi(host: Host, torch: Torch | None, error: ErrorText | None) -> Answer | None:
    """In a container of whose GPU nothing is seen, nvidia-smi is missing."""
    told = _nvidia.matching_line(_NO_SMI, None, None, error)
    if not told or error is None or _ON_HOST.search(error.text) or (torch and _nvidia.other_build(torch)):
        return None
    command = None if _GIVEN.search(error.text) else _RUN.search(error.text)
    asked = (seen("error.text", command[0].rstrip(), "--gpus all"),) if command else ()
    why = "nvidia-smi is not in it, which comes with the GPU"
    return there(seen("error.text", told), *asked, container=host.container, why=why)


def _in_notebook(
    notebook: str,
    nvidia: Nvidia,
    torch: Torch | None,
    runtime: Runtime | None,
    variables: Variables | None,
    error: ErrorText | None,
) -> Answer:
    if trace := _nvidia.names(_nvidia.gpus(nvidia)) or nvidia.driver_version:
        return not_there("nvidia.gpus", trace)
    if _nvidia.hidden(variables) or (torch and _nvidia.other_build(torch)):
        return cannot_tell("nvidia.gpus")
    complaint = _nvidia.matching_line(_NO_DRIVER, None, runtime, error)
    if not complaint and not (_nvidia.fails(runtime) and _nvidia.cuda_build(torch)):
        return cannot_tell("nvidia.gpus")
    found = seen("error.text", complaint) if complaint else seen("runtime.cuda_available", "False", "True")
    return there(found, seen("host.container", notebook), message=NOTEBOOK, notebook=notebook)


def _contradiction(nvidia: Nvidia, error: ErrorText | None) -> tuple[Evidence, ...]:
    """A driver that answers, on the host as it seems, and a program that finds none."""
    complaint = _nvidia.matching_line(_NO_DRIVER, None, None, error)
    if not complaint or not nvidia.driver_version:
        return ()
    return seen("error.text", complaint), seen("nvidia.driver_version", nvidia.driver_version)


def _evidence(nvidia: Nvidia) -> Evidence | None:
    """What shows through from a host that has a GPU: its kernel module or the PCI bus."""
    if nvidia.module_version:
        return seen("nvidia.module_version", nvidia.module_version, "the same driver's devices")
    if "nvidia" in (nvidia.modules or ()):
        return seen("nvidia.modules", ", ".join(nvidia.modules or ()), "the driver's devices")
    if nvidia.nvml_error == "NVML_ERROR_DRIVER_NOT_LOADED":
        return None  # the driver's library was passed in and finds no driver: the host's own is not running
    return seen("nvidia.pci_gpus", _nvidia.names(nvidia.pci_gpus)) if nvidia.pci_gpus else None


def remedies(host: Host | None) -> tuple[Action, ...]:
    """Inside a container its start is what is likely missing; its engine complains where the toolkit is."""
    if notebook := _nvidia.notebook(host):
        return (Advice(title=_CHOOSE[notebook]),)
    start, toolkit = StartContainer(gpus=True), ContainerToolkit()
    return (start, toolkit) if _nvidia.contained(host) else (toolkit, start)
