"""Is data loading with worker processes safe here, and how many workers pay? Tried for real in the target.

    torch-doctor dataloader                            every start method, on synthetic data
    torch-doctor dataloader train.py                   the loader in train.py, under each of them
    torch-doctor dataloader train.py:make_loader       the loader or data set of that name, or what it makes
    torch-doctor dataloader train.py --tune            and how many workers pay
    torch-doctor dataloader --tune --sample-shape 3x224x224 --sample-ms 4 --batch-size 32

A script is run as a worker would import it, under a name that is not __main__; it is asked before. Exit code: 0 no
errors, 1 problems found (warnings count with --strict), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.model import DoctorError, Severity

if TYPE_CHECKING:
    from doctor.dataloader.examine import TrialRequest
    from doctor.dataloader.model import DataLoaderReport

LIMIT_S, SCRIPT_LIMIT_S, TUNE_LIMIT_S = 50.0, 90.0, 150.0
QUESTION = (
    "This runs code of {script} in {python}: its import, its data set, and main() up to the first batch when no loader"
    " is found. Go on?"
)
MOST_WORKERS = 256


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("script", nargs="?", metavar="SCRIPT[:NAME]", help="a script, and the loader, data set or function in it")
    add("--python", metavar="PATH", help="interpreter or environment to examine (default: the active one)")
    add("--tune", action="store_true", help="measure how many workers pay")
    add(
        "--workers",
        metavar="N,N,…",
        type=_parse_counts,
        help="numbers of workers to try (tune: default up to the processors)",
    )
    add("--start-method", choices=("fork", "forkserver", "spawn"), action="append", help="try only this; repeatable")
    add("--batch-size", metavar="N", type=_parse_positive, help="samples in a batch, where the script does not say")
    add("--sample-shape", metavar="3x224x224", type=_parse_shape, help="a described float32 sample")
    add("--sample-ms", metavar="MS", type=_parse_ms, default=0.0, help="a described sample waits so long (disk, net)")
    add("--sample-cpu-ms", metavar="MS", type=_parse_ms, default=0.0, help="a described sample computes so long")
    add("--samples", metavar="N", type=_parse_positive, default=50_000, help="length of the described data set")
    add("--timeout", metavar="SECONDS", type=float, help="deadline of all trials (default: 50; script 90; tune 150)")
    add("--format", choices=("text", "json"), default="text", help="default: text")
    add("--yes", action="store_true", help="run the script without asking")
    add("--strict", action="store_true", help="exit 1 for warnings too")
    add("-v", "--verbose", action="store_true", help="show every trial with what it wrote")


def _parse_counts(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    counts = {int(part) for part in parts if part.isdecimal()}
    if not all(part.isdecimal() for part in parts) or max(counts) > MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"expected numbers from 0 to {MOST_WORKERS}, such as 0,1,2,4")
    return tuple(sorted(counts))


def _parse_positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("expected a number above 0")
    return int(text)


def _parse_ms(text: str) -> float:
    value = float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else -1
    if not 0 <= value <= 60_000:
        raise argparse.ArgumentTypeError("expected milliseconds from 0 to 60000")
    return value


def _parse_shape(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-9]\d{0,5}([x,×][1-9]\d{0,5}){0,5}", text):
        raise argparse.ArgumentTypeError("expected sizes such as 3x224x224")
    return tuple(int(side) for side in re.split("[x,×]", text))


def run(options: argparse.Namespace) -> int:
    request = _request(options)
    from doctor import target
    from doctor.cli._confirm import confirm
    from doctor.dataloader.examine import examine
    from doctor.render.dataloader import TrialProgress

    found = target.find(options.python, deadline_s=min(30.0, request.limit_s))
    if request.script and not confirm(
        QUESTION.format(script=Path(request.script).name, python=found.executable), options.yes
    ):
        raise DoctorError("dataloader-declined", "not run", request.script)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # ended by a job system, we still end what we started
            signal.signal(getattr(signal, name), _exit_on_signal)
    with TrialProgress(found.executable, quiet=options.format != "text") as progress:
        document = examine(found, request, progress.event)
    _print(document, options)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return int(any(f.severity in failing for f in document.findings))


def _exit_on_signal(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _request(options: argparse.Namespace) -> TrialRequest:
    from doctor.dataloader.examine import TrialRequest

    usual = TUNE_LIMIT_S if options.tune else SCRIPT_LIMIT_S if options.script else LIMIT_S
    limit_s = usual if options.timeout is None else options.timeout
    if not 0 < limit_s < float("inf"):
        raise DoctorError("dataloader-timeout", "--timeout takes a number of seconds above 0", f"{limit_s:g}")
    path, name = _script_and_name(options.script or "")
    return TrialRequest(
        script=path,
        name=name,
        tune=options.tune,
        workers=options.workers,
        methods=tuple(options.start_method or ()),
        batch_size=options.batch_size,
        sample_shape=options.sample_shape,
        wait_ms=options.sample_ms,
        cpu_ms=options.sample_cpu_ms,
        samples=options.samples,
        limit_s=limit_s,
    )


def _script_and_name(text: str) -> tuple[str, str]:
    """SCRIPT[:NAME]; a path may have a colon itself (C:\\train.py)."""
    if not text:
        return "", ""
    path, colon, name = text.rpartition(":")
    if not colon or Path(text).is_file() or "/" in name or "\\" in name:
        path, name = text, ""
    if not Path(path).is_file():
        raise DoctorError("dataloader-script", "no such script", path, "give the path of a Python file")
    if path.endswith(".ipynb"):
        raise DoctorError(
            "dataloader-script", "a notebook cannot be imported by workers", path, "`torch-doctor lint` reads notebooks"
        )
    return str(Path(path).resolve()), name


def _print(document: DataLoaderReport, options: argparse.Namespace) -> None:
    if options.format == "text":
        from doctor.render.dataloader import show

        show(document, verbose=options.verbose)
        return
    from doctor.render import envelope

    envelope.write("dataloader", document)
