"""The way to a source, and what came from it."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import SOURCE, WAYS, Reason, Row

_UNREACHABLE = Reason("unreachable", f"{SOURCE}: it could not be reached", WAYS)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "wrong-file",
            "a downloaded file is not the expected one",
            "download it again: pip install --no-cache-dir; if it stays, {another_mirror}; do not use that file",
        ),
        (
            r"do not match the hashes", r"(?:hash|size) (?:sum )?mismatch", r"hashes of expected file",
            r"hash check failed", r"checksum ?mismatch", r"hash differs", r"wrong checksum",
            r"(?:checksum|hash|sha256|md5)\w{0,40} (?:mismatch|did not match|does not match)",
            r"not found in known hashes",
        ),
    ),
    (
        Reason(
            "wrong-file",
            "a downloaded file is not the expected one",
            "run this again; if it stays, {another_mirror}",
            is_general=True,
        ),
        (r"found incorrect download",),
    ),
    (
        Reason(
            "portal",
            "the address that is to be installed is one of a web page",
            "name the address of the file itself, or the package by its name",
        ),
        (r"content-type: text/html.{0,80}cannot detect archive(?: format.{0,40}cannot determine archive)?",),
    ),
    (
        Reason(
            "portal",
            "what was fetched is a page that says that the file is not there",
            "look up its address, and download it again",
        ),
        (r"line \d{1,2}: (?:not|404:?|moved|<\S{0,12}): command not found",),
    ),
    (
        Reason(
            "damaged-file",
            "a downloaded file is damaged",
            "run this again: it is downloaded again; if it stays, {mirror}",
        ),
        (
            r"end of central directory", r"not appear to be a valid zip", r"integrity check has failed",
            r"badzipfile|not a zip file", r"corrupt deflate", r"local file header",
            r"fill whole buffer",
            r"missing .{0,3}\.dist-info",
            r"(?:compressed file ended|unexpected end of (?:data|archive|file))", r"error -3 while decompressing",
            r"not in gzip format", r"tar: unexpected eof", r"not look like a tar archive",
            r"cannot (?:detect|determine) archive format", r"record file (?:is invalid|doesn't match)",
            r"bad crc \(got", r"bad (?:un)?compressed size", r"zip file (?:contains|uses|reports|end-of)",
            r"failed to extract (?:archive|files(?! from (?:.{1,300} log file:|\S{0,200}\\apps\\)))",
            r"failed to decode it", r"invalid wheel", r"crc error",
            r"wheel '[^']*' [^']{0,200}is invalid", r"the wheel is invalid", r"central directory corrupt",
        ),
    ),
    (
        Reason(
            "damaged-file",
            "a package that was fetched cannot be unpacked",
            "uv cache clean, and run this again; if it stays, uv self update",
            is_general=True,
        ),
        (r"failed to unzip wheel",),
    ),
    (
        Reason(
            "damaged-file",
            "an archive could not be read",
            "fetch it again, and run this again",
            is_general=True,
        ),
        (r"tar: error is not recoverable",),
    ),
    (
        Reason(
            "portal",
            f"{SOURCE}: the answer is not what such a source sends",
            "open any page in a browser: this network may want a login; if not, correct the source's address",
        ),
        (
            r"received some unexpected (?:html|json)", r"unsupported `content-type`",
            r"clearsigned file isn't valid", r"<!doctype html",
            r"redirectionnotsupported,\S{0,60}invokeex", r"invalid json primitive: <", r"while parsing value: <",
            r"parsererror: [^<]{0,300}<(?:html|head|body|meta|link|script|div|span|svg|title|li|a href)\b",
            r":\d{1,2} (?:char|字符|zeichen): ?1\b.{0,300}redirectionnotsupported",
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
        Reason("dns", f"{SOURCE}: its name was not found (DNS)", WAYS),
        (
            r"name or service not known", r"failure in name resolution", r"getaddrinfo", r"no such host is known",
            r"resolve host", r"nodename nor servname", r"name or address could not be resolved", r"dns error",
            r"failed to lookup address",
            r"(?:failure resolving|could not resolve) '", r"name could not be resolved", r"failed to resolve '",
            r"\b(?:enotfound|eai_again)\b",
            r"(?:winerror|errno) 1100[1-4]\b", r"(?:curl:|download error) \(6\)", r"0x80072ee7",
            r"winhttp\w{1,40}: 12007\b",
        ),
    ),
    (
        Reason("refused", f"{SOURCE}: the connection was refused", WAYS),
        (
            r"connection refused", r"\beconnrefused\b", r"actively refused", r"errno (?:111|61)\b",
            r"(?:winerror|os error|errno) 10061\b",
            r"os error 111\b",
            r"connect \(111: ",
        ),
    ),
    (
        Reason("timeout", f"{SOURCE}: it did not answer in time", WAYS),
        (
            r"timed out", r"didn't respond within", r"(?:curl:|download error) \(28\)",
            r"timeout (?:of \d+ seconds )?was reached",
            r"connect \(110: ", r"0x80072ee2", r"etimedout", r"timeouterror", r"network timeout", r"download stalled",
            r"rpc failed; curl 28 .{0,400}(?:hung up unexpectedly|early eof)",
            r"did not properly respond", r"httpclient\.timeout", r"(?:winerror|os error|errno) 10060\b",
            r"errno 110\b",
            r"\btimeout ?[(（]\d{1,5} ?s", r"wantreaderror", r"winhttp\w{1,40}: 12002\b",
        ),
    ),
    (
        _UNREACHABLE,
        (
            r"network is unreachable", r"no route to host", r"connect to the remote server", r"connection failed \[ip",
            r"(?:winerror|os error) 100(?:51|65)\b", r"could(?:n't| not) connect to server", r"are you offline\?",
            r"(?:curl:|download error) \(7\)", r"0x80072efd", r"winhttp\w{1,40}: 12029\b",
            r"connect \(1(?:01|13): ", r"fatal: unable to connect to ", r"0x8a150107\b",
            r"for -=: 'retry' and 'int'",
        ),
    ),
    (
        Reason("http", f"{SOURCE}: it answered git with status {{detail}}", f"{WAYS}; otherwise try again later"),
        (r"rpc failed; http ([45]\d\d)\b.{0,400}(?:hung up unexpectedly|early eof)",),
    ),
    (
        Reason("broken-off", f"{SOURCE}: the connection broke off", WAYS),
        (
            r"ended prematurely", r"incompleteread", r"connection (?:was )?(?:broken(?! by)|reset|aborted)",
            r"reset by peer", r"unexpected[ _]eof", r"early eof", r"rpc failed", r"connection (?:was|has been) closed",
            r"forcibly closed", r"(?:winerror|os error|errno|error\() ?100(?:53|54)\b", r"errno 104\b",
            r"(?:curl:|download error) \((?:18|52|56|92)\)(?! the requested url)",
            r"(?:recv|send) (?:error|failure)", r"connection closed before", r"h2 protocol error", r"\bhttp2 error\b",
            r"http/2 stream \d{1,6} was not closed cleanly", r"while reading sideband packet",
            r"hung up unexpectedly", r"encountered end of file",
            r"end closed connection", r"0x80072efe", r"winhttp\w{1,40}: 12030\b",
            r"decoding response body",
            r"reading a body", r"before message length",
            r"connection ended after",
            r"because of a broken pipe", r"\beconnreset\b", r"writing a body to connection",
            r"did not match content-length", r"not enough bytes were received",
            r"error while copying content to a stream",
        ),
    ),
    (
        Reason(
            "http",
            f"{SOURCE}: too many requests came from this network's address",
            "{mirror}; otherwise try again in an hour",
        ),
        (r"rate limit exceeded", r"\b429:? too many requests"),
    ),
    (
        Reason("http", f"{SOURCE}: it answered with status {{detail}}", f"{WAYS}; otherwise try again later"),
        (
            r"\bhttp(?:/[\d.]+)? (?:response: )?([45]\d\d)\b", r"\b([45]\d\d) (?:client|server) error",
            r"(?<!os )(?<!unknown )\berror:? \(?([45]\d\d)\)?(?![\d.])(?!: not found during handling)",
            r"does not indicate success: ([45]\d\d)\b",
            r"\w ?[:：] \((30\d|[45]\d\d)\)", r"\bstatus(?: code)?:? \(?([45]\d\d)\b",
            r"(?:错误|fehler|erreur) ([45]\d\d)[:：]",
            r"(?<!http error )(?<!credentials \()(?<!returned a )"
            r"\b([45]\d\d):? +(?:not found|forbidden|gone|bad gateway|gateway time)",
            r"(?<!with )error code: ([45]\d\d)\b",
            r"\b([45]\d\d):? +(?:(?:service|temporarily) unavailable|internal server error)",
        ),
    ),
    (
        Reason("broken-off", f"{SOURCE}: the download broke off", WAYS, is_general=True),
        (r"urllib3[\\/]response\.py\", line \d{1,5}, in (?:_error_catcher|read)\b",),
    ),
    (
        replace(_UNREACHABLE, is_general=True),
        (
            r"unable to access runtimes index",
            r"(?:unable|failed) to connect to(?! (?:the )?(?:system |session )?(?:bus|d-bus)\b)",
            r"client error \(connect\)", r"error sending request",
            r"failed to establish a new connection", r"connection failed for",
            r"error occurred while sending the request",
        ),
    ),
)
# fmt: on
