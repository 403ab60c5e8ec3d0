from __future__ import annotations

import pytest

from doctor.intake.formats import dockerfile


def read(text: str):
    return dockerfile.read(text.splitlines())[0]


@pytest.mark.parametrize(
    "run", ["pip install torch==2.3.0", "uv pip install --system torch", "pip install -r requirements.txt"]
)
def test_a_torch_over_that_of_the_image_is_not_told(run: str):
    assert "torch" not in read(f"FROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-runtime\nRUN {run}\n")


def test_only_a_devel_image_has_nvcc():
    assert "toolkits" not in read("FROM nvidia/cuda:11.8.0-runtime-ubuntu20.04\nRUN true\n")
    assert read("FROM nvidia/cuda:11.8.0-devel-rockylinux8\nRUN true\n")["host"].distribution_id == "rocky"


def test_alpine_has_musl():
    assert read("FROM python:3.12-alpine3.20\nRUN true\n")["host"].libc == "musl"


def test_the_rocm_image():
    facts = read("FROM rocm/pytorch:rocm6.2_ubuntu22.04_py3.10_pytorch_release_2.3.0\nRUN true\n")
    assert (facts["torch"].hip_version, facts["python"].version) == ("6.2", "3.10")


@pytest.mark.parametrize("text", ["FROM here on it fails", "From: ana\nTo: bea", "FROM ubuntu:22.04", "RUN pip i x"])
def test_words_are_no_dockerfile(text: str):
    assert read(text) == {}
