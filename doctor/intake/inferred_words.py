"""What people tell of their torch in sentences, which no list or output shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor.facts import Facts, Runtime, Torch
from doctor.intake.inference import Inference

SAID = "the text says so ({words})"
_BETWEEN = r"(?:\W{0,4}\b(?:it|I|still|always|also|just|now|only|and|which|that|but|function|command|call)\b){0,4}"
_SAYS = (
    r"\b(?:returned|returns|return|got|gets?|gives?|gave|shows?|showed|prints|printed|was|is|says|said|outputs"
    r"|results? in|evaluates to|remains|stays)"
)
_FALSE = re.compile(
    rf"\b(?:torch\.)?cuda\.is_available(?:\(\))?[`'\"*_)]{{0,5}},?{_BETWEEN}\W{{1,4}}"
    rf"(?:{_SAYS}(?: still| always| back| me| as)?\W{{0,6}}"
    r"|(?:返回|为|是|结果为?)\W{0,4})False\b"
    r"|\bI (?:get|got) \W?False\b[^\n]{0,20}\n+(?:```\w{0,10}\n)?(?:import torch\n)?"
    r"(?:print\()?torch\.cuda\.is_available\(\)",
    re.IGNORECASE,
)
_END_OF_CLAUSE = re.compile(r"[.!?;\n]")
_UNSAID = re.compile(r"\b(?:if|should|would|until|unless|used to|before)\b|如果", re.IGNORECASE)
_TRUE = re.compile(r"\bcuda\.is_available(?:\(\))?[\s\S]{0,40}\bTrue\b", re.IGNORECASE)
_CPU = re.compile(
    r"\b(?:installs|installed|provides|provided|gives me|gave me|turned (?:in)?to|downloads|downloaded|pulls in"
    r"|pulled in|ends? up with|ended up with|resolves to|defaults to|it(?:'s| is| was))"
    r"(?: (?:only|just|always|me|being))? (?:with )?(?:the|an?) cpu(?:[- ]only)?[- ]"
    r"(?:version|build|wheel|(?:py)?torch)\b(?! of (?!(?:py)?torch\b))"
    r"|(?<!不)(?:发现|版本还?是|装的还?是|安装的还?是|显示还?是)(?:pytorch|torch)?(?:的|版本)?(?:还是|是)?cpu(?:版|[^\w\s]|$)"
    r"|torch版本还是cpu",
    re.IGNORECASE | re.MULTILINE,
)


def unavailable(facts: Facts, text: str) -> Iterator[Inference]:
    """ "But when I checked torch.cuda.is_available(), it returned false"."""
    found = _FALSE.search(text)
    if found and not _TRUE.search(text) and not _UNSAID.search(_before(found, text)):
        reason = SAID.format(words=" ".join(found[0].split())[:80])
        yield Inference("runtime", Runtime, "cuda_available", False, reason)


def of_cpu_build(facts: Facts, text: str) -> Iterator[Inference]:
    """ "only to find that it installs the CPU version"."""
    torch, found = facts.torch.value or Torch(), _CPU.search(text)
    told = torch.build or torch.cuda_version or torch.hip_version or torch.xpu_version
    if found and not told and not _UNSAID.search(_before(found, text)):
        reason = SAID.format(words=" ".join(found[0].split())[:80])
        yield Inference("torch", Torch, "build", "cpu", reason)
        yield Inference("torch", Torch, "cuda_version", "", reason)


def _before(found: re.Match[str], text: str) -> str:
    """The part of its clause before it."""
    return _END_OF_CLAUSE.split(text[max(0, found.start() - 200) : found.start()])[-1]
