"""A fast tokenizer is used before workers are forked.

## Why it matters
Its Rust thread pool does not survive a fork. The library notices, says "The current process just got forked, after
parallelism has already been used" and continues without parallelism, which is slower.

## What to do
Set `TOKENIZERS_PARALLELISM=false` before the run, or tokenize in advance.

## References
- https://github.com/huggingface/tokenizers
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import FORK, Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
IS_NOTICE = True
MESSAGE = "The tokenizer is used on line {line} before workers are forked; set TOKENIZERS_PARALLELISM ({workers})"
SIGNATURES = (r"The current process just got forked, after parallelism has already been used",)


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.mentions("TOKENIZERS_PARALLELISM"):
        return
    loader = next((x for x in module.loaders if x.workers.may), None)
    if loader is None:
        return
    for call in module.index.calls:
        if _tokenizes(module, call) and module.index.function(call) not in module.worker_code:
            values = {"line": module.line(call), "workers": loader.workers.described}
            yield Spot(call, values, under=FORK, loader=loader)
            return


def _tokenizes(module: ModuleView, call: ast.Call) -> bool:
    """A call of what `AutoTokenizer.from_pretrained` or `Tokenizer.from_file` gave."""
    func = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    if not isinstance(func, ast.Name) or (isinstance(call.func, ast.Attribute) and "encode" not in call.func.attr):
        return False
    made = [b.value for b in module.index.lookup(func.id, module.index.scope(func)) if isinstance(b.value, ast.Call)]
    names = [module.name(m.func) for m in made]
    return any("Tokenizer" in n and n.startswith(("transformers.", "tokenizers.")) for n in names)
