"""What the steps of a Dockerfile leave in the image."""

from __future__ import annotations

import pytest

from doctor.diagnose import diagnose
from doctor.facts import Facts, Torch
from doctor.intake.recognise import examine
from doctor.model import Severity

CUDA = "FROM nvidia/cuda:12.1.1-runtime-ubuntu22.04\n"
PYTORCH = "FROM pytorch/pytorch:1.13.1-cuda11.6-cudnn8-runtime\n"


def facts_of(text: str) -> Facts:
    return examine(text).facts


def torch_of(text: str) -> Torch:
    return facts_of(text).torch.value or Torch()


@pytest.mark.parametrize(
    ("steps", "version", "build"),
    [
        ("RUN pip install torch==2.4.0\n", "2.4.0", "cu121"),
        ("RUN pip install torch==2.3.1 --index-url https://download.pytorch.org/whl/cu118\n", "2.3.1+cu118", "cu118"),
        ("RUN pip install \\\n    torch==2.2.2+cpu \\\n    numpy\nRUN pip install -r r.txt\n", "2.2.2+cpu", "cpu"),
        ("RUN pip install torch==2.0.1 && pip install torch==2.4.0\n", "2.4.0", "cu121"),
        ("RUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n", None, "cpu"),
        ("RUN pip install torch\n", None, None),
        ("RUN pip install torch==2.4.0 --index-url https://mirror.example/simple\n", None, None),
        ("RUN pip install torch==2.4.0\nRUN pip install vllm\n", None, None),
        ("RUN pip install torchvision==0.19.0\n", None, None),
    ],
)
def test_the_last_step_that_names_torch(steps: str, version: str | None, build: str | None):
    torch = torch_of(CUDA + steps)
    assert (torch.version, torch.build) == (version, build)


def test_of_several_stages_the_last_one():
    first = "FROM ubuntu:22.04 AS build\nRUN pip install torch==2.0.1\n"
    assert torch_of(first + CUDA + "RUN pip install torch==2.4.0\n").version == "2.4.0"
    assert torch_of(first + CUDA + "RUN apt-get update\n").version is None


def test_the_torch_of_the_image_stays_where_no_step_installs_one():
    assert torch_of(PYTORCH + "RUN apt-get update\n").version == "1.13.1"
    assert torch_of(PYTORCH + "RUN pip install torch==2.4.0\n").version == "2.4.0"


def test_a_newer_torch_over_that_of_the_image_on_an_older_driver():
    host = "| NVIDIA-SMI 470.82.01    Driver Version: 470.82.01    CUDA Version: 11.4     |\n"
    report = diagnose(facts_of(f"{PYTORCH}RUN pip install torch==2.4.0\n\n{host}\nIs CUDA available: False\n"))
    first = report.findings[0]
    assert (first.rule, first.severity) == ("driver-too-old-for-cuda-build", Severity.WARNING)


@pytest.mark.parametrize(
    ("image", "steps", "nvcc"),
    [
        ("nvidia/cuda:12.1.1-runtime-ubuntu22.04", "RUN pip install flash-attn --no-build-isolation\n", ""),
        ("python:3.11-slim", "RUN pip install --no-build-isolation causal-conv1d\n", ""),
        ("pytorch/pytorch:2.1.0-cuda12.1-cudnn8-runtime", "RUN pip install flash-attn --no-build-isolation\n", ""),
        ("pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel", "RUN pip install flash-attn --no-build-isolation\n", None),
        (
            "ubuntu:22.04",
            "RUN apt-get install -y nvidia-cuda-toolkit\nRUN pip install apex --no-build-isolation\n",
            None,
        ),
        ("python:3.11-slim", "RUN pip install flask\n", None),
    ],
)
def test_an_image_without_a_compiler_where_something_is_compiled(image: str, steps: str, nvcc: str | None):
    toolkits = facts_of(f"FROM {image}\nRUN true\n{steps}").toolkits.value
    assert (toolkits.nvcc_version if toolkits else None) == nvcc


BUILD_FAILED = """
 > [4/4] RUN pip install flash-attn --no-build-isolation:
1.001 Collecting flash-attn
1.530   Downloading flash_attn-2.7.0.tar.gz (2.7 MB)
2.914   error: subprocess-exited-with-error
"""


def test_a_build_that_fails_in_an_image_without_a_compiler():
    file = "FROM python:3.11-slim\nRUN pip install torch==2.4.0\nRUN pip install flash-attn --no-build-isolation\n"
    (found,) = diagnose(facts_of(file + BUILD_FAILED)).findings
    assert (found.rule, found.severity) == ("cuda-toolkit-missing", Severity.WARNING)


def test_what_is_built_before_there_is_a_torch():
    file = "FROM ubuntu:22.04\nRUN pip install wheel\nRUN pip install mamba-ssm --no-build-isolation\n"
    late = "RUN pip install torch==2.4.0\n"
    assert torch_of(file + late).version == ""
    assert torch_of("FROM ubuntu:22.04\n" + late + file.partition("\n")[2]).version == "2.4.0"
    assert torch_of(file.replace("wheel", "-r requirements.txt")).version is None
    assert torch_of(file.replace(" --no-build-isolation", "")).version is None


@pytest.mark.parametrize(
    ("image", "l4t"),
    [
        ("nvcr.io/nvidia/l4t-base:r35.3.1", "35.3.1"),
        ("nvcr.io/nvidia/l4t-pytorch:r32.7.1-pth1.10-py3", "32.7.1"),
        ("dustynv/ros:humble-r36.2.0", "36.2.0"),
        ("ultralytics/ultralytics:latest-jetson-jetpack6", "36"),
    ],
)
def test_images_for_jetsons(image: str, l4t: str):
    host = facts_of(f"FROM {image}\nRUN true\n").host.value
    assert host and (host.jetson, host.architecture, host.container) == ("Jetson", "aarch64", "docker")
    assert host.l4t and host.l4t.startswith(l4t)


def test_pips_torch_on_a_jetsons_image():
    text = "FROM nvcr.io/nvidia/l4t-base:r35.3.1\nRUN pip3 install torch==2.1.0\n"
    (found,) = diagnose(facts_of(text)).findings
    assert (found.rule, found.severity) == ("jetson-wrong-wheel", Severity.WARNING)


def test_the_platform_of_an_image():
    text = "FROM --platform=linux/arm64 ubuntu:22.04\nRUN pip install torch==2.4.0\n"
    assert (facts_of(text).host.value.architecture, torch_of(text).build) == ("aarch64", "cpu")
