"""Where the packages of a match can come from, best first: every source with torch and its companions of one build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from doctor import catalog
from doctor.catalog import BuildTag
from doctor.catalog.mirrors import offered
from doctor.match import Choice, Machine, Match, Wish, match
from doctor.match.install_commands import requirements
from doctor.model import DoctorError, Exit
from doctor.setup import index_page
from doctor.setup.index_page import IndexPage
from doctor.setup.model import PYPI, Download, SkippedSource, WheelSource, Where
from doctor.text.numbers import whole

CHOSEN = "the PyTorch index"
NAMED = "the index of --index-url"
CONFIGURED = "the mirror in {where}"
MIRROR = "the mirror {name}"
INSTEAD = "Using {name} instead of {passed}: {reason}."
LACKS = "has no {what} for this machine"
_PYTORCH_WHEELS = re.compile(r"(?P<root>https?://\S+/(?:whl|pytorch-wheels|pytorch))/(?:cpu|cu\d+|rocm[\d.]+|xpu)/?$")
Reader = Callable[[str], IndexPage]


def candidates(
    found: Match, machine: Machine, wish: Wish, configured: Sequence[tuple[str, str]] = ()
) -> Iterator[WheelSource]:
    """The sources to try in this order: the chosen index, configured mirrors, PyTorch's own, known mirrors, PyPI's
    default build.

    `configured`: (where it was read, URL) of sources set up on this machine. Pure.
    """
    choice = found.choice
    if choice is None:
        return
    own = requirements(choice, found.numpy, machine)
    if choice.index_url:
        name = NAMED if wish.index_url else CHOSEN
        yield WheelSource(name, Where("index", choice.index_url), choice, own)
        yield from _mirrors(choice, own, configured)
    yield from _from_pypi(found, machine, wish)


def _mirrors(choice: Choice, own: tuple[str, ...], configured: Sequence[tuple[str, str]]) -> Iterator[WheelSource]:
    known = {choice.index_url}
    roots = _pytorch_roots(configured)
    rows = [(CONFIGURED.format(where=where), "index", f"{m['root']}/{{build}}") for where, m in roots]
    rows += [
        (MIRROR.format(name=row.name), "flat" if row.layout == "flat" else "index", row.url)
        for row in offered("pytorch")
        if row.official or row.status.startswith("serving")
    ]
    for name, kind, template in rows:
        url = template.replace("{build}", choice.build)
        if url not in known:
            known.add(url)
            carried = msgspec.structs.replace(choice, index_url=url)
            yield WheelSource(name, Where(kind, url), carried, own)


def _pytorch_roots(configured: Sequence[tuple[str, str]]) -> list[tuple[str, re.Match[str]]]:
    return [(where, m) for where, url in configured if (m := _PYTORCH_WHEELS.match(url))]


def _from_pypi(found: Match, machine: Machine, wish: Wish) -> Iterator[WheelSource]:
    """The newest release whose default build runs here; on a machine without a GPU any of them does."""
    choice = found.choice
    if choice and choice.index_url is None:
        yield WheelSource(PYPI, Where(), choice, requirements(choice, found.numpy, machine))
        return
    if found.accelerator == "cpu":
        machine = msgspec.structs.replace(machine, devices=(), driver=None)
    for row in catalog.all_releases():
        build = row.pypi_build(machine.platform)
        larger = wish.accelerator == "cpu" and BuildTag.of(build).kind == "cuda"  # it would run, but was not asked for
        if not build or larger or wish.build not in ("", build):
            continue
        exact = f"=={row.torch}" + (f",{wish.torch}" if wish.torch else "")
        other = match(machine, Wish(torch=exact, build=build))
        if other.choice and other.choice.index_url is None and not (other.left_out and found.accelerator != "cpu"):
            yield WheelSource(PYPI, Where(), other.choice, requirements(other.choice, other.numpy, machine))
            return


def unusable_reason(source: WheelSource, machine: Machine, read: Reader = index_page.read) -> tuple[str, bool]:
    """Why a source cannot be used as its pages show, "" when it can, and whether anybody answered.

    The default index is left to the installer, which knows its address.
    """
    if source.where.kind == "default":
        return "", True
    for name, version in pinned_versions(source.choice):
        flat = source.where.kind == "flat"
        page = read(source.where.url if flat else f"{source.where.url.rstrip('/')}/{name}/")
        if page.problem:
            return page.problem, page.reachable
        local = next((r.partition("+")[2] for r in source.requirements if r.startswith(f"{name}==")), "")
        full = f"{version}+{local}" if local else version
        if not any(fits(wheel, name, full, machine) for wheel in page.wheels):
            return LACKS.format(what=f"{name} {full}"), True
    return "", True


def pinned_versions(choice: Choice) -> list[tuple[str, str]]:
    rows = (("torch", choice.torch), ("torchvision", choice.torchvision), ("torchaudio", choice.torchaudio))
    return [(name, version) for name, version in rows if version]


def fits(wheel: str, name: str, version: str, machine: Machine) -> bool:
    """Whether a wheel's file name is that version of that project for this Python and platform."""
    try:
        project, found, _, tags = parse_wheel_filename(wheel)
    except InvalidWheelFilename:
        return False
    if project != name or str(found) != version:
        return False
    return any(_python_fits(tag.interpreter, tag.abi, machine) and _runs_on(tag.platform, machine) for tag in tags)


