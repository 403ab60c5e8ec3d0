"""The run that was ended, and what the machine has too little of or does not fit."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, OTHER_PYTHON, Reason, Row

_EXIT = r"(?:exit(?:ed with)?|status|return(?:ed)?|non-zero)(?: code| status)?(?: was|:)? '?"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason("interrupted", "it was interrupted", "run this again"),
        (
            r"operation cancell?ed by user", r"keyboardinterrupt", r"operation was canceled by the user",
            r"libmamba aborted", r"condasystemexit", r"condasignalinterrupt", r"(?:winerror|os error) 1223\b",
            r"0x(?:8a15010c|80070642)\b|exit(?:ed with| code was| code:?) '?1602\b",
        ),
    ),
    (
        Reason(
            "crashed",
            "a program crashed, most often Python because of one of its packages",
            f"run this again; if it crashes again, {OTHER_PYTHON}; or ask for another version of the package",
        ),
        (
            rf"{_EXIT}(?:3221225477|-1073741819|0xc0000005)\b", rf"{_EXIT}(?:3221226505|-1073740791|0xc0000409)\b",
            rf"{_EXIT}(?:3221226356|-1073740940|0xc0000374)\b", r"(?<!compiler error: )segmentation fault \(core",
        ),
    ),
    (
        Reason(
            "limits",
            "this account may not open more files or start more threads",
            f"raise the limit (ulimit -n, ulimit -u), or {ADMINISTRATOR}",
        ),
        (
            r"too many open files", r"can't start new thread", r"thread.{0,120}resource temporarily unavailable",
        ),
    ),
    (
        Reason("out-of-memory", "memory ran out", "close other programs or add swap space, and run this again"),
        (
            r"memoryerror", r"cannot allocate memory", r"(?:winerror (?:8|14|1455)|os error 1455)\b",
            r"paging file is too small", r"sigkill", r"(?:exit|returned a non-zero) (?:code|status):? (?:137|-9)\b",
            r"(?<!cuda )out of (?:memory|heap space)",
            r"outofmemoryexception", r"winerror 1450\b", r"0x8a150106\b",
            r"virtual memory exhausted", r"due to signal 9\b",
        ),
    ),
    (
        Reason(
            "wrong-architecture",
            "a program is made for another kind of processor or system",
            "get the one for this machine: x86-64 (AMD64) or ARM64",
        ),
        (
            r"(?:winerror|os error) (?:193|216)\b", r"not a valid win32 application", r"exec format error",
            r"bad cpu type", r"cannot execute binary file", r"illegal instruction",
            r"is an incompatible architecture|wrong elf class", r"app can't run on your pc",
            r"not compatible with the version of windows",
            r"not a valid application for this os",
            r"cannot execute native", r"\bqemu-\w{2,10}: could not open",
            r"(?<!/pip: )(?<!/pip3: )cannot execute: required file not found",
        ),
    ),
    (
        Reason(
            "old-system",
            "the system is too old: its C library lacks what a program needs",
            "use a newer system, or an older version of the program",
        ),
        (
            r"version [`'\"‘]glibc_[\d.]+.? not found", r"requires glibc", r"nothing provides __glibc",
            r"__glibc\[version='>=2\.17'.{0,3000}your installed version is: 2\.(?:\d|1[0-6])\b",
        ),
    ),
    (
        Reason(
            "old-system",
            "this Windows is too old for the program, or lacks its updates",
            "install Windows' updates; or take an older version of the program (on Windows 7, Python 3.8)",
        ),
        (r"\bapi-ms-win-[\w-]{1,60}\.dll",),
    ),
    (
        Reason("clock", "this machine's clock is wrong", "set it, and run this again"),
        (r"release file (?:.{1,300} )?is not valid yet",),
    ),
    (
        Reason(
            "no-wsl",
            "Linux inside Windows (WSL) cannot start: virtualisation, or Windows' part for it, is off",
            "turn on virtualisation in the BIOS; then, as administrator: wsl --install --no-distribution",
        ),
        (r"0x(?:80370102|80370114|8007019e|800701bc|8004032d)\b", r"enable the virtual machine platform"),
    ),
    (
        Reason(
            "no-wsl",
            "Linux inside Windows (WSL) is not installed, or has no Linux yet",
            "wsl --install, restart Windows, and run this again",
        ),
        (r"subsystem for linux (?:is not installed|has no installed distributions)",),
    ),
    (
        Reason(
            "no-wsl",
            "Linux inside Windows (WSL) did not start",
            "wsl --update, restart Windows, and run this again",
            is_general=True,
        ),
        (r"wslregisterdistribution failed",),
    ),
    (
        Reason(
            "old-system",
            "the C++ library (libstdc++) that is found first is older than a program needs",
            "with conda: conda install -c conda-forge libstdcxx-ng; else use an older version of the program",
        ),
        (r"version [`'\"‘](?:glibcxx|cxxabi)_[\d.]+",),
    ),
)
# fmt: on
