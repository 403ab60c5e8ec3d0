"""One line of a log: stripped of what loggers put before it, and what kind of line it is."""

from __future__ import annotations

import re
from enum import IntEnum

from doctor.text.clean import printable

# Prefixes of launchers and loggers, repeatedly: "[rank0]: ", "worker-1  | ", "2024-01-02 03:04:05,678 ", "(pid=12) "
_PREFIX = re.compile(
    r"^(?:"
    r"\s*\[\d{1,5},\d{1,5}\]<std(?:err|out)>: ?"
    r"|\s*[a-z][\w.-]{0,40}: (?=\[?rank ?\d)"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,8}\])?: "
    r"|\s*[EWIF]\d{4} \d\d:\d\d:\d\d\.\d{3,9}\s{1,6}\d{1,8} [\w./-]{1,80}:\d{1,6}\] "
    r"|\s*\| ?(?:TRACE|DEBUG|INFO|SUCCESS|WARNING|ERROR|CRITICAL)\s{0,4}\| [\w.<>:]{1,120}:\d{1,6} - "
    r"|\s*##\[(?:error|warning)\]"
    r"|\s*(?:├|╰|└)─{1,3}(?:>|▶)?\s"
    r"|\s*\[?\(?\b(?:default\d+|(?:local_)?rank[ =:]?\d+|pid[ =:]?\d+|\w*\s?pid=\d+[^)\]]{0,60})\]?\)?:?\s?"
    r"|\s*\d+: (?=\S)"
    r"|\s*[\w.-]{1,60}\s+\|\s(?!\s*(?:ERROR|WARNING|CRITICAL)\s{0,4}\|)"
    r"|\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ,]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:?\s?"
    r"|\s*(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) \d\d-\d\d \d\d:\d\d:\d\d \[?[\w./-]{1,60}:\d{1,6}\] ?"
    r"|\s*\[?\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\]?\s"
    r"|\s*(?:std(?:err|out)[ :]+(?:[FP] )?)"
    r"|\s*[*|]{1,2}\s?(?=\S)"
    r"|\s*>\s"
    r"|E\s{2,6}(?=\S)"
    r"|#\d{1,4} \d{1,5}\.\d{1,3} "
    r")"
)
_LONG_LINE, _LONG_RUN = 1000, 60
_RUN = re.compile(rf"(.)\1{{{_LONG_RUN},}}")
_RECORD_END = re.compile(r"\"[,}\]]{0,3}$")
_EXCEPTION = re.compile(
    r"^[\w.]*(?:Error|Exception|Interrupt|Exit|Failed|Empty|Timeout|Failure)\b(?:[\w.]*)?(?:: |:?$)"
    r"|^(?:Failed to \w|NVIDIA-SMI has failed)"
    r"|^(?:- \*\*Exception Message:\*\*|!!! Exception during processing ?!!!) "  # ComfyUI
    r"|^(?:ERROR|FATAL|fatal|Fatal|CRITICAL|error)\b[: ]|\b(?:fatal error|terminate called|what\(\)):"
)
_WARNING = re.compile(
    r"Warning:|^A module that was compiled using NumPy 1"
    r"|^\[?W\d{0,4}[ \]]|\b(?:WARNING|warning|WARN)\b[: ]|\bWARNING\[|^\s*warnings?\.warn\("
)
_SOURCE = re.compile(
    r"^\s*(?:-+>\s*\d+\s|\d+\s{2,})|^\s*(?:raise|return|from|import|assert|if|def|with|for|while|else|try|except)\b[^:]{0,200}"
    r"(?:\(|=|\bimport\b)|^\s*[\"'].*[\"']\s*[,)]*$|^\s*#|^\s*[\w.]+\s*=\s|^\s*[\w.]+\([^)]{0,300}\)\s*$|^\s*│"
)
_FRAME = re.compile(r'^\s*File "[^"]*", line \d+')


class Kind(IntEnum):
    """What a line is, the most telling highest."""

    SOURCE = 0  # program text shown by a traceback
    WARNING = 1
    PLAIN = 2
    EXCEPTION = 3


def squeezed(line: str) -> str:
    """A long line without long runs of one character, over which expressions would go again from each place."""
    return _RUN.sub(lambda run: run[0][:_LONG_RUN], line) if len(line) > _LONG_LINE else line


def bare(line: str) -> str:
    """The line without control characters and what loggers and quoting put around it."""
    text = printable(line)
    for _ in range(4):
        shorter = _PREFIX.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return _unquoted(text.strip("\r\n"))


def _unquoted(text: str) -> str:
    """Without the cell of a table, the code marks around all of it, or the end of a record that began before it."""
    end = text.rstrip()
    if end.endswith(("|", "│")):
        return end[:-1].rstrip()
    if end.endswith("`"):
        return end.strip(" `") if end.lstrip().startswith("`") and "`" not in end.strip(" `") else text
    return _RECORD_END.sub("", end) if end.endswith(('"', ",", "}", "]")) and end.count('"') % 2 else text


def kind_of(line: str) -> Kind:
    """What kind of line this is, its prefixes removed."""
    text = line.strip()
    if _FRAME.match(text):
        return Kind.SOURCE
    if _WARNING.search(text):
        return Kind.WARNING
    if _EXCEPTION.search(text):
        return Kind.EXCEPTION
    return Kind.SOURCE if _SOURCE.search(line) else Kind.PLAIN
