"""Which known problem a recipe failed of: its error text judged by the rules, with the facts of this target."""

from __future__ import annotations

import msgspec

from doctor.diagnose.meaning import Explanation
from doctor.target import Target

# The recipe has imported torch and its companions already: what that showed is in the text
_COSTLY = ("runtime",)
# A CPU build that is asked for CUDA is no fault of the build where there is no GPU
_INSTEAD = {"cpu-only-build-on-gpu-machine": "no-driver"}
_SIGNALS = {
    "SIGSEGV": "Segmentation fault (core dumped)",
    "SIGILL": "Illegal instruction (core dumped)",
    "SIGBUS": "Bus error (core dumped)",
    "SIGFPE": "Floating point exception (core dumped)",
    "SIGKILL": "Killed",
}


class Causes:
    """Answers from one text to the next; the facts are collected when the first text is recognised."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._known: dict[str, Explanation | None] = {}

    def cause_of(self, text: str) -> Explanation | None:
        """The likeliest cause, those first that the facts do not rule out; None when nothing is recognised."""
        if text not in self._known:
            self._known[text] = self._find_cause(text)
        return self._known[text]

    def _find_cause(self, text: str) -> Explanation | None:
        from doctor import collect, rules
        from doctor.diagnose import fields_of, meaning
        from doctor.explain import causes

        named = causes("\n".join([text, *(words for name, words in _SIGNALS.items() if name in text)]))
        if not named:
            return None
        fields = fields_of(rules.load(cause.rule) for cause in named)
        facts = collect.collect(self._target, tuple(field for field in fields if field not in _COSTLY))
        if explained := meaning.explain(named, {}, facts).causes:
            return explained[0]
        # the text is from this very target: it counts for more than the facts
        rule = _INSTEAD.get(named[0].rule, named[0].rule)
        return meaning.explain([msgspec.structs.replace(named[0], rule=rule)], {}, None).causes[0]
