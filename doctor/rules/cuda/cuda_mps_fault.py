"""The CUDA Multi-Process Service (MPS) does not answer, or ended a client.

## Why it matters
Where the MPS control daemon runs, or CUDA_MPS_PIPE_DIRECTORY names its folder, CUDA programs do not use the GPU
themselves but ask the MPS server. If the daemon has ended, belongs to another user, is not shared with the container,
or was stopped by another client's error, no CUDA program starts. (This is not Apple's MPS.)

## What to do
Restart the daemon as the user whose programs use it, or do without it: end the daemon, unset
CUDA_MPS_PIPE_DIRECTORY, and set the compute mode to Default. A container needs the daemon's pipe folder and
`--ipc=host`.

## References
- https://docs.nvidia.com/deploy/mps/index.html
- cudaErrorMpsConnectionFailed (805) to cudaErrorMpsClientTerminated (810) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"MPS client failed to connect to the MPS control daemon",
    r"remote procedural call between the MPS server and the MPS client failed",
    r"MPS server is not ready to accept new MPS client|MPS client has been terminated by the server",
    r"hardware resources required to (?:create MPS client|support device connections) have been exhausted",
    r"cudaErrorMps\w{4,30}|CUDA_ERROR_MPS_\w{4,40}",
    r"Cannot find MPS control daemon process|Failed to (?:start|connect to) (?:the )?MPS (?:control daemon|server)",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "cuda-device-busy-or-exclusive",
    "nccl-unhandled-cuda-error",
)


def remedies() -> tuple[Action, ...]:
    pipes = ("CUDA_MPS_PIPE_DIRECTORY", "CUDA_MPS_LOG_DIRECTORY")
    return (
        Rerun(title="Run without MPS, if its daemon is not running in the usual folder", unset=pipes),
        Advice(title="End the MPS control daemon and start it again, as the user whose programs use it"),
    )
