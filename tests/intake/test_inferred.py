from __future__ import annotations

import msgspec
import pytest

from doctor.diagnose import diagnose
from doctor.facts import Facts, Torch
from doctor.intake.inferred import without_inferred
from doctor.intake.recognise import examine
from doctor.model import Severity, Status

LIST = "Package           Version\n----------------- -------\npip 24\nsetuptools 70\nnumpy 1.26.4\n{more}\nwheel 0.43\n"


def facts_of(text: str) -> Facts:
    return examine(text).facts


def listed(torch: str, *more: str, os: str = "Ubuntu 22.04") -> Facts:
    return facts_of(LIST.format(more="\n".join([f"torch {torch}", *more])) + f"\nOS: {os}\n")


@pytest.mark.parametrize(
    ("torch", "os", "build"),
    [
        ("2.1.0", "Ubuntu 22.04 (x86_64)", "cu121"),
        ("2.4.0", "Ubuntu 22.04 (aarch64)", "cpu"),
        ("2.4.0", "Windows 11", "cpu"),
        ("1.13.1", "Ubuntu 22.04 (x86_64)", "cu117"),
    ],
)
def test_the_build_of_an_untagged_wheel_of_pypi(torch: str, os: str, build: str):
    facts = listed(torch, os=os)
    assert facts.torch.value is not None
    assert facts.torch.value.build == build
    assert set(facts.torch.inferred) == {"build", "cuda_version"}
    assert torch in facts.torch.origins["build"].inferred


@pytest.mark.parametrize(
    ("torch", "os"),
    [
        ("2.1.0+cu118", "Windows 11"),  # the tag tells
        ("1.9.0", "Windows 10"),  # the PyTorch index had such wheels with CUDA
        ("99.0.0", "Windows 11"),  # a release that is not known
        ("2.4.0a0+git1234", "Ubuntu 22.04"),
    ],
)
def test_no_build_is_inferred(torch: str, os: str):
    assert listed(torch, os=os).torch.inferred == ()


def test_conda_has_builds_of_its_own():
    text = "# packages in environment at /opt/conda:\n# Name  Version  Build  Channel\npytorch 2.1.0 py3.10_0 pytorch\n"
    assert facts_of(text + "OS: Ubuntu 22.04 (x86_64)").torch.inferred == ()


def test_the_cuda_packages_beside_a_wheel_tell_its_build():
    facts = listed("2.4.0", "nvidia-cuda-runtime-cu12 12.4.127")
    assert facts.torch.value is not None
    assert facts.torch.value.build == "cu124"
    assert "12.4.127" in facts.torch.origins["build"].inferred


@pytest.mark.parametrize("triton", ["pytorch-triton-rocm 2.0.1", "triton-rocm 3.6.0", "pytorch-triton-xpu 3.2.0"])
def test_a_triton_for_other_gpus_is_of_no_wheel_of_pypi(triton: str):
    assert listed("2.0.0", triton).torch.inferred == ()


WINDOWS_WHEEL = "Downloading torch-2.2.1-cp311-cp311-win_amd64.whl (198.6 MB)"


@pytest.mark.parametrize(
    ("line", "version", "build"),
    [
        (WINDOWS_WHEEL, "2.2.1", "cpu"),
        ("Using cached torch-1.8.0-cp37-cp37m-win_amd64.whl (190.5 MB)", "1.8.0", "cpu"),
        ("Downloading torch-2.5.1-cp312-cp312-manylinux1_x86_64.whl (906.4 MB)", "2.5.1", "cu124"),
        ("Downloading torch-2.6.0-cp310-cp310-manylinux_2_28_aarch64.whl.metadata (28 kB)", None, None),
        ("Downloading torch-2.6.0-cp310-cp310-manylinux_2_28_aarch64.whl (96.1 MB)", "2.6.0", "cpu"),
        (
            "Downloading https://pypi.example/packages/torch-2.4.1-cp310-cp310-win_amd64.whl (199.4 MB)",
            "2.4.1",
            "cpu",
        ),
        ("Downloading torch-2.2.1%2Bcu121-cp311-cp311-win_amd64.whl (2454.8 MB)", None, None),  # the tag tells
        ("Downloading torch-1.7.1-cp38-cp38-win_amd64.whl (1190.1 MB)", "1.7.1", None),  # CUDA, but which
        ("Downloading torch-2.3.0-cp311-none-macosx_11_0_arm64.whl (61.0 MB)", None, None),
        ("Downloading torchvision-0.17.1-cp311-cp311-win_amd64.whl (1.2 MB)", None, None),
    ],
)
def test_the_size_of_a_wheel_tells_its_build(line: str, version: str | None, build: str | None):
    torch = facts_of(f"Collecting torch\n  {line}\n\nGPU: NVIDIA GeForce RTX 3060\nCUDA available: False\n").torch
    known = torch.value or Torch()
    assert (known.version, known.build) == (version, build)
    assert (torch.inferred == ()) is (version is None)


