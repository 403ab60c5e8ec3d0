"""A run of the recipes on a terminal and in Markdown: a line a result as it comes, then what it comes to."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from doctor.render.console import can_draw, hang, mark
from doctor.render.inert import cell, prose
from doctor.render.passing import passed_to_lines
from doctor.render.shell import command_line
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus, Speed

STATES = {RecipeStatus.PASSED: "ok", RecipeStatus.SKIPPED: "warning"}
LOSSES = "loss {first:.4g} → {final:.4g}"
CAUSE = "cause: {title} [{rule}]"
SAME = "the same as {recipe}"
SYNTHETIC = "synthetic data"
ALL_PASSED = "{count} of {count} passed on {devices}, in {seconds:.0f} s."
NOT_ALL = "{passed} of {count} passed: {others}."
TORCH = "torch {torch} in {python}"
SPEED = "Time of one training step, float32, against NumPy on this CPU"
MAX_DETAIL = 1200


class Terminal:
    """Draws results as they come; a failure that repeats the one before it is said once."""

    def __init__(self, out: Console, verbose: bool = False) -> None:
        self._out, self._verbose = out, verbose
        self._before: RecipeResult | None = None

    def result(self, result: RecipeResult) -> None:
        result = passed_to_lines(result)
        state = STATES.get(result.status, "error")
        head = Text.assemble(
            mark(state, self._out),
            " ",
            (f"{result.recipe:<22}", "bold"),
            f" {result.device:<7} {result.status.value:<8}{result.seconds:6.1f} s  {_losses(result)}",
        )
        self._out.print(_encodable(self._out, head), soft_wrap=True)
        repeated = self._before is not None and _is_repeat(self._before, result)
        for line in [SAME.format(recipe=self._before.recipe)] if repeated and self._before else self._lines(result):
            self._out.print(_encodable(self._out, Text(f"    {line}", "dim")), soft_wrap=True)
        self._before = self._before if repeated else result

    def _lines(self, result: RecipeResult) -> list[str]:
        width = max(40, self._out.width - 4)
        lines = [part for line in result.detail[:MAX_DETAIL].splitlines() for part in textwrap.wrap(line, width)]
        if result.cause:
            lines.append(CAUSE.format(title=result.cause_title, rule=result.cause))
        for remedy in result.remedies:
            lines += [f"→ {remedy.title}", *(f"    {command_line(argv)}" for argv in remedy.commands)]
        return lines + (result.error.splitlines() if self._verbose else [])

    def closing(self, report: RecipeReport) -> None:
        report = passed_to_lines(report)
        for line in speed_lines(report.speed):
            self._out.print(_encodable(self._out, Text(line)), soft_wrap=True)
        self._out.print()
        if report.torch:
            hang(self._out, Text(TORCH.format(torch=report.torch, python=report.python), "dim"))
        hang(self._out, Text(verdict(report), "bold green" if report.passed else "bold red"))


def verdict(report: RecipeReport) -> str:
    """One sentence: all passed, or how many did not and how."""
    count = len(report.results)
    if report.passed:
        devices = ", ".join(dict.fromkeys(r.device for r in report.results))
        return ALL_PASSED.format(count=count, devices=devices, seconds=report.seconds)
    others = {
        s: [r.recipe for r in report.results if r.status is s] for s in RecipeStatus if s is not RecipeStatus.PASSED
    }
    said = "; ".join(f"{status.value} {', '.join(names)}" for status, names in others.items() if names)
    return NOT_ALL.format(passed=sum(r.status is RecipeStatus.PASSED for r in report.results), count=count, others=said)


def speed_lines(rows: Sequence[Speed]) -> list[str]:
    """The speed-up table; empty when nothing was measured."""
    if not rows:
        return []
    lines = ["", SPEED]
    for row in rows:
        n, d_in, h, d_out = row.size
        size = f"{row.name} ({n} x {d_in}, {h}, {d_out})"
        times = f"{row.seconds_per_step * 1e3:10.4g} ms  NumPy {row.numpy_seconds_per_step * 1e3:10.4g} ms"
        lines.append(f"  {row.device:<8} {size:<34} {times}  {row.ratio:6.1f} x")
    return lines


def markdown(report: RecipeReport) -> str:
    """A table for an issue or a summary page of CI."""
    report = passed_to_lines(report)
    lines = [
        f"**{prose(verdict(report))}**",
        "",
        "| recipe | device | status | seconds | loss | detail |",
        "|" + "---|" * 6,
    ]
    for r in report.results:
        detail = r.detail + (f" ({CAUSE.format(title=r.cause_title, rule=r.cause)})" if r.cause else "")
        cells = (r.recipe, r.device, r.status.value, f"{r.seconds:.1f}", _losses(r), detail)
        lines.append("| " + " | ".join(cell(text) for text in cells) + " |")
    if report.speed:
        lines += ["", f"{SPEED}:", "", "| device | size | device | NumPy | times |", "|" + "---|" * 5]
    for row in report.speed:
        times = f"{row.seconds_per_step * 1e3:.4g} ms | {row.numpy_seconds_per_step * 1e3:.4g} ms | {row.ratio:.1f}"
        lines.append(f"| {cell(row.device)} | {cell(row.name)} {' x '.join(map(str, row.size))} | {times} |")
    return "\n".join([*lines, "", prose(TORCH.format(torch=report.torch or "?", python=report.python)), ""])


def _losses(result: RecipeResult) -> str:
    if result.first_loss is None or result.final_loss is None:
        return ""
    losses = LOSSES.format(first=result.first_loss, final=result.final_loss)
    return f"{losses}  {SYNTHETIC}" if result.data == "synthetic" else losses


def _is_repeat(a: RecipeResult, b: RecipeResult) -> bool:
    return b.status is not RecipeStatus.PASSED and (a.status, a.detail, a.device) == (b.status, b.detail, b.device)


def _encodable(out: Console, text: Text) -> Text:
    if can_draw(out):
        return text
    return Text(text.plain.replace("→", "->").replace("µ", "u").encode("ascii", "replace").decode())
