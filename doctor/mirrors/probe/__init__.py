"""All candidates at once, within one deadline, few connections a host: what each showed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from doctor.bootstrap import ending
from doctor.mirrors.model import Limits, MirrorCandidate, MirrorVerdict, Observation, Problem, WantedPackage
from doctor.mirrors.services import BY_NAME
from doctor.mirrors.settings import ClientSettings
from doctor.model import DoctorError

if TYPE_CHECKING:
    from doctor.mirrors.probe.http import Session
    from doctor.mirrors.probe.progress import ProbeProgress

Done = Callable[[Observation], None]


def probe_all(
    candidates: Sequence[MirrorCandidate],
    settings: ClientSettings,
    wanted: WantedPackage,
    limits: Limits,
    done: Done | None = None,
) -> tuple[Observation, ...]:
    """What every candidate showed, in their order. Ends at `limits.timeout_s`, whatever the network does."""
    return asyncio.run(_probe_all(candidates, settings, wanted, limits, done or (lambda _: None)))


async def _probe_all(
    candidates: Sequence[MirrorCandidate], settings: ClientSettings, wanted: WantedPackage, limits: Limits, done: Done
) -> tuple[Observation, ...]:
    from doctor.mirrors.probe.http import Session
    from doctor.mirrors.probe.names import ResolverPool

    loop = asyncio.get_running_loop()
    loop.set_default_executor(ResolverPool())
    loop.set_exception_handler(_tell)
    try:
        session = Session(settings, limits)
    except DoctorError as error:
        problem = Problem(MirrorVerdict.UNREACHABLE, f"{error.message} ({error.context})")
        return tuple(Observation(candidate=candidate, problem=problem) for candidate in candidates)
    try:
        return tuple(await asyncio.gather(*(_probe_one(session, c, wanted, done) for c in candidates)))
    finally:
        await session.close()


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Not that a task was ended by the signal that ends us, which finds one of them at work."""
    if not ending.begun():
        loop.default_exception_handler(context)


async def _probe_one(session: Session, candidate: MirrorCandidate, wanted: WantedPackage, done: Done) -> Observation:
    from doctor.mirrors.probe.http import ProbeFault, fault_of
    from doctor.mirrors.probe.progress import ProbeProgress

    progress = ProbeProgress(candidate)
    try:
        async with asyncio.timeout(max(0.0, session.deadline - time.monotonic())):
            await _probe_steps(session, progress, wanted)
    except ProbeFault as found:
        progress.problem = found.problem
        if found.hops and not progress.host:
            progress.hops, progress.host = found.hops, found.host
    except TimeoutError:
        progress.note_timeout(session.limits.timeout_s)
    except (OSError, ValueError) as error:
        progress.problem = fault_of(error, candidate.url).problem
    observation = progress.observation()
    done(observation)
    return observation


async def _probe_steps(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    from doctor.mirrors.probe import files, status, wheels

    kind = BY_NAME[progress.candidate.service].kind
    if kind == "wheels":
        probe = wheels.probe_flat if progress.candidate.layout == "flat" else wheels.probe_simple
    else:
        probe = {"conda": files.probe_conda, "apt": files.probe_apt, "files": files.probe_files}[kind]
    await probe(session, progress, wanted)
    await status.note_last_success(session, progress)
