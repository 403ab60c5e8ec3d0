"""What the tests of the bootstrap are made of: a stand-in for the doctor, an index that fails as told, a run."""

from __future__ import annotations

import base64
import compileall
import contextlib
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from tests import environments

CHECKOUT = Path(__file__).parents[2]
SCRIPT = CHECKOUT / "scripts" / "bootstrap.sh"
TOOLS = (
    "sh uname tr sed grep awk df dirname cat mkdir mv rm rmdir cksum find sort tail ls cut id sleep tar gzip env ps"
    " head getconf ln touch timeout"
)

# A uv that has a Python to give.
UV = f"""#!/bin/sh
bin=$UV_PYTHON_INSTALL_DIR/cpython-3.13/bin
case "$*" in
  "python install"*) mkdir -p "$bin" && ln -sf {sys.executable} "$bin/python3" ;;
  "python find"*) echo "$bin/python3" ;;
  *) exit 2 ;;
esac
"""

# Does what the doctor does as far as the bootstrap can see it: writes down what it was asked, makes the environment.
_STAND_IN = """
import os, pathlib, shutil, signal, sys, time, venv


def value(option):
    return pathlib.Path(words[words.index(option) + 1])


if __name__ == "__main__":
    words = sys.argv[1:]
    with open(os.environ["FAKE_LOG"], "a", encoding="utf-8") as log:
        print(*words, file=log)
    with open(os.environ["FAKE_LOG"].replace("asked", "sources"), "a", encoding="utf-8") as log:
        print(words[0], os.environ.get("PIP_INDEX_URL"), os.environ.get("UV_DEFAULT_INDEX"), file=log)
    if words[0] == os.environ.get("FAKE_CTRL_C"):
        os.kill(0, signal.CTRL_C_EVENT if sys.platform == "win32" else signal.SIGINT)
        time.sleep(60)
    if words[0] == "setup" and ("--env" in words or "FAKE_ENVS" in os.environ):
        time.sleep(float(os.environ.get("FAKE_SETUP_S", "0")))
        made = value("--env") if "--env" in words else os.environ["FAKE_ENVS"] / value("--conda")
        folder = made / "bin"
        if sys.platform == "win32":
            venv.create(made)
            if "--conda" in words:
                shutil.copy(made / "Scripts" / "python.exe", made)
        elif not (folder / "python").exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "python").symlink_to(sys.executable)
            (folder.parent / "pyvenv.cfg").write_text(f"home = {os.path.dirname(sys.executable)}\\n")
    if words[0] == "lock":
        (value("--output") / "pylock.cpu.toml").touch()
    sys.exit(words[0] == os.environ.get("FAKE_FAILS"))
"""


def wheel(folder: Path, name: str, version: str, files: dict[str, str], *requires: str) -> Path:
    """A wheel with those files and requirements, valid as far as pip and uv look."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    needs = [f"Requires-Dist: {requirement}" for requirement in requires]
    everything = {
        **files,
        f"{info}/METADATA": "\n".join([f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *needs, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text.encode())}\n" for path, text in everything.items())
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in {**everything, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(zipfile.ZipInfo(inside), text)  # always of one date: the same bytes
    return path


def _digest(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


# the body, and the gate through which it speaks
_OF_THE_BODY = (
    "bootstrap/**/*.py",
    "catalog/mirrors.toml",
    "gate.py",
    "privacy/*.*",
    "text/__init__.py",
    "text/tongues_windows.py",
    "text/visible.py",
)


def stand_in(folder: Path, version: str = "0.1.0", changed: Mapping[str, str] | None = None) -> Path:
    """A wheel of a doctor that only writes down what it is asked, with the real bootstrap in it.

    `changed`: files of the wheel that are others.
    """
    real = [file for pattern in _OF_THE_BODY for file in sorted((CHECKOUT / "doctor").glob(pattern))]
    files = {file.relative_to(CHECKOUT).as_posix(): file.read_text(encoding="utf-8") for file in real}
    lists = {"doctor": "", "build": "", "tools": pinned(pip_and_uv)}
    ours = {"doctor/__init__.py": "", "doctor/cli.py": "", "doctor/__main__.py": _STAND_IN}
    ours |= {f"doctor/bootstrap/pinned/{name}.txt": text for name, text in lists.items()}
    return wheel(folder, "torch-doctor", version, {**files, **ours, **(changed or {})})


def pinned(put: Callable[[Path], object]) -> str:
    """The list of the wheels that are put into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder))
        return "".join(map(pinned_row, sorted(Path(folder).iterdir())))


def pinned_row(file: Path) -> str:
    name, version = file.name.split("-")[:2]
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def bootstrap(
    *arguments: str | Path, home: Path, timeout: float = 120, piped: bool = False, script: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the script with a home of its own and no terminal, from a folder that is no checkout.

    `script`: another text in its place, which comes through a pipe.
    """
    words = [str(argument) for argument in arguments]
    read = script or (SCRIPT.read_text() if piped else "")
    argv = ["sh", "-s", "--", *words] if read else ["sh", str(SCRIPT), *words]
    return subprocess.run(
        argv,
        cwd=home,
        env=environment(home, **variables),
        input=read,
        capture_output=True,
        text=True,
        timeout=timeout,
        start_new_session=True,
        check=False,
    )


def environment(home: Path, **variables: str) -> dict[str, str]:
    """The user's environment with another home and without what names package sources."""
    theirs = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "XDG_", "TORCH_DOCTOR", "UV_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {
        **kept,
        "HOME": str(home),
        "PATH": "/usr/local/bin:/usr/bin:/bin",  # a toolchain on the user's PATH may write into the home by itself
        "PYTHON": str(quick_python()),
        "FAKE_LOG": str(home.parent / "asked"),
        "PIP_DEFAULT_TIMEOUT": "2",
        "PIP_RETRIES": "0",
        **variables,
    }


