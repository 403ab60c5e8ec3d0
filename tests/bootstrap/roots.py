"""Fresh Debian roots by debootstrap, kept as archives in the tests' cache, and commands in them as a plain user."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path

from tests import environments
from tests.bootstrap.parts import CHECKOUT
from tests.surroundings import shell, unavailable

USER = 1000
CA = "etc/tests-ca.pem"
# a namespace of its own for processes too: what a test leaves running ends with it
_ENTER = """
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
exec chroot --userspec=1000:1000 "$0" "$@"
"""


class Root:
    """An unpacked root; `home` is the plain user's home, seen from outside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.home = path / "home/plain"

    def run(self, script: str, *, timeout: float = 900, stdin: str = "", **variables: str):
        """A shell script as the plain user, with the network as it is and nothing else of this machine's settings."""
        settings = {
            "HOME": "/home/plain",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            **_network(self.path),
            **variables,
        }
        words = [f"{name}={value}" for name, value in settings.items()]
        enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", _ENTER, str(self.path)]
        argv = [*enter, "/usr/bin/env", "-i", *words, "sh", "-c", f"cd ~; {script}"]
        return subprocess.run(argv, input=stdin, capture_output=True, text=True, timeout=timeout, check=False)

    def put(self, source: Path, target: str) -> None:
        """A file or folder into the plain user's home, as theirs."""
        into = self.home / target
        if source.is_dir():
            shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, into)
        for path in (into, *into.rglob("*")):
            os.chown(path, USER, USER)

    def put_checkout(self) -> None:
        for name in ("doctor", "recipes", "scripts", "pyproject.toml", "README.md", "LICENSE"):
            self.put(CHECKOUT / name, f"checkout/{name}")
        os.chown(self.home / "checkout", USER, USER)

    def remove(self, packages: str) -> None:
        """Take installed packages away, whatever needs them."""
        purge = f"dpkg --purge --force-all $(dpkg-query --show --showformat '${{Package}} ' '{packages}')"
        subprocess.run(["chroot", str(self.path), "sh", "-c", purge], capture_output=True, check=True)

    def listing(self) -> set[str]:
        """Every path in the home but the checkout."""
        found = {str(path.relative_to(self.home)) for path in self.home.rglob("*")}
        return {path for path in found if not path.startswith("checkout")}


def _network(root: Path) -> dict[str, str]:
    """Proxies, and the CA bundle where one lies in the root as a copy."""
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    trust = {"SSL_CERT_FILE": f"/{CA}", "PIP_CERT": f"/{CA}"} if (root / CA).exists() else {}
    return {**proxies, **trust, "PIP_DEFAULT_TIMEOUT": "60"}


def unpacked(suite: str, packages: tuple[str, ...], folder: Path) -> Root:
    """A fresh root of a Debian release with those packages. It is unavailable where it cannot be made."""
    if os.geteuid() != 0:
        unavailable("making and entering a root needs root")
    name = "-".join(("root", suite, *packages))
    kept = environments.kept(name, lambda into: _pack(suite, packages, into))
    folder.mkdir(parents=True, exist_ok=True)
    shell(["tar", "-xf", str(kept / "root.tar"), "-C", str(folder)])
    shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
    bundle = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if bundle and Path(bundle).exists():
        shutil.copy(bundle, folder / CA)
    return Root(folder)


def _pack(suite: str, packages: tuple[str, ...], into: Path) -> None:
    into.mkdir(parents=True)
    root = into / "root"
    include = f"--include={','.join(packages)}"
    # "sid" is debootstrap's recipe for every recent release; it does not know the names of those after it
    shell(["debootstrap", "--variant=minbase", include, suite, str(root), _archive(), "sid"])
    (root / "etc/apt/sources.list").write_text(f"deb {_archive()} {suite} main\n")
    shell(["chroot", str(root), "useradd", "--create-home", "--uid", str(USER), "plain"])
    shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
    shell(["tar", "-cf", str(into / "root.tar"), "-C", str(root), "."])
    shutil.rmtree(root)


def _archive() -> str:
    """The archive that this machine's apt is configured for."""
    files = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    text = "\n".join(file.read_text() for file in files if file.is_file() and file.suffix in (".list", ".sources"))
    found = re.search(r"^(?:URIs:|deb(?: \[[^]]*\])?)\s+(\S+/debian/?)(?:\s|$)", text, re.M)
    if found is None:
        unavailable("apt is not configured for an archive of Debian")
    return found[1]
