from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from doctor.facts import Facts, Host, Python
from doctor.model import (
    Broken,
    Candidate,
    Evidence,
    Finding,
    Reading,
    Remedy,
    Risk,
    Severity,
    Shell,
    Status,
    Unknown,
    Verdict,
    ok,
    skipped,
)
from doctor.render import conclusion, console, html, markdown, terminal
from doctor.render.areas import rows
from doctor.render.shell import command_line
from doctor.report import Report, Withdrawn
from tests.diagnose.making import report

LONG = (
    "~/train/.venv/bin/python",
    "-m",
    "pip",
    "install",
    "--index-url",
    "https://example.com/whl/cu128",
    "torch==2.9.0",
)
LINE = command_line(LONG, Shell.POSIX)
CAUSE = Finding(
    "gpu-arch-newer-than-build",
    Severity.ERROR,
    "PyTorch 2.6.0 has no kernels for the RTX 5090",
    (Evidence("nvidia.gpus", "sm_120", "sm_90 or older"),),
    (
        Remedy("Install a build for it", (LONG,)),
        Remedy("A new driver", (("apt", "install", "x y"),), Risk.ADMIN, alternative=True),
    ),
    primary=True,
    area="gpu",
)
AFTER = Finding("cuda-unavailable", Severity.ERROR, "no CUDA", (Evidence("f", "x"),), caused_by=CAUSE.rule, area="cuda")
FACTS = Facts(host=ok(Host(os="linux", distribution="Ubuntu 22.04.5 LTS", architecture="x86_64")))
LATE = (Unknown("some-rule", "nvidia: no answer in 5 s"),)
SICK = report(Verdict.SICK, FACTS, findings=(CAUSE, AFTER), unknown=LATE)
WELL = report(Verdict.SOUND, FACTS)


def drawn(report: Report, width: int = 80, encoding: str = "utf-8", **more: bool) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    areas = rows(report, from_text=more.get("from_text", False))
    terminal.draw(report, areas, Console(file=file, width=width, highlight=False, markup=False), **more)
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit_except_commands_which_stay_whole(width: int) -> None:
    text = drawn(SICK, width)
    assert LINE in text
    assert [line for line in text.splitlines() if len(line) > width and LINE not in line] == []


def test_the_cause_its_evidence_its_consequence_and_what_to_do_first() -> None:
    text = drawn(SICK)
    assert "✗ PyTorch 2.6.0 has no kernels for the RTX 5090" in text
    assert "nvidia.gpus: sm_120 (needed: sm_90 or older)" in text
    assert "This also explains: cuda-unavailable" in text
    assert "no CUDA" not in text
    assert "or: A new driver (needs root)" in text
    assert text.rstrip().splitlines()[-1] == "Do first: Install a build for it"
    assert text.count(LINE) == 1


def test_a_healthy_machine_is_said_healthy() -> None:
    assert drawn(WELL).rstrip().endswith(conclusion.HEALTHY)
    fast = msgspec.structs.replace(FACTS, runtime=skipped("--fast imports nothing in the target"))
    assert drawn(report(Verdict.SOUND, fast)).rstrip().endswith(conclusion.FAST)


def test_what_could_not_be_seen_is_said_and_is_not_called_healthy() -> None:
    text = drawn(report(Verdict.UNDETERMINED, FACTS, undetermined=("The target did not answer",)))
    assert text.rstrip().endswith(f"{conclusion.UNDETERMINED}\n  - The target did not answer")
    assert "Healthy" not in text


def test_alternatives_are_marked_and_a_command_is_printed_once() -> None:
    again = Finding("other-rule", Severity.ERROR, "m", (Evidence("f", "x"),), CAUSE.remedies, primary=True, area="gpu")
    text = drawn(report(Verdict.SICK, FACTS, findings=(CAUSE, again)))
    assert "or: A new driver (needs root)" in text
    assert text.count(LINE) == 1
    assert "(the command shown above)" in text


def test_what_a_remedy_costs_is_said() -> None:
    dear = Remedy("Install it", (LONG,), download_bytes=3_000_000_000, disk_bytes=7_400_000_000, removes=("torch 2.1",))
    finding = msgspec.structs.replace(CAUSE, remedies=(dear,))
    text = " ".join(drawn(report(Verdict.SICK, FACTS, findings=(finding,))).split())
    assert "about 3.0 GB to download, 7.4 GB on disk; replaces torch 2.1" in text


