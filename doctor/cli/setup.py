"""Create an environment with the PyTorch that runs on this machine, and prove it by the check and quick training.

The plan is shown first: folder, downloads, commands. An interrupted setup leaves nothing half-made, and continues
from the download cache when it is run again. --from recreates the environment of a lock. Where the CPU build is out
of reach, PyPI's CUDA build is asked for; --yes agrees to it only with --allow-larger-build.
Exit code: 0 the environment is healthy, 1 it is not, 2 wrong usage, 4 it could not be created or examined.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doctor import gate
from doctor.cli._interrupted import AGAIN, hint_on_interrupt
from doctor.cli._project import add_project, project_named
from doctor.model import PROGRAM, DoctorError, Exit
from doctor.render.working import StatusLine

if TYPE_CHECKING:
    from doctor.setup.conda import CondaPrepared
    from doctor.setup.model import SetupPlan, SkippedSource
    from doctor.setup.prove import Proof
    from doctor.setup.session import SetupRequest
    from doctor.smoke.model import RecipeResult

DEFAULT = ".venv"
LOOKING = "looking at this machine"
DOWNLOADS = "{size} will be downloaded. "
QUESTION = "Create this environment?"
CHANGE = "Change this environment?"
TAKE_LARGER = "Go on with the CUDA build?"
DECLINED = "torch-doctor: nothing was changed"
DONE = "The environment is ready. Its Python is\n  {python}"
NOT_HEALTHY = "The environment was created, but the check found problems in it:\n  {folder}"
INSTALLING = "installing"
TO_CHANGE = "the environment to change"
CONDA_WORKS = "{program} is downloading and installing"
UNTESTED = "the environment is complete but not tested: `{command}`"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--env", metavar="PATH", help=f"folder for the environment (default: {DEFAULT})")
    add("--conda", metavar="NAME", help="a conda, mamba, micromamba or pixi environment instead, from conda-forge")
    add("--python", metavar="VERSION|PATH", help="the Python for the environment (default: the one in use)")
    add("--torch", metavar="VERSIONS", help='the wanted versions, such as ">=2.4,<2.7"')
    add("--accelerator", metavar="KIND", help="cuda, rocm, xpu, mps or cpu")
    add("--from", dest="lock", metavar="LOCK", help="a lock: pylock.NAME.toml, doctor.lock.toml, or their folder")
    add_project(parser)
    add("--index-url", metavar="URL", help="index of the wheels; a URL that ends in /whl gets the build appended")
    add("--offline", metavar="DIR", help="use the wheels in this folder, without any network")
    add("--dry-run", action="store_true", help="show the plan and stop")
    add("--yes", action="store_true", help="do not ask")
    add("--allow-larger-build", action="store_true", help="PyPI's CUDA build where the CPU build is out of reach")
    add("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    _validate(options)
    if options.conda:
        from doctor.setup import conda

        wish = _request(options).wish
        with StatusLine(LOOKING) as work:
            prepared = conda.prepare(options.conda, options.python, wish, work.doing)
        return _set_up_conda(options, prepared)
    return _set_up_venv(options)


def _validate(options: argparse.Namespace) -> None:
    """Flags that exclude each other."""
    rivals = (
        ("env", "conda"),
        ("lock", "torch"),
        ("lock", "accelerator"),
        ("lock", "conda"),
        ("lock", "offline"),
        ("lock", "index_url"),
        ("lock", "requirements"),
        ("conda", "requirements"),
        ("offline", "index_url"),
        ("offline", "conda"),
        ("conda", "index_url"),
    )
    words = {"lock": "--from", "index_url": "--index-url"}
    for one, other in rivals:
        if getattr(options, one) and getattr(options, other):
            names = " and ".join(words.get(name, f"--{name}") for name in (one, other))
            raise DoctorError("setup-flags", f"{names} exclude each other", "both", "leave one of them out")


def _request(options: argparse.Namespace) -> SetupRequest:
    from doctor.match.flags import wish_from
    from doctor.setup.session import SetupRequest

    project = project_named(options)
    for name in ("env", "lock", "offline", "python", "conda"):
        if getattr(options, name) == "" or "\0" in (getattr(options, name) or ""):
            word = "--from" if name == "lock" else f"--{name}"
            raise DoctorError("setup-flags", f"{word} is empty or not a name", repr(getattr(options, name)))
    return SetupRequest(
        folder=Path(options.env or DEFAULT),
        python=options.python or (project.only_python if project else None),
        wish=wish_from(options.torch, options.accelerator, options.index_url),
        lock=options.lock,
        offline=options.offline,
        project=project,
    )


def _set_up_venv(options: argparse.Namespace) -> int:
    from doctor.cli._target import say_starting
    from doctor.setup.session import carry_out, prepare
    from doctor.target.choose import python_in, require_own

    request = _request(options)
    if options.env is None:
        require_own(Path.cwd(), "--env")
    if there := python_in(request.folder):
        say_starting(str(there), TO_CHANGE)
    with StatusLine(LOOKING) as work:
        prepared = prepare(request, work.doing)
    plan = prepared.plan
    if not _confirm_plan(options, plan):
        return Exit.OK if options.dry_run else Exit.NOT_DONE
    with hint_on_interrupt(AGAIN), StatusLine(INSTALLING) as work:
        carry_out(prepared, work.say, work.doing)
    return _prove(options, plan, prepared.python)


def _set_up_conda(options: argparse.Namespace, prepared: CondaPrepared) -> int:
    if not _confirm_plan(options, prepared.plan):
        return Exit.OK if options.dry_run else Exit.NOT_DONE
    from doctor.setup import conda

    program = Path(prepared.program).stem
    with hint_on_interrupt(AGAIN), StatusLine(CONDA_WORKS.format(program=program)) as work:
        python = conda.carry_out(prepared, work.say, work.doing)
    return _prove(options, prepared.plan, python)


def _confirm_plan(options: argparse.Namespace, plan: SetupPlan) -> bool:
    """Show the plan and ask; False when it ends here."""
    from doctor.render.passing import passed_to_lines
    from doctor.render.plan import setup_lines

    as_json = options.format == "json"
    gate.page(setup_lines(passed_to_lines(plan.shown)), sys.stderr if as_json else None)
    if options.dry_run:
        if as_json:
            _write(plan)
        return False
    from doctor.cli._confirm import can_ask, confirm

    if plan.instead_of and not options.allow_larger_build and (options.yes or not can_ask()):
        raise _larger_build_error(options, plan.instead_of)
    if confirm(_question(plan), options.yes):
        return True
    gate.say(DECLINED)
    return False


def _question(plan: SetupPlan) -> str:
    from doctor.bootstrap.sizes import size

    first = DOWNLOADS.format(size=size(plan.known_bytes)) if plan.known_bytes else ""
    return first + (TAKE_LARGER if plan.instead_of else CHANGE if plan.state == "existing" else QUESTION)


def _larger_build_error(options: argparse.Namespace, passed: SkippedSource) -> DoctorError:
    """--yes is for the plan as anybody would expect it, not for fifteen times as much."""
    from doctor.render.shell import command_line

    names = ("env", "python", "torch", "index_url")
    given = [(f"--{name.replace('_', '-')}", getattr(options, name)) for name in names if getattr(options, name)]
    words = (word for flag, value in given for word in (flag, gate.word(value)))
    command = command_line((PROGRAM, "setup", *words, "--yes", "--allow-larger-build"))
    return DoctorError(
        "setup-larger-build",
        "the CPU build is out of reach, and nobody agreed to the CUDA build",
        f"{passed.name} {passed.reason}",
        f"`{command}` takes the CUDA build of PyPI; --index-url can name another index that has the CPU build",
        exit_code=Exit.NOT_DONE,
    )


def _prove(options: argparse.Namespace, plan: SetupPlan, python: str) -> int:
    from doctor.render.shell import command_line
    from doctor.setup.prove import CHECKING, prove

    untested = UNTESTED.format(command=command_line((PROGRAM, "check", "--python", gate.word(python))))
    with hint_on_interrupt(untested), StatusLine(CHECKING) as work:
        proof = prove(python, lambda result: work.say(_result_line(result)), work.doing)
    good = proof.good
    if options.format == "json":
        _write(plan, proof, python)
    else:
        from doctor.render import terminal

        terminal.show(proof.report)
        said = (DONE if good else NOT_HEALTHY).format(folder=gate.word(plan.folder), python=gate.word(python))
        gate.page(map(gate.Typed, said.splitlines()))
    if good:
        return Exit.OK
    return Exit.UNDETERMINED if proof.undetermined else Exit.PROBLEMS


def _result_line(result: RecipeResult) -> str:
    detail = f": {result.detail}" if result.detail and result.status != "passed" else ""
    return f"{result.recipe} on {result.device}: {result.status} ({result.seconds:.1f} s){detail}"


def _write(plan: SetupPlan, proof: Proof | None = None, python: str = "") -> None:
    from doctor.render.envelope import envelope, write

    payload: dict[str, Any] = {"done": proof is not None, "plan": plan.shown}
    if proof:
        recipes = envelope("recipes", proof.recipes.payload()) if proof.recipes else None
        payload |= {"healthy": proof.report.healthy, "python": python, "report": proof.report, "recipes": recipes}
    write("setup", payload)
