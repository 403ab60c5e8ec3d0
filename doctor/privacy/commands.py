"""Names on command lines: of whom a command is asked to run as, of whose processes and jobs, of machines it goes to."""

from __future__ import annotations

from doctor.privacy.lazily import lazily
from doctor.privacy.tables import Named, replaced

_LOGIN = r"(?P<user>[A-Za-z_][\w.-]{0,31})"
_HOSTS = r"(?P<host>(?=[\w.,:]{0,80}[\d.\[-])[A-Za-z][\w.,:-]{1,200}(?:\[[\d,-]{1,40}\])?)"
_END = r"(?=[ \t]*(?:$|[|;&]))"

_AS = lazily(
    rf"\bsudo (?:-[A-Za-z]{{1,4}} ){{0,3}}-i?u[ =]?{_LOGIN}|\b(?:su|runuser) (?:-l "
    rf"|- )(?P<user_2>[A-Za-z_][\w.-]{{0,31}})"
)
_WHOSE = lazily(
    r"\b(?:ps|h?top|p(?:kill|grep)|killall|squeue|sacct|scancel|sreport|qstat|qdel|bjobs|bkill|quota|crontab|lsof"
    r"|condor_q|loginctl)\b"
    rf"[^\n|;&]{{0,60}}? (?:-u|--users?)[ =]{_LOGIN}(?![\w(])"
)
_OWNER = lazily(rf"\bchown (?:-[A-Za-z]{{1,4}} ){{0,3}}{_LOGIN}(?::(?P<group>[A-Za-z_][\w.-]{{0,31}}))?(?= )")
_MEMBER = lazily(
    rf"(?m)\b(?:usermod (?:-\w{{1,3}} (?:[\w,]{{1,80}} (?=\S))?){{1,4}}|(?:add|del)user (?:--?[\w-]{{1,30}} ){{0,3}}"
    rf"|gpasswd -[ad] |enable-linger "
    rf"|useradd [^\n|;&]{{0,80}} ){_LOGIN}(?=[ \t]*(?:$|[|;&]| [\w-]{{1,32}}[ \t]*$))"
)
_ASKED = lazily(rf"(?m)^[$# ]{{0,3}}(?:sudo )?(?:id|groups|finger|passwd|quota|newgrp) {_LOGIN}{_END}")
_ACCOUNT_OF_IMAGE = lazily(rf"(?m)^USER {_LOGIN}(?=(?::\S{{1,32}})?[ \t]*$)")
_STARTED = lazily(
    r"(?m)\b(?:mpirun|mpiexec|horovodrun|prun|pdsh|clush|srun|salloc|sbatch|deepspeed)\b[^\n]{0,120}? -?-(?:H|hosts?|w"
    r"|include)[ =]" + _HOSTS
)
_SSH = lazily(
    r"(?m)\bssh(?:\.exe)?[\"']? (?:-[46AaCfgKkMNnqsTtVvXxYy]{1,6} |-[bcDEeFIiJLlmOopQRSWw] ?\S{1,100} ){0,8}"
    r"(?P<host>(?=\S{0,60}\d|\S{1,60}\.\w)[A-Za-z][\w.-]{1,100})(?=\s|$)"
    r"|^[$ ]{0,4}ssh (?P<host_2>[A-Za-z][\w-]{1,60})(?=[ \t]*$)"
)
_FORWARDED = lazily(r" -[LR] ?(?:[\w.*]{1,40}:)?\d{1,5}:(?P<host>[A-Za-z][\w.-]{1,100})(?=:\d)")
_AS_ON_WINDOWS = lazily(  # of net use, runas, cmdkey, psexec
    r"(?i) /user:[\"']?(?:(?P<host>[A-Za-z][\w.-]{1,40})\\{1,2})?(?P<user>[A-Za-z_][\w.-]{1,40})"
)
_KEPT = lazily(r"(?i)\bcmdkey(?:\.exe)? /(?:add|generic|delete):(?P<host>[A-Za-z][\w.-]{1,100})")
_SMB = lazily(
    r"(?m)\b(?:smbclient|mount\.cifs|mount_smbfs) [^\n|;&]{0,60}?//"
    r"(?P<host>(?=[\w.]{0,60}[\d-])[A-Za-z][\w.-]{1,100})(?=/)"
    r"(?:[^\n|;&]{0,120}? -U[ =]?(?P<user>[A-Za-z_][\w.-]{1,40}))?"
)
_INVENTORY = lazily(r"\bansible(?:-\w{1,12})?\b[^\n]{0,60}? -i [\"']?(?P<host>[A-Za-z][\w.-]{1,100})(?=,)")
_COPIED = lazily(r"\b(?:scp|rsync)\b[^\n]{0,200}? (?P<host>[A-Za-z][\w.-]{1,100})(?=:[~/.\w])")

_FORMS = (
    (("sudo ", "su -", "runuser"), _AS),
    ((" -u", " --user"), _WHOSE),
    (("chown ",), _OWNER),
    (("usermod", "adduser", "deluser", "gpasswd", "linger", "useradd"), _MEMBER),
    (("id ", "groups ", "finger ", "passwd ", "quota ", "newgrp "), _ASKED),
    (("user ",), _ACCOUNT_OF_IMAGE),
    (("mpi", "horovod", "prun", "pdsh", "clush", "srun", "salloc", "sbatch", "deepspeed"), _STARTED),
    (("ssh ", "ssh.exe"), _SSH),
    ((" -l", " -r"), _FORWARDED),
    ((" /user:",), _AS_ON_WINDOWS),
    (("cmdkey",), _KEPT),
    (("smbclient ", "mount.cifs ", "mount_smbfs "), _SMB),
    (("ansible",), _INVENTORY),
    (("scp ", "rsync "), _COPIED),
)


def without_names_in_commands(text: str, low: str, named: Named) -> str:
    return replaced(text, low, named, _FORMS)
