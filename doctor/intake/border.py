"""Values from outside, taken for typed fields. What is malformed counts as not known, and a note tells of it.

A field that cannot say "not known" makes what holds it not known, up to the next that can: a list drops the entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_origin

import msgspec

from doctor.intake.forms import FORMS
from doctor.model import Reading, Status
from doctor.text.clean import printable

NOTE = "{path}: {value} is malformed and is treated as unknown"
NOT_UNDERSTOOD = "the report has it in a form that is not understood"
NEEDED = frozenset({"Folder.total_bytes", "Folder.free_bytes"})  # 0, where they are left out, says something
_MOST = 2**63
_SHOWN = 40
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOTHING = object()


class Malformed(Exception):
    """A value that its field cannot take."""

    def __init__(self, path: str, value: object) -> None:
        super().__init__(NOTE.format(path=path, value=_shown(value)))


class Border:
    """Makes facts of raw JSON values; `notes` collects what was malformed."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._dropped = 0

    def reading(self, name: str, kind: Any, raw: object) -> Reading[Any]:
        """A reading of that kind; skipped where nothing can be made of the value."""
        try:
            taken: Reading[Any] = self._struct(name, kind, raw)
        except (Malformed, RecursionError) as error:
            return Reading(Status.SKIPPED, reason=f"{NOT_UNDERSTOOD}: {error}")
        if taken.ok and taken.value is None:
            return Reading(Status.SKIPPED, reason=NOT_UNDERSTOOD)
        return taken

    def _struct(self, path: str, kind: Any, raw: object) -> Any:
        if not isinstance(raw, Mapping):
            raise Malformed(path, raw)
        own, before, taken = get_origin(kind) or kind, self._dropped, {}
        for field in _fields(kind):
            if field.name in raw:
                place = path if own is Reading and field.name == "value" else f"{path}.{field.name}"
                taken[field.name] = self._field(place, f"{own.__name__}.{field.name}", field, raw[field.name])
            elif field.required:
                raise Malformed(f"{path}.{field.name}", None)
        if "complete" in own.__struct_fields__ and self._dropped > before:
            taken["complete"] = False
        return own(**taken)

    def _field(self, path: str, name: str, field: msgspec.structs.FieldInfo, raw: object) -> Any:
        try:
            return self._value(path, name, field.type, raw, whole=field.default is None)
        except Malformed as error:
            empty = field.default is None or (type(field.default) in (str, int, float) and not field.default)
            if not empty or name in NEEDED:
                raise
            self.notes.append(str(error))
            return field.default

    def _value(self, path: str, name: str, kind: Any, raw: object, *, whole: bool) -> Any:
        """`whole`: a list is not known where one of its entries is not."""
        if type(None) in get_args(kind):
            if raw is None:
                return None
            kind = next(part for part in get_args(kind) if part is not type(None))
        origin = get_origin(kind) or kind
        if origin is tuple:
            return self._list(path, name, get_args(kind)[0], raw, whole=whole)
        if origin is dict:
            return self._mapping(path, get_args(kind)[1], raw)
        if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
            return self._struct(path, kind, raw)
        return _scalar(path, name, kind, raw)

    def _list(self, path: str, name: str, kind: Any, raw: object, *, whole: bool) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            raise Malformed(path, raw)
        taken = []
        for place, entry in enumerate(raw):
            try:
                taken.append(self._value(f"{path}[{place}]", name, kind, entry, whole=whole))
            except Malformed as error:
                if whole:
                    raise
                self._drop(str(error))
        return tuple(taken)

    def _mapping(self, path: str, kind: Any, raw: object) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Malformed(path, raw)
        taken = {}
        for key, value in raw.items():
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                taken[_clean(key)] = self._struct(f"{path}.{key}", kind, value)
                continue
            name, plain = _clean(key), _plain(value)
            if plain is _NOTHING or (kind is str and not isinstance(plain, str)):
                self._drop(NOTE.format(path=f"{path}.{name[:_SHOWN]}", value=_shown(value)))
            else:
                taken[name] = plain
        return taken

    def _drop(self, note: str) -> None:
        self.notes.append(note)
        self._dropped += 1


@cache
def _fields(kind: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _scalar(path: str, name: str, kind: Any, raw: object) -> Any:
    try:
        value = msgspec.convert(_clean(raw) if isinstance(raw, str) else raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(path, raw) from error
    number = isinstance(value, int | float) and not isinstance(value, bool)
    form = FORMS.get(name)
    if (number and not _in_range(value)) or (form and not form.fullmatch(str(value))):
        raise Malformed(path, raw)
    return value


def _in_range(number: float) -> bool:
    return 0 <= number < _MOST  # also False for what is not a number


def _plain(value: Any) -> Any:
    """A value of no known kind, cleaned."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        cleaned = {_clean(key): _plain(entry) for key, entry in value.items()}
        return {key: entry for key, entry in cleaned.items() if entry is not _NOTHING}
    if isinstance(value, list):
        return [entry for entry in map(_plain, value) if entry is not _NOTHING]
    return _NOTHING if isinstance(value, int | float) and not _in_range(abs(value)) else value


def _clean(text: str) -> str:
    """Without control characters; half a character (a lone surrogate) has no bytes in any file."""
    return _SURROGATES.sub("\ufffd", printable(text))


def _shown(value: object) -> str:
    text = _clean(value if isinstance(value, str) else repr(value))
    return repr(text[:_SHOWN]) if isinstance(value, str) else text[:_SHOWN]
