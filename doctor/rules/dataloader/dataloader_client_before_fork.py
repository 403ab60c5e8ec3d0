"""A network client is made before workers are forked.

## Why it matters
Clients of gRPC and of cloud file systems keep threads, locks and connections that do not survive a fork: forked
workers hang in their first request. Where workers are not forked, most of these clients cannot be pickled either.

## What to do
Make the client on first use in each worker, or start workers with `multiprocessing_context="forkserver"`.

## References
- https://docs.pytorch.org/docs/stable/data.html
- https://github.com/grpc/grpc/issues/13873
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import FORK, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = (
    "self.{attribute} holds a network client ({name}) from before the workers start: forked workers may hang"
    " ({workers})"
)
_ROOTS = ("gcsfs.", "s3fs.", "fsspec.", "grpc.", "boto3.", "google.cloud.", "minio.", "adlfs.", "aiobotocore.")


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        severity = graded(dataset.workers, SEVERITY)
        for target, value in module.state(dataset.node) if severity else ():
            name = module.name(value.func) if isinstance(value, ast.Call) else ""
            if name.startswith(_ROOTS) and not name.endswith(".open"):
                values = {"attribute": target.attr, "name": name, "workers": dataset.workers.described}
                yield Spot(target, values, under=FORK, severity=severity)
