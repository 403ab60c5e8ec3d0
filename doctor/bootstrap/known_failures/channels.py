"""What conda and mamba look for in their channels, and do not find there."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

_BUILD = r"\S{1,80}? ?==?[\w.!+*]{1,40}[= ]{1,2}(?=[a-z]*_?\d)\w{1,30}(?:_\d{1,3})?"  # python=3.8.1=h218abb5_1

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "not-there",
            "the list names builds of packages: those of another system, or builds that are no longer offered",
            "export it again on the machine it comes from: conda env export --from-history; "
            "or leave out what follows each version, or the packages that are missing",
        ),
        (
            rf"resolvepackagenotfound: {{1,6}}- {_BUILD}",
            rf"not available from current channels: {{1,6}}- {_BUILD}",
            rf"nothing provides requested {_BUILD}",
            rf"─ {_BUILD} does not exist",
        ),
    ),
    (
        Reason(
            "no-solution",
            "the first channel that has a package has no version of it that fits, and the others are not considered",
            "let them be considered: add --channel-priority flexible, with conda itself "
            "conda config --set channel_priority flexible",
        ),
        (
            r"excluded by strict (?:repo|channel) priority",
            r"libmamba the specification of the environment does not seem solvable"
            r".{0,3000}(?:previously reported|nothing provides)",
        ),
    ),
    (
        Reason(
            "not-there",
            "the channels that were asked do not have that name, or that version",
            "correct it; or ask the channel that has it: conda install -c conda-forge NAME; or pip install NAME",
        ),
        (
            r"packagesnotfound(?:inchannels)?error", r"not available from current channels",
            r"missing in current .{1,20} channels", r"perhaps a (?:typo|missing channel)",
            r"no (?:matching )?packages (?:could be )?found(?: in current .{1,20} channels matching|, nothing to do)",
            r"resolvepackagenotfound", r"nothing provides requested",
        ),
    ),
    (
        Reason(
            "not-there",
            "a package is not made for this system",
            "leave it out, or ask for another that does the same",
        ),
        (r"nothing provides __(?:unix|linux|osx|win)\b", r"\b__(?:unix|linux|osx|win)\b.{0,40} missing on the system"),
    ),
    (
        Reason(
            "not-there",
            "a package needs another one that the channels that were asked do not have, or not in that version",
            "ask the channel that has it too: -c conda-forge; or ask for another version of the package",
        ),
        (r"nothing provides (?!requested)", r"could not find some dependencies for"),
    ),
    (
        Reason("no-channel", "no channel is set that has what is needed", "name one: -c conda-forge"),
        (r"nochannelsconfigurederror", r"found in the loaded channels"),
    ),
    (
        Reason(
            "no-solution",
            "a package is not made for the version of Python in this environment",
            "make one with another Python: conda create -n NAME python=VERSION",
        ),
        (r"with the existing python installation in your environment",),
    ),
    (
        Reason(
            "no-solution",
            "a pin excludes a version that is installed there",
            "take it out of pinned_packages in .condarc, or out of conda-meta/pinned; or make a new environment",
        ),
        (r"pinning does not match what's currently installed",),
    ),
    (
        Reason(
            "no-solution",
            "the versions that are asked for exclude each other, or what is in this environment already",
            "loosen what is asked for; or make a new environment for it: conda create -n NAME",
        ),
        (
            r"found to be (?:in conflict|incompatible)", r"(?<!mamba)(?<!mamba )unsatisfiableerror",
            r"error: unsatisfiable package specifications", r"none of the providers can be installed",
            r"conflicts with any installable", r"the following packages are incompatible",
            r"specsconfigurationconflict",
        ),
    ),
    (
        Reason(
            "no-solution",
            "conda's channels have no versions that fit together, and fit this environment",
            "loosen what is asked for; or make a new environment for it: conda create -n NAME",
            is_general=True,
        ),
        (r"solve for environment", r"libmambaunsatisfiableerror", r"found conflicts! .{0,160}\bfailed\b"),
    ),
)
# fmt: on
