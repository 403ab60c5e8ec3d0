"""What people say of their machine in sentences and bare lists: "I have an RTX 3060 with driver 531.41".

Taken is what a person says of the own machine as it is. A wish, an attempt, a question, a condition or another machine
is none of it; of two values nobody knows which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from doctor import catalog
from doctor.facts import Python
from doctor.intake import gpus, phrases, wheels
from doctor.intake.keyed import PACKAGE, facts_of
from doctor.intake.labels import DRIVER, GPU
from doctor.intake.merge import Partial, is_same_or_shorter, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.text.lines import Kind, bare, kind_of

TITLE = "what somebody wrote"
WITNESS = Witness.PERSON
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_MINE = re.compile(
    r"\bI(?:'m| am| have|'ve| use| run| got| installed)\b|\b(?:reports|shows|prints|displays|nvidia-smi says)\b"
    r"|\bwe(?:'re| are| have| use| run)\b|\bmy\b|\bhere[.!]*\s*$"
    r"|\b(?:occur|happen)(?:s|ed|red) to me\b|^\W*(?:the )?(?:py)?torch version is\b|物理机|(?:docker|容器)内"
    r"|(?:^|\()\W{0,8}(?:host )?(?:using|running|environment|env|system|setup|specs?|hardware|machine|gpus?"
    r"|card|installed|config(?:uration)?)\b"
    r"|下(?:使用|运行|部署|训练)|我|笔记本|台式机?|电脑|本机|本地|环境|用的|使用的?是|显卡(?:是|为|\d{4})|系统(?:是|为)|配置|设备|机器",
    re.IGNORECASE,
)
_WISHES = (
    r"want|would|could|should|need|requir\w*|support\w*|work(?:s|ed|ing)?|tried|try\w*|tested|test"
    r"|(?<!successfully )install|installing|upgrad\w*|downgrad\w*|update\w*|recommend\w*|suggest\w*"
    r"|other|another|colleague|friend|previous\w*|before|earlier"
    r"|instead|expect\w*|if|when|unless|compatib\w*|latest(?! (?:\w+ )?drivers?\b)|newest"
    r"|minimum|at least|newer|later|higher|above|older|both"
    r"|either|than|same|also|switch\w*|replac\w*|solved?|fix\w*|readme|docs?|documentation|(?<!nvidia-smi )says?"
    r"|releas\w*|example|plan\w*"
    r"|buy|let|can|may|might|must|until|since|only|no longer|built|compiled|(?<!an )old|new|not(?! enough)|never"
    r"|without|different|others?"
    r"|did|was|were"
)
_WISHES_ZH = (
    "想|需要|要求|支持|安装(?!了|的|完|好|后)|升级|降级|更新|尝试|试过|试了|换|推荐|建议|吗|其他|别的|另|之前|以前|同样|如果|能不能"
    "|可以(?!正常)|兼容|最新|改成|改为|没有|以上|不是"
)
_NOT_SO = re.compile(rf"\?|\b(?:{_WISHES})\b|n't\b|[<>]=?\s?\d|{_WISHES_ZH}", re.IGNORECASE)
# "it does not see my RTX 3080", "I have an RTX 3080, but …": there is one
_UNUSED = re.compile(
    r"(?<!\bif )\b(?:(?:recogni[sz]e|detect|find|see|use) (?:my|our)|I have (?:an?|\d|two|three|four)) "
    r"(?=(?:NVIDIA|GeForce|RTX|GTX|AMD|Radeon|Intel|Arc)(?![a-z])|\d{3,4}\b)",
    re.IGNORECASE,
)
# nobody wishes for a build without CUDA: where a version with this tag is quoted or reported, it is there
_CPU_BUILD = re.compile(
    r"(?:[\"'`“*]|\b(?:reports?|says?|shows?|prints?|displays?|returns?|gives?|got) (?:\w+ ){0,2})\W{0,4}"
    r"(?:(?:py)?torch(?:[ _]version)?[\s:@`]{1,3})?(?P<version>[12]\.\d{1,2}\.\d ?\+ ?cpu)\b",
    re.IGNORECASE,
)
_CPU_ALONE = re.compile(
    r"[-*+•\s]{0,8}(?:py)?torch(?: version)?[ :]{1,3}v?(?P<version>[12]\.\d{1,2}\.\d\+cpu)\s*$", re.IGNORECASE
)
# "trying to run it on my RTX 3080": it is there, whatever becomes of the attempt
_RUNS_ON = re.compile(
    r"\b(?:on|with) (?:my|our) (?=(?:NVIDIA|GeForce|RTX|GTX|AMD|Radeon|Intel|Arc|Jetson|Tesla)(?![a-z]))", re.I
)
_ELSEWHERE = re.compile(
    r"\b(?:if|when|fine|(?<!not )(?<!n't )works?|worked|before|previous\w*|could|would|should|able)\b|\?", re.IGNORECASE
)
_EMPHASIS = re.compile(r"\*\*|`|https?://\S+|(?<![\w.])_(?=[^\W_])|(?<=[^\W_])_(?!\w)")
_INSTALLS = re.compile(r"\b(?:install|pip|pin|requires?)\b", re.IGNORECASE)
_TROUBLE = re.compile(
    r"error|fail|crash|hang|stuck|freez|problem|issue|warning|cannot|卡住|卡死|报错|错误|无法|失败|问题|提示",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^[\W_]*(?:my |the |system |test |current |software |hardware |runtime |python |conda |local )?"
    r"(?:运行|软件|硬件|我的)?"
    r"(?:environment|env|system|setup|specs?|hardware|machine|versions?|环境|配置|设备)"
    r"(?: info(?:rmation)?| details| specs?|信息)?(?: is| are| was|是|如下)?[\W_]*$",
    re.IGNORECASE,
)
_OF_NO_MACHINE = re.compile(
    r"\b(?:requir|support|prerequisit|recommend|tested|tried|minim|compatib|example|needs?\b|works?\b|wish|plan)"
    r"|\b(?:another|other) (?:machine|pc|computer)|要求|需要|支持|推荐|建议|测试过|试过",
    re.IGNORECASE,
)
_HEADING = 80  # characters
_FILLER = re.compile(
    r"\b(?:and|with|on|in|an?|the|gpus?|card|version|using|running|use|my|i|have|i'm|am|os|system|x64|64[- ]?bit|lts"
    r"|v?ram|of|is|cpu|gb|via|pip|(?:mini)?conda\d?|anaconda"
    r"|g?cc[- ]?\d{0,2}|nv|venv|env|environment|nvidia|laptop|desktop|pc|setup|specs?|from"
    r"|installed|graphics|drivers?|it|has|machine|win|linux|docker|arm64|aarch64|x86_64|amd64)\b"
    r"|\b[a-z][\w-]{1,20}\s?(?:[=:]{1,2}\s?)?v?\d{1,4}(?:\.\d{1,4}){1,3}(?:-\w{1,12})?(?![\w.])"  # other programs
    r"|的|和|是|为|版本|显卡|系统|用|使用|环境|装|了|带|上|[\W_]+",
    re.IGNORECASE,
)
_ASKS_FOR_DRIVER = re.compile(r"\b(?:nvidia-smi|driver(?: version)?)\b[^?\n]{0,40}\?\s*$", re.IGNORECASE)
_DRIVER = re.compile(r"\d{3}\.\d{2,3}(?:\.\d{2})?")
_SENTENCE = re.compile(r"(?<=[a-z\d)\]`])[.!](?=\s+[A-Z]|\s*$)|(?<=\))\.(?=\s)|[;!]|(?<=\?)")
_Clause = tuple[int, str, list[phrases.Phrase]]
_LONGEST, _REST = 600, 8  # characters of a line, and of what a bare list may have beside facts


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    told: dict[str, set[str]] = {}
    used: set[int] = set()
    facts: Partial = {}
    plain = ((index, _EMPHASIS.sub("", clause)) for index, clause in _clauses(lines))
    said = [(index, clause, list(phrases.find(clause))) for index, clause in plain]
    own = {
        index: {kind for kind, _, _ in found} for index, clause, found in said if _is_own(lines, index, clause, found)
    }
    listed = _listed(lines, said, own)
    for index, clause, found in said:
        if index not in listed and not _is_own(lines, index, clause, found):
            continue
        for kind, value, _ in found:
            told.setdefault(kind, set()).add(value)
        if found and not _TROUBLE.search(lines[index]):
            used.add(index)
    for index, version in _drivers(lines):
        used.add(index)
        told.setdefault(DRIVER, set()).add(version)
    for version in _cpu_builds(lines):
        told.setdefault("pytorch version", set()).add(version)
    for index, wheel in _wheels(lines):
        used.add(index)
        told.setdefault("pytorch version" if wheel.name == "torch" else f"{PACKAGE}{wheel.name}", set()).add(
            wheel.version
        )
        facts = merge(facts, known_sections({"host": wheel.host, "python": Python(version=wheel.python or None)}))
    return merge(facts, facts_of(_agreed(told), gpus_from="text")), used


def _clauses(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Sentences of lines that are neither output nor source."""
    for index, line in enumerate(lines):
        if (
            line.strip()
            and len(line) < _LONGEST
            and kind_of(bare(line)) is Kind.PLAIN
            and not line.startswith(("\t", "    "))
        ):
            yield from ((index, part) for part in _SENTENCE.split(line) if part and part.strip())


