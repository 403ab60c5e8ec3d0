"""What pip, uv, conda, apt, PowerShell and Windows say when they fail, in English, German and Chinese.

The first row that matches a line decides: the specific ones stand before the general ones. Numbers of errors are those
of Windows where they follow "WinError" or "os error" and no system that counts otherwise says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Reason:
    """Why, as the end of a sentence, and what to do, in parts divided by "; ", with places for the caller's `Spelling`.

    One that is general gives way to what was said before it.
    """

    kind: str
    sentence: str
    next_step: str
    is_general: bool = False


@dataclass(frozen=True)
class Spelling:
    """How those who ran the failed step are told to name another folder, and other sources."""

    folder: str
    mirror: str
    another_mirror: str


_ADMINISTRATOR = "ask who administers this machine"
_SOURCE = "the package source did not provide what is needed"
_WAYS = "{mirror}; behind a proxy set HTTPS_PROXY; without a network use --offline DIR"
_OTHER_PYTHON = "put another version of Python first on PATH, and run this again"

_BUILD = Reason(
    "build",
    "a package had to be built here, and that failed",
    f"{_OTHER_PYTHON}: one that the package has wheels for; or install a compiler",
)
_CONFLICT = Reason(
    "no-solution",
    "the versions that are asked for exclude each other",
    f"loosen what is asked for; or {_OTHER_PYTHON}",
)

_NO_TLS = Reason(
    "tls",
    "no secure connection (TLS) came about",
    "install the system's updates; behind a proxy set HTTPS_PROXY; "
    "a program that inspects connections may have to be set up for this",
)
_APT_BROKEN = Reason(
    "apt-broken",
    "an earlier installation by apt was cut off, or its packages do not fit together",
    "sudo dpkg --configure -a; sudo apt --fix-broken install",
)
_UNREACHABLE = Reason("unreachable", f"{_SOURCE}: it could not be reached", _WAYS)
_NOT_THERE = Reason(
    "not-there",
    f"{_SOURCE}: not this version for this Python and system",
    f"name another version; {{mirror}}; or {_OTHER_PYTHON}",
)
_OTHER_POWERSHELL = "run this in a new window, with the other PowerShell (powershell or pwsh)"
_BUILD_NEEDS = (
    r"torch|numpy|cython|setuptools|wheel|pip|packaging|psutil|ninja|pybind11"  # never to install a name unseen
)
_DENIED = (
    r"(?:access is denied|拒绝访问|访问被拒绝|zugriff verweigert|accès refusé|acceso denegado|acesso negado"
    r"|accesso negato|отказано в доступе|アクセスが拒否されました|액세스가 거부되었습니다)"
)

# fmt: off
KNOWN: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    (
        Reason("interrupted", "it was interrupted", "run this again"),
        (r"operation cancell?ed by user", r"keyboardinterrupt"),
    ),
    (
        Reason("disk-full", "the disk is full", "free some space; or {folder}"),
        (
            r"no space left", r"disk quota exceeded", r"not enough space on the disk", r"errno 28\b",
            r"winerror 112\b", r"(?<!down )\(os error 112\)", r"nospacelefterror", r"errno 122\b",
            r"(?:open|write|mkdir) \(28: ", r"超出磁盘限额", r"磁盘空间不足", r"设备上没有空间",
            r"nicht genügend speicherplatz", r"kein speicherplatz mehr verfügbar",
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
            r"windows long path support", r"文件名或扩展名太长", r"dateiname oder die erweiterung ist zu lang",
            r"[a-z]:\\[^'\":()]{250,}: [^()]{0,80}\(os error [23]\)", r"paddingerror|placeholder .{1,300} too short",
        ),
    ),
    (
        Reason("not-root", "only root may do this", f"run it with sudo, or {_ADMINISTRATOR}"),
        (
            r"are you root\?", r"requires? superuser", r"sind sie root\?", r"root 用户吗", r"not in the sudoers file",
            r"password is required",
        ),
    ),
    (
        Reason(
            "locked",
            "another installation is at work",
            "wait until it ends, and run this again",
        ),
        (
            r"could not (?:get|set|acquire) (?:the )?lock\b", r"\block\S* [^()]{0,40}\(11: ",
            r"is another .{1,30} (?:running|using it)", r"locked by another process",
            r"\block(?:file)? .{1,300} was found", r"lockerror",
            r"/var/lib/\S{0,60}lock\S{0,20} .{0,80} \d+ \((?:apt|dpkg|unatt)",
            r"\(/var/lib/dpkg/\S*\).{0,30}(?:进程|prozess)", r"waiting for other \w+ process", r"exit code: 1618\b",
        ),
    ),
    (
        Reason(
            "file-in-use",
            "a file is in use by another program",
            "close what uses it (a notebook, an editor, another run), and run this again",
        ),
        (
            r"used by another process", r"winerror (?:32|33|1224)\b", r"(?<!pipe )\(os error (?:32|33|1224)\)",
            r"另一个程序正在使用此文件", r"von einem anderen prozess verwendet", r"par un autre processus",
            r"por otro proceso", r"text file busy", r"device or resource busy", r"0x80070020", r"\bebusy\b",
            r"directory not empty", r"(?:winerror|os error) 145\b",
        ),
    ),
    (
        Reason("blocked", "the system's protection blocked a file", f"{_ADMINISTRATOR} to allow it"),
        (
            r"exit code: 1625\b",
            r"(?:winerror|os error) (?:225|226|1260|4551)\b", r"0x800700e1", r"contains a virus", r"malicious content",
            r"blocked by (?:group policy|your)", r"application control policy", r"software restriction policies",
            r"包含病毒", r"应用程序控制策略", r"组策略阻止", r"anwendungssteuerungsrichtlinie",
            r"durch eine gruppenrichtlinie", r"enthält einen virus|einen virus oder",
            r"failed to (?:query|spawn) python interpreter[^()]{0,400}\(os error 5\)", rf"failed to run: {_DENIED}",
            rf"{_DENIED}.{{0,900}}applicationfailedexception", r"scriptcontainedmaliciouscontent", r"恶意内容",
            r"schädliche (?:daten|inhalte)",
        ),
    ),
    (
        Reason("blocked", "Windows holds back a file from the internet", "allow it (Unblock-File), and run this again"),
        (r"0x80131515",),
    ),
    (
        Reason("blocked", "this machine's protection forbade the connection", f"{_ADMINISTRATOR} to allow it"),
        (
            r"(?:winerror|os error) 10013\b", r"socket in a way forbidden", r"new connection: \[errno 13\]",
            r"aborted\.', permissionerror", r"sock\.connect\(\w+\) permissionerror",
        ),
    ),
    (
        Reason(
            "policy",
            "PowerShell's policy forbids this script",
            "start it with: powershell -ExecutionPolicy Bypass -File scripts\\bootstrap.ps1; "
            f"where a group policy or Constrained Language Mode forbids that, too, {_ADMINISTRATOR}",
        ),
        (
            r"about_execution_policies", r"pssecurityexception", r"requires an execution policy",
            r"running scripts is disabled", r"is not digitally signed",
            r"supported in this language mode|core types in this language mode", r"禁止运行脚本", r"此语言模式",
            r"ausführung von skripts auf diesem system deaktiviert", r"nicht digital signiert",
            r"in diesem sprachmodus",
        ),
    ),
    (
        Reason(
            "pip-itself",
            "on Windows, pip does not replace itself",
            "start it as python -m pip; if it was, {folder}",
        ),
        (r"to modify pip, please run", r"winerror (?:5|32)\].{0,120}[\\/]pip[\d.]*\.exe'"),
    ),
    (
        Reason(
            "not-writable",
            "Windows denied access to a file or folder",
            f"close what may use it, and run this again; {_ADMINISTRATOR} whether its protection holds the file; "
            f"or {{folder}}",
        ),
        (
            r"access to the path .{1,300} is denied", r"winerror 5\b", r"(?<!output error )\(os error 5\)", _DENIED,
            r"zugriff auf .{1,300} verweigert", r"unauthorizedaccessexception", r"0x80070005",
        ),
    ),
    (
        Reason(
            "privilege",
            "Windows lets only administrators make links here",
            "turn on Windows' Developer Mode, or run this as administrator",
        ),
        (r"(?:winerror|os error) 1314\b",),
    ),
    (
        Reason(
            "limits",
            "this account may not open more files or start more threads",
            f"raise the limit (ulimit -n, ulimit -u), or {_ADMINISTRATOR}",
        ),
        (
            r"too many open files", r"can't start new thread", r"thread.{0,120}resource temporarily unavailable",
        ),
    ),
    (
        Reason(
            "filesystem",
            "this file system makes no links of the kind that is needed",
            "set UV_LINK_MODE=copy; or, on another disk, {folder}",
        ),
        (
            r"operation not supported", r"function not implemented", r"cross-device link", r"different disk drive",
            r"(?:link|clone) .{1,600}(?:operation not permitted|resource temporarily unavailable)",
        ),
    ),
    (
        Reason(
            "filesystem",
            "the file system refused the name of a file",
            "{folder}, on a disk in this system's own format",
        ),
        (r"(?:errno|os error) 22\b", r"(?:winerror|os error) 123\b"),
    ),
    (
        Reason("disk-error", "the disk, or the way to it, has errors", "check the disk; or {folder}"),
        (
            r"winerror (?:23|1117|1392)\b", r"\(os error (?:1117|1392)\)", r"input/output error", r"输入/输出错误",
            r"eingabe-/ausgabefehler",
        ),
    ),
    (
        Reason(
            "store-python",
            "the Python of Microsoft's Store cannot be used for this",
            "put another Python first on PATH, from python.org or uv",
        ),
        (r"(?:winerror|os error) 1920\b",),
    ),
    (
        Reason(
            "cloud-folder",
            "a folder that is kept in a cloud (OneDrive and its like) refused a file",
            "set UV_LINK_MODE=copy; or, outside of it, {folder}",
        ),
        (
            r"(?:winerror|os error) (?:3[5-9]\d|40[0-4])\b", r"cloud (?:file|operation)", r"云文件", r"clouddatei",
        ),
    ),
    (
        Reason("not-writable", "a folder is not writable", "{folder}"),
        (
            r"permission denied(?! \(publickey)", r"operation not permitted", r"read-only file system",
            r"errno (?:1|13|30)\b", r"not?writable\w{0,40}error", r"winerror 19\b", r"权限不够", r"不允许的操作",
            r"只读文件系统", r"keine berechtigung", r"nur lesbar", r"(?:open|mkdir|unlink) \(13: ", r"\.deleteme'",
        ),
    ),
    (
        Reason("out-of-memory", "the memory ran out", "close other programs or add swap space, and run this again"),
        (
            r"memoryerror", r"cannot allocate memory", r"(?:winerror (?:8|14|1455)|os error 1455)\b",
            r"paging file is too small", r"sigkill", r"(?:exit|returned a non-zero) (?:code|status):? (?:137|-9)\b",
            r"页面文件太小", r"auslagerungsdatei ist zu klein", r"(?<!cuda )out of (?:memory|heap space)",
            r"outofmemoryexception", r"virtual memory exhausted",
        ),
    ),
    (
        Reason(
            "wrong-file",
            "a downloaded file is not the expected one",
            "{another_mirror}; do not use that file",
        ),
        (
            r"do not match the hashes", r"(?:hash|size) (?:sum )?mismatch", r"hashes of expected file",
            r"hash check failed", r"checksum ?mismatch", r"hash differs", r"wrong checksum",
            r"expected content and downloaded content",
            r"(?:checksum|hash|sha256|md5)\w{0,40} (?:mismatch|did not match|does not match)",
            r"found incorrect download",
        ),
    ),
    (
        Reason("damaged-file", "a package in conda's store is damaged", "conda clean --all, and run this again"),
        (
            r"invalidarchiveerror", r"cannot link a source", r"appears to be corrupted", r"invalid index file",
            r"errno 2\][^']{0,60}'[^']{1,300}[\\/]pkgs[\\/]", r"error when extracting package",
        ),
    ),
    (
        Reason("damaged-file", "uv's store of packages is damaged", "uv cache clean, and run this again"),
        (r"failed to deserialize", r"failed to read metadata from .{0,200}cache"),
    ),
    (
        Reason(
            "damaged-file",
            "a downloaded file is damaged",
            "run this again: it is fetched anew; if it stays, {mirror}",
        ),
        (
            r"end of central directory", r"badzipfile|not a zip file", r"corrupt deflate", r"local file header",
            r"fill whole buffer",
            r"missing .{0,3}\.dist-info",
            r"(?:compressed file ended|unexpected end of (?:data|archive|file))", r"error -3 while decompressing",
            r"not in gzip format", r"not look like a tar archive", r"cannot detect archive format",
            r"failed to extract (?:archive|files)", r"failed to decode it", r"invalid wheel", r"crc error",
            r"wheel '[^']*' [^']{0,200}is invalid", r"the wheel is invalid", r"central directory corrupt",
            r"中央目录结尾", r"ende des zentralen verzeichnisses",
        ),
    ),
    (
        Reason(
            "no-ssl",
            "this Python has no SSL",
            f"{_OTHER_PYTHON}: this one was built without OpenSSL, or its conda environment is not active",
        ),
        (
            r"ssl module (?:in python )?is not available", r"openssl appears to be unavailable",
            r"no module named '?_ssl", r"dll load failed.{0,40}_ssl\b",
        ),
    ),
    (
        Reason(
            "no-pip",
            "this Python has no pip",
            "add it: python -m ensurepip; on Debian and Ubuntu: sudo apt install python3-venv python3-pip",
        ),
        (
            r"no module named '?(?:pip|ensurepip)\b", r"ensurepip is not available",
        ),
    ),
    (
        Reason(
            "no-pip",
            "pip could not be put into a new environment",
            f"on Debian and Ubuntu: sudo apt install python3-venv; elsewhere {_OTHER_PYTHON}",
        ),
        (r"ensurepip\W.{0,120}returned non-zero",),
    ),
    (
        Reason(
            "old-pip",
            "pip or setuptools is too old for this Python or for what is installed",
            "python -m pip install --upgrade pip setuptools",
        ),
        (
            r"has no attribute 'impimporter'", r"no such option: --", r"no module named '?distutils",
            r"wheel-version .{1,40} is not compatible", r"module 'collections' has no attribute",
            r"cannot import name '?\w+'? from 'pip\._",
        ),
    ),
    (
        Reason("old-program", "this PowerShell is too old: it lacks {detail}", "run this again in PowerShell 7"),
        (r"the term '(invoke-(?:webrequest|restmethod)|(?:expand|compress)-archive|get-filehash)' is not",),
    ),
    (
        Reason("old-program", "a module of PowerShell could not be loaded", _OTHER_POWERSHELL),
        (r"couldnotautoload", r"the term 'start-bitstransfer' is not"),
    ),
    (
        Reason("old-program", "the program does not know what it was asked for", "update it, and run this again"),
        (
            r"unexpected argument '--", r"unrecognized arguments: --", r"unrecognized subcommand", r"invalid choice: '",
            r"namedparameternotfound", r"unsupported schema version",
        ),
    ),
    (
        Reason("broken-python", "this Python cannot start", f"unset PYTHONHOME; or {_OTHER_PYTHON}"),
        (r"fatal python error: (?:init|py_init)\w*", r"no module named '?encodings"),
    ),
    (
        Reason("broken-python", "this Python lacks a part of its standard library", _OTHER_PYTHON),
        (r"no module named '?(?:_ctypes|_bz2|_lzma|_sqlite3|zlib|pkgutil|runpy|venv)\b",),
    ),
    (
        Reason(
            "broken-python",
            "the Python of an environment is gone, or the environment was moved",
            "make the environment anew",
        ),
        (
            r"bad interpreter", r"解释器错误", r"defekter interpreter", r"fatal error in launcher",
            r"no python at ['\"]", r"did not find executable at", r"broken virtual environment",
            r"python interpreter not found at",
            r"no such file or directory: '[^']{1,300}[\\/]bin[\\/]python[\d.]*'",
            r"unable to create process using", r"failed to create process\b",
        ),
    ),
    (
        Reason(
            "damaged-environment",
            "a package in this environment is damaged, or another program put it there",
            "make a new environment; or put that package right first: pip install --ignore-installed NAME",
        ),
        (
            r"(?:record`? file not|no record file was) found(?!\. hint)", r"is a distutils installed project",
            r"distutils-installed distribution",
            r"errno 2\][^']{0,60}'[^']{1,300}\.dist-info[\\/]",
        ),
    ),
    (
        Reason("encoding", "a file is not in this system's character set", "set PYTHONUTF8=1, and run this again"),
        (r"unicode(?:de|en)codeerror: '(?:gbk|cp\d+|charmap|ascii|latin-1)'",),
    ),
    (
        Reason("encoding", "a file that was read is not in UTF-8", "save it in UTF-8, and run this again"),
        (r"unicodedecodeerror: 'utf-8'",),
    ),
    (
        Reason("bad-name", "what is asked for is no package name and version", "correct it"),
        (
            r"error: invalid requirement", r"invalid(?:match|version| )spec", r"not a valid wheel filename",
            r"at least one requirement to install",
        ),
    ),
    (
        Reason(
            "no-hash",
            "hashes are asked for, and a package has none in the list",
            "write its hash there, or leave --require-hashes out",
        ),
        (r"hashes are required in", r"require-hashes`? mode"),
    ),
    (
        Reason(
            "bad-version",
            "a package's version or description is not valid for today's pip",
            "ask for a newer version of it; or take an older pip: python -m pip install 'pip<24.1'",
        ),
        (r"please use pip<24", r"invalidversion: ", r"(?:couldn't|failed to) parse metadata"),
    ),
    (
        Reason("user-folder", "pip was told to install for the user, not into the environment", "unset PIP_USER"),
        (r"can not perform a '--user' install", r"will not install to the user site"),
    ),
    (
        Reason("pip-itself", "pip's starter belongs to another version of pip", "start it as python -m pip"),
        (
            r"__main__\.py\W.{0,60}'module' object is not callable", r"cannot import name '?_?main\b",
            r"the 'pip[^']{0,20}' distribution was not",
        ),
    ),
    (
        Reason("conda-init", "this shell is not set up for conda", "conda init, and open a new one"),
        (r"run 'conda init' before", r"shell has not been properly configured"),
    ),
    (
        Reason("no-program", "{detail} is a command of PowerShell, and this is cmd", "run this again in PowerShell"),
        (r"'(irm|iwr|iex|invoke-\w+)' (?:is not recognized as an internal|不是内部或外部命令)",),
    ),
    (
        Reason(
            "internet-explorer",
            "a script reads pages with Internet Explorer, which was never started here",
            "run it in PowerShell 7; or start Internet Explorer once",
        ),
        (
            r"internet explorer.{0,2}(?:engine|modul|引擎)",
            r"(?:moteur|motor|motore)(?: de| di| d.)? ?internet explorer",
        ),
    ),
    (
        Reason("no-pip", "the program pip was not found", "start it as python -m pip", is_general=True),
        (r"\bpip3?: (?:command )?not found", r"'pip3?' (?:is not recognized|不是内部)", r"objectnotfound: \(pip3?:"),
    ),
    (
        Reason("no-program", "the program {detail} was not found", "install it, or put its folder on PATH", True),
        (
            r"cannot find command '(\w+)'", r"\b(git) executable not found",
            r"(python) (?:was not found|wurde nicht gefunden);",
            r"(?<![\w.+-])([\w.+-]{1,40}): (?:command not found(?!: )|未找到命令|(?:befehl|kommando) nicht gefunden)",
            r"command not found: ([\w.+-]{1,40})", r": \d+: (\w+): not found",
            r"'\"?([^'\"]{1,200})\"?' is not recognized as an internal", r"'(\w+)' 不是内部或外部命令",
            r"befehl \"(\w+)\" ist entweder falsch geschrieben", r"'(\w+)' n.est pas reconnu en tant que",
            r"\"(\w+)\" no se reconoce", r"\"(\w+)\" не является внутренней",
            r"objectnotfound: \(([^:()]{1,80}):string\) \[[\w-]*\][,，] ?commandnotfound",
            r"the term '([^']{1,80})' is not recognized", r"无法将“([^”]{1,80})”项识别为",
            r"benennung \"([^\"]{1,80})\" wurde nicht als",
            r"to start process '([^']{1,60})'.{0,200}(?:cannot find the file|no such file)",
            r"exec: \"?([\w.+-]{1,60})\"?: (?:executable file )?not found",
            r"failed to spawn: `([^`]{1,60})`.{0,120}os error 2\b",
        ),
    ),
    (
        Reason(
            "wrong-architecture",
            "a program is made for another kind of processor or system",
            "get the one for this machine: x86-64 (AMD64) or ARM64",
        ),
        (
            r"(?:winerror|os error) (?:193|216)\b", r"not a valid win32 application", r"exec format error",
            r"bad cpu type", r"cannot execute binary file", r"illegal instruction", r"app can't run on your pc",
        ),
    ),
    (
        Reason(
            "old-system",
            "the system is too old: its C library lacks what a program needs",
            "use a newer system, or an older version of the program",
        ),
        (
            r"version `glibc\w*_[\d.]+' not found", r"requires glibc", r"nothing provides __glibc",
        ),
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
        ),
    ),
    (
        Reason("conda-base", "conda itself would be changed", "use an environment of its own: conda create -n NAME"),
        (r"removeerror: ", r"conda's operating environment"),
    ),
    (
        Reason(
            "no-channel",
            "a conda channel that is named is not there, or not open to all",
            "correct its name; or leave it out: conda config --remove channels NAME",
        ),
        (r"unavailableinvalidchannel", r"channel is not accessible", r"channel(?:denied|notallowed)"),
    ),
    (
        Reason("clock", "this machine's clock is wrong", "set it, and run this again"),
        (
            r"release file .{1,300} is not valid yet", r"release-datei .{1,300} noch nicht gültig",
            r"release 文件.{0,300}(?:尚未|还没有)生效",
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
        _APT_BROKEN,
        (r"dpkg --configure -a", r"unmet dependencies", r"held broken packages"),
    ),
    (
        Reason("no-environment", "the environment that is named is not there", "name another one, or make it first"),
        (
            r"environmentlocationnotfound", r"directorynotacondaenvironment", r"no virtual environment found",
            r"prefix does not exist", r"environmentnamenotfound", r"interpreters found in virtual",
        ),
    ),
    (
        Reason("exists", "an environment is there already", "name another one"),
        (r"prefix already exists", r"virtual environment already exists at"),
    ),
    (
        Reason(
            "exists",
            "something else stands already where a file or folder is to be made",
            "move it away; or {folder}",
        ),
        (
            r"file or directory already exists", r"the file '[^']{1,300}' already exists",
            r"already exists and is not an empty",
            r"folder exists at prefix", r"exists, but it's not a virtual environment",
            r"it is not a (?:valid python|compatible) environment",
            r"(?:winerror|os error) (?:80|183)\b", r"errno 17\b",
        ),
    ),
    (
        Reason("offline", "it may not use the network, and lacks a file", "leave --offline out, or get the file first"),
        (r"network (?:connectivity )?(?:is|was) disabled", r"offlineerror"),
    ),
    (
        Reason(
            "no-python",
            "no Python of the version that is asked for is here",
            "install one (uv python install VERSION), or ask for another version",
        ),
        (
            r"no (?:python )?interpreter found", r"failed to find interpreter", r"no download found for request",
            r"incompatible with the project's python requirement", r"not a valid python download request",
        ),
    ),
    (
        Reason("old-lock", "the lock does not fit what is asked for, or cannot be read", "write it again"),
        (r"needs to be updated, but .{1,20} was provided", r"failed to parse `[^`]{0,200}\.lock`"),
    ),
    (
        Reason(
            "login",
            "a source asks who you are: a user and a password, or a key",
            "name another one, or log in to it first",
        ),
        (
            r"could not read username", r"authentication failed for", r"authenticationerror", r"http error 401\b",
            r"\b401 (?:client error|unauthorized)", r"eof when reading a line", r"permission denied \(publickey",
            r"host key verification failed", r"could not read from remote repository",
        ),
    ),
    (
        Reason(
            "no-repository",
            "a repository or a branch that is named is not there, or not open to all",
            "correct its address; or log in to it first",
        ),
        (
            r"\brepository (?:'\S{0,200} ?)?not found", r"remote branch .{1,100} not found",
            r"find remote ref", r"failed to find branch, tag, or commit",
        ),
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
            r"no `project` table", r"(?:scanner|parser|composer)error: while", r"could not parse '",
            r"ensure your dependencies file", r"(?:custom|multi)validationerror", r"invalidtypeerror",
        ),
    ),
    (
        Reason(
            "terms",
            "conda's channels want their terms accepted first",
            "read and accept them with `conda tos accept`, or use the channel conda-forge",
        ),
        (r"condatosnoninteractiveerror", r"terms of service have not been accepted"),
    ),
    (
        Reason(
            "portal",
            f"{_SOURCE}: what came is not what such a source sends",
            "open any page in a browser: this network may want a login; if not, correct the source's address",
        ),
        (
            r"received some unexpected html", r"clearsigned file isn't valid", r"<!doctype html",
            r"redirectionnotsupported",
        ),
    ),
    (
        Reason(
            "untrusted-host",
            "pip left out a source whose address begins with http://",
            "name it with https://",
        ),
        (r"not a trusted or secure host",),
    ),
    (
        Reason(
            "externally-managed",
            "this Python belongs to the system",
            "install into an environment: python3 -m venv FOLDER",
        ),
        (r"externally-managed-environment", r"is externally managed", r"was installed by (?:debian|rpm)\b"),
    ),
    (
        Reason(
            "proxy",
            "the proxy refused",
            "set HTTPS_PROXY to the address your network gives out, with its user and password",
        ),
        (
            r"tunnel connection failed", r"tunnel error", r"connect tunnel failed", r"proxy connect aborted",
            r"\b407\b.{0,40}proxy|proxy.{0,40}\b407\b", r"proxy (?:authentication|refused)",
            r"(?:to|by|from) (?:the )?proxy after connect", r"代理身份验证|代理服务器.{0,6}身份验证",
            r"proxyauthentifizierung",
        ),
    ),
    (
        Reason("proxy", "the address of the proxy is not a valid one", "set HTTPS_PROXY to http://HOST:PORT"),
        (
            r"socks version from", r"check proxy url", r"proxy url had no scheme", r"requires server_hostname",
            r"unknown proxy scheme", r"only use http and not https",
        ),
    ),
    (
        Reason(
            "proxy",
            "the proxy that is set does not answer",
            "correct HTTPS_PROXY, or the proxy in the system's settings, or remove it where there is none",
        ),
        (
            r"proxyerror",
            r"(?:to|by|from) (?:the )?proxy\b(?! rules)"
            r"(?:\.', .{0,500}(?:getaddrinfo failed|refused|timed out|unreachable))?",
            r"could not resolve proxy",
        ),
    ),
    (
        Reason("proxy", "pip needs the package PySocks for a SOCKS proxy", "install uv; or name an HTTP proxy"),
        (r"dependencies for socks support",),
    ),
    (
        Reason(
            "tls",
            "the TLS certificate is not trusted: its time has not come or is over",
            "set this machine's clock, if it is wrong; if it is right, {mirror}",
        ),
        (
            r"certificate (?:is not yet valid|has expired)", r"0x(?:80090328|800b0101)",
            r"-(?:2146893016|2146762495)\b", r"peer certificate: (?:certificate )?(?:expired|not ?valid ?yet)",
        ),
    ),
    (
        Reason(
            "tls",
            "whether the TLS certificate is still good could not be asked",
            "a company network, or a program that inspects or speeds up connections, often is why: set it up for this",
        ),
        (r"0x8009201[023]", r"-214688561[34]\b", r"_revocation_"),
    ),
    (
        Reason(
            "tls",
            "the file with TLS certificates that is set is not there, or cannot be read",
            "correct or unset what names it: SSL_CERT_FILE, PIP_CERT, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
        ),
        (r"suitable tls ca certificate bundle", r"curl: \(77\)"),
    ),
    (
        Reason(
            "tls",
            "the TLS certificate is not trusted",
            "in a company network, or with a program that inspects connections, set SSL_CERT_FILE and PIP_CERT to its "
            "CA bundle; elsewhere update the system's certificates",
        ),
        (
            r"certificate[ _]verify[ _]failed", r"sslcertverification", r"invalid peer certificate", r"unknownissuer",
            r"ssl certificate problem", r"remote certificate (?:is|was) (?:invalid|rejected)", r"trust relationship",
            r"certificate verification failed", r"certificate of .{1,100} is not trusted",
            r"cannot verify \S+ certificate",
            r"zertifikat von .{1,300} nicht prüfen", r"无法验证.{1,300}证书", r"信任关系", r"vertrauensstellung",
            r"证书无效", r"remotezertifikat", r"0x(?:80090325|80090322|800b010[9af])",
            r"-(?:21468930(?:19|22)|214676248[167])\b", r"(?:curl:|download error) \(60\)",
        ),
    ),
    (
        replace(_NO_TLS, sentence="the connection broke off, most likely before it was secure (TLS)"),
        (
            r"unexpected error occurred on a (?:send|receive)", r"(?:发送|接收)时发生错误",
            r"unerwarteter fehler beim (?:senden|empfangen)",
            r"erreur inattendue .{0,40}lors de (?:l'envoi|la réception)",
        ),
    ),
    (
        _NO_TLS,
        (
            r"create ssl/tls secure channel", r"secure channel support", r"received (?:corrupt message|fatal alert)",
            r"ssl connection could not be established", r"未能创建 ssl/tls 安全通道",
            r"geschützter ssl/tls-kanal", r"handshake[ _]?failure", r"violation of protocol",
            r"\[(?:ssl|asn1|x509)\b[: \w]{0,60}\]", r"tlsv1\w{0,20} alert", r"tls alert", r"corrupted frame",
            r"common algorithm", r"security protocol is not supported", r"canale? s\w{1,20} ssl/tls",
            r"ssl_error_syscall", r"gnutls_handshake", r"(?:curl:|download error) \(35\)",
        ),
    ),
    (
        Reason("dns", f"{_SOURCE}: its name was not found (DNS)", _WAYS),
        (
            r"name or service not known", r"failure in name resolution", r"getaddrinfo", r"no such host is known",
            r"resolve host", r"nodename nor servname", r"dns error", r"failed to lookup address",
            r"(?:failure resolving|could not resolve) '", r"name could not be resolved", r"failed to resolve '",
            r"(?:winerror|errno) 1100[1-4]\b", r"(?:curl:|download error) \(6\)", r"0x80072ee7", r"解析此远程名称",
            r"不知道这样的主机", r"域名解析", r"解析(?:域名|主机)", r"未知的名称或服务", r"remotename konnte nicht",
            r"host ist unbekannt", r"namensauflösung", r"dienst ist nicht bekannt", r"auflösen von",
            r"nom distant n'a pas pu", r"nombre remoto",
        ),
    ),
    (
        Reason("refused", f"{_SOURCE}: the connection was refused", _WAYS),
        (
            r"connection refused", r"actively refused", r"errno (?:111|61)\b", r"(?:winerror|os error|errno) 10061\b",
            r"os error 111\b", r"积极拒绝", r"拒绝连接|连接被拒绝", r"verbindung verweigerte",
            r"verbindungsaufbau abgelehnt", r"connect \(111: ",
        ),
    ),
    (
        Reason("timeout", f"{_SOURCE}: it did not answer in time", _WAYS),
        (
            r"timed out", r"(?:curl:|download error) \(28\)", r"timeout (?:of \d+ seconds )?was reached",
            r"connect \(110: ", r"0x80072ee2", r"etimedout", r"timeouterror", r"network timeout", r"download stalled",
            r"httpclient\.timeout", r"(?:winerror|os error|errno) 10060\b", r"errno 110\b", r"没有正确答复", r"超时",
            r"gegenstelle nach einer bestimmten zeit", r"timeout für (?:den )?vorgang", r"wartezeit .{0,40}abgelaufen",
            r"zeitlimit|zeitüberschreitung", r"délai d'attente", r"wantreaderror",
        ),
    ),
    (
        _UNREACHABLE,
        (
            r"network is unreachable", r"no route to host", r"connect to the remote server", r"connection failed \[ip",
            r"(?:winerror|os error) 100(?:51|65)\b", r"could(?:n't| not) connect to server",
            r"(?:curl:|download error) \(7\)", r"0x80072efd", r"无法连接到远程服务器", r"connecter au serveur distant",
            r"conectar con el servidor remoto", r"mit dem remoteserver kann nicht", r"网络不可达",
            r"netzwerk ist nicht erreichbar", r"connect \(1(?:01|13): ", r"rout\w{1,3} zum zielrechner",
            r"没有到主机的路由",
        ),
    ),
    (
        Reason("broken-off", f"{_SOURCE}: the connection broke off", _WAYS),
        (
            r"ended prematurely", r"incompleteread", r"connection (?:was )?(?:broken(?! by)|reset|aborted)",
            r"reset by peer", r"unexpected[ _]eof", r"early eof", r"connection (?:was|has been) closed",
            r"forcibly closed", r"(?:winerror|os error|errno|error\() ?100(?:53|54)\b", r"errno 104\b",
            r"(?:curl:|download error) \((?:18|52|56|92)\)(?! the requested url)", r"rpc failed",
            r"(?:recv|send) (?:error|failure)", r"connection closed before", r"h2 protocol error",
            r"hung up unexpectedly", r"end closed connection", r"0x80072efe", r"decoding response body",
            r"reading a body", r"before message length", r"连接被意外关闭",
            r"强迫关闭了一个现有的连接", r"verbindung wurde (?:unerwartet|vom remotehost)", r"connection ended after",
            r"because of a broken pipe",
        ),
    ),
    (
        Reason(
            "http",
            f"{_SOURCE}: too many requests came from this network's address",
            "{mirror}; otherwise try again in an hour",
        ),
        (r"rate limit exceeded", r"\b429:? too many requests"),
    ),
    (
        Reason("http", f"{_SOURCE}: it answered with status {{detail}}", f"{_WAYS}; otherwise try again later"),
        (
            r"\bhttp(?:/[\d.]+)? (?:response: )?([45]\d\d)\b", r"\b([45]\d\d) (?:client|server) error",
            r"(?<!os )\berror:? \(?([45]\d\d)\)?(?![\d.])", r"does not indicate success: ([45]\d\d)\b",
            r"\w ?[:：] \((30\d|[45]\d\d)\)", r"\bstatus(?: code)?:? \(?([45]\d\d)\b",
            r"(?:错误|fehler|erreur) ([45]\d\d)[:：]",
            r"\b([45]\d\d):? +(?:not found|forbidden|bad gateway|gateway time)", r"(?<!with )error code: ([45]\d\d)\b",
            r"\b([45]\d\d):? +(?:(?:service|temporarily) unavailable|internal server error)",
        ),
    ),
    (
        _CONFLICT,
        (
            r"conflicting dependencies", r"resolution-too-deep", r"specsconfigurationconflict",
            r"no viable options", r"resolutionimpossible",
            r"conflicts with any installable", r"found to be (?:in conflict|incompatible)", r"are incompatible",
            r"(?<!mamba)unsatisfiableerror",
        ),
    ),
    (
        Reason("not-there", f"{_SOURCE}: it does not have that name", f"look whether the name is right; {_WAYS}"),
        (r"not found in the package registry",),
    ),
    (
        _NOT_THERE,
        (
            r"there (?:is|are) no versions? of", r"perhaps a (?:typo|missing channel)", r"packagesnotfounderror",
            r"not available from current channels", r"resolvepackagenotfound", r"not a supported wheel",
            r"requires? a different python",
            r"no wheels (?:are available )?with a matching", r"because only .{1,300} (?:is|are) available",
            r"python version .{1,60} does not satisfy",
            r"no candidates were found",
            r"incompatible with the current platform", r"for the specified platform",
            r"missing in current .{1,20} channels", r"but the running python is",
            r"source distribution or wheel for the current",
            r"cannot install on python version", r"nothing provides",
            r"not found in the provided package locations",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and needs {detail} for that",
            "install that first, and then the package with --no-build-isolation",
        ),
        (
            rf"no module named '?({_BUILD_NEEDS})\b.{{0,600}}"
            r"(?:did not run successfully|getting requirements|metadata-generation-failed|failed building wheel)",
            rf"the build backend returned an error.{{0,2000}}no module named '?({_BUILD_NEEDS})\b",
            rf"depends on `({_BUILD_NEEDS})`, but doesn't declare",
        ),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs Python's header files",
            "on Debian and Ubuntu: sudo apt install python3-dev; on Fedora: sudo dnf install python3-devel",
        ),
        (r"python\.h: no such file",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and {detail} of a library is not there",
            f"install what the library is developed with (-dev, -devel); or {_OTHER_PYTHON}",
        ),
        (r"(?:fatal )?error: ([\w./+-]{1,80}\.h(?:pp)?): no such file",),
    ),
    (
        Reason(
            "build",
            "a package had to be built here, and that needs the CUDA toolkit",
            "install it in the version that PyTorch was built with, and let CUDA_HOME name its folder; "
            "or ask for a version of the package that has a wheel",
        ),
        (
            r"cuda_home environment variable is not set", r"nvcc was not found", r"no cuda toolset found",
            r"detected cuda version .{1,80} mismatches",
        ),
    ),
    (
        Reason(
            "build",
            "a package that was asked for is not made for Windows",
            "leave it out; or use Linux inside Windows (WSL)",
        ),
        (r"does(?: not|n't) support windows", r"not (?:currently )?supported on windows"),
    ),
    (
        Reason("build", "a package that was asked for is made for Python 2", "ask for a newer version of it"),
        (
            r"multiple exception types must be parenthesized",
            r"missing parentheses in call to", r"no module named '?(?:configparser|urllib2|c?stringio|htmlparser)\b",
            r"name '(?:unicode|raw_input|xrange)' is not defined",
        ),
    ),
    (
        Reason("build", "a package had to be built here, and Apple's tools are not there", "xcode-select --install"),
        (r"invalid active developer path", r"xcode-select: note"),
    ),
    (
        Reason(
            "build",
            "a package that had to be built here is too old for this CMake",
            "set CMAKE_POLICY_VERSION_MINIMUM=3.5, and run this again",
        ),
        (r"compatibility with cmake < ",),
    ),
    (
        Reason(
            "build",
            "a package needs pkg_resources, which newer versions of setuptools do not have",
            "ask for a newer version of it; or install 'setuptools<81', and build it with --no-build-isolation",
        ),
        (r"no module named '?pkg_resources",),
    ),
    (
        _BUILD,
        (
            r"visual c\+\+ [\d.]+ (?:or greater|is required)", r"vcvarsall",
            r"can't find rust compiler", r"unknown compiler\(s\)", r"error: command '[^'\"]+' failed",
            r"unable to execute '",
            r"linker `\w+` not found", r"rust package manager, is not installed", r"no cmake_\w+_compiler",
            r"cmake must be installed",
        ),
    ),
    (
        replace(_CONFLICT, sentence=f"{_SOURCE}: no versions that fit together", is_general=True),
        (r"no solution found", r"solve for environment", r"libmambaunsatisfiableerror"),
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
        Reason("missing-file", "a file that is named is not there", "correct its name, or the folder", is_general=True),
        (
            r"could not open requirements file", r"environmentfilenotfound", r"due to an \w+error: \[errno 2\]",
            r"neither 'setup\.py' nor 'pyproject\.toml' found",
            r"\"setup\.py\" (?:or|nor|and) .{1,40} not found", r"no `pyproject\.toml` found",
            r"distribution not found at", r"find a part of the path", r"未能找到路径",
            r"teil des pfades", r"can't open file '[^']{1,300}': \[errno 2\]",
        ),
    ),
    (
        Reason("no-package", "apt knows no such package", "sudo apt update, and run this again", is_general=True),
        (
            r"unable to locate package", r"no installation candidate", r"e: paket \S+ kann nicht gefunden werden",
            r"kein installationskandidat", r"无法定位软件包", r"没有可安装候选",
        ),
    ),
    (
        replace(_APT_BROKEN, is_general=True),
        (r"/dpkg returned an error code",),
    ),
    (
        Reason(
            "missing-library",
            "a program library (DLL) that is needed is missing",
            "install the Microsoft Visual C++ Redistributable (x64); or activate the environment first",
            is_general=True,
        ),
        (r"dll load failed", r"winerror 126\b"),
    ),
    (
        Reason(
            "missing-library",
            "the program library {detail} is missing",
            "install the package of the system that has it; or activate the environment first",
            is_general=True,
        ),
        (r"loading shared libraries: ([\w.+-]{1,60})", r"([\w.+-]{1,60}\.so[\w.]{0,20}): cannot open shared"),
    ),
    (
        Reason(
            "damaged-file",
            "conda could not put a package into the environment",
            "conda clean --all, and run this again",
            is_general=True,
        ),
        (r"error occurred while (?:un)?installing package",),
    ),
    (
        Reason("git", "git did not get a package's source", "run the git command above by hand: it says why", True),
        (r"git (?:clone|fetch|checkout|submodule)[^│]{0,300}did not run successfully", r"git operation failed"),
    ),
    (
        Reason(
            "package-script",
            "a package's own script failed while it was installed",
            "run this again; if it stays, ask for another version of that package",
            is_general=True,
        ),
        (r"(?:post|pre)-link script failed",),
    ),
    (
        Reason("installer", "a program's own installer failed", "start that installer by hand: it says why", True),
        (r"installer failed with exit code", r"安装程序失败"),
    ),
    (
        Reason(
            "winget-source",
            "winget's list of packages is missing or damaged",
            "winget source reset --force, and run this again",
            is_general=True,
        ),
        (r"0x8a15000f", r"failed when (?:opening|searching) source", r"源时失败"),
    ),
    (
        Reason(
            "no-program",
            "a program did not start: it is damaged, blocked, or made for another system",
            f"install it again; or {_ADMINISTRATOR} to allow it",
            is_general=True,
        ),
        (r"cannot execute the specified program", r"无法执行指定的程序"),
    ),
    (
        Reason("no-program", "the program {detail} did not start", "install it again", is_general=True),
        (r"program '([\w.]{1,60})' failed to run",),
    ),
    (
        Reason(
            "broken-python",
            "a Python that is to be used does not answer",
            f"make its environment anew; or {_OTHER_PYTHON}",
            is_general=True,
        ),
        (r"failed to (?:inspect|query) python interpreter",),
    ),
    (
        replace(_BUILD, is_general=True),
        (
            r"(?:wheel|setup\.py install) for .{1,120} \.\.\. error",
            r"failed (?:building wheel|to build)", r"did not run successfully", r"subprocess-exited-with-error",
            r"finished with status 'error'", r"sandboxviolation", r"build backend returned an error",
            r"metadata[ -]generation[ -]failed", r"legacy-install-failure", r"could not build wheels",
            r"command errored out with exit status", r"setup\.py \w+\"? (?:failed|exited with)", r"cmake error",
            r"errors? detected in the compilation", r"cmake_\w{1,40} is not set", r"aborting build",
            r"compilation terminated", r"ninja: build stopped", r"fatal error (?:c|lnk)\d{4}", r"could not compile",
            r"linker command failed", r"ld returned 1 exit",
        ),
    ),
    (
        replace(_UNREACHABLE, is_general=True),
        (
            r"(?:unable|failed) to connect to", r"client error \(connect\)", r"error sending request",
            r"failed to establish a new connection",
        ),
    ),
    (
        replace(_NO_TLS, is_general=True),
        (r"establish ssl connection", r"ssl-verbindung", r"建立 ssl 连接", r"encountered an ssl error"),
    ),
    (
        replace(_NOT_THERE, is_general=True),  # another index did not answer, maybe
        (r"from versions: \d",),
    ),
    (
        Reason("source", _SOURCE, f"look whether it has the name, and for this version of Python; {_WAYS}", True),
        (r"no matching distribution", r"not find a version"),
    ),
    (
        Reason("source", _SOURCE, _WAYS, True),
        (
            r"too many redirects|exceeded \d+ redirects",
            r"max retries", r"connection ?error", r"connection failed for", r"no package source answers",
            r"failed to fetch", r"request failed after \d+ retr", r"failed to download (?:from|binaries)",
            r"multi-download failed", r"webcmdletwebresponseexception", r"errorid : webexception",
        ),
    ),
    (
        Reason(
            "damaged-file",
            "what a source sent, or what was kept of it, cannot be read",
            "run this again; with conda, conda clean --all first; if it stays, {mirror}",
            is_general=True,
        ),
        (r"jsondecodeerror",),
    ),
    (
        Reason("program-itself", "pip itself failed", "python -m pip install --upgrade pip, and run this again", True),
        (r"exception: traceback \(most recent",),
    ),
    (
        Reason(
            "program-itself",
            "conda itself failed",
            "conda update -n base conda, and run this again; or install Miniforge anew",
            is_general=True,
        ),
        (
            r"conda has prepared the above report", r"> error report <",
            r"traceback to the conda github", r"no module named '?conda\b",
            r"solver backend .{1,60} was not recognized",
        ),
    ),
    (
        Reason("program-itself", "uv itself failed", "update it (uv self update), and run this again", True),
        (r"\bpanicked at\b", r"has overflowed its stack", r"unhandled exception in uv"),
    ),
    (
        Reason("program-itself", "mamba itself failed", "update it, or use conda instead, and run this again", True),
        (r"critical libmamba (?:\[json|cannot)",),
    ),
)
# fmt: on
