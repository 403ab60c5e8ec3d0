"""How cmd and PowerShell say that they know no command of a name; other languages than English are put into it."""

from __future__ import annotations

from doctor.facts import Python

_ENVIRONMENTS = ("venv", "virtualenv", "uv", "conda", "mamba", "micromamba", "pixi")


def of_an_environment(python: Python | None) -> bool:
    """Whether it is known to be one that is activated; the launcher `py` would leave it."""
    return python is not None and python.kind in _ENVIRONMENTS


def not_recognized(names: str) -> str:
    """A signature for a choice of names, which begins where the word begins."""
    return f"{not_in_cmd(names)}|{not_in_powershell(names)}"


def not_in_cmd(names: str) -> str:
    return rf"{_quoted(names)} is not recognized as an internal or external command"


def not_in_powershell(names: str) -> str:
    return rf"ObjectNotFound: \({names}:String\)|{_quoted(names)} is not recognized as (?:the|a) name of a cmdlet"


def told(names: str) -> str:
    """As people tell it, who leave the quotation marks out."""
    sentence = r" (?:(?:is|was|are) )?(?:not |un)recogni[sz]ed as an? (?:internal|external|cmdlet|command)"
    return rf"(?<![\w.\\/-]){names}{sentence}"


def _quoted(names: str) -> str:
    return rf"['\"]{{1,2}} ?{names} ?['\"]{{1,2}}"
