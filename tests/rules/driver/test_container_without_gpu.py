"""container-without-gpu."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Gpu, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "container-without-gpu"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
DOCKER = Host(container="docker", os="linux")


def test_fires_where_the_host_shows_through():
    module = Nvidia(gpus=(), module_version="550.54.14")
    found = finding(RULE, nvidia=module, host=DOCKER, torch=CUDA)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert ("docker", "run", "--gpus", "all", "IMAGE") in commands(found)
    pci = Nvidia(gpus=(), driver_version="", pci_gpus=(Gpu("A100"),))
    assert finding(RULE, nvidia=pci, host=DOCKER, torch=CUDA) is not None
    listed = Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED", modules=("nvidia", "nvidia_uvm"))
    assert finding(RULE, nvidia=listed, host=DOCKER, torch=CUDA) is not None


def test_a_library_that_was_passed_in_and_finds_no_driver_is_the_host_s_fault():
    refused = Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED")
    assert finding(RULE, nvidia=refused, host=DOCKER, torch=CUDA) is None
    assert finding("driver-not-loaded", nvidia=refused, host=DOCKER, torch=CUDA) is not None


def test_a_container_on_a_cpu_machine_is_no_fault():
    none = Nvidia(gpus=(), driver_version="", module_version="", pci_gpus=())
    assert finding(RULE, nvidia=none, host=DOCKER, torch=CUDA) is None
    image = Variables({"NVIDIA_VISIBLE_DEVICES": "all"})
    found = finding(RULE, nvidia=none, host=DOCKER, torch=CUDA, variables=image)
    assert found is not None
    assert found.severity is Severity.INFO


def test_quiet_outside_with_gpus_and_where_nothing_is_known():
    module = Nvidia(gpus=(), module_version="550.54.14")
    assert finding(RULE, nvidia=module, host=Host(container=""), torch=CUDA) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("A100"),)), host=DOCKER, torch=CUDA) is None
    assert finding(RULE, nvidia=Nvidia(), host=DOCKER, torch=CUDA) is None
    assert finding(RULE, nvidia=module, host=DOCKER, torch=CUDA, runtime=Runtime(cuda_available=True)) is None


def test_each_engine_has_its_own_remedy():
    module = Nvidia(gpus=(), module_version="550.54.14")
    podman = finding(RULE, nvidia=module, host=Host(container="podman"), torch=CUDA)
    assert any("nvidia.com/gpu=all" in command for command in commands(podman))
    assert commands(finding(RULE, nvidia=module, host=Host(container="kubernetes"), torch=CUDA)) == []


def test_a_gpu_that_is_in_the_container_clears_it():
    inside = Nvidia(driver_version="550.54.14", gpus=(Gpu("A100"),))
    assert is_cleared(RULE, nvidia=inside, host=DOCKER, torch=CUDA, runtime=Runtime(cuda_available=False))
    assert is_cleared(RULE, nvidia=Nvidia(gpus=()), host=DOCKER, runtime=Runtime(cuda_available=True))


def test_outside_the_engines_own_messages_are_read():
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14", gpus=(Gpu("A100"),)), host=Host(container=""))
    assert is_open(RULE, nvidia=Nvidia(), host=DOCKER)


def test_the_toolkit_comes_first_where_the_engine_complains():
    rule = rules.load(RULE)
    inside, outside = (remedies_of(rule, facts_of(host=host)) for host in (DOCKER, UBUNTU))
    assert inside[0].commands == (("docker", "run", "--gpus", "all", "IMAGE"),)
    assert "install NVIDIA Container Toolkit" in outside[0].title
    assert outside[0].commands == ()


def test_texts():
    line = 'docker: Error response from daemon: could not select device driver "" with capabilities: [[gpu]].'
    assert points_to(RULE, line)
    assert points_to(RULE, "WARNING: The NVIDIA Driver was not detected.  GPU functionality will not be available.")
    assert points_to(RULE, "nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1")
    assert not points_to(RULE, "docker: Error response from daemon: pull access denied for gpu")


@pytest.mark.parametrize(("name", "shown", "where"), [("colab", "Colab", "Runtime"), ("kaggle", "Kaggle", "Settings")])
def test_a_hosted_notebook_is_given_a_gpu_by_its_host(name: str, shown: str, where: str) -> None:
    notebook = Host(container=name, os="linux")
    for said in ("Found no NVIDIA driver on your system. Please check", "RuntimeError: No CUDA GPUs are available"):
        found = finding(RULE, host=notebook, error=ErrorText(said))
        assert found and f"This {shown} notebook" in found.message
        assert where in found.remedies[0].title and commands(found) == []
        assert is_cleared("no-driver", host=notebook, error=ErrorText(said))
    found = finding(RULE, host=notebook, torch=CUDA, runtime=Runtime(cuda_available=False))
    assert found is not None


def test_a_hosted_notebook_with_a_gpu_or_with_nothing_said_of_it() -> None:
    notebook = Host(container="colab", os="linux")
    said = ErrorText("RuntimeError: No CUDA GPUs are available")
    assert is_cleared(
        RULE, host=notebook, error=said, nvidia=Nvidia(driver_version="550.54.15", gpus=(Gpu("Tesla T4"),))
    )
    assert is_open(RULE, host=notebook)
    assert is_open(RULE, host=notebook, torch=Torch(version="2.5.1+cpu", build="cpu", cuda_version=""), error=said)
    assert is_open(RULE, host=notebook, error=said, variables=Variables({"CUDA_VISIBLE_DEVICES": ""}))


def test_nothing_but_the_error_is_told() -> None:
    error = ErrorText("RuntimeError: Found no NVIDIA driver on your system. Please check that you have one")
    found = finding(RULE, host=DOCKER, error=error)
    assert found and "started without one" in found.message
    assert ("docker", "run", "--gpus", "all", "IMAGE") in commands(found)
    assert is_open(RULE, host=DOCKER, error=ErrorText("RuntimeError: CUDA out of memory"))
    assert is_open(RULE, host=UBUNTU, error=error)


def test_a_gpu_that_is_only_named_was_not_seen_in_the_container() -> None:
    named = Nvidia(gpus=(Gpu("Tesla T4"),), gpus_source="text")
    told = ErrorText("RuntimeError: Found no NVIDIA driver on your system.")
    host = Host(os="linux", container="kubernetes")
    assert finding(RULE, host=host, nvidia=named, error=told) is not None
    assert finding(RULE, host=host, nvidia=named) is None


HOST = Nvidia(driver_version="560.35.03", gpus=(Gpu("NVIDIA L4"),), gpus_source="nvidia-smi")
RUN = "docker run --rm -it -v /data:/data pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime bash"
FALSE = "torch.cuda.is_available() -> False in it"


def test_a_command_that_starts_a_container_for_cuda_without_a_gpu():
    found = finding(RULE, nvidia=HOST, error=ErrorText(f"{RUN}\n{FALSE}"))
    assert found and "--gpus" in found.message and "docker container" in found.message
    assert finding(RULE, nvidia=HOST, error=ErrorText(f"`{RUN}`, and there nvidia-smi is not found")) is not None


def test_a_command_that_gives_the_gpu_or_is_for_something_else_tells_nothing():
    for command in (RUN.replace("--rm", "--gpus all"), RUN.replace("--rm", "--runtime=nvidia"), "docker run redis:7"):
        assert finding(RULE, nvidia=HOST, error=ErrorText(f"{command}\n{FALSE}")) is None
    assert finding(RULE, nvidia=HOST, error=ErrorText(f"{RUN}\nand with --gpus all:\n{FALSE}")) is None
    assert finding(RULE, nvidia=HOST, error=ErrorText(RUN)) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("L4"),)), error=ErrorText(f"{RUN}\n{FALSE}")) is None
    assert finding(RULE, nvidia=HOST, error=ErrorText(f"{RUN}\n{FALSE}"), runtime=Runtime(cuda_available=True)) is None


@pytest.mark.parametrize(
    "typed", ["root@4be1f09c77aa:/srv# nvidia-smi", "# nvidia-smi", "$ docker run -it trainer bash"]
)
def test_nvidia_smi_is_missing_in_a_container(typed):
    said = ErrorText(f"{typed}\nbash: nvidia-smi: command not found")
    found = finding(RULE, host=DOCKER, error=said)
    assert found is not None
    assert ("docker", "run", "--gpus", "all", "IMAGE") in commands(found)
    asked = [evidence.seen for evidence in found.evidence if evidence.needed == "--gpus all"]
    assert asked == (["docker run -it trainer bash"] if "docker run" in typed else [])


def test_nvidia_smi_is_missing_elsewhere_or_is_not_wanted():
    missing = "bash: nvidia-smi: command not found"
    on_host = ErrorText(f"kim@tower:~$ nvidia-smi\n{missing}\nkim@tower:~$ docker run -it trainer")
    assert finding(RULE, host=DOCKER, error=on_host) is None
    cpu = Torch(version="2.7.1+cpu", build="cpu", cuda_version="")
    assert finding(RULE, host=DOCKER, torch=cpu, error=ErrorText(missing)) is None
    assert finding(RULE, host=UBUNTU, error=ErrorText(missing)) is None
