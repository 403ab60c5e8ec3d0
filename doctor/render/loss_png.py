"""Loss curves as a PNG, drawn without any library: one chart under the other, on logarithmic axes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise

from doctor.render.loss_plot import Curve, decades, scaled

WIDTH, HEIGHT = 640, 240  # of a chart, in pixels
_LEFT, _TOP, _RIGHT, _BOTTOM = 60, 30, 16, 24
_INK, _GRID, _CURVE = (60, 60, 60), (220, 220, 220), (214, 73, 42)
# Letters of 3 x 5 pixels, a row a digit: 4 is the left pixel, 2 the middle one, 1 the right one
_FONT = {
    letter: f"{rows:05d}"
    for letters, numbers in (
        ("0123456789", (75557, 26227, 71747, 71717, 55711, 74717, 74757, 71111, 75757, 75717)),
        ("acdelmnoprsux", (7557, 7447, 11757, 7747, 62227, 5775, 6555, 7557, 7574, 7444, 3616, 5557, 5225)),
        ("-,:", (700, 24, 2020)),
    )
    for letter, rows in zip(letters, numbers, strict=True)
}
_SCALE = 2

Colour = tuple[int, int, int]


class Canvas:
    """A white picture; what is drawn outside it is lost."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows = [bytearray(b"\xff" * 3 * width) for _ in range(height)]

    def dot(self, x: int, y: int, colour: Colour) -> None:
        if 0 <= x < self.width and 0 <= y < self.height:
            self.rows[y][3 * x : 3 * x + 3] = bytes(colour)

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for i in range(steps + 1):
            self.dot(round(x0 + (x1 - x0) * i / steps), round(y0 + (y1 - y0) * i / steps), colour)

    def text(self, x: int, y: int, words: str, colour: Colour = _INK) -> None:
        """Write from the top left; letters the small font lacks leave a gap."""
        for place, letter in enumerate(words):
            for row, bits in enumerate(_FONT.get(letter, "00000")):
                for column in (c for c in range(3) if int(bits) & (4 >> c)):
                    for i in range(_SCALE * _SCALE):
                        across = x + (4 * place + column) * _SCALE + i % _SCALE
                        self.dot(across, y + row * _SCALE + i // _SCALE, colour)

    def png(self) -> bytes:
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        data = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows))
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(curves: Sequence[Curve]) -> bytes:
    """The charts of all curves as the bytes of a PNG file."""
    canvas = Canvas(WIDTH, HEIGHT * max(1, len(curves)))
    for place, curve in enumerate(curves):
        _chart(canvas, curve, place * HEIGHT)
    return canvas.png()


def _chart(canvas: Canvas, curve: Curve, top: int) -> None:
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    low, high = decades(curve.losses)
    for power in range(low, high + 1, max(1, (high - low) // 6)):
        y = top + _TOP + (high - power) / (high - low) * height
        canvas.line(_LEFT, y, _LEFT + width, y, _GRID)
        canvas.text(8, round(y) - 5, f"1e{power}")
    points = [(x + _LEFT, y + top + _TOP) for x, y in scaled(curve.losses, width, height)]
    for (x0, y0), (x1, y1) in pairwise(points):
        canvas.line(x0, y0, x1, y1, _CURVE)
    # the small font has no capitals and few letters, so a recipe is its number here
    canvas.text(_LEFT, top + 8, f"{','.join(name[:2] for name in curve.recipes)} on {curve.device}")
    canvas.text(_LEFT, top + HEIGHT - 16, "0")
    last = str(len(curve.losses) - 1)
    canvas.text(_LEFT + width - 8 * len(last), top + HEIGHT - 16, last)
