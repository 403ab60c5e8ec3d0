"""What can be in the way: each has its message and next step, ends with 1, and leaves nothing half-made."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from doctor.bootstrap.home import Home
from doctor.bootstrap.options import Options
from doctor.bootstrap.records import environments
from doctor.bootstrap.stop import Stop
from doctor.bootstrap.talk import Talk
from tests.bootstrap.parts import (
    CHECKOUT,
    SCRIPT,
    bootstrap,
    environment,
    index,
    pip_and_uv,
    stand_in,
    tools_only,
    tree,
    wait_for,
)
from tests.surroundings import shell, unavailable

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="mount namespaces are Linux's")


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    stand_in(folder)
    pip_and_uv(folder)
    return folder


def failed(done: subprocess.CompletedProcess[str], home: Path, *said: str) -> None:
    assert done.returncode == 1, done.stderr
    for words in said:
        assert words in done.stderr, done.stderr
    assert "  next: " in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(home) == {}


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("gone", "the package source did not provide what is needed"),
        ("refused", "the package source did not provide what is needed"),
        ("broken", "the package source did not provide what is needed"),
        ("web_page", "the package source did not provide what is needed"),
        ("circle", "the package source did not provide what is needed"),
        ("cut", "the package source did not provide what is needed"),
        ("hangs", "the package source did not provide what is needed"),
        ("wrong_bytes", "a downloaded file is not the expected one"),
    ],
)
def test_a_mirror_that_fails(home, wheels, fault, said):
    with index(wheels, fault) as url:
        source = next(wheels.glob("torch_doctor*"))
        done = bootstrap("--yes", "--source", source, "--mirror", f"{url}/simple", home=home)
    failed(done, home, said, "--mirror")


def certificate(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(name).configure_cert(context)
    return context


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["127.0.0.1", "other.example.com"])
def test_a_certificate_that_nobody_vouches_for(home, wheels, name):
    with index(wheels, tls=certificate(name)) as url:
        source = next(wheels.glob("torch_doctor*"))
        done = bootstrap("--yes", "--source", source, "--mirror", f"{url}/simple", home=home)
    failed(done, home, "the TLS certificate is not trusted", "SSL_CERT_FILE")


def test_a_mirror_that_is_not_there(home, wheels):
    done = bootstrap(
        "--yes", "--source", next(wheels.glob("torch_doctor*")), "--mirror", "http://127.0.0.1:9/simple", home=home
    )
    failed(done, home, "the package source did not provide what is needed")


@pytest.mark.heavy
def test_a_proxy_that_wants_a_password(home, wheels):
    with index(wheels, "asks_for_password") as proxy:
        done = bootstrap(
            "--yes",
            "--source",
            next(wheels.glob("torch_doctor*")),
            "--mirror",
            "https://mirror.example.com/simple",
            home=home,
            HTTPS_PROXY=proxy,
            https_proxy=proxy,
            PIP_RETRIES="1",  # pip says why only where it tries again
        )
    failed(done, home, "the proxy refused", "HTTPS_PROXY")


def test_the_folder_of_wheels_lacks_the_doctor(home, tmp_path):
    (tmp_path / "empty").mkdir()
    done = bootstrap("--yes", "--offline", tmp_path / "empty", home=home, piped=True)
    failed(done, home, "torch-doctor itself is missing")


def without_python(home: Path, tmp_path: Path, *tools: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = tools_only(tmp_path / "bin", *tools)
    return bootstrap("--yes", home=home, PATH=path, PYTHON="", **variables)


def test_without_python_and_without_a_way_out(home, tmp_path):
    done = without_python(home, tmp_path, "curl", "sha256sum", TORCH_DOCTOR_RELEASES="http://127.0.0.1:9")
    failed(done, home, "there is no Python 3.11 or newer here", "could not be fetched", "TORCH_DOCTOR_RELEASES")


def test_nothing_is_fetched_where_no_checksum_can_be_computed(home, tmp_path):
    done = without_python(home, tmp_path, "curl", TORCH_DOCTOR_RELEASES="http://127.0.0.1:9")
    failed(done, home, "there is no checksum tool", "sha256sum")


def test_nothing_to_download_with(home, tmp_path):
    """Nor apt's own downloader, which lies beside no other program."""
    script = SCRIPT.read_text().replace("/usr/lib/apt/apt-helper", "/nonexistent/apt-helper")
    path = tools_only(tmp_path / "bin", "sha256sum")
    done = bootstrap("--yes", "--source", stand_in(tmp_path), home=home, script=script, PATH=path, PYTHON="")
    failed(done, home, "there is no tool to download with", "curl or wget")


