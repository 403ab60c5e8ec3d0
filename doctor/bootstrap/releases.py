"""Files of the releases of uv and of Miniforge, pinned by version and SHA-256: a mirror of them need not be trusted."""

from __future__ import annotations

import hashlib
import http.client
import tarfile
import time
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from doctor.bootstrap.machine import own_uv
from doctor.bootstrap.programs import which
from doctor.bootstrap.run import Run, one_line, whole_or_gone
from doctor.bootstrap.sizes import size
from doctor.bootstrap.stop import Stop

UV_VERSION = "0.12.5"
MINIFORGE_VERSION = "26.3.2-3"
RELEASES = "https://github.com"
# astral-sh/setup-uv's list of 2026-08-20; pyenv's of 2026-07-18; Miniforge's release page
CHECKSUMS = {
    "uv-x86_64-unknown-linux-gnu.tar.gz": "68a509da24b06b4223a1c0175fb5eb5bc79342b76cbeff0cfe51ac3f5b17b6b2",
    "uv-x86_64-unknown-linux-musl.tar.gz": "a4742988791c9aeae68c78150d6cba762062ad2a47e53738c2779d2b596bfcdb",
    "uv-aarch64-unknown-linux-gnu.tar.gz": "9bf43b4d1a07665bf64d4c4e710930b382321a785e0eb10aac07f46471f86a31",
    "uv-aarch64-unknown-linux-musl.tar.gz": "8767a0e77f2cd45436401b1b42bf7e9ed5a4a91a74a5305d6fe93249d0f6dbc5",
    "uv-x86_64-apple-darwin.tar.gz": "b3b2137477cf96c9686ebfb71524614cec780c673fd73e59bce099aef02e70e8",
    "uv-aarch64-apple-darwin.tar.gz": "5bb0e5fe008a773c3dbcb97ff79cd89e1241464fe9d2f986d52ad8f1b037bd62",
    "uv-x86_64-pc-windows-msvc.zip": "4c4d49d8738847d9b71ba319e49a5688c93eac0fe6204b1df24e98528dddf39a",
    "uv-aarch64-pc-windows-msvc.zip": "724279317fee6e5fa8ad1908e4eba2bbe764ef1ece5b3f4597927b62b1fe562a",
    "Miniforge3-26.3.2-3-Linux-x86_64.sh": "848194851a98903134187fbb4ab50efe87b003e0c0f808f97644b7524a62bf2c",
    "Miniforge3-26.3.2-3-Linux-aarch64.sh": "2c113a69297e612b01ca0f320c22a3107a11f2ab9b573d79ac868a175945ce29",
    "Miniforge3-26.3.2-3-MacOSX-x86_64.sh": "39273e4c89a0a1af4538010615d44ae8f44e1af41007e02def593d20f316b003",
    "Miniforge3-26.3.2-3-MacOSX-arm64.sh": "59168f1e24d0a4ad9932021170809fca836cd240e183eeeb331d5bcfc0098168",
    "Miniforge3-26.3.2-3-Windows-x86_64.exe": "14a8635465b5190537ddad6286746ffebbc55a1ed2a7bb14a506595fe3191e1e",
}
_STALL_S = 30.0
_SLOWEST = 1000  # bytes a second; what is slower has stalled


def fetch(run: Run, repository: str, version: str, file: str, instead: str) -> Path:
    """A file of a release, verified. Raises Stop with `instead`, what else there is to do, where it cannot be had."""
    wanted = CHECKSUMS.get(file)
    if wanted is None:
        raise Stop(f"there is no {file} for this machine", instead)
    run.begin()
    base = run.variables.get("TORCH_DOCTOR_RELEASES") or RELEASES
    url = f"{base.rstrip('/')}/{repository}/releases/download/{version}/{file}"
    target = run.home.work / file
    try:
        with run.talk.working(f"fetching {url}") as status:
            found = download(url, target, status.update)
    except (OSError, ValueError, http.client.HTTPException) as error:
        mirror = f"set HTTPS_PROXY if a proxy is needed, or TORCH_DOCTOR_RELEASES to a mirror of {RELEASES}"
        raise Stop(f"{url} could not be fetched: {one_line(str(error))}", f"{instead}; or\n{mirror}") from error
    if found != wanted:
        target.unlink()
        step = "it was not run; try again, or from another network"
        raise Stop(f"{file} has the wrong checksum: {found} instead of {wanted}", step)
    return target


def download(url: str, target: Path, status: Callable[[str], None]) -> str:
    """Write what a URL gives into a file; its SHA-256. Raises OSError where it fails or stalls."""
    digest, got, slow_at, slow_got = hashlib.sha256(), 0, time.monotonic(), 0
    asked = urllib.request.Request(url, headers={"User-Agent": "torch-doctor-bootstrap"})
    with urllib.request.urlopen(asked, timeout=_STALL_S) as answer, target.open("wb") as out:
        whole = int(answer.headers.get("Content-Length") or 0)
        while part := answer.read1(1 << 18):
            out.write(part)
            digest.update(part)
            got += len(part)
            status(f"{size(got)} of {size(whole)}" if whole else size(got))
            if time.monotonic() - slow_at > _STALL_S:
                if got - slow_got < _SLOWEST * _STALL_S:
                    raise TimeoutError("the download stalled")
                slow_at, slow_got = time.monotonic(), got
    if whole and got != whole:
        raise OSError(f"the connection ended after {got} of {whole} bytes")
    return digest.hexdigest()


def get_uv(run: Run) -> str:
    """The uv that is there, else that of its release."""
    own = own_uv(run.home)
    if run.machine.uv or own.is_file():
        return run.machine.uv or str(own)
    machine = run.machine
    target = {
        "macos": f"{machine.arch}-apple-darwin.tar.gz",
        "windows": f"{machine.arch}-pc-windows-msvc.zip",
    }.get(machine.os, f"{machine.arch}-unknown-linux-{'musl' if machine.libc == 'musl' else 'gnu'}.tar.gz")
    packed = fetch(run, "astral-sh/uv", UV_VERSION, f"uv-{target}", _instead(run))
    with whole_or_gone(own.parent):
        own.parent.mkdir()
        own.write_bytes(_member(packed, own.name))
        own.chmod(0o755)
    return str(own)


def _instead(run: Run) -> str:
    """Debian and Ubuntu have Python's own pip in a package beside it."""
    of_system = Path(run.machine.python).parent == Path("/usr/bin")
    if of_system and which("apt-get", run.variables):
        return f"sudo apt install python{run.machine.python_version}-venv, and run this again"
    return "install pip or uv yourself"


def _member(packed: Path, name: str) -> bytes:
    """The program in an archive. It has the right checksum, so it is one, and holds it."""
    if packed.suffix == ".zip":
        with zipfile.ZipFile(packed) as archive:
            return archive.read(next(inside for inside in archive.namelist() if inside.rpartition("/")[2] == name))
    with tarfile.open(packed) as archive:
        member = next(inside for inside in archive.getmembers() if inside.name.rpartition("/")[2] == name)
        file = archive.extractfile(member)
        return file.read() if file else b""
