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
import shutil
import signal
import sys
import tempfile
import time
import traceback
from multiprocessing import process, util

import dataloader_leftovers as leftovers
from _answer import answer

FORKS = sys.platform.startswith("linux")
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h
_PATIENCE_S = 1.5
_TICK_S = 0.05
_TAIL = 20000
_NO_TIME = {"outcome": "skipped", "detail": "no time left"}


class Sandbox:
    """Runs experiments. `token` names the semaphores, `limit_s` is the time for all experiments together.

    `folder` is for temporary files; it is removed here only when the doctor, whose task that is, is gone.
    """

    def __init__(self, token, limit_s, folder):
        self._token, self._folder = token, folder
        self._ends = time.monotonic() + limit_s
        self._doctor = os.getppid()
        self._pids = set()
        self.one_thread = False  # in the children: a fork does not copy the threads that OpenMP counts on
        process.current_process()._config["semprefix"] = "/" + token
        self._libc = ctypes.CDLL(None) if FORKS else None
        if self._libc:
            self._libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # an import may not outlive the doctor

    def left_s(self):
        return self._ends - time.monotonic()

    def run(self, name, experiment, limit_s):
        """Run `experiment(tell)`, tell the doctor how it ended, and return that.

        What the experiment tells is passed on as it comes. Outcomes: passed, failed (an exception), crashed (a
        signal), hung, skipped (no time left).
        """
        try:
            result = self._bounded(name, experiment, limit_s)
            answer(experiment=name, **result)
        except BrokenPipeError:
            self._abandon()  # nobody listens any more
        return result

    def _bounded(self, name, experiment, limit_s):
        given_s = min(limit_s, self.left_s())
        if given_s <= 0.5:
            result = dict(_NO_TIME)
        elif FORKS:
            result = self._forked(name, experiment, given_s)
        else:
            result = _inline(name, experiment)
        if result["outcome"] == "hung" and given_s < limit_s:
            result.update(_NO_TIME)  # it was not given the time it may take: that is no verdict
        return result

    def _abandon(self):
        """The doctor is gone: leave nothing, and end."""
        self._clean_up(0)
        shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(1)

    def _forked(self, name, experiment, limit_s):
        begin = time.monotonic()
        self._libc.prctl(_PR_SET_PDEATHSIG, 0, 0, 0, 0)  # from here on we see it ourselves, and clean up
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        faulthandler.cancel_dump_traceback_later()  # a child would wait for its thread, which a fork does not copy
        with tempfile.TemporaryFile() as errors:
            reading, writing = os.pipe()
            sys.stdout.flush()
            child = os.fork()
            if not child:
                os.close(reading)
                _be_child(experiment, writing, errors.fileno(), limit_s, self.one_thread)
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
                self._abandon()
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
        leftovers.reap_until(time.monotonic() + patience_s)
        left = leftovers.descendants()
        self._pids.update(left)
        leftovers.kill([pid for pid in left if not leftovers.is_helper(pid)])
        leftovers.reap_until(time.monotonic() + _PATIENCE_S)
        leftovers.kill(leftovers.descendants())
        leftovers.reap_until(time.monotonic() + _PATIENCE_S)
        leftovers.sweep(self._pids, self._token)


def threads():
    """How many threads this process has; 1 where that cannot be seen."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def _be_child(experiment, writing, errors, limit_s, one_thread):
    """Never returns."""

    def tell(**facts):
        os.write(writing, json.dumps(facts).encode() + b"\n")

    os.dup2(errors, 1)
    os.dup2(errors, 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        faulthandler.enable(2)
        faulthandler.dump_traceback_later(max(0.3, limit_s - 1), file=2)
        _announce_workers(tell)
        if one_thread:
            sys.modules["torch"].set_num_threads(1)
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
