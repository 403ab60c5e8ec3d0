"""Hosts in what programs say of them: clients that cannot reach one, launchers, servers that were started."""

from __future__ import annotations

from doctor.privacy.lazily import lazily
from doctor.privacy.tables import Named, replaced

_NAME = r"(?=[\d.]{0,80}[A-Za-z-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,6}"
_TOP = "de|ch|at|edu|com|org|net|fr|uk|nl|it|es|se|no|fi|dk|be|pl|cz|pt|cn|jp|kr|ca|au|in|br|ru|io|ai|local"

_TOLD = lazily(  # by ssh, ping, mount, schedulers and clients of databases
    r"(?im)(?:\bcould not resolve hostname |\bconnect to host |\bpermanently added '\[?|\bauthenticity of host '\[?"
    r"|\bconnection to (?=\S{1,200} closed(?: by|\.|$))|\bclosed by (?:remote host )?(?=\S{1,100} port)"
    r"|\bhost key for \[?"
    r"|^PING (?=\S{1,200} \()"
    r"|\bserver at \"|\bauthenticating to (?=[\w.-]{1,200}:\d)"
    r"|\bhost ?name \"(?=\S{1,200}\" to)|\bgetaddrinfo (?:failed: |for |enotfound )|\beai_again "
    r"|\bnfs: server |\bservice not known: '|\bconnect(?:ing|ion)? (?:to"
    r"|with) (?:mysql server on )?[\"']?(?=[\w.-]{1,200}(?::\d|[\"'] \(\d))"
    r"|\bcould not connect to |\bsrun: error: (?=\S{1,100}: task)|\*\*\* (?:job|step) \S{1,20} on "
    r"|\bnodes (?=\S{1,100} are ready)"
    r"|\bfor (?=[\w.]{1,60}[\d-][\w.-]{0,60}:/\w)|\bfollowing workers: |\byour hostname, "
    r"|^[ \t]+host: (?=\S{1,100} kernel:)"
    r"|^[ \t]*hostname[ \t]+(?=[\w-]{1,60}[\d.-])|\bssh-remote(?:\+|%2b)|\baccounts for \\\\"
    r"|\bhost (?=[\w-]{1,60}:\d{2,5}\b)|(?<![\w/.-])node/(?=[\w.-]{1,80} )|^[ \t]*Node:[ ]{1,20}(?=[\w.-]{1,100}/\d)"
    r"|\bsuccessfully assigned \S{1,100} to "
    r"|\brunning at (?=\S{1,100}$)|\bnot available \([^)\n]{1,60}\) |\blocal host:[ ]{1,8}|\broute to host: \('"
    r"|\bworld info: \{'|\[proxy:\d{1,4}:\d{1,4}@"
    r"|, host: (?=[\w.]{0,60}[\d.-])|\blast login: [^\n]{1,60} from "
    r"|\bjob \S{1,20} (?:is )?(?:(?:running|started|starting|launched) )?on (?=\S{0,60}[\d.-])"
    r"|\bkilled on (?=\S{0,60}\d)|\bpdsh@(?:\S{1,80}: )?)"
    rf"(?P<host>{_NAME}(?:,{_NAME}){{0,20}})(?![\w(])"
)
_STATE = lazily(
    r"\b(?i:host|node) (?P<host>(?=[A-Za-z]{0,60}[\d.-])[A-Za-z][\w.-]{1,100})(?= (?:is|was|has|failed|died|went"
    r"|crashed)\b)"
)
_UNKNOWN = lazily(
    rf"(?<![\w./:'-])(?P<host>(?=[A-Za-z]{{0,60}}[\d.-]){_NAME})(?=: (?:Name or service not known"
    rf"|Temporary failure in name|nodename nor))"
)
_WHOLE = lazily(
    rf"\bon (?P<host>(?=[A-Za-z]{{0,60}}[\d-])[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{1,4}}\.(?:{_TOP}))(?![\w.-]*\w)"
)
_SERVED = lazily(
    r"(?:running at:|TensorBoard \S{1,12} at|(?:Server|Lab|Notebook)App\]) https?://(?P<host>[A-Za-z][\w-]{1,60})"
    r"(?=:\d)"
    r"|\b(?:tcp|ray|grpc)://(?P<host_2>[A-Za-z][\w-]{1,60}(?:\.[\w-]{1,60}){0,5})(?=[:/])"
)
_SET = lazily(
    r"\bDISPLAY=(?P<host>[A-Za-z][\w.-]{1,100})(?=:\d)|\b(?i:host_?name|node_?(?:host)?(?:name|addr)|node_?list"
    r"|batch_?host"
    r"|allocnode:sid)=[\"']?(?P<host_2>[A-Za-z][\w.-]{1,100})(?=[\"':]|\s|$)"
    r"|\bLSB_\w{0,12}HOSTS=[\"']?(?P<host_3>[A-Za-z][\w. -]{1,400})"
)
_SEARCHED = lazily(
    r"(?m)^(?:search|domain)[ \t]+(?P<host>[\w-]{1,60}\.[\w.-]{2,100}(?: [\w-]{1,60}\.[\w.-]{2,100}){0,5})(?=[ \t]*$)"
)
_CALLED = lazily(r"(?im)^[ \t]+computer name:[ \t]+(?P<place>[^\n<]{2,60}?)(?=[ \t]*$)")  # by its owner, with spaces

_FORMS = (
    (
        (
            "ssh",
            "host",
            "server",
            "ping ",
            "closed",
            "connect",
            "not known",
            "resolv",
            " on ",
            "nodes ",
            "error",
            " for ",
            "authenticating",
            "node:",
            "node/",
            "pdsh@",
            "assigned",
            "running at",
            "world info",
            "proxy",
            "available",
            "login",
            "workers",
        ),
        _TOLD,
    ),
    (("host ", "node "), _STATE),
    ((": name or", ": temporary", ": nodename"), _UNKNOWN),
    (("on ",), _WHOLE),
    ((" at", "app]", "://"), _SERVED),
    (("display=", "name=", "addr=", "list=", "batchhost=", "allocnode", "hosts="), _SET),
    (("search ", "domain "), _SEARCHED),
    (("computer name:",), _CALLED),
)


def without_hosts_in_messages(text: str, low: str, named: Named) -> str:
    return replaced(text, low, named, _FORMS)
