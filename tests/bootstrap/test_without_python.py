"""No Python at all: uv of a release on loopback, which is right, gone, stalled or cut; and how the body is started."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bootstrap.parts import SCRIPT, UV, bootstrap, environment, stand_in, tools_only, tree
from tests.processes import gone
from tests.surroundings import unavailable


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The release file of a uv that has a Python to give."""
    folder = tmp_path / "uv-target"
    folder.mkdir()
    (folder / "uv").write_text(UV)
    (folder / "uv").chmod(0o755)
    subprocess.run(["tar", "-czf", tmp_path / "uv.tar.gz", "-C", tmp_path, folder.name], check=True)
    return tmp_path / "uv.tar.gz"


@contextlib.contextmanager
def served(file: Path, fault: str) -> Iterator[str]:
    """Answers every address with that file, or fails as told."""
    ended = threading.Event()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = file.read_bytes()
            self.send_response(404 if fault == "gone" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if fault == "stalled":
                ended.wait(60)
            self.wfile.write(body[:20] if fault == "cut" else body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


def script(packed: Path) -> str:
    """The real one with the checksums of that file, and less patience."""
    right = hashlib.sha256(packed.read_bytes()).hexdigest()
    text = re.sub(r"(?<=\.tar\.gz )[0-9a-f]{64}", right, SCRIPT.read_text())
    return text.replace("--speed-time 30", "--speed-time 2").replace("--retry 2", "--retry 0")


def run(
    home: Path, tmp_path: Path, text: str, *words: str | Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    path = tools_only(tmp_path / "bin", "curl", "sha256sum")
    return bootstrap(*words, home=home, script=text, PATH=path, PYTHON="", **variables)


def test_the_right_uv_brings_a_python(home: Path, tmp_path: Path, source: Path, packed: Path) -> None:
    """The program's environment is made from that Python, and a second run finds it without uv."""
    words = ("--yes", "--offline", source.parent)
    with served(packed, "") as url:
        done = run(home, tmp_path, script(packed), *words, TORCH_DOCTOR_RELEASES=url)
    assert done.returncode == 0, done.stderr
    assert "~/.local/share/torch-doctor/python/cpython-3.13/bin/python3 (3." in done.stderr
    assert "--- setup" in done.stderr
    shutil.rmtree(tmp_path / "bin")
    again = run(home, tmp_path, SCRIPT.read_text(), *words, TORCH_DOCTOR_RELEASES="http://127.0.0.1:9")
    assert again.returncode == 0, again.stderr
    assert "fetching" not in again.stderr
    shutil.rmtree(tmp_path / "bin")
    assert run(home, tmp_path, SCRIPT.read_text(), "--uninstall", "--yes").returncode == 0
    assert tree(home) == {}


@pytest.mark.parametrize("fault", ["gone", "stalled", "cut"])
def test_a_download_that_fails(home: Path, tmp_path: Path, source: Path, packed: Path, fault: str) -> None:
    with served(packed, fault) as url:
        done = run(home, tmp_path, script(packed), "--yes", "--source", source, TORCH_DOCTOR_RELEASES=url)
    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert "  next: install Python 3.11 or newer" in done.stderr
    assert tree(home) == {}


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_ends_a_download_at_once(home: Path, tmp_path: Path, source: Path, name: str, code: int) -> None:
    """Sent to the shell alone, as a container's engine does."""
    path = tools_only(tmp_path / "bin", "sha256sum")
    (tmp_path / "bin/curl").write_text("#!/bin/sh\necho $$\nexec sleep 600\n")
    (tmp_path / "bin/curl").chmod(0o755)
    argv = ["sh", str(SCRIPT), "--yes", "--source", str(source)]
    env = environment(home, PATH=path, PYTHON="")
    with subprocess.Popen(
        argv, cwd=home, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr
        curl = next(int(line) for line in child.stderr if line.strip().isdecimal())
        child.send_signal(signal.Signals[name])
        assert child.wait(30) == code
    assert gone(curl)
    assert tree(home) == {}


@pytest.mark.parametrize("words", [["--dry-run"], ["--print"], ["--help"], ["--uninstall"]])
def test_looking_fetches_nothing(home: Path, tmp_path: Path, words: list[str]) -> None:
    done = run(home, tmp_path, SCRIPT.read_text(), *words, "--source", SCRIPT.parents[1])
    assert "there is no Python 3.11 or newer here" in done.stderr
    assert done.returncode == (words == ["--uninstall"])
    assert tree(home) == {}


def test_a_folder_of_others_is_refused_before_anything_is_fetched(home: Path, tmp_path: Path, source: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/thesis.tex").write_text("mine")
    for folder in (str(tmp_path / "theirs"), str(home), "/"):
        shutil.rmtree(tmp_path / "bin", ignore_errors=True)
        done = run(home, tmp_path, SCRIPT.read_text(), "--yes", "--source", source, TORCH_DOCTOR_HOME=folder)
        assert done.returncode == 1
        assert "fetching" not in done.stderr
    assert list(tree(tmp_path / "theirs")) == ["thesis.tex"]
    assert tree(home) == {}


def test_a_python_that_hangs_is_passed_over(home: Path, tmp_path: Path) -> None:
    """Both where there is a `timeout` and where there is none."""
    text = SCRIPT.read_text().replace("timeout -s KILL 10", "timeout -s KILL 1").replace("sleep 10", "sleep 1")
    for has_timeout in (True, False):
        folder = tmp_path / f"bin-{has_timeout}"
        path = tools_only(folder)
        if not has_timeout:
            (folder / "timeout").unlink()
        (folder / "python3.14").write_text("#!/bin/sh\nexec sleep 30\n")
        (folder / "python3.14").chmod(0o755)
        (folder / "python3.13").symlink_to(sys.executable)
        done = bootstrap("--print", "--source", SCRIPT.parents[1], home=home, script=text, PATH=path, PYTHON="")
        assert done.returncode == 0, done.stderr
        assert "python_version=" in done.stdout


@pytest.mark.parametrize("shell", ["dash", "bash", "zsh", "busybox"])
def test_every_shell_reads_it(home: Path, source: Path, shell: str) -> None:
    if not shutil.which(shell):
        unavailable(f"{shell} is not on this machine")
    argv = [*([shell, "sh"] if shell == "busybox" else [shell]), str(SCRIPT)]
    for words, code in ((["--dry-run", "--source", str(source)], 0), (["--env"], 2), (["--mirror", "nobody"], 2)):
        done = subprocess.run(
            [*argv, *words], cwd=home, env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, start_new_session=True,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "nothing was done" in done.stderr or code
    assert tree(home) == {}


def test_of_two_wheels_the_newer_is_started(home: Path, tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0"):
        text = f"print('this is {version}')\n"
        stand_in(tmp_path, version, {"doctor/bootstrap/__main__.py": text})
    assert bootstrap("--print", "--source", tmp_path, home=home).stdout == "this is 0.10.0\n"


def test_a_source_by_its_address(home: Path, source: Path) -> None:
    """Compared with its checksum, and gone afterwards."""
    right = hashlib.sha256(source.read_bytes()).hexdigest()
    temporary = home.parent / "temporary"
    temporary.mkdir()
    with served(source, "") as url:
        address = f"{url}/{source.name}#sha256="
        done = bootstrap("--print", "--source", address + right, home=home, TMPDIR=str(temporary))
        assert done.returncode == 0, done.stderr
        wrong = bootstrap("--print", "--source", address + "0" * 64, home=home, TMPDIR=str(temporary))
    refused = bootstrap("--print", "--source", address + right, home=home)
    assert (wrong.returncode, refused.returncode) == (1, 1)
    assert "wrong checksum" in wrong.stderr
    assert "could not be fetched" in refused.stderr
    assert tree(home) == tree(temporary) == {}


def test_a_bare_name_is_never_looked_up(home: Path) -> None:
    """Whoever registers that name in an index could be anyone."""
    done = bootstrap("--yes", "--source", "torch-doctor", home=home)
    assert done.returncode == 2
    assert "there is no torch-doctor" in done.stderr
    (home / "torch-doctor").mkdir()
    done = bootstrap("--yes", "--source", "torch-doctor", home=home)
    assert done.returncode == 1
    assert f"torch-doctor itself is missing: {home}/torch-doctor" in done.stderr