def _is_own(lines: Sequence[str], index: int, clause: str, found: Sequence[phrases.Phrase]) -> bool:
    kinds = {kind for kind, _, _ in found}
    if kinds == {GPU} and (_UNUSED.search(clause) or (_RUNS_ON.search(clause) and not _ELSEWHERE.search(clause))):
        return True
    if not kinds - {""} or _NOT_SO.search(clause):
        return False
    if _MINE.search(clause):
        return True
    return not _rest(clause, found) and (len(kinds) > 1 or _below_head(lines, index))


def _listed(lines: Sequence[str], said: Sequence[_Clause], own: dict[int, set[str]]) -> set[int]:
    """Lines that are nothing but a fact, beside one of another kind: "RTX 3090" above "Ubuntu 22.04"."""
    bare = {
        index: {kind for kind, _, _ in found}
        for index, clause, found in said
        if found and not _rest(clause, found) and not _NOT_SO.search(clause)
    }
    kinds = {**own, **bare}
    beside = {i for i in bare if any(kinds.get(j, bare[i]) != bare[i] for j in _neighbours(lines, i))}
    return {i for i in beside if not _OF_NO_MACHINE.search(_above(lines, i, bare))}


def _neighbours(lines: Sequence[str], index: int) -> Iterator[int]:
    """The lines above and below, over an empty one."""
    for step in (-1, 1):
        near = index + step
        yield near + step if 0 <= near < len(lines) and not lines[near].strip() else near


