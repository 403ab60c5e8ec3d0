"""Remedies carried out for real: commands that work, fail, or change files; the machine is looked at after each."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doctor.facts import Facts, Python
from doctor.facts.software import ConfigFile, Sources
from doctor.files.journal import Journal
from doctor.fix.carry_out import DECLINED, DONE, FAILED, NOT_NEEDED, PERSISTS, Fixer, RemedyOutcome, runnable_argv
from doctor.fix.plan import plan
from doctor.model import Evidence, Finding, Remedy, Risk, Severity, Verdict, ok
from doctor.report import Report
from doctor.setup import tools
from doctor.setup.model import Doing, Transfer
from tests.diagnose.making import report as made
from tests.fix.wheels import environment, torch_of, wheel
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, pair, serving


def python(code: str, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *words)


def finding(rule: str, *remedies: Remedy) -> Finding:
    return Finding(rule, Severity.ERROR, rule, (Evidence("f", "x"),), remedies, True)


def report(*findings: Finding, config: Path | None = None) -> Report:
    facts = Facts()
    if config:
        facts = Facts(sources=ok(Sources(config_files=(ConfigFile(str(config)),))))
    return made(Verdict.SICK if findings else Verdict.SOUND, facts, findings=findings)


def fix(before: Report, look: Callable[[], Report], folder: Path, agree: bool = True) -> tuple[RemedyOutcome, ...]:
    fixer = Fixer(before, look, lambda _: agree, Journal(folder / "journal"))
    return fixer.carry_out(plan(before), lambda _: None)


def test_a_remedy_has_worked_when_the_finding_is_gone(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    broken = report(finding("a", Remedy("touch", (python("open(__import__('sys').argv[1],'w')", str(flag)),))))
    (one,) = fix(broken, lambda: report() if flag.exists() else broken, tmp_path)
    assert (one.rule, one.status, one.backed_up) == ("a", DONE, ())


def test_the_next_remedy_is_tried_when_the_first_changes_nothing(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    touch = Remedy("touch", (python("open(__import__('sys').argv[1],'w')", str(flag)),))
    broken = report(finding("a", Remedy("nothing", (python("pass"),)), touch))
    looks: list[int] = []

    def look() -> Report:
        looks.append(1)
        return report() if flag.exists() else broken

    (one,) = fix(broken, look, tmp_path)
    assert (one.status, one.remedy, len(looks)) == (DONE, "touch", 2)
    flag.unlink()
    (one,) = fix(broken, look, tmp_path, agree=False)
    assert (one.status, flag.exists()) == (DECLINED, False)


def test_a_command_that_fails_stops_its_remedy(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    commands = (python("raise SystemExit('no such channel')"), python("open(__import__('sys').argv[1],'w')", str(flag)))
    broken = report(finding("a", Remedy("two", commands)))
    (one,) = fix(broken, lambda: broken, tmp_path)
    assert one.status == FAILED
    assert "no such channel" in one.detail
    assert not flag.exists()


def test_what_persists_is_said(tmp_path: Path) -> None:
    broken = report(finding("a", Remedy("nothing", (python("pass"),))))
    (one,) = fix(broken, lambda: report(*broken.findings, finding("b")), tmp_path)
    assert (one.status, one.new) == (PERSISTS, ("b",))


def test_what_went_with_an_earlier_remedy_is_not_needed(tmp_path: Path) -> None:
    remedy = Remedy("both", (python("pass"),))
    broken = report(finding("a", remedy), finding("b", Remedy("other", (python("raise SystemExit(1)"),))))
    first, second = fix(broken, report, tmp_path)
    assert (first.status, first.gone) == (DONE, ("b",))
    assert second.status == NOT_NEEDED


def test_the_commands_that_were_shown_are_the_ones_that_run(tmp_path: Path) -> None:
    log = tmp_path / "log"
    note = python("import sys; open(sys.argv[1], 'a').write('x')", str(log))
    broken = report(finding("a", Remedy("thrice", (note, note, note))))
    (one,) = fix(broken, report, tmp_path)
    assert (one.status, log.read_text()) == (DONE, "xxx")


def test_what_is_being_done_is_said_while_it_is(tmp_path: Path) -> None:
    broken = report(finding("a", Remedy("Install it", (python("pass"),))))
    told: list[str] = []

    @contextmanager
    def during(what: str) -> Iterator[None]:
        told.append(f"{what} …")
        yield
        told.append(f"{what}.")

    journal = Journal(tmp_path / "journal")
    Fixer(broken, report, lambda _: True, journal, during).carry_out(plan(broken), lambda _: None)
    assert told == ["Install it …", "Install it."]


def test_packages_are_replaced_as_a_whole(tmp_path: Path) -> None:
    """The installation after the removal cannot be had: the old torch has to be there still."""
    interpreter = environment(tmp_path / "env", wheel(tmp_path, "torch", "2.0"))
    pip = (str(interpreter), "-m", "pip")
    commands = ((*pip, "uninstall", "-y", "torch"), (*pip, "install", "--no-index", "torch==9"))
    broken = report(finding("a", Remedy("afresh", commands)))
    (one,) = fix(broken, lambda: broken, tmp_path)
    assert one.status == FAILED
    assert "torch==9" in one.detail
    assert torch_of(interpreter) == "2.0"


def test_configuration_is_backed_up_and_restored_byte_for_byte(tmp_path: Path) -> None:
    config, new = tmp_path / "pip.conf", tmp_path / "new.conf"
    original = b"[global]\r\n# mine\ntrusted-host = x\n\xff"
    config.write_bytes(original)
    config.chmod(0o640)
    mode = config.stat().st_mode
    code = "import sys; open(sys.argv[1], 'w').write('[global]'); open(sys.argv[2], 'w').write('new')"
    remedy = Remedy("rewrite", (python(code, str(config), str(new)),), writes=(str(new),))
    broken = report(finding("a", remedy), config=config)
    (one,) = fix(broken, report, tmp_path)
    assert (one.status, set(one.backed_up)) == (DONE, {str(config), str(new)})
    assert config.read_bytes() == b"[global]"
    Journal(tmp_path / "journal").undo("all")
    assert config.read_bytes() == original
    assert config.stat().st_mode == mode
    assert not new.exists()


def test_what_a_failing_command_wrote_is_backed_up_too(tmp_path: Path) -> None:
    config = tmp_path / "pip.conf"
    config.write_bytes(b"old")
    code = "import sys; open(sys.argv[1], 'w').write('half'); sys.exit(1)"
    broken = report(finding("a", Remedy("rewrite", (python(code, str(config)),))), config=config)
    (one,) = fix(broken, lambda: broken, tmp_path)
    assert (one.status, one.backed_up) == (FAILED, (str(config),))
    Journal(tmp_path / "journal").undo()
    assert config.read_bytes() == b"old"


def test_what_needs_a_person_is_never_run(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    command = python("open(__import__('sys').argv[1],'w')", str(flag))
    broken = report(
        finding("a", Remedy("by hand", (command,), Risk.MANUAL)), finding("b", Remedy("root", (command,), Risk.ADMIN))
    )
    assert fix(broken, report, tmp_path) == ()
    assert not flag.exists()


def test_commands_are_made_ready(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, "/home/ada")
    monkeypatch.setattr(tools, "find_uv", lambda: "/opt/uv")
    assert runnable_argv(("~/env/bin/python", "-m", "pip"))[0] == "/home/ada/env/bin/python"
    assert runnable_argv(("uv", "pip", "install", "x"))[0] == "/opt/uv"
    assert runnable_argv(("conda", "install", "x")) == ("conda", "install", "x", "--yes")
    assert runnable_argv(("conda", "install", "-y", "x")) == ("conda", "install", "-y", "x")


def test_the_environment_is_named_where_a_person_has_it_active(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows' remedies say `python`, and which environment is to be active."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, "/home/ada")
    monkeypatch.setattr(tools, "find_uv", lambda: "/opt/uv")
    where = Python(executable="~/env/python", prefix="~/env")
    assert runnable_argv(("python", "-m", "pip"), where) == ("/home/ada/env/python", "-m", "pip")
    uv = ("uv", "pip", "install", "--python", "python", "python")
    assert runnable_argv(uv, where) == ("/opt/uv", *uv[1:4], "/home/ada/env/python", "python")
    conda = ("conda", "install", "-y", "x")
    assert runnable_argv(conda, where) == ("conda", "install", "-p", "/home/ada/env", "-y", "x")
    assert runnable_argv((*conda, "-p", "/other"), where) == (*conda, "-p", "/other")


@pytest.mark.heavy
@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64")
def test_how_far_a_download_is_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index keeps the second half back until the first has been told of."""
    use_own_caches(tmp_path, monkeypatch)
    told: list[str | Transfer] = []

    @contextmanager
    def during(title: str) -> Iterator[Doing]:
        told.append(title)
        yield doing

    def doing(what: str | Transfer) -> None:
        told.append(what)
        if isinstance(what, Transfer) and what.done_bytes:
            index.second_halves.set()

    with serving(Index(pair(size=3_000_000, packed=False))) as index:
        index.second_halves.clear()
        python = environment(tmp_path / "env", wheel(tmp_path / "wheels", "torch", "2.0"))
        install = ("pip", "install", "--upgrade", "--no-deps", "--index-url", index.url, "torch")
        remedy = Remedy("Install torch", ((str(python), "-m", *install),))
        fixer = Fixer(report(finding("a", remedy)), report, lambda _: True, Journal(tmp_path / "journal"), during)
        (one,) = fixer.carry_out(plan(fixer.report), lambda _: None)
    assert (one.status, one.detail, told[0]) == (DONE, "", "Install torch")
    assert any(isinstance(what, Transfer) and what.what.startswith("torch-2.15.0") for what in told)
    assert told[-1] == "installing"
    assert torch_of(python) == "2.15.0+cpu"
