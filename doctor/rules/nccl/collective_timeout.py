"""The ranks waited for each other in a collective operation until the time was up.

## Why it matters
One rank did not come to the operation that the others are in: it failed, is busy with something else (a long
evaluation, a data set of another length), took another branch, or cannot be reached. The message is about those that
waited, and does not say why.

## What to do
Look for the rank whose log ends first or differs. Let PyTorch record the operations of each rank. A run that worked for
many steps has sound links: look at that rank first. One that stops in its very first collective may have none: look at
the links. Raise the timeout only where a rank is known to need longer.

## References
- https://docs.pytorch.org/docs/stable/distributed.html#debugging-torch-distributed-applications
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Watchdog caught collective operation timeout",
    r"Work(?:NCCL|XCCL|HCCL)\(.{0,300}ran for \d{1,9} milliseconds before timing out|timed out in blocking wait",
    r"Timed out waiting \d{1,9}ms for (?:recv|send) operation|failed to pass monitoredBarrier in \d",
    r"Timeout at NCCL work: \d|failure detected by watchdog at work sequence id|collective operation timed out",
    r"watchdog got stuck for \d{1,6} seconds without making progress|detects no heartbeat and will finally kill",
    r"Received a dump signal due to a collective timeout|lagging/dead/mismatched ranks that caused the desync",
    r"gloo/transport/tcp/pair\.cc.{0,40}(?:Connection closed|Read error|Read timeout|Write timeout|Socket closed)",
    r"retrieving ncclUniqueId from .{1,200}got error: .{0,20}[Tt]ime ?out",
    r"Some NCCL operations have failed or timed out|\bWorkNCCL::checkTimeout\b",
    r"Watchdog timeout -- dumping all thread stack traces|\bWatchdog \S{1,80} timeout fired \(id="
    r"|Watchdog event loop appears stuck \(no response",
    r"Heartbeat monitor timed out!|NCCL communicator was aborted on rank \d",
    # how people tell it
    r"(?i)\b[NH]CCL ?(?:集合)?(?:通信|通讯)?(?:操作)?超时(?!时间|参数|设置|阈值|上限)",
)
EXPLAINS = ("native-crash", "rendezvous-failed")
CANDIDATES = {
    "collective-timeout": "one rank's log ends earlier than the others', or its last collective (SeqNum, OpType) is"
    " another: that rank failed, was busy or took another branch, and its log says why",
    "out-of-memory": "the log of one rank has CUDA out of memory further up",
    "process-killed-out-of-memory": "one rank ends without a word, and torchrun gives -9 as its exit code",
    "nccl-p2p-hang": "each run stands still in its first collective on one machine, and not with NCCL_P2P_DISABLE=1",
    "nccl-socket-ifname": "each run stands still in its first collective, only across machines, and NCCL_DEBUG=INFO"
    " shows an interface after Using that the others cannot reach",
    "ib-fabric-fault": "only across machines, and not with NCCL_IB_DISABLE=1",
    "gpu-lost": "the kernel log of one machine has an Xid at that time (`dmesg`)",
}


def remedies() -> tuple[Action, ...]:
    ask = (("TORCH_DISTRIBUTED_DEBUG", "DETAIL"), ("NCCL_DEBUG", "WARN"))
    return (Rerun(set=ask, program=("torchrun", "PROGRAM.py"), title="Let every rank say what it waits for"),)
