"""`torch-doctor mirrors` as a user runs it: sources judged, configuration written and restored, then real clients."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import program
from tests.mirrors.servers import JSON, VERSIONS, Loopback, Mirror, Store, loopback, sound
from tests.surroundings import unavailable, uv

PIP_CONF = """\
# 这是手写的配置
[install]
no-warn-script-location = yes

[global]
timeout=60
; 旧镜像
index_url : https://old.example.com/simple
    ; not a value
disable-pip-version-check = 1
""".replace("\n", "\r\n")
UV_TOML = """\
# uv 的设置
preview   = false   # 对齐

[pip]
no-binary = [ "x",
  "y" ]   # 奇怪的顺序
"""
CONDARC = """\
# 清华镜像, widely copied
channels:
  - defaults
show_channel_urls: true   # 显示
default_channels:
  - {base}/pkgs/main
  - {base}/pkgs/r   # R
custom_channels:
  conda-forge: {base}/cloud
ssl_verify: true
"""


@pytest.fixture
def mirrors(tmp_path: Path) -> Iterator[Loopback]:
    with loopback(tmp_path) as started:
        yield started


class User:
    """A user with a home of their own, who trusts the mirrors' authority."""

    def __init__(self, home: Path, bundle: Path) -> None:
        self.home, self.bundle = home, bundle
        home.mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        self.env = {**kept, "HOME": str(home), "SSL_CERT_FILE": str(bundle), "PIP_CERT": str(bundle)}

    def run(self, *argv: str, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            argv, env={**self.env, **env}, cwd=self.home, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def mirrors(self, *words: str, code: int | None = 0, **env: str) -> subprocess.CompletedProcess[str]:
        ran = program("mirrors", *words, env={**self.env, **env}, cwd=self.home)
        done = subprocess.CompletedProcess(words, ran.returncode, ran.stdout.decode(), ran.stderr.decode())
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def report(self, *words: str, code: int | None = None) -> dict[str, Any]:
        return dict(json.loads(self.mirrors(*words, "--format", "json", code=code).stdout))

    def file(self, name: str, text: str = "") -> Path:
        path = self.home / name
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return path


@pytest.fixture
def user(tmp_path: Path, mirrors: Loopback) -> User:
    return User(tmp_path / "home", mirrors.bundle)


def candidates(user: User, service: str = "pypi", **mirrors: Mirror | str) -> str:
    rows = [
        f'[[mirror]]\nservice = "{service}"\nname = "{name}"\nurl = "{m if isinstance(m, str) else m.url}"\n'
        + ("reference = true\n" if name == "official" else "")
        for name, m in mirrors.items()
    ]
    return str(user.file("candidates.toml", "\n".join(rows)))


def test_json_is_that_of_the_contract(user: User, mirrors: Loopback) -> None:
    store = Store()
    file = candidates(
        user,
        official=mirrors.start(sound(store), bytes_per_s=600_000),
        old=mirrors.start(sound(Store(versions=VERSIONS[:3]))),
        good=mirrors.start(sound(store), bytes_per_s=4_000_000),
    )
    report = user.report("--candidates", file, code=0)
    assert (report["schema_version"], report["kind"]) == (1, "mirrors")
    rows = {row["name"]: row for row in report["sources"]}
    for row in rows.values():
        assert {
            "service",
            "name",
            "url",
            "verdict",
            "reachable",
            "latency_ms",
            "bytes_per_s",
            "behind",
            "reason",
        } <= set(row)
    assert (rows["old"]["verdict"], rows["old"]["behind"][:10]) == ("stale", "2 releases")
    assert rows["good"]["bytes_per_s"] > rows["official"]["bytes_per_s"] > 0
    assert report["choice"] == {"pypi": "good"}


def test_limits_are_said_before_the_start(user: User, mirrors: Loopback) -> None:
    done = user.mirrors(
        "--candidates", candidates(user, good=mirrors.start(sound(Store()))), "--timeout", "6", code=None
    )
    assert "95 MB and 6 s" in done.stderr.splitlines()[0]


def test_credentials_are_used_and_never_shown(user: User, mirrors: Loopback) -> None:
    rest = sound(Store())

    def private(handler: Any) -> None:
        known = handler.headers.get("Authorization", "").startswith("Basic ")
        rest(handler) if known else handler.reply(401)

    mirror = mirrors.start(private)
    user.file(".config/pip/pip.conf", f"[global]\nindex-url = {mirror.url.replace('//', '//me:s3cr3t-pass@')}\n")
    file = candidates(user, official=mirrors.start(sound(Store())))
    done = user.mirrors("--candidates", file, "--format", "json", code=0)
    rows = {row["name"]: row for row in json.loads(done.stdout)["sources"]}
    assert rows["pip's index-url"]["verdict"] == "ok"
    assert "s3cr3t" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--service", "nonsense"], "no service of that name"),
        (["--timeout", "0"], "--timeout takes a number of seconds above 0, at most 600"),
        (["--candidates", "nowhere.toml"], "cannot be used"),
        (["--tool", "pip"], "only work with --apply"),
    ],
)
def test_wrong_usage(user: User, words: list[str], said: str) -> None:
    assert said in user.mirrors(*words, code=2).stderr


