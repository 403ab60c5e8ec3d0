from __future__ import annotations

import io

import pytest
from rich.console import Console

from doctor.model import Remedy
from doctor.render import recipes
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus, Speed

PASSED = RecipeResult("02_tensor", "cpu", RecipeStatus.PASSED, 1.0, 2.6e7, 7e-5, "agrees")
FAILED = RecipeResult(
    "10_cifar10",
    "cpu",
    RecipeStatus.FAILED,
    0.1,
    detail="operator torchvision::nms does not exist | <x>",
    cause="torch-torchvision-mismatch",
    cause_title="torchvision was built for another torch",
    remedies=(Remedy("Install the pair", (("pip", "install", "torch==" + "9" * 200),)),),
    error="Traceback (most recent call last)",
)


def report(*results: RecipeResult, speed: tuple[Speed, ...] = ()) -> RecipeReport:
    return RecipeReport("auto", "python", "9.9", True, 12.0, results, speed)


def drawn(*results: RecipeResult, encoding: str = "utf-8", verbose: bool = False, speed: tuple[Speed, ...] = ()) -> str:
    buffer = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    terminal = recipes.Terminal(Console(file=buffer, width=80), verbose)
    for result in results:
        terminal.result(result)
    terminal.closing(report(*results, speed=speed))
    buffer.flush()
    return buffer.buffer.getvalue().decode(encoding)


def test_a_pass_shows_its_losses():
    text = drawn(PASSED)
    assert "✓ 02_tensor" in text
    assert "loss 2.6e+07 → 7e-05" in text
    assert "1 of 1 passed on cpu" in text


def test_a_failure_shows_its_cause_and_a_command_on_one_line():
    text = drawn(PASSED, FAILED)
    assert "[torch-torchvision-mismatch]" in text
    assert "pip install torch==" + "9" * 200 in text
    assert "1 of 2 passed: failed 10_cifar10." in text
    assert "Traceback" not in text
    assert "Traceback" in drawn(FAILED, verbose=True)


def test_a_failure_that_repeats_itself_is_said_once():
    other = RecipeResult("03_autograd", "cpu", RecipeStatus.FAILED, 0.0, detail="no device")
    again = RecipeResult("04_autograd_function", "cpu", RecipeStatus.FAILED, 0.0, detail="no device")
    text = drawn(other, again)
    assert text.count("no device") == 1
    assert "the same as 03_autograd" in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_terminals_without_our_signs(encoding):
    text = drawn(PASSED, FAILED, encoding=encoding)
    assert "v 02_tensor" in text
    assert "2.6e+07 -> 7e-05" in text


def test_synthetic_data_are_said_in_the_line():
    generated = RecipeResult("10_cifar10", "cpu", RecipeStatus.PASSED, 9.0, 2.3, 0.2, "94%", data="synthetic")
    assert "synthetic data" in drawn(generated).splitlines()[0]


def test_the_speed_table_has_both_times_and_the_ratio():
    row = Speed("cuda:0", "large", (2048, 4096, 4096, 512), 0.002, 0.5)
    text = drawn(PASSED, speed=(row,))
    assert "250.0 x" in text
    assert "2 ms" in text
    assert "500 ms" in text


def test_nothing_run_is_no_pass():
    assert not report().passed


def test_markdown_is_a_table_that_no_text_breaks():
    row = next(
        line
        for line in recipes.markdown(report(PASSED, FAILED)).splitlines()
        if "10_cifar10" in line and line[0] == "|"
    )
    assert row.count("|") - row.count("\\|") == 7
    assert "`<x>`" in row
    assert "[torch-torchvision-mismatch]" in row


def test_the_document_is_the_contract():
    document = report(PASSED, FAILED).payload()
    assert document["device"] == "auto"
    assert document["passed"] is False
    assert "curves" not in document
