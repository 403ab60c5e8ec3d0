"""Nothing is written beside the gate: who may touch a stream is named here, and nobody else does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "doctor"
MAY = {
    "gate.py": "is the gate",
    "render/console.py": "makes the one console of rich, which draws what has passed",
    "process/signals.py": "hands on the bytes of the command that `run` runs",
    "probes/_nvidia_child/answers.py": "runs in a child, whose answer is read and not shown",
}
CHILDREN = ("target/inside/",)  # scripts of the target: what they write is read and not shown
STREAMS = ("sys.stdout", "sys.stderr")
HARMLESS = ("isatty", "reconfigure", "flush", "fileno", "encoding")


def ways_out(tree: ast.AST) -> Iterator[str]:
    """What in a module writes to a stream of ours, or hands one on."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ("print", "Console"):
            yield f"{_name(node.func)}, line {node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node).startswith(("os.write(1,", "os.write(2,")):
            yield f"os.write, line {node.lineno}"
        if isinstance(node, ast.Attribute) and _name(node) in STREAMS and not _is_harmless(node, parents):
            yield f"{_name(node)}, line {node.lineno}"


def _name(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _is_harmless(node: ast.Attribute, parents: dict[ast.AST, ast.AST]) -> bool:
    """Asked what it is, or named to the gate."""
    above = parents[node]
    if isinstance(above, ast.Attribute):
        return above.attr in HARMLESS
    while isinstance(above, ast.IfExp | ast.BoolOp | ast.UnaryOp | ast.Compare | ast.keyword | ast.Tuple):
        node, above = above, parents[above]  # type: ignore[assignment]
    if isinstance(above, ast.Call):
        return _name(above.func) in ("gate.page", "partial", "bool")
    return isinstance(above, ast.If | ast.For | ast.Assign | ast.Attribute | ast.FormattedValue)


def modules() -> list[str]:
    found = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
    return [name for name in found if name not in MAY and not name.startswith(CHILDREN)]


def test_no_module_writes_beside_the_gate() -> None:
    found = {name: list(ways_out(ast.parse((PACKAGE / name).read_text("utf-8")))) for name in modules()}
    assert {name: ways for name, ways in found.items() if ways} == {}


def test_those_that_may_do() -> None:
    idle = [name for name in MAY if not list(ways_out(ast.parse((PACKAGE / name).read_text("utf-8"))))]
    assert idle == []


@pytest.mark.parametrize(
    "line",
    [
        "print('x')",
        "print('x', file=sys.stderr)",
        "sys.stdout.write('x')",
        "sys.stdout.buffer.write(b'x')",
        "Console(stderr=True)",
        "write(sys.stdout)",
        "out = f(sys.stderr)",
        "os.write(2, b'x')",
        "json.dump({}, sys.stdout)",
        "print(*lines, file=sys.stdout if text else sys.stderr)",
    ],
)
def test_a_way_out_is_seen(line: str) -> None:
    assert list(ways_out(ast.parse(line)))
