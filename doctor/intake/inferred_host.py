"""Where a text comes from, as that follows from prompts, paths, commands and words: system, container, Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor.facts import Cpu, Facts, Host, Python
from doctor.intake.inference import Inference
from doctor.privacy import redact
from doctor.text.systems import hosted_notebook, system_of

PROMPT = "the prompt, a path or a command is that of a container ({words})"
NOTEBOOK = "the text is of a notebook of {name}"
SYSTEM = "paths in the text are those of {system}"
IN_WSL = "a path is one of WSL ({words})"
OF_INTEL = "the text speaks of a Mac of Intel's ({words})"
OF_APPLE = "the text speaks of a Mac with that chip ({words})"
IN_PODS = "the text speaks of pods ({words})"
ON_ALPINE = "the text installs with Alpine's apk ({words})"
THIRTY_TWO = "the folder is that of a 32-bit Python ({words})"
FETCHED = "the wheels that are downloaded are for it ({words})"
MADE = "the text makes an environment with it ({words})"
ON_A_MAC = "the text speaks of a Mac ({words})"
_CONTAINER = re.compile(
    r"(?<![\w@.-])[a-z][\w-]{0,31}@[0-9a-f]{12}:\S{0,60}[#$]|(?<!\w)/\.dockerenv\b|^(?P<hpc>Singularity|Apptainer)>"
    r"|\bThis container image and its contents are governed by the NVIDIA\b",
    re.MULTILINE,
)
# `docker run` with GPUs or before what fails, or what `docker compose` prints of a service
_STARTS_CONTAINER = re.compile(
    r"^\W{0,12}(?:[\w.]{1,20} ?[$#>] ?)?(?:sudo )?(?:docker|podman|nerdctl) run\b"
    r"(?:.{0,200}?(?<!-)--(?:gpus\b|device[ =]nvidia\.com/gpu=)|(?=(?s:.{1,3000}?)Traceback \())"
    r"|^[a-z][\w.-]{2,60}\s{1,20}\| +(?:Traceback \(most|  File \")",
    re.MULTILINE,
)
_NOTEBOOK = re.compile(
    r"^[^\w\n]*(?:OS|platform|environment|env|system|machine|hardware|runtime|where)\W{1,4}(?:\w+ ){0,3}"
    r"(colab|kaggle)\b",
    re.IGNORECASE | re.MULTILINE,
)
_WSL = re.compile(  # not in a program's hint for whoever uses it
    r"^(?!.*\bif you\b).*?(?<!\w)(?P<path>\d-microsoft-standard-WSL2"
    r"|/usr/lib/wsl/\w+|/mnt/[c-z]/(?:Users|Windows|Program)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_INTEL_MAC = re.compile(
    r"\b(?:mac(?:OS|book)?(?: \w{2,4})? (?:\w{2,5} )?intel|intel(?:-based)? (?:chip )?(?:i?macs?|macbooks?))\b",
    re.IGNORECASE,
)
_APPLE_CHIP = re.compile(
    r"\b(?:Apple (?:Silicon )?|(?:MacBook(?: Pro| Air)?|Mac (?:Studio|mini|Pro)|iMac|Mac)(?: with)?(?: an)? \(?"
    r"(?:Apple )?)(?P<chip>M[1-5](?: (?:Pro|Max|Ultra))?)\b"
    r"|\b(?P<short>M[1-5](?: (?:Pro|Max|Ultra))?) (?:chip )?Mac(?:Book)?\b",
    re.IGNORECASE,
)
_MAC = re.compile(
    r"\b(?:my|our|on an?|in an?|using an?|have an?) (?:\w+ ){0,2}"
    r"(?:Mac(?:book)?(?: (?:laptop|Pro|Air|mini|Studio))?|iMac)\b"
    r"|^\W{0,6}(?:MacBook(?: Pro| Air)?|Mac (?:Studio|mini|Pro)|iMac),? (?:with )?\(?(?:Apple )?M[1-5]\b",
    re.MULTILINE,
)
_CLUSTER = re.compile(r"\b(?:kubernetes|k8s|kubectl|kubelet|GKE|EKS|AKS|k3s|minikube)\b", re.IGNORECASE)
_POD = re.compile(
    r"\b(?:in|inside|within|from|my|our|the|of) (?:\w+ ){0,2}pods?\b|\bpods? (?:can(?:'|no)t|fail)"
    r"|^\W{0,4}pods?\b ?[:(]|\b(?:kubernetes|k[38]s|GKE|EKS|AKS) pods?\b",
    re.IGNORECASE | re.MULTILINE,
)
_APK = re.compile(r"\bapk (?:update|(?:--no-cache )?add)\b|^FROM \S{0,60}\balpine\b", re.MULTILINE)
_FOLDER_OF_32_BITS = re.compile(r"[\\/]python3\d{1,2}-32(?=[\\/])", re.IGNORECASE)  # the installer names it so
_MAKES_ENVIRONMENT = re.compile(
    r"\b(?:(?:conda|mamba) create\b[^\n#;&|]{0,120}?\spython={1,2}"
    r"|uv venv\b[^\n#;&|]{0,80}?\s(?:--python|-p)[ =]|virtualenv\b[^\n#;&|]{0,80}?\s(?:--python|-p)[ =]python"
    r"|py -(?=\S{3,5} -m venv\b)|python(?=3\.\d{1,2} -m venv\b))(?P<version>3\.\d{1,2})(?![\d])"
)
_WHEEL = re.compile(
    r"\b(?:Downloading|Using cached) \S{1,200}?(?P<words>-cp3(?P<minor>\d{1,2})-cp3(?P=minor)t?-)\S{1,80}\.whl"
)


def container(facts: Facts, text: str) -> Iterator[Inference]:
    if found := _CONTAINER.search(text) or _STARTS_CONTAINER.search(text):
        kind = "singularity" if found.groupdict().get("hpc") else "docker"
        yield Inference("host", Host, "container", kind, PROMPT.format(words=redact(found[0])))


def pod(facts: Facts, text: str) -> Iterator[Inference]:
    """The program runs in a pod of a cluster."""
    if _CLUSTER.search(text) and (found := _POD.search(text)):
        yield Inference("host", Host, "container", "kubernetes", IN_PODS.format(words=found[0]))


def alpine(facts: Facts, text: str) -> Iterator[Inference]:
    host = facts.host.value or Host()
    if host.os in (None, "linux") and host.distribution in (None, "Linux") and (found := _APK.search(text)):
        reason = ON_ALPINE.format(words=found[0])
        values = {"os": "linux", "libc": "musl", "distribution": "Alpine Linux"}
        yield from (Inference("host", Host, field, value, reason) for field, value in values.items())


def notebook(facts: Facts, text: str) -> Iterator[Inference]:
    """By what notebooks of a host have, or where somebody says that it runs there."""
    host = facts.host.value or Host()
    said = _NOTEBOOK.search(text)
    name = hosted_notebook(text) or (said[1].lower() if said else None)
    if name and host.os in (None, "linux"):
        words = NOTEBOOK.format(name=name.capitalize())
        yield Inference("host", Host, "container", name, words)
        yield Inference("host", Host, "os", "linux", words)


def system(facts: Facts, text: str) -> Iterator[Inference]:
    """By paths and prompts, where no line tells it."""
    if system := system_of(text):
        yield Inference("host", Host, "os", system, SYSTEM.format(system=system))


def wsl(facts: Facts, text: str) -> Iterator[Inference]:
    host = facts.host.value
    if (found := _WSL.search(text)) and (host is None or host.os in (None, "linux")):
        yield Inference("host", Host, "wsl", 2, IN_WSL.format(words=found["path"]))
        yield Inference("host", Host, "os", "linux", IN_WSL.format(words=found["path"]))


def python(facts: Facts, text: str) -> Iterator[Inference]:
    """By the command that makes the environment, or what pip downloads; of several nobody knows which is meant."""
    found = {match["version"]: match[0] for match in _MAKES_ENVIRONMENT.finditer(text)}
    if len(found) == 1:
        version, words = found.popitem()
        yield Inference("python", Python, "version", version, MADE.format(words=words.strip()))
    tags = {match["minor"]: match["words"] for match in _WHEEL.finditer(text)}
    if len(tags) == 1 and not found:
        minor, words = tags.popitem()
        yield Inference("python", Python, "version", f"3.{minor}", FETCHED.format(words=words.strip("-")))


def thirty_two_bits(facts: Facts, text: str) -> Iterator[Inference]:
    if found := _FOLDER_OF_32_BITS.search(text):
        yield Inference("python", Python, "bits", 32, THIRTY_TWO.format(words=found[0].strip("\\/")))


def mac(facts: Facts, text: str) -> Iterator[Inference]:
    if found := _MAC.search(text):
        yield Inference("host", Host, "os", "macos", ON_A_MAC.format(words=found[0]))


def apple_chip(facts: Facts, text: str) -> Iterator[Inference]:
    """The chip, where a Mac is named with it, and no Mac of Intel's beside."""
    host = facts.host.value
    if _INTEL_MAC.search(text):
        return
    chips = {found["chip"] or found["short"]: found[0] for found in _APPLE_CHIP.finditer(text)}
    if host and host.os == "macos" and len(chips) == 1:
        chip, words = chips.popitem()
        yield Inference("cpu", Cpu, "model", f"Apple {chip}", OF_APPLE.format(words=words))


def intel_mac(facts: Facts, text: str) -> Iterator[Inference]:
    host = facts.host.value
    if host and host.os == "macos" and (found := _INTEL_MAC.search(text)):
        yield Inference("host", Host, "architecture", "x86_64", OF_INTEL.format(words=found[0]))
