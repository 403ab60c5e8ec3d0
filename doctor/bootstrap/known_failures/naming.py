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
        Reason(
            "wrong-file",
            "the version in a wheel is another than its name says",
            "set UV_SKIP_WHEEL_FILENAME_CHECK=1, and run this again; or name another version",
        ),
        (r"wheel version does not match filename",),
    ),
    (
        Reason("bad-name", "install is a word of the command, and was taken for a package's name", "write it once"),
        (r"distribution found for install(?![\w.-])",),
    ),
    (
        Reason(
            "not-there",
            "a package that is asked for is conda's, and pip does not have it",
            "leave it out of the list; or install the list with conda",
        ),
        (r"distribution found for (?:mkl-(?:fft|random|service)|anaconda-\w+|conda-\w+|ruamel[-_]yaml-conda)\b",),
    ),
    (
        Reason(
            "no-environment",
            "the environment that is named does not exist",
            "name another, or create it first",
            True,
        ),
        (
            r"environmentlocationnotfound", r"directorynotacondaenvironment",
            r"prefix does not exist", r"no prefix found at", r"environmentnamenotfound",
            r"not a conda environment: ", r"no environment named \"",
            r"could not find (?:conda )?environment(?: to clone)?: ", r"environment not found at prefix",
            r"nobaseenvironmenterror",
        ),
    ),
    (
        Reason("exists", "an environment exists there already", "name another one; or, with uv venv, add --clear"),
        (
            r"prefix already exists", r"virtual environment already exists at(?!.{1,300}do you want to replace)",
            r"not allowed pre-existing prefix",
        ),
    ),
    (
        Reason(
            "portal",
            "a web page was saved instead of the list that it shows",
            "fetch the list itself (on GitHub: the button Raw), or the whole repository with git clone",
        ),
        (r"mapping values are not allowed.{0,300}(?:&quot;|content=|<!doctype|<html)",),
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
            r"either home or prefix/exec-prefix", r"environmentfile(?:extensionnotvalid|empty|invalid|typemismatch)",
            r"yaml error in spec file", r"libmamba configurationerror", r"found multiple spec file types",
            r"configuration file could not be loaded",
            r"invalid pyproject\.toml", r"no (?:scheme|schema) supplied",
            r"(?:scanner|parser|composer)error: while", r"mapping values are not allowed", r"could not parse '",
            r"ensure your dependencies file", r"(?:custom|multi)validationerror", r"invalidtypeerror",
        ),
    ),
    (
        Reason(
            "configuration",
            "conda does not know this kind of list",
            "give it a name that ends in .yml, and what conda env export writes; a list of pip's: pip install -r LIST",
        ),
        (r"environment(?:specplugin|exporter)notdetected",),
    ),
    (
        Reason(
            "configuration",
            "the list has no packages for this system",
            "export it again for this system, on the machine it comes from",
        ),
        (r"platformmismatcherror",),
    ),
    (
        Reason(
            "missing-file",
            "a requirement names a folder or file of the machine where the list was written",
            "leave out what follows the names in the list, from the @ on",
            is_general=True,
        ),
        (
            r"errno 2\][^']{0,60}'[^']{1,300}(?:_\d{6,}\w{0,9}|feedstock_root[^']{0,200})[\\/]+work\b",
            r"processing (?:[a-z]:\\|/)\S{1,200}.{0,300}due to an \w{2,12}error: \[errno 2\]",
        ),
    ),
    (
        Reason(
            "missing-file",
            "what is to be installed has no pyproject.toml and no setup.py: it is no package of Python, or one lies "
            "deeper in it",
            "go to the folder that has one; in an address, name it: #subdirectory=FOLDER; "
            "where git left it empty: git submodule update --init --recursive",
        ),
        (
            r"neither 'setup\.py' nor 'pyproject\.toml' found", r"does not appear to be a python project",
            r"errno 2\][^']{0,60}'[^']{1,300}[\\/]pip-[^']{1,200}[\\/]setup\.py'",
        ),
    ),
    (
        Reason(
            "missing-file",
            "a wheel is asked for by its path on another machine",
            "name the package alone; where an installed package asks for it: pip install --force-reinstall NAME",
            is_general=True,
        ),
        (r"due to an \w+error: \[errno 2\][^']{0,60}'[^']{0,300}(?:[\\/]|\.whl)'",),
    ),
    (
        Reason(
            "missing-file",
            "conda env create makes an environment from a list, and there is no environment.yml here",
            "name the list: -f FILE; or, without one: conda create -n NAME",
        ),
        (r"specnotfound: .{0,40}invalid name, try the format",),
    ),
    (
        Reason(
            "missing-file",
            "a file that is named does not exist",
            "correct its name, or the folder",
            is_general=True,
        ),
        (
            r"could not open requirements file", r"environmentfilenotfound", r"due to an \w+error: \[errno 2\]",
            r"no `pyproject\.toml` found",
            r"distribution not found at", r"file ['\"]setup\.py['\"].{0,40} not found", r"file not found: `",
            r"specnotfound: ", r"enoent: no such file", r"\bpath does not exist\b", r"libmamba file not found",
            r"condaenvexception: unable to determine", r"condafileioerror",
            r"could not find (?:a )?(?:pyproject|pixi)\.toml",
            r"(?<!remove-item : )(?<!remove-item: )cannot find path '(?!hk\w{2,3}:|env:)",
            r"(?:path|drive)notfound,microsoft\.\w+\.\w+\.(?!remove|getitem)", r"archivecmdletpathnotfound",
            r"either does not exist or is not a valid file system path", r"a drive with the name '",
            r"could not find file '",
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
