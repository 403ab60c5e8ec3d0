"""The commands that put the right PyTorch on a machine."""

from doctor.facts import Gpu, Host, Nvidia, Python, Torch
from doctor.model import Risk
from doctor.rules._remedy import reinstall_torch

PYTHON = Python(executable="/env/bin/python", version="3.12.4", machine="x86_64", prefix="/env", pip_version="24.0")
LINUX = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.35")


def card(name, driver):
    return Nvidia(driver_version=driver, gpus=(Gpu(name),))


def test_the_old_build_goes_before_the_matching_set_comes():
    (remedy,) = reinstall_torch(PYTHON, LINUX, card("Tesla V100-SXM2-16GB", "580.95.05"))
    remove, install = remedy.commands
    assert remove == ("/env/bin/python", "-m", "pip", "uninstall", "-y", "torch", "torchvision", "torchaudio")
    assert install[:4] == ("/env/bin/python", "-m", "pip", "install")
    assert any(part.startswith("torch==") and part.endswith("+cu126") for part in install)
    assert remedy.writes == ("/env",)


def test_an_environment_without_pip_uses_uv():
    bare = Python(executable="/env/bin/python", version="3.12.4", pip_version="")
    (remedy,) = reinstall_torch(bare, LINUX, card("NVIDIA A10", "550.54.14"))
    assert [command[:2] for command in remedy.commands] == [("uv", "pip"), ("uv", "pip")]


def test_a_torch_of_condas_is_replaced_by_conda():
    conda = Torch(version="2.5.1", installer="conda")
    (remedy,) = reinstall_torch(PYTHON, LINUX, card("NVIDIA A10", "550.54.14"), conda)
    assert remedy.commands[0][:4] == ("conda", "install", "--prefix", "/env")


def test_where_nothing_fits_it_says_so():
    (remedy,) = reinstall_torch(Python(version="2.7.18"), LINUX, card("NVIDIA A10", "550.54.14"))
    assert remedy.risk is Risk.MANUAL
    assert remedy.commands == ()


def test_an_error_text_alone_does_not_tell_what_a_build_must_run_on():
    (remedy,) = reinstall_torch(None, None, None)
    assert remedy.risk is Risk.MANUAL
    assert remedy.commands == (("python", "-m", "doctor", "match"),)
