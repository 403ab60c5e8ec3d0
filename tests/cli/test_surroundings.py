"""Whatever surrounds the program: closed and full streams, odd variables, folders that are gone. Never exit code 3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.in_process import program
from tests.surroundings import SCRIPTS

TEXT = "RuntimeError: CUDA error: no kernel image is available for execution on the device"
EXPLAIN = ("explain", "--no-facts", TEXT)
LIST = ("check", "--list")
HELP = ("setup", "--help")
JSON = ("explain", "--no-facts", TEXT, "--format", "json")
MATCH = ("match", "--os", "linux", "--arch", "x86_64", "--python", "3.12", "--driver", "550.54.14", "--gpu", "RTX 4090")
OWN = ("check", "--fast", "--python", sys.executable, "--only", "module-shadowed")
UNDO = ("fix", "--undo")
LONE = "\udcff\udcfe"  # bytes that are no text, as POSIX has them

pytestmark = SCRIPTS


def ended(
    words: tuple[str, ...], streams: str = "", env: dict[str, str | None] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The program with its streams as a shell makes them; a variable of None is taken away."""
    variables = {**os.environ, **(env or {})}
    known = {name: value for name, value in variables.items() if value is not None}
    argv = ["/bin/sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "doctor", *words]
    return subprocess.run(
        argv, env=known, cwd=cwd, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def is_no_bug(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode in (0, 1, 2, 4), done.stderr
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr, done.stderr


@pytest.mark.parametrize("words", [EXPLAIN, JSON, LIST, HELP])
@pytest.mark.parametrize("streams", [">&-", "2>&-", "2>/dev/full", "<&- >&- 2>&-", "2>&- >/dev/null"])
def test_what_nobody_reads_changes_nothing(words: tuple[str, ...], streams: str) -> None:
    assert ended(words, streams).returncode == 0


@pytest.mark.parametrize("words", [EXPLAIN, JSON, LIST, HELP, MATCH, ()])
def test_a_full_disk_under_the_output_is_said(words: tuple[str, ...]) -> None:
    done = ended(words, ">/dev/full")
    assert done.returncode == 4
    assert "the output could not be written: No space left on device" in done.stderr
    is_no_bug(done)


def test_nothing_is_written_into_a_file_that_got_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    is_no_bug(ended(("check", "--from", str(report)), "<&- >&- 2>&-"))
    assert report.read_text() == TEXT


@pytest.mark.parametrize("words", [LIST, ("explain", "--list"), HELP])
def test_a_reader_that_leaves_is_no_failure(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '("$@"; echo "code $?" >&2) | head -1', "sh", sys.executable, "-m", "doctor", *words],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == "code 0\n"


def test_an_empty_stdin_is_an_empty_report() -> None:
    done = ended(("check", "--from", "-"), "<&-")
    assert done.returncode == 2 and "is empty" in done.stderr


GONE = "/dev/null/x"  # which not even root can make
XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "GBK": {"PYTHONIOENCODING": "gbk"},
    "LC_ALL=C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "no HOME": {"HOME": None},
    "empty HOME": {"HOME": ""},
    "HOME is a file": {"HOME": "/etc/passwd"},
    "HOME is no text": {"HOME": f"/{LONE}"},
    "folders are devices": dict.fromkeys((*XDG, "HOME"), "/dev/null"),
    "folders are gone": dict.fromkeys((*XDG, "HOME", "TMPDIR", "TEMP", "TMP"), GONE),
    "folders with endless names": dict.fromkeys((*XDG, "TMPDIR"), "/" + "x" * 5000),
    "folders of the kernel": dict.fromkeys(XDG, "/proc/1"),
    "a SOCKS proxy": {"ALL_PROXY": "socks5://127.0.0.1:9", "all_proxy": "socks5h://127.0.0.1:9"},
    "proxies that are none": {"HTTPS_PROXY": "http://[::1", "HTTP_PROXY": "::::", "ALL_PROXY": LONE, "NO_PROXY": "[,*"},
    "a port without end": {"HTTPS_PROXY": "http://h:99999999", "HTTP_PROXY": "http://h:x"},
    "certificates that are gone": {"SSL_CERT_FILE": GONE, "SSL_CERT_DIR": GONE, "REQUESTS_CA_BUNDLE": "/etc"},
    "certificates that are none": {"SSL_CERT_FILE": "/etc/passwd"},
    "variables that are no text": dict.fromkeys(
        ("PIP_INDEX_URL", "UV_INDEX_URL", "CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "CONDA_PREFIX", "USER", "COLUMNS",
         "TERM", "LANG", "TZ", "VIRTUAL_ENV", "PYTORCH_CUDA_ALLOC_CONF"), LONE),
    "endless numbers": dict.fromkeys(
        ("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "COLUMNS", "LINES", "PIP_TIMEOUT", "WORLD_SIZE"), "9" * 400),
    "a terminal of no width": {"COLUMNS": "-5", "LINES": "0"},
    "warnings are errors": {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
}  # fmt: skip


ONLINE = {"HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "TMPDIR"}


@pytest.mark.heavy
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_odd_surroundings(name: str, tmp_path: Path) -> None:
    setup = ("setup", "--dry-run", "--accelerator", "cpu", "--env", str(tmp_path / "env"), "--index-url")
    mirrors = ("mirrors", "--timeout", "0.5", "--python", sys.executable, "--candidates", str(tmp_path / "none.toml"))
    online = (mirrors, (*setup, "http://127.0.0.1:9/whl")) if ONLINE & {*SURROUNDINGS[name]} else ()
    for words in ((*OWN, "--format", "json"), MATCH, UNDO, *online):
        is_no_bug(ended(words, env=SURROUNDINGS[name], cwd=tmp_path))


def test_optimised_away_docstrings_are_still_told() -> None:
    plain, optimised = (ended(("explain", "torch-not-installed"), env={"PYTHONOPTIMIZE": level}) for level in ("", "2"))
    assert optimised.stdout == plain.stdout and "What to do" in plain.stdout
    for words in (HELP, LIST):
        assert ended(words, env={"PYTHONOPTIMIZE": "2"}).stdout == ended(words).stdout


def test_what_the_machine_refuses_is_told_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(options: object) -> int:
        raise PermissionError(13, "Permission denied", "/srv/x")

    monkeypatch.setattr("doctor.cli.match.run", refuse)
    done = program("match")
    assert done.returncode == 4
    assert b"this machine refused what was needed [refused]\n  found: /srv/x: Permission denied" in done.stderr


def test_json_of_what_is_no_text(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"facts": {"torch": {"status": "ok", "value": {"version": "2.0\ud800"}}}}))
    for form in ("text", "json", "markdown", "html"):
        done = program("check", "--from", str(report), "--format", form)
        assert done.returncode in (0, 1, 4), done.stderr
        done.stdout.decode()
