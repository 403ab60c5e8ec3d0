from __future__ import annotations

from doctor.intake.formats import pip_list
from tests.intake import samples


def read(text: str):
    return pip_list.read(text.splitlines())[0].get("packages")


def test_columns_with_pip_in_them_are_a_whole_list():
    packages = read(samples.PIP_LIST)
    assert packages.version("torch") == "2.5.1+cu121"
    assert packages.version("jinja2") == "3.1.4"
    assert packages.complete


def test_a_cut_list_is_not_whole():
    packages = read("\n".join(samples.PIP_LIST.splitlines()[:5]))
    assert not packages.complete


def test_freeze():
    packages = read(
        "numpy==1.26.4\n"
        "torch @ file:///x/torch-2.1.0%2Bcu118-cp310-cp310-linux_x86_64.whl\n"
        "Triton_Windows==3.0 ; python_version > '3'"
    )
    assert packages.version("torch") == "2.1.0+cu118"
    assert packages.version("triton-windows") == "3.0"


def test_a_lone_pin_is_a_wish():
    assert read("please install torch\ntorch==1.8.1\nit does not work") is None


def test_lists_inside_dumps():
    packages = read(
        "Versions of relevant libraries:\n"
        "[pip3] torch==2.1.0\n"
        "[pip3] numpy (1.15.0)\n"
        "\n"
        "Versions of relevant libraries:\n"
        "flash_attn 2.7.4.post1"
    )
    assert {p.name: p.version for p in packages.installed} == {
        "torch": "2.1.0",
        "numpy": "1.15.0",
        "flash-attn": "2.7.4.post1",
    }


def test_pip_show():
    assert read("Name: torch\nVersion: 2.1.0\nSummary: Tensors").version("torch") == "2.1.0"


def test_pips_own_errors_are_no_list():
    assert (
        read("ERROR: Could not find a version that satisfies the requirement torch==1.11.0+cu113 (from versions: none)")
        is None
    )


def test_a_long_list_with_bullets():
    rows = ["numpy 1.26.4", "pip 24.0", "scipy 1.15.1", "torch 2.6.0+cu126", "torchvision 0.21.0+cu126", "tqdm 4.67.1"]
    assert read("\n".join(f"    - {row} " for row in rows)).version("torch") == "2.6.0+cu126"
    assert read("\n".join(f"- {row}" for row in ["Ubuntu 22.04", "Python 3.10", "torch 2.1.0"])) is None


def test_rows_below_the_command_that_chose_them():
    packages = read("(env) ana@box:~$ pip list | grep torch\ntorch     2.9.0+cpu\n\nand torch 2.1")
    assert [(p.name, p.version) for p in packages.installed] == [("torch", "2.9.0+cpu")]
