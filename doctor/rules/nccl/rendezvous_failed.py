"""The ranks do not find each other when the run starts.

## Why it matters
Rank 0 opens a store at MASTER_ADDR and MASTER_PORT (torchrun: --rdzv-endpoint), and every other rank must reach it
before the time is up. It fails when the address is not one that the others can reach (a loopback address, a name that
means something else there), when a firewall closes the port, when rank 0 did not start or has ended, or when fewer
ranks were started than the world size says.

## What to do
Give every machine the same address, port and number of machines, and let rank 0 listen on that very address. On each
other machine see that the port answers while rank 0 waits. If only a few ranks are missing, read their logs: they
stopped earlier.

## References
- https://docs.pytorch.org/docs/stable/elastic/run.html
- https://docs.pytorch.org/docs/stable/distributed.html#tcp-initialization
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Timed out after \d{1,6} seconds waiting for (?:clients|workers)\. \d{1,6}/\d{1,6} (?:clients|workers) joined",
    r"The client socket has timed out after .{1,40} while trying to connect to",
    r"The client socket has failed to connect to any network address of",
    # 22, 97 and 10049 say only that the name has no such address of that family; the next one is tried
    r"The client socket (?:has failed to connect to|cannot be initialized to connect to)"
    r" (?!.{0,120}\b(?:22|97|10049) - )",
    r"The (?:IPv[46] )?network addresses of \(.{1,120}\) cannot be retrieved \(gai error",
    r"TCP client failed to connect/validate to host .{1,120} - timed out",
    r"The connection to the (?:C10d store|etcd) has failed",
    r"Rendezvous(?:Connection|Timeout|Closed)Error(?::|\s*$)",
    r"(?:Dist(?:Store|Network)Error|RuntimeError): (?:Socket Timeout|[Ww]ait timeout|Timeout waiting for key)",
    r"^ValueError: host not found: ",
    r"RuntimeError: (?:No route to host|Connection (?:refused|timed out))\s*(?:$|[\"'`])",  # of earlier releases
    r"Timed out initializing process group in store based barrier|Timed out waiting on barrier on rank \d",
    r"timed out waiting for all \d{1,6} members to join",
    r"connect\(\) timed out\. Original timeout was \d{1,9} ms",
    r"Error initializing torch\.distributed using (?:env|tcp|file):// rendezvous",
    r"DistNetworkError: (?:\w{1,20} failed on SocketImpl\(.{1,160}\): )?"
    r"(?:[Ff]ailed to (?:recv|send), (?:got|sent) 0 bytes|Connection reset by peer|Broken pipe)",
    r"\bbarrier timeout after \d{1,9}ms, key: |\bwaitForInput: .{1,120} timed out after \d{1,9}ms",
)


def remedies() -> tuple[Action, ...]:
    alone = ("--standalone", "--nproc-per-node", "gpu", "PROGRAM.py")
    several = ("--nnodes", "2", "--rdzv-backend", "c10d", "--rdzv-endpoint", "MASTER_ADDR:29500", "PROGRAM.py")
    return (
        Advice(title="From each other machine, see whether the port of rank 0 answers while rank 0 waits"),
        Rerun(title="On one machine alone, let torchrun choose address and port", program=("torchrun", *alone)),
        Rerun(
            title="On several, give each the same endpoint: the address of the first", program=("torchrun", *several)
        ),
    )
