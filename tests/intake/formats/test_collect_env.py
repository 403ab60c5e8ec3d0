from __future__ import annotations

import pytest

from doctor import intake
from doctor.facts import Torch
from doctor.intake.formats import collect_env
from tests.intake import samples


def read(text: str):
    return collect_env.read(text.splitlines())[0]


def test_full_dump():
    facts = read(samples.COLLECT_ENV)
    torch = facts["torch"]
    assert (torch.version, torch.build, torch.cuda_version, torch.hip_version) == ("2.5.1+cu124", "cu124", "12.4", "")
    assert facts["runtime"].cuda_available is True
    assert facts["nvidia"].driver_version == "566.36"
    assert [gpu.name for gpu in facts["nvidia"].gpus] == ["NVIDIA GeForce RTX 3070 Laptop GPU"]
    host = facts["host"]
    assert (host.os, host.distribution_version, host.libc_version, host.wsl) == ("linux", "22.04", "2.35", 2)
    assert (facts["python"].version, facts["python"].bits) == ("3.10.12", 64)
    assert (facts["toolkits"].nvcc_version, facts["toolkits"].cudnn_version) == ("12.6.85", "8.9.7")
    assert (facts["cpu"].logical, facts["cpu"].physical) == (16, 8)
    assert "avx2" in facts["cpu"].flags


def test_dump_of_torch_1_0():
    facts = read(samples.OLD_COLLECT_ENV)
    assert facts["runtime"].cuda_available is True
    assert len(facts["nvidia"].gpus) == 2
    assert facts["nvidia"].driver_version == "396.51"
    assert facts["torch"].cuda_version == "9.0.176"


def test_no_cuda_means_that_nothing_was_found():
    facts = read(samples.NO_CUDA)
    assert facts["torch"].cuda_version == ""
    assert facts["nvidia"].driver_version == ""
    assert facts["nvidia"].gpus == ()
    assert facts["host"].os == "macos"


def test_not_importable_leaves_torch_unknown():
    facts = read(samples.NOT_IMPORTABLE)
    assert facts["runtime"].imported is False
    assert "torch" not in facts
    assert "nvidia" not in facts  # "Could not collect" is not "there is none"
    assert facts["python"].bits == 32
    assert (facts["host"].os, facts["host"].distribution_version) == ("windows", "11")


def test_cuda_build_without_a_working_driver_on_linux():
    text = samples.COLLECT_ENV.replace("Is CUDA available: True", "Is CUDA available: False")
    text = text.replace("GPU 0: NVIDIA GeForce RTX 3070 Laptop GPU", "Could not collect").replace(
        "566.36", "Could not collect"
    )
    facts = read(text)
    assert facts["nvidia"].driver_version == ""
    assert facts["nvidia"].gpus == ()


def test_jetson_hides_its_driver():
    text = samples.COLLECT_ENV.replace("5.15.167.4-microsoft-standard-WSL2-x86_64", "5.10.120-tegra-aarch64")
    text = text.replace("GPU 0: NVIDIA GeForce RTX 3070 Laptop GPU", "Could not collect").replace(
        "566.36", "Could not collect"
    )
    facts = read(text.replace("Is CUDA available: True", "Is CUDA available: False"))
    assert "nvidia" not in facts
    assert facts["host"].jetson


@pytest.mark.parametrize(
    ("value", "cuda"),
    [("12.1", "12.1"), ("None", ""), ("Could not collect", ""), ("N/A", None), ("", None)],
)
def test_words_for_the_cuda_of_a_build(value: str, cuda: str | None):
    facts = read(f"PyTorch version: 2.1.0\nCUDA used to build PyTorch: {value}\nIs CUDA available: False")
    assert facts["torch"].cuda_version == cuda


