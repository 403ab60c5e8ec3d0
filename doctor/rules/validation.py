"""A rule file held against what the engine expects of it, so that a slip of the pen is told and not lived with."""

from __future__ import annotations

import ast
import inspect
import re
import string
from collections.abc import Callable, Iterator
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from doctor.facts import Facts
from doctor.model import Reading, Severity
from doctor.rules import Rule, names

HEADINGS = ("Why it matters", "What to do", "References")
PARAMETER = "`{function}` asks for `{name}: {kind}`; a fact is one of: {known}"
ANNOTATION = "`{function}` asks for `{name}: {kind}`; write {accepted}"
UNFILLED = "line {line}: `there` does not fill {{{key}}} of {template}"
ANOTHER = "{where} names {rule}, and there is no such rule"
UNTOLD = "CANDIDATES does not say how to tell {rule} from the others"
NO_HEADING = "the docstring lacks the heading `## {heading}`"
NO_PATTERN = "the signature {pattern!r} is no regular expression: {error}"
NO_FACT = "line {line}: there is no fact {path}"
NO_MESSAGE = "a rule that finds something needs a MESSAGE"
NOTHING = "it has neither check nor SIGNATURES nor lint"


def faults(rule: Rule) -> tuple[str, ...]:
    """What is wrong with a rule file, one sentence each; empty when it is sound."""
    found = [*_page(rule), *_parameters(rule), *_explains(rule), *_signatures(rule)]
    if not (rule.check or rule.signatures or rule.lint):
        found.append(NOTHING)
    tree = ast.parse(inspect.getsource(rule.module))
    if not rule.message and any(_calls(tree, "there")):
        found.append(NO_MESSAGE)
    return (*found, *_templates(rule, tree), *_paths(tree))


def _page(rule: Rule) -> Iterator[str]:
    if not rule.title:
        yield "the docstring lacks a title"
    if rule.severity not in tuple(Severity):
        yield f"SEVERITY is {rule.severity!r}, not a Severity"
    headings = re.findall(r"^## (.+)$", rule.doc, re.MULTILINE)
    yield from (NO_HEADING.format(heading=heading) for heading in HEADINGS if heading not in headings)


def _parameters(rule: Rule) -> Iterator[str]:
    for function in (rule.check, rule.remedies):
        if function is not None:
            yield from _of_function(function)


def _of_function(function: Callable[..., Any]) -> Iterator[str]:
    for name in inspect.signature(function).parameters:
        kind = function.__annotations__.get(name, "nothing")
        said = {"function": function.__name__, "name": name, "kind": kind}
        if name != "facts" and name not in Facts.__struct_fields__:
            yield PARAMETER.format(known=", ".join((*Facts.__struct_fields__, "facts")), **said)
        elif kind not in (accepted := _accepted(name)):
            yield ANNOTATION.format(accepted=" or ".join(f"`{a}`" for a in accepted), **said)


def _accepted(name: str) -> tuple[str, ...]:
    """The ways to write a need; the engine goes by these words."""
    if name == "facts":
        return ("Facts",)
    value = get_args(get_type_hints(Facts)[name])[0].__name__
    return value, f"{value} | None", f"Reading[{value}]"


def _explains(rule: Rule) -> Iterator[str]:
    named = {"EXPLAINS": rule.explains, "INSTEAD_WHILE": tuple(rule.instead_while.values())}
    if rule.instead_in_others:
        named["INSTEAD_IN_OTHERS"] = (rule.instead_in_others,)
    named["CANDIDATES"] = tuple(one.rule for one in rule.candidates)
    for where, known in named.items():
        yield from (ANOTHER.format(where=where, rule=name) for name in known if name not in names())
    yield from (UNTOLD.format(rule=one.rule) for one in rule.candidates if not one.tell.strip())


def _signatures(rule: Rule) -> Iterator[str]:
    for pattern in (*rule.signatures, *rule.unless, *(rule.in_own_code or ())):
        try:
            re.compile(pattern)
        except re.error as error:
            yield NO_PATTERN.format(pattern=pattern, error=error)


def _templates(rule: Rule, tree: ast.Module) -> Iterator[str]:
    """Every key of a message is filled by every `there(...)` that uses it."""
    for call in _calls(tree, "there"):
        given = {keyword.arg for keyword in call.keywords}
        if None in given:  # `**values`: what is in them only a test can tell
            continue
        chosen = next((k.value for k in call.keywords if k.arg == "message"), None)
        for name, template in _choices(rule, chosen):
            keys = {key for _, key, _, _ in string.Formatter().parse(template) if key}
            for key in sorted(keys - given):
                yield UNFILLED.format(line=call.lineno, key=key, template=name)


def _choices(rule: Rule, chosen: ast.expr | None) -> Iterator[tuple[str, str]]:
    """The templates that an expression may stand for, with their names."""
    if chosen is None:
        yield "MESSAGE", rule.message
        return
    constants = {node.id for node in ast.walk(chosen) if isinstance(node, ast.Name) and node.id.isupper()}
    for name in sorted(constants):
        if isinstance(template := getattr(rule.module, name, None), str):
            yield name, template


def _calls(tree: ast.Module, *functions: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            yield node


def _paths(tree: ast.Module) -> Iterator[str]:
    """Evidence names facts that there are."""
    for call in _calls(tree, "seen", "not_there", "cannot_tell"):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and not is_fact(str(first.value)):
            yield NO_FACT.format(line=call.lineno, path=first.value)


def is_fact(path: str) -> bool:
    """Whether a path ("nvidia.driver_version") leads to a fact. Below a list or a mapping any name does."""
    kind: Any = Facts
    for part in path.split("."):
        kind = _value_of(kind)
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            return get_origin(kind) in (tuple, dict)
        hints = get_type_hints(kind)
        if part not in hints:
            return False
        kind = hints[part]
    return True


def _value_of(kind: Any) -> Any:
    """What a reading or an optional value holds."""
    if get_origin(kind) is Reading:
        return get_args(kind)[0]
    if get_origin(kind) is UnionType:
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
