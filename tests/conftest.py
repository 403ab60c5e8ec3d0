"""Fixtures that several tests share: real environments, made once and kept (tests/environments.py)."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from doctor import privacy
from tests import environments, surroundings
from tests.nvml_simulator.fixtures import nvidia_probe, nvml_build_cache, nvml_scenario  # noqa: F401 - fixtures for all tests

# several processes test at once: with a thread for every core in each, NumPy's small products wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# without bytecode every program that the tests start compiles all of the doctor anew, and every worker all tests
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# releases that the developer had `match --refresh` keep are no part of the tests
os.environ["XDG_DATA_HOME"] = str(Path(__file__).parents[1] / ".cache" / "no-data-here")  # uv writes there

# no test has a clock: on a busy machine an example may take seconds
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

# a shell ignores Ctrl-C and Ctrl-\\ for what it starts in the background, `nohup` a hang-up, and children inherit that;
# tests that send them need them
signal.signal(signal.SIGINT, signal.default_int_handler)
for _name in ("SIGQUIT", "SIGHUP"):
    if hasattr(signal, _name):
        signal.signal(getattr(signal, _name), signal.SIG_DFL)


# what takes minutes begins first, so that nothing long is left for one worker at the end
LONGEST = (
    "bootstrap/test_situations.py",
    "bootstrap/test_evenings.py",
    "bootstrap/test_next_day.py",
    "bootstrap/test_roots.py",
    "bootstrap/test_handover.py",
    "bootstrap/test_failures.py",
    "cli/test_dataloader.py",
    "windows/test_unit_commands.py",
    "windows/test_unit_what_commands_do.py",
    "windows/test_unit_judging.py",
    "windows/test_loaders.py",
    "windows/test_programs.py",
    "windows/test_story.py",
    "windows/test_unit_machine.py",
    "windows/test_gpus.py",
    "windows/test_looks.py",
    "windows/test_installs.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the unit suite did under Wine: it runs inside one test, which would tell nothing of it."""
    reports = (report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind))
    told = [value for report in reports for name, value in report.user_properties if name == "under Wine"]
    if told:
        ran, left_out = (sum((Counter(one[key]) for one in told), Counter()) for key in ("ran", "left out"))
        terminalreporter.section("CPython for Windows under Wine")
        again = sum(one.get("again", 0) for one in told)
        tried = f", {again} passed only when tried again by themselves" if again else ""
        terminalreporter.line(f"{ran.total()} tests ran, {ran['failed']} failed{tried}; left out:")
        for reason, count in left_out.most_common():
            terminalreporter.line(f"{count:>6}  {reason}")


@pytest.fixture(autouse=True)
def nothing_met_before() -> None:
    """Stand-ins are counted from one in each test, as in each run of the program."""
    privacy.forget()


@pytest.fixture(scope="session")
def torch_python() -> Path:
    """Interpreter of an environment with PyPI's torch, torchvision and NumPy. Shared: do not change it."""
    return environments.python_of(environments.kept("torch", environments.make_torch))


@pytest.fixture(scope="session")
def broken_pair_python() -> Path:
    """Interpreter of an environment with torch 2.13.0 (CPU) and a torchvision that does not fit. Do not change it."""
    return environments.python_of(environments.kept("broken-pair", environments.make_broken_pair))


@pytest.fixture(scope="session")
def numpy2_python() -> Path:
    """Interpreter of an environment with NumPy 2 beside torch 2.2, which was built for NumPy 1. Do not change it."""
    return environments.python_of(environments.kept("numpy2", environments.make_numpy2))


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """Interpreter of a fresh environment with nothing in it; the test's own."""
    return environments.venv(tmp_path / "bare")


@pytest.fixture(params=["uv", "pip"])
def installer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Both ways through what installs: with uv, and where there is no uv."""
    with surroundings.only(request.param, tmp_path_factory.mktemp("without")):
        yield request.param
