"""A free text, made one that may be pasted in public."""

from __future__ import annotations

import re
from functools import partial

from doctor.privacy import columns, commands, devices, homes, hosts, messages, named_secrets, network, persons, tables
from doctor.privacy.addresses import without_addresses_credentials
from doctor.privacy.key_blocks import without_private_keys
from doctor.privacy.own import as_text, without_own
from doctor.privacy.shapes import without_shaped_secrets
from doctor.privacy.stand_ins import ELLIPSIS, HOST, StandIns

_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
# a short word, a version: nothing that is looked for here has such a form, other than our own names
_PLAIN = re.compile(r"[A-Za-z0-9_ ,+]{0,15}|v?\d{1,5}(?:\.\d{1,5}){1,2}[A-Za-z0-9+]{0,8}")
_PASSES = 4
_NAMED = re.compile(r"[A-Za-z0-9][\w.-]{1,63}")
_TELLING = re.compile(r"(?=.*\d)(?=.*[A-Za-z]).{5,}")  # no word of a language


def redact(text: str) -> str:
    """An error, a value of a configuration, a report: without credentials, homes, names, addresses and device ids.

    What was replaced may have hidden what stands behind it, so a text that was changed is looked at again.
    """
    if _PLAIN.fullmatch(text):
        return without_own(text, text.lower())
    text = as_text(text)
    for _ in range(_PASSES):
        shown = _without_secrets(text)
        own = without_own(shown, _lower(shown))
        others = _without_names(own)
        again, text = shown != text or others != own, others
        if not again:
            break
    return text


def redact_word(word: str) -> str:
    """A word of a command for this machine: names of others in it are names of folders, without which it is wrong."""
    shown = _without_secrets(as_text(word))
    return without_own(shown, _lower(shown))


def _without_names(text: str) -> str:
    """Of others: persons, hosts and devices."""
    low, names, learned = _lower(text), StandIns(text), dict[str, str]()
    named: tables.Named = {
        "user": persons.namer(names, learned.__setitem__),
        "group": persons.namer(names, learned.__setitem__),
        "host": hosts.namer(names, learned.__setitem__),
        "place": partial(names.of, HOST),
        "serial": lambda _: ELLIPSIS,
    }
    if any(map(low.__contains__, columns.HINTS)):
        text = columns.without_names_in_columns(text, named)
        low = _lower(text)
    text = tables.without_names_in_tables(text, low, named)
    text = commands.without_names_in_commands(text, low, named)
    text = messages.without_hosts_in_messages(text, low, named)
    text = homes.without_homes(text, low, names, learned.__setitem__)
    text = persons.without_persons(text, low, names, learned.__setitem__)
    text = hosts.without_hosts(text, low, names, learned.__setitem__)
    text = network.without_addresses(text, names)
    text = devices.without_devices(text, low, names)
    return _everywhere(text, learned) if learned else text


def _without_secrets(text: str) -> str:
    low = _lower(text)
    shown = without_shaped_secrets(without_addresses_credentials(without_private_keys(text)), low)
    low = low if shown is text else _lower(shown)
    if named_secrets.hinted(low):
        shown = named_secrets.without_named_secrets(shown, low)
    return named_secrets.without_bearers(shown, low)


def _lower(text: str) -> str:
    """Of the same length: what is found in it is where it is in the text."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_ASCII)


def _everywhere(text: str, learned: dict[str, str]) -> str:
    """Names that were told in one place, where they stand for the same in another: in a path, before an `@`, quoted."""
    names = {name.casefold(): stand_in for name, stand_in in learned.items()}
    return _NAMED.sub(lambda found: _again(found, names), text)


def _again(found: re.Match[str], names: dict[str, str]) -> str:
    word = found[0]
    stand_in = names.get(word.casefold())
    if stand_in and (_TELLING.fullmatch(word) or _in_place_of_a_name(found)):
        return stand_in
    head, mark, tail = word.rpartition("_")
    if mark and (stand_in := names.get(tail.casefold())):
        return head + mark + stand_in
    return word


def _in_place_of_a_name(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    quoted = bool(before) and before in "'\"`" and after == before
    return quoted or after == "@" or (bool(before) and before in "/\\@" and (not after or after in "/\\\"'` \t\n:;,)]"))