def test_a_download_whose_installation_failed_installs_nothing():
    text = f"  {WINDOWS_WHEEL}\nERROR: Could not install packages due to an OSError\n\nGPU: NVIDIA GeForce RTX 3060\n"
    assert facts_of(text).torch.value is None


def test_the_cause_that_is_inferred_comes_before_the_symptom_that_it_explains():
    report = diagnose(listed("2.4.0", os="Windows 11\nGPU: NVIDIA GeForce RTX 3060\nCUDA available: False"))
    found = [(finding.rule, finding.caused_by) for finding in report.findings]
    assert found[:2] == [
        ("cpu-only-build-on-gpu-machine", None),
        ("cuda-unavailable-undetermined", "cpu-only-build-on-gpu-machine"),
    ]
    assert [finding.severity for finding in report.findings[:2]] == [Severity.WARNING, Severity.ERROR]


def test_the_cuda_of_nvidia_smi_tells_the_branch_of_the_driver():
    facts = facts_of("nvidia-smi CUDA version: 11.2\nGPU: Tesla T4\n")
    assert facts.nvidia.value is not None
    assert facts.nvidia.value.driver_version == "460"
    assert facts.nvidia.inferred == ("driver_version",)


@pytest.mark.parametrize(
    ("words", "name", "count"),
    [
        ("on a g4dn.xlarge", "Tesla T4", 1),
        ("p4d.24xlarge node", "NVIDIA A100-SXM4-40GB", 8),
        ("a DGX Spark", "NVIDIA GB10", 1),
    ],
)
def test_machines_that_are_sold_with_one_gpu(words: str, name: str, count: int):
    facts = facts_of(f"We train {words}.\n\nPyTorch version: 2.5.1+cu124\n")
    assert facts.nvidia.value is not None
    assert [gpu.name for gpu in facts.nvidia.value.gpus or ()] == [name] * count
    assert facts.nvidia.inferred == ("gpus",)


def test_a_jetson_has_no_branch_of_a_driver():
    board = facts_of("We installed it on our Orin NX.\nnvidia-smi CUDA version: 12.2\n")
    assert board.host.value and board.host.value.jetson == "Jetson Orin NX"
    assert board.nvidia.value and board.nvidia.value.driver_version is None


def test_the_instructions_of_an_old_processor():
    facts = facts_of("CPU: AMD Athlon(tm) II X3 450 Processor\nPyTorch version: 2.4.1+cpu\n")
    assert facts.cpu.value is not None
    assert facts.cpu.inferred == ("flags",)
    found = {finding.rule: finding.severity for finding in diagnose(facts).findings}
    assert found["illegal-instruction-cpu"] is Severity.WARNING
    assert facts_of("CPU: AMD FX-8350\nPyTorch version: 2.4.1+cpu\n").cpu.inferred == ()


def test_what_a_text_tells_is_not_inferred():
    facts = facts_of("We train on a g4dn.xlarge.\n\nPyTorch version: 2.5.1+cu124\nGPU: NVIDIA L4\n")
    assert facts.nvidia.inferred == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("root@3f2a1b4c5d6e:/workspace# python train.py", "docker"),
        ("appuser@3f2a1b4c5d6e:~$ python train.py", "docker"),
        ("Apptainer> python train.py", "singularity"),
    ],
)
def test_a_container_by_its_prompt(line: str, kind: str):
    facts = facts_of(f"PyTorch version: 2.5.1+cu124\nOS: Ubuntu 22.04\n\n{line}\n")
    assert facts.host.value is not None
    assert facts.host.value.container == kind
    assert "container" in facts.host.inferred


