"""Who is probed: the catalog, the user's configuration, and a file."""

from __future__ import annotations

from pathlib import Path

from doctor.facts import Source, Sources
from doctor.mirrors.candidates import BUILT_IN, candidates
from doctor.mirrors.model import MirrorCandidate, WantedPackage
from doctor.mirrors.settings import ClientSettings

OFFICIAL = "https://index.example.com/simple"
SETTINGS = ClientSettings(default_index=OFFICIAL, index_url=OFFICIAL)
WANTED = WantedPackage(build="cu126", cuda_repository="debian12/x86_64")


def found(
    service: str, *entries: Source, file: Path | None = None, settings: ClientSettings = SETTINGS
) -> list[MirrorCandidate]:
    return list(candidates((service,), settings, WANTED, Sources(entries), str(file) if file else None))


def test_the_built_in_index_is_the_reference() -> None:
    (first, *others) = found("pypi")
    assert (first.url, first.reference, first.configured) == (OFFICIAL, True, BUILT_IN)
    assert not any(c.reference or c.configured for c in others)
    assert {"tuna", "aliyun", "nju"} <= {c.name for c in others}


def test_what_pip_is_set_up_with_comes_first_and_keeps_its_login_to_itself() -> None:
    url = "https://me:secret@corporate.example.com/simple"
    first = found("pypi", settings=ClientSettings(default_index=OFFICIAL, index_url=url))[0]
    assert (first.url, first.shown) == (url, "https://corporate.example.com/simple")
    assert first.configured


def test_a_configured_mirror_of_the_catalog_is_one_candidate() -> None:
    url = "https://pypi.tuna.tsinghua.edu.cn/simple/"
    same = [
        c
        for c in found("pypi", settings=ClientSettings(default_index=OFFICIAL, index_url=url))
        if "tuna.tsinghua" in c.url
    ]
    assert [(c.name, c.configured) for c in same] == [("tuna", "pip")]


def test_the_build_is_filled_in() -> None:
    rows = {c.name: c for c in found("pytorch")}
    assert rows["pytorch"].url == "https://download.pytorch.org/whl/cu126"
    assert rows["aliyun"].layout == "flat"
    assert not any("{" in c.url for c in [*rows.values(), *found("apt-cuda")])


def test_custom_channels_and_parts_of_defaults_are_candidates() -> None:
    base = "https://corporate.example.com/anaconda"
    main, r = (Source("conda", "default-channels", f"{base}/pkgs/{n}", "~/.condarc") for n in ("main", "r"))
    forge = Source("conda", "custom-channels.conda-forge", f"{base}/cloud", "~/.condarc")
    assert [c.url for c in found("conda-defaults", main, r, forge)][:2] == [main.url, r.url]
    assert found("conda-forge", main, r, forge)[0].url == f"{base}/cloud/conda-forge"


def test_a_private_extra_index_is_no_candidate() -> None:
    extra = Source("pip", "extra-index-url", "https://private.example.com/simple", "pip.conf")
    assert not any("private" in c.url for c in [*found("pypi", extra), *found("pytorch", extra)])


def test_a_file_adds_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    rows = (("tuna", "https://new.example.com/simple"), ("own", "https://own.example.com/{build}"))
    file.write_text("".join(f'[[mirror]]\nservice = "PyPI"\nname = "{n}"\nurl = "{u}"\n' for n, u in rows))
    known = {c.name: c for c in found("pypi", file=file)}
    assert known["tuna"].url == "https://new.example.com/simple"
    assert known["own"].url == "https://own.example.com/cu126"
    assert known["pypi"].reference


def test_a_file_with_a_reference_stands_alone(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    row = '[[mirror]]\nservice = "pypi"\nname = "{}"\nurl = "https://{}.example.com"\nreference = {}\n'
    file.write_text(row.format("a", "a", "true") + row.format("b", "b", "false"))
    assert [(c.name, c.reference) for c in found("pypi", file=file)] == [("a", True), ("b", False)]
    file.write_text(row.format("a", "a", '"https://truth.example.com"'))
    assert [(c.name, c.reference) for c in found("pypi", file=file)] == [("a", False), ("reference", True)]


def test_conda_trees_by_their_root_or_their_channel(tmp_path: Path) -> None:
    file, base = tmp_path / "c.toml", "https://own.example.com/anaconda"
    urls = {"a": base, "b": f"{base}/pkgs/main/", "c": f"{base}/cloud/conda-forge", "d": f"{base}/cloud/pytorch"}
    file.write_text("".join(f'[[mirror]]\nservice = "conda"\nname = "{n}"\nurl = "{u}"\n' for n, u in urls.items()))
    rows = {c.name: (c.service, c.url) for c in found("conda-defaults", file=file) if c.url.startswith(base)}
    assert rows == {
        "b": ("conda-defaults", f"{base}/pkgs/main/"),
        "c": ("conda-forge", urls["c"]),
        "d": ("conda-pytorch", urls["d"]),
    }