@pytest.mark.parametrize("option", [[], ["--conda", "torch"]])
@pytest.mark.parametrize("tool", ["sha256sum", "shasum", "openssl"])
def test_a_wrong_checksum_runs_nothing(home, tmp_path, option, tool):
    if not (shutil.which(tool) and shutil.which("curl")):
        unavailable(f"{tool} or curl is not on this machine")
    served = tmp_path / "served"
    served.mkdir()
    (served / "evil").write_text("#!/bin/sh\ntouch /tmp/it-was-run\n")
    with release_server(served / "evil") as url:
        path = tools_only(tmp_path / "bin", "curl", tool, "perl")
        done = bootstrap("--yes", *option, home=home, PATH=path, PYTHON="", TORCH_DOCTOR_RELEASES=url)
    failed(done, home, "has the wrong checksum", "it was not run")


def release_server(file: Path):
    """Answers every address with that file."""
    import contextlib
    import http.server
    import threading

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    @contextlib.contextmanager
    def serving():
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()

    return serving()


def test_uv_of_a_release_mirror_is_unpacked_when_its_checksum_is_right(home, tmp_path):
    """The real script with one checksum exchanged; this uv then fails to have a Python, which is said."""
    folder = tmp_path / "uv-x86_64-unknown-linux-gnu"
    folder.mkdir()
    (folder / "uv").write_text("#!/bin/sh\necho no Python to be had: connection refused >&2\nexit 2\n")
    (folder / "uv").chmod(0o755)
    packed = tmp_path / "uv.tar.gz"
    subprocess.run(["tar", "-czf", packed, "-C", tmp_path, folder.name], check=True)
    right = subprocess.run(["sha256sum", packed], capture_output=True, text=True, check=True).stdout.split()[0]
    script = SCRIPT.read_text()
    script = re.sub(r"(?<=\.tar\.gz )[0-9a-f]{64}", right, script)
    (tmp_path / "wheels").mkdir()
    source = stand_in(tmp_path / "wheels")
    path = tools_only(tmp_path / "bin", "curl", "sha256sum")
    with release_server(packed) as url:
        words = ("--yes", "--source", source)
        done = bootstrap(*words, home=home, script=script, PATH=path, PYTHON="", TORCH_DOCTOR_RELEASES=url)
    assert done.returncode == 1
    assert "uv's own Python 3.13 cannot be had" in done.stderr
    left = set(os.listdir(home / ".local/share/torch-doctor"))
    assert left <= {"uv", "torch-doctor.json"}, "a verified uv may stay for the next run"


LIST = 'echo rc=$?; find "$HOME" -mindepth 1'


