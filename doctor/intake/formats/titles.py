"""The title of a thread: "# RX 6700 not detected". Where it complains, the GPU that it names is the writer's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.intake import gpus, phrases
from doctor.intake.keyed import facts_of
from doctor.intake.labels import GPU
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "the title of a thread"
WITNESS = Witness.PERSON
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_TITLE = re.compile(r"^#\s+(?P<words>\S.{5,200})$")
_COMPLAINS = re.compile(
    r"\b(?:errors?|fail(?:s|ed|ure|ing)?|crash\w*|hangs?|freezes|unable|cannot|can't|no kernel image"
    r"|(?:not|n't) (?:able|available|compatible|compiled|detect\w*|found|recogni[sz]\w*|us(?:e|ed|ing)|work\w*)"
    r"|instead of (?:my |the )?gpu|only (?:uses|using) (?:my |the )?cpu)\b"
    r"|报错|错误|无法|失败|用不了|不能用|跑不了|为啥|为什么",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\?|？|\b(?:support for|feature|request|recommend\w*|vs\.?|versus|or|series|like|e\.g\.|benchmark)\b|系列|求|推荐"
    r"|支持(?!的)",
    re.IGNORECASE,
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The GPU of the title, which stays a line to be judged."""
    first = next((line for line in lines if line.strip()), "")
    title = _TITLE.match(first)
    if title is None or not _COMPLAINS.search(title["words"]) or _OTHERS.search(title["words"]):
        return {}, set()
    named = {value for kind, value, _ in phrases.find(title["words"]) if kind == GPU}
    name = named.pop() if len(named) == 1 else ""
    if gpus.parse(name) == gpus.NamedGpus():
        return {}, set()
    return facts_of({GPU: name}, gpus_from="text"), set()
