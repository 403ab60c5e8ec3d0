"""This machine, looked at only as far as a match needs it: the interpreter and the probes side by side."""

from __future__ import annotations

import os
import re
import struct
import sys
import sysconfig
import threading
from pathlib import Path

import msgspec

from doctor import collect, target
from doctor.facts import Python
from doctor.match.machine import machine_of
from doctor.match.model import Machine
from doctor.model import DoctorError, Reading, ok
from doctor.probes import environments
from doctor.process import run

# without site and json: this costs a third of what the full description costs
_ASK = (
    "import sys,struct,os;"
    "u=getattr(os,'uname',lambda:(0,0,0,0,'ARM64' if '(ARM64)' in sys.version else 'AMD64'))();"
    "m=os.path.exists(os.path.join(os.path.dirname(os.__file__),'EXTERNALLY-MANAGED'));"
    "sys.stdout.write('\\n@ %d.%d.%d|%d|%s|%d|%d|%s\\n' % (sys.version_info[:3]+(struct.calcsize('P')*8,"
    "sys.implementation.name,'free-threading' in sys.version,m,u[4])))"
)
_ANSWER = re.compile(r"^@ ([\d.]+)\|(\d+)\|(\w+)\|([01])\|([01])\|(\w*)$", re.M)
_NAMES = {"cpython": "CPython", "pypy": "PyPy"}
LOOKED_AT = ("host", "nvidia", "amd", "intel", "apple")
_DEADLINE_S = 30.0


def this_machine(python: str | None = None, *, with_interpreter: bool = True) -> Machine:
    """The machine the doctor runs on, with the target interpreter (`python`: the path of one).

    `with_interpreter` False leaves the Python open. `.venv` in the working folder, where nobody has named or activated
    it, is read and not started. Raises DoctorError when there is no such interpreter.
    """
    if not with_interpreter:
        return machine_of(collect.collect(target.Target(sys.executable, deadline_s=_DEADLINE_S), LOOKED_AT))
    if python is None and (asleep := target.asleep(os.environ, Path.cwd())):
        facts = collect.collect(target.Target(sys.executable, deadline_s=_DEADLINE_S), LOOKED_AT)
        return machine_of(msgspec.structs.replace(facts, python=_as_written(asleep)), str(asleep))
    asked = _Asked(python)
    facts = collect.collect(target.Target(sys.executable, deadline_s=_DEADLINE_S), LOOKED_AT)
    found, reading = asked.answer()
    return machine_of(msgspec.structs.replace(facts, python=reading), found.executable)


def _as_written(interpreter: Path) -> Reading[Python]:
    """What the files of an environment say of its Python."""
    prefix = environments.prefix_of(str(interpreter))
    sites = environments.site_folders(prefix)
    free_threaded = any(site.parent.name.endswith("t") for site in sites)
    known = Python(version=environments.python_version(prefix, sites), free_threaded=free_threaded)
    return ok(known, source=str(interpreter))


class _Asked(threading.Thread):
    """Finds the target and asks what it is, while the probes run: starting a Python takes as long as all of them."""

    def __init__(self, python: str | None) -> None:
        super().__init__(daemon=True, name="target interpreter")
        self.python = python
        self.outcome: tuple[target.Target, Reading[Python]] | Exception
        self.start()

    def run(self) -> None:
        try:
            found = target.find(self.python, deadline_s=_DEADLINE_S, here=False)
            self.outcome = found, _query_interpreter(found)
        except Exception as error:  # noqa: BLE001 - goes on to whoever waits for the answer
            self.outcome = error

    def answer(self) -> tuple[target.Target, Reading[Python]]:
        self.join()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def _query_interpreter(found: target.Target) -> Reading[Python]:
    if Path(found.executable).samefile(sys.executable):
        return ok(_own_python(), source=found.executable)
    ended = run([found.executable, "-E", "-S", "-X", "utf8", "-c", _ASK], timeout_s=_DEADLINE_S, env=found.env)
    answer = _ANSWER.search(ended.stdout)
    if answer is None:
        raise DoctorError("match-python", f"{found.executable} did not identify itself", ended.story)
    version, bits, implementation, free_threaded, managed, machine = answer.groups()
    known = Python(
        version=version,
        bits=int(bits),
        implementation=_NAMES.get(implementation, implementation),
        free_threaded=free_threaded == "1",
        externally_managed=managed == "1" and not _in_environment(found.executable),
        machine=machine,
    )
    return ok(known, source=found.executable)


def _in_environment(executable: str) -> bool:
    """Whether a Python stands in a virtual environment, which is one's own whatever the system's Python is."""
    folder = Path(executable).parent
    return any((place / "pyvenv.cfg").is_file() for place in (folder, folder.parent))


def _own_python() -> Python:
    """The same binary runs the doctor, so there is nothing to start."""
    return Python(
        version=".".join(str(part) for part in sys.version_info[:3]),
        bits=struct.calcsize("P") * 8,
        implementation=_NAMES.get(sys.implementation.name, sys.implementation.name),
        free_threaded="free-threading" in sys.version,
        externally_managed=_is_managed() and not _in_environment(sys.executable),
        machine=sysconfig.get_platform().rpartition("-")[2],
    )


def _is_managed() -> bool:
    return (Path(sysconfig.get_path("stdlib")) / "EXTERNALLY-MANAGED").is_file()
