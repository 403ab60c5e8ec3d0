"""DLLs for Windows as files: headers, one section, and a list of what they import, as linkers lay them out."""

from __future__ import annotations

import struct

ADDRESS, PLACE, DESCRIPTOR = 0x1000, 0x200, 20


def dll(*needs: str, more: int = 0) -> bytes:
    """A DLL for 64 bits that imports these, with `more` bytes in its section."""
    listed = DESCRIPTOR * (len(needs) + 1)
    names = [name.encode() + b"\0" for name in needs]
    places = [ADDRESS + listed + sum(map(len, names[:n])) for n in range(len(names))]
    rows = b"".join(struct.pack("<5I", 0, 0, 0, place, 0) for place in places)
    section = rows + bytes(DESCRIPTOR) + b"".join(names) + bytes(more)
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    optional = struct.pack("<H", 0x20B).ljust(108, b"\0") + struct.pack("<I4I", 16, 0, 0, ADDRESS, listed)
    optional = optional.ljust(240, b"\0")
    coff = b"PE\0\0" + struct.pack("<2H12x2H", 0x8664, 1, len(optional), 0x2022)
    row = b".rdata\0\0" + struct.pack("<4I16x", len(section), ADDRESS, len(section), PLACE)
    return (head + coff + optional + row).ljust(PLACE, b"\0") + section
