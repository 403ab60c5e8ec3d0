"""Disks, folders and files."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, DENIED, Reason, Row

_DENIED_BY_WINDOWS = Reason(
    "not-writable",
    "Windows denied access to a file or folder",
    f"close what may use it, and run this again; {ADMINISTRATOR} whether its protection holds the file; or {{folder}}",
)
_IN_USE = Reason(
    "file-in-use",
    "a file is in use by another program",
    "close what uses it (a notebook, an editor, another run), and run this again",
)
_EXISTS = Reason(
    "exists",
    "something else is already where a file or folder is to be created",
    "move it away; or {folder}",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "not-executable",
            "programs may not run from the folder for temporary files",
            "set TMPDIR to a folder in your home, and run this again",
        ),
        (r"failed to map segment from shared object",),
    ),
    (
        Reason(
            "temporary-folder",
            "the folder for temporary files is full, or not writable",
            "set TMPDIR to a folder in your home, and run this again",
            is_general=True,
        ),
        (r"(?:could not create|cannot create|no usable) temporary (?:directory|file)",),
    ),
    (
        Reason("disk-full", "the disk is full", "free some space; or {folder}"),
        (
            r"no space left", r"disk quota exceeded", r"not enough space on the disk", r"errno 28\b",
            r"winerror 112\b", r"(?<!down )\(os error 112\)", r"nospacelefterror", r"errno 122\b",
            r"(?:open|write|mkdir) \(28: ",
        ),
    ),
    (
        Reason(
            "path-too-long",
            "a path is too long",
            "on Windows, turn on long paths; or, for shorter ones, {folder}",
        ),
        (
            r"filename or extension is too long", r"(?:winerror|os error) 206\b", r"file name too long",
            r"filename too long", r"(?:errno|winerror) [23]\][^']{0,60}'[a-z]:[^']{255,}'",
            r"windows long path support", r"file name, or both are too long|pathtoolongexception",
            r"invalidarchiveerror.{0,900}(?:winerror 3\]|errno 2\][^']{0,60}'[a-z]:[^']{150,})",
            r"find a part of the path '[a-z]:[^']{245,}'",
            r"could not create '[^']{0,40}\\[^']{90,300}': no such file",
            r"[a-z]:\\[^'\":()]{250,}: [^()]{0,80}\(os error [23]\)", r"paddingerror|placeholder .{1,300} too short",
        ),
    ),
    (
        Reason(
            "path-too-long",
            "PATH has grown too long, mostly because an environment was activated again and again",
            "run this in a new window",
        ),
        (r"the input line is too long",),
    ),
    (
        Reason(
            "file-in-use",
            "on Windows, uv does not replace itself while it runs",
            "use a uv from outside this environment; or renew this one with: python -m pip install --upgrade uv",
        ),
        (r"failed to (?:remove|replace|rename|copy)[^()]{0,300}[\\/]uvx?\.exe\b[^()]{0,200}\(os error (?:5|32)\)",),
    ),
    (  # Windows denies access to it, too: after that, or where pip renamed what a program still has loaded
        _IN_USE,
        (
            r"winerror 5\][^']{0,80}'[^']{1,300}[\\/]~[^']{1,200}\.(?:dll|pyd)'",
            r"errno 13\][^']{0,80}'[a-z]:[^']{1,300}\.(?:dll|pyd|exe)'",
            r"winerror 32\][^']{0,200}(?P<held>'[^']{1,300}').{0,1500}winerror 5\][^']{0,80}(?P=held)",
        ),
    ),
    (
        _IN_USE,
        (
            r"used by another process", r"winerror (?:32|33|1224)\b",
            r"(?<!pipe )(?<!pipe \()os error (?:32|33|1224)\b",
            r"text file busy",
            r"device or resource busy", r"0x80070020", r"\bebusy\b",
            r"directory not empty", r"(?:winerror|os error) 145\b",
            r"libmamba could not delete file",
        ),
    ),
    (
        Reason(
            "privilege",
            "only an administrator may change what is under Program Files",
            "start PowerShell as administrator, and run this again; or {folder}",
        ),
        (
            r"winerror 5\][^']{0,80}'[a-z]:[\\/]{1,2}program ?(?:files|data)\b",
            r"errno 13\][^']{0,80}'[a-z]:[\\/]{1,2}program ?(?:files|data)\b",
        ),
    ),
    (
        _DENIED_BY_WINDOWS,
        (
            r"access to the path .{1,300} is denied", r"winerror 5\b",
            r"errno 13\][^']{0,80}'[a-z]:\\", r"(?<!output error )\(os error 5\)",
            rf"{DENIED}:? ['\"]|(?:failed|error|unable to|cannot|could not)\b[^.:]{{0,100}}: {DENIED}",
            rf"could not \w{{1,20}} '[^']{{1,200}}': {DENIED}",
            r"unauthorizedaccessexception", r"0x80070005",
        ),
    ),
    (
        Reason(
            "filesystem",
            "this file system, probably a network one, cannot do what is needed",
            "set UV_CACHE_DIR to a folder on a local disk; or {folder}",
        ),
        (r"\block\b.{0,300}\(os error (?:524|37|95)\)", r"no locks available", r"no data available \(os error 61\)"),
    ),
    (
        Reason(
            "filesystem",
            "this file system does not support the links that are needed",
            "set UV_LINK_MODE=copy; or, on another disk, {folder}",
        ),
        (
            r"operation not supported", r"function not implemented", r"cross-device link",
            r"errno \d+\].{0,40}'lib' -> '", r"different disk drive", r"symlink_status: (?!access|permission)",
            r"(?:link|clone) .{1,600}(?:operation not permitted|resource temporarily unavailable)",
        ),
    ),
    (
        Reason(
            "bad-path",
            "a package has a file whose name Windows does not allow: it is made for another system",
            "leave it out; or take the list that was written for Windows",
        ),
        (r"errno 22\][^']{0,60}'[a-z]:[^':]{1,300}:",),
    ),
    (
        Reason(
            "filesystem",
            "the file system refused the name of a file",
            "{folder}, on a disk in this system's own format",
        ),
        (r"(?:errno 22\b(?![^']{0,60}'[^'/\\]{1,80}')|os error 22\b)",),
    ),
    (
        Reason(
            "bad-path",
            "a path has a character that Windows does not allow (such as ? * \" < > | or a second :)",
            "correct it; or {folder}",
        ),
        (
            r"(?:winerror|os error) 123\b",
            r"(?<!\.whl: the filename, )directory name, or volume label syntax is incorrect",
        ),
    ),
    (
        Reason(
            "filesystem",
            "a path, or a file's name in an archive, has characters that this PowerShell cannot handle",
            "run this again in PowerShell 7; or, where the path has plain letters only, {folder}",
        ),
        (r"illegal characters in path",),
    ),
    (
        Reason("disk-error", "the disk, or the connection to it, has errors", "check the disk; or {folder}"),
        (
            r"winerror (?:23|53|55|59|64|67|1117|1392)\b",
            r"network (?:name is no longer available|path was not found)", r"\(os error (?:1117|1392)\)",
            r"input/output error",
            r"stale (?:nfs )?file handle", r"transport endpoint is not connected",
            r"structure needs cleaning", r"disk i/o error", r"corrupted and unreadable",
        ),
    ),
    (
        Reason(
            "cloud-folder",
            "a folder that is synchronised with a cloud (OneDrive or the like) refused a file",
            "set UV_LINK_MODE=copy; or, outside of it, {folder}",
        ),
        (
            r"(?:winerror|os error) (?:3[5-9]\d|40[0-4])\b", r"cloud (?:file|operation)",
        ),
    ),
    (
        Reason(
            "not-writable",
            "a folder of the system's own Python is not writable",
            "make an environment, and install in that: python -m venv FOLDER; or {folder}",
        ),
        (
            r"errno (?:1|13)\](?:(?!errno).){0,400}consider using the `?--user`? option",
            r"(?:denied|not permitted): '/(?:system/library|usr/(?:local/)?lib\d{0,2}/python|library/python)",
        ),
    ),
    (
        Reason("not-writable", "a folder is not writable", "{folder}"),
        (
            r"permission denied(?! \(publickey)", r"operation not permitted", r"read-only file system",
            r"errno (?:1|13|30)\b", r"not?writable\w{0,40}error", r"winerror 19\b",
            r"(?:open|mkdir|unlink) \(13: ", r"\.deleteme'",
            r"missing write permissions in", r"writable (?:package )?cache directory",
        ),
    ),
    (
        _EXISTS,
        (
            r"file or directory already exists", r"the file '[^']{1,300}' already exists",
            r"folder exists at prefix", r"exists, but it's not a virtual environment",
            r"it is not a (?:valid python|compatible) environment",
            r"(?:winerror|os error) (?:80|183)\b", r"pre-existing build directory", r"errno 17\b",
        ),
    ),
    (  # git says it when a script is run again, and the script goes on
        replace(_EXISTS, is_general=True),
        (r"already exists and is not an empty",),
    ),
    (
        Reason(
            "bad-path",
            "conda's scripts cannot handle the space in the path of the temporary folder",
            "set TEMP and TMP to a folder without one (such as C:\\temp), and run this again; or update conda",
        ),
        (r"more than one argument(?:, got)?:? \[?'[^']{0,100}', '[^']{1,200}[\\/]temp[\\/]",),
    ),
    (
        Reason("bad-path", "an installer cannot handle spaces, or letters other than A to Z, in a path", "{folder}"),
        (
            r"under a path with spaces",
            r"(?:path|folder|directory)['\"]? (?:must not |cannot )?contains? (?:\d )?(?:spaces?|non-ascii)",
        ),
    ),
    (replace(_DENIED_BY_WINDOWS, is_general=True), (DENIED,)),
)
# fmt: on
