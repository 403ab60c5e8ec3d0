"""Why an installer found no files: the reason in one line and what to do, from a look of our own and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.bootstrap.known_failures import Spelling
from doctor.bootstrap.reasons import reason
from doctor.mirrors import settings as user
from doctor.model import DoctorError, Exit
from doctor.privacy import without_credentials
from doctor.process import ProcessResult
from doctor.setup import index_page
from doctor.setup.conflict import conflict_error
from doctor.setup.model import Where
from doctor.setup.tools import Installer
from doctor.target import Target

AT_FAULT = "{address} {problem}"
NO_VERSION = "there is no {wanted} for this Python and platform"
NEWEST = "{lacks}; the newest there: {versions}"
_SHOWN_LINES = 8
_LONGEST = 240
_ADDRESS = re.compile(r"https?://[^\s`'\"()*]++(?![(*])")
_PIP_LACKS = re.compile(
    r"Could not find a version that satisfies the requirement (\S{1,200}).{0,300}?\(from versions: ([^()]{0,9000})\)"
)
_UV_LACKS = re.compile(r"there is no version of (\S+)")
_UV_UNKNOWN = re.compile(r"Because (\S+) was not found in the package registry")
_ERROR = re.compile(r"\s*(?:ERROR|error|×)\W+(.+)")
_CAUSE = re.compile(r"\s*(?:Caused by|cause): (.+)")
_MIRRORS = "find a source that works with `torch-doctor mirrors`, or name one with --index-url"
_TODO = (
    ("(DNS)", "check the spelling of the address, and the network; " + _MIRRORS),
    ("certificate", "where the network inspects TLS, let SSL_CERT_FILE name its certificate; else " + _MIRRORS),
    ("proxy", "correct the proxy settings (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY)"),
    ("HTTP 40", "check the address, and its user and password; " + _MIRRORS),
    ("there is no", "name another version, another Python (--python), or an index that has it (--index-url)"),
)
_SPELLING = Spelling("name another folder with --env", _MIRRORS, "try another source with --index-url")


def resolve_error(ended: ProcessResult, requirements: Sequence[str], where: Where, installer: Installer) -> DoctorError:
    """In three lines, never the list of all versions."""
    text = f"{ended.stderr}\n{ended.stdout}"
    if conflict := conflict_error(text):
        return conflict
    some = ", ".join(requirements[:3]) + (f" and {len(requirements) - 3} more" if len(requirements) > 3 else "")
    looked = _looked(text, requirements, where, installer)
    why, step = ("", "") if looked else why_failed(ended)
    context = looked or _said(text) or ended.story
    message = f"{some} cannot be had{why}"
    return DoctorError("setup-resolve", message, context, step or to_do(context), exit_code=Exit.NOT_DONE)


def why_failed(ended: ProcessResult) -> tuple[str, str]:
    """Why an installer failed, as the end of a sentence, and what to do; nothing where it does not say."""
    found = reason(f"{ended.stdout}\n{ended.stderr}", _SPELLING)
    return (f": {found.sentence}", found.next_step) if found else ("", "")


def to_do(words: str) -> str:
    """After a look of our own, or after what an installer says."""
    if todo := next((todo for word, todo in _TODO if word in words), ""):
        return todo
    found = reason(words, _SPELLING)
    return found.next_step if found else _MIRRORS


def _looked(text: str, requirements: Sequence[str], where: Where, installer: Installer) -> str:
    """What a look of our own shows, or what is missing; "" where neither tells."""
    lacks, answered = _lacks(text)
    page = "" if answered else _page(text, requirements, where, installer)
    problem = index_page.read(page).problem if page else ""
    return AT_FAULT.format(address=without_credentials(page), problem=problem) if problem else lacks


def _page(text: str, requirements: Sequence[str], where: Where, installer: Installer) -> str:
    """The page that was asked for: of the index that was named, that uv names, or that pip is set up with."""
    named = _page_named(text)
    if where.kind in ("flat", "folder") or (where.kind == "default" and named):
        return named
    url = where.url or (user.read(Target(installer.argv[0])).index_url if installer.kind == "pip" else "")
    return f"{url.rstrip('/')}/{re.split(r'[^A-Za-z0-9_.-]', requirements[0])[0]}/" if url else ""


def _page_named(text: str) -> str:
    return next((found[0] for found in _ADDRESS.finditer(text) if found[0].endswith("/")), "")


def _lacks(text: str) -> tuple[str, bool]:
    """What is missing, and whether an index answered at all."""
    if found := _PIP_LACKS.search(text):
        lacks = NO_VERSION.format(wanted=found[1].replace("===", "=="))
        versions = [version for version in found[2].split(", ") if version != "none"]
        return (NEWEST.format(lacks=lacks, versions=", ".join(versions[-3:])), True) if versions else (lacks, False)
    answered = _UV_LACKS.search(text)
    found = answered or _UV_UNKNOWN.search(text)  # which uv says of an index that wants a login, too
    lacks = NO_VERSION.format(wanted=found[1].replace("===", "==")) if found else ""
    return lacks, bool(answered)


def _said(text: str) -> str:
    """The error in the installer's words, with the last of its causes."""
    lines = [line for line in text.splitlines() if line.strip()]
    if "ERROR: Exception:" in lines:
        return f"pip failed itself: {lines[-1].strip()}"
    errors = [found[1] for line in lines if (found := _ERROR.match(line))]
    causes = [found[1] for line in lines if (found := _CAUSE.match(line))]
    said = ": ".join([*errors[:1], *causes[-1:]]) or "".join(lines[:1]).strip()
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def last_words(ended: ProcessResult) -> str:
    """The end of what a command said, for people."""
    text = "\n".join(line for line in (ended.stderr or ended.stdout).splitlines() if line.strip())
    return "\n".join(text.splitlines()[-_SHOWN_LINES:]) or ended.story
