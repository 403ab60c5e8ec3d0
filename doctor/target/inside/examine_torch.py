"""Imports torch and its companions in the target and tries them, one step at a time.

Each step is announced before it starts and answered when it ends, so that a hang or a crash shows where it happened.
Arguments: the time (of `time.time`) at which the stack is printed to stderr, then the names of steps to leave out.
"""

import faulthandler
import os
import sys
import time
import traceback
import warnings

import _companion_steps
import _device_steps
import _torch_steps
from _answer import answer

# the devices last: a driver that hangs must not hide what is wrong with the companions
STEPS = _torch_steps.STEPS + _companion_steps.STEPS + _device_steps.STEPS
_HERE = os.path.dirname(__file__)
_LIBRARIES = (
    *("libgomp", "libiomp5", "libomp", "libmkl", "libopenblas", "libstdc++", "libtorch", "libc10", "libcuda"),
    *("libcudart", "libcublas", "libcudnn", "libcufft", "libcusparse", "libcusolver", "libnvrtc", "libnvJitLink"),
    *("libnccl", "libamdhip64", "librocblas", "libMIOpen"),
)


def main(until, left_out):
    faulthandler.enable()
    faulthandler.dump_traceback_later(max(0.1, until - time.time()))  # starting has taken its time
    sys.path[:] = getattr(sys, "doctor_path", sys.path)
    for name, function in STEPS:
        if name not in left_out and not _run_step(name, function) and name == "import torch":
            break
    answer(loaded_libraries=_loaded_libraries())
    sys.stderr.flush()
    os._exit(0)  # unloading torch and a CUDA context takes long and tells nothing


def _run_step(name, function):
    answer(step=name)
    begin = time.perf_counter()
    facts, failure, said = {}, None, []
    with warnings.catch_warnings(record=True) as caught:
        try:
            facts = function() or {}
        except BaseException as error:  # noqa: BLE001 - a SystemExit from a module is a failure of it as well
            failure = _failure(error)
        said = [str(warning.message) for warning in caught]
    took_ms = (time.perf_counter() - begin) * 1000
    answer(done=name, took_ms=took_ms, facts=facts, failure=failure, warnings=said)
    return failure is None


def _failure(error):
    text = "".join(traceback.format_exception(type(error), error, _user_frames(error.__traceback__)))
    return {
        "message": "".join(traceback.format_exception_only(type(error), error)).strip(),
        "text": text[-20000:],
        "module": getattr(error, "name", None) if isinstance(error, ModuleNotFoundError) else None,
    }


def _user_frames(frames):
    """The traceback from the first frame that is not ours."""
    while frames and frames.tb_frame.f_code.co_filename.startswith(_HERE):
        frames = frames.tb_next
    return frames


def _loaded_libraries():
    """OpenMP, BLAS, CUDA and torch libraries mapped into this process, from /proc; [] where there is no /proc."""
    try:
        with open("/proc/self/maps", "rb") as file:
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    paths = {line[line.index("/") :] for line in lines if "/" in line}
    return sorted(p for p in paths if os.path.basename(p).startswith(_LIBRARIES))


if __name__ == "__main__":
    main(float(sys.argv[2]), frozenset(sys.argv[3:]))
