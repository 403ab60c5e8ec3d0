"""What was typed into another shell than the one it is meant for."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "wrong-shell": (
        "/opt/conda/bin/activate:9: parse error near `)'",
        "FullyQualifiedErrorId : PositionalParameterNotFound,mkdir",
        '  File "<stdin>", line 1\n    pip install a\n        ^^^\nSyntaxError: invalid syntax',
        "iwr : “fsSL”\nFullyQualifiedErrorId : XNotFound,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
        "Cannot bind parameter 'Headers'. Cannot convert it to \"System.Collections.IDictionary\".",
        "FullyQualifiedErrorId : AmbiguousParameter,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
        "A positional parameter cannot be found that accepts argument 'install'.\n"
        "FullyQualifiedErrorId : PositionalParameterNotFound,Microsoft.PowerShell.Commands.GetProcessCommand",
        "$ : 无法将“$”项识别为 cmdlet",
        "'>>>' is not recognized as an internal or external command",
        "bash: $: command not found",
        "./a.ps1: line 2: syntax error near unexpected token `('",
        "./a.ps1: 第 2 行： 未预期的记号",
        "./a.bat: line 1: @echo: command not found",
        "bash: .venvScriptsactivate: command not found",
        "bash: C:UsersadaAppDatauv.exe: command not found",
        "The term 'A_HOME=D:\\a' is not recognized",
        "ObjectNotFound: (A_B=1:String) [], CommandNotFoundException",
        "The term '%USERPROFILE%\\a.exe' is not recognized",
        "'CUDA_HOME' is not recognized as an internal or external command",
        "'.' is not recognized as an internal or external command",
        "'.venv' 不是内部或外部命令，也不是可运行的程序",
        "At line:2 char:5\nMissing expression after unary operator '--'.",
        "ERROR: Invalid requirement: '\\\\'",
        "无法将“\\”项识别为 cmdlet",
        "'\\' is not recognized as an internal or external command",
    ),
    "no-program": (
        "'iwr' is not recognized as an internal or external command",
        "'$env:A' is not recognized as an internal or external command",
        "'-m' is not recognized as an internal or external command",
        "The term '-m' is not recognized",
        "./a.sh: line 4: -m: command not found",
    ),
    "script": (
        "At line:1 char:9\nUnexpected token '\\bin\\a' in expression or statement.",
        "所在位置 行:1 字符: 9\n表达式或语句中包含意外的标记“-m”。",
        "ParserError: Line\n1 | \"D:\\a.exe\" -m b ~~\nUnexpected token '-m' in expression",
        "At line:1 char:57\nThe '<' operator is reserved for future use.\n    + FullyQualifiedErrorId : "
        "RedirectionNotSupported",
        "At line:1 char:9\nThe ampersand (&) character is not allowed.",
        "In Zeile:1 Zeichen:9\nEtwas fehlt.\nCategoryInfo : ParserError: (:) [], a",
        "ParserError: Line\n1 | (a).b -c) ~~\nUnexpected token '-Ab' in expression",
    ),
}
