"""What is known of a candidate so far: a deadline that passes keeps it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from doctor.bootstrap.sizes import size
from doctor.mirrors.model import ListedFile, Listing, MirrorCandidate, MirrorVerdict, Observation, Problem, Sample
from doctor.mirrors.probe.http import Response, Session
from doctor.mirrors.probe.sample import sample

_FLOWING_S = 1.0
_LARGE = 1024 * 1024
_TIMED_S = 0.1  # a file that came sooner is too small to tell a rate


@dataclass
class ProbeProgress:
    candidate: MirrorCandidate
    problem: Problem | None = None
    latency_ms: float | None = None
    host: str = ""
    hops: tuple[str, ...] = ()
    file_host: str = ""
    index: Listing | None = None
    wanted: ListedFile | None = None
    sample: Sample | None = None
    rate: float | None = None  # of a larger file than the wanted one
    synchronised: float = 0.0
    notes: list[str] = field(default_factory=list)
    received: int = 0  # bytes of the index
    sampled: int = 0
    first_at: float = 0.0
    last_at: float = 0.0

    def note_response(self, answer: Response) -> None:
        """Note the head of the first answer."""
        if self.latency_ms is None:
            self.latency_ms = answer.first_byte_s * 1000
            self.host, self.hops = answer.host, answer.hops

    def note_bytes(self, size: int) -> None:
        now = time.monotonic()
        self.first_at = self.first_at or now
        self.last_at = now
        self.received += size

    async def measure(self, session: Session, entry: ListedFile, client: str, larger: ListedFile | None = None) -> None:
        """Read the file that is wanted, and a larger one for the rate when the wanted one is small."""
        self.sample = await sample(session, entry, client)
        if self.sample is None:
            self.notes.append("not measured: time ran out")
            return
        self.file_host = self.sample.host
        self.sampled = self.sample.bytes_read
        if larger is not None and self.sample.total_bytes < _LARGE <= larger.size_bytes:
            again = await sample(session, larger, client)
            self.rate = again.bytes_per_s if again else None
            self.sampled += again.bytes_read if again else 0

    def note_timeout(self, timeout_s: float) -> None:
        """Say what was under way at the deadline: a trickle is slow, silence is no answer."""
        if self.sample is not None:
            return
        now, up = time.monotonic(), f"in {timeout_s:.1f} s"
        if self.received and self.index is None and now - self.last_at < _FLOWING_S:
            self.rate = self.received / max(now - self.first_at, 0.1)
            reason = f"{size(self.rate)}/s: its index page did not arrive {up}"
            self.problem = Problem(MirrorVerdict.SLOW, reason)
        elif self.index is not None:
            self.problem = Problem(MirrorVerdict.UNREACHABLE, f"sends its index, but no file {up}")
        elif self.latency_ms is not None:
            self.problem = Problem(MirrorVerdict.UNREACHABLE, f"begins to answer, then falls silent: no index {up}")
        else:
            self.problem = Problem(MirrorVerdict.UNREACHABLE, f"no answer {up}")

    def observation(self) -> Observation:
        return Observation(
            candidate=self.candidate,
            problem=self.problem,
            reachable=self.latency_ms is not None,
            latency_ms=self.latency_ms,
            host=self.host,
            hops=self.hops,
            file_host=self.file_host,
            index=self.index,
            wanted=self.wanted,
            sample=self.sample,
            bytes_per_s=self.rate if self.rate is not None else self.sample.bytes_per_s if self.sample else None,
            timed=self.rate is not None or (self.sample is not None and self.sample.seconds >= _TIMED_S),
            synchronised=self.synchronised,
            notes=tuple(self.notes),
            received_bytes=self.received + self.sampled,
        )
