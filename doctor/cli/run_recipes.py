"""Run the tutorial programs as smoke tests on a device: from plain NumPy to a CIFAR-10 classifier.

Each program must reproduce the losses of the one before. Exit code: 0 all passed, 1 one did not (a skipped one
counts as not passed), 2 wrong usage. Only CIFAR-10 uses the network, for its data; with --quick nothing does.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.cli._timeout import add_timeout
from doctor.model import DoctorError

if TYPE_CHECKING:
    from rich.console import Console

    from doctor.smoke import RecipeOptions
    from doctor.smoke.model import RecipeReport

_DEVICE = re.compile(r"auto|all|cpu|mps|(?:cuda|xpu)(?::\d+)?")
_PICTURES = (".svg", ".html")
RUNS_IN = "torch-doctor: the recipes run in {python}"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("recipes", nargs="*", metavar="RECIPE", help="names or numbers: 4, 2-5, autograd (default: all)")
    add("--python", metavar="PATH", help="interpreter or environment to run them in (default: the active one)")
    add("--device", default="auto", help="auto (default), cpu, cuda, cuda:1, mps, xpu, all")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="takes seconds: a small CIFAR-10, no download, no timing")
    length.add_argument("--full", action="store_true", help="wait for the CIFAR-10 data however slow the source is")
    add("--format", choices=("text", "json", "junit", "markdown"), default="text", help="default: text")
    add("--plot", nargs="?", const="-", metavar="FILE", help="plot the losses here, or to FILE (.svg, .html)")
    add("--data-root", metavar="DIR", help="folder with CIFAR-10, or with its archive downloaded by hand")
    add("--source", metavar="URL", action="append", default=[], help="URL of the CIFAR-10 archive; repeatable")
    add_timeout(parser, 300, "time limit for each recipe (default: {usual:g})")
    add("--folder", metavar="DIR", help="run the recipes in this folder (default: the built-in ones)")
    add("--list", dest="list_recipes", action="store_true", help="list the recipes")
    add("-v", "--verbose", action="store_true", help="show the full error of a recipe that failed")


def run(options: argparse.Namespace) -> int:
    _validate(options)
    from doctor import smoke

    folder = Path(options.folder).resolve() if options.folder else smoke.recipes_folder()
    known = smoke.all_recipes(folder)
    if not known:
        raise DoctorError("recipes-folder", "no recipes in that folder", str(folder), "name a copy of recipes/")
    chosen = smoke.select(options.recipes, known)
    if options.list_recipes:
        print("\n".join(f"{name:<22} {_title(folder / name)}" for name in chosen))
        return 0
    asked = smoke.RecipeOptions(
        recipes=chosen,
        device=options.device,
        quick=options.quick,
        full=options.full,
        deadline_s=options.timeout,
        data_root=str(Path(options.data_root).resolve()) if options.data_root else "",
        sources=tuple(options.source),
        speed=not options.quick,
        folder=folder,
    )
    report = _run(asked, options)
    return 0 if report.passed else 1


def _validate(options: argparse.Namespace) -> None:
    if not _DEVICE.fullmatch(options.device):
        hint = "use auto, all, cpu, cuda, cuda:1, mps or xpu (PyTorch calls an AMD GPU cuda)"
        raise DoctorError("recipes-device", "there is no device of that kind", options.device, hint)
    if options.plot not in (None, "-") and Path(options.plot).suffix not in _PICTURES:
        raise DoctorError("recipes-plot", "--plot writes .svg or .html files", options.plot, "name such a file")


def _run(asked: RecipeOptions, options: argparse.Namespace) -> RecipeReport:
    from doctor import smoke, target
    from doctor.render.console import console
    from doctor.render.recipes import Terminal

    out = console() if options.format == "text" else _stderr()
    terminal = Terminal(out, options.verbose)
    found = target.find(options.python)
    print(RUNS_IN.format(python=found.executable), file=sys.stderr, flush=True)
    report = smoke.run(found, asked, terminal.result, _progress)
    _progress("")
    if options.format == "text":
        terminal.closing(report)
    elif options.format == "json":
        from doctor.render import envelope

        envelope.write("recipes", report.payload())
    else:
        from doctor.render import junit, recipes

        text = junit.recipes(report) if options.format == "junit" else recipes.markdown(report)
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    if options.plot:
        _plot(report, options.plot, out)
    return report


def _stderr() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False, markup=False)


def _progress(text: str) -> None:
    """On stderr: what a download says always, which step is running only to a person who waits."""
    if "://" in text:
        print(f"    {text}", file=sys.stderr, flush=True)
    elif sys.stderr.isatty():
        shown = f"  {text} …" if text else ""
        print(f"{shown}\x1b[K\r", end="", file=sys.stderr, flush=True)


def _plot(report: RecipeReport, where: str, out: Console) -> None:
    from doctor.render import loss_plot
    from doctor.render.console import can_draw

    curves = loss_plot.distinct(report.curves)
    if where == "-":
        for curve in curves:
            out.print()
            out.print("\n".join(loss_plot.terminal(curve, ascii_only=not can_draw(out))), soft_wrap=True)
        return
    draw = loss_plot.svg if Path(where).suffix == ".svg" else loss_plot.page
    try:
        Path(where).write_text(draw(curves), encoding="utf-8")
    except OSError as error:
        raise DoctorError("recipes-plot", "cannot write the plot", f"{where}: {error.strerror}") from error


def _title(path: Path) -> str:
    """The first line of a recipe's docstring."""
    return path.with_suffix(".py").read_text(encoding="utf-8").partition("\n")[0].strip('"')
