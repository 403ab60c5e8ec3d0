"""Ctrl-C and a closed console on Windows, as far as Wine has them.

Wine sends no Ctrl-Break to a console that is a terminal of ours, and closes none: that event's handler is called.
"""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import CHECKOUT
from tests.bootstrap.shells import python_of_windows
from tests.windows.systems import require_wine

if sys.platform != "win32":
    import pty

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Wine")
# Wine's console program gets the Ctrl-C of our terminal, too; where it is quicker than what runs in it, that is killed
_TRIES, _ENDED_WITH_ITS_CONSOLE = 4, 0x3A
PROGRAM = """
import sys, threading, time
sys.path.insert(0, sys.argv[1])
from doctor.bootstrap import ending
note = open(sys.argv[2], "a", encoding="utf-8")
def say(text):
    note.write(text + "\\n")
    note.flush()
def closed():
    ending._State.console(2)
ending.first.append(lambda: say("first"))
ending.heed()
print("ready", flush=True)
try:
    if sys.argv[3] == "closed":
        threading.Thread(target=closed, daemon=True).start()
    time.sleep(60)
except KeyboardInterrupt:
    say("taken back")
    sys.exit(ending.over(ending.code()))
"""


def outside(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def run(argv: list[str], variables: dict[str, str], keys: bytes) -> int:
    """The exit code of a program on a terminal, which gets these keys when it is ready."""
    pid, terminal = pty.fork()
    if not pid:
        os.execvpe(argv[0], argv, variables)
    text = b""
    while select.select([terminal], [], [], 120)[0]:
        try:
            text += os.read(terminal, 4096)
        except OSError:
            break
        if keys and b"\n" in text.partition(b"ready")[2]:
            os.write(terminal, keys)
            keys = b""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.heavy
@pytest.mark.parametrize(("what", "keys"), [("ctrl-c", b"\x03"), ("closed", b"")])
def test_everything_is_taken_back(what: str, keys: bytes, tmp_path: Path) -> None:
    require_wine()
    (tmp_path / "program.py").write_text(PROGRAM)
    variables = {**os.environ, "WINEPREFIX": str(tmp_path / "prefix"), "WINEDEBUG": "-all"}
    words = (outside(tmp_path / "program.py"), outside(CHECKOUT), outside(tmp_path / "note"), what)
    for _ in range(_TRIES):
        (tmp_path / "note").unlink(missing_ok=True)
        code = run(["wine", str(python_of_windows() / "python.exe"), *words], variables, keys)
        if code != _ENDED_WITH_ITS_CONSOLE:
            break
    assert code == 130
    said = (tmp_path / "note").read_text().split("\n")
    assert said[0] == "first"
    assert said[-2:] == ["taken back", ""]
