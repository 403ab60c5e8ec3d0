"""Programs and DLLs for Windows as files: what they ask for and how long they have to be. Nothing is loaded.

The layout is Microsoft's "PE Format". Only headers and names are read, whatever the size of the file.
"""

import os
import struct

_HEADERS = 1 << 14  # bytes: where the headers of a program lie, with all of its sections
_NAME = 256
_MOST = 1000  # DLLs that one asks for
_DIRECTORIES = {0x10B: 96, 0x20B: 112}  # by the magic number of 32 and 64 bits
_IMPORTS = 1  # the place among the directories


class NoProgram(ValueError):
    """The file begins with something else; the text is how."""


def read_program(path):
    """What a file for Windows tells: `needs`, the names of the DLLs that it imports, and `length`, the bytes that it
    has at least when it is whole. Raises OSError or NoProgram."""
    with open(path, "rb") as file:
        head = file.read(_HEADERS)
        sections, imports = _layout(head)
        length = max([at + size for _, size, at in sections if at] or [0])
        whole = os.fstat(file.fileno()).st_size >= length
        return {"needs": _needs(file, sections, imports) if whole else [], "length": length}


def _layout(head):
    """The sections as (address, size, place in the file), and the address of the list of imports, 0 for none."""
    try:
        (start,) = struct.unpack_from("<I", head, 0x3C)
        count, options = struct.unpack_from("<H12xH", head, start + 6)
        (magic,) = struct.unpack_from("<H", head, start + 24)
        if head[:2] != b"MZ" or head[start : start + 4] != b"PE\0\0" or magic not in _DIRECTORIES:
            raise NoProgram(_beginning(head))
        directories = start + 24 + _DIRECTORIES[magic]
        (known,) = struct.unpack_from("<I", head, directories - 4)
        imports = struct.unpack_from("<I", head, directories + 8 * _IMPORTS)[0] if known > _IMPORTS else 0
        rows = (struct.unpack_from("<3I", head, start + 24 + options + 40 * n + 12) for n in range(count))
        return list(rows), imports
    except struct.error:
        raise NoProgram(_beginning(head)) from None


def _beginning(head):
    return " ".join("%02x" % byte for byte in bytearray(head[:4])) or "empty"


def _needs(file, sections, imports):
    names = []
    place = _place(sections, imports)
    while place and len(names) < _MOST:
        row = _read(file, place, 20)
        at = _place(sections, struct.unpack_from("<I", row, 12)[0]) if len(row) == 20 else 0
        if not at:
            break
        names.append(_read(file, at, _NAME).partition(b"\0")[0].decode("ascii", "replace"))
        place += 20
    return names


def _place(sections, address):
    """Where in the file lies what is at this address once it is loaded; 0 where that is nowhere."""
    return next((at + address - first for first, size, at in sections if at and first <= address < first + size), 0)


def _read(file, place, size):
    file.seek(place)
    return file.read(size)
