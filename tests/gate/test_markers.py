"""Must not leave: a marker is planted in every place for a text, and looked for in every output of every command."""

from __future__ import annotations

from collections import Counter

import pytest

from doctor import privacy
from tests.gate.outputs import BESIDE, all_outputs, drawn

USER, HOST, SECRET = "annamariagruber", "gruberbox77", "MARKER0MARKER1MARKER2"


@pytest.fixture(autouse=True)
def gruber(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERPROFILE", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", f"/srv/homes/{USER}")
    monkeypatch.setenv("USER", USER)
    monkeypatch.setattr(privacy, "_host", lambda: HOST)


MARKERS = {
    "token": f"hf_{SECRET}",
    "home": f"/srv/homes/{USER}/x",
    "host": f"at {HOST}:",
    "url": f"https://me:{SECRET}@h.example/",
    "hidden token": f"hf\u200b_MARK\u202eER0{SECRET}",
}


@pytest.mark.parametrize("kind", MARKERS)
@pytest.mark.parametrize("terminal", [False, True])
def test_no_marker_is_in_any_output(kind: str, terminal: bool) -> None:
    planted: Counter[str] = Counter()

    def word(place: str) -> str:
        planted[place] += 1
        return f"{place} {MARKERS[kind]}"

    found = drawn(word, terminal=terminal)
    leaks = [name for name, text in found.items() if any(m in "".join(text.split()) for m in (SECRET, USER, HOST))]
    print(f"{kind}: {len(planted)} sources x {len(found)} outputs = {len(planted) * len(found)}, {len(leaks)} found")
    assert not leaks, (leaks, [line for line in found[leaks[0]].splitlines() if SECRET in line or USER in line][:5])
    assert len(planted) > 150 and len(found) > 35
    assert {name.removesuffix(BESIDE) for name in found} == set(all_outputs(word)), "one of them said nothing"
