"""One loader call: its arguments, how many workers it gets, and by which start method."""

from __future__ import annotations

import ast
from functools import cached_property

from doctor.source.arguments import Arguments
from doctor.source.value import NOTHING, UNKNOWN, Value
from doctor.source.values import Evaluator

YES, MAYBE, NO, UNRESOLVED = "yes", "maybe", "no", "unresolved"


class Workers:
    """How many workers a loader gets. `certainty`: yes, maybe (some ways lead to more than 0), no, unresolved."""

    def __init__(self, value: Value, text: str, unresolved: str = "num_workers is set elsewhere") -> None:
        self.value = value
        self.text = text  # as written: "args.workers"
        self._unresolved = unresolved
        counts = [c for c in value.constants if isinstance(c, int | float)]
        positive = [c for c in counts if c > 0]
        self.most = max(positive, default=0)
        if positive or value.cpus:
            zero = len(positive) < len(value.constants)
            self.certainty = MAYBE if zero or value.unknown else YES
        else:
            self.certainty = UNRESOLVED if value.unknown else NO

    @property
    def may(self) -> bool:
        """Some way that this file shows leads to at least one worker."""
        return self.certainty in (YES, MAYBE)

    @property
    def never(self) -> bool:
        return self.certainty == NO

    @property
    def described(self) -> str:
        """For messages: "num_workers=4", "num_workers=args.workers, default of --workers: 4"."""
        if self.certainty == UNRESOLVED:
            return f"num_workers ({self.text}) could not be resolved" if self.text else self._unresolved
        count = f"{self.most:g}" if self.most else ""
        if self.text and self.text != count:
            return f"num_workers={self.text}" + (f", {self.value.origin or 'here'}: {count}" if count else "")
        return f"num_workers={count or 0}"


class Loader:
    """One call that makes a loader. `kind`: "torch", "wrapper" (other signature), "subclass" (its own `super()` call),
    "trainer" (Hugging Face arguments), "foreign" (made in another file)."""

    def __init__(self, node: ast.Call, kind: str, name: str, arguments: Arguments, evaluator: Evaluator) -> None:
        self.node = node
        self.kind = kind
        self.name = name
        self.arguments = arguments
        self._evaluator = evaluator

    def given(self, name: str) -> list[ast.expr]:
        """The expressions an argument may be, empty when it is not given."""
        return self.arguments.given.get(name, [])

    def only(self, name: str) -> ast.expr | None:
        """The argument when there is one possibility and it is always given."""
        found = self.given(name)
        sure = len(found) == 1 and name not in self.arguments.optional | self.arguments.mixed
        return found[0] if sure else None

    def constant(self, name: str) -> object:
        return self._evaluator.constant(self.only(name))

    def truthy(self, name: str) -> bool:
        """Whether an argument is surely given as a true constant."""
        return bool(self.constant(name))

    @property
    def open(self) -> bool:
        """Whether further arguments come from somewhere that cannot be seen."""
        return self.arguments.open

    @cached_property
    def workers(self) -> Workers:
        found = self.given("num_workers")
        value = self._evaluator.union(found) if found else NOTHING
        optional = "num_workers" in self.arguments.optional
        if not found:
            value = UNKNOWN if self.open or self.kind == "foreign" else Value(frozenset({0}))
        elif optional and not self.open:
            value = value | Value(frozenset({0}))
        return Workers(value, ast.unparse(found[0]) if found else "")

    @cached_property
    def contexts(self) -> set[str]:
        """Start methods given by `multiprocessing_context`, as a name or as `get_context(name)`."""
        found: set[str] = set()
        for expr in self.given("multiprocessing_context"):
            for source in self._evaluator.sources(expr):
                inner = source.args[0] if isinstance(source, ast.Call) and source.args else source
                found |= self._evaluator.strings(inner)
        return found
