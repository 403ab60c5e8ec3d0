"""The lines of a pasted text that no reader took: the error text among them, where one of them reads like an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from doctor.facts import ErrorText
from doctor.intake import error_text
from doctor.privacy import redact
from doctor.text.lines import Kind, bare, kind_of

_CUT = re.compile(  # whose end, the exception or what a build said, is left out
    r"^\W{0,8}Traceback \(most recent call last\):"
    r"|[\s#\d.]{0,24}(?i:error: (?:subprocess-exited-with-error|metadata-generation-failed|Failed building wheel for ))"
)
_MAX_ERROR_CHARACTERS = 200_000
_ELSEWHERE = re.compile(
    r"\b(?:some(?:body|one)|others?(?! (?:code|scripts?|programs?|errors?|API)\b)|another|previous(?:ly)?|earlier"
    r"|used to(?! compile)|fixed|solved|if|when you|e\.g\.|for example|expected|should|would|support for|used by)\b"
    r"|之前|以前|已解决|解决了|如果|例如|其他|别人",
    re.IGNORECASE,
)
# warnings without the word: the kernel's, bitsandbytes', and torch's about a GPU; and what a program caught
_PRINTED = re.compile(
    r"\[ {0,6}\d{1,7}\.\d{6}\] |\W{0,4}CUDA SETUP: [A-Z]"
    r"|\W{0,4}(?:E\d{4} [\d:.]{8,20} +\d{1,9} )?(?:[\w./-]{1,200}/)?[\w-]{2,60}\.(?:cc|cpp|cu|h):\d{1,5}\] "
    r"|\s{0,8}Found GPU(?:\d{1,3}|%d) .{1,60} which is of cuda capability"
    r"|\W{0,4}(?:An? )?(?:\w{1,20} )?[Ee]rror occur+ed: \S"
)


def error_in(lines: Sequence[str], known: Callable[[str], bool], *, alone: bool) -> ErrorText | None:
    """The lines that no reader took, when one of them reads like an error. Beside what a program printed (not `alone`),
    prose may speak of another time or machine."""
    kinds = [kind_of(bare(line)) for line in lines]
    told = [
        line
        for line, kind in zip(lines, kinds, strict=True)
        if alone or kind is Kind.WARNING or _PRINTED.match(line) or not _ELSEWHERE.search(line)
    ]
    if Kind.EXCEPTION not in kinds and not any(map(_CUT.match, lines)) and not known("\n".join(told)):
        return None
    return error_text.named(redact("\n".join(lines)[:_MAX_ERROR_CHARACTERS]))
