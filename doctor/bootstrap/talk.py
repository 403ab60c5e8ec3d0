"""What the user is told and asked: on stderr, and on a terminal wrapped at words."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping

from doctor import gate
from doctor.bootstrap.options import SWITCHES, VALUES, Options
from doctor.bootstrap.stop import Stop

_LABEL = 26
_SPELLED = re.compile(r"--([a-z]+(?:-[a-z]+)*)(?![\w-])")
_VARIABLE = re.compile(
    r"\b(TORCH_DOCTOR_(?:HOME|SOURCE|RELEASES)|HTTPS_PROXY|SSL_CERT_FILE|PIP_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE"
    r"|UV_LINK_MODE|PYTHONUTF8|CUDA_HOME|CMAKE_POLICY_VERSION_MINIMUM)\b(?:=(/path|[\w.]+))?"
)


def _assigned(variable: re.Match[str]) -> str:
    """A variable, and its value where one stands there, in PowerShell."""
    value = variable[2] and variable[2].replace("/path", "D:\\path")
    return f'$env:{variable[1]} = "{value}"' if value else f"$env:{variable[1]}"


class Talk:
    """`asks`: there is somebody who can be asked. Options are named in the spelling of the script that was started."""

    def __init__(self, options: Options, variables: Mapping[str, str]) -> None:
        self.on_terminal = bool(sys.stderr and sys.stderr.isatty())
        self.asks = self.on_terminal and bool(sys.stdin and sys.stdin.isatty()) and not options.yes
        self._agreed = variables.get("TORCH_DOCTOR_AGREED") == "yes"
        self._powershell = variables.get("TORCH_DOCTOR_SHELL") == "powershell"

    def spelled(self, text: str) -> str:
        """`--check-only`, and a variable, as this user would type them."""
        if not self._powershell:
            return text
        text = _VARIABLE.sub(_assigned, text)
        names = {**SWITCHES, **VALUES}
        return _SPELLED.sub(lambda found: f"-{names[found[1]]}" if found[1] in names else found[0], text)

    def say(self, text: str, label: str = "") -> None:
        """A sentence, or a fact with its label."""
        start, indent = (f"  {label:<{_LABEL - 2}}", " " * _LABEL) if label else ("", "  ")
        self._write(self._wrapped(text, start, indent))

    def stop(self, stop: Stop) -> None:
        """What is in the way and what to do about it."""
        self.say(f"bootstrap: {stop.what}")
        for line in stop.next_step.splitlines():
            start = "  next: " if line is stop.next_step.splitlines()[0] else "        "
            self._write(self._wrapped(line, start, "        "))

    def quote(self, lines: list[str]) -> None:
        """What a program said."""
        self._write([f"  | {line}" for line in lines])

    def agree(self, question: str) -> None:
        """Raises Stop where the user does not want it. Asked once; without a terminal it goes on."""
        if not self.asks or self._agreed:
            return
        self._agreed = True
        gate.say(f"{question} [Y/n] ", end="")
        answer = sys.stdin.readline()
        if not answer or answer.strip().lower() not in ("", "y", "yes"):
            raise Stop("nothing was done, as you asked")

    def may(self, question: str) -> bool:
        """Whether the user agrees to what is not needed for the rest; nobody to ask is no."""
        if not self.asks:
            return False
        gate.say(f"{question} [Y/n] ", end="")
        answer = sys.stdin.readline()
        return bool(answer) and answer.strip().lower() in ("", "y", "yes")

    @contextlib.contextmanager
    def working(self, doing: str) -> Iterator[Working]:
        """What is being done, and on a terminal for how long and how far."""
        self.say(doing)
        status = Working(self.on_terminal)
        try:
            yield status
        finally:
            status.clear()

    def _wrapped(self, text: str, start: str, indent: str) -> list[str]:
        """Whole where it goes into a file: there it is searched by line."""
        text = gate.word(self.spelled(text))  # folders that are made and removed are called by their names
        if not self.on_terminal:
            return [gate.Typed(start + text)]
        width = min(80, shutil.get_terminal_size().columns)
        lines = textwrap.wrap(
            text, width, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        return [*map(gate.Typed, lines)]

    def _write(self, lines: list[str]) -> None:
        if sys.stderr:
            gate.page(lines, sys.stderr)


class Working:
    """One line of a terminal that is written over again."""

    def __init__(self, shown: bool) -> None:
        self._shown, self._begin, self._last = shown, time.monotonic(), 0.0

    def update(self, detail: str) -> None:
        now = time.monotonic()
        if not self._shown or now - self._begin < 2 or now - self._last < 0.5:
            return
        self._last = now
        gate.overwrite(f"  {now - self._begin:.0f} s  {detail}")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._last:
            gate.overwrite("")
