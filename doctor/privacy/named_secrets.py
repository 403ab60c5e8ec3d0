"""Secrets that are known by their name: `password: …` in the forms of files, programs, command lines and headers.

A name is looked for by its stem, without expressions that try every place of a long line again and again. What stands
behind it decides whether it is a secret, code, or prose.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doctor.privacy.lazily import lazily
from doctor.privacy.secret_names import HINTS, STEM, Secrecy, kind_of
from doctor.privacy.stand_ins import ELLIPSIS

_REST_OF_NAME = lazily(r"[A-Za-z0-9_-]*")
_START_OF_NAME = lazily(r"(?:\b(?:unexpected|special|unknown|next|end|start|of|mask|pad)[ ])?[\w-]*$")
_SEPARATOR = lazily(
    r"\\*[\"'`]?\]?(?:(?:[ \t]{0,40}|\.{2,60}[ \t]?)(?::=|=>|={1,2}|:(?![:/])|[\uff1a\uff1d])[ \t]{0,40}"
    r"|(?<=[\"'])[ \t]{0,4},\s{0,40}\\*[\"']value\\*[\"'][ \t]{0,4}:[ \t]{0,4}|[ \t]{0,4}\n[ \t]{0,40}value:[ \t]{1,4}"
    r"|(?<=[\"'])[ \t]{0,4},[ \t]{0,4}(?=\\*[\"'])"  # of a list of words, of two arguments
    r"|(?<=[\"'])[ \t]{0,4},[^\n]{0,80}?\bdefault[ ]?=[ ]?(?=[\"'])"
    r"|(?<=[\"'])[ \t]{1,4}value=(?=[\"'])"
    r"|(?<=\")[ \t]{0,4}\{\s{0,40}(?:(?:type|sensitive|description)"
    r"[ \t]{0,9}=[^\n]{0,80}\n\s{0,40}){0,4}default[ \t]{0,9}=[ \t]{0,4}"
    r"|[ \t](?:\[[^\]\n]{1,40}\]|\([^)\n]{1,20}\)):[ \t]|>(?=[^<>=\s])"
    r"|(?P<of>[ \t]{1,4}(?:for|für|zum|vom|pour|del?|para)(?:[ \t]{1,4}[\w.@$-]{1,60}){1,3}[ \t]{0,4}:[ \t]{1,4})"
    r"|(?P<cell>\):[ \t]{1,4}|[ \t]{1,40}\|[ \t]{1,40})"
    r"|(?P<said>[ \t](?:for|of|to|on|für|vom|zum|pour|del?|para|di|per)(?:[ \t][^\W\d_][\w'’-]{0,20}){1,4}?[ \t](?:is"
    r"|was|ist|war|lautet|är|er|jest|est|es|è|é):?[ \t])"
    r"|(?P<space>[ \t]{0,40}(?P<told>是|为|は|(?<=[ \t])(?:is|was|ist|war|lautet|är|er|jest|est|es|è|é|—|–|->|это)(?::"
    r"|(?=[ \t])))[ \t]{0,4}|[ \t]{1,40}))"
)
_DECLARED = lazily(
    r"(?:\b(?:dvc|git|conda|pip\d?|poetry|npm|aws|gcloud|gh|rclone|kaggle|uv)[ \t]+(?:remote|config|configure"
    r"|set)\b[^\n|]{0,120}[ \t.]"
    r"|\b(?:ENV|ARG|setx|setenv|set|%env)[ \t]+|\b(?:machine|login|account)[ \t]+\S{1,100}[ \t]+)$"
)
_INDENTED = lazily(r"\n?[ \t]+")
_ONE_WORD = lazily(r"\S+[ \t]*(?:\n|\Z)")
_OPENING = lazily(r"[bruf]{0,2}(\\*[\"'`])")
_SCHEME = lazily(r"(?i)(?:bearer|basic|token|apikey|api-key|negotiate|key)[ \t]+(?=\S)")
_TAG = lazily(r"!{1,2}\w{1,20}[ \t]+")  # of YAML
_WHOLE_LINE = lazily(r"(?i)(?:digest|aws4-hmac-sha256|hawk)[ \t]")
# what ends a value may stand in it where something follows that begins nothing new
_WORD = lazily(
    r"(?:[^\s\"'`,;&)}\]<>|\\]++|[,;&|>)}\]](?!\Z|[\s\"'`,;&)}\]<>|]|[\w.-]{1,40}+[ \t]?[=:])|<(?![/\w])"
    r"|[\"'`](?=[\w!@#$%^*])|\\(?![nrt\"'\\]|\Z)){1,300}"
)
_LINE = lazily(r"(?:[^\n\\]|\\(?![nr]))*")
_NOTHING = lazily(
    r"(?i)(?:none|null|nil|true|false|str|string|bytes|int|bool|optional|any|required|missing|yes|no|on|off|not|auto"
    r"|default|"
    r"undefined|empty|unset|hidden|redacted|removed|password|passwd|tokens?|secrets?|key|self|store|cache|osxkeychain|"
    r"manager(?:-core)?|libsecret|anonymous|stdin|failed|expired|invalid|…|-+|\*+|x+|\.+|\?+|\d|<[^<>]{0,60}>?"
    r"|\[[^\]]{0,60}\]?|\{[^}]*\}?|"
    r"\(.*|#.*|[\w-]*[_-](?:token|key|password|secret)|to|on|or|and|for|in|is|as|with|from|if|when|option|flag|argument"
    r"|the|a|"
    r"your[\w-]*|my[_-]?\w*|example\w*|changeme|placeholder)[,.;:!)]?"
)
_CODE = lazily(
    r"(?i)\$[\w{(]|%[\w(]+%?$|%\(|\{\{|(?:os|sys|self|args|cfg|config|settings|opts?|re|typing|torch|np|request)\.\w|"
    r"[a-z_][\w.]{0,60}[(\[]|getpass|lambda\b|(?:/(?:home|usr|etc|root|run|var|tmp|mnt|opt|data|workspace|secrets?"
    r"|users|app)/|~[/\\]|[a-z]:[\\/])"
)
_LETTERS = lazily(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?)]*")
_SECRETISH = lazily(
    r"(?=.*\d)(?=.*[A-Za-z]).{8,}|(?=.*[a-z])(?=.*[A-Z]).{16,}|[^\sA-Za-z]*+[A-Za-z]\S*[!#$%^&*+=/@]\S{4,}", re.DOTALL
)
_STRONG = lazily(r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9+/_=-]{20,}(?![\w.(\[])")
_RANDOM = lazily(  # so that it stands for nothing else
    r"(?<![\w+-])(?=[A-Za-z_+-]{0,60}\d)(?=[\d_+-]{0,60}[A-Za-z])[\w+-]{16,}"
)
_LAST = lazily(r"(?=\S{0,100}\d)(?=\S{0,100}[A-Za-z])[^\s.()]{8,100}[ \t]*(?:\n|\Z)")
_OF_SERVERS = ("requirepass", "masterauth", "bindpw")  # their configurations have nothing between name and value
_BEARER = lazily(r"(?i)\b((?:bearer|basic)[ \t]+)(?=[\w.~+/-]*(?:\d|[a-z][A-Z]))[\w.~+/-]{8,}=*")


class _Value(NamedTuple):
    start: int
    end: int
    quoted: bool
    closed: bool


def hinted(low: str) -> bool:
    return any(map(low.__contains__, HINTS))


def without_named_secrets(text: str, low: str) -> str:
    """What a name told is no secret less where it stands without one: in the next line, in an address, in an error."""
    kept: list[str] = []
    told: set[str] = set()
    done = at = 0
    while stem := STEM.search(low, at):
        rest = _REST_OF_NAME.match(low, stem.end())
        at = rest.end() if rest else stem.end()
        if span := _secret_named(text, max(done, stem.start() - 48), stem.start(), at):
            kept += [text[done : span[0]], ELLIPSIS]
            done = at = span[1]
            told.update(_RANDOM.findall(text, *span))
    if not kept:
        return text
    shown = "".join((*kept, text[done:]))
    return _RANDOM.sub(lambda word: ELLIPSIS if word[0] in told else word[0], shown) if told else shown


def without_bearers(text: str, low: str) -> str:
    """Credentials of a header whose name is not there."""
    return _BEARER.sub(rf"\1{ELLIPSIS}", text) if "bearer " in low or "basic " in low else text


def _secret_named(text: str, floor: int, start: int, end: int) -> tuple[int, int] | None:
    """Where the secret is that the name around `start` names."""
    before = _START_OF_NAME.search(text[floor:start])
    name = (before[0] if before else "") + text[start:end]
    kind = kind_of(name)
    separator = _SEPARATOR.match(text, end) if kind else None
    if not kind or not separator or (separator["space"] and not _may_be_spaced(text, start, end, name, separator)):
        return None
    tag = _TAG.match(text, separator.end())
    value = _value_at(text, tag.end() if tag else separator.end(), kind)
    spaced = separator["space"] is not None or text[separator.end() - 1] in " \t"
    if not value or not _is_secret(
        text,
        value,
        name,
        Secrecy.BARE
        if separator["told"]
        or separator["of"]
        or separator["said"]
        or separator["cell"]
        or (separator["space"] and not name.isascii())
        else kind,
        prose=spaced and "=" not in separator[0],
    ):
        return None
    return value.start, value.end


def _may_be_spaced(text: str, start: int, end: int, name: str, separator: re.Match[str]) -> bool:
    """Whether the value may stand behind a space: on a command line, in a Dockerfile, in .netrc, in a sentence."""
    if separator["told"] or name.startswith("-") or not name.isascii():
        return True
    begins = max(text.rfind("\n", max(0, start - 200), start), start - 200, 0)
    before = text[begins : end - len(name)]
    alone = _INDENTED.fullmatch(before) and _ONE_WORD.match(text, separator.end())
    kind = kind_of(name)
    opening = _OPENING.match(text, separator.end())
    strong = kind is not Secrecy.BARE and _STRONG.match(text, opening.end() if opening else separator.end())
    strong = strong or (kind is Secrecy.ANY and _LAST.match(text, separator.end()))
    return bool(_DECLARED.search(before) or alone or strong or name.lower() in _OF_SERVERS)


def _value_at(text: str, at: int, kind: Secrecy) -> _Value | None:
    opening = _OPENING.match(text, at)
    closing = _closing(text, opening) if opening else -1
    start = opening.end() if opening else at
    if kind is Secrecy.HEADER and (scheme := _WHOLE_LINE.match(text, start)):
        return _Value(scheme.end(), _end_of_line(text, start, closing), True, True)
    if scheme := _SCHEME.match(text, start, closing if closing >= 0 else len(text)):
        start = scheme.end()
    if closing >= 0:
        return _Value(start, closing, True, True)
    if kind is Secrecy.HEADER and not scheme:
        if _is_prose(text, start):
            return None
        return _Value(start, _end_of_line(text, start, closing), False, True)
    word = _WORD.match(text, start)
    return _Value(start, word.end(), False, word.end() - start < 300) if word else None


def _closing(text: str, opening: re.Match[str]) -> int:
    """Where the quotation ends on the same line; -1 where it does not."""
    mark = opening[1]
    line_end = text.find("\n", opening.end(), opening.end() + 2000)
    limit = line_end if line_end >= 0 else opening.end() + 2000
    at = text.find(mark, opening.end(), limit)
    while at > 0 and len(mark) == 1 and _escaped(text, at):
        at = text.find(mark, at + 1, limit)
    return at


def _escaped(text: str, at: int) -> bool:
    return (at - len(text[max(0, at - 20) : at].rstrip("\\")) - max(0, at - 20)) % 2 == 1


def _end_of_line(text: str, start: int, closing: int) -> int:
    """Without a quotation mark that was opened before."""
    line = _LINE.match(text, start)
    if closing >= 0 or not line:
        return max(closing, start)
    told = line[0].rstrip()
    return start + len(told) - (told[-1:] in ("'", '"', "`") and told.count(told[-1]) % 2)


def _is_secret(text: str, value: _Value, name: str, kind: Secrecy, *, prose: bool) -> bool:
    """Not where it is a word that says nothing, code, or the next word of a sentence."""
    told = text[value.start : value.end]
    if not told.strip() or _NOTHING.fullmatch(told.strip()) or told.startswith(ELLIPSIS):
        return False
    if name in ("PWD", "OLDPWD") and (told[0] in "/~" or told[1:2] == ":"):
        return False
    if _CODE.match(told) and (not value.quoted or told[0] in "$%{/~" or told[1:2] == ":"):
        return False
    if kind is Secrecy.BARE:
        return bool(_SECRETISH.fullmatch(told)) and " " not in told
    if kind is Secrecy.TOKEN and (len(told) < 4 or (told.isdigit() and len(told) < 8)):
        return False
    return value.quoted or not (prose and _is_prose(text, value.start))


def _is_prose(text: str, start: int) -> bool:
    line = text[start : start + 120].split("\n")[0]
    words = line.split()
    return len(words) > 1 and bool(_LETTERS.fullmatch(words[0])) and bool(_LETTERS.fullmatch(words[1]))
