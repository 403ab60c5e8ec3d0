"""What is tried on every line of a text's ends keeps no line busy."""

from __future__ import annotations

from doctor.explain import contexts, outline, phase, raised, tracebacks
from doctor.text import lines
from tests.each import each
from tests.explain.backtracking import steps

LONGEST = outline._MAX_LINE
MANY_STEPS = 1e9
CUES = [cue for cues in (phase.FAILURES, phase.PROGRESS) for group in cues.values() for cue in group]
COMPILED = [*tracebacks._FRAMES, tracebacks._RAISED, *(shape for shape, _ in raised._SPEAKERS), phase.NOT_ISOLATED]
PATTERNS = [
    *CUES,
    *(pattern for pattern, _, _ in contexts.CODES),
    *contexts.OF_LIBRARY.values(),
    *(compiled.pattern for compiled in (*COMPILED, lines._PREFIX, lines._WARNING, lines._EXCEPTION)),
]


@each("pattern", PATTERNS)
def test_no_line_keeps_it_busy(pattern: str):
    assert steps(pattern, LONGEST) < MANY_STEPS
