"""Handles that a dataset class keeps from its constructor: files, connections, locks, generators, clients."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from doctor.source.reach import argument

if TYPE_CHECKING:
    from doctor.source.datasets import DatasetClass
    from doctor.source.view import ModuleView


class Handle(NamedTuple):
    """`position`: forked copies disturb each other; `view`: its entries hold it too."""

    what: str
    position: bool = True
    view: bool = False


FILE = Handle("an open file")
LOCK = Handle("a lock", position=False)
CONNECTION = Handle("a database connection")
OPENERS = {
    "open": FILE,
    "io.open": FILE,
    "codecs.open": FILE,
    "gzip.open": FILE,
    "gzip.GzipFile": FILE,
    "bz2.open": FILE,
    "lzma.open": FILE,
    "tarfile.open": FILE,
    "tarfile.TarFile": FILE,
    "zipfile.ZipFile": FILE,
    "tempfile.TemporaryFile": FILE,
    "mmap.mmap": Handle("a memory map", position=False),
    "h5py.File": Handle("an HDF5 file", view=True),
    "tables.open_file": Handle("an HDF5 file", view=True),
    "netCDF4.Dataset": Handle("a netCDF file", view=True),
    "lmdb.open": Handle("an LMDB environment"),
    "lmdb.Environment": Handle("an LMDB environment"),
    "sqlite3.connect": CONNECTION,
    "psycopg2.connect": CONNECTION,
    "pymysql.connect": CONNECTION,
    "pymongo.MongoClient": CONNECTION,
    "cv2.VideoCapture": Handle("an open video"),
    "rasterio.open": Handle("an open raster file"),
    "threading.Lock": LOCK,
    "threading.RLock": LOCK,
    "threading.Condition": LOCK,
    "threading.Semaphore": LOCK,
    "threading.Event": LOCK,
    "queue.Queue": LOCK,
    "csv.reader": Handle("a reader over an open file"),
}
GENERATOR = Handle("a generator", position=False)
MODULE = Handle("a module", position=False)


def stored_handles(module: ModuleView) -> Iterator[tuple[DatasetClass, ast.Attribute, Handle]]:
    """Each handle that an instance of a dataset class holds once it is made."""
    for dataset in module.datasets:
        for target, value in module.state(dataset.node):
            handle = handle_in(module, value)
            if handle is not None:
                yield dataset, target, handle


def handle_in(module: ModuleView, expr: ast.expr, depth: int = 6) -> Handle | None:
    """The handle that an expression is, holds, or is an entry of."""
    if not depth:
        return None
    if isinstance(expr, ast.GeneratorExp):
        return GENERATOR
    if isinstance(expr, ast.Call):
        return _of_call(module, expr, depth)
    if isinstance(expr, ast.Name):
        return _of_name(module, expr, depth)
    if isinstance(expr, ast.Subscript) and not _copies(expr.slice):
        inner = handle_in(module, expr.value, depth - 1)
        return inner if inner and inner.view else None
    if isinstance(expr, ast.Attribute) and isinstance(expr.value, ast.Name) and expr.value.id == "self":
        owner = module.index.class_of(expr)
        stored = [v for v in module.stored(owner, expr.attr) if v is not expr] if owner else []
        return next((h for h in (handle_in(module, v, depth - 1) for v in stored) if h), None)
    return next((h for h in (handle_in(module, e, depth - 1) for e in _elements(expr)) if h), None)


def _elements(expr: ast.expr) -> list[ast.expr]:
    if isinstance(expr, ast.List | ast.Tuple):
        return expr.elts
    if isinstance(expr, ast.ListComp):
        return [expr.elt]
    if isinstance(expr, ast.DictComp):
        return [expr.value]
    if isinstance(expr, ast.Dict):
        return expr.values
    return [expr.body, expr.orelse] if isinstance(expr, ast.IfExp) else []


def _of_call(module: ModuleView, call: ast.Call, depth: int) -> Handle | None:
    name = module.name(call.func)
    if name in OPENERS:
        return OPENERS[name]
    if name == "iter" and call.args:
        return handle_in(module, call.args[0], depth - 1)
    if isinstance(call.func, ast.Attribute):
        base = handle_in(module, call.func.value, depth - 1)
        if base is not None:
            stays = (base.view and call.func.attr == "get") or (not base.view and call.func.attr in ("cursor", "begin"))
            return base if stays else None
        if call.func.attr == "open" and module.name(call.func.value).startswith("pathlib.Path"):
            return FILE
    for function in module.reach.targets(call):
        body = function.body if isinstance(function.body, list) else []
        if any(isinstance(n, ast.Yield | ast.YieldFrom) for s in body for n in ast.walk(s)):
            return GENERATOR
    return None


def _of_name(module: ModuleView, name: ast.Name, depth: int) -> Handle | None:
    scope = module.index.scope(name)
    owner = module.index.parameter_owner(name.id, scope)
    if owner is not None:
        given = [argument(call, owner, name.id) for call in module.reach.callers.get(owner, ())]
        return next((h for g in given if g is not None and (h := handle_in(module, g, depth - 1))), None)
    bindings = module.index.lookup(name.id, scope)
    if not bindings and name.id in module.index.modules:
        return MODULE
    plain = [b.value for b in bindings if b.how == "value"]
    return next((h for h in (handle_in(module, v, depth - 1) for v in plain) if h), None)


def _copies(index: ast.expr) -> bool:
    """`data[:]` and `data[()]` read into memory; `data["name"]` is another view of the file."""
    elements = index.elts if isinstance(index, ast.Tuple) else [index]
    return not elements or any(isinstance(e, ast.Slice) for e in elements)


def used_in_workers(module: ModuleView, dataset: DatasetClass, attribute: str) -> bool:
    """Whether the dataset's worker code reads `self.<attribute>`."""
    return (dataset.node, attribute) in module.read_in_workers
