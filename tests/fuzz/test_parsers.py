"""Every parser of text from outside: any input gives an answer or a DoctorError, quickly, and nothing else."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doctor.explain import causes
from doctor.explain.gist import gist_of
from doctor.explain.scan import scan
from doctor.facts import Facts
from doctor.intake import doctor_report, gpus, platforms
from doctor.intake.formats import FORMATS
from doctor.intake.recognise import examine
from doctor.model import DoctorError
from doctor.text import clean
from doctor.text.lines import bare, kind_of
from tests.intake import samples
from tests.intake.formats.sample_files import all_samples

SAMPLES = [
    *(value for name, value in vars(samples).items() if name.isupper()),
    *(sample.text for sample in all_samples()),
]
LINES = sorted({line for sample in SAMPLES for line in sample.splitlines()})
KEYS = sorted({line.partition(":")[0] for line in LINES if ":" in line})
ODD = [
    "N/A",
    "None",
    "No CUDA",
    "Could not collect",
    "",
    "\x1b[31m",
    "GPU 0:",
    "9" * 400,
    "{" * 50,
    "| " * 40,
    "\u202e",
    "é",
    "找",
]
QUICK = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

line = st.one_of(
    st.sampled_from(LINES),
    st.builds("{}: {}".format, st.sampled_from(KEYS), st.one_of(st.sampled_from(ODD), st.text(max_size=40))),
    st.text(max_size=80),
)
paste = st.lists(line, max_size=40).map("\n".join)
mangled = st.builds(
    lambda text, at, length, new: text[:at] + new + text[at + length :],
    st.sampled_from(SAMPLES),
    st.integers(0, 2000),
    st.integers(0, 400),
    st.one_of(st.sampled_from(ODD), st.text(max_size=60)),
)


@pytest.mark.heavy
@given(text=st.one_of(paste, mangled))
@settings(QUICK, max_examples=400)
def test_readers_claim_only_lines_that_there_are(text: str):
    """Every reader sees every text: to make one costs more than to read it."""
    lines = text.split("\n")
    for one in FORMATS:
        facts, used = one.read(lines)
        assert used <= set(range(len(lines))), one.TITLE
        assert set(facts) <= set(Facts.__struct_fields__), one.TITLE


@given(text=st.one_of(paste, mangled))
@QUICK
def test_a_paste_gives_facts_or_an_error_to_tell(text: str):
    with contextlib.suppress(DoctorError):
        found = examine(text)
        msgspec.json.decode(msgspec.json.encode(found.facts), type=Facts)


@given(raw=st.one_of(st.binary(max_size=3000), mangled.map(lambda t: t.encode("utf-16", "replace"))))
@QUICK
def test_bytes_of_any_encoding(raw: bytes):
    text = clean.decode(raw)
    shown = clean.printable(text)
    assert not any(ord(c) < 9 or 11 <= ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    with contextlib.suppress(DoctorError):
        examine(text)


@given(text=st.one_of(paste, mangled))
@QUICK
def test_the_gist_of_anything(text: str):
    told = gist_of(scan(text), ())
    count = text.count("\n") + 1
    assert told.exception_line <= count
    assert all(0 < message.line_number <= count for message in told.messages)


@given(text=st.text(max_size=200))
@QUICK
def test_values(text: str):
    gpus.parse(text)
    platforms.host_of_os(text)
    platforms.host_of_platform(f"Linux-{text}")
    platforms.python_of(text)
    kind_of(bare(text))


@given(
    text=st.recursive(
        st.sampled_from(['"x"', "1", "null"]),
        lambda inner: st.lists(inner).map(lambda x: "{" + ",".join(x)),
        max_leaves=30,
    )
)
@QUICK
def test_things_like_json(text: str):
    doctor_report.find('{"facts": ' + text)


reading = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["ok", "absent", "?"]),
        "value": st.one_of(st.none(), st.integers(), st.dictionaries(st.text(), st.text())),
    }
)
value = st.one_of(st.none(), st.integers(), st.text(), st.lists(st.none()), reading)


@given(document=st.dictionaries(st.sampled_from([*Facts.__struct_fields__, "x"]), value))
@QUICK
def test_reports_with_any_facts(document: dict[str, object]):
    facts, _ = doctor_report.facts_of({"facts": document, "schema_version": 99})
    assert isinstance(facts, Facts)


ERRORS = [
    "RuntimeError: CUDA error: no kernel image is available for execution on the device",
    'OSError: [WinError 126] 找不到指定的模块。 Error loading "x\\torch\\lib\\c10.dll"',
    "Traceback (most recent call last):",
    "During handling of the above exception, another exception occurred:",
    "RuntimeError: DataLoader worker (pid(s) 1) exited unexpectedly",
]


@given(parts=st.lists(st.one_of(st.sampled_from(ERRORS), st.text(max_size=60), st.sampled_from(ODD)), max_size=30))
@QUICK
def test_causes_of_any_text(parts: list[str]):
    text = "\n".join(parts)
    for cause in causes(text):
        assert clean.printable(cause.line) == cause.line
        assert 1 <= cause.line_number <= text.count("\n") + 1