def _python_fits(interpreter: str, abi: str, machine: Machine) -> bool:
    if not machine.tag or interpreter.startswith("py"):
        return True
    if abi == "abi3":  # for this Python 3 and later ones
        since = whole(interpreter[3:] or "0")
        return interpreter[:3] == "cp3" and since is not None and since <= int(machine.tag[3:].rstrip("t"))
    return abi == machine.tag or interpreter == machine.tag != abi


def _runs_on(tag: str, machine: Machine) -> bool:
    if tag == "any":
        return True
    arch = {"x86_64": ("x86_64", "amd64"), "aarch64": ("aarch64", "arm64")}.get(machine.arch, (machine.arch,))
    system = {"linux": ("linux", "manylinux"), "windows": ("win",), "macos": ("macosx",)}[machine.os]
    return tag.startswith(system) and tag.endswith((*arch, "universal2"))


def choose(
    sources: Sequence[WheelSource], machine: Machine, named: bool, read: Reader = index_page.read
) -> tuple[list[WheelSource], list[SkippedSource]]:
    """The sources worth asking an installer about, and those passed over.

    An index that a person named is taken or refused: others are asked only when nobody answers there.
    """
    usable: list[WheelSource] = []
    passed: list[SkippedSource] = []
    for source in sources:
        problem, reachable = unusable_reason(source, machine, read)
        if not problem:
            return [source, *(s for s in sources if s.where.kind == "default" and s is not source)], passed
        passed.append(SkippedSource(f"{source.name} ({source.where.shown})", problem))
        if named and source.name == NAMED and reachable:
            hint = "leave --index-url out, or name another"
            raise DoctorError(
                "setup-index", f"{source.where.shown} cannot be used", problem, hint, exit_code=Exit.NOT_DONE
            )
    return usable, passed


def check_pair(source: WheelSource, downloads: Sequence[Download]) -> None:
    """Never a torch of one build with a torchvision of another: what was resolved is what was chosen.

    Raises DoctorError when a place gave another version or build.
    """
    got = {d.name: d.version for d in downloads}
    for line in source.requirements:
        name, equal, version = line.partition("==")
        if equal and name in got and got[name] != version:
            found = f"{name} {got[name]}, expected {version}"
            raise DoctorError("setup-pair", f"{source.name} has no consistent pair", found, exit_code=Exit.NOT_DONE)
