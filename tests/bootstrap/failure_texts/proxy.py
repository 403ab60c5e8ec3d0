"""The proxy."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "proxy": (
        "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)",
        "('Connection aborted.', BadStatusLine('\\x15\\x03'))",
        "curl: (1) Received HTTP/0.9 when not allowed",
        "  Caused by: invalid HTTP version parsed",
        "× Failed to connect to proxy http://a.example while fetching it\n╰─> [Errno 111] Connection refused",
        "error: invalid proxy URL: a",
        "OSError('Tunnel connection failed: 503 Service Unavailable')",
        "  Caused by: tunnel error: unsuccessful",
        "ERROR 407: the proxy asks",
        "Proxy authentication is needed",
        "HTTP code 403 from proxy after CONNECT",
        "需要代理身份验证",
        "Proxyauthentifizierung erforderlich",
        "requests.exceptions.ProxyError: no",
        "curl: (7) Unable to connect to proxy",
        "curl: (5) Could not resolve proxy: a.example",
        "ERROR: Missing dependencies for SOCKS support.",
        "ValueError: Unable to determine SOCKS version from socks://192.0.2.1:1",
        "Please check proxy URL. It is malformed",
        "ProxySchemeUnknown: Proxy URL had no scheme",
        "ValueError: check_hostname requires server_hostname",
        "curl: (56) CONNECT tunnel failed, response 403",
        "fatal: Proxy CONNECT aborted",
        "  Caused by: unknown proxy scheme",
        "ProxyError('Your proxy appears to only use HTTP and not HTTPS')",
        "Response status code does not indicate success: 407 (odd).",
    ),
}
