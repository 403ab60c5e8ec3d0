"""How cmd and PowerShell say that they know no command of a name, in the languages of Windows."""

from __future__ import annotations

from doctor.facts import Python

_BEGINS = r"(?:^\W{0,4}|[:：(（]\s?|(?:提示|报错|出现|显示)\s?)"  # a line, or what a person quotes
_ENVIRONMENTS = ("venv", "virtualenv", "uv", "conda", "mamba", "micromamba", "pixi")


def of_an_environment(python: Python | None) -> bool:
    """Whether it is known to be one that is activated; the launcher `py` would leave it."""
    return python is not None and python.kind in _ENVIRONMENTS


def not_recognized(names: str) -> str:
    """A signature for a choice of names, which begins where the word begins."""
    quoted = rf"['\"] ?{names} ?['\"]"
    wordings = (
        rf"ObjectNotFound: \({names}:String\)",
        rf"The term {quoted} is not recognized as (?:the|a) name of a cmdlet",
        rf"{_BEGINS}{quoted} is not recognized as an internal or external command",
        rf"无法将 ?{quoted} ?项识别为|無法辨識 ?{quoted} ?詞彙",
        rf"{_BEGINS}{quoted} ?(?:不是内部或外部命令|不是內部或外部命令)",
        rf"Befehl {quoted} ist entweder falsch geschrieben|Benennung {quoted} wurde nicht als Name eines Cmdlet",
        rf"{quoted} no se reconoce como (?:un comando interno|nombre de un cmdlet)",
        rf"{quoted} ?は、(?:内部コマンド|コマンドレット)|{quoted} ?(?:은\(는\) 내부 또는 외부 명령|용어가 cmdlet)",
        rf"{quoted} n'est pas reconnu (?:en tant que commande|comme nom d)|{quoted} não é reconhecido como",
        rf"{quoted} (?:не является внутренней|не распознано как имя)|{quoted} non (?:è )?riconosciuto come",
    )
    return "|".join(wordings)
