"""The default collate function cannot join the samples.

## Why it matters
Samples must be tensors, arrays, numbers, or containers of them, of equal shape. A torchvision dataset without a
transform returns PIL images, and `return None` for a bad file leads to "default_collate: batch must contain tensors,
numpy arrays, numbers, dicts or lists"; unequal sizes lead to "stack expects each tensor to be equal size".

## What to do
Give the dataset a transform that produces tensors of one size, or the loader a `collate_fn`.

## References
- https://docs.pytorch.org/docs/stable/data.html#working-with-collate-fn
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{what}, which the default collate function cannot join (loader on line {made})"
SIGNATURES = (
    r"default_collate: batch must contain tensors",
    r"stack expects each tensor to be equal size",
    r"Trying to resize storage that is not resizable",
    r"each element in list of batch should be of equal size",
)
_IMAGES = frozenset(
    {"MNIST", "FashionMNIST", "KMNIST", "QMNIST", "CIFAR10", "CIFAR100", "ImageFolder", "SVHN", "STL10", "ImageNet"}
    | {"Food101", "Flowers102", "Caltech101", "Caltech256", "OxfordIIITPet", "StanfordCars", "DTD", "CelebA", "USPS"}
)


def lint(module: ModuleView) -> Iterator[Spot]:
    judged: dict[Loader, dict[str, object]] = {}
    for loader in module.loaders:
        dataset = loader.only("dataset")
        if loader.kind != "torch" or loader.given("collate_fn") or loader.open or dataset is None:
            continue
        if module.evaluator.value(_size(loader)).constants == {None}:
            continue
        values: dict[str, object] = {"made": module.line(loader.node)}
        sources = list(module.evaluator.sources(dataset))
        for source in sources if len(sources) == 1 and not _changed(module, dataset) else ():
            if isinstance(source, ast.Call) and _gives_images(module, source):
                name = module.name(source.func).rpartition(".")[2]
                yield Spot(source, {**values, "what": f"{name} without a transform gives PIL images"})
        judged[loader] = values
    yield from _none(module, judged)


def _size(loader: Loader) -> ast.expr:
    return loader.only("batch_size") or ast.Constant(1)


def _changed(module: ModuleView, dataset: ast.expr) -> bool:
    """`data.transform = …` set later."""
    later = (*module.index.attributes.get("transform", ()), *module.index.attributes.get("transforms", ()))
    return any(ast.dump(t.value) == ast.dump(dataset) for t, _ in later)


def _gives_images(module: ModuleView, call: ast.Call) -> bool:
    name = module.name(call.func)
    given = {k.arg for k in call.keywords}
    constants = all(isinstance(a, ast.Constant) for a in call.args[1:])  # MNIST(root, True), not ImageFolder(root, t)
    plain = not given & {"transform", "transforms", "loader", None} and constants
    return name.startswith("torchvision.datasets.") and name.rpartition(".")[2] in _IMAGES and plain


def _none(module: ModuleView, judged: dict[Loader, dict[str, object]]) -> Iterator[Spot]:
    for dataset in module.datasets:
        method = module.reach.method(dataset.node, "__getitem__")
        made = [judged[loader] for loader in dataset.loaders if loader in judged]
        for node in ast.walk(method) if method and made else ():
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and node.value.value is None:
                what = f"__getitem__ of {dataset.node.name} may return None"
                yield from (Spot(node, {**values, "what": what}, severity=Severity.WARNING) for values in made)
