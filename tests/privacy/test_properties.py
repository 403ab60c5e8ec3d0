"""Of any text: redaction is idempotent, hides what is planted, keeps the lines, and takes time in proportion."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doctor import privacy
from doctor.privacy import redact
from doctor.privacy.data_files import secret_shapes
from doctor.privacy.secret_names import HINTS, STEMS
from tests.each import each
from tests.privacy.cases_of import cases, lines

PIECES = [case.text for name in ("secrets", "names") for case in cases(name)] + list(lines("harmless"))
GLUE = st.sampled_from([" ", "\n", "; ", '", "', "\t", "'", ": ", "=", "/", "\\", "@", "…"])
piece = st.one_of(st.sampled_from(PIECES), st.text(max_size=30))
paste = st.lists(st.tuples(piece, GLUE), max_size=8).map(lambda pairs: "".join(part for pair in pairs for part in pair))
QUICK = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@QUICK
@given(paste)
def test_a_second_pass_changes_nothing(text: str) -> None:
    privacy.forget()
    shown = redact(text)
    assert redact(shown) == shown


@QUICK
@given(paste)
def test_nor_does_one_of_another_run(text: str) -> None:
    shown = redact(text)
    privacy.forget()
    assert redact(shown) == shown


STARTS = [start for row in secret_shapes().shape for start in row.starts]
LETTERS = "a1B2c3D4e5F6g7H8"
BODIES = ("A" + LETTERS * 3, LETTERS + "x1Y2z3", "A2B3C4D5E6F7G2H3", "1a2b3c4d" * 4, "9", "A2B3C4D5" * 7, LETTERS * 8)


@each("start", STARTS)
def test_every_shape_of_the_catalog_is_found(start: str) -> None:
    """With one of the bodies that secrets have, in a sentence."""
    shown = [redact(f"it said {start}{body}, and stopped") for body in BODIES]
    assert f"it said {start}…, and stopped" in shown


def test_every_stem_of_a_name_is_hinted_at() -> None:
    assert all(any(hint in stem for hint in HINTS) for stem in STEMS)


def test_what_a_replacement_reveals_is_replaced() -> None:
    text = "smbclient //srv/x -U user1%Wi-nter=smbclient //srv/x -U user1%Wi-nter "
    assert "Wi-nter" not in redact(text)


GROWING = {
    "letters": "a",
    "digits": "9",
    "a stem": "token",
    "a name and a mark": "token='",
    "names": "password ",
    "headers": "cookie: ",
    "addresses": "://",
    "at": "@",
    "users at hosts": "a:b@",
    "parameters": "&token",
    "homes": "/home/",
    "homes of Windows": "C:\\Users\\a ",
    "slashes": "/",
    "backslashes": "\\",
    "hexadecimal": "aa:",
    "numbers": "1.",
    "hosts": "gpu1.",
    "starts of secrets": "sk-",
    "starts of base64": "eyJ.",
    "keys without an end": "-----BEGIN PRIVATE KEY-----",
    "ends of keys": "-----END PRIVATE KEY-----",
    "lines of base64": "A" * 64 + "\n",
    "commands": "curl ",
    "a text": '  File "/home/bertha/env/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1511, in call\n',
}


TICK = 0.016 if sys.platform == "win32" else 0.001  # s; what is shorter than Windows' clock of processor time is 0


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_with_the_length(kind: str) -> None:
    """A ratio of processor time, not a clock: eight times the text may take little more than eight times as long."""
    small, large = (_took(GROWING[kind], size) for size in (8_000, 64_000))
    assert large < (small + TICK) * 8**1.4


def _took(unit: str, size: int) -> float:
    text, times = unit * (size // len(unit)), []
    for _ in range(3):
        start = time.process_time()
        redact(text)
        times.append(time.process_time() - start)
    return min(times)


def test_long_lines_of_an_address_full_of_names() -> None:
    text = ("http://h/?" + "token" * 5000 + "\n") * 30
    assert redact(text) == text