def test_wsl_by_its_paths():
    facts = facts_of("PyTorch version: 2.5.1+cu124\nOS: Ubuntu 22.04\n\nI run /mnt/c/Users/ana/train.py\n")
    assert facts.host.value is not None
    assert facts.host.value.wsl == 2
    assert facts.host.value.os == "linux"
    assert facts.host.inferred == ("wsl",)


@pytest.mark.parametrize(
    "code",
    ["os.environ['CUDA_VISIBLE_DEVICES'] = '2'", "export CUDA_VISIBLE_DEVICES=2", "CUDA_VISIBLE_DEVICES=2 python a.py"],
)
def test_visible_devices_that_a_program_or_a_shell_sets(code: str):
    facts = facts_of(f"PyTorch version: 2.5.1+cu124\n\nThis is what I run:\n{code}\n")
    assert facts.variables.value is not None
    assert facts.variables.value.values == {"CUDA_VISIBLE_DEVICES": "2"}
    assert not facts.variables.value.complete
    assert facts.variables.inferred == ("values",)


def test_of_several_settings_nobody_knows_which_was_in_force():
    text = "PyTorch version: 2.5.1+cu124\nexport CUDA_VISIBLE_DEVICES=0\nexport CUDA_VISIBLE_DEVICES=1\n"
    assert facts_of(text).variables.inferred == ()


def test_what_was_inferred_can_be_taken_away():
    facts = listed("2.1.0", os="Ubuntu 22.04 (x86_64)")
    told = without_inferred(facts)
    assert told.torch.value is not None
    assert (told.torch.value.version, told.torch.value.build) == ("2.1.0", None)
    assert told.torch.inferred == ()
    assert without_inferred(told) is told


def test_a_section_that_was_inferred_as_a_whole_is_not_told():
    facts = facts_of("We train on a g4dn.xlarge.\n\nPyTorch version: 2.5.1+cu124\n")
    assert without_inferred(facts).nvidia.status is Status.SKIPPED


def test_a_report_keeps_what_was_inferred():
    facts = listed("2.1.0", os="Windows 11")
    report = '{"schema_version":1,"kind":"check","facts":' + msgspec.json.encode(facts).decode() + "}"
    assert facts_of(report).torch == facts.torch


def test_a_jetson_by_the_name_of_its_system():
    said = "JetPack 5.1 (L4T R35)\n>>> import torch\n>>> torch.cuda.is_available()\nFalse\n"
    host = facts_of(said).host
    assert host.value is not None and host.value.jetson == "Jetson" and "jetson" in host.inferred
    beside = facts_of(f"{said}\nPyTorch version: 2.1.0\nGPU models and configuration: GPU 0: NVIDIA GeForce RTX 3060\n")
    assert beside.host.value is None or not beside.host.value.jetson


@pytest.mark.parametrize(
    ("line", "jetson", "l4t"),
    [
        ("* **L4T Release:** R35.3.1", "Jetson", None),
        ("jetson board, jetpack6.1", "Jetson", "36"),
        ("JetPack version: 4.6.1", "Jetson", "32"),
        ("nvidia-l4t-core", "Jetson", None),
        ("Board: NVIDIA Jetson Orin Nano", "Jetson Orin Nano", None),
        ("Model name:     Cortex-A78AE", "Jetson Orin", None),
        ("# R36 (release)", "Jetson", None),
    ],
)
def test_a_jetson_by_what_only_jetsons_have(line: str, jetson: str, l4t: str | None):
    told = facts_of(f"{line}\n\nPyTorch version: 2.6.0\nCUDA available: False\n")
    assert told.host.value is not None
    assert told.host.value.jetson is not None and told.host.value.jetson.startswith(jetson)
    assert (told.host.value.l4t or "").partition(".")[0] in (l4t, "35", "")
    assert diagnose(told).findings[0].rule == "jetson-wrong-wheel"


@pytest.mark.parametrize("line", ["Architecture: x86_64", "OS: Windows 11"])
def test_no_jetson_is_inferred_on_another_machine(line: str):
    told = facts_of(f"{line}\nI deploy to JetPack 6.0 afterwards.\n\nPyTorch version: 2.6.0\nCUDA available: False\n")
    assert told.host.value is None or not told.host.value.jetson


