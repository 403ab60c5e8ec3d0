from __future__ import annotations

from doctor.catalog.mirrors import offered
from doctor.setup.index_page import IndexPage
from doctor.setup.model import Download, Where
from doctor.setup.relocate import pages_elsewhere, relocate

INDEX = Where("index", "https://download.pytorch.org/whl/cu126")
WHEEL = "torch-2.9.0+cu126-cp312-cp312-manylinux_2_28_x86_64.whl"
TORCH = Download("torch", "2.9.0+cu126", f"{INDEX.url}/{WHEEL.replace('+', '%2B')}", "a" * 64, 1, INDEX)
NUMPY = Download("numpy", "2.1.0", "https://files.example.com/numpy-2.1.0-cp312-cp312-win_amd64.whl", "b" * 64, 1)
SILENT = IndexPage(problem="out of reach (refused)", reachable=False)


def test_a_mirror_with_the_same_file_stands_in() -> None:
    asked: list[str] = []

    def read(url: str) -> IndexPage:
        asked.append(url)
        return IndexPage((WHEEL,)) if "sjtu" in url else SILENT

    (torch, numpy), (note,) = relocate((TORCH, NUMPY), read)
    assert torch.where.url == "https://mirror.sjtu.edu.cn/pytorch-wheels/cu126"
    assert (torch.sha256, torch.version, numpy) == (TORCH.sha256, TORCH.version, NUMPY)
    assert note.endswith(" instead of https://download.pytorch.org/whl/cu126: out of reach (refused).")
    assert all("/cu126/torch/" in url for url in asked)


def test_an_index_that_answers_is_kept_and_one_without_a_mirror_too() -> None:
    assert relocate((TORCH,), lambda _: IndexPage(problem="answers HTTP 403")) == ((TORCH,), ())
    assert relocate((TORCH,), lambda _: SILENT) == ((TORCH,), ())
    other = Download("six", "1.0", "u", "c" * 64, 1, Where("index", "https://wheels.example.com/simple"))
    assert relocate((other,), lambda _: SILENT) == ((other,), ())


def test_a_mirror_that_has_another_file_is_no_stand_in() -> None:
    other = IndexPage((WHEEL.replace("cp312", "cp313"),))
    found, notes = relocate((TORCH,), lambda url: SILENT if "download.pytorch.org" in url else other)
    assert (found, notes) == ((TORCH,), ())


def test_where_the_same_file_may_be() -> None:
    """Builds of the PyTorch index at its copies, PyPI's files at PyPI's; of a private index nobody is told."""
    mirror = offered("pypi")[1].url
    for url, where, told in (
        ("https://files.pythonhosted.example/p.whl", Where(), offered("pypi")[0].url),
        (f"{mirror.removesuffix('/simple')}/packages/p.whl", Where(), offered("pypi")[0].url),
        ("https://wheels.example/p.whl", Where("index", "https://wheels.example/whl/cpu"), "/whl/cpu/p/"),
        ("https://private.example/p.whl", Where("index", "https://private.example/simple"), ""),
    ):
        pages = list(pages_elsewhere(Download("p", "1.0", url, "ab", where=where)))
        assert any(told in page for page in pages) if told else not pages, url