@pytest.mark.parametrize(
    "text", ["[[mirror]]\nname = 1", "x = ", '[[mirror]]\nservice="pypi"\nname="x"\nurl="ftp://x"\n']
)
def test_a_bad_candidates_file(user: User, text: str) -> None:
    assert "cannot be used" in user.mirrors("--candidates", str(user.file("c.toml", text)), code=2).stderr


def test_apply_and_undo_leave_every_byte(installer: str, user: User, mirrors: Loopback) -> None:
    """uv's file is written where uv is, and else left alone."""
    base = f"http://127.0.0.1:{conda_channel(mirrors).server_port}"
    texts = {".config/pip/pip.conf": PIP_CONF, ".config/uv/uv.toml": UV_TOML, ".condarc": CONDARC.format(base=base)}
    files = {user.file(name, text): text.encode() for name, text in texts.items()}
    apply(user, mirrors, base)
    pip, uv, conda = (path.read_bytes().decode() for path in files)
    good = stored(user)["pypi"]["url"]
    assert pip == PIP_CONF.replace("https://old.example.com/simple", good)
    assert uv.startswith(UV_TOML) and (f'url = "{good}"' in uv) is (installer == "uv")
    assert uv == UV_TOML or installer == "uv"
    assert conda == CONDARC.format(base=base).replace(f"  - {base}/pkgs/r   # R\n", "")
    user.mirrors("--undo")
    assert {path: path.read_bytes() for path in files} == files
    assert not (user.home / ".local/state/torch-doctor/mirrors.json").exists()


def apply(user: User, mirrors: Loopback, base: str) -> None:
    store = Store()
    file = candidates(user, official=mirrors.start(sound(store), bytes_per_s=500_000), good=mirrors.start(sound(store)))
    rows = f'\n[[mirror]]\nservice = "conda-defaults"\nname = "channel"\nurl = "{base}/pkgs/main"\nreference = true\n'
    rows += (
        f'\n[[mirror]]\nservice = "conda-forge"\nname = "forge"\nurl = "{base}/cloud/conda-forge"\nreference = true\n'
    )
    Path(file).write_text(Path(file).read_text() + rows)
    user.mirrors("--candidates", file, "--apply", "--yes")


def stored(user: User) -> dict[str, Any]:
    return dict(json.loads((user.home / ".local/state/torch-doctor/mirrors.json").read_text()))


def test_a_change_in_between_is_noticed(user: User, mirrors: Loopback) -> None:
    path = user.file(".config/pip/pip.conf", PIP_CONF)
    apply(user, mirrors, f"http://127.0.0.1:{conda_channel(mirrors).server_port}")
    edited = path.read_bytes() + b"retries = 9\n"
    path.write_bytes(edited)
    done = user.mirrors("--undo", code=4)
    assert "changed since" in done.stderr
    assert path.read_bytes() == edited


def test_without_a_terminal_it_does_not_write_unasked(user: User, mirrors: Loopback) -> None:
    file = candidates(
        user, good=mirrors.start(sound(Store())), official=mirrors.start(sound(Store()), bytes_per_s=400_000)
    )
    done = user.mirrors("--candidates", file, "--apply", code=2)
    assert "--yes" in done.stderr
    assert not (user.home / ".config").exists()


def test_what_wins_over_the_file_is_told(user: User, mirrors: Loopback) -> None:
    file = candidates(
        user, good=mirrors.start(sound(Store())), official=mirrors.start(sound(Store()), bytes_per_s=400_000)
    )
    old = "https://old.example.com/simple"
    done = user.mirrors("--candidates", file, "--apply", "--yes", PIP_INDEX_URL=old, UV_DEFAULT_INDEX=old)
    assert "PIP_INDEX_URL sets index-url" in done.stderr
    assert "UV_DEFAULT_INDEX sets index-url" in done.stderr


def test_unsafe_settings_are_flagged_and_none_is_added(user: User, mirrors: Loopback) -> None:
    text = "[global]\nextra-index-url = http://private.example.com/simple\ntrusted-host = private.example.com\n"
    path = user.file(".config/pip/pip.conf", text)
    file = candidates(
        user, good=mirrors.start(sound(Store())), official=mirrors.start(sound(Store()), bytes_per_s=400_000)
    )
    done = user.mirrors("--candidates", file, "--apply", "--yes", "--tool", "pip")
    for word in ("extra-index-url", "trusted-host", "plain http"):
        assert word in done.stdout
    assert path.read_text().count("extra-index-url") == 1


