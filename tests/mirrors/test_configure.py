"""What each tool's file becomes: its own form kept, nothing else changed."""

from __future__ import annotations

import configparser
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from doctor.mirrors.configure import ConfigLocations, apt, conda, pip, projects, uv
from doctor.model import DoctorError

URL = "https://mirror.example.com/simple"


@pytest.fixture
def places(tmp_path: Path) -> ConfigLocations:
    env = {"HOME": str(tmp_path)}
    return ConfigLocations(env, tmp_path / "prefix", tmp_path / "project", platform="linux", apt=tmp_path / "apt")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


PIP = [
    ("", f"[global]\nindex-url = {URL}\n"),
    ("[global]\ntimeout = 9", f"[global]\nindex-url = {URL}\ntimeout = 9"),
    ("[global]\nindex_url=https://a\n", f"[global]\nindex_url= {URL}\n"),
    ("[global]\n  index-url : https://a\n  timeout: 3\n", f"[global]\n  index-url : {URL}\n  timeout: 3\n"),
    ("[global]\nindex-url =\n  https://a\n# 注释\nx = 1\n", f"[global]\nindex-url = {URL}\n# 注释\nx = 1\n"),
    ("[install]\nindex-url = https://a\n", f"[install]\nindex-url = {URL}\n\n[global]\nindex-url = {URL}\n"),
    ("\ufeff[global]\r\nx=1\r\n", f"\ufeff[global]\r\nindex-url = {URL}\r\nx=1\r\n"),
    ("[global]\n  # 超时\n  timeout = 3\n", f"[global]\n  index-url = {URL}\n  # 超时\n  timeout = 3\n"),
    ("[list]\nformat = columns\n", f"[list]\nformat = columns\n\n[global]\nindex-url = {URL}\n"),
    ("[list]\nindex-url = not pip's\n", f"[list]\nindex-url = not pip's\n\n[global]\nindex-url = {URL}\n"),
]


@pytest.mark.parametrize(("old", "new"), PIP)
def test_pip(places: ConfigLocations, old: str, new: str) -> None:
    write(places.prefix.parent / ".config/pip/pip.conf", old)
    edit = pip.edit(places, "user", URL)
    assert edit.new.decode() == new
    parser = configparser.RawConfigParser()
    parser.read_string(new.removeprefix("\ufeff"))
    assert parser["global"].get("index-url", parser["global"].get("index_url")) == URL


def test_pip_keeps_bytes_that_are_no_utf8(places: ConfigLocations) -> None:
    path = places.prefix.parent / ".config/pip/pip.conf"
    path.parent.mkdir(parents=True)
    path.write_bytes("# 镜像\n[global]\nindex-url = https://a\n".encode("gbk"))
    assert pip.edit(places, "user", URL).new == f"# 镜像\n[global]\nindex-url = {URL}\n".encode("gbk")


@pytest.mark.parametrize("text", ["index-url = x\n", "[global]\nindex-url = a\nindex-url = b\n", "[global\nx"])
def test_a_file_pip_cannot_read_is_left_alone(places: ConfigLocations, text: str) -> None:
    write(places.prefix.parent / ".config/pip/pip.conf", text)
    with pytest.raises(DoctorError, match="cannot be understood"):
        pip.edit(places, "user", URL)


def test_places_of_pip(places: ConfigLocations, tmp_path: Path) -> None:
    assert pip.file(places, "user") == tmp_path / ".config/pip/pip.conf"
    assert pip.file(places, "environment") == tmp_path / "prefix/pip.conf"
    assert pip.file(places, "system") == Path("/etc/pip.conf")
    old = write(tmp_path / ".pip/pip.conf", "")
    assert pip.file(places, "user") == old
    named = write(tmp_path / "mine.conf", "")
    mine = ConfigLocations({**places.env, "PIP_CONFIG_FILE": str(named)}, places.prefix, places.cwd, platform="linux")
    assert pip.file(mine, "user") == named
    windows = ConfigLocations({"APPDATA": "C:/a", "HOME": "C:/h"}, Path("C:/env"), Path("C:/w"), platform="win32")
    assert pip.file(windows, "user") == Path("C:/a/pip/pip.ini")
    assert pip.file(windows, "environment") == Path("C:/env/pip.ini")
    with pytest.raises(DoctorError):
        pip.file(places, "project")


