"""Workers read many small files from a slow mount.

## Why it matters
Windows folders under `/mnt/c` in WSL and network shares take long to open each file.

## What to do
Copy the data into the Linux file system, or pack it into larger files.

## References
- https://learn.microsoft.com/windows/wsl/filesystems
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "{path} is on a mount that is slow for many small files"
_SLOW = re.compile(r"^(?:/mnt/[a-z]/|\\\\[\w.$-]+\\)")


def lint(module: ModuleView) -> Iterator[Spot]:
    if not module.loaders:
        return
    for node in module.index.parents:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SLOW.match(node.value):
            yield Spot(node, {"path": node.value})
