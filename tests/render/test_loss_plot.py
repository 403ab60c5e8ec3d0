from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest

from doctor.render import loss_plot

FALLING = [10.0 ** (7 - i / 50) for i in range(500)]


def test_curves_that_coincide_are_one():
    curves = loss_plot.distinct(
        {
            "cpu 01_numpy": FALLING,
            "cpu 02_tensor": [loss * (1 + 1e-9) for loss in FALLING],
            "cpu 09_dynamic": FALLING[::-1],
            "cuda:0 02_tensor": FALLING,
        }
    )
    assert [curve.title for curve in curves] == [
        "01_numpy, 02_tensor on cpu",
        "09_dynamic on cpu",
        "02_tensor on cuda:0",
    ]


def test_a_falling_curve_runs_from_the_top_left_to_the_bottom_right():
    points = loss_plot.scaled(FALLING, 100, 50)
    assert points[0] == (0, 0)
    assert points[-1][0] == 100
    assert points[-1][1] > 45
    assert points == sorted(points)


@pytest.mark.parametrize("losses", [[], [0.0], [math.nan, math.inf], [1.0], [5.0, 5.0], [1e-300, 1e300], [-1.0, 2.0]])
def test_odd_losses_can_be_drawn(losses):
    (curve,) = loss_plot.distinct({"cpu x": losses})
    assert len(loss_plot.terminal(curve, columns=20, rows=4)) == 6
    assert "<polyline" in loss_plot.page([curve])


def test_the_terminal_chart_fits_and_can_do_without_braille():
    (curve,) = loss_plot.distinct({"cpu 02_tensor": FALLING})
    lines = loss_plot.terminal(curve, columns=40, rows=5)
    assert all(len(line) <= 47 for line in lines[1:])
    assert any("\u2800" < c <= "\u28ff" for c in lines[1])
    plain = "\n".join(loss_plot.terminal(curve, ascii_only=True))
    assert plain.isascii()
    assert "*" in plain


def test_the_page_needs_nothing_else_and_escapes_names():
    page = loss_plot.page(loss_plot.distinct({"cpu <b>&": FALLING}))
    assert "&lt;b&gt;&amp;" in page
    assert "<script" not in page
    assert "src=" not in page
    start, end = page.index("<svg"), page.rindex("</svg>") + 6
    ET.fromstring(page[start:end])


def test_the_picture_has_every_curve_within_it():
    picture = ET.fromstring(
        loss_plot.svg(loss_plot.distinct({"cpu 02_tensor": FALLING, "cpu 09_dynamic": FALLING[::-1]}))
    )
    width, height = int(picture.get("width")), int(picture.get("height"))
    charts = picture.findall("{*}svg")
    assert [chart.find("{*}text").text for chart in charts] == ["02_tensor on cpu", "09_dynamic on cpu"]
    for chart in charts:
        points = [point.split(",") for point in chart.find("{*}polyline").get("points").split()]
        assert len(points) == len(FALLING)
        assert all(0 < float(x) < width and 0 < float(chart.get("y")) + float(y) < height for x, y in points)
    assert int(charts[0].get("height")) <= int(charts[1].get("y"))
