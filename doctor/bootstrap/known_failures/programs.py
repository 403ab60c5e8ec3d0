"""Programs that are missing, too old, or do not start."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason("old-program", "the program does not know what it was asked for", "update it, and run this again"),
        (
            r"unexpected argument '--", r"unrecognized arguments: --", r"unrecognized subcommand", r"invalid choice: '",
            r"namedparameternotfound", r"unsupported schema version",
        ),
    ),
    (
        Reason("no-program", "the program {detail} was not found", "install it, or put its folder on PATH", True),
        (
            r"cannot find command '(\w+)'", r"\b(git) executable not found",
            r"(python) (?:was not found|wurde nicht gefunden);",
            r"(?<![\w.+-])([\w.+-]{1,40}): (?:command not found(?!: )|未找到命令|(?:befehl|kommando) nicht gefunden)",
            r"command not found: ([\w.+-]{1,40})", r": \d+: (\w+): not found",
            r"'\"?([^'\"]{1,200})\"?' is not recognized as an internal", r"'(\w+)' 不是内部或外部命令",
            r"befehl \"(\w+)\" ist entweder falsch geschrieben", r"'(\w+)' n.est pas reconnu en tant que",
            r"\"(\w+)\" no se reconoce", r"\"(\w+)\" не является внутренней",
            r"objectnotfound: \(([^:()]{1,80}):string\) \[[\w-]*\][,，] ?commandnotfound",
            r"the term '([^']{1,80})' is not recognized", r"无法将“([^”]{1,80})”项识别为",
            r"benennung \"([^\"]{1,80})\" wurde nicht als",
            r"to start process '([^']{1,60})'.{0,200}(?:cannot find the file|no such file)",
            r"exec: \"?([\w.+-]{1,60})\"?: (?:executable file )?not found",
            r"failed to spawn: `([^`]{1,60})`.{0,120}os error 2\b",
        ),
    ),
    (
        Reason(
            "missing-library",
            "a program library (DLL) that is needed is missing",
            "install the Microsoft Visual C++ Redistributable (x64); or activate the environment first",
            is_general=True,
        ),
        (r"dll load failed", r"winerror 126\b"),
    ),
    (
        Reason(
            "missing-library",
            "the program library {detail} is missing",
            "install the package of the system that has it; or activate the environment first",
            is_general=True,
        ),
        (r"loading shared libraries: ([\w.+-]{1,60})", r"([\w.+-]{1,60}\.so[\w.]{0,20}): cannot open shared"),
    ),
    (
        Reason(
            "no-program",
            "a program did not start: it is damaged, blocked, or made for another system",
            f"install it again; or {ADMINISTRATOR} to allow it",
            is_general=True,
        ),
        (r"cannot execute the specified program", r"无法执行指定的程序"),
    ),
    (
        Reason("no-program", "the program {detail} did not start", "install it again", is_general=True),
        (r"program '([\w.]{1,60})' failed to run",),
    ),
)
# fmt: on
