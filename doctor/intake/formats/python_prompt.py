"""What people ask torch at a Python prompt, in IPython or with `python -c`, and the answers below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.intake.keyed import PACKAGE, facts_of, keep_first, left_out
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "a Python prompt"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT = (r"Type .help., .copyright.", r"Type .copyright., .credits.", r"IPython \d")

_PROMPT = re.compile(
    r"^\s*(?:>>> |\.\.\. |In ?\[\d{0,4}\]: ?"
    r"|(?:(?:\([\w.-]{1,40}\) ?)?\S{0,120}[$#>%] ?)?python[\d.]{0,5}(?:\.exe)? -c )(?P<code>\S.{0,400})$"
)
_BEGINS = re.compile(r"^Python \d\.\d{1,2}\.\d[^\[]{0,160}$")  # up to 3.9 the compiler stands on the next line
_BANNER = re.compile(
    r"^(?P<version>Python \d\.\d{1,2}\.\d.{0,160}\](?: :: Anaconda, Inc\.)?) on (?P<system>win32|linux|darwin)\s*$"
)
_SYSTEMS = {"win32": "Windows", "linux": "Linux", "darwin": "macOS"}
_BARE = re.compile(r"^\s{0,8}print\((?P<code>[\w.]{5,40}(?:\(\w{0,20}\))?)\)\s*$")  # the prompt was not copied
Asked = tuple[str, str]
_ANSWER = re.compile(r"^\s*(?:Out ?\[\d{0,4}\]: ?)?(?P<value>\S.{0,300}?)(?<!\s)\s*$")
_VERSION = r"\d+\.\d+[\w.+!]{0,40}"
_FLAG = r"True|False"
_REMARK = re.compile(r"(?<!\s)\s+#.*$")  # of whoever pastes it
# expression -> canonical key, and the form of its answer
_ASKED = {
    r"torch\.__version__": ("pytorch version", _VERSION),
    r"torch\.version\.cuda": ("cuda used to build pytorch", r"\d+\.\d+[\d.]{0,8}|None"),
    r"torch\.version\.hip": ("rocm used to build pytorch", r"\d+\.\d+[\w.-]{0,30}|None"),
    r"torch\.cuda\.is_available\(\)": ("is cuda available", _FLAG),
    r"torch\.cuda\.get_device_name\(\w{0,20}\)": ("gpu models and configuration", r"[A-Z][\w (),/.-]{3,70}"),
    r"torch_directml\.device_name\(\w{0,20}\)": ("directml device", r"[A-Z][\w (),/.-]{3,70}"),
    r"torch_directml\.device\(\w{0,20}\)": ("directml device", r"device\(type='privateuseone', index=\d\)"),
    r"torch\.cuda\.get_arch_list\(\)": ("arch list", r"\[.{0,300}\]"),
    r"torch\.backends\.mps\.is_available\(\)": ("mps available", _FLAG),
    r"torch\.backends\.mps\.is_built\(\)": ("mps built", _FLAG),
    r"torch\.xpu\.is_available\(\)": ("is xpu available", _FLAG),
    r"(?:np|numpy)\.__version__": (f"{PACKAGE}numpy", _VERSION),
    r"torchvision\.__version__": (f"{PACKAGE}torchvision", _VERSION),
    r"torchaudio\.__version__": (f"{PACKAGE}torchaudio", _VERSION),
    r"triton\.__version__": (f"{PACKAGE}triton", _VERSION),
    r"sys\.version": ("python version", r"\d\.\d{1,2}\.\d.{0,200}"),
    r"platform\.platform\(\)": ("python platform", r"(?:Linux|Windows|macOS|Darwin)-\S{3,120}"),
}
_OF_THE_MACHINE = ("os", "gpu models and configuration", "python platform")
_OF_THE_BUILD = ("pytorch version", "cuda used to build pytorch", "rocm used to build pytorch")
_EXPRESSION = re.compile("|".join(f"(?P<e{number}>{shape})" for number, shape in enumerate(_ASKED)))
_MEANINGS = tuple(_ASKED.values())


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    raw: dict[str, str] = {}
    told: dict[str, set[str]] = {}
    used: set[int] = set()
    for index, line in enumerate(lines):
        banner_lines = lines[index : index + 2] if _BEGINS.match(line) else [line]
        if banner := _BANNER.match(" ".join(banner_lines)):
            keep_first(raw, "python version", banner["version"])
            keep_first(raw, "os", _SYSTEMS[banner["system"]])
            used.update(range(index, index + len(banner_lines)))
        prompt = _PROMPT.match(line)
        alone = None if prompt or (index and _BARE.match(lines[index - 1])) else _BARE.match(line)
        code = prompt or alone
        asked = [_meaning(found) for found in _EXPRESSION.finditer(code["code"])] if code else []
        for name, place, answer in _answers(asked, lines[: index + 2] if alone else lines, index):
            keep_first(raw, name, answer)
            used |= {index, place}
            told.setdefault(name, set()).add(answer)
    once = {name for name, answers in told.items() if len(answers) == 1}
    twice = told.keys() - once - {*_OF_THE_MACHINE, "directml device"}
    if twice.intersection(_OF_THE_BUILD):  # which of two torches gave the other answers is not told
        raw = {name: answer for name, answer in raw.items() if name in _OF_THE_MACHINE}
    raw = {name: answer for name, answer in raw.items() if name not in twice}
    return facts_of(raw), used | (left_out(lines, LEFT_OUT, range(len(lines))) if used else set())


def _meaning(found: re.Match[str]) -> Asked:
    return _MEANINGS[int((found.lastgroup or "e0")[1:])]


def _answers(asked: Sequence[Asked], lines: Sequence[str], index: int) -> Iterator[tuple[str, int, str]]:
    """Key, line and value of each answer below a prompt: all on one line, or one a line with warnings between."""
    left = list(asked)
    for place in range(index + 1, min(index + 12, len(lines))):
        answer = _ANSWER.match(lines[place])
        if not left or _PROMPT.match(lines[place]):
            return
        shown = _REMARK.sub("", answer["value"]) if answer else ""
        words = shown.split()
        parts = words if len(words) == len(left) > 1 else [shown] if shown else []
        values = [part.strip("'\"") for part in parts]
        if values and all(re.fullmatch(form, value) for (_, form), value in zip(left, values, strict=False)):
            for (name, _), value in zip(left, values, strict=False):
                yield name, place, value
            del left[: len(values)]
