"""All candidates at once, within one deadline, few connections a host: what each showed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from doctor.mirrors.model import Candidate, Limits, Observation, Problem, Verdict, Wanted
from doctor.mirrors.services import BY_NAME
from doctor.mirrors.settings import Settings
from doctor.privacy import redact

if TYPE_CHECKING:
    from doctor.mirrors.probe.http import Session
    from doctor.mirrors.probe.progress import Progress

PROXY = "the proxy that is set up cannot be used: {why}"
Done = Callable[[Observation], None]


def probe_all(
    candidates: Sequence[Candidate], settings: Settings, wanted: Wanted, limits: Limits, done: Done | None = None
) -> tuple[Observation, ...]:
    """What every candidate showed, in their order. Ends at `limits.timeout_s`, whatever the network does."""
    return asyncio.run(_all(candidates, settings, wanted, limits, done or (lambda _: None)))


async def _all(
    candidates: Sequence[Candidate], settings: Settings, wanted: Wanted, limits: Limits, done: Done
) -> tuple[Observation, ...]:
    from doctor.mirrors.probe.http import Session
    from doctor.mirrors.probe.names import Names

    asyncio.get_running_loop().set_default_executor(Names())
    try:
        session = Session(settings, limits)
    except (ImportError, ValueError) as error:  # SOCKS without its package, a scheme that no proxy has
        problem = Problem(Verdict.UNREACHABLE, PROXY.format(why=redact(str(error))))
        return tuple(Observation(candidate=candidate, problem=problem) for candidate in candidates)
    try:
        return tuple(await asyncio.gather(*(_one(session, c, wanted, done) for c in candidates)))
    finally:
        await session.close()


async def _one(session: Session, candidate: Candidate, wanted: Wanted, done: Done) -> Observation:
    from doctor.mirrors.probe.http import Fault, fault
    from doctor.mirrors.probe.progress import Progress

    progress = Progress(candidate)
    try:
        async with asyncio.timeout(max(0.0, session.deadline - time.monotonic())):
            await _steps(session, progress, wanted)
    except Fault as found:
        progress.problem = found.problem
        if found.hops and not progress.host:
            progress.hops, progress.host = found.hops, found.host
    except TimeoutError:
        progress.out_of_time(session.limits.timeout_s)
    except (OSError, ValueError) as error:
        progress.problem = fault(error, candidate.url).problem
    observation = progress.observation()
    done(observation)
    return observation


async def _steps(session: Session, progress: Progress, wanted: Wanted) -> None:
    from doctor.mirrors.probe import files, status, wheels

    kind = BY_NAME[progress.candidate.service].kind
    if kind == "wheels":
        probe = wheels.probe_flat if progress.candidate.layout == "flat" else wheels.probe_simple
    else:
        probe = {"conda": files.probe_conda, "apt": files.probe_apt, "files": files.probe_files}[kind]
    await probe(session, progress, wanted)
    await status.look(session, progress)
