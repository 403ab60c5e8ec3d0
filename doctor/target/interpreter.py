"""The target: the interpreter that is examined, how it is found, and how it is asked.

Everything is asked through the standard-library-only scripts in `inside/`, run by the target's own Python.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from doctor.process import NOWHERE, ProcessResult, run
from doctor.target.choose import Say, choose

INSIDE = Path(__file__).parent / "inside"
# The working folder must not be on sys.path before the script has its imports: where it is the user's, a `json.py`
# lying there would otherwise break what is asked. The script's own folder is, for its helpers, until the script puts
# `sys.path[:] = sys.doctor_path` back and imports what is the user's.
_BOOT = (
    "import sys;"
    "sys.argv=sys.argv[1:];"
    "sys.doctor_path=list(sys.path);"
    f"sys.path[:]=[{str(INSIDE)!r}]+[p for p in sys.path if p];"
    "f=open(sys.argv[0],'rb');s=f.read();f.close();"
    "exec(compile(s,sys.argv[0],'exec'),{'__name__':'__main__','__file__':sys.argv[0]})"
)


class Target:
    """An interpreter, the environment variables and the working folder it is examined with.

    `deadline_s` bounds each question; `fast` means that nothing may be imported in the target.
    """

    def __init__(
        self,
        executable: str | Path,
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        deadline_s: float = 60.0,
        fast: bool = False,
        full: bool = False,
        chosen_by: str = "",
    ) -> None:
        self.executable = str(executable)
        self.env = dict(os.environ if env is None else env)
        self.cwd = Path(cwd or Path.cwd())
        self.deadline_s = deadline_s
        self.fast = fast
        self.full = full  # read every file of torch against RECORD, not a sample
        self.chosen_by = chosen_by  # why this one, for people: "--python", "VIRTUAL_ENV", ".venv here" …
        self._lock = threading.Lock()

    def ask(
        self,
        script: str,
        *arguments: str,
        timeout_s: float | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cwd: Path = NOWHERE,
    ) -> tuple[list[dict[str, Any]], ProcessResult]:
        """Run `doctor/target/inside/<script>.py` in the target.

        The script gets a random marker as its first argument and prints each answer as one line, marker then a JSON
        object; everything else on stdout is noise of the target's and ignored. Returns the answers that came, in
        order, and how the process ended: a hang or a crash keeps what was said before it. `cwd` is the folder of the
        target only for what the user wants to run there: elsewhere nothing that lies in it can be imported.
        """
        marker = f"@{os.urandom(8).hex()}@"
        answers: list[dict[str, Any]] = []

        def take(line: str) -> None:
            _, found, payload = line.partition(marker)
            if not found:
                return
            try:
                answer = json.loads(payload)
            except (ValueError, RecursionError):
                return
            answers.append(answer)
            if on_event:
                on_event(answer)

        argv = [self.executable, "-X", "utf8", "-c", _BOOT, str(INSIDE / f"{script}.py"), marker, *arguments]
        ended = run(argv, timeout_s=timeout_s or self.deadline_s, env=self._clean_env(), cwd=cwd, on_line=take)
        return answers, ended

    def starts_without(self, *names: str) -> bool:
        """Whether it runs a program that does nothing when these variables are not set."""
        env = {name: value for name, value in self._clean_env().items() if name not in names}
        argv = [self.executable, "-X", "utf8", "-c", ""]
        return run(argv, timeout_s=self.deadline_s, env=env, cwd=NOWHERE).returncode == 0

    def _clean_env(self) -> dict[str, str]:
        return {**self.env, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    @cached_property
    def _description(self) -> tuple[dict[str, Any], ProcessResult]:
        answers, ended = self.ask("describe", "full" if self.full else "sample", str(self.cwd))
        merged: dict[str, Any] = {}
        for answer in answers:
            merged.update(answer)
        return merged, ended

    def describe(self) -> tuple[dict[str, Any], ProcessResult]:
        """What the target says of itself without importing anything of the user's; asked once, shared by the probes."""
        with self._lock:
            return self._description


def find(
    python: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | Path | None = None,
    *,
    deadline_s: float = 60.0,
    fast: bool = False,
    full: bool = False,
    here: bool = True,
    say: Say = lambda *_: None,
) -> Target:
    """The target of this run (see `doctor.target.choose`). Raises DoctorError when the named one cannot be used."""
    variables = dict(os.environ if env is None else env)
    folder = Path(cwd or Path.cwd())
    executable, chosen_by = choose(python, variables, folder, deadline_s, here=here, say=say)
    return Target(
        executable, env=variables, cwd=folder, deadline_s=deadline_s, fast=fast, full=full, chosen_by=chosen_by
    )
