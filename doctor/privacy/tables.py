"""Names in the columns of what programs list: processes, logins, files, jobs in queues, accounts, shared folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from doctor.privacy.lazily import lazily

Named = dict[str, Callable[[str], str]]  # what gives a user's name its stand-in, a group's, a host's, a serial number

_LOGIN = r"(?P<user>[A-Za-z_][\w.-]{0,31})"
_HOST = r"(?P<host>[A-Za-z][\w-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,6})"
_JOB = r"^[ \t]*\d{1,10}"
_STATE = r"(?:RUN|PEND|DONE|EXIT|[PSU]SUSP)"

_FILE = lazily(
    r"(?m)^(?:[ \t]*\d{1,12}[ \t]+\d{1,9}[ \t]+)?[bcdlps-][rwxsStT-]{9}[.+@]?[ \t]+\d{1,6}[ \t]+"
    r"(?P<user>[A-Za-z_][\w.-]{0,31})[ \t]+"
    r"(?:domain users|(?P<group>[A-Za-z_][\w.-]{0,31}))(?=[ \t]+\d)"
)
_OF_PS = lazily(
    rf"(?m)(?:^|\|[ \t]*){_LOGIN}(?=[ \t]+\d{{1,8}}[ \t]+(?:\d{{1,4}}(?:\.\d)?[ \t]+\d{{1,3}}\.\d[ \t]+(?:\d"
    r"|/|(?:python|torchrun|bash|jupyter|ray)\b)"
    r"|\d{1,8}[ \t]+\d{1,3}[ \t]+(?:\d\d:\d\d|[A-Z][a-z]{2} ?\d\d|\d{4})[ \t]+(?:pts/|tty|\?)))"
)
_OF_TOP = lazily(
    rf"(?m){_JOB}[ \t]+{_LOGIN}(?=\+?[ \t]+(?:-?\d{{1,3}}|rt)[ \t]+-?\d{{1,2}}[ \t]+[\d.]{{1,12}}[gmtkGMTK]?[ \t])"
)
_OF_LSOF = lazily(
    rf"(?m)^\S{{1,40}}[ \t]+\d{{1,8}}[ \t]+{_LOGIN}(?=[ \t]+(?:\d{{1,5}}[a-zA-Z]{{0,2}}|cwd|rtd|txt|mem|DEL)[ \t]+"
    r"(?:REG|CHR|DIR|IPv4|IPv6|unix|FIFO|a_inode|sock)\b)"
)
_OF_FUSER = lazily(
    rf"(?m)^(?:[ \t]*/dev/\S{{1,60}}:)?[ \t]+{_LOGIN}(?=[ \t]+\d{{1,8}}[ \t]+[F.][.cefFrm]{{3,4}}[ \t]?\w)"
)
_OF_NVITOP = lazily(
    rf"[│|][ \t]{{1,4}}\d{{1,2}}[ \t]{{1,8}}\d{{1,8}}[ \t]{{1,3}}[CGX+]{{1,3}}[ \t]{{1,4}}{_LOGIN}"
    rf"(?=[ \t]+[\d.]{{1,8}}[GMK]iB)"
)
_OF_GPUSTAT = lazily(rf"(?:\s|\|[ \t]*){_LOGIN}(?=(?::[\w.-]{{1,60}}(?:/\d{{1,8}})?)?\(\d{{1,6}}M(?:iB)?\))")
_OF_WHO = lazily(rf"(?m)^{_LOGIN}(?=[ \t]+(?:(?:pts/\d|tty\d|:\d{{1,2}})\S{{0,4}}|console)[ \t])")
_OF_SQUEUE = lazily(
    rf"(?m){_JOB}"
    rf"(?:[_.]\S{{1,20}})?[ \t]+\S{{1,40}}[ \t]+\S{{1,60}}[ \t]+{_LOGIN}[ \t]+[A-Z]{{1,2}}[ \t]+[\d:-]{{3,14}}[ \t]"
    r"(?:[ \t]*[^\n(]{1,80}[ \t](?P<host>[A-Za-z][\w.,-]{1,200}(?:\[[\d,-]{1,80}\])?)(?=[ \t]*$))?"
)
_OF_QSTAT = lazily(
    rf"(?m){_JOB}(?:\[\d{{0,8}}\])?(?:\.[\w.-]{{1,60}}[ \t]+\S{{1,40}}[ \t]+{_LOGIN}(?=[ \t]+(?:\d{{1,4}}:\d\d:\d\d|0"
    rf"|--)[ \t]+[A-Z][ \t])"
    r"|\.[\w.-]{1,60}[ \t]+(?P<user_2>[A-Za-z_][\w.-]{0,31})(?=[ \t]+\S{1,20}[ \t]+\S{1,30}(?:[ \t]+(?:\d{1,8}"
    r"|--)){3}[ \t])"
    r"|[ \t]+\d\.\d{5}[ \t]+\S{1,40}[ \t]+(?P<user_3>[A-Za-z_][\w.-]{0,31})(?=[ \t]+\w{1,4}[ \t]+\d\d/\d\d/\d{4}))"
)
_OF_BJOBS = lazily(
    rf"(?m){_JOB}[ \t]+{_LOGIN}[ \t]+{_STATE}[ \t]+\S{{1,40}}[ \t]+(?P<host>[A-Za-z][\w.-]{{1,62}})"
    r"(?:[ \t]+(?:\d{1,5}\*)?(?P<host_2>[A-Za-z][\w.-]{1,62}))?"
)
_ACCOUNT = lazily(rf"(?m)^{_LOGIN}:[x*!]?:\d{{4,8}}:\d{{1,8}}:(?P<user_2>[^:,\n]{{1,80}})?")
_GROUP = lazily(rf"(?:groups=|,)\d{{4,10}}\({_LOGIN}(?=\))")
_OF_STAT = lazily(rf"\b[UG]id:[ \t]+\([ \t]*\d{{1,8}}/[ \t]*{_LOGIN}(?=\))")
_OF_ICACLS = lazily(
    rf"(?m)(?:^|[ \t])(?!NT |BUILTIN\\|AUTHORITY\\|Mandatory )(?P<host>[A-Za-z][\w.-]{{1,62}})\\{_LOGIN}(?=:\()"
)
_COMMANDS = lazily(
    rf"(?m)(?:\bwhoami|> \$env:USERNAME|\becho [%$](?:env:)?(?:USER(?:NAME)?|LOGNAME)%?|\bid -un"
    rf"|\blogname)[ \t]*\n+[ \t]*(?:(?P<host>[\w.-]{{1,62}})\\)?{_LOGIN}(?=[ \t]*$)"
)
_HOSTNAME = lazily(
    rf"(?m)(?:^|[$#>%][ \t]{{0,4}})(?:hostname(?: -[fs])?|uname -n|echo [%$](?:env:)?(?:HOSTNAME"
    rf"|COMPUTERNAME)%?)[ \t]*\n{_HOST}(?=[ \t]*$)"
)
_OF_WHOAMI = lazily(rf"(?m)^(?P<host>[\w.-]{{1,62}})\\{_LOGIN}(?=[ \t]+S-1-)")
_OF_DOMAIN = lazily(
    r"(?m)(?:(?<=[ \t]{2})|(?<=[='\"(])|(?<=[:=] )|^)(?!HK)(?P<host>[A-Z][A-Z0-9-]{1,14})\\(?P<user>[a-z][\w.-]{2,31})"
    r"(?<!\.txt)(?<!\.py)(?![\w\\/&.-])"
)
_OF_DOCKER = lazily(rf"(?m)^ Name: {_HOST}\n ID: (?P<serial>[\w:-]{{20,80}})$")
_OF_SUDO = lazily(rf"(?m)(?:^|[ \t]){_LOGIN}(?= : (?:[^\n]{{0,60}} ; )?TTY=)")
_OF_MACOS = lazily(rf"(?m)^(?:\([\w.-]{{1,40}}\) )?{_HOST}:[^\s:$]{{1,80}} {_LOGIN}(?=\$(?: |$))")  # a prompt
_LOGIN_OF_HOST = lazily(r"(?m)^(?P<host>(?=[\w.]{0,60}[\d-])[A-Za-z][\w.-]{1,62})(?= login: ?[\w.-]{0,32}$)")
_HOSTFILE = lazily(rf"(?m)^{_HOST}(?=[ \t]+(?:max[-_])?slots=\d)")
_EXPORT = lazily(
    rf"(?m)^(?://(?=\S{{1,80}}/))?{_HOST}(?=(?::/|/)[\w./-]{{0,100}}[ \t]+(?:on /|\d[\d.]{{0,12}}[KMGTP]?i?[ \t]+\d))"
)
_OF_KUBECTL = lazily(  # pods with their nodes, and nodes
    r"(?m)^[\w.-]{1,100}(?:[ \t]+[\w.-]{1,100})?[ \t]+\d{1,3}/\d{1,3}[ \t]+\w{1,30}[ \t]+\d{1,6}"
    r"(?: \([\w ]{1,20}\))?[ \t]+\w{2,10}"
    r"[ \t]+(?:\S{7,45}|<none>)[ \t]+(?P<host>[A-Za-z][\w.-]{1,100})"
    r"|^(?P<host_2>[A-Za-z][\w.-]{1,100})(?=[ \t]+"
    r"(?:Not)?Ready[\w,]{0,40}[ \t]+\S{1,60}[ \t]+\d{1,5}[smhdy]\w{0,6}[ \t]+v\d)"
)
_NVME = lazily(
    r"(?m)^/dev/nvme\d{1,3}n\d{1,3}[ \t]+(?:/dev/ng\w{1,10}[ \t]+)?(?P<serial>(?=\w{0,30}\d)[A-Z0-9_]{8,30})(?=[ \t])"
)

# words of which a text must hold one for the expression to be tried
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("rwx", "rw-", "r--", "r-x"), _FILE),
    (("pts/", "tty", "?", *(f".{digit} " for digit in range(10))), _OF_PS),
    ((" 20 ", " 0 ", " rt "), _OF_TOP),
    ((" reg ", " chr ", " dir ", " ipv", " unix ", " mem "), _OF_LSOF),
    (("/dev/",), _OF_FUSER),
    (("mib", "gib"), _OF_NVITOP),
    (("m)", "mib)"), _OF_GPUSTAT),
    (("pts/", "tty", " :0 ", " :1 ", "console"), _OF_WHO),
    ((" r ", " pd ", " cg ", " cd ", " f "), _OF_SQUEUE),
    ((" r ", " q ", " h ", " qw ", " -- "), _OF_QSTAT),
    ((" run ", " pend ", " done ", " exit ", "susp "), _OF_BJOBS),
    ((":x:", "::", ":*:"), _ACCOUNT),
    (("groups=",), _GROUP),
    (("uid:",), _OF_STAT),
    ((":(",), _OF_ICACLS),
    (("whoami", "user", "logname", "id -un"), _COMMANDS),
    (("hostname", "computername", "uname -n"), _HOSTNAME),
    (("s-1-",), _OF_WHOAMI),
    (("\\",), _OF_DOMAIN),
    ((" id: ",), _OF_DOCKER),
    ((": tty=", "; tty="), _OF_SUDO),
    (("$ ", "$\n"), _OF_MACOS),
    ((" login:",), _LOGIN_OF_HOST),
    (("slots=",), _HOSTFILE),
    ((":/", "//"), _EXPORT),
    (("ready ", "/"), _OF_KUBECTL),
    (("/dev/nvme",), _NVME),
)


def without_names_in_tables(text: str, low: str, named: Named) -> str:
    return replaced(text, low, named, _FORMS)


def replaced(text: str, low: str, named: Named, forms: Iterable[tuple[tuple[str, ...], re.Pattern[str]]]) -> str:
    """What the groups of expressions hold, which are called as `named` has it; `user_2` is another user."""
    for hints, pattern in forms:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(partial(_replaced, named=named), text)
    return text


def _replaced(found: re.Match[str], named: Named) -> str:
    shown, done = "", found.start()
    for group, name in found.groupdict().items():
        if name is not None:
            shown += found.string[done : found.start(group)] + named[group.split("_")[0]](name)
            done = found.end(group)
    return shown + found.string[done : found.end()]