@pytest.mark.parametrize("value", ['"value":{"version":"2.1.0"},', ""])
def test_a_report_that_infers_what_is_no_field_is_read(value: str):
    report = (
        '{"schema_version":1,"kind":"check","facts":{"torch":{"status":"ok",%s"origins":{"nope":{"inferred":"x"}}}}}'
    )
    facts = facts_of(report % value)
    assert facts.torch.inferred == ()
    assert without_inferred(facts) is facts


@pytest.mark.parametrize(
    ("words", "name", "inferred"),
    [
        ("I run it on Google Colab.", "colab", False),
        ("Environment: Google Colab", "colab", False),
        ('  File "/content/train.py", line 3, in <module>\nRuntimeError: No CUDA GPUs are available', "colab", False),
        ("!python /kaggle/working/train.py", "kaggle", True),
        ("It works on Colab, not on my machine.", None, False),
        ("see https://pages.example/content/guide", None, False),
        ("OS: Windows 11, data from /kaggle/input", None, False),
    ],
)
def test_a_hosted_notebook(words: str, name: str | None, inferred: bool):
    host = facts_of(f"PyTorch version: 2.5.1+cu124\n\n{words}\n").host
    assert (host.value.container if host.value else None) == name
    assert ("container" in host.inferred) is inferred


@pytest.mark.parametrize(
    ("words", "board"),
    [
        ("nvidia@agx-orin:~/demo$ python3 run.py", "Jetson AGX Orin"),
        ("user@jetson-orin-nano:/opt$ ls", "Jetson Orin Nano"),
    ],
)
def test_a_jetson_by_its_name(words: str, board: str):
    host = facts_of(f"{words}\n\nPyTorch version: 2.1.0\n").host
    assert host.value is not None
    assert host.value.jetson == board
    assert "jetson" in host.inferred


@pytest.mark.parametrize(
    ("words", "board"), [("I installed torch on my Orin NX", "Orin NX"), ("We have an AGX Xavier", "AGX Xavier")]
)
def test_a_board_that_a_sentence_names_as_ones_own_is_told(words: str, board: str):
    host = facts_of(f"{words}\n\nPyTorch version: 2.1.0\n").host
    assert (host.value and host.value.jetson, host.inferred) == (board, ())


@pytest.mark.parametrize(
    "text",
    [
        "I use the Orin NX image elsewhere\nPyTorch version: 2.1.0\n",
        "it should also run on my Orin NX\nGPU: NVIDIA GeForce RTX 3060\n",
        "an AGX Orin user told me so\nOS: Windows 11\nPyTorch version: 2.1.0\n",
        "an AGX Orin would do\nOS: Ubuntu 22.04 (x86_64)\nPyTorch version: 2.1.0\n",
    ],
)
def test_a_board_that_is_spoken_of_is_not_this_machine(text: str):
    host = facts_of(text).host.value
    assert host is None or not host.jetson


def test_the_system_by_paths_and_prompts():
    facts = facts_of("(base) PS D:\\work> pip list\ntorch 2.4.1\ntorchvision 0.19.1\nnumpy 1.26.4\n")
    assert facts.host.value is not None and facts.torch.value is not None
    assert (facts.host.value.os, facts.host.inferred) == ("windows", ("os",))
    assert facts.torch.value.build == "cpu"


@pytest.mark.parametrize(
    ("command", "version"),
    [
        ("conda create -n a python=3.9 -y", "3.9"),
        ("py -3.14 -m venv llm", "3.14"),
        ("python3.12 -m venv .venv", "3.12"),
        ("uv venv --python 3.13 .venv", "3.13"),
        ("conda create -n a pytorch -c pytorch", None),
        ("conda create -n a python=3.9\nconda create -n b python=3.10", None),
    ],
)
def test_the_command_that_makes_an_environment_tells_its_python(command: str, version: str | None):
    python = facts_of(f"{command}\n\nGPU: NVIDIA GeForce RTX 3060\n").python.value
    assert (python.version if python else None) == version


