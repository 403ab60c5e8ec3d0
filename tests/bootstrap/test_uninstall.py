"""`--uninstall`: what was made goes, and nothing else, in trees that people and chance have arranged."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doctor.bootstrap import home as homes
from doctor.bootstrap import launcher, records
from doctor.bootstrap.home import MARKER, Home
from doctor.bootstrap.options import Options
from doctor.bootstrap.records import EnvironmentRecord
from doctor.bootstrap.stop import Stop
from doctor.bootstrap.talk import Talk
from doctor.bootstrap.uninstall import uninstall
from tests.bootstrap.parts import tree
from tests.surroundings import bound_by_modes, not_brought

YES = Options(mode="uninstall", yes=True)
BIN = "Scripts" if sys.platform == "win32" else "bin"
PARTS = ("env", "uv", "python", "miniforge", "cache", "locks", "work", "lock", "state", "bin")
THEIRS = "theirs"  # the first word of every file that is somebody's


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "user"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    return folder


def write(file: Path, text: str = "ours") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def make_environment(folder: Path) -> None:
    """As venv or a half-finished setup leaves it, as far as names go."""
    for name in (f"{BIN}/python", f"{BIN}/activate", "lib/python3.12/site-packages/torch/version.py", "pyvenv.cfg"):
        write(folder / name)


def make_home(folder: Path) -> Home:
    home = Home(folder)
    home.claim()
    for name in ("doctor/lib/doctor.py", "doctor/pyvenv.cfg", "cache/pip/a", "uv/uv", "python/bin/python3",
                 "locks/doctor.lock.toml", "locks/one-2/pylock.cpu.toml", "work/log", "lock"):  # fmt: skip
        write(folder / name)
    return home


def record(home: Home, folder: Path, *, made: bool, conda: str = "") -> EnvironmentRecord:
    environment = EnvironmentRecord(str(folder), conda, made)
    records.remember(home, environment)
    return environment


def run(home: Home, capsys: pytest.CaptureFixture[str], options: Options = YES) -> tuple[int, str]:
    """With what is said of the home folder in full, as its owner reads it."""
    code = uninstall(home, options, Talk(options, {}))
    return code, re.sub(r"(?<![\w.~-])~(?=[/\\\s]|$)", lambda _: os.environ["HOME"], capsys.readouterr().err)


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_what_was_made_goes_and_the_folders_that_were_made_for_it(user, capsys):
    home = make_home(user / ".local" / "share" / "torch-doctor")
    make_environment(home.default_env)
    environment = record(home, home.default_env, made=True)
    launcher.install(home, environment, {"PATH": "", "SHELL": "bash"}, print, lambda _: True)
    make_environment(user / "deep" / "down" / "env")
    records.remember(
        home, EnvironmentRecord(str(user / "deep/down/env"), made=True, parents=(str(user / "deep/down"),))
    )
    (user / "deep" / "mine").touch()
    code, said = run(home, capsys)
    assert code == 0, said
    assert set(tree(user)) == {"deep", "deep/mine"}
    assert f"{home.default_env}, with everything installed in it since (" in said
    assert run(home, capsys) == (0, f"nothing to remove: there is no {home.folder}\n")


def test_files_that_the_cache_shares_with_an_environment_are_counted_once(user, capsys):
    home = make_home(user / "td")
    make_environment(home.default_env)
    record(home, home.default_env, made=True)
    library = write(home.default_env / "lib/libtorch.so", "x" * 3_000_000)
    (home.folder / "cache/pip/libtorch.so").hardlink_to(library)
    _, said = run(home, capsys)
    env, downloads = (re.search(rf"{what}.*\((.*)\)", said)[1] for what in ("installed in it since", "downloads that"))
    assert env.startswith("3.") and "MB" in env
    assert "kB" in downloads


def test_what_stays_is_said_before_anything_goes(user, capsys):
    home = make_home(user / "td")
    make_environment(user / "project" / ".venv")
    record(home, user / "project" / ".venv", made=False)
    make_environment(user / "made")
    write(user / "made" / "train.py", THEIRS)
    record(home, user / "made", made=True)
    record(home, user / "conda" / "envs" / "torch", made=True, conda="torch")
    write(user / "conda/envs/torch/conda-meta/history")
    write(user / ".local/state/torch-doctor/changes/1/change.json")
    write(home.folder / "changes/1/change.json")
    write(home.folder / "notes.txt", THEIRS)
    write(home.folder / "locks/mine.toml", THEIRS)
    code, said = run(home, capsys)
    stays = said.partition("This stays:")[2]
    for shown in (".venv: it was there", "made/train.py", "conda env remove -n torch", "state/torch-doctor/changes",
                  "mirrors --undo", "notes.txt", "locks/mine.toml", "td/changes"):  # fmt: skip
        assert shown.replace("/", os.sep) in stays or shown in stays, shown
    assert code == 0
    left = {name for name in tree(user) if (user / name).is_file()}
    assert {Path(name).name for name in left if name.startswith(("td", "made"))} == {
        "train.py", "notes.txt", "mine.toml", "change.json", MARKER, "lock",
    }  # fmt: skip
    assert "project/.venv/pyvenv.cfg" in left and "conda/envs/torch/conda-meta/history" in left


def test_miniforge_goes_with_the_environments_that_it_names(user, capsys):
    home = make_home(user / "td")
    for name in ("torch", "mine"):
        write(home.folder / "miniforge/envs" / name / "conda-meta/history")
    record(home, home.folder / "miniforge/envs/torch", made=True, conda="torch")
    code, said = run(home, capsys)
    assert code == 0
    assert "Miniforge with its environments: mine, torch" in said
    assert not home.folder.exists()


def test_an_adopted_environment_in_our_miniforge_stays(user, capsys):
    home = make_home(user / "td")
    for name in ("torch", "mine"):
        write(home.folder / "miniforge/envs" / name / "conda-meta/history")
    record(home, home.folder / "miniforge/envs/mine", made=False, conda="mine")
    _, said = run(home, capsys)
    assert "mine: it was there before" in said
    left = {name for name in tree(home.folder) if (home.folder / name).is_file()}
    assert left == {"miniforge/envs/mine/conda-meta/history", MARKER, "lock"}


def test_only_the_environment_that_was_named(user, capsys):
    home = make_home(user / "td")
    for name in ("one", "two"):
        make_environment(user / name)
        record(home, user / name, made=True)
    code, _ = run(home, capsys, Options(mode="uninstall", yes=True, env=str(user / "one")))
    assert code == 0
    assert not (user / "one").exists()
    assert (user / "two" / "pyvenv.cfg").is_file()
    assert home.is_ours
    assert [known.folder for known in records.environments(home)] == [str(user / "two")]


@pytest.mark.parametrize("adopted", [False, True])
def test_one_that_is_not_on_record_as_made_is_never_removed(user, capsys, adopted):
    home = make_home(user / "td")
    make_environment(user / "mine")
    if adopted:
        record(home, user / "mine", made=False)
    before = tree(user / "mine")
    with pytest.raises(Stop):
        run(home, capsys, Options(mode="uninstall", yes=True, env=str(user / "mine")))
    assert tree(user / "mine") == before
    assert home.doctor.is_dir()


def test_somebody_s_own_environment_in_the_place_of_one_that_was_made(user, capsys):
    home = make_home(user / "td")
    make_environment(user / "env")
    launcher.install(home, record(home, user / "env", made=True), {"PATH": ""}, print, lambda _: False)
    (user / "env" / BIN / launcher.NAME).unlink()  # made anew by its owner, it would not have our command
    before = tree(user / "env")
    _, said = run(home, capsys)
    assert "no longer the environment that was made there" in said
    assert tree(user / "env") == before


def test_a_folder_of_somebody_s_in_the_place_of_an_environment(user, capsys):
    home = make_home(user / "td")
    record(home, user / "env", made=True)
    write(user / "env" / "lib" / "mine.c", THEIRS)
    _, said = run(home, capsys)
    assert (user / "env/lib/mine.c").is_file()
    assert "no longer the environment" in said


def test_a_running_bootstrap_loses_nothing(user, capsys, monkeypatch):
    home = make_home(user / "td")
    monkeypatch.setattr(homes, "_locked", lambda handle, wait_s: homes.try_lock(handle))
    code = (
        "import sys; from pathlib import Path; from doctor.bootstrap.home import *\n"
        "with only_run(Home(Path(sys.argv[1]))): print(flush=True); sys.stdin.read()"
    )
    argv = [sys.executable, "-c", code, str(home.folder)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as other:
        assert other.stdout and other.stdout.readline()
        before = tree(user)
        with pytest.raises(Stop, match="another bootstrap is running"):
            run(home, capsys)
        assert tree(user) == before
        other.communicate()
    assert run(home, capsys)[0] == 0
    assert not home.folder.exists()


def test_a_folder_that_is_not_ours_is_refused(user, capsys):
    write(user / "project" / "doctor" / "mine.py", THEIRS)
    with pytest.raises(Stop, match="did not make"):
        run(Home(user / "project"), capsys)
    assert (user / "project/doctor/mine.py").is_file()


def test_a_lock_that_leads_to_a_folder_of_somebody_s(user, capsys):
    """That of version 0.1 was a folder, whose files were removed."""
    home = make_home(user / "td")
    (home.folder / "lock").unlink()
    mine = [write(user / "data" / name, THEIRS) for name in ("pid", "child", "mine")]
    link_or_junction(home.folder / "lock", user / "data")
    with pytest.raises(Stop, match="cannot be written to"):
        run(home, capsys)
    assert all(file.read_text() == THEIRS for file in mine)
    assert home.doctor.is_dir()


def test_of_a_folder_that_a_project_may_have_goes_what_packages_brought(user, capsys):
    """The environment was made in the folder of a project (`--env .`)."""
    home, project = make_home(user / "td"), user / "project"
    make_environment(project)
    record(home, project, made=True)
    packages = project / "lib/python3.12/site-packages"
    brought = [
        write(project / name) for name in ("share/man/man1/tool.1", "share/jupyter/kernel.json", "etc/tool.conf")
    ]
    names = ("tool/__init__.py", "../../../share/man/man1/tool.1", "../../../share/jupyter/kernel.json")
    write(packages / "tool-1.dist-info/RECORD", "".join(f"{name},,\n" for name in names))
    mine = [write(project / name, THEIRS) for name in ("share/model.bin", "src/train.py", "man")]
    code, said = run(home, capsys)
    assert code == 0
    assert all(file.read_text() == THEIRS for file in mine)
    assert [file.exists() for file in brought] == [False, False, True], "no record tells of the last one"
    for file in (*mine[:1], brought[2], project / "src"):
        assert f"{file}: not the environment's" in said
    assert not packages.exists()


def test_no_means_that_nothing_goes(user, capsys, monkeypatch):
    home = make_home(user / "td")
    before = tree(user)
    talk = Talk(YES, {})
    monkeypatch.setattr(talk, "asks", True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    with pytest.raises(Stop, match="as you asked"):
        uninstall(home, YES, talk)
    after = tree(user)
    assert {name for name in before if not name.startswith("td/work")} == set(after)


def test_an_uninstall_killed_at_any_step_is_gone_on_with(user, tmp_path):
    """Each time before another of its steps, by a signal that nothing catches."""
    if sys.platform == "win32":
        not_brought("forks")
    step = 0
    while True:
        home = make_home(user / ".local/share/torch-doctor")
        make_environment(user / "deep" / "env")
        made = EnvironmentRecord(str(user / "deep/env"), made=True, parents=(str(user / "deep"),))
        records.remember(home, made)
        launcher.install(home, made, {"PATH": "", "SHELL": "bash"}, lambda _: None, lambda _: True)
        if not killed_at(step, lambda home=home: uninstall(home, YES, Talk(YES, {}))):
            break
        assert uninstall(home, YES, Talk(YES, {})) == 0
        left = set(tree(user))
        assert left <= {".local", ".local/share", ".local/share/torch-doctor"}, step  # empty, after the very last file
        step += 1
    assert step > 60


def killed_at(step: int, call: Callable[[], object]) -> bool:
    """Whether a fork of us that does this was killed before its step of that number; audit events come before it."""
    left = [step]

    def count(event: str, _arguments: object) -> None:
        if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "open"):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        sys.addaudithook(count)
        call()
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


# --- homes of version 0.1 ---------------------------------------------------------------------------------------------


def home_of_0_1(folder: Path, environment: Path) -> Home:
    for name, text in {"environment": str(environment), "doctor": "key", "setup": "key"}.items():
        write(folder / "state" / name, f"{text}\n")
    write(folder / "doctor" / "pyvenv.cfg")
    make_environment(environment)
    return Home(folder)


def test_a_home_of_version_0_1(user, capsys):
    home = home_of_0_1(user / "td", user / "td" / "env")
    write(user / "td/lock/pid", "4000000\n")  # of a run that was killed
    assert run(home, capsys)[0] == 0
    assert not home.folder.exists()


def test_of_version_0_1_what_lies_elsewhere_stays(user, capsys):
    home = home_of_0_1(user / "td", user / "elsewhere")
    code, said = run(home, capsys)
    assert code == 0
    assert not home.folder.exists()
    assert (user / "elsewhere/pyvenv.cfg").is_file()
    assert "elsewhere: it was there before" in said


def test_a_running_bootstrap_of_version_0_1_loses_nothing(user, capsys):
    home = home_of_0_1(user / "td", user / "td" / "env")
    argv = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()", "bootstrap.sh"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()  # the system knows its words by then
        write(user / "td/lock/pid", f"{other.pid}\n")
        with pytest.raises(Stop, match="another bootstrap is running"):
            run(home, capsys)
        other.communicate()
    assert (user / "td/env/pyvenv.cfg").is_file()


# --- by chance --------------------------------------------------------------------------------------------------------


class Chance:
    """A user's folder arranged by a seed: `theirs` is every file of somebody's, with what it holds."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.theirs: dict[Path, str] = {}
        self.home = make_home(folder / self.random.choice(("td", "a b/it's", "数据/[x]", ".local/share/torch-doctor")))
        self.made: list[Path] = []
        self.closed: list[Path] = []
        for step in self.random.sample(STEPS, self.random.randint(3, len(STEPS))):
            step(self)

    def some_folder(self) -> Path:
        inside = [path for path in (self.home.folder, *self.made, self.folder) if path.is_dir()]
        return self.random.choice(inside)

    def put(self, folder: Path) -> Path:
        file = write(folder / f"mine-{self.random.randrange(10**6)}", f"{THEIRS} {self.random.random()}")
        self.theirs[file.resolve()] = file.read_text()
        return file

    def keep(self, folder: Path) -> None:
        """What lies below is somebody's: by its true place, for a link on the way may be ours to remove."""
        found = (path.resolve() for path in folder.rglob("*"))
        self.theirs |= {path: path.read_text() for path in found if path.is_file()}

    def theirs_beside(self) -> None:
        self.put(self.folder / "papers")

    def theirs_in_the_home(self) -> None:
        self.put(self.home.folder)
        self.put(self.home.folder / "results")

    def theirs_in_a_made_environment(self) -> None:
        for folder in self.made:
            self.put(folder / self.random.choice((".", "src", "runs/1", "share", "etc/mine", "man")))

    def made_environment(self) -> None:
        folder = self.random.choice((self.home.default_env, self.folder / "envs" / "one", self.folder / "it's"))
        make_environment(folder)
        record(self.home, folder, made=True)
        self.made.append(folder)

    def adopted_environment(self) -> None:
        folder = self.random.choice((self.folder / "project/.venv", self.home.folder / "miniforge/envs/mine"))
        make_environment(folder)
        record(self.home, folder, made=False, conda="mine" if folder.name == "mine" else "")
        self.keep(folder)

    def other_home(self) -> None:
        other = make_home(self.some_folder() / "lib" / "other-home")
        self.keep(other.folder)

    def link_to_theirs(self) -> None:
        target = self.put(self.folder / "data" / "deep")
        ours = self.random.choice([self.home.folder, *self.made])
        name = ours / self.random.choice(("lib", "cache", "doctor")) / f"link{self.random.random()}"
        name.parent.mkdir(parents=True, exist_ok=True)
        for link, to in ((name, target), (name.with_suffix(".folder"), self.folder / "data")):
            link_or_junction(link, to)

    def part_that_is_a_link(self) -> None:
        """To a folder of somebody's, in which all has the names that ours has."""
        target = self.folder / "data" / "big disk"
        make_environment(target)
        for name in ("pylock.toml", "deep/pylock.cpu.toml", "pid", "child", "uv", "envs/torch/python.exe", "a.json"):
            write(target / name, THEIRS)
        self.put(target)
        self.keep(target)
        for name in self.random.sample((*PARTS, "locks/another"), 4):
            path = self.home.folder / name
            if not any(file.is_relative_to(path.resolve()) for file in (*self.theirs, *self.made)):
                shutil.rmtree(path, ignore_errors=True)
            if not os.path.lexists(path) and not path.parent.is_symlink():
                path.parent.mkdir(exist_ok=True)
                link_or_junction(path, target)

    def environment_that_is_a_link(self) -> None:
        """It was made there; now a link leads to somebody's own, or a link is on the way to it."""
        theirs = self.folder / "moved" / "envs"
        make_environment(theirs / "torch")
        self.keep(theirs)
        elsewhere, inside = self.folder / "was made" / "torch", self.home.folder / "miniforge" / "envs" / "torch"
        made = [EnvironmentRecord(str(elsewhere), made=True, parents=(str(elsewhere.parent),))]
        if not os.path.lexists(self.home.folder / "miniforge"):
            made.append(EnvironmentRecord(str(inside), "torch", made=True))
        for environment in made:
            records.remember(self.home, environment)
            link = Path(environment.folder).parent
            link.parent.mkdir(exist_ok=True)
            link_or_junction(link, theirs)

    def hard_link(self) -> None:
        os.link(self.put(self.folder / "cache of uv"), self.home.folder / "cache" / "linked")

    def read_only(self) -> None:
        file = write(self.some_folder() / "lib" / "closed" / "file")
        if self.is_theirs(file):
            self.keep(file.parent)
        file.chmod(0o400)
        file.parent.chmod(0o500)
        self.closed.append(file.parent)

    def is_theirs(self, file: Path) -> bool:
        ours = (self.home.default_env, *self.made)
        return not any(file.is_relative_to(folder) for folder in ours)

    def deep(self) -> None:
        write(self.home.folder / "cache" / "/".join(["a" * 60] * 12) / "file")


