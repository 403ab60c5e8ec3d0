"""Every rule's advice for every host: fit for the system, pinned, in a safe order, and never spelled by the rule."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.match import Wish, match
from doctor.match.machine import machine_of
from doctor.model import PROGRAM, Argv, Broken, Remedy, Risk
from doctor.remedy import actions
from tests.each import each
from tests.remedy.hosts import Case, cases
from tests.test_printed_commands import BARE, commands_in, refusal

RULES = [rule.id for rule in rules.all_rules() if rule.remedies is not None]
HOSTS = tuple(cases())
FOLDER = Path(rules.__file__).parent

# what each system has to run a command with; "python" stands for the environment's interpreter
PYTHONIC = {"python", "uv", "conda", "torch-doctor", "torchrun"}
POSIX = PYTHONIC | {"env", "mv", "rm", "ulimit", "ls", "df"}
LINUX = POSIX | {
    *(
        "sudo",
        "modprobe",
        "dmesg",
        "ldconfig",
        "lspci",
        "ip",
        "nvidia-smi",
        "nvidia-modprobe",
        "mount",
        "findmnt",
        "usermod",
    ),
    *("gpasswd", "chmod", "ln", "sh", "systemctl", "dkms", "mokutil", "docker", "podman", "apptainer", "singularity"),
    *("dpkg", "rocminfo"),
}
OF_FAMILY = {
    "debian": {"apt-get", "update-initramfs"},
    "ubuntu": {"apt-get", "ubuntu-drivers", "update-initramfs"},
    "fedora": {"dnf", "akmods", "dracut"},
    "rhel": {"dnf", "dracut"},
    "arch": {"pacman", "mkinitcpio"},
    "suse": {"zypper", "dracut"},
    "alpine": {"apk"},
}
WINDOWS = PYTHONIC | {"winget", "setx", "nvidia-smi", "reg"}
OF_SHELL = {"cmd": {"set", "move"}, "powershell": {"Set-Item", "Move-Item", "Remove-Item"}}
MACOS = POSIX | {"xcode-select"}
FAMILY = {
    "mint": "ubuntu",
    "rocky": "rhel",
    "wsl": "ubuntu",
    "kubernetes": "ubuntu",
    "docker": "debian",
    "podman": "fedora",
}
# packages that a distribution does not have under that name, by its system here
LACKING = {
    "debian-12": {"libze-intel-gpu1", "nvidia-fabricmanager-580", "ubuntu-drivers-common"},
    "ubuntu-24.04": {"libze-intel-gpu1"},
    "ubuntu-20.04": {"libze-intel-gpu1"},
}
PLACEHOLDER = re.compile(r"(?:^|[ =/])[A-Z][A-Z_]{3,}(?:$|[ /.])")
ELSEWHERE = ("On the host of the container", "On the Windows side")


@cache
def advice(rule_id: str) -> tuple[tuple[Case, tuple[Remedy, ...]], ...]:
    """The rule's remedies for every host; a failure is a failure of the test."""
    found = []
    for host in HOSTS:
        remedies = remedies_of(rules.load(rule_id), host.facts)
        assert not isinstance(remedies, Broken), f"{host[:4]}: {remedies}"
        found.append((host, remedies))
    return tuple(found)


def programs(argv: Argv, host: Case) -> Iterator[str]:
    """The program of a command and of what it starts in turn."""
    words = [w for w in argv if not (argv[0] == "env" and ("=" in w or w in ("-u",)))]
    for word in words[: 2 if argv[0] == "sudo" else 1]:
        interpreter = host.facts.python.value and host.facts.python.value.executable
        yield "python" if word in (interpreter, "python") else word


def allowed(host: Case) -> set[str]:
    found = host.facts.host.value
    os = found.os if found else ""
    if os == "linux":
        family = FAMILY.get(host.system.partition("-")[0], host.system.partition("-")[0])
        return LINUX | OF_FAMILY.get({"jetson": "ubuntu", "apptainer": "rhel"}.get(family, family), set())
    if os == "windows":
        return WINDOWS | OF_SHELL.get((found and found.shell) or "", set())
    return MACOS if os == "macos" else PYTHONIC


