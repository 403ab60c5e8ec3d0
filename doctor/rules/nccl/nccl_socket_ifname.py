"""NCCL or Gloo uses no network interface, or the wrong one.

## Why it matters
To find each other, processes use a network interface they choose themselves. Docker bridges, VPNs, a loopback
address under the host's name or NCCL_SOCKET_IFNAME with a name that does not exist lead them astray.

## What to do
Set NCCL_SOCKET_IFNAME (and GLOO_SOCKET_IFNAME) to the interface that reaches the other machines.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-socket-ifname
"""

from __future__ import annotations

from doctor.model import Remedy, Severity
from doctor.rules import _nvidia

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)(?:Bootstrap|NET/Socket) ?: no (?:usable )?(?:socket |listening )?interface found",
    r"(?i)NCCL_SOCKET_IFNAME.{0,80}(?:not found|invalid|no such|does not exist|wrong)|no NCCL_SOCKET_IFNAME interface",
    r"ncclSocketInit: connecting to address .{0,60}with family \d+ is neither AF_INET",
    r"NCCL WARN Socket creation failed ?: Address family not supported",
    r"NCCL WARN (?:Net|Connect|Call to connect).{0,120}(?:No route|timed out|refused|unreachable)",
    r"(?i)Unable to find (?:address|interface) for ?:? ?\S{0,40}|Gloo connectFullMesh failed",
    r"socketStartConnect: Connect to .{0,80} failed|ncclSocket\w{0,20}.{0,80}(?:Connection|connect)\w{0,3} .{0,20}fail",
    r"The client socket has (?:failed|timed out).{0,60}connect",
    r"(?i)gloo.{0,120}(?:makeDeviceForHostname|unsupported gloo device|ifa != nullptr)",
    r"(?i)NCCL.{0,100}connection reset by peer|^\W{0,20}connection reset by peer\W{0,5}$",
)
EXPLAINS = ("nccl-system-error",)


def remedies() -> tuple[Remedy, ...]:
    choose = ("env", "NCCL_SOCKET_IFNAME=INTERFACE", "GLOO_SOCKET_IFNAME=INTERFACE", "torchrun", "PROGRAM.py")
    return (_nvidia.manual("Name the interface that reaches the other machines", ("ip", "-br", "address"), choose),)
