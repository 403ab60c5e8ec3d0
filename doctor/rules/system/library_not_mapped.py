"""The loader may not, or cannot, bring a library into memory.

## Why it matters
The file is there and whole. Either it lies on a file system that was mounted with `noexec` (often /tmp, home folders
and shared folders of a cluster), or the address space of a process is limited (`ulimit -v`, limits of a batch job):
torch's libraries take several gigabytes of it. Installing torch again changes neither. On ARM, a kernel with pages of
64 KiB cannot map libraries that were linked for smaller ones.

## What to do
Keep the environment where programs may run, or lift the limit (`ulimit -v unlimited`, `--mem` of the job).
For such a kernel, use a build that was linked for its pages.

## References
- https://man7.org/linux/man-pages/man8/mount.8.html
- https://man7.org/linux/man-pages/man2/getrlimit.2.html
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Folder, Host, Runtime, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{file} cannot be brought into memory"
NOEXEC = "Nothing in {folder} may be executed: its file system is mounted with noexec"
LIMITED = "A process may use {limit} MB of addresses here (`ulimit -v`): too little for torch's libraries"
MOVE = "Make the environment on a file system from which programs may run (not mounted with noexec)"
LIFT = "Start the program without a limit of its addresses: `ulimit -v unlimited` before it, or more memory for the job"
_PAGES = r"ELF load command alignment not page-aligned|<jemalloc>: Unsupported system page size"
SIGNATURES = (r"failed to map segment from shared object", _PAGES)
EXPLAINS = ("torch-not-importable",)
BUILD = "Use a build for this kernel's pages (64 KiB on some ARM systems): a newer release, or one of the distribution"
_TOLD = "failed to map segment"


def check(storage: Storage, runtime: Runtime | None) -> Answer:
    failure = runtime.failure if runtime else None
    told = failure.message if failure and _TOLD in failure.message else ""
    if not told:
        return cannot_tell("error.text")
    evidence = seen("runtime.failure", told)
    if folder := _noexec(storage):
        mounted = seen("storage.folders", f"{folder.path}: noexec", "exec")
        return there(mounted, evidence, folder=folder.path, message=NOEXEC)
    if limit := storage.address_space_bytes:
        told_limit = seen("storage.address_space_bytes", str(limit), "no limit")
        return there(told_limit, evidence, limit=limit // 2**20, message=LIMITED)
    return there(evidence, file=(failure and failure.library) or "A library")


def remedies(storage: Storage | None, host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    if error and re.search(_PAGES, error.text):
        return (Advice(title=BUILD),)
    move, lift = Advice(title=MOVE), Advice(title=LIFT)
    if (storage and _noexec(storage)) or (host and host.os == "windows"):
        return (move,)
    if storage and storage.address_space_bytes:
        return (lift,)
    look = Look(title="Show how the file systems are mounted", commands=(("findmnt", "-o", "TARGET,OPTIONS"),))
    return look, move, lift


def _noexec(storage: Storage) -> Folder | None:
    return next((one for one in storage.folders if one.purpose == "environment" and one.noexec), None)
