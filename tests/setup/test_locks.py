"""Locks: written as the standard has it, read back, chosen by machine, refused with the reason."""

from __future__ import annotations

import hashlib
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from packaging.pylock import Pylock, is_valid_pylock_path

from doctor.cli import main
from doctor.match import Device, Machine
from doctor.model import DoctorError, Exit
from doctor.setup import contract, locking, pylock, select
from doctor.setup.contract import LockedBuild
from doctor.setup.model import Download, Where

INDEX = "https://wheels.example.com/whl/cu126"
TORCH = "torch-2.9.0+cu126-cp312-cp312-manylinux_2_28_x86_64.whl"
FILES = (
    Download(
        "torch", "2.9.0+cu126", f"{INDEX}/{TORCH.replace('+', '%2B')}", "a" * 64, 800_000_000, Where("index", INDEX)
    ),
    Download("filelock", "3.20.0", "https://files.example.com/filelock-3.20.0-py3-none-any.whl", "b" * 64, 16_000),
    Download("antlr4", "4.9.3", "https://files.example.com/antlr4-4.9.3.tar.gz", "c" * 64, None),
)
GPU = LockedBuild(
    name="cu126",
    file="pylock.cu126.toml",
    torch="2.9.0+cu126",
    os="linux",
    arch="x86_64",
    python="3.12",
    device="cuda",
    cuda="12.6",
    minimum_driver="525.60.13",
    compute_capabilities=("5.0", "7.0", "8.0", "9.0"),
    glibc="2.28",
    start_method="fork",
    shm_bytes=67108864,
)
CPU = LockedBuild(
    name="cpu", file="pylock.cpu.toml", torch="2.9.0+cpu", os="linux", arch="x86_64", python="3.12", device="cpu"
)


def machine(**more: Any) -> Machine:
    known: dict[str, Any] = {
        "os": "linux",
        "arch": "x86_64",
        "python": "3.12",
        "libc": "glibc",
        "glibc": "2.36",
        "driver": "550.54.14",
    }
    return Machine(**(known | {"devices": (Device("cuda", "A100", "8.0"),)} | more))


def pinned(*builds: LockedBuild) -> list[select.Pinned]:
    return [select.Pinned(build, build.file, ()) for build in builds]


def test_a_lock_is_valid_and_reads_back() -> None:
    text = pylock.dump(FILES, "3.12")
    lock = Pylock.from_dict(tomllib.loads(text))
    assert [str(p.name) for p in lock.packages] == ["antlr4", "filelock", "torch"]
    assert lock.requires_python is not None and lock.requires_python.contains("3.12.4")
    assert set(pylock.parse(text, "x")) == set(FILES)
    assert pylock.python_of(text) == "3.12"


def test_a_lock_holds_no_credentials() -> None:
    where = Where("index", "https://ada:secret@wheels.example.com/simple")
    url = "https://ada:secret@wheels.example.com/six-1.0-py3-none-any.whl"
    text = pylock.dump([Download("six", "1.0", url, "a" * 64, 1, where)], "3.12")
    assert "secret" not in text
    assert 'index = "https://wheels.example.com/simple"' in text


@pytest.mark.parametrize("build", ["cpu", "cu126", "rocm6.3", "xpu"])
def test_file_names(build: str) -> None:
    assert is_valid_pylock_path(Path(pylock.file_name(build)))


def test_a_requirement_names_its_file() -> None:
    assert FILES[0].requirement == f"torch==2.9.0+cu126 --hash=sha256:{'a' * 64}"
    assert FILES[1].requirement.startswith("filelock===3.20.0 ")
    assert FILES[0].file == TORCH


