"""Who is to be probed: the catalog's sources, what the user's configuration says now, and a file of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from doctor.catalog import mirrors as catalog
from doctor.facts import Source, Sources
from doctor.files import regular
from doctor.mirrors.model import MirrorCandidate, WantedPackage
from doctor.mirrors.services import BY_NAME, SERVICES, services_named
from doctor.mirrors.settings import ClientSettings
from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.text.addresses import parts_of
from doctor.text.documents import Unparsable, toml

BUILT_IN = "pip's built-in default"
_SCHEMES = ("http", "https")


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    """A row of a candidates file. `reference`: true for what others are compared with, or the address of that."""

    service: str
    name: str
    url: str
    reference: bool | str = False
    layout: str = "simple"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    mirror: tuple[_Row, ...]


def candidates(
    services: Iterable[str],
    settings: ClientSettings,
    wanted: WantedPackage,
    sources: Sources | None,
    file: str | None = None,
) -> tuple[MirrorCandidate, ...]:
    """Every candidate once, in the order of the services: configured ones first, then official ones, then mirrors.

    A file that names a reference for a service tells all about that service: the catalog's sources of it are left out.
    """
    rows = _read_candidates_file(file, wanted) if file else ()
    own = {row.service for row in rows if row.reference}
    asked = set(services) | ({row.service for row in rows} if file else set())
    found: list[MirrorCandidate] = []
    for service in (s.name for s in SERVICES if s.name in asked):
        set_up = _configured_candidates(service, settings, sources)
        listed = [row for row in rows if row.service == service]
        known = [] if service in own else _catalog_candidates(service, settings, wanted)
        names = {row.name for row in listed}
        found += _with_reference(_merge_by_url([*set_up, *(c for c in known if c.name not in names), *listed]))
    return tuple(found)


def _with_reference(found: list[MirrorCandidate]) -> list[MirrorCandidate]:
    """Where no official source is known, what is set up now is what the others are compared with."""
    if found and found[0].configured and not any(c.reference for c in found):
        found[0] = msgspec.structs.replace(found[0], reference=True)
    return found


def _catalog_candidates(service: str, settings: ClientSettings, wanted: WantedPackage) -> list[MirrorCandidate]:
    status = {row.name: row for row in catalog.load().status}
    found = []
    if service == "pypi" and settings.default_index:
        in_use = BUILT_IN if settings.index_url == settings.default_index else ""
        found.append(_candidate(service, "pypi", settings.default_index, official=True, configured=in_use))
    for row in catalog.offered(service):
        document = status.get(row.name)
        url = _fill_placeholders(row.url, wanted)
        candidate = _candidate(service, row.name, url, official=row.official, layout=row.layout)
        found.append(
            msgspec.structs.replace(
                candidate,
                group=row.group,
                status_url=document.url if document else "",
                status_format=document.format if document else "",
            )
        )
    first = next((i for i, c in enumerate(found) if c.official), None)
    return [msgspec.structs.replace(c, reference=i == first) for i, c in enumerate(found)]


def _fill_placeholders(url: str, wanted: WantedPackage) -> str:
    return url.replace("{build}", wanted.build).replace("{distro}/{arch}", wanted.cuda_repository)


def _candidate(
    service: str, name: str, url: str, *, official: bool = False, layout: str = "simple", configured: str = ""
) -> MirrorCandidate:
    return MirrorCandidate(
        service=service,
        name=name,
        url=url,
        shown=without_credentials(url),
        official=official,
        layout=layout,
        configured=configured,
    )


def _configured_candidates(service: str, settings: ClientSettings, sources: Sources | None) -> list[MirrorCandidate]:
    found: list[MirrorCandidate] = []
    if service == "pypi" and settings.index_url and settings.index_url != settings.default_index:
        found.append(_candidate(service, "pip's index-url", settings.index_url, configured="pip"))
    for entry in sources.entries if sources else ():
        url = address_of(entry)
        if service_of(entry, url) == service and parts_of(url).scheme in _SCHEMES:
            layout = "flat" if entry.key == "find-links" else "simple"
            name = _candidate_name(entry, url)
            found.append(_candidate(service, name, url, layout=layout, configured=entry.where or entry.tool))
    return found


def _candidate_name(entry: Source, url: str) -> str:
    """Of a channel, the end of its address: a configuration has several under one key."""
    if entry.tool == "conda":
        return "conda: " + "/".join(url.rstrip("/").split("/")[-2:])
    return f"{entry.tool}'s {entry.key}"


def address_of(entry: Source) -> str:
    """Of a custom channel, the base and its name make the address."""
    channel = entry.key.removeprefix("custom-channels.")
    return f"{entry.url.rstrip('/')}/{channel}" if channel != entry.key else entry.url


def service_of(entry: Source, url: str) -> str:
    """The service that a configured source is one of; "" for settings that are no such source, and private indexes."""
    address = url.rstrip("/").lower()
    wheels = bool("pytorch" in address or address.rpartition("/whl")[1])
    if entry.tool in ("pip", "uv"):
        if entry.key == "index-url":
            return "pytorch" if wheels else "" if entry.tool == "pip" else "pypi"
        return "pytorch" if entry.key in ("extra-index-url", "find-links") and wheels else ""
    if entry.tool == "conda" and entry.key.startswith(("channels", "default-channels", "custom-channels.")):
        return _channel(address)
    return _repository(address) if entry.tool == "apt" else ""


def _repository(address: str) -> str:
    last = address.rpartition("/")[2]
    return {"debian": "apt-debian", "ubuntu": "apt-ubuntu"}.get(last, "apt-cuda" if "cuda" in address else "")


def _channel(address: str) -> str:
    names = {"conda-forge": "conda-forge", "pytorch": "conda-pytorch", "nvidia": "conda-nvidia"}
    return "conda-defaults" if "/pkgs/" in address else names.get(address.rpartition("/")[2], "")


def _merge_by_url(found: Sequence[MirrorCandidate]) -> list[MirrorCandidate]:
    """One candidate an address; it keeps the name of the list it is in, and is marked as configured."""
    by_url: dict[str, MirrorCandidate] = {}
    for candidate in found:
        key = candidate.url.rstrip("/")
        known = by_url.get(key)
        if known is None:
            by_url[key] = candidate
        else:
            by_url[key] = msgspec.structs.replace(candidate, configured=candidate.configured or known.configured)
    return _with_distinct_names(list(by_url.values()))


def _with_distinct_names(found: list[MirrorCandidate]) -> list[MirrorCandidate]:
    """Names are told apart: a configuration may hold several sources under one key."""
    seen: dict[str, int] = {}
    for position, candidate in enumerate(found):
        seen[candidate.name] = number = seen.get(candidate.name, 0) + 1
        if number > 1:
            found[position] = msgspec.structs.replace(candidate, name=f"{candidate.name} ({number})")
    return found


def _read_candidates_file(name: str, wanted: WantedPackage) -> tuple[MirrorCandidate, ...]:
    """The rows of a candidates file. Raises DoctorError where it is not what it should be."""
    try:
        rows = msgspec.convert(toml(regular.read_text(name, "utf-8-sig")), _File).mirror
    except OSError as error:
        raise _unusable_file(name, error.strerror or str(error)) from error
    except (Unparsable, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise _unusable_file(name, str(error)) from error
    found: list[MirrorCandidate] = []
    for row in rows:
        services = services_named(row.service)
        service = services[0] if len(services) == 1 else _service_by_address(services, row.url)
        if not service:
            raise _unusable_file(name, f"no service {row.service!r}; known: {', '.join(BY_NAME)}")
        url = _channel_of(service, _fill_placeholders(row.url, wanted))
        if parts_of(url).scheme not in _SCHEMES:
            raise _unusable_file(name, f"{without_credentials(url)!r} is not an http or https address")
        candidate = _candidate(service, row.name, url, layout=row.layout)
        found.append(
            msgspec.structs.replace(candidate, reference=row.reference is True, official=row.reference is True)
        )
    return (*_with_references(rows, found),)


def _channel_of(service: str, url: str) -> str:
    """The root of a mirror's conda tree, completed: people know it by either."""
    tails = {"conda-defaults": ("/anaconda", "/pkgs/main"), "conda-forge": ("/cloud", "/conda-forge")}
    end, more = tails.get(service, ("/", ""))
    return url.rstrip("/") + more if more and url.rstrip("/").endswith(end) else url


