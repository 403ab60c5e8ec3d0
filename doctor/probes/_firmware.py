"""What the firmware of a Linux machine tells."""

from __future__ import annotations

import contextlib
from pathlib import Path

from doctor.files import regular
from doctor.probes._files import exists

_SECURE_BOOT = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_SHIM_OFF = "MokSBStateRT-605dab50-e046-4300-abb6-3dd810dd8b23"


def secure_boot(root: Path = Path("/")) -> bool | None:
    """The firmware's own variable; False without UEFI, None where the variable cannot be read.

    The last byte counts. shim can be told not to enforce it, then the kernel loads unsigned modules all the same.
    """
    if not exists(root / "sys/firmware/efi"):
        return False if exists(root / "sys/firmware") else None
    variables = root / "sys/firmware/efi/efivars"
    state, shim_off = (_last_byte(variables / name) for name in (_SECURE_BOOT, _SHIM_OFF))
    return None if state is None else state == 1 and shim_off != 1


def _last_byte(path: Path) -> int | None:
    with contextlib.suppress(OSError, IndexError):
        return regular.read(path)[-1]
    return None
