"""Experiments with workers, one after the other, each in a forked child with a deadline; nothing of it stays behind.

The child has torch already. What it starts comes to this process when its parent is gone (Linux: child subreaper), so
that all that is left after an experiment is ours to end, with the shared memory of those processes. Where there is no
safe fork (Windows, macOS) an experiment runs in this process, and the doctor holds the deadline.
"""

import ctypes
import faulthandler
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from multiprocessing import process, util

from _answer import answer

FORKS = sys.platform.startswith("linux")
SHM = "/dev/shm"
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_HELPERS = (b"resource_tracker", b"torch_shm_manager")  # they remove shared memory when their clients are gone
_PATIENCE_S = 1.5
_TICK_S = 0.05
_TAIL = 20000
_NO_TIME = {"outcome": "skipped", "detail": "no time left"}


class Sandbox:
    """Runs experiments. `token` names the semaphores, `limit_s` is the time for all experiments together."""

    def __init__(self, token, limit_s):
        self._token = token
        self._ends = time.monotonic() + limit_s
        self._doctor = os.getppid()
        self._pids = set()
        process.current_process()._config["semprefix"] = "/" + token
        if FORKS:
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def left_s(self):
        return self._ends - time.monotonic()

    def run(self, name, experiment, limit_s):
        """Run `experiment(tell)`, tell the doctor how it ended, and return that.

        What the experiment tells is passed on as it comes. Outcomes: passed, failed (an exception), crashed (a
        signal), hung, skipped (no time left).
        """
        given_s = min(limit_s, self.left_s())
        if given_s <= 0.5:
            result = dict(_NO_TIME)
        elif FORKS:
            result = self._forked(name, experiment, given_s)
        else:
            result = _inline(name, experiment)
        if result["outcome"] == "hung" and given_s < limit_s:
            result.update(_NO_TIME)  # it was not given the time it may take: that is no verdict
        answer(experiment=name, **result)
        return result

    def _forked(self, name, experiment, limit_s):
        begin = time.monotonic()
        with tempfile.TemporaryFile() as errors:
            reading, writing = os.pipe()
            sys.stdout.flush()
            child = os.fork()
            if not child:
                os.close(reading)
                _be_child(experiment, writing, errors.fileno(), limit_s)
            os.close(writing)
            self._note(child)
            told, code = self._watch(name, child, reading, begin + limit_s)
            os.close(reading)
            seconds = time.monotonic() - begin
            self._clean_up(0 if code is None else _PATIENCE_S)
            errors.seek(0, os.SEEK_END)
            errors.seek(max(0, errors.tell() - _TAIL))
            said = errors.read().decode("utf-8", "replace")
        return dict(_ending(told, code), seconds=round(seconds, 2), said=said)

    def _watch(self, name, child, pipe, ends):
        """What the child told until it ended; its wait status is None when it did not in time."""
        told, begun, status = {}, b"", None
        while True:
            ready = select.select([pipe], [], [], _TICK_S)[0]
            if ready:
                chunk = os.read(pipe, 65536)
                lines = (begun + chunk).split(b"\n")
                begun = lines.pop()
                for line in lines:
                    self._take(name, told, json.loads(line.decode()))
                if chunk and status is None and time.monotonic() < ends:
                    continue
            if status is not None:
                return told, status
            if os.getppid() != self._doctor:
                self._clean_up(0)
                os._exit(1)
            ended, code = os.waitpid(child, os.WNOHANG)
            if ended:
                status = code  # once more for what lies in the pipe
            elif time.monotonic() > ends:
                return told, None
            elif ready:
                time.sleep(_TICK_S)

    def _take(self, name, told, facts):
        if "worker" in facts:
            self._note(facts["worker"])
        elif "event" in facts:
            answer(part_of=name, **facts["event"])
            told.setdefault("events", []).append(facts["event"])
        else:
            told.update(facts)

    def _note(self, pid):
        self._pids.add(pid)
        answer(pid=pid)

    def _clean_up(self, patience_s):
        """End what is left: first those that compute, then their helpers, which need a moment to remove memory."""
        _reap_until(time.monotonic() + patience_s)
        left = _descendants()
        self._pids.update(left)
        _kill([pid for pid in left if not _is_helper(pid)])
        _reap_until(time.monotonic() + _PATIENCE_S)
        _kill(_descendants())
        _reap_until(time.monotonic() + _PATIENCE_S)
        sweep(self._pids, self._token)


def sweep(pids, token):
    """Remove the shared memory of these processes, and the semaphores of this run."""
    try:
        names = os.listdir(SHM)
    except OSError:
        return
    ours = (*("torch_%d_" % pid for pid in pids), "sem.%s-" % token)
    for name in names:
        if name.startswith(ours):
            try:
                os.unlink(os.path.join(SHM, name))
            except OSError:
                pass


def _be_child(experiment, writing, errors, limit_s):
    """Never returns."""

    def tell(**facts):
        os.write(writing, json.dumps(facts).encode() + b"\n")

    os.dup2(errors, 1)
    os.dup2(errors, 2)
    try:
        faulthandler.enable(2)
        faulthandler.dump_traceback_later(max(0.3, limit_s - 1), file=2)
        _announce_workers(tell)
        tell(facts=experiment(lambda **event: tell(event=event)) or {})
    except BaseException:  # noqa: BLE001 - a SystemExit of the user's code is an answer as well
        tell(failure=traceback.format_exc()[-_TAIL:])
    finally:
        try:
            util._exit_function()
            sys.stderr.flush()
        finally:
            os._exit(0)


def _announce_workers(tell):
    """A process that dies at once has a number by which its shared memory is found."""
    start = process.BaseProcess.start

    def announced(self):
        start(self)
        tell(worker=self.pid)

    process.BaseProcess.start = announced


def _inline(name, experiment):
    begin = time.monotonic()
    told = {}

    def tell(**event):
        answer(part_of=name, **event)
        told.setdefault("events", []).append(event)

    try:
        told["facts"] = experiment(tell) or {}
    except BaseException:  # noqa: BLE001 - a SystemExit of the user's code is an answer as well
        told["failure"] = traceback.format_exc()[-_TAIL:]
    return dict(_ending(told, 0), seconds=round(time.monotonic() - begin, 2), said="")


def _ending(told, status):
    events, facts = told.get("events", []), told.get("facts", {})
    result = {"facts": facts, "failure": told.get("failure", ""), "events": len(events), "detail": ""}
    if status is None:
        return dict(result, outcome="hung")
    if os.name == "posix" and FORKS and os.WIFSIGNALED(status):
        return dict(result, outcome="crashed", detail=_signal_name(os.WTERMSIG(status)))
    if "failure" in told:
        return dict(result, outcome="failed")
    return dict(result, outcome="passed" if "facts" in told else "crashed")


def _signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number


def _reap_until(ends):
    """Take leave of children that end by themselves, until there are none or the time is over."""
    while True:
        try:
            pid = os.waitpid(-1, os.WNOHANG)[0]
        except ChildProcessError:
            return
        if not pid:
            if time.monotonic() >= ends:
                return
            time.sleep(0.01)


def _kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass


def _is_helper(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            line = file.read()
    except OSError:
        return False
    return any(helper in line for helper in _HELPERS)


def _descendants():
    """Every process that came of this one, from /proc."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError):
                pass
    found, seek = set(), {os.getpid()}
    while seek:
        seek = {pid for pid, parent in parents.items() if parent in seek} - found
        found |= seek
    return found
