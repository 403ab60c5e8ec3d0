"""Loss curves on a logarithmic axis: dots on a terminal, SVG alone or in a page. Curves that coincide are one."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

import msgspec

Point = tuple[float, float]

WIDTH, HEIGHT = 480, 220  # of a chart in a page, in pixels
_MARGIN, _TOP = 44, 20  # on the left for the powers of ten, above for the title
_SAME = 1e-6
# Bits of a braille character by column and row of its dots
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:14px system-ui,sans-serif;margin:2em;max-width:60em;color:#222;background:#fff}}
svg{{max-width:100%;height:auto}}</style>
<h1>{title}</h1>
{chart}</html>
"""
TITLE = "Losses of the recipes"


class Curve(msgspec.Struct, frozen=True):
    """Losses by step, and the recipes that have them: "01_numpy, 02_tensor on cpu"."""

    device: str
    recipes: tuple[str, ...]
    losses: tuple[float, ...]

    @property
    def title(self) -> str:
        return f"{', '.join(self.recipes)} on {self.device}"


def distinct(curves: Mapping[str, Sequence[float]]) -> tuple[Curve, ...]:
    """The curves of a report, by "device recipe"; those of one device that coincide are joined."""
    found: list[Curve] = []
    for key, losses in curves.items():
        device, _, recipe = key.partition(" ")
        same = next((i for i, c in enumerate(found) if c.device == device and _coincide(c.losses, losses)), None)
        if same is None:
            found.append(Curve(device, (recipe,), tuple(losses)))
        else:
            found[same] = msgspec.structs.replace(found[same], recipes=(*found[same].recipes, recipe))
    return tuple(found)


def _coincide(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(math.isclose(x, y, rel_tol=_SAME) for x, y in zip(a, b, strict=True))


def decades(losses: Sequence[float]) -> tuple[int, int]:
    """The powers of ten between which the losses lie; zero and what is no number are left out."""
    logs = [math.log10(loss) for loss in losses if math.isfinite(loss) and loss > 0] or [0.0]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return low, max(high, low + 1)


def scaled(losses: Sequence[float], width: float, height: float) -> list[Point]:
    """Points of a curve in a box with its origin at the top left."""
    low, high = decades(losses)
    last = max(len(losses) - 1, 1)
    return [
        (step / last * width, (high - math.log10(loss)) / (high - low) * height)
        for step, loss in enumerate(losses)
        if math.isfinite(loss) and loss > 0
    ]


def terminal(curve: Curve, columns: int = 60, rows: int = 8, ascii_only: bool = False) -> list[str]:
    """A chart as lines of text."""
    across, down = (1, 1) if ascii_only else (2, 4)
    cells = [[0] * columns for _ in range(rows)]
    for x, y in scaled(curve.losses, columns * across - 1, rows * down - 1):
        column, row = round(x), round(y)
        cells[row // down][column // across] |= 1 if ascii_only else _DOTS[column % 2][row % 4]
    low, high = decades(curve.losses)
    labels = [f"1e{high}", *[""] * (rows - 2), f"1e{low}"]
    lines = [f"{label:>6} {_text_row(row, ascii_only)}" for label, row in zip(labels, cells, strict=True)]
    steps = f"{len(curve.losses)} steps"
    return [curve.title, *lines, f"{'':>6} 0{steps:>{columns - 1}}"]


def _text_row(row: Sequence[int], ascii_only: bool) -> str:
    if ascii_only:
        return "".join("*" if cell else " " for cell in row).rstrip()
    return "".join(chr(0x2800 + cell) for cell in row)


def _chart(curve: Curve, top: int = 0) -> str:
    """One chart with its axes, as an SVG element that begins this far down in another one."""
    width, height = WIDTH - _MARGIN - 8, HEIGHT - _TOP - 28
    low, high = decades(curve.losses)
    path = " ".join(f"{_MARGIN + x:.1f},{_TOP + y:.1f}" for x, y in scaled(curve.losses, width, height))
    parts = [f'<text x="{_MARGIN}" y="12" fill="#222">{html.escape(curve.title)}</text>']
    for power in range(low, high + 1, max(1, (high - low) // 6)):
        y = _TOP + (high - power) / (high - low) * height
        parts.append(f'<line x1="{_MARGIN}" x2="{_MARGIN + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">1e{power}</text>')
    parts.append(f'<text x="{_MARGIN}" y="{HEIGHT - 8}">0</text>')
    last = f"step {len(curve.losses) - 1}"
    parts.append(f'<text x="{_MARGIN + width}" y="{HEIGHT - 8}" text-anchor="end">{last}</text>')
    parts.append(f'<polyline points="{path}" fill="none" stroke="#d6492a" stroke-width="1.5"/>')
    return f'<svg y="{top}" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'


def svg(curves: Sequence[Curve]) -> str:
    """All charts, one under the other."""
    height = HEIGHT * max(1, len(curves))
    charts = "\n".join(_chart(curve, number * HEIGHT) for number, curve in enumerate(curves))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" font-size="11" font-family="sans-serif" fill="#555"><title>{TITLE}</title>\n{charts}\n</svg>\n'
    )


def page(curves: Sequence[Curve]) -> str:
    """All charts in one page that needs nothing else."""
    return PAGE.format(title=TITLE, chart=svg(curves))
