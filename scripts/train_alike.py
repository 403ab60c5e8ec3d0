"""Train the model behind doctor/explain/alike.py, and say how good it is on texts that it has not seen.

    python scripts/train_alike.py            score a fifth of the examples by what the others teach, five times
    python scripts/train_alike.py --write    ... then train on all of them and write doctor/explain/alike.json

A linear model: logarithms of counts times inverse document frequency, softmax regression by stochastic gradient
descent. It learns from tests/explain/examples/*.toml, and from each rule's page and the words of its signatures.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from doctor import rules
from doctor.explain import alike
from tests.explain import example_files

FOLDS = 5
EPOCHS = 10
STEP = 2.0
RAREST = 2  # texts that a feature has to be in
MOST_RULES = 12  # that a feature speaks of
LEVELS = 100  # of a weight
_OPERATORS = re.compile(r"\\[dwWsSbB]|\(\?[:!=<iPmsx][^)]{0,3}|[\\^$*+?{}|()\[\]]")


class Labelled(NamedTuple):
    """A text and its rule; "" where none is to be named."""

    rule: str
    text: str


class Row(NamedTuple):
    """A text as places in the vocabulary and values of length 1 together."""

    places: NDArray[np.int64]
    values: NDArray[np.float32]


class Linear(NamedTuple):
    """What was learned: `weights` features by rules, `rarity` of each feature, `bias` of each rule."""

    vocabulary: dict[str, int]
    rarity: NDArray[np.float32]
    rules: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def pages() -> list[Labelled]:
    """What every rule says of itself."""
    found = []
    for rule in rules.all_rules():
        words = (re.sub(r"\s+", " ", _OPERATORS.sub(" ", signature)) for signature in rule.signatures)
        found += [Labelled(rule.id, f"{rule.title}. {rule.doc}"), *(Labelled(rule.id, text) for text in words)]
    return found


def examples() -> list[Labelled]:
    return [Labelled(example.first, example.text) for example in example_files.every()]


def train(texts: Sequence[Labelled]) -> Linear:
    counted = [alike.features(text) for _, text in texts]
    spread = Counter(name for found in counted for name in found)
    vocabulary = {name: place for place, name in enumerate(sorted(n for n, in_ in spread.items() if in_ >= RAREST))}
    rarity = np.array([np.log((1 + len(texts)) / (1 + spread[name])) + 1 for name in vocabulary], np.float32)
    names = tuple(sorted({rule for rule, _ in texts}))
    rows = [_row(found, vocabulary, rarity) for found in counted]
    weights, bias = _descend(rows, [names.index(rule) for rule, _ in texts], len(vocabulary), len(names))
    return Linear(vocabulary, rarity, names, weights, bias)


def _row(found: Counter[str], vocabulary: dict[str, int], rarity: NDArray[np.float32]) -> Row:
    known = [(vocabulary[name], count) for name, count in found.items() if name in vocabulary]
    places = np.array([place for place, _ in known], np.int64)
    values = (1 + np.log(np.array([count for _, count in known], np.float32))) * rarity[places]
    return Row(places, values / (np.linalg.norm(values) or 1))


def _descend(
    rows: Sequence[Row], labels: Sequence[int], width: int, many: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    weights, bias = np.zeros((width, many), np.float32), np.zeros(many, np.float32)
    order = np.random.default_rng(0)
    for epoch in range(EPOCHS):
        step = STEP * (1 - epoch / EPOCHS)
        for at in order.permutation(len(rows)):
            places, values = rows[at]
            points = values @ weights[places] + bias
            error = np.exp(points - points.max())
            error /= error.sum()
            error[labels[at]] -= 1
            weights[places] -= step * np.outer(values, error)
            bias -= 0.01 * step * error
    return weights, bias


def model_of(learned: Linear, texts: int, score: Score) -> alike.AlikeModel:
    """What was learned as data: of each feature the strongest weights, in whole levels."""
    scale = float(max(np.abs(learned.weights).max(), np.abs(learned.bias).max())) / LEVELS
    levels = np.rint(learned.weights / scale).astype(int)
    rows: dict[str, tuple[float, dict[int, int]]] = {}
    for name, place in learned.vocabulary.items():
        strongest = np.argsort(-np.abs(levels[place]))[:MOST_RULES]
        if row := {int(rule): int(levels[place, rule]) for rule in strongest if levels[place, rule]}:
            rows[name] = (round(float(learned.rarity[place]), 2), row)
    bias = tuple(int(value) for value in np.rint(learned.bias / scale))
    first, among = round(score.first, 3), round(score.among, 3)
    return alike.AlikeModel(1, texts, first, among, round(scale, 6), learned.rules, bias, rows)


class Score(NamedTuple):
    """Shares of `texts` held back whose rule came first, or among the first three."""

    first: float
    among: float
    texts: int


def held_back(folds: int = FOLDS) -> Score:
    """Each fifth of the examples, told apart by their texts alone, by a model of the other four and the pages."""
    parts = [[e for e in examples() if crc32(e.text.encode()) % FOLDS == fold] for fold in range(FOLDS)]
    first, among, texts = 0, 0, 0
    for fold in range(folds):
        known = [example for other, part in enumerate(parts) if other != fold for example in part]
        model = model_of(train(pages() + known), 0, Score(0, 0, 0))
        for rule, text in parts[fold]:
            likely = alike.likelihoods(text, model)
            best = sorted(likely, key=lambda name: -likely[name])[: alike.MAX_ALIKE]
            first, among, texts = first + (best[0] == rule), among + (rule in best), texts + 1
    return Score(first / texts, among / texts, texts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    score = held_back()
    print(f"{score.texts} examples kept aside in turn: first {score.first:.3f}, among three {score.among:.3f}")
    if options.write:
        texts = [*pages(), *examples()]
        model = model_of(train(texts), len(texts), score)
        alike.FILE.write_bytes(msgspec.json.encode(model) + b"\n")
        print(f"written: {alike.FILE.name}, {alike.FILE.stat().st_size / 1e6:.1f} MB, {len(model.features)} features")
    return 0


if __name__ == "__main__":
    sys.exit(main())
