"""The options that name a project's own file; `lock` and `setup` share them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from doctor.model import DoctorError

if TYPE_CHECKING:
    from doctor.setup.project import Project


def add_project(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--requirements",
        metavar="FILE",
        help="a project's requirements.txt, pyproject.toml or environment.yml: torch is chosen within what it allows,"
        " and everything else in it goes along",
    )
    add("--extra", action="append", default=[], metavar="NAME", help="an extra of that pyproject.toml (repeatable)")
    add("--group", action="append", default=[], metavar="NAME", help="a dependency group of it (repeatable)")


def project_named(options: argparse.Namespace) -> Project | None:
    from doctor.setup import project

    if options.requirements is None:
        if options.extra or options.group:
            raise DoctorError("project-flags", "--extra and --group need --requirements", "no file", "name the file")
        return None
    return project.read(options.requirements, options.extra, options.group)