def test_a_container_by_the_command_that_starts_it():
    assert facts_of("docker run --rm --gpus all image\n\nGPU: NVIDIA A100\n").host.value.container == "docker"
    podman = "❯ podman run --rm --device nvidia.com/gpu=all image nvidia-smi\n\nGPU: NVIDIA A100\n"
    assert facts_of(podman).host.value.container == "docker"
    banner = "This container image and its contents are governed by the NVIDIA Deep Learning Container License.\n"
    assert facts_of(f"{banner}GPU: NVIDIA A100\n").host.value.container == "docker"
    service = "image-maker  | Traceback (most recent call last):\nGPU: NVIDIA A100\n"
    assert facts_of(service).host.value.container == "docker"
    hint = "If you use WSL2 you may want to: export LD_LIBRARY_PATH=/usr/lib/wsl/lib/\nGPU: NVIDIA A100\n"
    assert not facts_of(hint).host.value or not facts_of(hint).host.value.wsl


def test_a_mac_of_intel_s():
    assert facts_of("OS: macOS 14\nIt fails on a MacBook with Intel chip\n").host.value.architecture == "x86_64"
    assert facts_of("OS: macOS 14\nIt fails on a MacBook with M2\n").host.value.architecture is None


def test_a_python_of_32_bits_by_its_folder():
    folder = "Requirement already satisfied: pyyaml in c:\\program files (x86)\\python38-32\\lib\\site-packages\n"
    assert facts_of(f"OS: Windows 10\n{folder}").python.value.bits == 32
    assert not facts_of("OS: Windows 10\nc:\\python38\\lib\\site-packages\n").python.value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("GPU nodes of our GKE cluster\nThe driver is not found in the pod\n", "kubernetes"),
        ("k8s 1.27: pods can't see the driver\n", "kubernetes"),
        ("k3s 1.30, GPU operator\nPod (image: python:3.11-slim)\n", "kubernetes"),
        ("An EKS pod with one GPU\n", "kubernetes"),
        ("k8s 1.27 on the node itself, with torch 2.4.0\n", None),
        ("Installed with CocoaPods; in the pod file torch 2.4.0\n", None),
    ],
)
def test_a_pod_of_a_cluster(text: str, kind: str | None):
    host = facts_of(f"GPU 0: NVIDIA L4\n{text}").host.value
    assert (host.container if host else None) == kind


@pytest.mark.parametrize(
    ("line", "libc"),
    [
        ("RUN apk add --no-cache python3 py3-pip", "musl"),
        ("FROM nginx:stable-alpine", "musl"),
        ("FROM python:3.12-slim", None),
    ],
)
def test_alpine_by_its_installer(line: str, libc: str | None):
    host = facts_of(f"GPU 0: NVIDIA L4\n{line}\n").host.value
    assert (host.libc if host else None) == libc


@pytest.mark.parametrize(
    ("text", "os"),
    [
        ("already installed it on my Mac laptop\n", "macos"),
        ("runs on an Apple MacBook Pro\n", "macos"),
        ("a friend's Mac shows the same\n", None),
        ("Mac Studio M2\n", "macos"),
        ("the Mac Studio M2 of my friend\n", None),
    ],
)
def test_a_mac_that_is_spoken_of_as_ones_own(text: str, os: str | None):
    host = facts_of(f"PyTorch version: 2.1.0\n{text}").host.value
    assert (host.os if host else None) == os


def test_a_container_that_was_started_before_what_fails():
    started = "sudo docker run -it --privileged image bash\npython main.py\n"
    fails = 'Traceback (most recent call last):\n  File "main.py", line 4, in <module>\nRuntimeError: CUDA error: no\n'
    assert facts_of(started + fails).host.value.container == "docker"
    host = facts_of(fails + started).host.value
    assert not host or not host.container


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("It fails on my MacBook Pro M2 Max", "Apple M2 Max"),
        ("Mac Studio (M1 Ultra), Rosetta terminal", "Apple M1 Ultra"),
        ("an M3 MacBook", "Apple M3"),
        ("it also works on M1 Macs", None),
        ("Error on an Intel iMac; the lock file was written on an M1 MacBook", None),
        ("a MacBook Pro M1 and a Mac mini M2", None),
        ("the M2 branch of the project", None),
    ],
)
def test_the_chip_of_a_mac(text: str, model: str | None):
    cpu = facts_of(f"OS: macOS 14\n{text}\n").cpu.value
    assert (cpu.model if cpu else None) == model