def test_hip_build():
    facts = read(
        "PyTorch version: 2.7.0+rocm6.3\n"
        "CUDA used to build PyTorch: N/A\n"
        "ROCM used to build PyTorch: 6.3.42131-fa1d09cbd\n"
        "GPU models and configuration: AMD Radeon RX 5700 XT (gfx1010:xnack-)\nNvidia driver version: Could not collect"
    )
    assert (facts["torch"].build, facts["torch"].hip_version) == ("rocm6.3", "6.3.42131")
    assert facts["amd"].gpus[0].gfx == "gfx1010"
    assert "nvidia" not in facts


def test_windows_processor_of_two_generations_of_the_report():
    for line in ("Name=Intel(R) Core(TM) i7-10700 CPU @ 2.90GHz", "Name: Intel(R) Core(TM) i7-10700 CPU @ 2.90GHz"):
        facts = read(f"OS: Microsoft Windows 11 Pro\nArchitecture=9\n{line}")
        assert facts["cpu"].model.startswith("Intel(R) Core")
        assert facts["host"].architecture == "x86_64"


def test_transformers_environment():
    facts = read(
        "- `transformers` version: 4.44.0\n"
        "- Platform: Linux-5.4.0-166-generic-x86_64-with-glibc2.31\n"
        "- Python version: 3.10.14\n"
        "- PyTorch version (GPU?): 2.4.0+cu121 (True)\n- Using GPU in script?: yes\n- GPU type: NVIDIA RTX A6000"
    )
    assert facts["torch"].build == "cu121"
    assert facts["nvidia"].gpus[0].name == "NVIDIA RTX A6000"
    assert facts["host"].libc_version == "2.31"


def test_transformers_without_torch():
    facts = read("- Python version: 3.10.14\n- PyTorch version (GPU?): not installed (NA)")
    assert facts["torch"] == Torch(version="")


def test_mmcv_and_detectron2_environments():
    facts = read(
        "sys.platform: linux\n"
        "Python: 3.8.10 (default) [GCC 9.3.0]\n"
        "CUDA available: True\n"
        "GPU 0,1: Tesla V100-SXM2-32GB\n"
        "NVCC: Cuda compilation tools, release 11.3, V11.3.58\nPyTorch: 1.10.0+cu113"
    )
    assert [gpu.name for gpu in facts["nvidia"].gpus] == ["Tesla V100-SXM2-32GB"] * 2
    assert facts["toolkits"].nvcc_version == "11.3.58"
    facts = read(
        "PyTorch             1.8.0 @/opt/torch\n"
        "GPU available           True\n"
        "GPU 0               GeForce RTX 3090 (arch=8.6)"
    )
    assert facts["nvidia"].gpus[0].compute_capability == "8.6"
    assert facts["torch"].version == "1.8.0"


def test_deepspeed_report():
    facts = read(
        "torch version .................... 1.11.0+cu113\n"
        "torch cuda version ............... 11.3\n"
        "nvcc version ..................... 11.2"
    )
    assert facts["torch"].version == "1.11.0+cu113"
    assert facts["toolkits"].nvcc_version == "11.2"


def test_written_by_hand():
    facts = read(
        " - PyTorch version: 2.5.1\n"
        " - **OS**: Ubuntu 20.04\n"
        " - GPU models and configuration: 2x RTX 5090 (32 GB each)\n"
    )
    assert len(facts["nvidia"].gpus) == 2
    assert facts["torch"].version == "2.5.1"
    assert facts["runtime" if "runtime" in facts else "torch"] is not None


def test_variables_keep_no_user_name():
    facts = read("CUDA_VISIBLE_DEVICES: all\nLD_LIBRARY_PATH=/home/somebody-special/lib")
    values = facts["variables"].values
    assert values["CUDA_VISIBLE_DEVICES"] == "all"
    assert "somebody-special" not in values["LD_LIBRARY_PATH"]
    assert facts["variables"].complete is False


