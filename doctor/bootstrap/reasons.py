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
from doctor.bootstrap.log_lines import lines_of, of_failures, without_what_uv_got_over

# over text in small letters: ten times as fast as the flag that ignores case
_WORDS = tuple((re.compile("|".join(expressions)), found) for found, expressions in KNOWN)
# an error may be about an address, a host or a file that has such a word in its name
_NAMES = re.compile(r"https?://\S+|host='[^']*'|(?<![\w.+-])[\w.+-]+\.(?:whl|tar\.\w+|zip|conda|metadata)\b")
_RETRYING = "Retrying (Retry("
_GIVEN_UP = f"{_RETRYING}total=0,"
_GOT_ON = re.compile(  # after a warning that it tries again: it was answered
    r"\s*(?:collecting|downloading|using cached|requirement already|installing collected|successfully|building)\b",
    re.I,
)
_DONE = re.compile(  # what had failed before it did not end the step
    r"\s*(?:successfully installed|installed \d{1,6} packages?\b|executing transaction: done|transaction finished)",
    re.I,
)
_LISTED = re.compile(r"\(from versions: (?!none)")  # by an index that answered
_CHAINED = re.compile(r"(?<=\S) [├╰]─▶ ")  # uv's causes, where a log lost its line ends
_FRAME = " \t│|"
_KILLED = re.compile(r"(?<![A-Za-z])Killed\b")  # the shell's word, always with a capital
# Windows' sentence with no name in it; what pip tells beside the reason, and what scripts and conda get over
_WITHOUT_NAME = re.compile(r"[ \t]*(?:stderr: )?the system cannot find the (?:file|path)(?: specified)?\W{0,4}$", re.I)
_TELL_LITTLE = (
    "ignored the following versions",
    "already exists and is not an empty",
    "'lfs' is not a git command",
    "clobbererror: ",
)
# programs that are often looked for without need
_LOOKED_FOR = re.compile(r"\b(?:nvidia-smi|rocm-smi|rocminfo|hipcc|nvcc|lspci|lsmod|lsb_release)\b")
_MAKES_ENVIRONMENTS = re.compile(r"(?<![\w.-])(?:python|py|uv|virtualenv)(?:\.exe)?,? (?:was|which)\b|no Python\b")
_IN_ENVIRONMENT = re.compile(r"(?i)env[^,]{0,60}[\\/](?:scripts|bin)[\\/]")
# PowerShell goes on without its profile, and after what it could not remove
_OVERCOME = (
    r"profile\.ps1\b.{0,300}?running scripts is disabled(?:.{0,200}?about_execution_policies)?"
    r"(?:.{0,700}?fullyqualifiederrorid : unauthorizedaccess\b)?"
    r"(?!.{0,1500}the term '(?:conda|mamba)' is not)",
    r"remove-item ?: cannot remove item .{0,400}?is denied(?:.{0,700}?removefilesystemitem\w{1,40})?",
)
_WHAT_ELSE = re.compile(r"profile\.ps1|Remove-Item|Caused by: ")  # than that, and why uv -v tried again
_BESIDE = (
    r"remove-item: .{0,600}?cannot find path '[^']{1,300}' because it does not exist",
    r"exception ignored (?:in|on)\b.{0,300}?traceback \(most.{0,1200}?"
    r"\w(?:error|exception|interrupt)\b(?:: .{0,300}'[^']{1,300}')?",
    r"--- logging error ---.{0,3000}?(?:call stack:|message: )",
    r"\.\.\. failed: .{1,900}?\.\.\. connected\.",  # to another address of that host
)
_READ = 40_000  # of a log that is longer, its end


def reason(log: str, spelling: Spelling, *, mirror_helps: bool = True) -> Reason | None:
    """None where the log does not say. Another source is advised only where one helps."""
    lines = lines_of(_CHAINED.sub(r"\n\g<0>", log[-_READ:]))
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
    return shortened(found.line.strip(_FRAME)) if found.kind in kinds.SHOWN else ""