@pytest.mark.parametrize(
    ("change", "reference"),
    [
        (('lock-version = "1.0"', 'lock-version = "2.0"'), "lock-newer"),
        (('lock-version = "1.0"', ""), "lock-unreadable"),
        (("a" * 64, "tooshort"), "lock-unpinned"),
        (("[[packages]]", "[[packages"), "lock-unreadable"),
        (('version = "2.9.0+cu126"', 'version = "two"'), "lock-unreadable"),
    ],
)
def test_locks_that_are_refused(change: tuple[str, str], reference: str) -> None:
    with pytest.raises(DoctorError) as error:
        pylock.parse(pylock.dump(FILES, "3.12").replace(*change), "pylock.cu126.toml")
    assert (error.value.reference, error.value.exit_code) == (reference, 2)
    assert error.value.context


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ((f"{INDEX}/torch", "file:///etc/torch"), "torch: file://, where http"),
        ((f"{INDEX}/torch", "ssh://wheels.example.com/torch"), "torch: ssh://, where http"),
        ((f"{INDEX}/torch", "https://ada:s3cret@wheels.example.com/torch"), "torch: it holds a user or a password"),
        ((f"{INDEX}/torch", r"https://wheels.example.com/x\n--extra-index-url/torch"), "torch: it holds a line break"),
        ((f'index = "{INDEX}"', 'index = "file:///srv/simple"'), "torch: file://, where http"),
        ((f'index = "{INDEX}"', 'index = "https://ada:s3cret@x.example.com/"'), "torch: it holds a user"),
        (
            (f'index = "{INDEX}"', r'index = "https://x.example.com/ \n--trusted-host y"'),
            "torch: it holds a line break",
        ),
        ((f'index = "{INDEX}"', 'index = "https://[x.example.com/"'), "torch: it holds a line break"),
    ],
)
def test_addresses_that_are_not_followed(
    change: tuple[str, str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a dry run, too; and what they hold is not repeated."""
    text = pylock.dump(FILES, "3.12")
    assert change[0] in text
    (tmp_path / "pylock.cu126.toml").write_text(text.replace(*change))
    words = ("--from", str(tmp_path / "pylock.cu126.toml"), "--env", str(tmp_path / "env"), "--dry-run")
    assert main(["setup", *words]) == Exit.USAGE
    told = capsys.readouterr().err
    assert "names an address that is not followed [lock-address]" in told
    assert why in told
    assert "s3cret" not in told


def test_a_file_of_this_machine_is_locked_as_a_path(tmp_path: Path) -> None:
    wheel = tmp_path / "my wheels" / "six-1.0-py3-none-any.whl"
    text = pylock.dump([Download("six", "1.0", wheel.as_uri(), "a" * 64)], "3.12")
    assert tomllib.loads(text)["packages"][0]["wheels"][0]["path"] == str(wheel)
    assert pylock.parse(text, "x")[0].file == "six-1.0-py3-none-any.whl"


def test_a_contract_with_control_signs_is_refused() -> None:
    text = contract.merge_build(None, msgspec.structs.replace(CPU, name="cpu\x1b[2J"), "x")
    with pytest.raises(DoctorError, match="x is damaged"):
        contract.parse(text, "x")


def test_a_contract_keeps_other_builds_and_comments() -> None:
    text = contract.merge_build(None, GPU, "x")
    text = text.replace("[[build]]", "# the cluster\n[[build]]", 1)
    text = contract.merge_build(text, CPU, "x")
    newer = msgspec.structs.replace(GPU, torch="2.9.1+cu126")
    text = contract.merge_build(text, newer, "x")
    assert contract.parse(text, "x") == (newer, CPU)
    assert "# the cluster" in text


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("schema_version = 2\n", "lock-newer"),
        ("schema_version = 0\n", "lock-unreadable"),
        ("schema_version = 'one'\n", "lock-unreadable"),
        ("", "lock-unreadable"),
        ("schema_version = 1\n[[build]]\nname = 'cpu'\n", "lock-unreadable"),
        ("schema_version = 1\nbuild = 5\n", "lock-unreadable"),
        ("schema_version =", "lock-unreadable"),
    ],
)
def test_contracts_that_are_refused(text: str, reference: str) -> None:
    with pytest.raises(DoctorError) as error:
        contract.parse(text, contract.FILE)
    assert (error.value.reference, error.value.exit_code) == (reference, 2)


def test_the_accelerator_is_preferred() -> None:
    assert select.choose_build(pinned(CPU, GPU), machine())[0].build == GPU
    assert select.choose_build(pinned(CPU, GPU), machine(driver="", devices=()))[0].build == CPU


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"arch": "aarch64"}, "it is for linux x86_64, and this is linux aarch64"),
        ({"os": "windows"}, "it is for linux x86_64, and this is windows x86_64"),
        ({"python": "3.13"}, "it is for Python 3.12, and this is 3.13"),
        ({"free_threaded": True}, "it is for Python 3.12, and this is 3.12t"),
        ({"glibc": "2.17"}, "it needs glibc 2.28, this machine has 2.17"),
        ({"libc": "musl", "glibc": ""}, "it needs glibc 2.28, this machine has musl"),
        ({"driver": "470.82"}, "it needs NVIDIA driver 525.60.13 or newer, this machine has 470.82"),
        ({"driver": ""}, "it needs NVIDIA driver 525.60.13 or newer, this machine has none"),
        ({"devices": ()}, "it is for cuda, and this machine has no such GPU"),
        ({"devices": (Device("cuda", "RTX 5090", "12.0"),)}, "no code for RTX 5090 (12.0), only for 5.0 7.0 8.0 9.0"),
    ],
)
def test_why_a_build_does_not_fit(more: dict[str, Any], reason: str) -> None:
    with pytest.raises(DoctorError) as error:
        select.choose_build(pinned(GPU), machine(**more))
    assert reason in error.value.context
    assert error.value.exit_code is Exit.NOT_DONE


def test_what_is_not_known_of_a_machine_rules_nothing_out() -> None:
    unknown = machine(glibc="", driver=None, devices=(Device("cuda", "new GPU"),), python="")
    assert list(select.obstacles(GPU, unknown)) == []


def test_a_locked_build_of_the_cpu_asks_for_no_driver() -> None:
    used_on_cpu = msgspec.structs.replace(GPU, device="cpu")
    assert list(select.obstacles(used_on_cpu, machine(driver="", devices=()))) == []


def test_a_folder_and_each_file_in_it_can_be_named(tmp_path: Path) -> None:
    locking.write(locking.Lock(GPU, FILES), tmp_path)
    for name in ("", contract.FILE, "pylock.cu126.toml"):
        (one,) = select.read(tmp_path / name)
        assert one.build.minimum_driver == "525.60.13"
        assert set(one.downloads) == set(FILES)
    assert sorted(p.name for p in tmp_path.iterdir()) == [contract.FILE, "pylock.cu126.toml"]


def test_a_pylock_file_alone_tells_its_platform(tmp_path: Path) -> None:
    (tmp_path / "pylock.toml").write_text(pylock.dump(FILES, "3.12"))
    (one,) = select.read(tmp_path / "pylock.toml")
    assert (one.build.os, one.build.arch, one.build.python) == ("linux", "x86_64", "3.12")


def test_a_lock_that_was_edited_is_refused(tmp_path: Path) -> None:
    locking.write(locking.Lock(GPU, FILES), tmp_path)
    file = tmp_path / "pylock.cu126.toml"
    file.write_text(file.read_text().replace("a" * 64, "d" * 64))
    with pytest.raises(DoctorError, match="has been changed since it was locked"):
        select.read(tmp_path)


def test_a_contract_names_only_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / contract.FILE).write_text(
        contract.merge_build(None, msgspec.structs.replace(GPU, file="../x.toml"), "x")
    )
    with pytest.raises(DoctorError, match="damaged"):
        select.read(tmp_path)


def test_the_contract_records_the_files_hash(tmp_path: Path) -> None:
    locking.write(locking.Lock(GPU, FILES), tmp_path)
    (build,) = contract.read(tmp_path / contract.FILE)
    assert build.sha256 == hashlib.sha256((tmp_path / build.file).read_bytes()).hexdigest()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(DoctorError, match="cannot write"):
        locking.write(locking.Lock(GPU, FILES), Path("/proc"))