def no_foreign_program(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for remedy in remedies:
            tools = allowed(host) | ({"wsl.exe"} if host.system == "wsl" else set())
            for argv in remedy.commands:
                foreign = set(programs(argv, host)) - tools
                assert not foreign, f"{host[:4]}: {foreign} in {argv}"


def a_container_and_wsl_leave_the_hosts_kernel_alone(rule_id: str) -> None:
    kernel = {"modprobe", "dkms", "akmods", "mokutil", "systemctl", "ubuntu-drivers", "update-initramfs", "dracut"}
    for host, remedies in advice(rule_id):
        if host.system in ("docker", "podman", "kubernetes", "apptainer", "wsl"):
            for remedy in remedies:
                words = {word for argv in remedy.commands for word in argv[:2]}
                assert remedy.where in ELSEWHERE or not words & kernel, f"{host[:4]}: {remedy}"


def packages_exist(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        words = {word for remedy in remedies for argv in remedy.commands for word in argv}
        assert not words & LACKING.get(host.system, set()), host[:4]
        assert not any(re.fullmatch(r"nvidia-fabricmanager=.*", word) for word in words), host[:4]


def every_torch_is_pinned_and_one_that_match_takes(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for argv in (argv for remedy in remedies for argv in remedy.commands if "install" in argv):
            wanted = [w for w in argv if re.fullmatch(r"torch(?:[=<>!~].*)?", w)]
            for word in wanted:
                pinned = re.fullmatch(r"torch={2,3}(\d[\w.]*)(?:\+(\w[\w.]*))?", word)
                assert pinned, f"{host[:4]}: {word} in {argv}"
                assert pinned[1] == "2.3.1" or fits(host, pinned[1], pinned[2] or ""), f"{host[:4]}: {argv}"


@cache
def _fitting(machine: object, torch: str, build: str) -> bool:
    return match(machine, Wish(torch=f"=={torch}", build=build)).choice is not None  # type: ignore[arg-type]


def fits(host: Case, torch: str, build: str) -> bool:
    machine = machine_of(host.facts)
    kind = "cpu" if build == "cpu" else ""
    return (
        _fitting(machine, torch, build)
        or match(machine, Wish(torch=f"=={torch}", accelerator=kind or "cuda")).choice is not None
    )


def nothing_goes_before_the_new_is_there(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for remedy in remedies:
            if len(remedy.commands) > 1 and remedy.risk is Risk.SAFE:
                assert not {"uninstall", "remove"} & set(remedy.commands[0]), f"{host[:4]}: {remedy}"


def automatic_steps_need_no_root_and_no_filling_in(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for remedy in (r for r in remedies if r.risk is Risk.SAFE):
            text = " ".join(word for argv in remedy.commands for word in argv)
            assert remedy.commands, f"{host[:4]}: {remedy}"
            assert not PLACEHOLDER.search(text), f"{host[:4]}: {text}"
            assert "sudo" not in text, f"{host[:4]}: {text}"
            python = host.facts.python.value
            assert remedy.writes or not (python and python.prefix), f"{host[:4]}: {remedy}"


def no_packages_into_a_python_that_takes_none(rule_id: str) -> None:
    """The system's own packages, which root installs in a container, are another matter."""
    others = {"torch-doctor", "conda", "winget", "sudo", "apt-get", "dnf", "apk"}
    for host, remedies in advice(rule_id):
        if host.environment in ("externally managed", "read-only"):
            for argv in (argv for remedy in remedies for argv in remedy.commands):
                assert argv[0] in others or "install" not in argv[:4], f"{host[:4]}: {argv}"


def one_python_a_remedy(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for remedy in remedies:
            pythons = {
                argv[0] for argv in remedy.commands if re.search(r"(?:^|[\\/])(?:py|python[\d.]*)(?:\.exe)?$", argv[0])
            }
            assert len(pythons) <= 1 and not pythons & {"py", "python3"}, f"{host[:4]}: {remedy}"


def root_only_after_what_needs_none(rule_id: str) -> None:
    """Of alternatives the user's own come first, and of these the smallest download."""
    for host, remedies in advice(rule_id):
        mending = [r for r in remedies if r.commands and r.risk is not Risk.MANUAL]
        assert [r.risk for r in mending] == sorted((r.risk for r in mending), key=[Risk.SAFE, Risk.ADMIN].index), (
            f"{host[:4]}: {mending}"
        )
        sizes = [r.download_bytes for r in mending if r.risk is Risk.SAFE and r.download_bytes is not None]
        assert sizes == sorted(sizes), f"{host[:4]}: {mending}"


def no_cpu_build_where_an_accelerator_has_a_build(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        words = [word for remedy in remedies for argv in remedy.commands for word in argv]
        if any(word.endswith("+cpu") for word in words):
            found = match(machine_of(host.facts))
            assert found.choice is None or found.accelerator == "cpu", host[:4]


@pytest.mark.parametrize("rule_id", RULES)
def test_our_own_commands_run(rule_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    remedies = {remedy for _, remedies in advice(rule_id) for remedy in remedies}
    argvs = {argv for remedy in remedies for argv in (*remedy.commands, *remedy.undo)}
    ours = [shlex.join(argv) for argv in argvs if argv[0] == PROGRAM]
    named = [line for remedy in remedies for line in commands_in(remedy.title)]
    assert [line for line in (*ours, *named) if refusal(line, capsys)] == []
    assert [remedy.title for remedy in remedies if BARE.search(remedy.title)] == []


def texts_are_sentences(rule_id: str) -> None:
    for host, remedies in advice(rule_id):
        for remedy in remedies:
            assert remedy.title, host[:4]
            assert remedy.title[0].isupper() or not remedy.title[0].isalpha(), remedy.title
            assert not remedy.title.endswith("."), remedy.title


CHECKS = (
    no_foreign_program,
    a_container_and_wsl_leave_the_hosts_kernel_alone,
    packages_exist,
    every_torch_is_pinned_and_one_that_match_takes,
    nothing_goes_before_the_new_is_there,
    automatic_steps_need_no_root_and_no_filling_in,
    no_packages_into_a_python_that_takes_none,
    one_python_a_remedy,
    root_only_after_what_needs_none,
    no_cpu_build_where_an_accelerator_has_a_build,
    texts_are_sentences,
)


@pytest.mark.parametrize("rule_id", RULES)
@each("check", CHECKS, ids=lambda check: check.__name__)
def test_the_advice_of_a_rule(rule_id: str, check: Callable[[str], None]) -> None:
    check(rule_id)


FORBIDDEN = re.compile(
    r"\bsudo\b|\b(?:apt|apt-get|dnf|yum|pacman|zypper|apk|winget)\b (?:-\S+ )*(?:install|add)|pip install torch\b|^env$"
    r"|^(?:apt-get|apt|dnf|yum|pacman|zypper|apk|winget|modprobe|reboot|systemctl|setx|brew)$"
)


def spelled(path: Path) -> list[str]:
    """Commands of an operating system that a rule file spells by itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    pages = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module) and node.body and isinstance(node.body[0], ast.Expr)
    }
    signatures = {id(n) for node in tree.body if "SIGNATURES" in ast.dump(node)[:200] for n in ast.walk(node)}
    tuples = (n.elts for n in ast.walk(tree) if isinstance(n, ast.Tuple))
    of_conda = {id(elts[0]) for elts in tuples if [getattr(e, "value", "") for e in elts[:2]] == ["env", "export"]}
    constants = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [n.value for n in constants if id(n) not in pages | signatures | of_conda and FORBIDDEN.search(n.value)]


@each("path", sorted(FOLDER.rglob("*.py")), ids=str)
def test_no_rule_spells_a_command_of_a_system(path: Path) -> None:
    assert spelled(path) == []


def test_a_rule_that_spells_one_is_caught(tmp_path: Path) -> None:
    copy = tmp_path / "disk_full.py"
    shutil.copy(FOLDER / "resources" / "disk_full.py", copy)
    assert spelled(copy) == []
    copy.write_text(copy.read_text() + '\n_CLEAN = (("sudo", "apt-get", "clean"),)\n')
    assert spelled(copy) == ["sudo", "apt-get"]


def test_rules_name_actions_and_no_remedies() -> None:
    spelling = [path.name for path in FOLDER.rglob("*.py") if "Remedy" in path.read_text(encoding="utf-8")]
    assert spelling == []


def test_every_action_has_its_way(capsys: pytest.CaptureFixture[str]) -> None:
    from doctor.remedy import _BY

    kinds = {kind for kind in vars(actions).values() if isinstance(kind, type) and issubclass(kind, actions.Action)}
    assert set(_BY) == kinds - {actions.Action}
    with capsys.disabled():
        print(f"\nadvice: {len(RULES)} rules x {len(HOSTS)} hosts = {len(RULES) * len(HOSTS):,} pairs")


def test_the_hosts_are_as_many_as_they_should_be() -> None:
    assert {host.python for host in HOSTS} >= {"3.8", "3.15"}
    assert {host.environment for host in HOSTS} == {
        "pip",
        "uv without pip",
        "conda",
        "externally managed",
        "read-only",
        "unknown",
    }
