"""The order of sources and when one is passed over. Pages come from a table: no network."""

from __future__ import annotations

import pytest

from doctor.match import Device, Machine, Wish, match
from doctor.model import DoctorError
from doctor.setup import sources
from doctor.setup.index_page import IndexPage, parse
from doctor.setup.model import Download, WheelSource, Where

CPU = Machine(os="linux", arch="x86_64", python="3.12", libc="glibc", glibc="2.36", driver="")
V100 = Machine(
    os="linux",
    arch="x86_64",
    python="3.12",
    libc="glibc",
    glibc="2.36",
    driver="580.65.06",
    devices=(Device("cuda", "V100", "7.0"),),
)
OFFICIAL = "https://download.pytorch.org/whl/cpu"
ANY = Wish()
CONFIGURED = [("~/.config/pip/pip.conf", "https://mirror.example.com/pytorch-wheels/cu130")]


def every(machine: Machine, wish: Wish = ANY, configured: list[tuple[str, str]] = CONFIGURED) -> list[WheelSource]:
    return list(sources.candidates(match(machine, wish), machine, wish, configured))


def test_the_order() -> None:
    found = every(CPU)
    assert [s.name for s in found[:2]] == ["the PyTorch index", "the mirror in ~/.config/pip/pip.conf"]
    assert [s.where.url for s in found[:2]] == [OFFICIAL, "https://mirror.example.com/pytorch-wheels/cpu"]
    assert found[-1].name == "PyPI"
    assert {s.where.kind for s in found[2:-1]} == {"index", "flat"}  # known mirrors, each in its own layout
    assert len({s.where.url for s in found}) == len(found)


def test_a_source_has_torch_and_torchvision_of_one_build() -> None:
    for source in every(CPU):
        tags = {line.partition("+")[2] for line in source.requirements if line.startswith("torch")}
        assert tags == ({""} if source.name == "PyPI" else {"cpu"})


def test_the_default_build_is_taken_only_where_it_has_code_for_the_gpu() -> None:
    found = every(V100)
    assert found[0].choice.build == "cu126"
    last = found[-1]
    assert last.name == "PyPI"
    assert (last.choice.torch, last.choice.build) != (found[0].choice.torch, "cu132")
    assert last.choice.build in ("cu126", "cu128")  # the newest default builds that still have code for 7.0


def test_a_build_that_was_asked_for_is_not_exchanged() -> None:
    assert all(s.choice.build == "cpu" for s in every(CPU, Wish(build="cpu")))


def test_who_asks_for_the_cpu_build_is_given_no_cuda_build() -> None:
    found = every(CPU, Wish(accelerator="cpu"))
    assert {s.choice.build for s in found} == {"cpu"}
    assert "PyPI" not in [s.name for s in found]
    windows = Machine(os="windows", arch="x86_64", python="3.12", driver="")
    assert [s.name for s in every(windows, Wish(accelerator="cpu"))] == ["PyPI"]  # where PyPI's own build is that


def test_pypis_own_build_needs_no_other_source() -> None:
    machine = Machine(os="windows", arch="x86_64", python="3.12", driver="")
    assert [s.name for s in every(machine)] == ["PyPI"]


def wheels(project: str, version: str, tag: str = "cp312-cp312-manylinux_2_28_x86_64") -> IndexPage:
    return IndexPage((f"{project}-{version}-{tag}.whl",))


def test_the_first_that_carries_the_pair_is_taken() -> None:
    found = every(CPU)
    mirror = found[1]
    pages = {
        f"{OFFICIAL}/torch/": IndexPage(problem="out of reach (refused)", reachable=False),
        f"{mirror.where.url}/torch/": wheels("torch", "2.15.0+cpu"),
        f"{mirror.where.url}/torchvision/": wheels("torchvision", "0.29.2+cpu"),
        f"{mirror.where.url}/torchaudio/": wheels("torchaudio", "2.11.0+cpu"),
    }
    usable, passed = sources.choose(found, CPU, False, lambda url: pages.get(url, IndexPage(problem="x")))
    assert usable[0] == mirror
    assert [(p.name, p.reason) for p in passed] == [
        ("the PyTorch index (https://download.pytorch.org/whl/cpu)", "out of reach (refused)")
    ]


