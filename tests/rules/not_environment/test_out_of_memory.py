"""out-of-memory."""

from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Gpu, Host, Nvidia, Package, Packages, Torch
from doctor.rules import load
from tests.rules.judging import facts_of, is_cleared, is_open, points_to

RULE = "out-of-memory"


def test_texts():
    line = "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 22.78 GiB. GPU 0 has a total capacity"
    assert points_to(RULE, line)
    line = "RuntimeError: [enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: not enough memory:"
    assert points_to(RULE, line)
    assert points_to(RULE, "RuntimeError: MPS backend out of memory (MPS allocated: 9.05 GB)")
    assert not points_to(RULE, "CUDA error: an illegal memory access was encountered")
    assert not points_to(RULE, "RuntimeError: unable to write to file </torch_1_2>: No space left on device")


def commands_for(text, **facts):
    found = remedies_of(load(RULE), facts_of(error=ErrorText(text), **facts))
    assert "smaller" in found[0].title
    return [argv for remedy in found for argv in remedy.commands]


def test_nvidia_smi_for_cuda_only():
    cuda = {"host": Host(os="linux"), "nvidia": Nvidia(gpus=(Gpu("NVIDIA A10"),))}
    assert commands_for("CUDA out of memory. Tried to allocate 2 GiB", **cuda) == [("nvidia-smi",)]
    assert commands_for("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes", **cuda) == []
    assert commands_for("MPS backend out of memory (MPS allocated: 9.05 GB)", host=Host(os="macos")) == []


def test_a_gpu_out_of_reach_comes_first():
    assert is_cleared(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_LIB_RM_VERSION_MISMATCH"))
    assert is_open(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_NO_PERMISSION"))  # near miss: not allowed to ask
    assert is_open(RULE, nvidia=Nvidia())


def test_a_server_is_told_of_its_own_settings():
    served = "ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization`"
    advice = remedies_of(load(RULE), facts_of(error=ErrorText(served)))[0].title
    assert "max_model_len" in advice
    assert "max_model_len" not in remedies_of(load(RULE), facts_of(error=ErrorText("CUDA out of memory")))[0].title


def test_a_torchaudio_of_another_torch_asks_for_nonsense():
    thrown = ErrorText("terminate called after throwing an instance of 'std::bad_alloc'")
    torch = Torch(version="2.8.0")
    assert is_cleared(RULE, error=thrown, torch=torch, packages=Packages((Package("torchaudio", "2.9.1"),)))
    assert is_open(RULE, error=thrown, torch=torch, packages=Packages((Package("torchaudio", "2.8.0"),)))
    full = ErrorText("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB")  # near miss
    assert is_open(RULE, error=full, torch=torch, packages=Packages((Package("torchaudio", "2.9.1"),)))
