"""The live machine -> facts. The only stage that looks at the machine; it never judges."""

from __future__ import annotations

from doctor.collect.probing import FIELDS, OF_THE_MACHINE, collect
