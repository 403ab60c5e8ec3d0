"""What experiments leave behind on Linux: processes that came of this one, shared memory, semaphores."""

import os
import signal
import time

SHM = "/dev/shm"
_HELPERS = (b"resource_tracker", b"torch_shm_manager")


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


def reap_until(ends):
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


def kill(pids):
    """End processes that may have ended."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass


def is_helper(pid):
    """Whether a process removes shared memory when its clients are gone."""
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            line = file.read()
    except OSError:
        return False
    return any(helper in line for helper in _HELPERS)


def descendants():
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
