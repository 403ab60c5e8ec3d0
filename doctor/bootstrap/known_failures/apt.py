"""What apt and dpkg say, and whoever else waits for a lock."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import Reason, Row

_APT_BROKEN = Reason(
    "apt-broken",
    "an earlier installation by apt was interrupted, or its packages do not fit together",
    "sudo dpkg --configure -a; sudo apt --fix-broken install",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "locked",
            "another installation is running",
            "wait until it ends, and run this again",
        ),
        (
            r"could not (?:get|set|acquire) (?:the )?lock\b", r"\block\S* [^()]{0,40}\(11: ",
            r"is another .{1,30} (?:running|using it)", r"locked by another process", r"lockfile error\. ",
            r"\block(?:file)? .{1,300} was found", r"lockerror",
            r"/var/lib/\S{0,60}lock\S{0,20} .{0,80} \d+ \((?:apt|dpkg|unatt)",
            r"waiting for other \w+ process", r"exit code(?::| was) 1618\b", r"0x(?:8a150102|80070652)\b",
        ),
    ),
    (
        Reason(
            "signature",
            "the signature of a package source is not valid, or its key is not known",
            "import its current key, or remove that source",
        ),
        (r"no_pubkey", r"(?:exp(?:key)?|rev(?:key)?|bad)sig\b", r"repository .{1,200} is not signed"),
    ),
    (
        Reason(
            "apt-broken",
            "two system packages contain the same file",
            "sudo apt --fix-broken install; if it stays, take both from one source, or leave one of them out",
        ),
        (r"trying to overwrite '[^']{1,300}', which is also in package",),
    ),
    (
        _APT_BROKEN,
        (r"dpkg --configure -a", r"unmet dependencies", r"held broken packages", r"pkgproblemresolver"),
    ),
    (
        Reason("no-package", "apt knows no such package", "sudo apt update, and run this again", is_general=True),
        (
            r"unable to locate package", r"no installation candidate", r"e: couldn't find package ",
        ),
    ),
    (
        Reason("no-package", "the system knows no such package", "check its name", is_general=True),
        (
            r"no package \S{1,60} available", r"unable to find a match: ", r"target not found: ",
            r"\(no such package\)", r"no available formula",
        ),
    ),
    (
        replace(_APT_BROKEN, is_general=True),
        (
            r"/dpkg returned an error code", r"dpkg: (?:\S{1,60}: )?dependency problems",
            r"errors were encountered while processing",
        ),
    ),
    (
        Reason(
            "broken-python",
            "the system's own programs get a different Python from the one they were made for",
            "point /usr/bin/python3 back to the version that came with the system",
            is_general=True,
        ),
        (r"file \"/usr/(?:bin|lib)/.{0,600}no module named '?(?:apt_pkg|_gi|_dbus_bindings)\b",),
    ),
)
# fmt: on
