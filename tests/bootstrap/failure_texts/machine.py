"""The run that was ended, and what the machine has too little of or does not fit."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "interrupted": (
        "ERROR: Operation cancelled by user",
        "CondaError: KeyboardInterrupt",
        "Start-Process : The operation was canceled by the user.",
        "Start-Process : 操作已被用户取消。",
        "critical libmamba Aborted.",
        "OSError: [WinError 1223] nein",
        "CondaSystemExit: Exiting.",
        "CondaSignalInterrupt: see below",
    ),
    "out-of-memory": (
        "     99% |█████████████| 1.2 GB eta 0:00:01Killed",
        "OSError: Cannot allocate memory",
        "OSError: [WinError 1455] zu klein",
        "The paging file is too small for this",
        "页面文件太小，无法完成操作。",
        "Die Auslagerungsdatei ist zu klein",
        "died with <Signals.SIGKILL: 9>",
        "the command returned a non-zero code: 137",
        "cc1plus: out of memory",
        "Exception of type 'System.OutOfMemoryException' was thrown.",
        "virtual memory exhausted: no",
        "nvcc error : 'cicc' died due to signal 9",
    ),
    "wrong-architecture": (
        "qemu-x86_64: Could not open it: No such file or directory",
        "OSError: [WinError 193] falsch",
        "ImportError: it is not a valid Win32 application",
        "sh: ./uv: Exec format error",
        "sh: Bad CPU type in executable: ./uv",
        "bash: ./uv: cannot execute binary file",
        "Illegal instruction (core dumped)",
        "This app can't run on your PC",
        "ERROR: Cannot execute native linux-64 binary",
        "(mach-o file, but is an incompatible architecture)",
        "The specified executable is not a valid application for this OS platform.",
        "bash: ./a: cannot execute: required file not found",
        "此版本的 C:\\\\a.exe 与你运行的 Windows 版本不兼容。",
        "C:\\\\a.exe 的版本与您运行的 Windows 版本不兼容。",
    ),
    "old-system": (
        "  - a -> __glibc[version='>=2.17']\n\nYour installed version is: 2.12",
        "/lib/libc.so.6: version `GLIBC_2.34' not found (required by ./uv)",
        "Installer requires GLIBC >=2.34, but system has 2.31.",
        "  - nothing provides __glibc >=2.34 needed by a",
        "/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found",
    ),
    "clock": (
        "E: Release file for it is not valid yet (invalid for another 9d 1h). Updates will not be applied.",
        "E: Release-Datei für it ist noch nicht gültig",
        "E: it 的 Release 文件尚未生效",
        "E: it 的 Release 文件已经过期(已经过期了 9天)。该仓库的更新将不会应用。",
    ),
    "limits": (
        "OSError: [Errno 24] Too many open files: '/a'",
        "RuntimeError: can't start new thread",
        "failed to spawn a thread: Resource temporarily unavailable (os error 11)",
    ),
    "no-wsl": (
        "WslRegisterDistribution failed with error: 0x80080005",
        "WslRegisterDistribution failed with error: 0x80370102",
        "Please enable the Virtual Machine Platform Windows feature",
    ),
}