@pytest.mark.parametrize(("second", "version"), [("8.9.7", "8.9.7"), ("7.6.5", None)])
def test_of_two_cudnns_nobody_knows_which_is_loaded(second: str, version: str | None):
    files = f"/usr/lib/libcudnn.so.8.9.7\n/usr/local/cuda/lib64/libcudnn_ops_infer.so.{second}\n"
    facts = read(
        f"PyTorch version: 2.1.0\nCUDA runtime version: 12.1\ncuDNN version: Probably one of the following:\n{files}"
    )
    assert facts["toolkits"].cudnn_version == version


def test_modes_of_a_processor_are_no_model():
    assert "cpu" not in read("PyTorch version: 2.1.0\nCPU: 32-bit, 64-bit\n")


def test_an_unreadable_line_is_skipped():
    assert read("PyTorch version\n: : :\nGPU 0:\n" + "x" * 50_000) == {}


def test_labels_of_torch_2_15():
    facts = read(
        "PyTorch version: 2.15.0+rocm7.2\nCUDA used to build PyTorch: N/A\n"
        "ROCm SDK used to build PyTorch: 7.2.0\nHIP used to build PyTorch: 7.2.26015-fc0010cf6a"
    )
    assert facts["torch"].hip_version in ("7.2.26015", "7.2.0")
    assert facts["torch"].build == "rocm7.2"


def test_intel_gpus_below_their_heading():
    facts = read(
        "PyTorch version: 2.8.0+xpu\nIs XPU available: True\nXPU used to build PyTorch: 20250101\n"
        "Intel GPU models onboard:\n* Intel(R) Arc(TM) B580 Graphics\n\nIntel GPU models detected:\n* [0] Intel Arc"
    )
    assert facts["intel"].gpus == ("Intel(R) Arc(TM) B580 Graphics",)
    assert facts["runtime"].xpu_available is True
    assert facts["torch"].xpu_version == "20250101"


def test_padded_report_of_vllm():
    facts = read(
        "==============================\n        System Info\n==============================\n"
        "OS                           : Ubuntu 20.04.5 LTS (x86_64)\n"
        "Libc version                 : glibc-2.31\n"
        "PyTorch version              : 2.7.0+cu126\n"
        "CUDA used to build PyTorch   : 12.6\n"
        "ROCM used to build PyTorch   : N/A\n"
        "Python version               : 3.10.18 (main, Jun  4 2025) [GCC 13.3.0] (64-bit runtime)\n"
        "Is CUDA available            : True\n"
        "GPU models and configuration : GPU 0: NVIDIA GeForce GTX 1080 Ti\n"
        "Nvidia driver version        : 570.124.06\n"
        "vLLM Version                 : 0.9.1\n"
        "GPU Topology:\n  \x1b[4mGPU0\tCPU Affinity\x1b[0m\n"
        "LD_LIBRARY_PATH=/usr/local/cuda/lib64\nNCCL_CUMEM_ENABLE=0\n"
    )
    assert [gpu.name for gpu in facts["nvidia"].gpus] == ["NVIDIA GeForce GTX 1080 Ti"]
    assert facts["nvidia"].driver_version == "570.124.06"
    assert facts["torch"].build == "cu126"
    assert facts["variables"].values["LD_LIBRARY_PATH"] == "/usr/local/cuda/lib64"


def test_accelerate_environment():
    facts = read(
        "- `Accelerate` version: 0.34.0\n- Platform: Windows-10-10.0.22631-SP0\n- Numpy version: 1.26.4\n"
        "- PyTorch version (GPU?): 2.4.0+cpu (False)\n- System RAM: 63.92 GB\n- GPU type: NVIDIA GeForce RTX 4070"
    )
    assert facts["torch"].cuda_version == ""
    assert facts["runtime"].cuda_available is False
    assert facts["nvidia"].gpus[0].name == "NVIDIA GeForce RTX 4070"
    assert facts["host"].os == "windows"