UV = [
    ("", {"index": [{"url": URL, "default": True}]}),
    ('index-url = "https://a"\n', {"index-url": URL}),
    ('index = [{ url = "https://a", default = true }]\n', {"index": [{"url": URL, "default": True}]}),
    (
        '[[index]]\nname = "own"\nurl = "https://a"\nexplicit = true\n',
        {"index": [{"name": "own", "url": "https://a", "explicit": True}, {"url": URL, "default": True}]},
    ),
    ('[[index]]\nurl = "https://a"\ndefault = true\n', {"index": [{"url": URL, "default": True}]}),
    ("[pip]\nstrict = true\n", {"pip": {"strict": True}, "index": [{"url": URL, "default": True}]}),
]


@pytest.mark.parametrize(("old", "new"), UV)
def test_uv(places: ConfigLocations, tmp_path: Path, old: str, new: dict[str, object]) -> None:
    path = write(tmp_path / ".config/uv/uv.toml", old)
    edit = uv.edit(places, "user", URL)
    assert (edit.path, tomllib.loads(edit.new.decode())) == (path, new)


def test_uv_in_a_project(places: ConfigLocations) -> None:
    text = '[project]\nname = "x" # 名字\n\n[tool.uv]\ndev-dependencies = []\n'
    write(places.cwd / "pyproject.toml", text)
    new = uv.edit(places, "project", URL).new.decode()
    assert new.startswith(text)
    assert tomllib.loads(new)["tool"]["uv"]["index"] == [{"url": URL, "default": True}]


def test_toml_that_is_none_is_left_alone(places: ConfigLocations, tmp_path: Path) -> None:
    write(tmp_path / ".config/uv/uv.toml", "[[[")
    with pytest.raises(DoctorError, match="cannot be understood"):
        uv.edit(places, "user", URL)


BASE = "https://mirror.example.com/anaconda"


@pytest.mark.parametrize("dash", ["  - ", "- ", "    - "])
def test_conda_keeps_its_form(places: ConfigLocations, tmp_path: Path, dash: str) -> None:
    text = f"# 注释\nssl_verify: true\nchannels:   # order\n{dash}nvidia\n{dash}defaults\nauto_activate_base: 'no'\n"
    write(tmp_path / ".condarc", text)
    new = conda.edit(places, "user", [f"{BASE}/pkgs/main"], {"conda-forge": f"{BASE}/cloud/conda-forge"}).new.decode()
    assert new.startswith(text)
    settings = YAML(typ="safe").load(new)
    assert settings["default_channels"] == [f"{BASE}/pkgs/main"]
    assert settings["custom_channels"] == {"conda-forge": f"{BASE}/cloud"}


ADDED = (
    "default_channels:\n  - https://mirror.example.com/anaconda/pkgs/main\n"
    "custom_channels:\n  conda-forge: https://mirror.example.com/anaconda/cloud\n"
)
ODD = [
    ("channels: [defaults, conda-forge]  # 流\n", ""),
    ("channels:\r\n  - defaults   # 注\r\n  # between\r\n  - conda-forge\r\nssl_verify: no\r\n", ""),
    ("\n\n# a\nchannels:\n- defaults\n# b\n- 'x'\n\n\nenvs_dirs:\n    - /x\n    - /y  # deep\n# end\n", ""),
    ('proxy_servers:\n    http: http://u:p@h:1\n    https: "http://h:2"\nchannels:\n    - defaults\n', ""),
    ("---\nchannels:\n  - defaults\n", "...\n"),
    ("\ufeffchannels:\n  - defaults\n", ""),
]


@pytest.mark.parametrize(("text", "end"), ODD)
def test_conda_adds_and_touches_nothing_else(places: ConfigLocations, tmp_path: Path, text: str, end: str) -> None:
    write(tmp_path / ".condarc", text + end)
    edit = conda.edit(places, "user", [f"{BASE}/pkgs/main"], {"conda-forge": f"{BASE}/cloud/conda-forge"})
    added = ADDED.replace("\n", "\r\n") if "\r\n" in text else ADDED
    assert edit.new.decode() == text + added + end


def test_conda_changes_lines_in_their_place(places: ConfigLocations, tmp_path: Path) -> None:
    old = "https://old.example.com"
    text = (
        f"default_channels:\n  # 主\n  - {old}/pkgs/main # m\n  # r 频道\n  - {old}/pkgs/r\n"
        f"custom_channels:\n  conda-forge: {old}/cloud # c\n  msys2: {old}/cloud\nchannels: [defaults]\n"
    )
    write(tmp_path / ".condarc", text)
    edit = conda.edit(places, "user", [f"{BASE}/pkgs/main"], {"conda-forge": f"{BASE}/cloud/conda-forge"})
    assert edit.new.decode() == text.replace(f"  - {old}/pkgs/r\n", "").replace(
        f"{old}/pkgs/main", f"{BASE}/pkgs/main"
    ).replace(f"conda-forge: {old}/cloud", f"conda-forge: {BASE}/cloud")


