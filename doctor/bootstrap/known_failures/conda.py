"""What conda and mamba say."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "damaged-program",
            "conda's own installation is incomplete",
            "reinstall Miniforge, and recreate the environments",
        ),
        (
            r"cannot link a source that does not exist\. .{1,200}scripts[\\/]conda\.exe",
            r"no module named '?(?:conda_package_(?:handling|streaming)|ruamel_yaml|_sysconfigdata_\w{0,20}conda)",
        ),
    ),
    (
        Reason(
            "program-itself",
            "conda's fast solver cannot be loaded",
            "conda config --set solver classic, and run this again; or reinstall Miniforge",
        ),
        (
            r"error while loading conda entry point: conda-libmamba",
            r"loading conda plugins from entrypoints: .{0,60}lib(?:archive|solv|mamba)",
        ),
    ),
    (
        Reason("conda-init", "this shell is not set up for conda", "conda init, and open a new one", is_general=True),
        (
            r"run 'conda init' before", r"shell has not been properly configured", r"initialize your shell before",
            r"shell not initialized", r"invalid choice: '(?:de)?activate'",
        ),
    ),
    (
        Reason(
            "conda-init",
            "PowerShell's profile starts a conda that is not there any more",
            "conda init powershell, in conda's own prompt; or take its lines out of the profile that is named",
        ),
        (r"[\\/]conda\.exe['\"’”].{0,400}profile\.ps1:\d",),
    ),
    (
        Reason(
            "conda-init",
            "activate was not found: conda's folder with it is not on PATH",
            "start it by its path: source ~/miniforge3/bin/activate NAME; or conda init, and open a new shell",
            is_general=True,
        ),
        (r"(?<![\w/\\.-])activate: no such file or directory",),
    ),
    (
        Reason(
            "old-program",
            "this conda is too old for conda activate",
            "source activate NAME, on Windows activate NAME; or conda update --name base conda",
        ),
        (r"activate is not a conda command",),
    ),
    (
        Reason(
            "old-program",
            "this conda is too old for what is asked for, or for the data of its channels",
            "conda update --name base conda; or reinstall Miniforge",
        ),
        (r"malformed version string '~", r"invalid version spec: =\d"),
    ),
    (
        Reason("old-program", "since mamba 2, init is a subcommand of shell", "mamba shell init, and open a new one"),
        (r"not expected: (?:[\w.]{2,12} )?init\b",),
    ),
    (
        Reason(
            "bad-version",
            "a version is written in a way that conda cannot read: there is a missing comma or an extra bracket",
            "correct it (a>=1,<2); where it is not yours, ask for a newer version of what pip installed there",
        ),
        (r"invalid version '[^']{0,60}[<>(][^']{0,60}'",),
    ),
    (
        Reason(
            "old-program",
            "this conda is older than the one that made this environment",
            "conda update --name base conda; or make a new environment",
        ),
        (r"condaupgradeerror",),
    ),
    (
        Reason(
            "no-driver",
            "conda sees no NVIDIA driver here, or one that is too old for the package",
            "install or update the driver; or ask for a build for the CPU",
        ),
        (
            r"__cuda\b.{0,80}(?:no candidates|missing on the system|conflicting with)", r"virtual package '__cuda",
            r"nothing provides __cuda",
            r"-> __cuda\b.{0,600}your installed version is: (?:0|not available)",
        ),
    ),
    (
        Reason("conda-base", "conda itself would be changed", "use an environment of its own: conda create -n NAME"),
        (r"removeerror: ", r"conda's operating environment", r"target prefix is the base"),
    ),
    (
        Reason(
            "no-channel",
            "a conda channel that is named does not exist, or is not public",
            "correct its name; or leave it out: conda config --remove channels NAME",
        ),
        (
            r"unavailableinvalidchannel(?:.{0,400}error code: 4\d\d)?",
            r"channel is not accessible", r"channel(?:denied|notallowed)",
            r"could not find the \S{3,20} directory for the", r"invalid credentials for this channel",
        ),
    ),
    (
        Reason(
            "terms",
            "the terms of conda's channels have to be accepted first",
            "read and accept them with `conda tos accept`, or use the channel conda-forge",
        ),
        (r"condatosnoninteractiveerror", r"terms of service have not been accepted"),
    ),
    (
        Reason(
            "damaged-environment",
            "an earlier run of conda was interrupted in this environment, which is incomplete",
            "make a new environment",
        ),
        (r"corruptedenvironmenterror", r"failed to parse '[^']{0,200}conda-meta"),
    ),
    (
        Reason(
            "program-itself",
            "conda itself failed",
            "conda update -n base conda, and run this again; or reinstall Miniforge",
            is_general=True,
        ),
        (
            r"conda has prepared the above report", r"> error report <",
            r"traceback to the conda github", r"no module named '?conda\b",
            r"solver backend .{1,60} was not recognized", r"module '?libmambapy'? has no attribute",
        ),
    ),
    (
        Reason(
            "program-itself",
            "conda's own part for PowerShell failed",
            "conda update -n base conda, then conda init powershell, and open a new window",
            is_general=True,
        ),
        (r"conda(?:-hook\.ps1|\.psm1):\d",),
    ),
    (
        Reason(
            "program-itself",
            "mamba could not start pip in the environment",
            "update mamba; or activate the environment, and start pip there",
        ),
        (
            r"condabin[\\/]micromamba\W{1,3}is not recognized",
            r"find the path specified\. critical libmamba pip failed",
        ),
    ),
    (
        Reason("program-itself", "mamba itself failed", "update it, or use conda instead, and run this again", True),
        (r"critical libmamba (?:\[json|cannot|could not load prefix)", r"libmamba zstd decompression error"),
    ),
    (
        Reason("bad-name", "what was asked for is not a valid package name and version", "correct it"),
        (r"invalid(?:match|version| (?:version )?)spec",),
    ),
    (
        Reason("bad-name", "what is to be updated is not installed there", "install it first; or name its environment"),
        (
            r"packagenotinstallederror", r"package is not installed in prefix", r"could not find packages to remove",
            r"missing from the target environment",
        ),
    ),
    (
        Reason("bad-name", "conda update takes names only", "ask for the version with conda install NAME=VERSION"),
        (r"condaupdatepackageerror",),
    ),
    (
        Reason("bad-name", "the environment is not named, or named twice", "name it once: -n NAME, or -p FOLDER"),
        (r"no target prefix specified", r"cannot set both prefix and env name"),
    ),
    (
        Reason(
            "exists",
            "the folder that mamba would keep its environments in holds something else",
            "set MAMBA_ROOT_PREFIX to another folder, and run this again",
        ),
        (r"could not use default root_prefix",),
    ),
    (
        Reason(
            "damaged-program",
            "conda's installer could not finish",
            "remove what it left, and install it for this user alone, into a folder with a short name without spaces",
            is_general=True,
        ),
        (r"failed to create (?:anaconda )?menus",),
    ),
    (
        Reason("wrong-shell", "an installer was read with source", "start it with bash: bash FILE"),
        (r"but not \"\.\" or \"source\"",),
    ),
    (
        Reason("no-license", "the licence was not accepted", "run this again, and answer yes"),
        (r"license agreement wasn't approved",),
    ),
    (
        Reason(
            "blocked",
            "conda's settings here forbid that package, or changes in that environment",
            f"make another environment; or {ADMINISTRATOR}",
        ),
        (r"disallowedpackageerror", r"environmentisfrozenerror"),
    ),
    (
        Reason(
            "no-program",
            "the program {detail} was not found",
            "where it is installed, open its own prompt (Miniforge Prompt, Anaconda Prompt); or, on Linux and macOS, "
            "start it once by its path: ~/miniforge3/bin/conda init; else install Miniforge",
            is_general=True,
        ),
        (
            r"(?<![\w.+-])(conda|mamba): (?:command )?not found(?!: )", r"command not found: (conda|mamba)\b(?![.-])",
        ),
    ),
)
# fmt: on