def test_a_broken_rule_is_told_as_our_bug() -> None:
    bug = (Broken("some-rule", "KeyError: 'x'", "some_rule.py, line 7"),)
    text = " ".join(drawn(report(Verdict.UNDETERMINED, FACTS, broken=bug)).split())
    assert "The rule some-rule failed: KeyError: 'x' (some_rule.py, line 7). This is a bug in torch-doctor." in text


def test_what_was_withdrawn_is_told_when_asked() -> None:
    out = (Withdrawn("some-rule", "not compiled with CUDA", (Evidence("torch.build", "cu124"),)),)
    quiet = report(Verdict.UNDETERMINED, FACTS, withdrawn=out)
    assert "some-rule" not in drawn(quiet)
    assert "ruled out here: torch.build: cu124" in " ".join(drawn(quiet, verbose=True).split())


def test_areas_say_what_a_text_does_not_tell() -> None:
    text = drawn(report(Verdict.UNDETERMINED, FACTS), from_text=True)
    assert "? GPU     not in the text" in text
    assert "? PyTorch not in the text" in text


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
    assert f"```sh\n{LINE}\n```" in text
    assert "<details><summary>Facts</summary>" in text


@pytest.mark.parametrize(("shell", "language"), [(Shell.POWERSHELL, "powershell"), (Shell.CMD, "bat")])
def test_commands_are_pasted_as_what_they_are(shell: Shell, language: str) -> None:
    typed = Finding("r", Severity.ERROR, "m", (Evidence("f", "x"),), (Remedy("A", (LONG,), shell=shell),), primary=True)
    text = markdown.report(report(Verdict.SICK, FACTS, findings=(typed,)))
    assert f"```{language}\n{command_line(LONG, shell)}\n```" in text


def test_html_escapes_what_it_shows() -> None:
    evil = Finding("r", Severity.ERROR, "<b>&", (Evidence("f", "<script>"),), primary=True, area="gpu")
    page = html.report(report(Verdict.SICK, FACTS, findings=(evil,)))
    assert "<script>" not in page
    assert "&lt;b&gt;&amp;" in page


@pytest.mark.parametrize(
    ("argv", "shell", "line"),
    [
        (("~/my env/bin/python", "-V"), Shell.POSIX, "~/'my env/bin/python' -V"),
        (("pip", "install", "torch>=2"), Shell.POSIX, "pip install 'torch>=2'"),
        (("C:\\My Env\\python.exe", "-V"), Shell.POWERSHELL, "& 'C:\\My Env\\python.exe' -V"),
        (("python", "it's"), Shell.POWERSHELL, "python 'it''s'"),
    ],
)
def test_commands_are_quoted_for_the_shell(argv: tuple[str, ...], shell: Shell, line: str) -> None:
    assert command_line(argv, shell) == line


def test_only_rules_whose_probe_failed_are_counted_as_unable_to_judge() -> None:
    late = Facts(nvidia=Reading(Status.TIMEOUT, reason="no answer in 5 s"))
    unknown = (Unknown("a", "nvidia: no answer in 5 s"), Unknown("b", "runtime: --fast imports nothing"))
    text = drawn(report(Verdict.UNDETERMINED, late, unknown=unknown))
    assert "1 of the rules could not be judged" in text


def test_what_a_text_names_is_told_in_every_format():
    told = msgspec.structs.replace(CAUSE, candidates=(Candidate("no-driver", "no nvidia-smi"),), acquits=True)
    seen = report(Verdict.SICK, FACTS, findings=(told,))
    for page in (drawn(seen, width=120), markdown.report(seen), html.report(seen)):
        assert console.MANY in page and console.NOT_ENVIRONMENT in page and "no nvidia-smi" in page


def test_a_python_for_another_processor_than_the_machines_says_so() -> None:
    machine, python = Host(os="windows", architecture="arm64"), Python(version="3.12.4", machine="AMD64", bits=64)
    told = drawn(report(Verdict.SOUND, Facts(host=ok(machine), python=ok(python))))
    assert "3.12.4, built for x86_64" in told
    own = msgspec.structs.replace(python, machine="ARM64")
    assert "built for" not in drawn(report(Verdict.SOUND, Facts(host=ok(machine), python=ok(own))))


def test_windows_has_administrators() -> None:
    allow = Remedy("Allow long paths", (("reg", "add", "HKLM\\x"),), Risk.ADMIN)
    found = msgspec.structs.replace(CAUSE, remedies=(allow,))
    assert "Allow long paths (needs an administrator)" in drawn(report(Verdict.SICK, FACTS, findings=(found,)))
