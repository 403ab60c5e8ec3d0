"""Rules whose texts are most like one that no expression recognises: suggestions to read, never findings.

A linear model over words, pairs of words and parts of words, trained on the example texts and the rules' pages
(`scripts/train_alike.py`). Its weights are data, `alike.json`; what its score on texts kept aside was stands there too.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path

import msgspec

from doctor.explain.outline import Outline

FILE = Path(__file__).with_name("alike.json")
MAX_ALIKE = 3
LEAST = 0.2  # likelihood of the first; of a hundred fresh texts those below were mostly wrong
_LINES = 30
_MOST_CHARACTERS = 20_000
_HEX, _NUMBER = re.compile(r"0x[0-9a-f]+"), re.compile(r"\d{5,}")
_FOLDERS = re.compile(r"(?:/[\w.+-]{1,80}){2,40}/|[a-z]:(?:\\[\w. +-]{1,80}){1,40}\\")
_TOKEN = re.compile(r"[a-z][a-z_]+|[0-9.]+|[\u4e00-\u9fff]|[^\s\w]")
_PART = 4  # letters


class AlikeModel(msgspec.Struct, frozen=True):
    """`features` gives for each feature its weight in a text and, by the place of a rule in `rules`, its points."""

    schema_version: int
    texts: int  # trained on
    held_back_first: float  # share of texts kept aside whose rule came first
    held_back_among: float  # ... among the first three
    scale: float  # of a point
    rules: tuple[str, ...]
    bias: tuple[int, ...]
    features: dict[str, tuple[float, dict[int, int]]]


def alike(outline: Outline) -> tuple[str, ...]:
    """At most three rules, the most alike first; none where none comes near."""
    likely = likelihoods(_telling(outline), read())
    best = sorted(likely, key=lambda rule: -likely[rule])[:MAX_ALIKE]
    near = best[0] and likely[best[0]] >= LEAST
    return tuple(rule for rule in best if rule) if near else ()


def _telling(outline: Outline) -> str:
    """The last exception's line, and the lines that lead to it."""
    number, _ = outline.exception
    lines = [text for at, text in outline.lines if not number or number - _LINES < at <= number + 2]
    return "\n".join(lines[-_LINES:])


def likelihoods(text: str, model: AlikeModel) -> dict[str, float]:
    """Of every rule, and of none ("") of them, how likely the model holds it; together 1."""
    found = [(*model.features[name], 1 + log(n)) for name, n in features(text).items() if name in model.features]
    length = sqrt(sum((weight * count) ** 2 for weight, _, count in found)) or 1.0
    points = [float(bias) for bias in model.bias]
    for weight, row, count in found:
        share = weight * count / length
        for place, value in row.items():
            points[place] += share * value
    powers = [exp((value - max(points)) * model.scale) for value in points]
    return {rule: power / sum(powers) for rule, power in zip(model.rules, powers, strict=True)}


def features(text: str) -> Counter[str]:
    """Words, neighbouring words and parts of long words, without paths, addresses and long numbers."""
    folded = _NUMBER.sub("0", _HEX.sub("0x", _FOLDERS.sub(" /", text[-_MOST_CHARACTERS:].lower())))
    tokens = _TOKEN.findall(folded)
    found = Counter(tokens)
    found.update(f"{first} {second}" for first, second in pairwise(tokens))
    for token in tokens:
        if len(token) > _PART:
            marked = f"<{token}>"
            found.update(f"~{marked[i : i + _PART]}" for i in range(len(marked) - _PART + 1))
    return found


@cache
def read() -> AlikeModel:
    return msgspec.json.decode(FILE.read_bytes(), type=AlikeModel)
