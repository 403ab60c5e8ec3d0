"""Why a step failed, by its log: the last error decides, and neither a digit nor an address is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import accumulate

from doctor.bootstrap.innermost import innermost, shortened
from doctor.bootstrap.known_failures import KNOWN, Reason, Spelling, kinds
from doctor.bootstrap.languages import in_english

# over text in small letters: ten times as fast as the flag that ignores case
_WORDS = tuple((re.compile("|".join(expressions)), found) for found, expressions in KNOWN)
# an error may be about an address, a host or a file that has such a word in its name
_NAMES = re.compile(r"https?://\S+|host='[^']*'|(?<![\w.+-])[\w.+-]+\.(?:whl|tar\.\w+|zip|conda|metadata)\b")
_HINTS = (  # that say why
    r"this error|it looks like|packages were|(?:only )?pre-releases|wheels are|a source distribution|an index url|`"
    r"|= is|the (?:`requires-python`|package `|project `|workspace member|python interpreter|resolution|source dist)"
    r"|while the active|you(?:'re| require| are attempting)"
)
# the time, where something that writes logs stands between, and the program that PowerShell names
_BEFORE = r"(?:#\d{1,3} )?(?:\d{1,6}\.\d{1,6}s? {1,8}(?:\d{1,5}ms )?)?(?:[\w.-]{1,30} : )?"
# what tells of no failure; behind "+ " PowerShell shows the line of the script, which may be one of a page of GitHub
_HARMLESS = re.compile(
    rf"\s*{_BEFORE}(?:warning(?!: (?:the repository located|failed to open|requirement '|md5sum mismatch)"
    r"|\s{1,4}libmamba the specification)|warnung|警告|(?:debug|info|trace)\b"
    r"|[^\"']{1,300}:\d{1,6}: \w{0,40}warning:|(?:find|ls|du|e?grep|stat): "
    rf"|retrying \(|note:|reason for being yanked|hint:(?! (?:{_HINTS}))|\[notice\]|looking in|collecting|using"
    r"|downloading(?!.*(?:\w : |error: ))"
    r"|\+ (?!categoryinfo|fullyqualifiederrorid|.*(?:octicon|client-env|data-turbo)))",
    re.I,
)
_RETRYING = "Retrying (Retry("
_GIVEN_UP = f"{_RETRYING}total=0,"
_GOT_ON = re.compile(  # after a warning that it tries again: it was answered
    r"\s*(?:collecting|downloading|using cached|requirement already|installing collected|successfully|building)\b",
    re.I,
)
_LISTED = re.compile(r"\(from versions: (?!none)")  # by an index that answered
_CHAINED = re.compile(r"(?<=\S) [├╰]─▶ ")  # uv's causes, where a log lost its line ends
_FRAME = " \t│|"
_KILLED = re.compile(r"(?<![A-Za-z])Killed\b")  # the shell's word, always with a capital
# Windows' sentence with no name in it, and what pip tells beside the reason
_TELLS_LITTLE = re.compile(
    r"[ \t]*the system cannot find the (?:file|path)(?: specified)?\W{0,4}$|.*ignored the following versions", re.I
)
# programs that are often looked for without need
_LOOKED_FOR = re.compile(r"\b(?:nvidia-smi|rocm-smi|rocminfo|hipcc|nvcc|lspci|lsmod|lsb_release)\b")
_READ = 40_000  # of a log that is longer, its end


def reason(log: str, spelling: Spelling, *, mirror_helps: bool = True) -> Reason | None:
    """None where the log does not say. Another source is advised only where one helps."""
    lines = _CHAINED.sub(r"\n\g<0>", log[-_READ:]).splitlines()
    found = _last_error(lines)
    if found is None:
        return None
    if found.is_general and (told := _told(found, lines)):
        found = replace(found, sentence=f"{found.sentence} ({told})")
    parts = [part for part in found.next_step.split("; ") if mirror_helps or "mirror}" not in part]
    step = "; ".join(parts).format_map(asdict(spelling))
    return replace(found, next_step=step or "run this again")


def _told(found: Reason, lines: Sequence[str]) -> str:
    """What the log itself says, behind a reason that is general."""
    if found.kind == "build":
        return innermost(lines)
    return shortened(found.line) if found.kind in kinds.SHOWN else ""


def _last_error(lines: Sequence[str]) -> Reason | None:
    """A general one ("no matching distribution") gives way to what was said before it."""
    errors = ["" if _HARMLESS.match(line) else line for line in lines]
    said = _without_consequences(list(_said(errors)))
    general = next((found for found in said if found.kind not in kinds.LAST_RESORTS), None)
    # why pip gives up stands in its last warning; where something else failed, it got on after the others
    retried = _GIVEN_UP if general and (general.kind != "not-there" or any(map(_LISTED.search, lines))) else _RETRYING
    at = max((at for at, line in enumerate(lines) if retried in line), default=len(lines))
    if not any(map(_GOT_ON.match, lines[at + 1 :])):
        said.extend(_said(lines[at : at + 1]))
    said.sort(key=lambda found: (found.is_general, _is_vague(found), found.kind == kinds.LEAST))
    return _in_words(said)


def _in_words(said: Sequence[Reason]) -> Reason | None:
    """The first; where its line is but PowerShell's number of the error, the one whose line tells the thing."""
    first = next(iter(said), None)
    alike = (one for one in said if first and one.sentence == first.sentence and not one.line.lstrip().startswith("+ "))
    return next(alike, first)


def _is_vague(found: Reason) -> bool:
    if found.kind in kinds.VAGUE or _TELLS_LITTLE.match(found.line):
        return True
    return found.kind == "no-program" and bool(_LOOKED_FOR.search(found.sentence))


def _without_consequences(said: Sequence[Reason]) -> list[Reason]:
    """What is not there after something else failed was to come of that; a package's script failed by what it lacks."""
    consequences = [found.is_general and found.kind in kinds.CONSEQUENCES for found in said]
    causes = [
        not (one or found.kind == kinds.BY_WHAT_IT_LACKS or _TELLS_LITTLE.match(found.line))
        for one, found in zip(consequences, said, strict=True)
    ]
    return [found for at, found in enumerate(said) if not consequences[at] or not any(causes[at:])]


def _said(lines: Sequence[str]) -> Iterator[Reason]:
    """What the lines say, the last one first. PowerShell and uv wrap their sentences, so one may go on in the next."""
    spoken = (_KILLED.sub(" memoryerror", _NAMES.sub("", line)).strip(_FRAME).lower() for line in lines)
    english = in_english("\n".join(spoken)).split("\n")
    places = [at for at, line in enumerate(english) if line]
    plain = [english[at] for at in places]
    begins = list(accumulate((len(line) + 1 for line in plain), initial=0))
    text = " ".join(plain)
    found = [
        (bisect_right(begins, match.end() - 1) - 1, row, match)
        for row, (words, _) in enumerate(_WORDS)
        for match in words.finditer(text)
    ]
    for at, row, match in sorted(found, key=lambda one: (-one[0], one[1])):
        known = _WORDS[row][1]
        sentence = known.sentence.format(detail=next(filter(None, match.groups()), ""))
        yield replace(known, sentence=sentence, line=lines[places[at]] if sentence == known.sentence else "")