def in_mount_namespace(prepare: str, home: Path, *words: str | Path, after: str = "", **variables: str):
    """The script where that has been mounted; `after` it a line of shell that sees its exit code."""
    inside = ["unshare", "-m", "sh", "-c", f'{prepare}\n"$@"\n{after or "exit $?"}', "sh"]
    shell(["unshare", "-m", "sh", "-c", f"{prepare}\ntrue"])
    argv = [*inside, "sh", str(SCRIPT), *map(str, words)]
    return subprocess.run(
        argv,
        env=environment(home, **variables),
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.heavy
@LINUX
def test_a_disk_too_small_is_said_before_anything_is_fetched(home, wheels):
    done = in_mount_namespace(f"mount -t tmpfs -o size=20m none {home}", home, "--yes", "--offline", wheels)
    failed(done, home, "the disk is full", "TORCH_DOCTOR_HOME")


@pytest.mark.heavy
@LINUX
def test_a_disk_that_fills_up(home, wheels):
    """At any moment. The look before is taken out, as where the disk fills up while we work."""
    plan = (CHECKOUT / "doctor/bootstrap/plan.py").read_text().replace("NEED_MB = 600", "NEED_MB = 0")
    big = "#" + "x" * 4_000_000
    stand_in(wheels, "9.0", {"doctor/bootstrap/plan.py": plan, "doctor/big.py": big})
    shell(["unshare", "-m", "mount", "-t", "tmpfs", "none", str(home)])
    for room in ("nr_inodes=4", "nr_inodes=5", "nr_inodes=6", "size=4k", "nr_inodes=9", "size=16k", "size=2m"):
        done = in_mount_namespace(
            f"mount -t tmpfs -o {room} none {home}", home, "--yes", "--offline", wheels, after=LIST
        )
        assert done.stdout.strip() == "rc=1", f"{room}: {done.stdout}{done.stderr}"
        assert "the disk is full" in done.stderr or "No space left on device" in done.stderr, f"{room}: {done.stderr}"
        assert "Traceback" not in done.stderr, room


@pytest.mark.heavy
@LINUX
def test_what_was_installed_goes_from_a_full_disk(home, wheels):
    """`--uninstall` needs no room of its own."""
    fill = f"[ $? = 0 ] && dd if=/dev/zero of={home}/full bs=64k 2>/dev/null"
    after = f"{fill}; sh {SCRIPT} --uninstall --yes; code=$?; rm {home}/full; (exit $code); {LIST}"
    mount = f"mount -t tmpfs -o size=800m none {home}"
    done = in_mount_namespace(mount, home, "--yes", "--offline", wheels, after=after)
    assert done.stdout.endswith("rc=0\n"), done.stdout + done.stderr


@pytest.mark.heavy
@LINUX
def test_a_read_only_home(home, wheels):
    done = in_mount_namespace(f"mount -t tmpfs -o ro none {home}", home, "--yes", "--offline", wheels)
    failed(done, home, "cannot be written to", "TORCH_DOCTOR_HOME")


@pytest.mark.heavy
def test_another_home_by_a_variable(home, wheels, tmp_path):
    done = bootstrap("--yes", "--offline", wheels, home=home, TORCH_DOCTOR_HOME=str(tmp_path / "elsewhere é 中"))
    assert done.returncode == 0, done.stderr
    assert not (home / ".local/share").exists(), "only the command lies in the user's own folder"
    assert (tmp_path / "elsewhere é 中/doctor/bin/python").exists()


@pytest.mark.heavy
def test_what_keeps_uv_from_it_does_not_keep_pip(home, wheels, tmp_path):
    (tmp_path / "uv").write_text(
        '#!/bin/sh\ncase $1 in --version) echo uv 9.9.9 ;; *) echo "$*" >>"$0.asked"; exit 2 ;; esac\n'
    )
    (tmp_path / "uv").chmod(0o755)
    with index(wheels) as url:
        source = next(wheels.glob("torch_doctor*"))
        words = ("--yes", "--check-only", "--source", source, "--mirror", f"{url}/simple")
        done = bootstrap(*words, home=home, PATH=f"{tmp_path}:/usr/local/bin:/usr/bin:/bin", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 0, done.stderr
    folder = Home(home / ".local/share/torch-doctor")
    assert "pip install --compile-bytecode" in (tmp_path / "uv.asked").read_text(), "it was tried first"
    assert (folder.doctor / "bin/python").exists()


@pytest.mark.heavy
def test_no_terminal_no_question(home, wheels):
    done = bootstrap("--offline", wheels, home=home)
    assert done.returncode == 0
    assert "[Y/n]" not in done.stderr


def test_a_home_that_is_a_file(home, wheels, tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file/below"):
        done = bootstrap("--yes", "--offline", wheels, home=home, TORCH_DOCTOR_HOME=str(folder))
        failed(done, home, str(folder), "TORCH_DOCTOR_HOME")
        assert "another bootstrap" not in done.stderr


def test_a_miniforge_that_cannot_be_had(home, wheels):
    """It is no Python that is missing, and no mirror of packages would help."""
    pip_and_uv(wheels)
    with index(wheels) as url:
        words = ("--yes", "--source", next(wheels.glob("torch_doctor*")), "--mirror", f"{url}/simple")
        done = bootstrap(*words, "--conda", "torch", home=home, TORCH_DOCTOR_RELEASES="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "Miniforge3-" in done.stderr and "could not be fetched" in done.stderr
    assert "there is no Python" not in done.stderr and "--mirror auto" not in done.stderr
    assert "TORCH_DOCTOR_RELEASES" in done.stderr


@pytest.mark.heavy
def test_what_a_failed_setup_made_is_on_record(home, wheels, tmp_path):
    env = tmp_path / "elsewhere"
    done = bootstrap("--yes", "--offline", wheels, "--env", env, home=home, FAKE_FAILS="setup")
    assert done.returncode == 1 and env.is_dir()
    assert [(known.folder, known.made) for known in environments(Home(home / ".local/share/torch-doctor"))] == [
        (str(env), True)
    ]


def at_a_terminal(argv: list[str], home: Path, typed: bytes, **variables: str) -> tuple[int, str]:
    """The exit code, and what was on the screen."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, environment(home, **variables))
    os.write(terminal, typed)
    said = b""
    with contextlib.suppress(OSError):
        while got := os.read(terminal, 4096):
            said += got
            if b"--- setup" in said and "FAKE_SETUP_S" in variables:
                wait_for(home.parent / "asked", "setup")
                os.write(terminal, b"\x03")
                variables.clear()
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), said.decode()


TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
PIPED = 'cat "$0" | sh -s -- "$@"'


@pytest.mark.heavy
@TERMINAL
@pytest.mark.parametrize("start", [["sh", str(SCRIPT)], ["sh", "-c", PIPED, str(SCRIPT)]], ids=["file", "piped"])
@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 1), (b"\nn\n", 0)])
def test_at_a_terminal_it_asks(home, wheels, start, answer, code):
    """Once for the program's own part, once for the search path; setup shows its plan and asks for itself."""
    ended, said = at_a_terminal([*start, "--offline", str(wheels)], home, answer)
    assert ended == code, said
    assert said.count("[Y/n]") >= 1
    assert bool(tree(home)) == (code == 0)
    if code == 0:
        assert "\nsetup --env " in (home.parent / "asked").read_text()


@pytest.mark.heavy
@TERMINAL
def test_ctrl_c_at_a_terminal(home, wheels):
    ended, said = at_a_terminal(["sh", str(SCRIPT), "--yes", "--offline", str(wheels)], home, b"", FAKE_SETUP_S="300")
    assert ended == 130
    assert "run it again" in said


def test_at_a_terminal_lines_are_wrapped_at_words(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    talk = Talk(Options(), {})
    talk.on_terminal = True
    talk.say(f"{'a word or two ' * 12}https://mirror.example/{'x' * 90}", "label")
    talk.stop(Stop("what is in the way " * 8, "what to do " * 12))
    lines = capsys.readouterr().err.splitlines()
    assert max(len(line) for line in lines if "https" not in line) <= 80
    assert all(not line.startswith(" ") or line.startswith("  ") for line in lines)


def test_options_are_named_as_the_user_types_them():
    talk = Talk(Options(), {"TORCH_DOCTOR_SHELL": "powershell"})
    assert talk.spelled("try --mirror auto; --env-like, --check-only") == "try -Mirror auto; --env-like, -CheckOnly"
    assert talk.spelled("--allow-larger-build agrees") == "-AllowLargerBuild agrees"
    assert Talk(Options(), {}).spelled("--env") == "--env"