def channel_files() -> dict[str, bytes]:
    """A channel `pkgs/main` with pytorch, and conda-forge; `pkgs/r` is missing."""
    package = b"conda" * 60_000
    row = {"name": "pytorch", "version": "2.12.0", "build": "0", "build_number": 0, "size": len(package), "depends": []}
    row |= {"sha256": hashlib.sha256(package).hexdigest(), "subdir": "linux-64", "timestamp": 1790000000000}
    files: dict[str, bytes] = {}
    for root in ("/pkgs/main", "/cloud/conda-forge"):
        for subdir in ("linux-64", "linux-aarch64", "osx-64", "osx-arm64", "win-64", "noarch"):
            rows = {} if subdir == "noarch" else {"pytorch-2.12.0-0.conda": row}
            data = {"info": {"subdir": subdir}, "packages": {}, "packages.conda": rows, "repodata_version": 1}
            files[f"{root}/{subdir}/repodata.json"] = json.dumps(data).encode()
            files[f"{root}/{subdir}/pytorch-2.12.0-0.conda"] = package
    return files


def conda_channel(mirrors: Loopback) -> Mirror:
    files = channel_files()

    def behave(handler: Any) -> None:
        body = files.get(handler.path)
        if body is None:
            handler.reply(404)
        elif handler.path.endswith(".json"):
            handler.reply(200, body, "application/json")
        else:
            handler.file(body)

    return mirrors.start(behave, plain=True)


def test_the_copied_condarc_with_a_missing_channel(user: User, mirrors: Loopback) -> None:
    base = f"http://127.0.0.1:{conda_channel(mirrors).server_port}"
    path = user.file(".condarc", CONDARC.format(base=base))
    rows = f'[[mirror]]\nservice = "conda-defaults"\nname = "channel"\nurl = "{base}/pkgs/main"\nreference = true\n'
    file = str(user.file("c.toml", rows))
    report = user.report("--candidates", file, "--service", "conda-defaults")
    verdicts = {row["url"]: row for row in report["sources"]}
    assert verdicts[f"{base}/pkgs/main"]["verdict"] == "ok"
    assert verdicts[f"{base}/pkgs/r"]["verdict"] == "incomplete"
    assert "one missing channel stops conda" in verdicts[f"{base}/pkgs/r"]["reason"]
    user.mirrors("--candidates", file, "--apply", "--yes", "--tool", "conda")
    channels = [line.split("- ")[1] for line in path.read_text().splitlines() if "/pkgs/" in line]
    assert channels == [f"{base}/pkgs/main"]
    assert solve(channels) == ["pytorch"]


def solve(channels: list[str]) -> list[str]:
    """What a real client of conda channels finds there."""
    import rattler

    found = asyncio.run(rattler.solve(channels, ["pytorch"], platforms=["linux-64", "noarch"]))
    return [record.name.normalized for record in found]


PURE = Store(tag="py3-none-any", versions=VERSIONS[-2:])


def test_pip_and_uv_go_through_the_chosen_mirror(installer: str, user: User, mirrors: Loopback, tmp_path: Path) -> None:
    good = mirrors.start(sound(PURE))
    apply_pure(user, mirrors, good)
    good.asked.clear()
    digest = hashlib.sha256(PURE.wheels["torch-2.13.0-py3-none-any.whl"]).hexdigest()
    if installer == "pip":
        pip(user, tmp_path / "got")
        (got,) = (tmp_path / "got").iterdir()
        assert hashlib.sha256(got.read_bytes()).hexdigest() == digest
    else:
        wanted = str(user.file("requirements.in", "torch\n"))
        argv = (uv(), "pip", "compile", wanted, "--generate-hashes", "--no-cache", "--python", sys.executable)
        assert digest in user.run(*argv).stdout
    assert {agent.partition("/")[0] for _, agent in good.asked} == {installer}


def test_a_tampered_wheel_is_refused(user: User, mirrors: Loopback, tmp_path: Path) -> None:
    good = mirrors.start(sound(PURE))
    apply_pure(user, mirrors, good)
    false = Store(tag="py3-none-any", versions=VERSIONS[-2:], size=PURE.size + 1)

    def tampered(handler: Any) -> None:
        body = false.wheels.get(handler.path.rpartition("/")[2])
        handler.file(body) if body else handler.reply(200, PURE.page(), JSON)

    good.behave = tampered
    done = pip(user, tmp_path / "got", code=None)
    assert done.returncode != 0
    assert "HASHES" in done.stderr.upper()


def apply_pure(user: User, mirrors: Loopback, good: Mirror) -> None:
    file = candidates(user, official=mirrors.start(sound(PURE), bytes_per_s=400_000), good=good)
    user.mirrors("--candidates", file, "--apply", "--yes")
    assert stored(user)["pypi"]["url"] == good.url


def pip(user: User, folder: Path, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "-d", str(folder), "torch"]
    return user.run(*argv, code=code)


@pytest.mark.heavy
def test_the_index_of_this_machine(tmp_path: Path) -> None:
    """PyPI, found through pip's own configuration."""
    argv = [sys.executable, "-m", "doctor", "mirrors", "--service", "pypi", "--format", "json"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=tmp_path)
    rows = [row for row in json.loads(done.stdout)["sources"] if row["configured"]]
    assert rows
    if not rows[0]["reachable"]:
        unavailable(f"no network: {rows[0]['reason']}")
    assert rows[0]["verdict"] == "ok"
    assert rows[0]["bytes_per_s"] > 0
