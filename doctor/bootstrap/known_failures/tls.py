"""TLS and certificates."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import Reason, Row

_NO_TLS = Reason(
    "tls",
    "no secure connection (TLS) could be made",
    "install the system's updates; behind a proxy set HTTPS_PROXY; "
    "a program that inspects connections may have to be set up for this",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "tls",
            "the TLS certificate is not trusted: it is not valid yet, or has expired",
            "set this machine's clock, if it is wrong; if it is right, {mirror}",
        ),
        (
            r"certificate (?:is not yet valid|has expired)", r"0x(?:80090328|800b0101)",
            r"-(?:2146893016|2146762495)\b", r"certificate chain: (?:\w{1,40}, ){0,4}nottimevalid",
            r"peer certificate: (?:certificate )?(?:expired|not ?valid ?yet)",
        ),
    ),
    (
        Reason(
            "tls",
            "whether the TLS certificate has been revoked could not be checked",
            "a company network, or a program that inspects or speeds up connections, is often why: set it up for this",
        ),
        (
            r"0x8009201[023]", r"-214688561[34]\b", r"_revocation_",
            r"certificate chain: (?:revocationstatusunknown|offlinerevocation)",
        ),
    ),
    (
        Reason(
            "tls",
            "the file with TLS certificates that is set is not there, or cannot be read",
            "correct or unset what names it: SSL_CERT_FILE, PIP_CERT, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
        ),
        (
            r"suitable tls ca certificate bundle", r"sslerror: \[errno 2\]", r"load_verify_locations.{0,200}errno 2\]",
            r"curl: \(77\)", r"ssl_verify does not contain a valid", r"failed to read certificate file",
            r"no valid certificates found in",
        ),
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
            r"ssl certificate problem", r"self[- ]signed certificate", r"get local issuer certificate",
            r"remote certificate (?:is|was) (?:invalid|rejected)", r"trust relationship",
            r"certificate verification failed", r"ssl peer certificate or ssh remote key",
            r"self_signed_cert|unable_to_verify_leaf|unable_to_get_issuer",
            r"certificate of .{1,100} is not trusted",
            r"confirming the ssl certificate: unknown error",
            r"hostname '[^']{1,100}' doesn't match",
            r"cannot verify \S+ certificate",
            r"0x(?:80090325|80090322|800b010[9af])",
            r"-(?:21468930(?:19|22)|214676248[167])\b", r"(?:curl:|download error) \(60\)",
        ),
    ),
    (
        replace(
            _NO_TLS,
            sentence="no secure connection (TLS) could be made: the TLS of this Python or system is too old",
            next_step="install the system's updates, or a newer version of Python",
        ),
        (r"tlsv1[_ ]alert[_ ]protocol[_ ]version",),
    ),
    (
        replace(_NO_TLS, sentence="the connection broke off, most likely before it was secure (TLS)"),
        (
            r"unexpected error occurred on a (?:send|receive)",
        ),
    ),
    (
        _NO_TLS,
        (
            r"create ssl/tls secure channel", r"secure channel support", r"received (?:corrupt message|fatal alert)",
            r"ssl connection could not be established",
            r"handshake[ _]?failure",
            r"violation of protocol",
            r"\[(?:ssl|asn1|x509)\b[: \w]{0,60}\]", r"tlsv1\w{0,20} alert", r"tls alert", r"corrupted frame",
            r"common algorithm", r"security protocol is not supported",
            r"0x80072f8f", r"winhttp\w{1,40}: 12175\b",
            r"ssl_error_syscall", r"gnutls_handshake", r"(?:curl:|download error) \(35\)",
        ),
    ),
    (
        replace(_NO_TLS, is_general=True),
        (r"establish ssl connection", r"encountered an ssl error", r"confirming the ssl certificate", r"\bsslerror\("),
    ),
)
# fmt: on