def tools_only(folder: Path, *more: str) -> str:
    """A PATH with the tools the script uses and nothing else: no Python, no curl, no checksum tool unless named."""
    folder.mkdir()
    for name in (*TOOLS.split(), *more):
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return str(folder)


def tree(folder: Path) -> dict[str, tuple[int, float]]:
    """Every file and folder below with size and time of change."""
    return {str(p.relative_to(folder)): (p.lstat().st_size, p.lstat().st_mtime) for p in sorted(folder.rglob("*"))}


def wait_for(path: Path, text: str = "") -> None:
    """Until a file is there that holds the text."""
    for _ in range(2400):
        if path.exists() and path.read_text() and text in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not appear")


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        getattr(self, f"_{self.server.fault}", self._healthy)()  # type: ignore[attr-defined]

    do_HEAD = do_CONNECT = do_GET

    def log_message(self, *_: object) -> None:
        pass

    def _healthy(self, damage: bytes = b"", fragment: str = "") -> None:
        files = {path.name: path for path in self.server.folder.iterdir()}  # type: ignore[attr-defined]
        parts = unquote(self.path).strip("/").split("/")
        if parts[0] == "files" and parts[1] in files:
            return self._say(200, files[parts[1]].read_bytes() + damage, "application/octet-stream")
        mine = [name for name in files if name.lower().replace("_", "-").startswith(f"{parts[-1]}-")]
        if not mine:
            return self._say(404, b"no such project")
        links = "".join(
            f'<a href="/files/{n}#sha256={fragment or hashlib.sha256(files[n].read_bytes()).hexdigest()}">{n}</a><br>'
            for n in mine
        )
        return self._say(200, f"<!DOCTYPE html><html><body>{links}</body></html>".encode())

    def _wrong_bytes(self) -> None:
        self._healthy(damage=b"more")

    def _gone(self) -> None:
        self._say(404, b"gone")

    def _refused(self) -> None:
        self._say(403, b"no")

    def _broken(self) -> None:
        self._say(503, b"later")

    def _web_page(self) -> None:
        self._say(200, b"<html><body>Log in to the network of this hotel</body></html>")

    def _circle(self) -> None:
        self.send_response(301)
        self.send_header("Location", self.path)
        self.end_headers()

    def _hangs(self) -> None:
        time.sleep(6)

    def _cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "4000")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><html><body><a href")

    def _asks_for_password(self) -> None:
        self._say(407, b"who are you")

    def _say(self, status: int, body: bytes, kind: str = "text/html") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(OSError):
                self.wfile.write(body)


@contextlib.contextmanager
def index(folder: Path, fault: str = "healthy", *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A package index on loopback with the wheels of a folder; `fault` is how it fails. Yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    server.folder, server.fault = folder, fault  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def bundled_pip() -> Path:
    """The wheel of pip that this Python carries for new environments; what runs it in the tests needs no other."""
    import ensurepip

    return next(Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"))


def quick_python() -> Path:
    """An interpreter whose ensurepip has its wheel of pip unpacked and compiled: from the file itself every start of
    pip compiles it anew, which takes longer than all the rest of a run. The roots' Pythons have the file.
    """
    library = Path(os.__file__).parent
    digest = hashlib.sha256(f"{library} {sys.version}".encode()).hexdigest()[:8]
    return environments.kept(f"python-with-unpacked-pip-{digest}", _with_unpacked_pip) / "bin" / "python3"


def _with_unpacked_pip(folder: Path) -> None:
    """The program itself, and a library that leads to this one's but for pip: so it is found with -I and -S, too."""
    library = Path(os.__file__).parent
    (folder / "bin").mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), folder / "bin" / "python3")
    unpack_pip(library, folder / "lib" / library.name)
    for entry in library.iterdir():
        if entry.name not in ("ensurepip", "site-packages"):
            (folder / "lib" / library.name / entry.name).symlink_to(entry)
    for shared in library.parent.glob("libpython*"):
        (folder / "lib" / shared.name).symlink_to(shared)


def unpack_pip(library: Path, into: Path) -> None:
    """The ensurepip of another library, as far as the bootstrap looks at it."""
    for file in library.glob("ensurepip/_bundled/pip-*.whl"):
        unpacked = into / "ensurepip" / "_bundled" / file.name
        shutil.unpack_archive(file, unpacked, "zip")
        compileall.compile_dir(unpacked, quiet=1)
    (into / "ensurepip" / "__init__.py").touch()


def pip_and_uv(folder: Path) -> None:
    """Wheels of that name for a Python that carries a pip of its own: they are only to be installed, which is quick."""
    wheel(folder, "pip", "99.0", {"pip_stand_in.py": ""})
    wheel(folder, "uv", "1.0", {"uv_stand_in.py": ""})
