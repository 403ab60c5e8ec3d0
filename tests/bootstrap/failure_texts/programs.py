"""Programs that are missing, too old, or do not start."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "no-program": (
        "ERROR: Cannot find command 'git' - is it installed?",
        "  ╰─▶ Git executable not found. Ensure that Git is installed",
        "'conda' is not recognized as an internal or external command",
        "CategoryInfo : ObjectNotFound: (winget:String) [], CommandNotFoundException",
        "Python was not found; run without arguments to install it",
        "bash: curl: command not found",
        "bash: wget: 未找到命令",
        "sh: 1: cmake: not found",
        "The term 'uv' is not recognized as a name of a cmdlet",
        "无法将“uv”项识别为 cmdlet",
        'Die Benennung "uv" wurde nicht als Name eines Cmdlet erkannt',
        "'uv' 不是内部或外部命令，也不是可运行的程序",
        'Der Befehl "uv" ist entweder falsch geschrieben oder nicht da',
        "An error occurred trying to start process 'uv' here. No such file or directory",
        "zsh: command not found: uv",
        "'uv' n'est pas reconnu en tant que commande interne",
        '"uv" no se reconoce como un comando interno',
        '"uv" не является внутренней или внешней командой',
        "error: Failed to spawn: `ruff`\n  Caused by: nein (os error 2)",
        "Program 'uv.exe' failed to run: the file is not there",
        "The system cannot execute the specified program.",
        "系统无法执行指定的程序。",
        'exec: "conda": executable file not found in $PATH',
        "Python wurde nicht gefunden; ohne Argumente",
    ),
    "old-program": (
        "error: unexpected argument '--torch-backend' found",
        "conda: error: unrecognized arguments: --solver",
        "error: unrecognized subcommand 'sync'",
        "conda: error: argument COMMAND: invalid choice: 'tos'",
        "FullyQualifiedErrorId : NamedParameterNotFound,a.ps1",
        "error: The lockfile uses an unsupported schema version (v9)",
    ),
    "missing-library": (
        "ImportError: DLL load failed while importing a: nein",
        "OSError: [WinError 126] nein",
        "./a: error while loading shared libraries: liba.so.1: no",
        "ImportError: liba.so.1: cannot open shared object file",
    ),
}
