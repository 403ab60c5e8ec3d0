"""NCCL or Gloo uses no network interface, or the wrong one.

## Why it matters
To find each other, processes use a network interface that they choose themselves. They choose wrongly because of Docker
bridges, VPNs, a host name that resolves to a loopback address, or a NCCL_SOCKET_IFNAME that does not exist.

## What to do
Set NCCL_SOCKET_IFNAME (and GLOO_SOCKET_IFNAME) to the interface that reaches the other machines.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-socket-ifname
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)(?:Bootstrap|NET/Socket) ?: no (?:usable )?(?:socket |listening )?interface found",
    r"ncclSocketInit: connecting to address .{0,60}with family \d+ is neither AF_INET",
    r"NCCL WARN .{0,30}Socket creation failed ?: Address family not supported",
    r"NCCL WARN (?:Net|Connect|Call to connect).{0,120}(?:No route|timed out|unreachable)",
    r"\bsocketPollConnect: connect .{0,60}returned (?:No route to host|Network is unreachable)",
    r"(?i)Unable to find (?:address|interface) for ?:? ?\S{0,40}|Gloo connectFullMesh failed",
    r"socketStartConnect: Connect to .{0,80} failed|ncclSocket\w{0,20}.{0,80}(?:Connection|connect)\w{0,3} .{0,20}fail",
    r"(?i)gloo.{0,120}(?:makeDeviceForHostname|unsupported gloo device|ifa != nullptr|connect \[)",
    r"Unable to resolve hostname to a \(local\) address",
)
EXPLAINS = ("nccl-system-error", "collective-timeout", "rendezvous-failed")


def remedies() -> tuple[Action, ...]:
    choose = (("NCCL_SOCKET_IFNAME", "INTERFACE"), ("GLOO_SOCKET_IFNAME", "INTERFACE"))
    name = "Name the interface that reaches the other machines"
    return (
        Look(title="List the network interfaces", commands=(("ip", "-br", "address"),)),
        Rerun(title=name, set=choose, program=("torchrun", "PROGRAM.py")),
    )
