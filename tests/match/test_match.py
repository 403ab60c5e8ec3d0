"""`match` on the machines people have, and the properties every answer keeps."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import AmdGpu, Apple, Facts, Gpu, Host, Intel, Nvidia, Python
from doctor.facts.machine import Amd
from doctor.match import Choice, Device, Machine, Match, Wish
from doctor.match import match as match_machine
from doctor.match.driving import undriven
from doctor.match.install_commands import install_commands
from doctor.match.machine import APPLE_GPU, machine_of
from doctor.model import absent, ok

match = partial(match_machine, rejections=True)


def gpu(name: str) -> Device:
    row = catalog.gpu(name)
    assert row, name
    return Device("cuda", name, row.capability)


def linux(*names: str, driver: str | None = None, python: str = "3.12", **more: object) -> Machine:
    devices = tuple(gpu(name) for name in names)
    values = {"arch": "x86_64", "libc": "glibc", "glibc": "2.35", "devices": devices, **more}
    return Machine(os="linux", python=python, driver=driver, **values)  # type: ignore[arg-type]


def mac(version: str, arch: str = "aarch64", python: str = "3.12") -> Machine:
    devices = (APPLE_GPU,) if arch == "aarch64" else ()
    return Machine(os="macos", arch=arch, python=python, macos=version, devices=devices)


def chosen(machine: Machine, wish: Wish | None = None) -> tuple[str, str, str | None]:
    choice = match(machine, wish).choice
    assert choice
    return choice.torch, choice.build, choice.index_url


def why(found: Match, torch: str, build: str) -> str:
    return next(row.reason for row in found.rejected if (row.torch, row.build) == (torch, build))


INDEX = "https://download.pytorch.org/whl"


def test_v100_with_driver_580_gets_cuda_12_6_and_not_13() -> None:
    found = match(linux("V100", driver="580.65.06"))
    assert found.choice == Choice("2.14.1", "0.29.1", "2.11.0", "cu126", f"{INDEX}/cu126")
    assert found.confidence == "confirmed"
    assert why(found, "2.15.0", "cu132").startswith("no code for V100 (7.0)")
    assert why(found, "2.14.1", "cu130").startswith("no code for V100 (7.0)")
    assert any("--torch-backend=auto" in note and "cu132" in note for note in found.notes)


def test_gtx_1080_with_driver_550() -> None:
    found = match(linux("GTX 1080", driver="550.54.14"))
    assert (found.choice.torch, found.choice.build) == ("2.14.1", "cu126")  # type: ignore[union-attr]
    assert "needs driver 580 or newer" in why(found, "2.15.0", "cu132")
    assert any("minor-version compatibility" in note for note in found.notes)


def test_rtx_5090_with_driver_570_gets_the_last_cuda_12_with_its_code() -> None:
    found = match(linux("RTX 5090", driver="570.26"))
    assert (found.choice.torch, found.choice.build) == ("2.13.0", "cu129")  # type: ignore[union-attr]
    assert why(found, "2.14.1", "cu126").startswith("no code for RTX 5090 (12.0)")
    assert any("does not list cu129" in note for note in found.notes)


def test_k80_with_driver_470() -> None:
    assert chosen(linux("K80", driver="470.42.01", python="3.10")) == ("2.7.1", "cu118", f"{INDEX}/cu118")


def test_h200_with_driver_535_is_not_held_to_the_cuda_minor_version() -> None:
    assert chosen(linux("H200", driver="535.54.03"))[:2] == ("2.14.1", "cu126")


def test_orin_takes_pypis_own_aarch64_build_and_hears_of_jetpack() -> None:
    found = match(linux("Orin", arch="aarch64"))
    assert found.choice and (found.choice.torch, found.choice.build, found.choice.index_url) == (
        "2.15.0",
        "cu132",
        None,
    )
    assert any("JetPack" in note for note in found.notes)


def test_orin_with_jetpack_6_is_told_what_is_missing() -> None:
    found = match(linux("Orin", arch="aarch64", driver="540.4.0", python="3.10"))
    assert found.choice is None
    assert found.nearest[0].change == "with NVIDIA driver 580 or newer"
    assert any("NVIDIA's own Jetson wheels" in note for note in found.notes)


def test_windows_rtx_4070_with_driver_566() -> None:
    machine = Machine(os="windows", arch="x86_64", python="3.12", driver="566.36", devices=(gpu("RTX 4070"),))
    found = match(machine)
    assert (found.choice.torch, found.choice.build) == ("2.14.1", "cu126")  # type: ignore[union-attr]
    assert found.confidence == "inferred"
    assert any("inferred from its build scripts" in note for note in found.notes)


@pytest.mark.parametrize(
    ("machine", "torch", "build"),
    [
        (mac("14.5"), "2.14.1", "mps"),
        (mac("14"), "2.14.1", "mps"),
        (mac("15.0"), "2.15.0", "mps"),
        (mac("13.6"), "2.8.0", "mps"),
        (mac("12.7", python="3.11"), "2.4.1", "mps"),
        (mac("13.0", arch="x86_64"), "2.2.2", "cpu"),
    ],
)
def test_macs(machine: Machine, torch: str, build: str) -> None:
    assert chosen(machine) == (torch, build, None)


def test_macos_14_is_told_why_not_the_newest() -> None:
    assert why(match(mac("14.5")), "2.15.0", "mps") == "its MPS backend needs macOS 15.0, the machine has 14.5"


def test_an_intel_mac_needs_numpy_1_and_ends_with_python_3_12() -> None:
    assert match(mac("13.0", arch="x86_64")).numpy == "numpy<2"
    found = match(mac("13.0", arch="x86_64", python="3.13"))
    assert found.choice is None and found.nearest[0].change == "with Python 3.12"
    assert found.conda and Version.of(found.conda.torch) > (2, 2, 2)


def test_python_3_8_and_3_15() -> None:
    assert chosen(linux("RTX 4090", driver="580.65.06", python="3.8")) == ("2.4.1", "cu124", f"{INDEX}/cu124")
    found = match(linux("RTX 4090", driver="580.65.06", python="3.15"))
    assert found.choice == Choice("2.15.0", "0.29.2", "2.11.1", "cu132", None)


def test_the_torchaudio_that_each_torch_takes() -> None:
    def audio(torch: str, build: str) -> str | None:
        found = match(linux("RTX 4090", driver="580.65.06"), Wish(torch=f"=={torch}", build=build))
        assert found.choice and found.choice.index_url is None
        return found.choice.torchaudio

    assert audio("2.15.0", "cu132") == audio("2.13.0", "cu130") == "2.11.1"
    assert audio("2.12.1", "cu130") == audio("2.11.0", "cu130") == "2.11.0"  # 2.11.1 wants a symbol of torch 2.13
    assert audio("2.10.0", "cu128") == "2.10.0"


def test_beside_a_build_of_the_index_stands_the_torchaudio_of_that_index() -> None:
    found = match(linux("V100", driver="580.65.06"))
    assert found.choice and (found.choice.build, found.choice.torchaudio) == ("cu126", "2.11.0")


def test_the_torchaudio_of_pypi_is_not_looked_for_in_a_pytorch_index_that_is_named() -> None:
    windows = Machine(os="windows", arch="x86_64", python="3.12")
    for url, version in (("https://mirror.example/whl", "2.11.0"), ("https://mirror.example/simple", "2.11.1")):
        found = match(windows, Wish(torch="==2.15.0", build="cpu", index_url=url))
        assert found.choice and found.choice.torchaudio == version


def test_an_index_without_torchaudio_names_pypis_where_the_cuda_fits() -> None:
    wish = Wish(index_url=f"{INDEX}/cu134")
    found = match(linux("RTX 4090", driver="610.43.02"), wish)
    assert found.choice and found.choice.torchaudio is None
    assert any("PyPI's 2.11.1" in note for note in found.notes)


def test_python_3_15_on_a_v100_names_the_python_that_would_do() -> None:
    found = match(linux("V100", driver="580.65.06", python="3.15"))
    assert found.choice is None
    assert (found.nearest[0].torch, found.nearest[0].build) == ("2.14.1", "cu126")
    assert found.nearest[0].change == "with Python 3.14"
    assert "preview on the PyTorch index" in why(found, "2.14.1", "cu126")


def test_glibc_2_17_ends_with_2_6_and_not_with_its_manylinux_2_28_build() -> None:
    assert chosen(linux("RTX 3090", driver="580.65.06", glibc="2.17")) == ("2.6.0", "cu124", None)


def test_rx_7900_xtx_gets_a_build_that_was_seen_and_hears_of_the_newer_one() -> None:
    found = match(linux(devices=(Device("rocm", "RX 7900 XTX", "gfx1100"),)))
    assert found.choice and (found.choice.torch, found.choice.build) == ("2.13.0", "rocm7.2")
    assert found.choice.index_url == f"{INDEX}/{found.choice.build}"
    assert "2.15.0+rocm10.0 is newer; it has been announced, but its files have not been seen yet." in found.notes
    assert why(found, "2.15.0", "rocm10.0") == "it has been announced, but its files have not been seen yet"


@pytest.mark.parametrize(("target", "code"), [("gfx1100", "AMD GPU (gfx1100)"), ("gfx1031", "gfx1030")])
def test_code_that_was_seen_comes_before_code_that_is_inferred_which_is_named(target: str, code: str) -> None:
    near = catalog.near_target(target)
    found = match(linux(devices=(Device("rocm", "AMD GPU", target, runs_as=near.runs_as if near else ""),)))
    assert found.choice and (found.choice.torch, found.confidence) == ("2.13.0", "confirmed")
    newer = f"2.14.1+rocm7.14 is newer; that it has code for {code} is inferred, not seen (--torch 2.14.1 takes it)."
    assert newer in found.notes
    assert why(found, "2.14.1", "rocm7.14") == f"that it has code for {code} is inferred, not seen"


def test_the_inferred_one_is_taken_when_it_is_asked_for() -> None:
    found = match(linux(devices=(Device("rocm", "AMD GPU", "gfx1100"),)), Wish(torch="==2.14.1"))
    assert found.choice and (found.choice.build, found.confidence) == ("rocm7.14", "inferred")
    assert any("inferred from its build scripts" in note for note in found.notes)


def test_no_key_of_the_catalog_is_shown() -> None:
    keys = ("moi90", "win-build-env", "pytorch-ci-rocm", "rocm-2.15")
    for machine in (linux(devices=(Device("rocm", "RX 7900 XTX", "gfx1100"),)), linux("RTX 4090", driver="580.65.06")):
        found = match(machine, Wish(torch="==2.15.0"))
        assert not [text for text in (*found.notes, found.message) if any(key in text for key in keys)]


def test_an_amd_gpu_without_code_is_left_out() -> None:
    found = match(linux(devices=(Device("rocm", "RX 5700 XT", "gfx1010"),)))
    assert found.choice and found.choice.build == "cpu"
    assert found.left_out[0].gpu == "RX 5700 XT (gfx1010)"


def test_an_amd_gpu_whose_near_target_has_code_runs_as_that() -> None:
    found = match(linux(devices=(Device("rocm", "RX 6700 XT", "gfx1031"),)))
    assert found.choice and found.choice.build.startswith("rocm")
    assert not found.left_out
    assert any("HSA_OVERRIDE_GFX_VERSION=10.3.0" in note for note in found.notes)


def test_no_override_beside_a_gpu_with_code_of_its_own_nor_for_the_graphics_of_a_processor() -> None:
    card, graphics = Device("rocm", "RX 7900 XTX", "gfx1100"), Device("rocm", "Raphael", "gfx1036")
    both = match(linux(devices=(card, graphics)))
    assert [left.gpu for left in both.left_out] == ["Raphael (gfx1036)"]
    assert not any("HSA_OVERRIDE" in note for note in both.notes)
    alone = match(linux(devices=(graphics,)))
    assert alone.choice and alone.choice.build == "cpu"
    asked = match(linux(devices=(graphics,)), Wish(accelerator="rocm"))
    assert asked.choice and asked.choice.build.startswith("rocm")
    assert any("HSA_OVERRIDE_GFX_VERSION=10.3.0" in note for note in asked.notes)


def test_the_nearest_miss_of_an_old_driver() -> None:
    found = match(linux(driver="470.42.01"), Wish(torch=">=2.8"))
    assert found.message == "driver 470.42.01 supports CUDA 11; the newest torch for it is 2.7.1+cu118"


def test_two_gpus_are_served_by_one_older_build() -> None:
    found = match(linux("V100", "RTX 5090", driver="580.65.06"))
    assert (found.choice.torch, found.choice.build) == ("2.10.0", "cu128")  # type: ignore[union-attr]
    assert found.left_out == ()


def test_of_two_gpus_that_no_build_serves_together_one_is_left_out() -> None:
    found = match(linux("GTX 1080", "RTX 5090", driver="580.65.06"))
    assert found.choice and found.choice.torch == "2.15.0"
    assert [one.gpu for one in found.left_out] == ["GTX 1080 (6.1)"]
    assert "no code for GTX 1080" in found.left_out[0].reason


def test_a_gpu_no_torch_ever_served_leaves_the_cpu() -> None:
    found = match(linux("GeForce GT 640", driver="470.42.01"))
    assert found.choice and found.choice.build == "cpu"
    assert found.left_out[0].reason == "no PyTorch build for linux-x86_64 has code for it"


def test_without_a_driver_the_gpu_is_left_out_and_the_driver_named() -> None:
    found = match(linux("RTX 4090", driver=""))
    assert found.choice and found.choice.build == "cpu"
    assert "driver 580 or newer" in found.left_out[0].reason


def test_a_driver_that_does_not_drive_the_gpu_comes_first() -> None:
    too_old = match(linux("RTX 5090", driver="535.54.03"))
    assert too_old.choice is None and too_old.conda is None
    assert too_old.message.startswith(
        "the driver must be changed first: Blackwell GPUs such as RTX 5090 (12.0) need driver 570"
    )
    assert too_old.nearest[0].change == "with NVIDIA driver 580 or newer"
    too_new = match(linux("V100", driver="595.45.04"))
    assert too_new.choice is None
    assert too_new.message.startswith("the driver must be changed first: driver 580 was the last for Volta GPUs")
    assert too_new.nearest[0].change == "with NVIDIA driver 580, the last one for such GPUs"


def test_a_gpu_that_the_driver_does_not_drive_is_left_out_beside_one_that_it_does() -> None:
    found = match(linux("V100", "RTX 4090", driver="595.45.04"))
    assert found.choice and found.choice.torch == "2.15.0"
    assert [one.gpu for one in found.left_out] == ["V100 (7.0)"]
    assert "driver 580 was the last for Volta" in found.left_out[0].reason


def test_into_a_python_that_takes_no_packages_nothing_is_installed() -> None:
    closed = msgspec.structs.replace(linux("RTX 4090", driver="580.65.06"), closed=True, interpreter="/usr/bin/python3")
    commands = install_commands(match(closed), closed)
    assert next(iter(commands)) == "setup"
    assert commands["setup"] == (
        *("torch-doctor", "setup", "--env", ".venv"),
        *("--torch", "2.15.0", "--accelerator", "cuda"),
    )
    assert not {"pip", "uv"} & commands.keys()


def test_no_gpu_takes_the_cpu_build_from_where_it_is() -> None:
    assert chosen(linux()) == ("2.15.0", "cpu", f"{INDEX}/cpu")
    assert chosen(Machine(os="windows", arch="x86_64", python="3.12")) == ("2.15.0", "cpu", None)
    assert chosen(Machine(os="windows", arch="aarch64", python="3.12")) == ("2.13.0", "cpu", f"{INDEX}/cpu")


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (Machine(os="linux", arch="x86_64", python="3.12", libc="musl"), "musl"),
        (Machine(os="linux", arch="i686", python="3.12"), "no wheels for linux-i686"),
        (Machine(os="linux", arch="ppc64le"), "no wheels for linux-ppc64le"),
        (Machine(os="linux", arch="x86_64", python="3.11", implementation="PyPy"), "PyPy"),
        (Machine(os="linux", arch="x86_64", python="3.16"), "Python 3.16"),
    ],
)
def test_machines_without_wheels(machine: Machine, words: str) -> None:
    found = match(machine)
    assert found.choice is None
    assert words in found.message
    assert found.rejected


def test_free_threaded_pythons() -> None:
    found = match(linux("RTX 4090", driver="580.65.06", python="3.14", free_threaded=True))
    assert found.choice and found.choice.torch == "2.15.0"
    assert found.conda is None
    assert chosen(linux(python="3.13", free_threaded=True))[0] == "2.12.0"


def test_an_unknown_newer_driver_is_accepted() -> None:
    assert chosen(linux("RTX 5090", driver="700.10"))[0] == "2.15.0"


def test_a_named_index_is_used_and_its_build_tag_narrows() -> None:
    rtx = linux("RTX 4090", driver="580.65.06")
    url = "https://mirror.example.com/whl/cu126"
    assert chosen(rtx, Wish(index_url=url)) == ("2.14.1", "cu126", url)
    assert chosen(rtx, Wish(index_url="https://mirror.example.com/whl/"))[2] == "https://mirror.example.com/whl/cu132"
    assert chosen(rtx, Wish(index_url="https://m.example.com/{build}/x"))[2] == "https://m.example.com/cu132/x"
    assert chosen(rtx, Wish(index_url="https://m.example.com/simple"))[2] == "https://m.example.com/simple"
    assert chosen(rtx, Wish(index_url="https://m.example.com/whl/cpu"))[1] == "cpu"


def test_a_mirror_of_the_wheels_replaces_the_index_and_leaves_pypi_alone() -> None:
    mirror = "https://mirror.example.com/pytorch-wheels"
    assert match(linux("V100", driver="580.65.06"), wheels=mirror).choice.index_url == f"{mirror}/cu126"  # type: ignore[union-attr]
    assert match(linux("RTX 4090", driver="580.65.06"), wheels=mirror).choice.index_url is None  # type: ignore[union-attr]


def test_every_other_candidate_has_a_reason() -> None:
    found = match(linux("V100", driver="580.65.06"))
    assert all(row.reason for row in found.rejected)
    every = sum(len(release.builds) for release in catalog.all_releases())
    assert len(found.rejected) == every - 1


def test_a_machine_from_facts() -> None:
    facts = Facts(
        host=ok(Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.35", wsl=2)),
        python=ok(Python(version="3.12.4", bits=64, machine="x86_64", implementation="CPython")),
        nvidia=ok(Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA GeForce RTX 3060 Laptop GPU"),))),
        amd=ok(Amd(gpus=(AmdGpu("AMD Instinct MI250X", "gfx90a:sramecc+:xnack-"),))),
        intel=ok(Intel(gpus=("Intel Arc A770",))),
    )
    machine = machine_of(facts, "/env/bin/python")
    assert machine.python == "3.12" and machine.glibc == "2.35" and machine.wsl
    assert [device.target for device in machine.devices] == ["8.6", "gfx90a", ""]
    assert machine.interpreter == "/env/bin/python"


def test_a_machine_from_facts_that_say_little() -> None:
    assert machine_of(Facts()).driver is None
    assert machine_of(Facts(nvidia=absent("no NVIDIA device"))).driver == ""
    mac_facts = Facts(
        host=ok(Host(os="macos", architecture="arm64", distribution_version="14.5")),
        python=ok(Python(version="3.12.0", machine="x86_64")),
        apple=ok(Apple(chip="Apple M2")),
    )
    machine = machine_of(mac_facts)
    assert machine.arch == "x86_64" and machine.rosetta and machine.devices == ()
    assert any("Rosetta" in note for note in match(machine).notes)


def test_an_nvidia_gpu_seen_on_the_bus_only() -> None:
    facts = Facts(
        host=ok(Host(os="linux", architecture="x86_64")),
        nvidia=ok(Nvidia(driver_version="", gpus=(), pci_gpus=(Gpu("NVIDIA device", pci_id="10de:2684"),))),
    )
    assert machine_of(facts).devices == (Device("cuda", "NVIDIA device", "8.9"),)


CAPABILITIES = st.sampled_from(["3.7", "5.0", "6.1", "7.0", "7.5", "8.0", "8.6", "8.9", "9.0", "10.0", "12.0"])
DRIVERS = st.sampled_from(["450.80.02", "470.42.01", "525.60.13", "550.54.14", "575.51.03", "580.65.06", "615.1"])
PYTHONS = st.sampled_from(["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"])


@given(st.lists(CAPABILITIES, min_size=1, max_size=3, unique=True), DRIVERS, PYTHONS)
@settings(max_examples=60)
def test_a_choice_runs_on_what_it_does_not_leave_out(capabilities: list[str], driver: str, python: str) -> None:
    machine = linux(driver=driver, python=python, devices=tuple(Device("cuda", f"GPU {c}", c) for c in capabilities))
    found = match(machine)
    if not found.choice:
        assert found.message and found.rejected
        return
    row = catalog.arch_list(found.choice.torch, found.choice.build, "linux-x86_64")
    assert row
    left = {one.gpu.split()[1] for one in found.left_out}
    served = [c for c in capabilities if c not in left]
    assert served and all(catalog.has_kernels(c, row) for c in served)


@given(CAPABILITIES, DRIVERS, DRIVERS, PYTHONS)
@settings(max_examples=60)
def test_a_newer_driver_never_makes_the_choice_older(capability: str, one: str, other: str, python: str) -> None:
    old, new = sorted((one, other), key=Version.of)
    device = (Device("cuda", "NVIDIA GPU", capability),)
    before = match(linux(driver=old, python=python, devices=device)).choice
    after = match(linux(driver=new, python=python, devices=device)).choice
    if before and not undriven(linux(driver=new, devices=device), device[0]):
        assert after and Version.of(after.torch) >= Version.of(before.torch)


@given(CAPABILITIES, DRIVERS, PYTHONS, st.sampled_from([">=2.4", "<2.7", "==2.10.*", ">=2.4,<2.7"]))
@settings(max_examples=60)
def test_a_wish_only_narrows(capability: str, driver: str, python: str, wish: str) -> None:
    machine = linux(driver=driver, python=python, devices=(Device("cuda", "NVIDIA GPU", capability),))
    free, narrowed = match(machine).choice, match(machine, Wish(torch=wish)).choice
    if narrowed:
        assert free and Version.of(free.torch) >= Version.of(narrowed.torch)
    if free and not narrowed:
        assert match(machine, Wish(torch=wish)).nearest
