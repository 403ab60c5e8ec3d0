"""What may be the matter with a machine, the same for every way in; one session of PowerShell for all of them."""

from __future__ import annotations

import hashlib
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bootstrap.parts import pip_and_uv, stand_in, tree
from tests.bootstrap.shells import POWERSHELL, WAYS, PowerShell, Way, Window
from tests.bootstrap.test_without_python import served
from tests.surroundings import not_brought

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]
KILLS, EARLY = 10, 40  # steps that every run has which is not done yet
# The body ends at once, as by `kill -9`, before the step of that number that changes something.
_KILLED = """
import os, sys
left = [int(os.environ.get("KILLED_AT") or 10**6)]
def count(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "subprocess.Popen"):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(count)
"""


_ALL = [pytest.param(way, id=way.name) for way in WAYS]
# bootstrap.sh brings another uv, for which test_without_python.py has the same
in_powershell = pytest.mark.parametrize("session", _ALL[1:], indirect=True, scope="module")


@pytest.fixture(scope="module", params=_ALL)
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    if sys.platform == "win32":
        not_brought("some stand-ins are shell scripts, and Ctrl-C would reach the tests themselves")
    request.param.skip()
    with request.param.window(tmp_path_factory.mktemp(request.param.name)) as window:
        yield window


@pytest.fixture
def window(session: Window, tmp_path: Path) -> Window:
    session.folder = tmp_path
    return session


@pytest.fixture
def way(window: Window) -> Way:
    return window.way


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Of a body that can be killed."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    stand_in(folder, changed={"doctor/bootstrap/__init__.py": _KILLED})
    pip_and_uv(folder)
    return folder


def test_killed_ten_times_and_again(window: Window, way: Way, wheels: Path, tmp_path: Path) -> None:
    words = ("--yes", "--offline", wheels)
    own = {"TORCH_DOCTOR_HOME": way.native(tmp_path / "td")}
    for step in random.Random(7).sample(range(EARLY), KILLS):
        done = window.run(*words, KILLED_AT=str(step), **own)
        assert done.returncode not in (0, 1, 2) and "bootstrap: " not in done.stderr, done.stderr
        assert "left behind: " not in done.stderr
    done = window.run(*words, **own)
    assert (done.returncode, "Done." in done.stderr) == (0, True), done.stderr
    before = tree(tmp_path / "td")
    assert not [name for name in before if name.endswith(".part") or name.startswith("work")]
    again = window.run(by="iex", TORCH_DOCTOR_SOURCE=way.native(wheels), **own)
    assert again.returncode == 0 and "left behind: " not in again.stderr, again.stderr
    assert tree(tmp_path / "td") == before, "nothing is left to do"
    for step in (3, 30):
        assert window.run("--uninstall", "--yes", "--source", wheels, KILLED_AT=str(step), **own).returncode
    assert window.run("--uninstall", "--yes", "--source", wheels, **own).returncode == 0
    assert not (tmp_path / "td").exists()


def test_ctrl_c(way: Way, wheels: Path, tmp_path: Path) -> None:
    """All that belongs to the window hears it."""
    own = {"TORCH_DOCTOR_HOME": way.native(tmp_path / "td")}
    done = way.run("--yes", "--offline", wheels, folder=tmp_path, FAKE_CTRL_C="setup", **own)
    assert done.returncode == 130, done.stderr
    assert "bootstrap: interrupted" in done.stderr
    assert not (tmp_path / "td/work").exists()


# --- without a Python -------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(window: Window, way: Way, tmp_path: Path) -> dict[str, str]:
    own = {"TORCH_DOCTOR_HOME": way.native(tmp_path / "td"), "TORCH_DOCTOR_SOURCE": way.native(tmp_path / "wheels")}
    return {**way.bare(tmp_path), **own, "PYTHON": ""}


@pytest.fixture
def packed(way: Way, tmp_path: Path) -> Path:
    """The release file of a uv that has a Python to give."""
    file = tmp_path / "uv.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in way.uv(tmp_path).items():
            inside = zipfile.ZipInfo(name)
            inside.external_attr = 0o755 << 16
            inside.create_system = 3
            archive.writestr(inside, content)
    return file


@pytest.fixture
def script(packed: Path, tmp_path: Path) -> Path:
    """The real one with the checksum of that file, and less patience."""
    right = hashlib.sha256(packed.read_bytes()).hexdigest()
    text = re.sub(r"(?<=\.zip )[0-9a-f]{64}", right, POWERSHELL.read_text(encoding="ascii"))
    changed = tmp_path / "bootstrap.ps1"
    changed.write_text(text.replace("OperationTimeoutSeconds = 30", "OperationTimeoutSeconds = 2"))
    return changed


