"""Git does not reach the server that it fetches from, or the transfer breaks.

## Why it matters
Requirements that begin with `git+https://`, and many programs when they start, fetch their sources with Git. Git does
not go on where it stopped: what breaks once is fetched again from the start, and pip's own time-outs and mirrors do not
count for it.

## What to do
Try again with less to fetch. Git knows nothing of the proxy of a browser or of Windows: it is told of one by its own
setting `http.proxy`, or by HTTPS_PROXY. Where the server stays out of reach, the archive of the same sources can be
fetched otherwise and installed from its folder.

## References
- https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpproxy
- https://git-scm.com/docs/git-clone#Documentation/git-clone.txt---depthltdepthgt
- https://pip.pypa.io/en/stable/topics/vcs-support/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_CAUSE = (
    r"(?:(?:OpenSSL|LibreSSL|schannel|GnuTLS|gnutls)\b(?!.{0,120}certificate)|Failed to connect to|Couldn't connect"
    r"|Could not resolve (?:host|proxy)|(?:Recv|Send) failure|Connection (?:was|timed|reset|refused)|Empty reply"
    r"|Operation (?:too slow|timed)|The requested URL returned error: 5|Received HTTP code \d{3} from proxy"
    r"|HTTP/2 stream|Proxy CONNECT|SSL_ERROR_SYSCALL|transfer closed)"
)
_NO_HUB = r"(?!\S{0,20}(?:huggingface|hf-mirror|modelscope)\b)"
SIGNATURES = (
    rf"fatal: unable to access '?https?://{_NO_HUB}[^'\s]{{1,300}}'?: {_CAUSE}",
    r"\bRPC failed; (?:curl (?:5|6|7|16|18|28|35|52|55|56|92)|HTTP 5\d\d)\b",
    r"^\W{0,12}(?:fatal: (?:early EOF|fetch-pack: invalid index-pack output|the remote end hung up unexpectedly)"
    r"|fetch-pack: unexpected disconnect while reading sideband packet)",
    r"^\W{0,12}(?:ssh: connect to host \S{1,80} port \d{1,5}: "
    r"|Connection (?:closed|reset) by \S{1,80} port (?:22|443)\b|kex_exchange_identification: )",
)
EXPLAINS = ("dataset-not-downloaded",)
AGAIN = "Try again, and fetch less: `git clone --depth 1` takes the newest state alone"
PROXY = (
    "If there is a proxy, tell Git of it: it does not use the browser's or that of Windows' settings. What it uses now"
    " is told by `git config --get-regexp proxy`"
)
ARCHIVE = (
    "Or fetch the sources as a ZIP archive (on GitHub: Code > Download ZIP), unpack it, and run"
    " `python -m pip install .` in its folder"
)


def remedies() -> tuple[Action, ...]:
    return Advice(title=AGAIN), Advice(title=PROXY), Advice(title=ARCHIVE)
