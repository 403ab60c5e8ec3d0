"""Libraries start their own threads inside every worker.

## Why it matters
torch sets itself to one thread in a worker; OpenCV, numba, Polars and NumPy's BLAS keep their pools. Sixteen workers
with sixteen OpenCV threads each are 256 threads that compete for the processors.

## What to do
Call `cv2.setNumThreads(0)` in a `worker_init_fn` or at import; set `OMP_NUM_THREADS=1` and the like before the start.

## References
- https://docs.pytorch.org/docs/stable/data.html
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "{library} starts its own threads in every worker ({workers}); {remedy}"
_LIBRARIES = {
    "cv2": "call cv2.setNumThreads(0)",
    "numba": "set NUMBA_NUM_THREADS=1",
    "polars": "set POLARS_MAX_THREADS=1",
}
_SET = ("setNumThreads", "NUM_THREADS", "MAX_THREADS", "set_num_threads", "threadpool_limits")


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.mentions(*_SET):
        return
    reported = set()
    for function, code in module.worker_code.items():
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
            library = module.name(call.func).partition(".")[0]
            if library in _LIBRARIES and library not in reported and code.workers.may:
                reported.add(library)
                values = {"library": library, "workers": code.workers.described, "remedy": _LIBRARIES[library]}
                yield Spot(call, values)
