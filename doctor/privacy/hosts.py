"""Names of hosts, where a text says that a word is one: under a key, in the kernel's line, before a rank's messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from doctor.privacy.data_files import public_names
from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import HOST, StandIns

_NAME = r"(?=[\d.]{0,80}[A-Za-z-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,6}"
_KEYS = (
    r"\b(?:static |transient |[a-z]{0,12})host[ _-]?name|\b(?:node|computer|machine|system)[ _]?name|\bps?computername"
    r"|\bcs(?:dnshost)?name(?=[ ]{0,60}:)|\buser(?:dns)?domain(?:_roamingprofile)?|^domain(?=:[ ]{6})"
    r"|\blogon ?server|\brdzv_endpoint|\bmain[_-]process[_-]ip",
    r"dns[ -]suffix\w{0,12}(?: search list)?|suffixe dns[^\n.:]{0,30}|dns 后缀(?:搜索列表)?"
    r"|主机名称?|主機名稱|计算机名称?|系统名称|系統名稱|電腦名稱|设备名称"
    r"|ホスト名|コンピュータ(?:ー|ー ?の)?名|rechnername|gerätename|nom de l['’]h[ôo]te|nombre de(?:l)? (?:host|equipo)"
    r"|имя (?:узла|компьютера)",
    r"\bSLURM\w{0,12}NODE(?:NAME|LIST)|\bSLURM_(?:CLUSTER_NAME|TOPOLOGY_ADDR)|\bClusterName(?==)|\bnode[ _]?list(?=:?="
    r"|:)"
    r"|\b(?:nodes|(?:allocated|assigned|compute|head|worker|master) nodes?)(?=[:=][ ]?(?=[\w.]{0,60}[\d-]))"
    r"|\bMASTER_ADDR|\bHEAD_NODE\w{0,8}|\bmaster(?=[:=] ?(?=[\w.-]{1,120}:\d))",
    r"(?-i:^[ \t]*host[ \t]{0,12}(?=:))|\bnode(?==')|\b(?:smb-share|sftp|davs?|afp-volume):(?:server|host)(?==)"
    r"|\"(?:host|node)(?=\")|(?<![\w.])host(?==(?=[\w.-]{0,60}\d))"
    r"|(?-i:^[<> ]{0,4}Host)(?=:[ ](?=[\w.-]{1,120}\.[a-z]{2,6}[ ]*$))"
    r"|(?-i:^[ ]{1,8}Host)(?=:[ ]{2,40}[\w.-]{1,100}[ ]*$)"
    r"|(?-i:\b[A-Z][A-Z0-9_]{0,30}HOST)(?==(?=\S{0,80}[\d.-]))|(?-i:^(?:export )?HOST)(?==)",
)
_KEYED = lazily(
    rf"(?im)((?:{'|'.join(_KEYS)})\\*[\"']?"
    rf"(?:[ ]{{0,3}}\.){{0,20}}[ \t]{{0,60}}(?::?[:=\uff1a]|\t|(?<=name)>)[ \t]{{0,40}}[\\\"'\[]{{0,4}}"
    r"|--(?:node|host|ip|main[_-]process[_-]ip|nodelist|exclude(?==\w+\[)|rdzv[_-]endpoint|master[_-]addr)[ =]"
    r"|\bthe node '"
    rf"|\bhost ?name is )({_NAME}(?:\[[\d,-]{{1,40}}\])?)(?![\w(]|://|[ \t]+\w)"
)
_UNAME = lazily(
    rf"\b((?:Linux|Darwin|FreeBSD|(?:CYGWIN|MINGW|MSYS)[\w.-]{{0,20}})[ \t]+)({_NAME})"
    r"(?=[ \t]+\d{1,2}\.\d{1,3}[\w.+()~-]{0,60}[ \t]+(?:#\d|Darwin|x86_64|aarch64|\d{4}-\d\d|Microsoft))"
)
_NCCL = lazily(
    rf"(?<![\w.:<>/-])({_NAME})"
    r"(?=:\d{1,8}:\d{1,8} (?:\[\w{1,8}\] )?(?:\S{1,80}:\d{1,6} )?(?:NCCL|RCCL|HCCL)\b)"
)
_MPI = lazily(rf"(?m)((?:^|\s)\[)(?![\da-f]{{4}}:)({_NAME})(?=:\d{{2,8}}\])")  # ids of PCI are four digits, too
_SOCKET = lazily(
    r"((?:client socket has failed to connect to|server socket on|addresse?s? of|connect(?:ion)? to"
    r"|Connecting to) [\[(])"
    rf"({_NAME})(?=[\]),])"
)
_INTERNAL = lazily(
    r"(?<![\w./@<>-])((?=[\w-]{0,62}[\d-])[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){0,5}"
    r"\.(?:local|internal|lan|corp|intra|intranet|localdomain|cluster|hpc|private|home\.arpa)"
    r"|ip-\d{1,3}(?:-\d{1,3}){3}(?:\.[\w.-]{1,80})?|ec2-\d{1,3}(?:-\d{1,3}){3}\.[\w.-]{1,80})(?![\w-]|\.\w)"
)
_ADDRESSED = lazily(  # a word alone, which is a name of this network only
    r"(?i)(\b(?:https?|wss?|tcp|ssh|grpc|ray|redis|tls|nfs)://(?:[^\s/@]{1,100}@)?)"
    r"([a-z](?:(?=[\w-]{0,62}[\d-])[\w-]{1,62}(?=[:/])|[\w-]{1,62}(?=:\d)))"
)
_TUNNELLED = lazily(  # what opens a machine to whoever knows the address, and what a cloud keeps for one customer
    r"(?i)(?<![\w.<>-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}(?=\.(?:gradio\.(?:live|app)|ngrok(?:-free)?\.(?:io|app|dev)"
    r"|trycloudflare\.com|loca\.lt|lhr\.(?:life|rocks)|serveo\.net|proxy\.runpod\.net|ts\.net|duckdns\.org|dyndns\.org"
    r"|ddns\.net|no-ip\.\w{2,4}|hopto\.org|myqnapcloud\.com|synology\.me|localhost\.run"
    r"|(?:database|servicebus|search)\.windows\.net|\w{4,8}\.core\.windows\.net|azurewebsites\.net|azurecr\.io"
    r"|(?:openai|cognitiveservices|documents|cloudapp|azmk8s)(?:\.\w{2,20})?\.azure\.com|vault\.azure\.net|azuredatabricks\.net"
    r"|cloud\.databricks\.com|snowflakecomputing\.com|(?:rds|cache|elb|es|redshift)\.amazonaws\.com|mongodb\.net"
    r"|supabase\.co|firebaseio\.com|herokuapp\.com|sharepoint\.com|atlassian\.net|jfrog\.io|okta\.com)(?![\w-]|\.\w))"
)
_OF_GIT = lazily(rf"(?<![\w.])(git@)({_NAME})(?=[:/])")
_ON = lazily(rf"(?i)(\b(?:on|from) (?:host|node) [\"'`(]?)((?=\S{{0,60}}[\d.-]){_NAME})(?=[\s\"'`),:;]|\.?$)")
_SYSLOG = lazily(
    r"(?m)^((?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,+-]{8,24}Z?) )"
    rf"({_NAME})(?= [\w./-]{{1,60}}(?:\[\d{{1,8}}\])?: )"
)
_OF_WINDOWS = lazily(r"(?<![\w-])()((?:DESKTOP|LAPTOP)-[A-Z0-9]{5,8}|WIN-[A-Z0-9]{11})(?![\w-])")  # as setup names it
_UNC = lazily(  # the two forms of backslashes, so that what is only escaped is none
    r"(?<![\\\w:.>])(\\\\(?!\\)|\\{4}(?!\\))([A-Za-z][\w.-]{1,62})"
    r"(?=(?:(?<!\\)\\(?!\\)|\\\\(?!\\))[A-Za-z$][\w$ .-]{1,80})"
)
_DOTTED = lazily(r"(?<![\w./@<>-])[A-Za-z][\w-]*+(?:\.[\w-]++){2,6}+(?![\w.])")
_NODES = ("gpu", "node", "cn", "login", "compute", "nid", "dgx", "hpc", "worker", "slave", "master", "head", "nvr")
_NODE = lazily(rf"(?i)(?:{'|'.join(_NODES)}|[avhl]\d{{2,3}}|r\d{{1,3}}[a-z])(?=[\w-]*\d)[\w-]*")

_PUBLIC = lazily(
    r"(?i)<.*|.|wsl(?:[$.].*)?|(?:host|user)[-\d]*|[\da-f]{12}|tcp|shm|ipc|kernel|version|file|socket|true|false|none"
    r"|unknown"
    r"|(?:host|gateway|kubernetes)\.docker\.internal|metadata\.google\.internal|localhost(?:\.localdomain)?"
    r"|.*\.(?:py|pyx|cpp|cc|cxx|cu|cuh|c|h|hpp|go|rs|java|js|ts|so|log|txt|json|ya?ml|toml|sh|md|out|err|\d+)"
)
_LIKE_DEVICES = lazily(r"(?i)(?:gpu|cuda|rank|xpu|npu|device|cpu|mps|node|worker)[-_]?\d{0,3}")

# of which one stands before a host's name
_NAMES = (
    *(
        "computer",
        "csname",
        "csdns",
        "machine name",
        "machinename",
        "system name",
        "主机",
        "系统名称",
        "系統名稱",
        "主機",
        "计算机",
        "電腦",
        "设备",
        "ホスト",
        "コンピュ",
    ),
    *("rechner", "gerätename", "nom de", "nombre de", "имя "),
)
_INNER = (".local", ".internal", ".lan", ".corp", ".intra", ".cluster", ".hpc", ".private", ".home", "ip-", "ec2-")

_LIST = lazily(r"[,: ]")
_ONE = lazily(r"[A-Za-z][\w.-]*")

Learn = Callable[[str, str], None]
# words of which a text must hold one for the expression to be tried
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        (
            "host",
            "node",
            "rdzv",
            "--exclude",
            "master",
            "logon",
            "topology_addr",
            "后缀",
            "cluster",
            "main_process",
            "--ip",
            "suffix",
            "domain",
            "server=",
            *_NAMES,
        ),
        _KEYED,
    ),
    (("desktop-", "laptop-", "win-"), _OF_WINDOWS),
    (("://",), _ADDRESSED),
    (("git@",), _OF_GIT),
    (("on host ", "on node ", "from host ", "from node "), _ON),
    (("[", ": "), _SYSLOG),
    (("linux ", "darwin ", "bsd ", "cygwin", "mingw", "msys"), _UNAME),
    (("ccl ",), _NCCL),
    (("[",), _MPI),
    (("socket", "address", "connect"), _SOCKET),
    (_INNER, _INTERNAL),
    (("\\\\",), _UNC),
)


def namer(names: StandIns, learn: Learn) -> Callable[[str], str]:
    """What gives a host its stand-in; `learn` is told both, other than of names that a device may have, too."""

    def named(name: str) -> str:
        if "[" not in name and _LIST.search(name):
            return _ONE.sub(lambda one: named(one[0]), name)
        if is_public_host(name):
            return name
        stand_in = names.of(HOST, name)
        if not _LIKE_DEVICES.fullmatch(name):
            learn(name, stand_in)
        return stand_in

    return named


def without_hosts(text: str, low: str, names: StandIns, learn: Learn) -> str:
    named = namer(names, learn)
    for hints, pattern in _FORMS:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(partial(_replaced, named=named), text)
    if "." in text:
        text = _TUNNELLED.sub(lambda found: names.of(HOST, found[0]), text)
    if text.count(".") >= 2 and any(map(low.__contains__, _NODES)):
        text = _DOTTED.sub(partial(_node, named=named), text)
    return text


def is_public_host(name: str) -> bool:
    """One that many machines have, a stand-in, the id of a container, or no host at all."""
    return bool(_PUBLIC.fullmatch(name)) or name.lower() in public_names("accounts") or _is_of_everybody(name.lower())


def _is_of_everybody(name: str) -> bool:
    return ".".join(name.rsplit(".", 2)[-2:]) in public_names("domains")


def _replaced(found: re.Match[str], named: Callable[[str], str]) -> str:
    *before, name = (group for group in found.groups() if group is not None)
    return "".join(before) + named(name)


def _node(found: re.Match[str], named: Callable[[str], str]) -> str:
    """A whole name of a node in its cluster's domain; not that of a file or of an attribute in a program."""
    is_node = _NODE.fullmatch(found[0].split(".")[0]) and re.search(r"\.[a-z]{2,}$", found[0])
    return named(found[0]) if is_node else found[0]
