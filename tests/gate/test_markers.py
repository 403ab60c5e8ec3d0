"""Must not leave: a marker is planted in every place for a text, and looked for in every output of every command."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.gate.markers import HOST, PRIVATE, SECRET, TOKEN, USER
from tests.gate.outputs import BESIDE, all_outputs, drawn

MARKERS = {
    "token": TOKEN,
    "home": f"/srv/homes/{USER}/x",
    "host": f"at {HOST}:",
    "url": f"https://me:{SECRET}@h.example/",
    "hidden token": f"hf\u200b_{SECRET[:9]}\u202e{SECRET[9:]}",
}


@pytest.mark.parametrize("kind", MARKERS)
@pytest.mark.parametrize("terminal", [False, True])
def test_no_marker_is_in_any_output(kind: str, terminal: bool, gruber: str) -> None:
    planted: Counter[str] = Counter()

    def word(place: str) -> str:
        planted[place] += 1
        return f"{place} {MARKERS[kind]}"

    found = drawn(word, terminal=terminal)
    leaks = [name for name, text in found.items() if PRIVATE.search("".join(text.split()))]
    print(f"{kind}: {len(planted)} sources x {len(found)} outputs = {len(planted) * len(found)}, {len(leaks)} found")
    assert not leaks, (leaks, [line for line in found[leaks[0]].splitlines() if PRIVATE.search(line)][:5])
    assert len(planted) > 150 and len(found) > 35
    assert {name.removesuffix(BESIDE) for name in found} == set(all_outputs(word)), "one of them said nothing"
