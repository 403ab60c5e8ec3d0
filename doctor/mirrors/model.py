"""What passes between probe, judge and choice. No I/O."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class MirrorVerdict(StrEnum):
    """ok: usable. Anything else says why a source is not to be used."""

    OK = "ok"
    STALE = "stale"  # newest releases are missing, or it was not synchronised for days
    INCOMPLETE = "incomplete"  # what is listed or wanted is not there
    BOUNCES = "bounces"  # sends the client to another operator's host
    REFUSES_CLIENT = "refuses-client"  # answers others, not this client
    WRONG_CONTENT = "wrong-content"  # a web page where data belongs, or the wrong layout
    TAMPERED = "tampered"  # bytes differ from the hash, or from the official file
    SLOW = "slow"
    UNREACHABLE = "unreachable"


class MirrorCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """A source to be probed. `url` may hold credentials: show `shown`, never it."""

    service: str
    name: str
    url: str
    shown: str
    layout: str = "simple"
    official: bool = False
    reference: bool = False  # what the others of its service are compared with
    configured: str = ""  # the file or variable that sets it up now
    group: str = ""
    status_url: str = ""
    status_format: str = ""


class ListedFile(msgspec.Struct, frozen=True):
    """A file that an index lists. `sha256` of "" is not told; `size_bytes` of 0 is not told; `uploaded` is ISO."""

    name: str
    version: str
    url: str
    sha256: str = ""
    size_bytes: int = 0
    uploaded: str = ""
    metadata: bool = False
    score: int = 0  # how well it suits the target; 12 and more: it runs there


class Listing(msgspec.Struct, frozen=True):
    """What an index page or a channel tells. `entries` holds one file a version, the one that suits the target best."""

    entries: tuple[ListedFile, ...] = ()
    files: int = 0
    serial: int = 0
    modified: float = 0.0  # seconds since 1970
    bytes_read: int = 0

    def versions(self) -> frozenset[str]:
        return frozenset(entry.version for entry in self.entries)

    def entry(self, version: str) -> ListedFile | None:
        return next((entry for entry in self.entries if entry.version == version), None)


class Sample(msgspec.Struct, frozen=True):
    """A download of the beginning of a file. `digests` are SHA-256 of its first 64 KiB, 128 KiB … in order."""

    file: str
    bytes_read: int = 0
    bytes_per_s: float = 0.0
    total_bytes: int = 0  # of the whole file; 0 = not told
    ranges: bool = False
    digests: tuple[str, ...] = ()
    sha256: str = ""  # when the whole file was read
    host: str = ""  # that sent the bytes: "host:port"
    seconds: float = 0.0  # between its first bytes and its last


class Problem(msgspec.Struct, frozen=True):
    """The first thing that went wrong, in the order of the checks."""

    verdict: MirrorVerdict
    reason: str


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What probing a candidate showed, before it is compared with the others."""

    candidate: MirrorCandidate
    problem: Problem | None = None
    reachable: bool = False
    latency_ms: float | None = None  # first byte of the first answer
    host: str = ""  # that answered, after redirects: "host:port"
    hops: tuple[str, ...] = ()  # addresses that redirected
    file_host: str = ""
    index: Listing | None = None
    wanted: ListedFile | None = None
    sample: Sample | None = None
    bytes_per_s: float | None = None
    timed: bool = False  # long enough for the rate to mean something
    synchronised: float = 0.0  # seconds since 1970, by the operator's own status document
    notes: tuple[str, ...] = ()
    received_bytes: int = 0


class JudgedMirror(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the answer. `behind` is "" when fresh or not known; `bytes_per_s` is None when not measured."""

    service: str
    name: str
    url: str
    verdict: MirrorVerdict
    reachable: bool
    latency_ms: float | None
    bytes_per_s: float | None
    behind: str
    reason: str
    configured: str = ""
    official: bool = False
    layout: str = "simple"
    final_host: str = ""
    evidence: tuple[str, ...] = ()
    received_bytes: int = 0


class WantedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. `version` of "" is the newest; `tag` is "cp312"; `platform` is as in wheel names, in part."""

    package: str = "torch"
    version: str = ""
    build: str = "cpu"
    tag: str = ""
    platforms: tuple[str, ...] = ()  # parts of platform tags, any of which suits: "manylinux", "linux_x86_64"
    machine: str = ""  # "x86_64", "amd64", "arm64"
    subdir: str = "linux-64"  # conda's name of the platform
    suite: str = ""  # apt's name of the release: "bookworm"
    cuda_repository: str = ""  # NVIDIA's names of the system, "debian12/x86_64"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of a run. Seconds and bytes in the names."""

    timeout_s: float = 8.0  # for the whole run, and so for each candidate
    sample_bytes: int = 4 * 1024 * 1024
    sample_s: float = 0.8
    index_bytes: int = 64_000_000
    sockets: int = 60
    per_host: int = 4
    samples_at_once: int = 4
    total_bytes: int = 95 * 1000 * 1000