@in_powershell
def test_a_uv_that_brings_a_python(window, way, bare, packed, script, wheels, tmp_path) -> None:
    """Fetched once, through a proxy that alone knows the mirror; gone with all the rest."""
    words = ("-CheckOnly", "-Offline", wheels)
    with served(packed, "") as url:
        proxy = {"HTTP_PROXY": url.removeprefix("http://"), "TORCH_DOCTOR_RELEASES": "http://releases.example/"}
        done = window.run(*words, script=script, **proxy, **bare)
    assert done.returncode == 0, done.stderr
    assert "fetching http://releases.example/astral-sh/uv/releases/download/" in done.stderr
    again = window.run(*words, by="block", TORCH_DOCTOR_RELEASES="http://127.0.0.1:9", **bare)
    assert again.returncode == 0, again.stderr
    assert "fetching" not in again.stderr
    gone = window.run("-Uninstall", "-Yes", by="dot", **bare)
    assert gone.returncode == 0, gone.stderr
    assert not (tmp_path / "td").exists()
    assert "left behind: " not in done.stderr + again.stderr + gone.stderr


@in_powershell
def test_a_download_that_fails(window, bare, packed, script, wheels, tmp_path) -> None:
    for fault in ("wrong", "gone", "stalled", "cut", "refused"):
        with served(packed, fault) as url:
            release = "http://127.0.0.1:9" if fault == "refused" else url
            changed = POWERSHELL if fault == "wrong" else script
            done = window.run("-Yes", script=changed, TORCH_DOCTOR_RELEASES=release, **bare)
        assert done.returncode == 1, (fault, done.stderr)
        assert ("has the wrong checksum" if fault == "wrong" else "could not be fetched: ") in done.stderr, fault
        assert "\n  next: " in done.stderr
        assert "left behind: " not in done.stderr
        assert not (tmp_path / "td").exists(), fault


@in_powershell
def test_nothing_to_be_done(window, bare, wheels, tmp_path) -> None:
    for words in (["-DryRun"], ["-Help"], ["-Uninstall"], ["-Mirror", "nowhere"], ["-CheckOnyl"]):
        done = window.run(*words, **bare)
        wrong = words[0] in ("-Mirror", "-CheckOnyl")
        assert done.returncode == (2 if wrong else words == ["-Uninstall"]), done.stderr
        assert wrong or "there is no Python 3.11 or newer here" in done.stderr
        assert not (tmp_path / "td").exists()
    (tmp_path / "td").mkdir()
    (tmp_path / "td/thesis.tex").write_text("mine")
    done = window.run("-Yes", **bare)
    assert done.returncode == 1
    assert "holds files that torch-doctor did not make" in done.stderr
    assert "fetching" not in done.stderr


# --- folders ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("session", _ALL[2:], indirect=True, scope="module")
def test_a_folder_on_a_share(window, way, wheels, tmp_path) -> None:
    share = way.share(tmp_path)
    words, own = ("--yes", "--offline", wheels), {"TORCH_DOCTOR_HOME": f"{share}td"}
    done = window.run(*words, **own)
    assert (done.returncode, "Done." in done.stderr) == (0, True), done.stderr
    assert (tmp_path / "td/doctor.json").is_file()
    again = window.run(*words, **own)
    assert (again.returncode, "already installed" in again.stderr) == (0, True), again.stderr
    assert window.run("--uninstall", "--yes", "--source", wheels, **own).returncode == 0
    assert not (tmp_path / "td").exists()
    refused = window.run("--dry-run", "--source", wheels, TORCH_DOCTOR_HOME=share)
    assert refused.returncode == 1
    assert "torch-doctor" in refused.stderr and "TORCH_DOCTOR_HOME" in refused.stderr


def test_no_variable_names_the_user_s_folder(window: Window, way: Way, wheels: Path, tmp_path: Path) -> None:
    """The system knows it, and the script means the same folder as the body."""
    unset = dict.fromkeys(("LOCALAPPDATA", "XDG_DATA_HOME", "TORCH_DOCTOR_HOME"), "")
    done = window.run("--dry-run", "--source", wheels, **unset)
    assert done.returncode == 0, done.stderr
    body = re.search(r"folder +(.*) \(about", done.stderr)[1]
    assert body.endswith("torch-doctor") and body[0] in "~/C"
    if isinstance(way, PowerShell):
        done = window.run(
            "-DryRun", **{**way.bare(tmp_path), **unset, "PYTHON": "", "TORCH_DOCTOR_SOURCE": way.native(wheels)}
        )
        assert re.search(rf"go to .+{re.escape(body.lstrip('~'))}\n", done.stderr)


@in_powershell
def test_where_powershell_has_no_console_or_may_not(window: Window, way: Way, tmp_path: Path) -> None:
    elsewhere = Path(__file__).with_name("elsewhere.ps1")
    done = window.run(script=elsewhere, SCRIPT=way.native(POWERSHELL), TORCH_DOCTOR_HOME=way.native(tmp_path / "td"))
    no_console = "1 bootstrap: PowerShell ISE and remote sessions have no console; start it in a window of PowerShell"
    policy = "1 bootstrap: a policy of this machine keeps PowerShell scripts from it; ask who administers it"
    assert done.stdout.splitlines() == [no_console, policy, no_console], done.stderr
    assert not (tmp_path / "td").exists()
