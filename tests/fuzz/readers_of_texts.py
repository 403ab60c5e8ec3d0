"""Readers of what people paste: dumps, our own reports, error texts, tables of tools."""

from __future__ import annotations

import io

from rich.console import Console

from doctor.diagnose import meaning
from doctor.explain import Scanner, causes, cut, rank
from doctor.explain.gist import Gist, gist_of
from doctor.explain.scan import Scan, scan
from doctor.facts import Facts
from doctor.intake import error_text, gpus, platforms
from doctor.intake.formats import FORMATS
from doctor.intake.recognise import examine
from doctor.model import DoctorError
from doctor.privacy import redact
from doctor.probes import _compiler, _loader, _macos, amd, cpu, host, memory, toolkits
from doctor.probes.nvidia import smi
from doctor.render import explain as drawn
from doctor.text import clean, nvidia_smi, rocminfo
from doctor.text.lines import bare, kind_of
from doctor.text.visible import visible
from tests.fuzz.contract import check_pasted


def intake(data: bytes) -> None:
    """A pasted text: facts, or an error to tell."""
    text = clean.decode(data)
    try:
        found = examine(text, lambda part: bool(causes(part)))
    except DoctorError as error:
        assert clean.printable(error.context) == error.context
    else:
        check_pasted(found.facts)


def formats(data: bytes) -> None:
    """Each format by itself claims lines that there are, and fields that there are."""
    lines = clean.plain(clean.decode(data)).split("\n")
    for one in FORMATS:
        facts, used = one.read(lines)
        assert used <= set(range(len(lines))), one.TITLE
        assert set(facts) <= set(Facts.__struct_fields__), one.TITLE


def report(data: bytes) -> None:
    """A report of our own, of any version and damaged in any way."""
    try:
        check_pasted(examine(clean.decode(data)).facts)
    except DoctorError:
        return


def explain(data: bytes) -> None:
    """An error text in two pieces gives what it gives whole, and lines that there are."""
    heard = Scanner()
    for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
        heard.feed(piece)
    found = heard.finish()
    ranked = rank(found)
    for cause in ranked:
        assert 1 <= cause.line_number <= data.count(b"\n") + 1
        assert visible(cause.line) == cause.line
    explained = meaning.explain(ranked[:10], error_text.read(heard.ends.text), None)
    drawn.show(explained, verbose=True, out=Console(file=io.StringIO(), markup=False, emoji=False))


def atlas(data: bytes) -> None:
    """What the messages in a text mean, and the message that a cut line began."""
    text = clean.decode(data)
    found: Scan = scan(text)
    told: Gist = gist_of(found, ())
    lines = text.count("\n") + 1
    assert told.exception_line <= lines
    assert all(0 < message.line_number <= lines for message in told.messages)
    cut.whole(bare(text[-400:].rpartition("\n")[2]))
    kind_of(bare(text[:200]))


def tables(data: bytes) -> None:
    """What programs and the kernel print for our probes."""
    text = data.decode("utf-8", "replace")
    lines = text.splitlines()
    smi.parse_csv(text)
    nvidia_smi.mig_profiles(lines)
    facts = [nvidia_smi.gpu_of(row, 0) for row in nvidia_smi.csv_rows(text)]
    nvidia_smi.driver_version(text), nvidia_smi.cuda_version(text)
    rocminfo.gpus_of(text)
    amd.parse_properties(text), amd.parse_amdgpu_ids(text, "744C", "C8")
    cpu.parse_cpuinfo(text), memory.parse_meminfo(text)
    host.parse_os_release(text), host.parse_l4t(text)
    _macos.parse_sysctl(text), _macos.parse_sw_vers(text)
    _loader.parse_cache(text), _compiler.parse(text)
    toolkits.parse_version_json(text), toolkits.parse_nvcc(text), toolkits.parse_cudnn(text)
    gpus.parse(text), platforms.host_of_os(text), platforms.host_of_platform(f"Linux-{text}"), platforms.python_of(text)
    assert all(gpu.memory_bytes is None or gpu.memory_bytes >= 0 for gpu in facts)


def privacy(data: bytes) -> None:
    """A text that goes out, whatever stands around what is private."""
    token, home = "hf_" + "Q7r" * 11 + "b", "/home/bertha/x.py"
    shown = redact(f"{clean.decode(data)}\nexport HF_TOKEN={token}\n{home}\n")
    assert token not in shown and home not in shown, shown[-200:]
