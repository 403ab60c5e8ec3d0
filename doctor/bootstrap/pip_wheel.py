"""What installs the program into its own environment. Debian and Ubuntu ship Python without pip, ensurepip or both, but
any wheel of pip can be run as it is: so it is taken from where the machine has one."""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import json
import os
import re
import ssl
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from doctor.bootstrap import index, pinned_files, pip_settings
from doctor.bootstrap.children import ask
from doctor.bootstrap.programs import which
from doctor.bootstrap.releases import get_uv
from doctor.bootstrap.run import Run
from doctor.bootstrap.stop import Stop

# started as WHEEL/pip it would not install another pip on Windows
RUN_PIP = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)
_ALWAYS = ("--no-user", "--disable-pip-version-check")
_LINK = re.compile(r"""href=["']([^"'#]+)""")
_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class PipStart:
    """`program` installs into the environment that it was found for, with the options it needs in `always`."""

    program: tuple[str, ...]
    always: tuple[str, ...] = _ALWAYS
    impatient: tuple[str, ...] = ("--timeout", "10", "--retries", "0")

    def install(self, *words: str) -> tuple[str, ...]:
        return (*self.program, "install", *self.always, *words)

    def tries(self) -> tuple[str, ...]:
        """Asks the package source for something small, without installing it."""
        return self.install("--dry-run", "--no-deps", "--only-binary", ":all:", *self.impatient, "packaging")


def quick(run: Run, python: Path) -> PipStart | None:
    """A uv that is there, which takes a fifth of pip's time; where pip alone knows the package source, it is pip's."""
    asks_pip = run.options.offline or run.options.mirror == "auto" or pip_settings.names_a_source(run.variables)
    return None if asks_pip or not run.machine.uv else _by_uv(run.machine.uv, python)


def find(run: Run, base: str, python: Path) -> PipStart:
    """What can install into the environment of `python`, which was made from `base` and has no pip."""
    if local := next(_wheels_here(run), None):
        return _by_wheel(python, local)
    if _pip_serves(base, python, run):
        return PipStart((base, "-P", "-m", "pip", "--python", str(python)))
    if run.machine.uv:
        return _by_uv(run.machine.uv, python)
    fetched = None if run.options.offline else _from_index(run) or _from_apt(run)
    if fetched:
        return _by_wheel(python, fetched)
    run.talk.say("pip is in none of these: this Python, its ensurepip, the configured index, the apt archive; using uv")
    return _by_uv(get_uv(run), python)


def of_environment(python: Path) -> PipStart:
    """The pip that was installed with the program."""
    return PipStart((str(python), "-P", "-m", "pip"))


def _by_wheel(python: Path, wheel: Path) -> PipStart:
    return PipStart((str(python), "-I", "-X", "utf8", "-c", RUN_PIP, str(wheel)))


def _by_uv(uv: str, python: Path) -> PipStart:
    return PipStart((uv, "pip"), ("--compile-bytecode", "--python", str(python)), ())


def _wheels_here(run: Run) -> Iterator[Path]:
    """This Python's own, the distribution's, and of --offline the one that is pinned; the newest of each first."""
    found = importlib.util.find_spec("ensurepip")
    folders = [Path(found.origin).parent / "_bundled"] if found and found.origin else []
    for folder in (*folders, Path("/usr/share/python-wheels")):
        wheels = list(folder.glob("pip-*.whl")) if folder.is_dir() else []
        yield from sorted(wheels, key=lambda wheel: _numbers(wheel.name), reverse=True)
    if run.options.offline:
        given = Path(run.options.offline, _pinned_name())
        yield from (wheel for wheel in (given,) if wheel.is_file() and _is_pinned(wheel.read_bytes()))


def _pinned_name() -> str:
    return f"pip-{pinned_files.version_of('pip')}-py3-none-any.whl"


def _is_pinned(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() in pinned_files.checksums_of("pip")


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _pip_serves(base: str, python: Path, run: Run) -> bool:
    return bool(ask([base, "-P", "-m", "pip", "--python", str(python), "--version"], variables=run.variables))


def _from_index(run: Run) -> Path | None:
    """From the index that --mirror, PIP_INDEX_URL or pip's files name; what pip asks by itself only pip knows."""
    url = run.variables.get("PIP_INDEX_URL") or pip_settings.configured("index-url", run.variables)
    if not url:
        return None
    run.begin()
    try:
        with run.talk.working("fetching pip from the configured package source"):
            return _fetch(f"{url.rstrip('/')}/pip/", run)
    except (OSError, ValueError, http.client.HTTPException) as error:
        with run.home.log.open("a", encoding="utf-8") as log:
            log.write(f"pip from {url}: {error}\n")
        return None


def _fetch(page: str, run: Run) -> Path:
    """The wheel that is pinned, compared with its SHA-256."""
    url = next((url for url in _links(page) if url.rpartition("/")[2] == _pinned_name()), "")
    if not url:
        raise ValueError(f"it does not have {_pinned_name()}")
    body = _get(urllib.parse.urljoin(page, url))
    if not _is_pinned(body):
        what = f"pip from {index.shown(run.options.mirror) or page}: a downloaded file is not the expected one"
        raise Stop(what, "try another source with --mirror; do not use that file")
    wheel = run.home.work / _pinned_name()
    wheel.write_bytes(body)
    return wheel


def _links(page: str) -> list[str]:
    text = _get(page, "application/vnd.pypi.simple.v1+json, text/html;q=0.1").decode()
    if text.lstrip().startswith("{"):
        return [file["url"] for file in json.loads(text)["files"]]
    return _LINK.findall(text)


def _get(url: str, accept: str = "*/*") -> bytes:
    trust = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE") or None)
    asked = urllib.request.Request(url, headers={"Accept": accept, "User-Agent": "torch-doctor-bootstrap"})
    with urllib.request.urlopen(asked, timeout=_TIMEOUT_S, context=trust) as answer:
        return bytes(answer.read())


def _from_apt(run: Run) -> Path | None:
    """From the archive that apt is configured for, whose signatures it verifies; into our folder, without root."""
    if not (which("apt-get") and which("dpkg-deb")):
        return None
    run.begin()
    folder = run.home.work / "apt"
    for inside in ("lists/partial", "cache/archives/partial"):
        (folder / inside).mkdir(parents=True, exist_ok=True)
    options = (f"-oDir::State::Lists={folder}/lists", f"-oDir::Cache={folder}/cache", "-oDebug::NoLocking=1")
    apt = ("apt-get", "-q", *options, "-oAPT::Sandbox::User=")
    doing = "fetching pip from the distribution's archive (its lists and python3-pip-whl, about 20 MB)"
    # the package comes into the folder that apt is started in
    steps = 'cd "$1" && shift && "$@" update && "$@" download python3-pip-whl && dpkg-deb -x python3-pip-whl_*.deb .'
    if not run.try_logged(doing, ("sh", "-c", steps, "sh", str(folder), *apt)):
        return None
    return next(iter(sorted((folder / "usr/share/python-wheels").glob("pip-*.whl"))), None)
