"""Source texts as tests write them, and what the engine says of them."""

from __future__ import annotations

import textwrap

from doctor.lint.engine import LintSettings, lint_text, view_of
from doctor.source.loader import Workers
from doctor.source.spots import LintFinding
from doctor.source.view import ModuleView

EVERYWHERE = LintSettings(platforms=("windows", "macos", "linux"), python=(3, 11))
LINUX = LintSettings(platforms=("linux",), python=(3, 11))


def view(source: str, settings: LintSettings = EVERYWHERE) -> ModuleView:
    return view_of(textwrap.dedent(source), settings)


def workers(source: str) -> Workers:
    """The workers of the first loader in a source that begins by importing torch's."""
    found = view("import torch\nfrom torch.utils.data import DataLoader\n" + textwrap.dedent(source)).loaders
    return found[0].workers


def findings(source: str, settings: LintSettings = EVERYWHERE, **kind: bool) -> list[LintFinding]:
    return lint_text(textwrap.dedent(source), "script.py", settings, **kind)


def rules(source: str, settings: LintSettings = EVERYWHERE, **kind: bool) -> dict[str, str]:
    """Rule -> severity of everything found."""
    return {f.rule: f.severity.value for f in findings(source, settings, **kind)}
