"""What `check --from` reads: dumps, reports, and everything that opens one, again and again."""

from __future__ import annotations

import json
from typing import Any

from doctor.diagnose import diagnose
from doctor.explain import causes
from doctor.intake import gpus, platforms
from doctor.intake.formats import FORMATS
from doctor.intake.recognise import MAX_CHARACTERS, examine
from doctor.model import DoctorError
from doctor.render import document
from tests.growth.explaining import PARTS, TRACEBACK
from tests.growth.measure import Kind
from tests.intake.formats.sample_files import all_samples

_LONGEST_LINE = 30_000
_SAMPLES = {sample.form: sample.text for sample in all_samples()}


def check(text: str) -> None:
    try:
        diagnose(examine(text, lambda found: bool(causes(found))).facts)
    except DoctorError:
        return


def _repeated(part: str) -> Kind:
    return Kind(check, lambda n: part * n, MAX_CHARACTERS // max(1, len(part)))


def _on_one_line(part: str) -> Kind:
    return Kind(check, lambda n: part * n, _LONGEST_LINE // max(1, len(part)))


def _report(facts: dict[str, object]) -> str:
    return json.dumps({"kind": "check", "schema_version": 1, "facts": facts})


def _of_packages(n: int) -> str:
    rows = [{"name": f"package-{i}", "version": f"1.{i}"} for i in range(n)]
    return _report({"packages": {"status": "ok", "value": {"installed": rows}}})


def _of_gpus(n: int) -> str:
    rows = [{"index": i, "name": "NVIDIA L4", "compute_capability": "8.9"} for i in range(n)]
    return _report({"nvidia": {"status": "ok", "value": {"driver_version": "550.54.14", "gpus": rows}}})


def _of_variables(n: int) -> str:
    values = {f"VARIABLE_{i}": "x" for i in range(n)}
    return _report({"variables": {"status": "ok", "value": {"values": values}}})


def _drawn(form: str) -> object:
    def draw(text: str) -> None:
        document(diagnose(examine(text).facts), form)

    return draw


def _pip_list(n: int) -> str:
    return "Package Version\n------- -------\n" + "".join(f"package{i} 1.{i}\n" for i in range(n))


def _smi(n: int) -> str:
    head = "| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4 |\n"
    row = "|   {}  NVIDIA L4    Off |   00000000:{:02X}:00.0 Off | 0 |\n| N/A  35C  P8  16W / 72W |  1MiB / 23034MiB |  0%  Default |\n"
    return head + "".join(row.format(i, i % 256) for i in range(n))


KINDS: dict[str, Kind] = {
    **{f"one line of {name}": _on_one_line(part) for name, part in PARTS.items()},
    **{f"lines of {name}": _repeated(f"{part}\n") for name, part in PARTS.items() if part.strip()},
    **{f"long lines of {name}": _repeated(f"{part * (20_000 // len(part))}\n") for name, part in PARTS.items()},
    "dump headers": _repeated("Collecting environment information...\n"),
    "dump headers and values": _repeated("Collecting environment information...\nPyTorch version: 2.4.0\n"),
    "blank lines": _repeated("\n"),
    "tracebacks": _repeated(TRACEBACK),
    "prose": _repeated("I have been trying to get this card to work with torch for days, and it does not.\n"),
    "a long value": _on_one_line("PyTorch version: " + "2.4.0"),
    "many GPUs in a dump": Kind(
        check,
        lambda n: (
            "PyTorch version: 2.4.0\nGPU models and configuration: \n"
            + "".join(f"GPU {i}: NVIDIA L4\n" for i in range(n))
        ),
        40_000,
    ),
    "many GPUs in nvidia-smi": Kind(check, _smi, 6000),
    "pip list": Kind(check, _pip_list, 40_000),
    "requirements": Kind(check, lambda n: "".join(f"package{i}==1.{i}\n" for i in range(n)), 40_000),
    "report with packages": Kind(check, _of_packages),
    "report with GPUs": Kind(check, _of_gpus),
    "report with variables": Kind(check, _of_variables),
    "report with text before it": Kind(check, lambda n: '{ "x": 1 } and\n' * n + _of_packages(1), 1 << 20),
    "report nested": Kind(
        check, lambda n: _report({"torch": {"status": "ok", "value": json.loads("[" * n + "]" * n)}}), 800
    ),
    "unclosed brackets": Kind(check, lambda n: '{"a":' * n),
    "unclosed strings": Kind(check, lambda n: '{"a' * n),
    "open braces": Kind(check, lambda n: "{" * n),
    **{
        f"{form} of {what}": Kind(_drawn(form), make)
        for form in ("json", "markdown", "html")
        for what, make in (("packages", _of_packages), ("GPUs", _of_gpus))
    },
}


def _values(text: str) -> None:
    gpus.parse(text)
    platforms.host_of_os(text)
    platforms.host_of_platform(f"Linux-{text}")
    platforms.python_of(text)


KINDS |= {f"value of {name}": Kind(_values, lambda n, part=part: part * n, 200_000) for name, part in PARTS.items()}


def _read_by(one: Any) -> Kind:
    own = _SAMPLES.get(one.__name__.rpartition(".")[2], "") + "\n"
    return Kind(lambda text: one.read(text.split("\n")), lambda n: own * n, MAX_CHARACTERS // len(own))


FORMAT_KINDS: dict[str, Kind] = {one.TITLE: _read_by(one) for one in FORMATS}
LINES: dict[str, Kind] = {
    f"{one.TITLE}: {line[:60]!r}": Kind(
        lambda text, one=one: one.read(text.split("\n")),
        lambda n, line=line: f"{line}\n" * n,
        MAX_CHARACTERS // len(line),
    )
    for one in FORMATS
    for line in dict.fromkeys(_SAMPLES.get(one.__name__.rpartition(".")[2], "").splitlines())
    if line.strip()
}
