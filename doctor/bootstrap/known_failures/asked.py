"""What pip and uv were asked for: files, options, and other tools' habits."""

from __future__ import annotations

import sys

from doctor.bootstrap.known_failures.reason import Reason, Row

_NEW_OPTIONS = (
    r"break-system-packages|use-pep517|no-build-isolation|check-build-dependencies|prefer-binary|only-binary|report|"
    r"dry-run|config-settings?|resume-retries|use-feature|no-warn-script-location|root-user-action|python|group|"
    r"trusted-host|disable-pip-version-check|no-cache-dir|uploaded-prior-to|no-input"
)
_MODULES = "|".join(sorted(name for name in sys.stdlib_module_names if name.isalnum()))

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "bad-name",
            "a list of packages was given as if it were a package",
            "put -r before its name: pip install -r requirements.txt",
        ),
        (
            r"distributions? (?:at all )?found for [\w./\\-]{0,80}(?:requirements?|constraints?)[\w-]{0,30}"
            r"[.-](?:txt|in|pip|ya?ml|md)\b",
            r"package literally named", r"\brequire?ments?-txt was not found",
        ),
    ),
    (
        Reason(
            "bad-name",
            "a list of packages was given to conda as if it were a package",
            "conda env create -f LIST, where it ends in .yml; conda install --file LIST, where it ends in .txt",
        ),
        (r"not available from current channels: {1,6}- \S{1,200}\.(?:ya?ml|txt)\b",),
    ),
    (
        Reason(
            "bad-name",
            "that package is only a notice: the real one has another name, or another source",
            "install what it names",
        ),
        (
            r"the '[\w.-]{1,60}' pypi package is deprecated", r"the \"[\w.-]{1,60}\" package has been removed",
            r"only a placeholder project", r"package is not installable with pip",
        ),
    ),
    (
        Reason("bad-name", "the list is pip's, not conda's", "pip install -r LIST"),
        (r"invalid spec '[^']{1,120};", r"could not parse '-[^']{1,300}' in: \S{0,200}\.txt\b"),
    ),
    (
        Reason(
            "bad-name",
            "the list is meant for conda env create, and was given to another conda command",
            "conda env create -f LIST",
        ),
        (r"could not parse '[^']{1,300}' in: \S{0,200}\.ya?ml\b",),
    ),
    (
        Reason("bad-name", "the list is conda's, not pip's", "conda create --name NAME --file LIST"),
        (r"invalid requirement: '[\w.-]{1,60}=[\w.+!]{1,40}=\w",),
    ),
    (
        Reason(
            "bad-name",
            "pkg-resources==0.0.0 is no package: pip on Debian and Ubuntu writes it into lists",
            "remove that line from the list",
        ),
        (r"requirement pkg-resources==0\.0\.0",),
    ),
    (
        Reason("bad-name", "PyTorch's package is called torch", "write torch instead of pytorch"),
        (
            r"distribution found for pytorch(?![\w.-])",
            r"[\\/]pip-[a-z]{1,10}-[^\\/]{1,40}[\\/]+pytorch(?:_[0-9a-f]{32})?[\\/]",
            r"you tried to install \"pytorch\"",
            r"because (?:there is no version of )?pytorch(?:[=<>~]\S{1,40})?(?: was not found|,? and)",
        ),
    ),
    (
        Reason(
            "bad-name",
            "{detail} is the name of a module: it comes with Python, or its package has another name",
            "leave it out; or look up what its package is called (cv2 comes with opencv-python, PIL with pillow)",
        ),
        (
            rf"distribution found for ({_MODULES}|cv2|pil|python)(?![\w.-])",
        ),
    ),
    (
        Reason(
            "old-pip",
            "this pip is too old to know an option that it was given",
            "python -m pip install --upgrade pip, and run this again",
        ),
        (rf"no such option: --(?:{_NEW_OPTIONS})\b",),
    ),
    (
        Reason(
            "bad-name",
            "pip does not know an option that it was given",
            "correct its spelling; if it is right, update pip: python -m pip install --upgrade pip",
        ),
        (r"no such option: -", r"ambiguous option: -"),
    ),
    (
        Reason("bad-name", "an option is missing its value", "add the value, or leave the option out"),
        (r"option requires (?:1|an?) argument\b", r"a value is required for '-"),
    ),
    (
        Reason("bad-name", "two options were given that exclude each other", "leave one of them out"),
        (
            r"can ?not combine '--", r"cannot set --?[\w ,-]{1,80} together", r"are mutually exclusive",
            r"argument '-[^']{1,80}' cannot be used with '-", r"only-binary=:all: must be",
        ),
    ),
    (
        Reason(
            "bad-name",
            "pip chooses for another system only where it does not install",
            "leave --platform, --abi and --python-version out; or add --target FOLDER, or use pip download",
        ),
        (r"any platform or abi specific options unless",),
    ),
    (
        Reason("bad-name", "what was asked for is not a valid package name and version", "correct it"),
        (
            r"failed to parse: `", r"no such comparison operator", r"not a valid operator\. did you mean",
            r"an empty revision \(after @\)", r"expected one of `@`",
            r"couldn't parse requirement in `[^`]{1,200}` at position",
        ),
    ),
    (
        Reason(
            "old-pip",
            "pip, or what builds that folder, is too old for the editable mode (-e) here",
            "python -m pip install --upgrade pip setuptools, and run this again; or leave -e out",
        ),
        (r"editable mode currently requires", r"(?:is missing|not have) the 'build_editable' hook"),
    ),
    (
        Reason(
            "configuration",
            "a list of constraints has something in it that is not allowed there",
            "leave names with brackets, addresses and -e out of that list",
        ),
        (r"not allowed as constraints", r"constraints cannot have extras",),
    ),
    (
        Reason(
            "bad-name",
            "the shell interpreted a part of what was asked for",
            'put it in quotes: pip install "NAME[EXTRA]", pip install "NAME<2"',
        ),
        (
            r"no matches found: (?:[\w.-]{1,60}\[|git\+|https?:)",
            r"sh: (?:line \d{1,4}: )?=?\d[\d.]{0,20}: no such file",
            r"zsh: no such file or directory: =?\d[\d.]{0,20}(?![\w./-])",
        ),
    ),
    (
        Reason("bad-name", "the address of a repository was given without git+", "write git+ before it"),
        (r"is missing the `git\+` prefix",),
    ),
    (
        Reason(
            "bad-name",
            "a package takes another from an address, which is allowed only where you name that yourself",
            "name that address beside it, as it says above",
        ),
        (r"was included as a url dependency", r"which are not also hosted on pypi"),
    ),
    (
        Reason("bad-name", "a script was given where a package belongs", "uv run FILE"),
        (r"tried to run a python script", r"provided a python script"),
    ),
    (
        Reason(
            "bad-name",
            "the package has no program of that name",
            "take one that it has: uvx --from PACKAGE PROGRAM; if it has none, add it to a project: uv add PACKAGE",
        ),
        (
            r"is not provided by package", r"no executables are provided by",
            r"does not provide any executables",
            r"the executable `[^`]{1,60}` was not found",
        ),
    ),
    (
        Reason("blocked", "a package that is asked for is known to be malicious", "leave it out"),
        (r"malware detected in",),
    ),
    (
        Reason("old-program", "uv is too old", "uv self update, and run this again"),
        (r"this version of uv is too old",),
    ),
    (
        Reason(
            "old-program",
            "a project is made for another version of uv",
            "uv self update, or install the version that it names",
        ),
        (r"required uv version `?.{1,80} does not match",),
    ),
    (
        Reason(
            "old-program",
            "this uv does not update itself: another program installed it",
            "update it with that program: pip install --upgrade uv, brew upgrade uv, winget upgrade uv",
        ),
        (r"self-update is only available for", r"uv was installed through an external package manager"),
    ),
    (
        Reason("exists", "a program of that name exists already", "add --force, or remove it first"),
        (r"executables?:? .{0,200}already exists?\b.{0,200}--force",),
    ),
)
# fmt: on