STEPS = [getattr(Chance, name) for name in (
    "made_environment", "theirs_beside", "theirs_in_the_home", "theirs_in_a_made_environment", "adopted_environment",
    "other_home", "link_to_theirs", "part_that_is_a_link", "environment_that_is_a_link", "hard_link", "read_only",
    "deep",
)]  # fmt: skip


def link_or_junction(link: Path, target: Path) -> None:
    if sys.platform == "win32" and target.is_dir():
        subprocess.run(["cmd", "/c", "mklink", "/J", link, target], check=True, capture_output=True)
    else:
        link.symlink_to(target)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[object]]:
    held: list[object] = []
    yield held
    for file in held:
        file.close()


def as_junctions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links to folders are to Python what junctions are to it on Windows: folders, with a mark that tells them apart,
    which are gone over like any other and removed as such."""
    lstat_of, rmdir = Path.lstat, Path.rmdir

    def is_one(path: Path) -> bool:
        return os.path.islink(path) and path.is_dir()

    def lstat(path: Path) -> object:
        seen = lstat_of(path)
        fields = {name: getattr(seen, name) for name in dir(seen) if name.startswith("st_")}
        mark = {"st_mode": stat.S_IFDIR | 0o777, "st_reparse_tag": 0xA0000003}
        return types.SimpleNamespace(**fields | mark) if is_one(path) else seen

    monkeypatch.setattr(Path, "lstat", lstat)
    monkeypatch.setattr(Path, "is_symlink", lambda path: os.path.islink(path) and not is_one(path))
    monkeypatch.setattr(Path, "rmdir", lambda path: path.unlink() if is_one(path) else rmdir(path))


@pytest.mark.parametrize("links", ["links", "junctions"])
@pytest.mark.parametrize("block", range(10))
def test_no_file_of_somebody_s_goes_and_what_remains_is_said(block, links, tmp_path, monkeypatch, capsys, opened):
    if links == "junctions":
        if sys.platform == "win32":
            not_brought("they are real here, and the other cells make them")
        as_junctions(monkeypatch)
    for seed in range(block * 20, block * 20 + 20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("USERPROFILE", str(folder))
        chance = Chance(seed, folder)
        opened.append(next(path for path in (chance.home.folder / "doctor").rglob("*.py")).open())
        code, said = bound_by_modes(lambda chance=chance: run(chance.home, capsys))
        for file, text in chance.theirs.items():
            assert file.is_file() and file.read_text() == text, (seed, file, said)
        left = [path for path in folder.rglob("*") if not path.is_dir() and path not in chance.theirs]
        unsaid = [path for path in left if not any(str(above) in said for above in (path, *path.parents[:-2]))]
        assert not [
            path for path in unsaid if path.name not in (MARKER, "lock") and "environments" not in path.parts
        ], seed
        assert code == 0 or (sys.platform == "win32" and "could not be removed" in said)
