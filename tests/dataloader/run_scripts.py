"""Run scripts as a user would, torch imported once for all of them: `python run_scripts.py METHOD DEADLINE_S SCRIPT…`.

Prints one JSON object a script: {script, outcome, error}; outcome is "passed", "failed" or "hung". Each runs in a
forked child with METHOD as its start method, in a process group of its own that is killed afterwards. For "forkserver"
the server has torch loaded already, so that its workers start at once; like spawned ones they import the script again
and get everything by pickle.
"""

import contextlib
import json
import multiprocessing
import os
import runpy
import signal
import sys
import tempfile
import time
import types
from multiprocessing import forkserver


def main(method, deadline_s, scripts):
    import torch.utils.data  # noqa: F401  # the children inherit it

    answers = os.fdopen(os.dup(1), "w")
    with tempfile.TemporaryFile() as log:  # what workers of the server say
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        if method == "forkserver":
            multiprocessing.set_forkserver_preload(["torch.utils.data", "numpy"])
            forkserver.ensure_running()
        try:
            serve(method, deadline_s, scripts, answers, log)
        finally:
            if method == "forkserver":  # its workers notice, and end
                os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)


def serve(method, deadline_s, scripts, answers, log):
    for script in scripts:
        log.seek(0, os.SEEK_END)
        before = log.tell()
        outcome, error = run(script, method, float(deadline_s))
        log.seek(before)
        error += log.read().decode(errors="replace")[-6000:]
        print(json.dumps({"script": script, "outcome": outcome, "error": error}), file=answers, flush=True)


def run(script, method, deadline_s):
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if not child:
            os.setsid()
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            be_the_script(script, method)
        status = wait(child, time.monotonic() + deadline_s)
        with contextlib.suppress(ProcessLookupError):  # nothing is left of it
            os.killpg(child, signal.SIGKILL)
        if status is None:
            os.waitpid(child, 0)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if status is None:
        return "hung", text[-2000:]
    return ("failed" if status else "passed"), text[-4000:]


def wait(child, until):
    """The child's status, None when it is still running at the deadline."""
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.02)
    return None


def be_the_script(script, method):
    """Never returns."""
    forkserver.ensure_running = lambda: None  # it runs already, but is no child of this process
    forkserver._forkserver.ensure_running = lambda: None
    code = 1
    try:
        multiprocessing.set_start_method(method, force=True)
        if method != "fork":
            multiprocessing.context._default_context._actual_context = None  # the script may set it itself
            multiprocessing.context._default_context._default_context = multiprocessing.get_context(method)
        sys.argv = [script]
        sys.path.insert(0, os.path.dirname(script))
        interactive(script) if script.endswith(".ipynb") else runpy.run_path(script, run_name="__main__")
        code = 0
    except SystemExit as end:
        code = 0 if end.code in (None, 0) else 1
    except BaseException:  # noqa: BLE001  # whatever ends the script is its outcome
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def interactive(notebook):
    """The code cells in a main module that has no file, as a kernel runs them."""
    with open(notebook, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    source = "\n".join("".join(c["source"]) for c in cells)
    lines = ["" if line.startswith("%") else line for line in source.splitlines()]
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    exec(compile("\n".join(lines), "<cell>", "exec"), module.__dict__)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
