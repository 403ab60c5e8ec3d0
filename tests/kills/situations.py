"""Each command in a small world of its own, with something to lose in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from doctor.setup.environment import MARK
from tests import environments
from tests.bootstrap import parts
from tests.environments import SMALL_TORCH, fake_torch, install, linked_copy, package, python_of, site_packages, venv
from tests.kills.killing import Situation
from tests.mirrors.servers import Store, loopback, sound
from tests.setup.wheel_index import Index, pair, plain, serving
from tests.smoke import stub_recipes

# What slips away from its group and its parents, as daemons do
STRAY = "import subprocess; subprocess.Popen(['sh', '-c', 'setsid sleep 600 >/dev/null 2>&1 &'])\n"
PIP_CONF = b"# of the company\r\n[global]\r\ntimeout=60\n[install]\nno-warn-script-location = yes"
UV_TOML = b"# uv\npreview   = false   # here\n"
_HIDDEN = ("XDG_", "PIP_", "UV_", "CONDA", "VIRTUAL_ENV", "TORCH_DOCTOR")
Make = Callable[[Path], contextlib.AbstractContextManager[Situation]]


def doctor(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "doctor", *map(str, words)]


def user(home: Path, **more: str) -> dict[str, str]:
    """The variables of a user with a home of their own."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    folders = {"HOME": home, "XDG_STATE_HOME": home / "state", "XDG_DATA_HOME": home / "data"}
    caches = {"UV_CACHE_DIR": home / "uv-cache", "PIP_CACHE_DIR": home / "pip-cache"}
    own = {name: str(value) for name, value in {**folders, **caches}.items()}
    return {**kept, **own, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1", **more}


def in_place(folder: Path, saved: Path) -> None:
    """A folder is as it was saved, by links to its files, which are replaced and never written over."""
    shutil.rmtree(folder, ignore_errors=True)
    linked_copy(saved, folder)


@contextlib.contextmanager
def check(folder: Path) -> Iterator[Situation]:
    python = venv(folder / "env")
    fake_torch(site_packages(folder / "env"), STRAY + "import time; time.sleep(0.3)\n" + SMALL_TORCH)
    yield Situation("check", doctor("check", "--python", python), user(folder / "home"), folder)


@contextlib.contextmanager
def run(folder: Path) -> Iterator[Situation]:
    """The command fails after a while and is explained, for which the machine is examined."""
    python = venv(folder / "env")
    fake_torch(site_packages(folder / "env"), STRAY + SMALL_TORCH)
    fails = "import sys, time; time.sleep(0.5); sys.exit('AssertionError: Torch not compiled with CUDA enabled')"
    yield Situation("run", doctor("run", "--", python, "-c", fails), user(folder / "home"), folder)


@contextlib.contextmanager
def run_recipes(folder: Path) -> Iterator[Situation]:
    leaves = "import tempfile, time; tempfile.mkdtemp(); time.sleep(0.2); " + STRAY.strip() + "; " + stub_recipes.PASSES
    stubs = stub_recipes.write(folder / "stubs", "passes", leaves, leaves)
    words = ("--folder", stubs, "--python", sys.executable, "--device", "cpu", "--quick")
    yield Situation("run-recipes", doctor("run-recipes", *words), user(folder / "home"), folder)


LOADER = """
import torch
from torch.utils.data import DataLoader, Dataset
class Numbers(Dataset):
    def __len__(self):
        return 64
    def __getitem__(self, index):
        return torch.zeros(1000)
torch.multiprocessing.set_sharing_strategy("file_system")
loader = DataLoader(Numbers(), num_workers=2, batch_size=8)
"""


@contextlib.contextmanager
def _dataloader(folder: Path, method: str) -> Iterator[Situation]:
    (folder / "train.py").write_text(LOADER)
    python = python_of(environments.kept("broken-pair", environments.make_broken_pair))
    words = (folder / "train.py", "--python", python, "--yes", "--workers", "2", "--start-method", method)

    before: set[str] = set()

    def look() -> None:
        before.update(_in_shared_memory())

    def shared(_: str) -> list[str]:
        """Of this kill: what there was before it, and what somebody still uses, is of others that run beside it."""
        return [name for name in sorted(_in_shared_memory() - before - _mapped()) if (_SHM / name).exists()]

    name = f"dataloader by {method}"
    yield Situation(name, doctor("dataloader", *words), user(folder / "home"), folder, look, faults=shared)


def dataloader(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    """Workers that do not import torch again: a run takes 4 s of the processor."""
    return _dataloader(folder, "fork")


def dataloader_server(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    """Workers that are no children of the trial, each with an import of torch: a run takes 14 s of the processor."""
    return _dataloader(folder, "forkserver")


_SHM = Path("/dev/shm")


def _in_shared_memory() -> set[str]:
    return {name for name in os.listdir(_SHM) if name.startswith(("sem.doctor", "torch_"))}


def _mapped() -> set[str]:
    """The names in shared memory that any process has in use."""
    texts = set[str]()
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):
            texts |= {line.rpartition("/")[2] for line in maps.read_text().splitlines() if "/dev/shm/" in line}
    return texts


@contextlib.contextmanager
def setup(folder: Path) -> Iterator[Situation]:
    with serving(Index(pair())) as index:
        env = folder / "env"
        words = ("--env", env, "--python", sys.executable, "--accelerator", "cpu", "--yes", "--index-url", index.url)

        def state(name: str) -> list[str]:
            """Gone or whole; after `kill -9` it says that it is neither."""
            marked = (env / MARK).exists()
            whole = env.is_dir() and not marked and len(list(site_packages(env).glob("torch*/ballast"))) == 3
            return [] if whole or not env.exists() or (marked and name == "SIGKILL") else [str(env)]

        def clear() -> None:
            shutil.rmtree(env, ignore_errors=True)

        yield Situation("setup", doctor("setup", *words), user(folder / "home"), folder, clear, faults=state)


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[Situation]:
    with serving(Index(pair())) as index:
        python = venv(folder / "env")
        env = user(folder / "home")
        install(python, "--index-url", index.url, "torch", "torchvision", "torchaudio")
        argv = doctor("lock", "--python", python, "-o", folder / "out", "--index-url", index.url)
        subprocess.run(argv, env=env, check=True, capture_output=True)
        files = sorted((folder / "out").iterdir())
        new = {file: file.read_bytes() for file in files}

        def old() -> None:
            for file in (folder / "out").iterdir():
                file.unlink()
            for file in files:
                file.write_bytes(b"# old\n")

        def more(name: str) -> list[str]:
            return [] if name == "SIGKILL" else [p.name for p in (folder / "out").iterdir() if p not in files]

        # an old file that cannot be read is refused, so what was there before is a lock
        def again() -> None:
            old()
            for file in files:
                file.write_bytes(new[file] + b"# old\n")

        whole = {file: {new[file], new[file] + b"# old\n"} for file in files}
        yield Situation("lock", argv, env, folder, again, whole, more)


class Configured:
    """A user with two hand-written files, and what a command makes of them."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.home, self.saved = folder / "home", folder / "saved"
        self.env = user(self.home, **more)
        del self.env["PIP_CONFIG_FILE"], self.env["UV_NO_CONFIG"]
        self.files = {self.home / ".config/pip/pip.conf": PIP_CONF, self.home / ".config/uv/uv.toml": UV_TOML}
        for file, text in self.files.items():
            file.parent.mkdir(parents=True)
            file.write_bytes(text)

    def save(self) -> None:
        shutil.copytree(self.home, self.saved)

    def back(self) -> None:
        shutil.rmtree(self.home)
        shutil.copytree(self.saved, self.home)

    def run(self, argv: list[str], folder: Path) -> None:
        done = subprocess.run(argv, env=self.env, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stdout + done.stderr

    def contents(self) -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in self.files}

    def both(self, one: dict[Path, bytes], other: dict[Path, bytes]) -> dict[Path, set[bytes | None]]:
        return {file: {one[file], other[file]} for file in self.files}

    def beside(self, name: str) -> list[str]:
        """What else lies in the folders of the files; a later run takes away what `kill -9` left."""
        entries = (entry for file in self.files for entry in file.parent.iterdir() if entry not in self.files)
        return [] if name == "SIGKILL" else [entry.name for entry in entries]

    @property
    def journal(self) -> Path:
        return self.home / "state/torch-doctor/changes"


@contextlib.contextmanager
def _mirrors(folder: Path, *, undo: bool) -> Iterator[Situation]:
    with loopback(folder) as servers:
        url = servers.start(sound(Store(size=20_000))).url  # of several, a busy machine prefers now one, now another
        row = f'[[mirror]]\nservice = "pypi"\nname = "official"\nurl = "{url}"\nreference = true\n'
        (folder / "candidates.toml").write_text(row)
        at = Configured(folder, SSL_CERT_FILE=str(servers.bundle), PIP_CERT=str(servers.bundle))
        tools = ("--tool", "pip", "--tool", "uv")
        apply = doctor("mirrors", "--candidates", folder / "candidates.toml", "--apply", "--yes", *tools)
        back = doctor("mirrors", "--undo", "all")
        old = at.contents()
        if not undo:
            at.save()
        at.run(apply, folder)
        new = at.contents()
        assert all(old[file] != new[file] for file in old), new
        if undo:
            at.save()
        name, argv = ("mirrors --undo", back) if undo else ("mirrors --apply", apply)
        yield Situation(name, argv, at.env, folder, at.back, at.both(old, new), at.beside, at.journal)


def mirrors_apply(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    return _mirrors(folder, undo=False)


def mirrors_undo(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    return _mirrors(folder, undo=True)


@contextlib.contextmanager
def _fix(folder: Path, *, undo: bool) -> Iterator[Situation]:
    """A remedy that changes a file of pip's."""
    at = Configured(folder)
    insecure = PIP_CONF.replace(b"timeout=60\n", b"timeout=60\ntrusted-host = mirror.example.com\n")
    next(iter(at.files)).write_bytes(insecure)
    old = at.contents()
    python = venv(folder / "env")
    environments.lend_pip(folder / "env")
    argv = doctor("fix", "insecure-package-source", "--python", python, "--yes")
    if not undo:
        at.save()
    at.run(argv, folder)
    new = at.contents()
    assert new != old
    if undo:
        at.save()
    name, argv = ("fix --undo", doctor("fix", "--undo", "all")) if undo else ("fix of a file", argv)
    yield Situation(name, argv, at.env, folder, at.back, at.both(old, new), at.beside, at.journal)


def fix_file(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    return _fix(folder, undo=False)


def fix_undo(folder: Path) -> contextlib.AbstractContextManager[Situation]:
    return _fix(folder, undo=True)


@contextlib.contextmanager
def fix_packages(folder: Path) -> Iterator[Situation]:
    """A package that torch asks for is installed into a copy of the environment, which takes the place of the first."""
    with serving(Index(plain("filelock", "3.20.0"))) as index:
        saved, env = folder / "saved", folder / "env"
        venv(env)
        stub = {"torch/__init__.py": SMALL_TORCH, "torch/version.py": "__version__ = '2.7.1'"}
        package(site_packages(env), "torch", "2.7.1", stub, ("filelock>=3",))
        shutil.copytree(env, saved, symlinks=True)
        site = site_packages(env)
        words = ("fix", "unmet-requirements", "--python", python_of(env), "--yes")
        variables = user(folder / "home", UV_DEFAULT_INDEX=index.url, PIP_INDEX_URL=index.url)
        torch = (site / "torch/__init__.py").read_bytes()

        def state(name: str) -> list[str]:
            parts = {entry.name.partition("-")[0] for entry in site.glob("filelock*/*") for entry in [entry.parent]}
            records = [
                path.parent.name for path in site.glob("filelock-*.dist-info") if not (path / "RECORD").is_file()
            ]
            torn = records + (["filelock"] if parts and not (site / "filelock/ballast").is_file() else [])
            left = [path.name for path in (env / ".torch-doctor").glob("copy*")]
            return torn + (left if name != "SIGKILL" else [])

        whole: dict[Path, set[bytes | None]] = {site / "torch/__init__.py": {torch}}
        yield Situation(
            "fix of packages", doctor(*words), variables, folder, lambda: in_place(env, saved), whole, state
        )


@contextlib.contextmanager
def bootstrap(folder: Path) -> Iterator[Situation]:
    """From the wheel of a stand-in, offline."""
    wheels, home = folder / "wheels", folder / "home"
    wheels.mkdir()
    parts.stand_in(wheels)
    parts.pip_and_uv(wheels)
    env = parts.environment(home, FAKE_SETUP_S="0.3")

    def bare() -> None:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()

    def work(name: str) -> list[str]:
        left = home / ".local/share/torch-doctor/work"
        return [str(left)] if left.exists() and name != "SIGKILL" else []

    argv = ["sh", str(parts.SCRIPT), "--yes", "--offline", str(wheels)]
    yield Situation("bootstrap", argv, env, folder, bare, faults=work)


# with how many of a thousand kills
ALL: dict[Make, int] = {
    check: 180,
    setup: 60,
    fix_file: 100,
    fix_packages: 60,
    fix_undo: 100,
    mirrors_apply: 120,
    mirrors_undo: 120,
    run_recipes: 80,
    dataloader: 20,
    dataloader_server: 10,
    lock: 50,
    run: 70,
    bootstrap: 30,
}
