"""Files, environments and settings that are named, and are not there or not right."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason("wrong-file", "the file of a wheel has another name than its makers gave it", "give it back its name"),
        (r"invalid wheel filename", r"wheel filename .{0,200}is invalid"),
    ),
    (
        Reason("no-environment", "the environment that is named is not there", "name another, or make it first", True),
        (
            r"environmentlocationnotfound", r"directorynotacondaenvironment",
            r"prefix does not exist", r"no prefix found at", r"environmentnamenotfound",
        ),
    ),
    (
        Reason("exists", "an environment is there already", "name another one; or, with uv venv, add --clear"),
        (r"prefix already exists", r"virtual environment already exists at(?!.{1,300}do you want to replace)"),
    ),
    (
        Reason(
            "configuration",
            "a setting, or a file with settings, is not valid",
            "correct the file or variable that it names",
        ),
        (
            r"mirror was provided via", r"configurationloaderror", r"check your pip configuration files",
            r"configuration file contains invalid", r"activated virtualenv \(required\)", r"toml parse error",
            r"no `project` table", r"is not defined in the project's", r"failed to parse entry",
            r"either home or prefix/exec-prefix", r"environmentfile(?:extensionnotvalid|empty)",
            r"configuration file could not be loaded",
            r"invalid pyproject\.toml", r"no (?:scheme|schema) supplied",
            r"(?:scanner|parser|composer)error: while", r"could not parse '",
            r"ensure your dependencies file", r"(?:custom|multi)validationerror", r"invalidtypeerror",
        ),
    ),
    (
        Reason(
            "missing-file",
            "a requirement names a folder of the machine where the list was written",
            "leave out what follows the names in the list, from the @ on",
            is_general=True,
        ),
        (r"errno 2\][^']{0,60}'[^']{1,300}(?:_\d{6,}\w{0,9}|feedstock_root[^']{0,200})[\\/]+work\b",),
    ),
    (
        Reason(
            "missing-file",
            "what is to be installed has no pyproject.toml and no setup.py: it is no package of Python, or one lies "
            "deeper in it",
            "go to the folder that has one; in an address, name it: #subdirectory=FOLDER",
        ),
        (
            r"neither 'setup\.py' nor 'pyproject\.toml' found", r"does not appear to be a python project",
            r"errno 2\][^']{0,60}'[^']{1,300}[\\/]pip-[^']{1,200}[\\/]setup\.py'",
        ),
    ),
    (
        Reason(
            "missing-file",
            "a wheel is asked for by its place on another machine",
            "name the package alone; where an installed package asks for it: pip install --force-reinstall NAME",
            is_general=True,
        ),
        (r"due to an \w+error: \[errno 2\][^']{0,60}'[^']{0,300}(?:[\\/]|\.whl)'",),
    ),
    (
        Reason("missing-file", "a file that is named is not there", "correct its name, or the folder", is_general=True),
        (
            r"could not open requirements file", r"environmentfilenotfound", r"due to an \w+error: \[errno 2\]",
            r"no `pyproject\.toml` found",
            r"distribution not found at", r"file ['\"]setup\.py['\"].{0,40} not found", r"file not found: `",
            r"specnotfound: ", r"enoent: no such file", r"\bpath does not exist\b", r"libmamba file not found",
            r"condaenvexception: unable to determine", r"condafileioerror",
            r"could not find (?:a )?(?:pyproject|pixi)\.toml",
            r"(?<!remove-item : )(?<!remove-item: )cannot find path '",
            r"(?:path|drive)notfound,microsoft\.\w+\.\w+\.(?!remove)",
            r"due to the error: the system cannot find the",
            r"(?:\bsh|bash|zsh|chmod): .{0,20}[\w./~+-]{1,200}\.(?:sh|run)\W{1,3}no such file",
            r"find a part of the path",
            r"(?<!winerror 3\] the system )cannot find the path specified(?![:.。 ]{0,3}\(os|\.: \")",
            r"(?<!winerror 2\] the system )cannot find the file specified(?!\W{0,3}(?:os|'))",
            r"can't open file '[^']{1,300}': \[errno 2\]",
        ),
    ),
)
# fmt: on