def _last_error(lines: Sequence[str]) -> Reason | None:
    """A general one ("no matching distribution") gives way to what was said before it."""
    errors = of_failures([*without_what_uv_got_over(lines)])
    said = _without_consequences(_late(errors) or list(_said(errors)))
    general = next((found for found in said if found.kind not in kinds.LAST_RESORTS), None)
    # why pip gives up stands in its last warning; where something else failed, it got on after the others
    retried = _GIVEN_UP if general and (general.kind != "not-there" or any(map(_LISTED.search, lines))) else _RETRYING
    at = max((at for at, line in enumerate(lines) if retried in line), default=len(lines))
    if not any(map(_GOT_ON.match, lines[at + 1 :])):
        said.extend(_said(lines[at : at + 1]))
    said.sort(key=_how_little)
    if not said and any(map(_WHAT_ELSE.search, lines)):
        said = list(_said(of_failures(lines), _BESIDE))
    return _in_words(said)


def _late(errors: Sequence[str]) -> list[Reason]:
    """What was said after something had succeeded, where that says why; else nothing."""
    at = max((at for at, line in enumerate(errors) if _DONE.match(line)), default=-1)
    said = list(_said(errors[at + 1 :])) if at >= 0 else []
    return said if any(not (_is_consequence(found) or _is_vague(found)) for found in said) else []


def _in_words(said: Sequence[Reason]) -> Reason | None:
    """The first; where its line is but PowerShell's number of the error, the one whose line tells the thing."""
    first = next(iter(said), None)
    alike = (one for one in said if first and one.sentence == first.sentence and not one.line.lstrip().startswith("+ "))
    return next(alike, first)


def _how_little(found: Reason) -> tuple[bool, ...]:
    return found.is_general, _is_vague(found), found.kind == kinds.LEAST, _tells_little(found.line)


def _is_vague(found: Reason) -> bool:
    if found.kind in kinds.VAGUE or _tells_little(found.line):
        return True
    return found.kind == "no-program" and bool(_LOOKED_FOR.search(found.sentence))


def _tells_little(line: str) -> bool:
    small = line.lower()
    return bool(_WITHOUT_NAME.match(line)) or any(words in small for words in _TELL_LITTLE)


def _is_consequence(found: Reason) -> bool:
    return found.is_general and found.kind in kinds.CONSEQUENCES


def _without_consequences(said: Sequence[Reason]) -> list[Reason]:
    """What is not there after something else failed was to come of that; a package's script failed by what it lacks."""
    consequences = list(map(_is_consequence, said))
    causes = [
        not (one or found.kind == kinds.BY_WHAT_IT_LACKS or _tells_little(found.line))
        for one, found in zip(consequences, said, strict=True)
    ]
    own = [found for at, found in enumerate(said) if not consequences[at] or not any(causes[at:])]
    return [found for at, found in enumerate(own) if not _was_to_be_made(found, own[at + 1 :])]


def _was_to_be_made(found: Reason, before: Sequence[Reason]) -> bool:
    """An environment, by a program that was not there."""
    is_in_one = found.kind in kinds.OF_AN_ENVIRONMENT or bool(_IN_ENVIRONMENT.search(found.sentence))
    return _is_consequence(found) and is_in_one and any(map(_makes_environments, before))


def _makes_environments(found: Reason) -> bool:
    is_in_one = _IN_ENVIRONMENT.search(found.sentence)
    return found.kind in kinds.OF_A_PROGRAM and not is_in_one and bool(_MAKES_ENVIRONMENTS.search(found.sentence))


def _said(lines: Sequence[str], beside: Sequence[str] = (*_OVERCOME, *_BESIDE)) -> Iterator[Reason]:
    """What the lines say, the last one first, but for what is `beside` the point. PowerShell and uv wrap their
    sentences, so one may go on in the next line."""
    spoken = (_KILLED.sub(" memoryerror", _NAMES.sub("", line)).strip(_FRAME).lower() for line in lines)
    english = in_english("\n".join(spoken)).split("\n")
    places = [at for at, line in enumerate(english) if line]
    plain = [english[at] for at in places]
    begins = list(accumulate((len(line) + 1 for line in plain), initial=0))
    text = re.sub("|".join(beside), lambda found: " " * len(found[0]), " ".join(plain))
    found = [
        (bisect_right(begins, match.end() - 1) - 1, row, match)
        for row, (words, _) in enumerate(_WORDS)
        for match in words.finditer(text)
    ]
    for at, row, match in sorted(found, key=lambda one: (-one[0], one[1])):
        known = _WORDS[row][1]
        sentence = known.sentence.format(detail=next(filter(None, match.groups()), ""))
        yield replace(known, sentence=sentence, line=lines[places[at]] if sentence == known.sentence else "")
