"""The way through: look, show the plan, ask, repair what does not stand, hand over."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence

from doctor import gate
from doctor.bootstrap import children, ending, handover, index, machine, own_environment, plan, uninstall
from doctor.bootstrap.home import Home, find_home, only_run
from doctor.bootstrap.options import Options, parse, usage
from doctor.bootstrap.reasons import reason
from doctor.bootstrap.run import SPELLING, Run, surroundings
from doctor.bootstrap.stop import DONE, IN_THE_WAY, Stop
from doctor.bootstrap.talk import Talk


def main(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """The exit code."""
    talk = Talk(Options(), variables)
    try:
        options = parse(words, variables, tuple(index.mirrors()))
        talk = Talk(options, variables)
        return _carried_out(options, variables, talk)
    except Stop as stop:
        talk.stop(stop)
        return stop.code
    except KeyboardInterrupt:
        by = f" by {ending.name()}" if ending.name() else ""
        with contextlib.suppress(OSError):  # the terminal may be gone
            talk.stop(Stop(f"interrupted{by}", "run it again in the same way: it goes on from what is already there"))
        return ending.code()
    except (OSError, RuntimeError) as error:
        if ending.begun():
            # a closed terminal fails, too, on the way out; while a class is being made, Python 3.11 has another error
            return ending.code()
        if not isinstance(error, OSError):
            raise
        talk.stop(_refused(error))
        return IN_THE_WAY


def _refused(error: OSError) -> Stop:
    """What the system did not let us do somewhere on the way: a disk that is full, a folder that went away."""
    what = f"{error.filename or 'a file'} cannot be used"
    known = reason(str(error), SPELLING, mirror_helps=False)
    return Stop(f"{what}: {known.sentence if known else error.strerror}", known.next_step if known else SPELLING.folder)


def _carried_out(options: Options, variables: Mapping[str, str], talk: Talk) -> int:
    if options.mode == "help":
        gate.page(usage(tuple(index.mirrors()), talk.spelled).splitlines())
        return DONE
    home = find_home(variables)
    if options.mode == "print":
        gate.page(machine.look(home, variables).lines())
        return DONE
    if options.mode == "uninstall":
        return uninstall.uninstall(home, options, talk)
    return _installed(options, home, surroundings(home, options, variables), talk)


def _installed(options: Options, home: Home, variables: Mapping[str, str], talk: Talk) -> int:
    home.refuse()
    run = Run(options, home, machine.look(home, variables), variables, talk)
    fetches = plan.show(run)
    if options.mode == "dry-run":
        talk.say("nothing was done (--dry-run)")
        return DONE
    if fetches:
        talk.agree("Continue?")
    children.end_run_of_version_0_1(home)
    with only_run(home):
        children.end_leftover(home)
        run = own_environment.prepare(run)
        return handover.check_only(run) if options.mode == "check-only" else handover.everything(run)


if __name__ == "__main__":
    ending.heed()
    sys.exit(main(sys.argv[1:], os.environ))
