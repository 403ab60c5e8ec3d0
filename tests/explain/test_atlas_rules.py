"""What the atlas says of a message and what the rules' signatures make of it do not contradict each other."""

import pytest

from doctor.explain import atlas, causes
from doctor.explain.atlas import Concern
from tests.each import each

FILLS = ("12", "torch")
RECOGNISED = {
    "build-isolation-hides-torch": "This error likely indicates that `flash-attn` depends on `torch`,"
    " but doesn't declare it as a build dependency.",
    "container-without-gpu": "docker: Error response from daemon: failed to discover GPU vendor from CDI: no known GPU"
    " vendor found",
    "cpu-only-build-on-gpu-machine": "RuntimeError: torch.cuda.Stream requires CUDA support",
    "cuda-visible-devices-bad": "RuntimeError: device 2 is not visible (CUDA_VISIBLE_DEVICES=0,1)",
    "cudnn-mismatch-or-missing": "UserWarning: cuDNN/MIOpen library not found. Check your LD_LIBRARY_PATH",
    "damaged-torch-files": "RuntimeError: Unable to find torch_shm_manager at /srv/env/torch/bin/torch_shm_manager",
    "dataset-corrupted": "RuntimeError: Invalid magic number; corrupt file?",
    "dataset-download-http": "RuntimeError: It looks like there is no internet connection and the repo could not"
    " be found in the cache (/srv/hub)",
    "disk-full": "write /var/lib/docker/tmp/layer: no space left on device",
    "driver-library-incomplete": "RuntimeError: CUDA driver library could not be loaded: libcuda.so.1",
    "driver-not-loaded": "nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown",
    "environment-not-writable": "NoWritableEnvsDirError: No writeable envs directories configured.",
    "fork-after-cuda-init": "RuntimeError: Cannot re-initialize XPU in forked subprocess. To use XPU with"
    " multiprocessing, you must use the 'spawn' start method",
    "half-removed-packages": "ImportError: Something is wrong with the numpy installation. While importing we detected"
    " an older version of numpy in ['/srv/env/numpy'].",
    "invalid-device-ordinal": "ValueError: local_rank 4 exceeds available GPUs in CUDA_VISIBLE_DEVICES=0,1",
    "mps-unavailable-other": "RuntimeError: MPS backend is unavailable: no supported Metal GPU was found.",
    "ninja-missing": "RuntimeError: With dlink=True, ninja is required to build cuda extension lib.",
    "nccl-not-on-windows": "RuntimeError: PyTorch is not compiled with NCCL support",
    "no-cpp-compiler-for-inductor": "RuntimeError: Failed to find C++ compiler. Please specify via CXX",
    "package-missing": "ModuleNotFoundError: nvidia-ml-py does not seem to be installed or it can't be imported.",
    "python-headers-missing": "RuntimeError: Can't find Python.h in /usr/include/python3.12",
    "python-version-unsupported": "  cause: Because torch==2.15.0 has no wheels with a matching Python implementation"
    " tag (e.g., `cp38`) and you require torch==2.15.0, we can conclude that your requirements are unsatisfiable.",
    "triton-missing-windows": "RuntimeError: triton package is not installed",
    "unmet-requirements": "ValueError: 'torch' supports dill >= 0.3.1, but you have dill 0.2.9. Please upgrade dill",
    "weights-only-default": "Trying to load unsupported GLOBAL os.system whose module os is blocked.",
    "xpu-build-missing": "RuntimeError: Distributed package doesn't have XCCL built in",
    "xpu-driver-or-runtime": "RuntimeError: Failed to enumerate devices via Level Zero Sysman.",
}


def of_one_cause() -> list[tuple[str, str]]:
    entries = (entry for name in atlas.books() for entry in atlas.book(name).entries if not entry.name)  # else by name
    one = (entry for entry in entries if entry.concern is Concern.ENVIRONMENT and len(entry.rules) == 1)
    return sorted({(entry.text, entry.rules[0]) for entry in one})


@each(("text", "rule"), of_one_cause)
def test_a_message_of_one_cause_is_answered_rightly_or_not_at_all(text, rule):
    for filled in {text.replace("{}", fill) for fill in FILLS}:
        assert [cause.rule for cause in causes(filled)][:1] in ([], [rule]), filled


@pytest.mark.parametrize(("rule", "text"), RECOGNISED.items())
def test_the_cause_of_a_message_is_recognised(rule, text):
    assert [cause.rule for cause in causes(text)][:1] == [rule]
