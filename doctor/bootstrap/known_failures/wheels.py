"""What a package has wheels for, which of its versions are looked at, and what may be built."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, SOURCE, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "not-there",
            "PyTorch has no wheel for this version of Python, or this system: pip took an old notice of its name",
            f"{OTHER_PYTHON}: a 64-bit one that PyTorch has wheels for",
        ),
        (
            r"does not currently provide packages for pypi", r"package directory 'torch/cuda' does not exist",
            r"no module named '?tools\.nnwrap",
        ),
    ),
    (
        Reason(
            "not-there",
            "a wheel that is named is made for another version of Python, or another system",
            "take the one for this Python and system; or give only the package's name, and pip chooses",
        ),
        (
            r"not a supported wheel", r"because the binary distribution is incompatible",
            r"the wheel .{1,200} is (?:not compatible|incompatible) with the current",
        ),
    ),
    (
        Reason(
            "not-there",
            f"{SOURCE}: that version has wheels for other versions of Python alone",
            f"{OTHER_PYTHON}; or name another version",
        ),
        (
            r"no wheels (?:are available )?with a matching python (?:abi|implementation|version)",
            r"no wheels (?:are available )?with a free-threading",
            r"only (?:found|has) wheels .{0,200}with the following python (?:abi|implementation|version) tag",
        ),
    ),
    (
        Reason(
            "not-there",
            f"{SOURCE}: that version has no wheel for this system",
            "name another version; where none has one for this system, leave it out",
        ),
        (
            r"only (?:found|has) wheels .{0,200}for the following platforms?:",
            r"does not include a compatible wheel", r"no wheels (?:are available )?with a matching platform",
            r"no [\w`' =!<>.-]{1,80}-compatible wheels",
        ),
    ),
    (
        Reason(
            "not-there",
            "versions with +cu, +cpu or the like are on PyTorch's own source alone, and it is not asked, or has none "
            "for this Python",
            f"add that source, as the install command on pytorch.org does; or {OTHER_PYTHON}",
            is_general=True,
        ),
        (
            r"(?:version of|requirement|distribution found for) [\w.-]{1,40}==[\w.]{1,20}\+(?:cu\d|cpu|rocm|xpu|pt)",
        ),
    ),
    (
        Reason(
            "not-there",
            "uv looks for a package on the first source alone that has it, and that one lacks this version",
            "give the package its source in pyproject.toml (tool.uv.sources); or add "
            "--index-strategy unsafe-best-match",
        ),
        (r"was found on ?.{0,200}but not at the requested version",),
    ),
    (
        Reason(
            "not-there",
            "of a package only versions before a release fit, and those are left out",
            "let them in: pip install --pre, with uv --prerelease allow; or name another version",
        ),
        (
            r"pre-releases weren't enabled", r"build environments can't (?:enable|opt into) pre-releases",
        ),
    ),
    (
        Reason(
            "configuration",
            "versions that are too new are left out, as a setting (exclude-newer) says",
            "take it out, or give it a later day",
        ),
        (r"was filtered by (?:the index-specific )?`exclude-newer",),
    ),
    (
        Reason(
            "not-there",
            "a package has no wheel here, and building it is forbidden (--no-build, --only-binary)",
            "name a version that has a wheel; or leave that out",
        ),
        (
            r"because building from source is disabled", r"marked as (?:both )?`--no-build`",
            r"building source distributions (?:for .{1,80} )?is disabled",
        ),
    ),
    (
        Reason(
            "not-there",
            "the wheels of a package are forbidden (--no-binary), and it has nothing else",
            "leave --no-binary out",
        ),
        (r"using pre-built wheels is disabled", r"marked as `--no-binary`"),
    ),
    (
        Reason(
            "not-there",
            "no source may be asked (--no-index), and the folders that are named do not have it",
            "leave --no-index out; or name the folder that has it: --find-links FOLDER",
        ),
        (
            r"because index lookups were disabled",
            r"--no-index (?:(?!--no-index ).){0,1500}no matching distribution found for",
        ),
    ),
)
# fmt: on