def test_an_index_with_half_of_the_pair_is_passed_over() -> None:
    found = every(CPU, configured=[])
    pages = {
        f"{OFFICIAL}/torch/": wheels("torch", "2.15.0+cpu"),
        f"{OFFICIAL}/torchvision/": wheels("torchvision", "0.28.0+cpu"),
    }
    usable, passed = sources.choose(
        found, CPU, False, lambda url: pages.get(url, IndexPage(problem="x", reachable=False))
    )
    assert passed[0].reason == "has no torchvision 0.29.2+cpu for this machine"
    assert [s.name for s in usable] == ["PyPI"]


def test_a_named_index_is_left_only_when_nobody_answers() -> None:
    wish = Wish(index_url="https://wheels.example.com/whl")
    found = every(CPU, wish)
    assert found[0].where.url == "https://wheels.example.com/whl/cpu"
    silent = IndexPage(problem="out of reach (refused)", reachable=False)
    assert sources.choose(found, CPU, True, lambda _: silent)[0][0].name == "PyPI"
    with pytest.raises(DoctorError) as error:
        sources.choose(found, CPU, True, lambda _: IndexPage(problem="answers HTTP 403"))
    assert error.value.context == "answers HTTP 403"


@pytest.mark.parametrize(
    ("wheel", "good"),
    [
        ("torch-2.15.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl", True),
        ("torch-2.15.0+cpu-py3-none-any.whl", True),
        ("torch-2.15.0+cpu-cp39-abi3-manylinux_2_28_x86_64.whl", True),
        ("torch-2.15.0+cpu-cp313-cp313-manylinux_2_28_x86_64.whl", False),
        ("torch-2.15.0+cpu-cp312-cp312-manylinux_2_28_aarch64.whl", False),
        ("torch-2.15.0+cpu-cp312-cp312-win_amd64.whl", False),
        ("torch-2.15.0-cp312-cp312-manylinux_2_28_x86_64.whl", False),
        ("torchvision-2.15.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl", False),
        ("torch.whl", False),
    ],
)
def test_which_wheels_are_for_this_machine(wheel: str, good: bool) -> None:
    assert sources.fits(wheel, "torch", "2.15.0+cpu", CPU) is good


def test_a_pair_that_was_exchanged_on_the_way_is_refused() -> None:
    source = every(CPU)[0]
    files = (Download("torch", "2.15.0", "u", "h"), Download("torchvision", "0.29.2+cpu", "u", "h"))
    with pytest.raises(DoctorError) as error:
        sources.check_pair(source, files)
    assert error.value.context == "torch 2.15.0, expected 2.15.0+cpu"


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (b"{", "application/vnd.pypi.simple.v1+json", "breaks off"),
        (b'{"files": []}', "application/vnd.pypi.simple.v1+json", "without a single wheel"),
        (
            b'{"files": [{"filename": "torch-2.9.0-py3-none-any.whl"',
            "application/vnd.pypi.simple.v1+json",
            "breaks off",
        ),
        (b"<html>login</html>", "text/html; charset=utf-8", "without a single wheel"),
        (b"\x89PNG", "image/png", "answers with image/png"),
        (b"", "", "no content type"),
    ],
)
def test_pages_that_are_no_index(body: bytes, kind: str, problem: str) -> None:
    assert problem in parse(body, kind).problem


def test_links_of_a_flat_page_are_decoded() -> None:
    page = parse(
        b'<a href="torch-2.9.0%2Bcpu-cp312-cp312-win_amd64.whl#sha256=1">x</a><a href=x data-yanked>', "text/html"
    )
    assert page.wheels == ("torch-2.9.0+cpu-cp312-cp312-win_amd64.whl",)


def test_where_as_arguments() -> None:
    for installer, index in (("uv", "--default-index"), ("pip", "--index-url")):
        assert Where("index", "https://x/").arguments(installer) == (index, "https://x/")
        assert Where("flat", "https://x/").arguments(installer) == ("--find-links", "https://x/")
        assert Where("folder", "/w").arguments(installer) == ("--no-index", "--find-links", "/w")
        assert Where().arguments(installer) == ()
