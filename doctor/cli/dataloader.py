"""Is data loading with worker processes safe here, and how many workers pay off? Tried out in the target itself.

    torch-doctor dataloader                            every start method, on synthetic data
    torch-doctor dataloader train.py                   the loader in train.py, under each of them
    torch-doctor dataloader train.py:make_loader       the loader or dataset of that name, or what it returns
    torch-doctor dataloader train.py --tune            and how many workers pay off
    torch-doctor dataloader --tune --sample-shape 3x224x224 --sample-ms 4 --batch-size 32

A script is run as a worker would import it, under a name other than __main__; you are asked first. Exit code:
0 no errors, 1 problems found (warnings count with --strict), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.cli._timeout import add_timeout
from doctor.model import DoctorError, Severity
from doctor.text.numbers import whole

if TYPE_CHECKING:
    from doctor.dataloader.examine import TrialRequest
    from doctor.dataloader.model import DataLoaderReport

LIMIT_S, SCRIPT_LIMIT_S, TUNE_LIMIT_S = 50.0, 90.0, 150.0
QUESTION = (
    "This runs code from {script} in {python}: its import, its dataset, and main() up to the first batch if no loader"
    " is found. Continue?"
)
MOST_WORKERS = 256


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("script", nargs="?", metavar="SCRIPT[:NAME]", help="a script, and the loader, dataset or function in it")
    add("--python", metavar="PATH", help="interpreter or environment to examine (default: the active one)")
    add("--tune", action="store_true", help="measure how many workers pay off")
    add(
        "--workers",
        metavar="N,N,…",
        type=_parse_counts,
        help="numbers of workers to try (with --tune: up to the number of processors by default)",
    )
    add("--start-method", choices=("fork", "forkserver", "spawn"), action="append", help="try only this; repeatable")
    add("--batch-size", metavar="N", type=_parse_positive, help="samples in a batch, if the script does not say")
    add("--sample-shape", metavar="3x224x224", type=_parse_shape, help="shape of a synthetic float32 sample")
    add("--sample-ms", metavar="MS", type=_parse_ms, default=0.0, help="how long such a sample waits (disk, network)")
    add("--sample-cpu-ms", metavar="MS", type=_parse_ms, default=0.0, help="how long such a sample computes")
    add("--samples", metavar="N", type=_parse_positive, default=50_000, help="length of the synthetic dataset")
    add_timeout(parser, None, "time limit for all trials (default: 50; script 90; tune 150)")
    add("--format", choices=("text", "json"), default="text", help="default: text")
    add("--yes", action="store_true", help="run the script without asking")
    add("--strict", action="store_true", help="exit with 1 on warnings, too")
    add("-v", "--verbose", action="store_true", help="show every trial and its output")


def _parse_counts(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    counts = [number for part in parts if (number := whole(part)) is not None]
    if len(counts) < len(parts) or max(counts) > MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"expected numbers between 0 and {MOST_WORKERS}, such as 0,1,2,4")
    return tuple(sorted(set(counts)))


def _parse_positive(text: str) -> int:
    if not (number := whole(text)):
        raise argparse.ArgumentTypeError("expected a number above 0")
    return number


def _parse_ms(text: str) -> float:
    value = float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else -1
    if not 0 <= value <= 60_000:
        raise argparse.ArgumentTypeError("expected milliseconds between 0 and 60000")
    return value


def _parse_shape(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-9]\d{0,5}([x,×][1-9]\d{0,5}){0,5}", text):
        raise argparse.ArgumentTypeError("expected sizes such as 3x224x224")
    return tuple(int(side) for side in re.split("[x,×]", text))


def run(options: argparse.Namespace) -> int:
    request = _request(options)
    from doctor.cli._confirm import confirm
    from doctor.cli._target import find_target
    from doctor.dataloader.examine import examine
    from doctor.render.dataloader import TrialProgress

    found = find_target(options.python, deadline_s=min(30.0, request.limit_s))
    if request.script and not confirm(
        QUESTION.format(script=Path(request.script).name, python=found.executable), options.yes
    ):
        raise DoctorError("dataloader-declined", "not run", request.script)
    with TrialProgress(quiet=options.format != "text") as progress:
        document = examine(found, request, progress.event)
    _print(document, options)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return int(any(f.severity in failing for f in document.findings))


def _request(options: argparse.Namespace) -> TrialRequest:
    from doctor.dataloader.examine import TrialRequest

    usual = TUNE_LIMIT_S if options.tune else SCRIPT_LIMIT_S if options.script else LIMIT_S
    limit_s = usual if options.timeout is None else options.timeout
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
        raise DoctorError("dataloader-script", "there is no such script", path, "give the path of a Python file")
    if path.endswith(".ipynb"):
        raise DoctorError(
            "dataloader-script", "workers cannot import a notebook", path, "check it with `torch-doctor lint NOTEBOOK`"
        )
    return str(Path(path).resolve()), name


def _print(document: DataLoaderReport, options: argparse.Namespace) -> None:
    if options.format == "text":
        from doctor.render.dataloader import show

        show(document, verbose=options.verbose)
        return
    from doctor.render import envelope

    envelope.write("dataloader", document)