def test_the_processor_of_a_mac_stands_alone_below_its_heading():
    facts, _ = collect_env.read(
        ["OS: macOS 15.1 (x86_64)", "Python platform: macOS-10.16-x86_64-i386-64bit", "", "CPU:", "Apple M2 Pro"]
    )
    assert facts["cpu"].model == "Apple M2 Pro"
    assert facts["host"].rosetta is True
    intel, _ = collect_env.read(
        ["OS: macOS 13.1 (x86_64)", "Python platform: macOS-13.1-x86_64-i386-64bit", "CPU:", "Intel(R) Core(TM) i7"]
    )
    assert not intel["host"].rosetta


def test_report_of_comfyui():
    facts = intake.read(
        "## System Information\n- **OS:** nt\n- **Python Version:** 3.11.9 [MSC v.1938 64 bit (AMD64)]\n"
        "- **PyTorch Version:** 2.5.1+cu124\n## Devices\n\n"
        "- **Name:** cuda:0 NVIDIA GeForce RTX 3060 : cudaMallocAsync\n  - **Type:** cuda\n"
    )
    assert facts.host.value is not None and facts.nvidia.value is not None
    assert (facts.host.value.os, facts.host.value.distribution) == ("windows", "Windows")
    assert [gpu.name for gpu in facts.nvidia.value.gpus or ()] == ["NVIDIA GeForce RTX 3060"]


def test_a_colon_of_a_chinese_keyboard():
    facts = intake.read("PyTorch version: 1.8.0\nGPU models and configuration:\nGPU 0： Tesla T4\nGPU 1： Tesla T4\n")
    assert facts.nvidia.value is not None
    assert [gpu.name for gpu in facts.nvidia.value.gpus or ()] == ["Tesla T4", "Tesla T4"]


def test_what_an_interpreter_says_is_no_environment_variable():
    line = "python3: relocation error: /e/lib/libcudnn_cnn_infer.so.8: symbol _Z1f, version libcudnn_ops_infer.so.8"
    assert collect_env.gather([line])[1:] == ({}, set())
    assert collect_env.gather(["PYTHONPATH: /opt/site"])[1] == {"PYTHONPATH": "/opt/site"}  # near miss


@pytest.mark.parametrize(
    "line",
    [
        "GPU: CUDA error: no kernel image is available for execution on the device",
        "torch: ImportError: libcudart.so.12: cannot open shared object file: No such file or directory",
        "gcc: error: unrecognized command-line option",
        "CUDA available: RuntimeError: Found no NVIDIA driver on your system",
        "python: error while loading shared libraries: libpython3.9.so.1.0: cannot open shared object file",
    ],
)
def test_an_error_behind_a_key_is_left_to_be_judged(line: str):
    assert collect_env.gather([line]) == ({}, {}, set())


def test_a_value_that_speaks_of_an_error_is_a_value():
    raw, _, used = collect_env.gather(["CUDA available: False (Error 804)", "GPU: NVIDIA A10, errors: 0"])
    assert used == {0, 1} and len(raw) == 2


@pytest.mark.parametrize(
    ("python", "libc", "platform", "version"),
    [
        ("3.8.19", "glibc-2.35", "Linux-6.8.0-45-generic-x86_64-with-glibc2.17", "2.35"),
        ("3.7.16", "glibc-2.10", "Linux-5.4.0-150-generic-x86_64-with-debian-buster-sid", None),
        ("3.9.19", "glibc-2.27", "Linux-5.4.0-150-generic-x86_64-with-glibc2.27", "2.27"),
    ],
)
def test_what_an_old_interpreter_asks_for_is_not_the_glibc_of_the_system(
    python: str, libc: str, platform: str, version: str | None
):
    text = f"Libc version: {libc}\n\nPython version: {python} (64-bit runtime)\nPython platform: {platform}\n"
    facts = read(f"PyTorch version: 1.13.1\nOS: Debian 11\n{text}")
    assert (facts["host"].libc, facts["host"].libc_version) == ("glibc", version)