def test_conda_keeps_the_order_of_channels(places: ConfigLocations, tmp_path: Path) -> None:
    write(tmp_path / ".condarc", "channels:\n  - https://a.example.com/conda-forge\n  - x\n  - conda-forge\n")
    new = conda.edit(places, "user", [], {"conda-forge": f"{BASE}/cloud/conda-forge"}).new
    assert YAML(typ="safe").load(new.decode())["channels"] == ["conda-forge", "x"]


def test_new_lines_end_as_the_others_do(places: ConfigLocations, tmp_path: Path) -> None:
    write(tmp_path / ".config/uv/uv.toml", "# 注释\r\npreview = true\r\n")
    assert b"\n" not in uv.edit(places, "user", URL).new.replace(b"\r\n", b"")


def test_conda_without_a_file(places: ConfigLocations) -> None:
    new = conda.edit(places, "user", [], {"conda-forge": f"{BASE}/cloud/conda-forge"}).new
    assert YAML(typ="safe").load(new.decode()) == {
        "custom_channels": {"conda-forge": f"{BASE}/cloud"},
        "channels": ["conda-forge"],
    }


def test_conda_addresses_of_other_mirrors_become_names(places: ConfigLocations, tmp_path: Path) -> None:
    old = "https://gone.example.com/anaconda"
    text = f"channels:\n  - {old}/cloud/conda-forge/\n  - {old}/pkgs/free/\n  - {old}/pkgs/main/\n  - bioconda\n"
    write(tmp_path / ".condarc", text)
    new = conda.edit(places, "user", [f"{BASE}/pkgs/main"], {"conda-forge": f"{BASE}/cloud/conda-forge"}).new
    assert YAML(typ="safe").load(new.decode())["channels"] == ["conda-forge", "defaults", "bioconda"]


@pytest.mark.parametrize("text", ["a: [", "- list\n", "a: b: c"])
def test_yaml_that_is_none_is_left_alone(places: ConfigLocations, tmp_path: Path, text: str) -> None:
    write(tmp_path / ".condarc", text)
    with pytest.raises(DoctorError, match="cannot be understood"):
        conda.edit(places, "user", [f"{BASE}/pkgs/main"], {})


def test_pixi(places: ConfigLocations, tmp_path: Path) -> None:
    forge = f"{BASE}/cloud/conda-forge"
    path = write(tmp_path / ".pixi/config.toml", "# 配置\npinning-strategy = 'semver'\n")
    edit = projects.pixi(places, "user", {"conda-forge": forge, "pypi": URL})
    assert (edit.path, edit.new.decode().startswith(path.read_text())) == (path, True)
    settings = tomllib.loads(edit.new.decode())
    assert settings["mirrors"] == {"https://conda.anaconda.org/conda-forge": [forge]}
    assert settings["pypi-config"]["index-url"] == URL


def test_poetry_and_pdm(places: ConfigLocations) -> None:
    text = '[project]\nname = "x"\n\n[[tool.poetry.source]]\nname = "own"\nurl = "https://a"\npriority = "explicit"\n'
    write(places.cwd / "pyproject.toml", text)
    rows = tomllib.loads(projects.poetry(places, URL).new.decode())["tool"]["poetry"]["source"]
    assert rows[1] == {"name": "mirror", "url": URL, "priority": "primary"}
    rows = tomllib.loads(projects.pdm(places, URL).new.decode())["tool"]["pdm"]["source"]
    assert rows == [{"name": "pypi", "url": URL, "verify_ssl": True}]


def test_a_project_tool_needs_a_project(places: ConfigLocations) -> None:
    with pytest.raises(DoctorError, match="pyproject"):
        projects.poetry(places, URL)


DEB822 = """\
# 主源
Types: deb
URIs: https://deb.example.com/debian/
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: https://deb.example.com/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://own.example.com/packages
Suites: stable
"""


def test_apt_leaves_security_and_other_repositories(places: ConfigLocations) -> None:
    write(places.apt / "sources.list.d/debian.sources", DEB822)
    write(places.apt / "sources.list.d/other.sources", "Types: deb\nURIs: https://own.example.com/x\n")
    (edit,) = apt.edits(places, "debian", "https://mirror.example.com/debian/")
    expected = DEB822.replace("https://deb.example.com/debian/", "https://mirror.example.com/debian", 1)
    assert edit.new.decode() == expected
