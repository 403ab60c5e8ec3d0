"""Builds of torch, by tag, by version and by what torch says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doctor import catalog
from doctor.catalog import BuildTag, Version, build_of, published
from doctor.facts import Torch

ODD = ["", "cu", "cuda", "cu12.6", "cu126x", "rocm", "rocm6.x", "CPU", "cpu ", "git1234567", "foo1", "cu" + "9" * 5000]
labels = st.one_of(st.text(max_size=20), st.sampled_from(ODD), st.from_regex(r"(cu|rocm)[\d.]{0,6}", fullmatch=True))
told = st.one_of(st.none(), st.sampled_from(["", "N/A", "12.6", "6.3.42131", "9" * 5000]), st.text(max_size=8))


@pytest.mark.parametrize(
    ("tag", "kind", "version", "cuda", "family"),
    [
        ("cu126", "cuda", (12, 6), "12.6", "CUDA 12"),
        ("cu92", "cuda", (9, 2), "9.2", "CUDA 9"),
        ("cu100", "cuda", (10, 0), "10.0", "CUDA 10"),
        ("rocm6.2.4", "rocm", (6, 2, 4), "", "ROCm"),
        ("cpu", "cpu", (), "", "cpu"),
        ("xpu", "xpu", (), "", "xpu"),
        ("mps", "mps", (), "", "mps"),
        ("cu12", "cuda", (), "", "CUDA "),  # a major version alone, not CUDA 1.2
    ],
)
def test_tags(tag: str, kind: str, version: tuple[int, ...], cuda: str, family: str) -> None:
    build = BuildTag.of(tag)
    assert (build.tag, build.kind, build.version, build.cuda, build.family) == (tag, kind, version, cuda, family)


def test_every_tag_of_the_catalog_is_known() -> None:
    for row in catalog.all_releases():
        assert all(BuildTag.of(build.build).kind in ("cuda", "rocm", "xpu", "cpu") for build in row.builds)
    assert all(BuildTag.of(row.build).version for row in (*catalog.arch_lists().cuda, *catalog.arch_lists().rocm))


@pytest.mark.parametrize("tag", [*(tag for tag in ODD if not tag.startswith("cu9")), None, "cu117.with.pypi.cudnn"])
def test_what_is_no_tag_is_not_known(tag: str | None) -> None:
    assert BuildTag.of(tag) == BuildTag()


def test_newer_builds_come_later() -> None:
    assert BuildTag.of("cu132").version > BuildTag.of("cu130").version > BuildTag.of("cu92").version
    assert BuildTag.of("rocm7.14").version > BuildTag.of("rocm7.2").version


@pytest.mark.parametrize(
    ("label", "cuda", "hip", "xpu", "tag"),
    [
        ("cu126", None, None, None, "cu126"),
        ("cu117.with.pypi.cudnn", None, None, None, "cu117"),
        ("cpu.cxx11.abi", None, None, None, "cpu"),
        ("rocm6.3.4.git7cecbf6d", None, None, None, "rocm6.3.4"),
        ("", "12.6", "", "", "cu126"),
        ("ebedce2", "12.3", None, None, "cu123"),
        ("", "", "6.3.42131", "", "rocm6.3"),
        ("", "", "", "20250101", "xpu"),
        ("", "", "", "", "cpu"),
        ("", "", None, None, "cpu"),
        ("", None, None, None, ""),
        ("", "N/A", None, None, ""),
        ("cu12", "12.4", None, None, "cu124"),
        ("", "13.0", "", "", "cu130"),
        ("rocm6.2.4", "", "6.2.41134", "", "rocm6.2.4"),
        ("xpu", "", "", "20250000", "xpu"),
        ("cpu", "12.4", None, None, "cpu"),
    ],
)
def test_what_torch_says(label: str, cuda: str | None, hip: str | None, xpu: str | None, tag: str) -> None:
    assert BuildTag.stated(label, cuda, hip, xpu).tag == tag


@given(labels, told, told, told)
def test_anything_said_is_read(label: str, cuda: str | None, hip: str | None, xpu: str | None) -> None:
    for build in (BuildTag.of(label), BuildTag.stated(label, cuda, hip, xpu), BuildTag.of_version(f"2.7.1+{label}")):
        assert bool(build.tag) == bool(build.kind)
        assert build.kind in ("", "cuda", "rocm", "xpu", "cpu", "mps")
        assert Version.of(build.cuda) == (build.version if build.kind == "cuda" else ())


def test_the_build_of_an_installed_torch() -> None:
    assert build_of(Torch(version="2.7.1", cuda_version="12.6")).kind == "cuda"
    assert build_of(Torch(version="2.7.1+rocm6.3", build="rocm6.3")).kind == "rocm"
    assert build_of(Torch(version="2.7.1")) == build_of(None) == BuildTag()


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("2.7.1+cu126", (2, 7, 1)),
        ("1.13.1.post200", (1, 13, 1)),
        ("2.7", (2, 7, 0)),
        ("2.7.0.dev20250310+cu124", ()),
        ("2.3.0a0+ebedce2", ()),
        ("2.4.0+rocm6.3.4.git7cecbf6d", ()),
        ("2.1.0.1", ()),
        ("9" * 5000 + ".1", ()),
        ("N/A", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_published_releases(version: str | None, numbers: tuple[int, ...]) -> None:
    assert published(version) == numbers


@pytest.mark.parametrize(
    ("build", "tag"),
    [
        ("py3.10_cuda12.1_cudnn8.9.2_0", "cu121"),
        ("py310_cu121", "cu121"),
        ("cuda118_py310h8f1aa3b_300", "cu118"),
        ("cuda_126_py312_0", "cu126"),
        ("gpu_cuda113py39h0a5b2b3_1", "cu113"),
        ("py3.8_cpu_0", "cpu"),
        ("py39_cpu", "cpu"),
        ("cpu_mkl_py39h_100", "cpu"),
        ("py310h5f9d8c6_0", ""),
        ("pypi_0", ""),
    ],
)
def test_the_build_of_a_conda_package(build: str, tag: str) -> None:
    assert BuildTag.of_conda(build).tag == tag
