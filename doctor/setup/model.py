"""What a setup is made of: where packages come from, what is downloaded, and the plan that is shown first. No I/O."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from packaging.utils import canonicalize_version

from doctor.match.model import Choice
from doctor.model import Argv
from doctor.privacy import without_credentials
from doctor.text.addresses import parts_of

PYPI = "PyPI"
CPU_BUILD = "0.2 GB"  # to download: torch with its companions and what they need


class Transfer(msgspec.Struct, frozen=True):
    """How far a download is. `what` is the one file that these are the bytes of, "" for all of them."""

    done_bytes: int
    total_bytes: int
    what: str = ""


Doing = Callable[[str | Transfer], object]  # is told what is being done, when it may take a while


def quietly(_: str | Transfer) -> None:
    """Nobody is told."""


def exact(requirement: str) -> str:
    """`name==version` for that build alone: 2.13.0+cpu answers "==2.13.0" too, but not "===2.13.0".

    "===" compares letters, so the version has to be spelled as indexes spell it: 2023.7.22, whatever the package says.
    """
    name, equal, version = requirement.partition("==")
    if not equal or "+" in version:
        return requirement
    return f"{name}==={canonicalize_version(version, strip_trailing_zero=False)}"


class Where(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place packages come from. `kind`: "default" (what the installer uses by itself), "index", "flat" (a page
    that lists wheels, beside the default index), "folder" (nothing else is asked)."""

    kind: str = "default"
    url: str = ""

    @property
    def shown(self) -> str:
        """The address as it may be told and written down."""
        return without_credentials(self.url)

    def arguments(self, installer: str) -> Argv:
        """The place alone. For uv, --index-url gives way to a default index that the user's variables name."""
        return {
            "default": (),
            "index": ("--default-index" if installer == "uv" else "--index-url", self.url),
            "flat": ("--find-links", self.url),
            "folder": ("--no-index", "--find-links", self.url),
        }[self.kind]

    def beside_default(self, installer: str) -> Argv:
        """Together with the default index, the best version of either; uv would ask only the first that has a name."""
        if self.kind != "index":
            return self.arguments(installer)
        best = ("--index-strategy", "unsafe-best-match") if installer == "uv" else ()
        return ("--extra-index-url", self.url, *best)


class WheelSource(msgspec.Struct, frozen=True):
    """A place and the choice it carries: torch and its companions always of one build."""

    name: str
    where: Where
    choice: Choice
    requirements: tuple[str, ...]


class SkippedSource(msgspec.Struct, frozen=True):
    """A source that was not taken, and why."""

    name: str
    reason: str


class Download(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file to install. The source may not tell its size (`size_bytes` None) or its hash (`sha256` "", else hex)."""

    name: str
    version: str
    url: str
    sha256: str
    size_bytes: int | None = None
    where: Where = msgspec.field(default_factory=Where)

    @property
    def file(self) -> str:
        from urllib.parse import unquote

        place = self.url.partition("#")[0].replace("\\", "/")  # a path, where a lock names a file of this machine
        return unquote(place.rstrip("/").rpartition("/")[2])

    @property
    def requirement(self) -> str:
        """Pinned to the file by its hash."""
        return exact(f"{self.name}=={self.version}") + (f" --hash=sha256:{self.sha256}" if self.sha256 else "")


class SetupPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a setup is going to do. `state` of the folder: "new", "existing", or "half-made" by an earlier one;
    `instead_of`: the source of the CPU build that this is a larger one for, which nobody has asked for."""

    folder: str
    state: str
    python: str
    packages: tuple[str, ...]
    build: str
    source: str
    commands: tuple[Argv, ...]
    downloads: tuple[Download, ...] = ()
    passed: tuple[SkippedSource, ...] = ()
    notes: tuple[str, ...] = ()
    disk_bytes: int | None = None  # unpacked
    instead_of: SkippedSource | None = None

    @property
    def shown(self) -> SetupPlan:
        """As it may be told and written down: addresses without users and passwords."""
        commands = tuple(tuple(without_credentials(w) if "://" in w else w for w in argv) for argv in self.commands)
        downloads = tuple(
            msgspec.structs.replace(
                one, url=without_credentials(one.url), where=msgspec.structs.replace(one.where, url=one.where.shown)
            )
            for one in self.downloads
        )
        return msgspec.structs.replace(self, commands=commands, downloads=downloads)

    @property
    def hosts(self) -> dict[str, list[Download]]:
        """The downloads by what is connected to for them: the index, and where it or the lock says the file is."""
        found: dict[str, list[Download]] = {}
        for one in self.downloads:
            names = dict.fromkeys(parts_of(url).hostname or "this machine" for url in (one.where.url, one.url) if url)
            found.setdefault(", ".join(names) or "this machine", []).append(one)
        return found

    @property
    def known_bytes(self) -> int:
        return sum(d.size_bytes or 0 for d in self.downloads)

    @property
    def sizes_known(self) -> bool:
        return bool(self.downloads) and all(d.size_bytes is not None for d in self.downloads)
