"""What must not leave the machine: credentials, persons, places, hosts and ids of devices.

Everything is replaced where it is collected, before it becomes a fact, and once more where it is written. What replaces
it stays useful: `~` and `$USER` are what a shell expands, and `expand` turns them back on the machine they came from;
`user1` and `<host-2>` stand for the same name wherever it is met; a path stays a path and a URL keeps its host.
What is private is decided in docs/decisions/0016.

    secrets      key_blocks, addresses, shapes (the catalog's), named_secrets
    our own      own
    other names  columns, tables, commands, messages, homes, persons, hosts, network, devices
"""

from __future__ import annotations

from doctor.privacy.addresses import without_credentials
from doctor.privacy.own import HOST, USER, expand, redact_path
from doctor.privacy.stand_ins import forget
from doctor.privacy.text import redact, redact_word

__all__ = ["HOST", "USER", "expand", "forget", "redact", "redact_path", "redact_word", "without_credentials"]
