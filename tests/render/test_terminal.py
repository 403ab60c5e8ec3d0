from __future__ import annotations

import io

import pytest
from rich.console import Console

from doctor.facts import Facts, Host
from doctor.model import Evidence, Finding, Reading, Remedy, Risk, Severity, Status, Unknown, ok
from doctor.render import html, markdown, terminal
from doctor.render.shell import command_line
from doctor.report import Report

LONG = (
    "~/train/.venv/bin/python",
    "-m",
    "pip",
    "install",
    "--index-url",
    "https://example.com/whl/cu128",
    "torch==2.9.0",
)
CAUSE = Finding(
    "gpu-arch-newer-than-build",
    Severity.ERROR,
    "PyTorch 2.6.0 has no kernels for the RTX 5090",
    (Evidence("nvidia.gpus", "sm_120", "sm_90 or older"),),
    (Remedy("Install a build for it", (LONG,)), Remedy("Or a new driver", (("apt", "install", "x y"),), Risk.ADMIN)),
    primary=True,
    area="gpu",
)
AFTER = Finding("cuda-unavailable", Severity.ERROR, "no CUDA", (Evidence("f", "x"),), caused_by=CAUSE.rule, area="cuda")
FACTS = Facts(host=ok(Host(os="linux", distribution="Ubuntu 22.04.5 LTS", architecture="x86_64")))
SICK = Report(False, (CAUSE, AFTER), (Unknown("some-rule", "nvidia: no answer in 5 s"),), FACTS, {})
WELL = Report(True, (), (), FACTS, {})


def drawn(report: Report, width: int = 80, encoding: str = "utf-8", **more: bool) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    terminal.draw(report, Console(file=file, width=width, highlight=False, markup=False), **more)
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit_except_commands_which_stay_whole(width: int) -> None:
    text = drawn(SICK, width)
    command = command_line(LONG)
    assert command in text
    assert [line for line in text.splitlines() if len(line) > width and command not in line] == []


def test_the_cause_its_evidence_its_consequence_and_what_to_do_first() -> None:
    text = drawn(SICK)
    assert "✗ PyTorch 2.6.0 has no kernels for the RTX 5090" in text
    assert "nvidia.gpus: sm_120 (needed: sm_90 or older)" in text
    assert "This also explains: cuda-unavailable" in text
    assert "no CUDA" not in text
    assert "Or a new driver (needs root)" in text
    assert text.rstrip().splitlines()[-2:] == ["Do first: Install a build for it", f"    {command_line(LONG)}"]


def test_a_healthy_machine_is_said_healthy() -> None:
    assert drawn(WELL).rstrip().endswith(terminal.HEALTHY)


def test_an_ascii_terminal_gets_ascii_marks() -> None:
    text = drawn(SICK, encoding="ascii")
    assert "x PyTorch 2.6.0" in text
    assert "✗" not in text


def test_verbose_shows_facts_and_why_a_rule_could_not_judge() -> None:
    text = drawn(SICK, verbose=True)
    assert "? some-rule: nvidia: no answer in 5 s" in text
    assert "distribution: Ubuntu 22.04.5 LTS" in text


def test_markdown_can_be_pasted() -> None:
    text = markdown.report(SICK)
    assert f"```sh\n{command_line(LONG)}\n```" in text
    assert "<details><summary>Facts</summary>" in text


def test_html_escapes_what_it_shows() -> None:
    evil = Finding("r", Severity.ERROR, "<b>&", (Evidence("f", "<script>"),), primary=True, area="gpu")
    page = html.report(Report(False, (evil,), (), FACTS, {}))
    assert "<script>" not in page
    assert "&lt;b&gt;&amp;" in page


@pytest.mark.parametrize(
    ("argv", "windows", "line"),
    [
        (("~/my env/bin/python", "-V"), False, "~/'my env/bin/python' -V"),
        (("pip", "install", "torch>=2"), False, "pip install 'torch>=2'"),
        (("C:\\My Env\\python.exe", "-V"), True, "& 'C:\\My Env\\python.exe' -V"),
        (("python", "it's"), True, "python 'it''s'"),
    ],
)
def test_commands_are_quoted_for_the_shell(argv: tuple[str, ...], windows: bool, line: str) -> None:
    assert command_line(argv, windows) == line


def test_only_rules_whose_probe_failed_are_counted_as_unable_to_judge() -> None:
    late = Facts(nvidia=Reading(Status.TIMEOUT, reason="no answer in 5 s"))
    unknown = (Unknown("a", "nvidia: no answer in 5 s"), Unknown("b", "runtime: --fast imports nothing"))
    text = drawn(Report(True, (), unknown, late, {}))
    assert "1 of the rules could not judge" in text
