"""The program has used up the memory of the GPU or of the machine.

## Why it matters
The environment works; the program asks for more memory than is free.

## What to do
Use a smaller batch, mixed precision or gradient checkpointing; end other programs on the GPU; against fragmentation set
`PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True`.

## References
- https://docs.pytorch.org/docs/stable/notes/cuda.html#memory-management
"""

from __future__ import annotations

from doctor.facts import ErrorText, Nvidia, Packages, Torch
from doctor.model import OF_INSTALLERS, Severity
from doctor.remedy.actions import Action, Advice, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there
from doctor.rules.packages import _pair

SEVERITY = Severity.ERROR  # it does stop the program; the area says that the environment is not the cause
EXPLAINS = (
    "cublas-not-initialized",
    "cudnn-internal-error",
    "nccl-unhandled-cuda-error",
    "nccl-system-error",  # of the ranks that lose this one
    "collective-timeout",
)
UNLESS = (
    r"pip[\\/](?:_internal[\\/]cli[\\/]base_command|basecommand)\.py",  # an installer's memory is another matter
    r"module 'torch\._C' has no attribute '",  # the name of the exception is missing, not memory
    r"MPS allocated: 0 bytes, other allocations: 0 bytes",
    rf"\b(?:from|import) \w[^()=]{{0,90}}{_pair.BAD_ALLOC}",  # code of another torch is imported
)
SIGNATURES = (
    r"(?:CUDA|[Cc]uda|HIP|MPS|XPU|NPU)\b.{0,40}[Oo]ut [Oo]f [Mm]emory",
    r"not enough GPU video memory available|\bCould not allocate tensor with \d{3,20} bytes",  # DirectML
    r"torch(?:\.cuda)?\.OutOfMemoryError|(?<!java\.lang\.)\bOutOfMemoryError\b",
    r"CUDA error: out of memory|[Cc]uda failure (?:\d+ )?'out of memory'|cudaErrorMemoryAllocation"
    r"|CUDA_ERROR_OUT_OF_MEMORY|hipErrorOutOfMemory",
    r"Tried to allocate [\d.]+ [KMGT]i?B",
    r"cuda runtime error \(2\) ?: out of memory",
    r"MPS backend out of memory|UR_RESULT_ERROR_OUT_OF_(?:DEVICE_MEMORY|RESOURCES)|XPU out of memory",
    r"DefaultCPUAllocator: (?:not enough memory|can't allocate memory)"
    r"|\[enforce fail at .{0,80}\] .{0,40}memory",
    r"No available memory for the cache blocks"
    r"|larger than the maximum number of tokens that can be stored in KV cache"
    r"|KV cache is needed, which is larger than the available KV cache memory",
    r"not enough memory: you tried to allocate|std::bad_alloc|numpy\S*ArrayMemoryError"
    r"|Unable to allocate [\d.]+ [KMGT]iB",
    r"(?:总是|一直|就会|还是|爆|报)\s?OOM\b",
    r"^MemoryError\b|torch\.AcceleratorError: CUDA error: out of memory",
    r"RuntimeError: Invalid buffer size: [\d.]+ [GT]i?B",  # MPS; of what no buffer can hold,
    r"expandable_segments: memory mapping failed with OOM|unable to mmap memory: you tried to mmap"
    r"|Failed to allocate memory on MPS device",
    r"unable to mmap \d{1,20} bytes from file .{1,200}: Cannot allocate memory",
    r"Insufficient (?:GPU|CUDA|VRAM|video|device) memory\b",
    r"Free memory on device .{0,60}is less than desired GPU memory utilization"
    r"|Make sure you have enough GPU RAM to fit the quantized model",
)
NOT_WHILE = OF_INSTALLERS
_OUT_OF_REACH = ("NVML_ERROR_LIB_RM_VERSION_MISMATCH", "NVML_ERROR_GPU_IS_LOST")

SERVED = "Give the server a smaller max_model_len, and the gpu_memory_utilization that other programs on the GPU leave"
SMALLER = "Make the batch or the model smaller, or use mixed precision or gradient checkpointing"


def check(nvidia: Nvidia | None, torch: Torch | None, packages: Packages | None, error: ErrorText | None) -> Answer:
    """Of a GPU that no program reaches any more, the memory was that of a run before. A torchaudio of another torch
    asks for nonsense when it is imported."""
    if nvidia and nvidia.nvml_error in _OUT_OF_REACH:
        return not_there("nvidia.nvml_error", nvidia.nvml_error, "a GPU within reach")
    audio = packages.version("torchaudio") if packages else None
    foreign = audio and torch and torch.version and _pair.torchaudio_fits(torch.version, audio) is False
    if audio and foreign and _nvidia.matching_line(_pair.BAD_ALLOC, None, None, error):
        return not_there("packages.installed", f"torchaudio {audio}", "the torchaudio of this torch")
    return cannot_tell("error.text")


def remedies(nvidia: Nvidia | None, error: ErrorText | None) -> tuple[Action, ...]:
    of_cuda = bool(nvidia and nvidia.gpus) and (error is None or "CUDA" in error.text)
    look = Look((("nvidia-smi",),), title="Show what uses the memory of the GPU")
    serves = error is not None and "memory utilization" in error.text.lower().replace("_", " ")
    return (Advice(title=SERVED if serves else SMALLER), *((look,) if of_cuda else ()))
