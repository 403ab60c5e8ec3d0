"""Transfers over InfiniBand or RoCE fail.

## Why it matters
NCCL found the adapters and set up its connections, but the transfer itself ends with an error. Status 12: the other
side never answered (a port that is down, a wrong GID index, a switch that drops or does not route). Status 4 or 10: an
adapter may not reach the memory of a GPU (nvidia-peermem, IOMMU). Status 5 only follows another error. "Cannot
allocate memory" from ibv_reg_mr or ibv_create_cq means that too little memory may be locked (`ulimit -l`).

## What to do
Run once without InfiniBand: if it works, the fabric is at fault and not the program. Then look at the ports with
`ibstat`, choose the adapters with NCCL_IB_HCA, and let `ib_write_bw` run between the two machines. With RoCE the index
of the GID matters: NCCL 2.21 and newer choose it themselves, so unset NCCL_IB_GID_INDEX; older ones need the index of
a RoCE v2 address in it (`show_gids`).

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#networking-issues
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-ib-gid-index
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)\bGot completion (?:from peer .{1,120} )?with (?:error|status)[ =]\w{0,30}\(?\d{1,2}\b",
    r"Call to ibv_modify_qp failed with",
    r"Call to ibv_(?!set_ece|query_ece)\w{1,30} failed|Call to ibv_poll_cq\(\) returned -?[1-9]",
    r"ibv_post_(?:send|recv)\(\) failed",
    r"NET/IB ?: .{0,80}(?:async fatal event|Got async event ?: (?:port error|.{0,40}(?:fatal|catastrophic)))",
    r"NET/IB ?: (?:Unable to (?:open|query) (?:device|port)|Attempted to connect incompatible devices)",
    r"NET/IB ?: Got CQE with error|NET/IB ?: Fatal error\. Detected",
    r"(?i)\b(?:transport|RNR) retry (?:counter|count) exceeded|IBV_WC_(?:RETRY|RNR_RETRY|REM|LOC)\w{0,20}_ERR",
    r"(?i)Completion with error at (?:client|server)|Failed status \d{1,2}: wr_id",
)
EXPLAINS = ("nccl-system-error", "nccl-unhandled-cuda-error", "collective-timeout", "nccl-socket-ifname")


def remedies() -> tuple[Action, ...]:
    without, named, index = (("NCCL_IB_DISABLE", "1"),), (("NCCL_IB_GID_INDEX", "INDEX"),), ("NCCL_IB_GID_INDEX",)
    program = ("torchrun", "PROGRAM.py")
    return (
        Rerun(title="Run once over sockets, slowly, to tell the fabric from the program", set=without, program=program),
        Rerun(title="Let NCCL 2.21 or newer choose the GID index itself", unset=index, program=program),
        Rerun(title="With RoCE and an older NCCL, name the index of a RoCE v2 address", set=named, program=program),
    )