def _service_by_address(services: Sequence[str], url: str) -> str:
    """Which of several services ("conda") an address is of."""
    last = url.rstrip("/").rpartition("/")[2]
    return next((s for s in services if s == last or s.endswith(f"-{last}")), services[0] if services else "")


def _with_references(rows: Sequence[_Row], found: list[MirrorCandidate]) -> list[MirrorCandidate]:
    """A `reference` that is an address or a name marks that candidate, or adds one for the address."""
    for row, candidate in zip(rows, tuple(found), strict=True):
        if not isinstance(row.reference, str) or not row.reference:
            continue
        same = [
            c
            for c in found
            if c.service == candidate.service and row.reference.rstrip("/") in (c.name, c.url.rstrip("/"))
        ]
        if same:
            place = found.index(same[0])
            found[place] = msgspec.structs.replace(same[0], reference=True, official=True)
        elif parts_of(row.reference).scheme in _SCHEMES:
            added = _candidate(candidate.service, "reference", row.reference, official=True)
            found.append(msgspec.structs.replace(added, reference=True))
    return found


def _unusable_file(name: str, why: str) -> DoctorError:
    hint = "use [[mirror]] tables with service, name, url and, for a reference, reference = true"
    return DoctorError("mirrors-candidates", "the file of candidates cannot be used", f"{name}: {why}", hint)
