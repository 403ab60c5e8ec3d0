"""With the program installed: check, setup or check, quick recipes, lock. One record for each environment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from doctor import gate
from doctor.bootstrap import children, ending, launcher, miniforge, own_environment, pip_wheel, plan, tomorrow
from doctor.bootstrap.records import EnvironmentRecord, forget, recall, remember
from doctor.bootstrap.run import Run, remove
from doctor.bootstrap.stop import DONE, IN_THE_WAY, Stop

_DONE = "done"
_NOT_DONE = 4  # setup could not do its work, or was not told that it may


def check_only(run: Run) -> int:
    """The exit code of the check: of the environment that is there, else of the machine."""
    known = plan.known_environment(run)
    if known and run.starts(known.python):
        return _doctor(run, "check", "--python", str(known.python))
    return _check_machine(run)


def everything(run: Run) -> int:
    """Up to an environment that is proven. Raises Stop where something is in the way."""
    run = _with_conda(run)
    environment = _environment(run)
    stands = plan.is_set_up(environment, run.options) and run.starts(environment.python)
    if not stands:
        _check_machine(run)
        run = own_environment.choose_source(run, pip_wheel.of_environment(own_environment.python_of(run.home)))
        environment = _set_up(run, environment)
    environment = _prove(run, environment, checked=not stands)
    launcher.install(run.home, environment, run.variables, run.talk.say, run.talk.may)
    run.talk.say("Done. From now on:")
    gate.page(gate.Typed(f"  {line}") for line in tomorrow.lines(run.home, environment, run.variables))
    return DONE


def _doctor(run: Run, *words: str) -> int:
    """The installed program's exit code; it talks to the user itself."""
    python = own_environment.python_of(run.home)
    variables = run.path_with(python.parent)
    code = children.run_shown(
        run.home, [str(python), "-P", "-B", "-m", "doctor", *words], variables, asks=run.talk.asks
    )
    if code in ending.CODES:
        ending.note(code - 128)
        raise KeyboardInterrupt
    return code


def _check_machine(run: Run) -> int:
    """Before anything is installed: the driver and the system, with the distribution's own commands."""
    run.talk.say("--- the machine, before PyTorch is installed")
    return _doctor(run, "check", "--machine")


def _with_conda(run: Run) -> Run:
    if not run.options.conda:
        return run
    conda = miniforge.get(run)
    run = replace(run, machine=replace(run.machine, conda=conda))
    return replace(run, variables=run.path_with(Path(conda).parent))


def _environment(run: Run) -> EnvironmentRecord:
    if run.options.conda:
        folder = miniforge.environment_folder(run, run.machine.conda, run.options.conda)
        return recall(run.home, str(folder), run.options.conda)
    known = plan.known_environment(run)
    return known or recall(run.home, str(plan.environment_place(run)))


def _set_up(run: Run, environment: EnvironmentRecord) -> EnvironmentRecord:
    begun = replace(environment, asked=plan.asked_for(run.options), setup="", recipes="", lock="")
    _clear(run, environment)
    remember(run.home, begun)
    run.begin()
    run.talk.say("--- setup")
    code = _doctor(run, *_setup_words(run, begun))
    if not Path(begun.folder).exists():
        forget(run.home, begun)
    if code:
        step = "what setup says above is the reason; run this again: it goes on from what is already downloaded"
        if code == _NOT_DONE and not (run.options.larger or run.talk.asks):
            step += ", and takes a build that setup wants to be asked for with --allow-larger-build"
        raise Stop(f"PyTorch is not set up in {begun.conda or begun.folder}", step)
    # setup ends with the check and the quick recipes
    done = replace(begun, setup=_DONE, recipes=_DONE)
    remember(run.home, done)
    return done


def _clear(run: Run, environment: EnvironmentRecord) -> None:
    """Take away an environment of ours that lost its Python: nothing can be installed into it."""
    folder = Path(environment.folder)
    if environment.conda or not environment.made or not folder.exists() or run.starts(environment.python):
        return
    gone = f"the Python of {folder} no longer starts"
    if run.talk.asks and not run.talk.may(f"{gone}. Remove it and recreate it?"):
        raise Stop(gone, "install that Python again, or name another --env")
    run.talk.say(f"{gone}: it is recreated")
    remove(folder)


def _setup_words(run: Run, environment: EnvironmentRecord) -> list[str]:
    options = run.options
    words = ["setup"] if run.talk.asks else ["setup", "--yes"]
    words += ["--conda", environment.conda] if environment.conda else ["--env", environment.folder]
    if options.lock:
        return [*words, "--from", options.lock]
    if not environment.conda and not environment.python.exists():  # one that is there keeps its Python
        words += ["--python", run.machine.python]
    if options.offline:
        words += ["--offline", options.offline]
    words += ["--allow-larger-build"] * options.larger
    return [*words, "--accelerator", options.accelerator] if options.accelerator else words


def _prove(run: Run, environment: EnvironmentRecord, *, checked: bool) -> EnvironmentRecord:
    """The record of what was proven; it is the current one from now on. `checked`: by the setup of this run."""
    python = str(environment.python)
    if not run.starts(python):
        remember(run.home, replace(environment, setup=""))
        raise Stop(f"there is no working Python in {environment.folder}", "run this again: it is set up again")
    if not checked:
        _check(run, environment)
    if not environment.recipes:
        run.talk.say("--- quick recipes")
        if _doctor(run, "run-recipes", "--quick", "--python", python):
            raise Stop("a recipe failed", "explain its error with 'torch-doctor explain FILE'")
        environment = replace(environment, recipes=_DONE)
        remember(run.home, environment)
    # a lock names addresses, not a folder; and what was made from a lock has one
    if not environment.lock and not environment.asked.startswith(("--offline", "--from")):
        _lock(run, environment)
        environment = replace(environment, lock=_DONE)
    remember(run.home, environment)
    return environment


def _check(run: Run, environment: EnvironmentRecord) -> None:
    run.talk.say("--- check")
    code = _doctor(run, "check", "--python", str(environment.python))
    if code == IN_THE_WAY:
        remember(run.home, replace(environment, setup=""))
        raise Stop("PyTorch is installed, but the check does not find it sound", "the reason is shown above")
    if code:
        raise Stop("PyTorch is installed, but the check could not tell whether it is sound", "see above why")


def _lock(run: Run, environment: EnvironmentRecord) -> None:
    folder = run.home.folder / "locks"
    if Path(environment.folder) != run.home.default_env:
        folder = folder / f"{environment.conda or Path(environment.folder).name}-{environment.id[:6]}"
    folder.mkdir(parents=True, exist_ok=True)
    run.talk.say("--- lock")
    if _doctor(run, "lock", "--python", str(environment.python), "--output", str(folder)):
        raise Stop("the lock could not be written", "the reason is shown above; run this again")