def _above(lines: Sequence[str], index: int, bare: Container[int]) -> str:
    """What stands over the list, where that is short enough for a heading."""
    above = next((lines[i] for i in range(index, -1, -1) if i not in bare and lines[i].strip()), "")
    return above if len(above) < _HEADING else ""


def _rest(clause: str, found: Sequence[phrases.Phrase]) -> bool:
    """There is more in it than facts."""
    left = list(clause)
    for _, _, (start, end) in found:
        left[start:end] = " " * (end - start)
    return len(_FILLER.sub("", "".join(left))) > _REST


def _below_head(lines: Sequence[str], index: int) -> bool:
    """In the list below "my environment:"."""
    for above in range(index - 1, max(-1, index - 12), -1):
        if _HEAD.match(lines[above]):
            return True
        if len(lines[above]) > 120 or lines[above].rstrip().endswith(":"):
            return False
    return False


def _drivers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The answer "535.129.03" below "What does nvidia-smi show?"."""
    for index, (question, answer) in enumerate(pairwise(lines), start=1):
        if _ASKS_FOR_DRIVER.search(question) and (found := _DRIVER.fullmatch(answer.strip(" \t.,;`*"))):
            yield index, found[0]


def _cpu_builds(lines: Sequence[str]) -> Iterator[str]:
    """ "the page says '2.1.0+cpu'"; a version of torch, as companions have tags of the same form."""
    for _, clause in _clauses(lines):
        found = None if _INSTALLS.search(clause) else _CPU_BUILD.search(clause) or _CPU_ALONE.match(clause)
        if found and catalog.release(version := found["version"].replace(" ", "")):
            yield version


def _wheels(lines: Sequence[str]) -> Iterator[tuple[int, wheels.WheelName]]:
    """ "installed: torch-1.9.0+cu111-cp37-cp37m-win_amd64.whl and …"."""
    for index, line in enumerate(lines):
        if re.match(r"^\W*(?:I (?:have )?)?installed\b", line, re.IGNORECASE) and not _NOT_SO.search(line):
            yield from ((index, wheel) for word in line.split() if (wheel := wheels.find(word)))


def _agreed(told: dict[str, set[str]]) -> dict[str, str]:
    raw = {kind: value for kind, values in told.items() if kind and (value := _one(values))}
    if "wsl" in raw:
        system = raw.get("os", "")
        raw["os"] = f"{'' if 'win' in system.lower() else system} Linux ({raw.pop('wsl')})".strip()
    if gpus.parse(raw.get(GPU, "")) == gpus.NamedGpus():
        raw.pop(GPU, None)
    return raw


def _one(values: set[str]) -> str:
    """The only value, or the longest of which all others are shorter forms."""
    longest = max(values, key=len)
    return longest if all(is_same_or_shorter(_bare(value), _bare(longest)) for value in values) else ""


def _bare(value: str) -> str:
    return re.sub(r"nvidia|geforce|\s", "", value.lower())
