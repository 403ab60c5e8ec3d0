"""Files of projects, locks, configuration and mirrors, and logs of installers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
from packaging.requirements import InvalidRequirement

from doctor.mirrors.configure import ConfigLocations, apt, conda, pip, uv
from doctor.mirrors.model import WantedPackage
from doctor.mirrors.probe.channel import Channel
from doctor.mirrors.probe.http import Response
from doctor.model import DoctorError
from doctor.probes._apt_sources import urls
from doctor.probes._config_files import clean, ini, yaml
from doctor.process import ProcessResult
from doctor.setup import asked, conda_file, contract, index_page, pylock, uv_lock
from doctor.setup.conflict import MOST, conflict_error
from doctor.setup.failure import why_failed
from doctor.text.documents import Unparsable, toml
from tests.growth.explaining import PARTS
from tests.growth.measure import Kind


def _of_file(name: str, read: Callable[[Path], object]) -> Callable[[str], object]:
    def written(text: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            try:
                read(path)
            except (DoctorError, InvalidRequirement, Unparsable, RecursionError):
                return

    return written


def _parsed(parse: Callable[[str], dict[str, Any]]) -> Callable[[str], object]:
    def read(text: str) -> None:
        try:
            clean(parse(text))
        except (Unparsable, RecursionError):
            return

    return read


def _log(text: str) -> None:
    conflict_error(text)
    why_failed(ProcessResult(("pip",), 1, stderr=text))


def _lines(line: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda n: head + "".join(line.replace("@", str(i)) for i in range(n)) + tail


def _files(n: int) -> bytes:
    rows = [{"filename": f"torch-2.{i}.0-cp312-cp312-win_amd64.whl", "url": f"u{i}", "hashes": {}} for i in range(n)]
    return json.dumps({"files": rows}).encode()


def _page(body: bytes) -> None:
    index_page.parse(body, index_page.JSON if body[:1] == b"{" else "text/html")


def _in_pieces(body: bytes) -> None:
    answer = Response(200, {}, "https://mirror.example/", (), 0.0, httpx2.Response(200))
    channel = Channel(answer, WantedPackage(package="pytorch"))
    for start in range(0, len(body), 4096):
        channel.feed(body[start : start + 4096])


_SHA = "0" * 64
_PYLOCK = (
    '[[packages]]\nname = "p@"\nversion = "1.@"\n[[packages.wheels]]\nname = "p@-1.@-py3-none-any.whl"\n'
    f'url = "https://files.example/p@.whl"\nhashes = {{ sha256 = "{_SHA}" }}\n'
)
_requirements = _of_file("requirements.txt", asked.side_of)
_pyproject = _of_file("pyproject.toml", asked.side_of)
_environment = _of_file("environment.yml", conda_file.read)
_lock = _of_file("uv.lock", uv_lock.read)
_pip_conf, _toml, _yaml = _parsed(ini), _parsed(toml), _parsed(yaml)

KINDS: dict[str, Kind] = {
    "requirements": Kind(_requirements, _lines("package@==1.@\n")),
    "requirements with hashes": Kind(_requirements, _lines(f"p@==1.@ \\\n    --hash=sha256:{_SHA}\n")),
    "requirements that go on": Kind(_requirements, _lines("a \\\n")),
    "options of requirements": Kind(_requirements, _lines("--index-url https://host.example/@\n")),
    "places in requirements": Kind(_requirements, _lines("./folder@/x.whl\n")),
    "requirements of one package": Kind(_requirements, _lines("torch>=1.@\n")),
    "one long requirement": Kind(_requirements, lambda n: "torch" + ",".join(f">=1.{i}" for i in range(n))),
    "one requirement of spaces": Kind(_requirements, lambda n: "torch" + " " * n + "x"),
    "one comment of spaces": Kind(_requirements, lambda n: "torch" + " " * n + "#"),
    "includes of requirements": Kind(_requirements, _lines("-r requirements.txt\n")),
    "dependencies of pyproject.toml": Kind(
        _pyproject, _lines('"p@==1",', '[project]\nname="x"\ndependencies = [', "]\n")
    ),
    "groups of pyproject.toml": Kind(_pyproject, _lines('g@ = ["p"]\n', '[project]\nname="x"\n[dependency-groups]\n')),
    "environment.yml": Kind(_environment, _lines("  - numpy=1.@\n", "dependencies:\n"), 8000),
    "environment.yml with pip": Kind(_environment, _lines("    - p@==1\n", "dependencies:\n  - pip:\n"), 8000),
    "one line of environment.yml": Kind(_environment, lambda n: "dependencies:\n  - numpy" + " " * n + "1", 100_000),
    "uv.lock": Kind(_lock, _lines('[[package]]\nname = "p@"\nversion = "1"\nsource = { virtual = "." }\n')),
    "edges of uv.lock": Kind(
        _lock, _lines('{ name = "p@" },', '[[package]]\nname="x"\nsource={virtual="."}\ndependencies=[', "]\n")
    ),
    "pylock.toml": Kind(
        lambda text: pylock.parse(text, "pylock.toml"), _lines(_PYLOCK, 'lock-version = "1.0"\ncreated-by = "x"\n')
    ),
    "doctor.lock.toml": Kind(
        lambda text: contract.parse(text, "doctor.lock.toml"),
        _lines(
            '[[build]]\nname="b@"\nfile="f@"\ntorch="2"\nos="linux"\narch="x86_64"\npython="3.12"\ndevice="cpu"\n',
            "schema_version = 1\n",
        ),
    ),
    "keys of pip.conf": Kind(_pip_conf, _lines("key@ = x\n", "[global]\n")),
    "sections of pip.conf": Kind(_pip_conf, _lines("[s@]\nindex-url = x\n")),
    "lines of one value of pip.conf": Kind(_pip_conf, _lines("  https://host.example/@\n", "[global]\nfind-links =\n")),
    "uv.toml": Kind(_toml, _lines('[[index]]\nurl = "https://host.example/@"\n')),
    "keys of uv.toml": Kind(_toml, _lines("k@ = @\n")),
    "a list of uv.toml": Kind(_toml, _lines("@,", "a = [", "]\n")),
    "dotted keys of uv.toml": Kind(_toml, lambda n: ".".join(["a"] * n) + " = 1\n", 400),
    "nested lists of uv.toml": Kind(_toml, lambda n: "a = " + "[" * n, 1 << 16),
    ".condarc": Kind(_yaml, _lines("  - https://host.example/@\n", "channels:\n"), 8000),
    "keys of .condarc": Kind(_yaml, _lines("k@: v\n"), 8000),
    "aliases of .condarc": Kind(_yaml, _lines("  - *a\n", "a: &a [1, 2]\nb:\n"), 8000),
    "brackets of .condarc": Kind(_yaml, lambda n: "a: " + "[" * n, 8000),
    "one value of .condarc": Kind(_yaml, lambda n: "a: " + "x " * n, 100_000),
    "sources of apt": Kind(lambda text: list(urls(text)), _lines("deb https://host.example/@ stable main\n")),
    "stanzas of apt": Kind(lambda text: list(urls(text)), _lines("Types: deb\nURIs: https://host.example/@\n\n")),
    "blank lines of apt": Kind(lambda text: list(urls(text)), lambda n: "\n" * n + " " * n),
    "spaces of apt": Kind(lambda text: list(urls(text)), lambda n: "deb [" + " " * n),
    "a page in JSON": Kind(_page, _files),
    "a page in HTML": Kind(
        _page, lambda n: b"".join(b'<a href="torch-2.%d-py3-none-any.whl">x</a>\n' % i for i in range(n))
    ),
    "a page of open links": Kind(_page, lambda n: b"<a href=x>" * n),
    "a page of links that do not end": Kind(_page, lambda n: b"<a " * n),
    "a page of brackets": Kind(_page, lambda n: b'{"files": [' + b"{" * n),
    "a page of strings": Kind(_page, lambda n: b'{"files": [{"' + b'\\"' * n),
    "a page of spaces": Kind(_page, lambda n: b'{"files": [' + b" " * n),
    "repodata": Kind(
        _in_pieces,
        lambda n: (
            b'{"packages": {'
            + b",".join(b'"pytorch-2.%d-0.conda": {"name": "pytorch", "version": "2.%d"}' % (i, i) for i in range(n))
            + b"}}"
        ),
    ),
    "repodata of one string": Kind(_in_pieces, lambda n: b'{"' + b"a" * n),
    "repodata of quotes": Kind(_in_pieces, lambda n: b"{" + b'"a.conda": {' * n),
    **{
        f"a log of one line of {name}": Kind(_log, lambda n, part=part: part * n, 1 << 20)
        for name, part in PARTS.items()
    },
    **{
        f"a log of lines of {name}": Kind(_log, lambda n, part=part: f"{part}\n" * n, 1 << 20)
        for name, part in PARTS.items()
    },
    "a log of conflicts": Kind(
        _log,
        _lines("The conflict is caused by:\n    a@ 1 depends on b==@\n    c@ 1 depends on b<@\n"),
        1 << 20,
        least=MOST,
    ),
    "a log of names": Kind(_log, _lines("ERROR: No matching distribution found for p@\n"), 1 << 20),
}


def _edited(make: Callable[[ConfigLocations, str], object], name: str) -> Callable[[str], object]:
    def read(text: str) -> None:
        with TemporaryDirectory() as folder:
            places = ConfigLocations(
                {"HOME": folder, "XDG_CONFIG_HOME": folder}, Path(folder), Path(folder), apt=Path(folder)
            )
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            (Path(folder) / name).write_text(text, encoding="utf-8")
            try:
                make(places, "https://mirror.example/simple")
            except DoctorError:
                return

    return read


_URL = "https://mirror.example/conda-forge"
_edit_pip = _edited(lambda places, url: pip.edit(places, "user", url), "pip/pip.conf")
_edit_uv = _edited(lambda places, url: uv.edit(places, "user", url), "uv/uv.toml")
_edit_conda = _edited(lambda places, url: conda.edit(places, "user", [url], {"conda-forge": _URL}), ".condarc")
_edit_apt = _edited(lambda places, url: list(apt.edits(places, "debian", url)), "sources.list")
KINDS |= {
    "pip.conf to be changed": Kind(_edit_pip, _lines("key@ = x\n", "[global]\n")),
    "sections of pip.conf to be changed": Kind(_edit_pip, _lines("[s@]\nindex-url = x\n")),
    "uv.toml to be changed": Kind(_edit_uv, _lines('[[index]]\nurl = "https://host.example/@"\n'), 4000),
    ".condarc to be changed": Kind(_edit_conda, _lines("  - https://host.example/@\n", "channels:\n"), 2000),
    "pairs of .condarc to be changed": Kind(_edit_conda, _lines("  k@: v\n", "custom_channels:\n"), 2000),
    "sources of apt to be changed": Kind(_edit_apt, _lines("deb https://host.example/@ stable main\n"), 16_000),
}
