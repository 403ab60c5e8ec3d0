"""Readers of files: locks, projects, configuration, sources, notebooks, pages of indexes, logs of installers.

Where a reader has several kinds of file, the first line of the text names the kind: a start of another kind is one
changed word away.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from doctor.bootstrap.reasons import reason
from doctor.bootstrap.run import SPELLING
from doctor.diff import comparable, diff, side_of_contract, side_of_lock
from doctor.facts import Facts, Sources
from doctor.lint.config import read_config
from doctor.lint.edits import fixed_text
from doctor.lint.engine import LintSettings, lint_file
from doctor.match import Machine, Wish
from doctor.mirrors.configure import ConfigLocations, conda, pip, uv
from doctor.mirrors.model import WantedPackage
from doctor.mirrors.probe.channel import Channel
from doctor.mirrors.probe.http import ProbeFault
from doctor.mirrors.probe.scan import ProjectPage
from doctor.mirrors.probe.status import last_success
from doctor.model import DoctorError, ok
from doctor.privacy import redact
from doctor.probes import _apt_sources, _condarc, _pip_sources, _uv_sources, sources
from doctor.process import ProcessResult
from doctor.render import sarif
from doctor.setup import asked, conflict, contract, failure, fetching, index_page, installing, project, pylock
from doctor.setup.model import Download, Where
from doctor.source.methods import PLATFORMS
from doctor.source.spots import LintResult
from doctor.source.text import Unreadable, decode, notebook_source
from tests.fuzz.contract import check_report

MACHINE = Machine(os="linux", arch="x86_64", python="3.12")
BUILD = contract.LockedBuild(
    name="cpu", file="pylock.cpu.toml", torch="2.7.0", os="linux", arch="x86_64", python="3.12", device="cpu"
)
WHEEL = Download("torch", "2.7.0", "https://wheels.example/torch-2.7.0-cp312-cp312-linux_x86_64.whl", "a" * 64, 9000)
URL = "https://index.example/simple"
_SETTINGS = LintSettings(platforms=tuple(PLATFORMS), python=(3, 12), cpus=8)


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="doctor-fuzz-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _kind_and_text(data: bytes) -> tuple[str, bytes]:
    kind, _, text = data.partition(b"\n")
    return kind.decode("ascii", "replace").strip(), text


def _file(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def lock(data: bytes) -> None:
    """Locks of ours, of PEP 751 and of uv, read and compared; a contract gets a build more."""
    kind, raw = _kind_and_text(data)
    text = raw.decode("utf-8", "replace")
    with contextlib.suppress(DoctorError):
        if kind == "doctor.lock.toml":
            builds = contract.parse(text, kind)
            side_of_contract({one.name: msgspec.structs.asdict(one) for one in builds}, kind)
            assert BUILD in contract.parse(contract.merge_build(text, BUILD, kind), kind)
        elif kind == "uv.lock":
            asked.side_of(_file(kind, raw))
        else:
            packages = {one.name: (one.version, one.sha256) for one in pylock.parse(text, kind)}
            msgspec.json.encode(side_of_lock(packages, pylock.python_of(text), kind))


def project_file(data: bytes) -> None:
    """What a project asks for: as a wish for torch, and as a side of a comparison."""
    kind, raw = _kind_and_text(data)
    name = kind if kind in ("pyproject.toml", "environment.yml") else "requirements.txt"
    if b"-r" in raw or b"--requirement" in raw:  # which files lie beside it is no question of the text
        return
    path = _file(name, raw)
    with contextlib.suppress(DoctorError):
        found = project.read(str(path), ("all",) if name == "pyproject.toml" else ())
        assert all(isinstance(line, str) for line in (*found.notes, *found.others))
        found.wish(Wish(build="cpu"), MACHINE)
    with contextlib.suppress(DoctorError):
        side = asked.side_of(path)
        if side is not None:
            a, b = asked.beside(path, side_of_lock({"torch": ("2.7.0", ""), "numpy": ("1.26.4", "")}, "3.12", "there"))
            msgspec.json.encode(diff(*comparable(a, b)))
    if name == "pyproject.toml":
        with contextlib.suppress(DoctorError):
            read_config(path).settings()


def configuration(data: bytes) -> None:
    """What package managers are configured with, judged; and the same files with another source."""
    kind, raw = _kind_and_text(data)
    place = SimpleNamespace(
        pip=_pip_configuration, uv=_uv_configuration, conda=_conda_configuration, apt=_apt_configuration
    )
    found = getattr(place, kind.partition(".")[0], _pip_configuration)(raw)
    check_report(Facts(sources=ok(found)))


def _places(env: Mapping[str, str]) -> ConfigLocations:
    return ConfigLocations(env={"HOME": str(_folder()), **env}, prefix=_folder(), cwd=_folder(), apt=_folder())


def _pip_configuration(raw: bytes) -> Sources:
    env = {"PIP_CONFIG_FILE": str(_file("pip.conf", raw)), "HOME": str(_folder())}
    files = tuple(one for one in _pip_sources.files(env, _folder()) if one.path.endswith("pip.conf"))
    with contextlib.suppress(DoctorError):
        new = pip.edit(_places(env), "user", URL).new
        assert URL.encode() in new
    return Sources(tuple(_pip_sources.entries(files, {})), files, sources._ca_bundle({}, files))


def _uv_configuration(raw: bytes) -> Sources:
    env = {"UV_CONFIG_FILE": str(_file("uv.toml", raw)), "HOME": str(_folder())}
    files = _uv_sources.files(env, _folder())
    with contextlib.suppress(DoctorError):
        assert URL.encode() in uv.edit(_places(env), "user", URL).new
    return Sources(tuple(_uv_sources.entries(files, {})), files)


def _conda_configuration(raw: bytes) -> Sources:
    env = {"CONDARC": str(_file(".condarc", raw)), "HOME": str(_folder())}
    files = _condarc.condarc_files(env)
    _condarc.channels(files)
    with contextlib.suppress(DoctorError):
        channels = {"conda-forge": "https://mirror.example/cloud/conda-forge"}
        conda.edit(_places(env), "user", ["https://mirror.example/pkgs/main"], channels)
    return Sources(tuple(sources._conda_entries(files)), files)


def _apt_configuration(raw: bytes) -> Sources:
    folder = _folder() / "sources.list.d"
    folder.mkdir(exist_ok=True)
    (folder / "cuda.sources").write_bytes(raw)
    _file("sources.list", raw)
    entries, files = _apt_sources.entries(_folder())
    _apt_sources.archives(_folder())
    return Sources(entries, files)


def lint(data: bytes) -> None:
    """A script: findings on lines that there are, and what mends it is still Python."""
    _lint(_file("train.py", data))
    with contextlib.suppress(Unreadable, RecursionError):
        fixed_text(decode(data), _SETTINGS)


def notebook(data: bytes) -> None:
    _lint(_file("train.ipynb", data))
    with contextlib.suppress(Unreadable):
        notebook_source(data)


def _lint(path: Path) -> None:
    found, note = lint_file(str(path), _SETTINGS)
    assert note is None or note.kind != "failed", note
    outcome = LintResult(tuple(found), (note,) if note else (), 1)
    json.loads(sarif.sarif(outcome))
    json.loads(msgspec.json.encode(outcome))
    assert all(one.line >= 1 and one.column >= 0 for one in found)


def pages(data: bytes) -> None:
    """Pages of indexes, repodata, documents of operators, whole and in pieces; the first line is a header's value."""
    said, body = _kind_and_text(data)
    headers = {"last-modified": said, "x-pypi-last-serial": said}
    answer: Any = SimpleNamespace(url="https://mirror.example/simple/torch/", headers=headers)
    half = len(body) // 2
    for made in (ProjectPage, Channel):
        reader = made(answer, WantedPackage(tag="cp312", platforms=("manylinux",), machine="x86_64"))
        with contextlib.suppress(ProbeFault):
            for piece in (body[:half], body[half:]):
                reader.feed(piece)
            msgspec.json.encode(reader.finish())
    for kind in (index_page.JSON, index_page.HTML[1]):
        msgspec.json.encode(index_page.parse(body, f"{kind}; {said}", answer.url))
    for form in ("tunasync", "mirrorz"):
        assert last_success(body, form, ("pypi", "anaconda")) >= 0


def installer(data: bytes) -> None:
    """What pip, uv and conda say: progress, why it failed, what contradicts what."""
    text = data.decode("utf-8", "replace")
    said: list[object] = []
    heard = installing.Listener(said.append, said.append, [WHEEL], 20_000)
    for line in text.splitlines():
        heard.line(line)
        heard.screen(line)
    heard.unpacked(100)
    ended = ProcessResult(("pip",), returncode=1, stdout=text[: len(text) // 2], stderr=text)
    fetching.broken_off(ended, [WHEEL])
    failure.why_failed(ended), failure.last_words(ended), failure.to_do(text)
    tool: Any = SimpleNamespace(kind="uv", argv=("uv",))
    if not failure._page_named(text):  # an address is looked at
        error = failure.resolve_error(ended, ["torch==2.7.0"], Where(), tool)
        redact(error.context)
    reason(text, SPELLING, mirror_helps=False)
    found = conflict.conflict_error(text)
    assert found is None or " against " in found.context
