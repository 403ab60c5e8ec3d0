from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from doctor import rules
from doctor.diagnose.meaning import Explained, explain
from doctor.diagnose.provenance import Origin
from doctor.explain import causes
from doctor.explain.gist import gist_of
from doctor.explain.scan import scan
from doctor.model import Evidence
from doctor.render import console
from doctor.render import explain as render
from doctor.report import Withdrawn

TEXT = (
    "RuntimeError: CUDA error: no kernel image is available for execution on the device\n"
    "RuntimeError: DataLoader worker (pid(s) 1, 2) exited unexpectedly\n"
)


def explained(text: str) -> Explained:
    return explain(causes(text), {}, None)


def drawn(draw, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    draw(Console(file=file, width=width, highlight=False, emoji=False, markup=False))
    file.flush()
    return raw.getvalue().decode(encoding)


def test_80_columns_hold_the_likeliest_in_full_and_others_in_short():
    found = explained(TEXT)
    text = drawn(lambda out: render.show(found, out=out))
    prose = [line for line in text.splitlines() if not line.startswith(" " * 6)]  # commands are never broken
    assert all(len(line) <= 80 for line in prose)
    assert text.index("What it means:") < text.index("What to do:") < text.index("It may also be")
    assert "[gpu-arch-newer-than-build]" in text
    assert "dataloader-worker-exited, line 2" in " ".join(text.split())


def test_the_causes_of_a_symptom_are_told_apart():
    found = explained("RuntimeError: No CUDA GPUs are available")
    text = " ".join(drawn(lambda out: render.show(found, out=out)).split())
    assert (
        text.index(console.MANY) < text.index("cpu-only-build-on-gpu-machine: torch.version.cuda") < text.index("do:")
    )


@pytest.mark.parametrize(
    ("judged_by", "said"), [(Origin.HERE, "ask again with --no-facts"), (Origin.OTHER, "facts of the same machine")]
)
def test_what_is_ruled_out_says_by_whom(judged_by, said):
    out = [Withdrawn("gpu-arch-newer-than-build", "no kernel image", (Evidence("nvidia.gpus", "none"),))]
    found = msgspec.structs.replace(explained(""), withdrawn=tuple(out), judged_by=judged_by)
    text = " ".join(drawn(lambda out: render.show(found, out=out)).split())
    assert said in text
    assert "not gpu-arch-newer-than-build ('no kernel image'): nvidia.gpus: none" in text


def test_an_ascii_terminal_gets_ascii():
    found = explained(TEXT)
    text = drawn(lambda out: render.show(found, out=out), encoding="ascii")
    assert "?" not in text.splitlines()[0]


def test_a_long_line_is_shown_around_the_match():
    found = explained("x" * 900 + " no kernel image is available for execution on the device " + "y" * 900)
    text = drawn(lambda out: render.show(found, out=out))
    assert "no kernel image is available for execution on the device" in " ".join(text.split())
    assert len(text) < 2500


def test_a_programs_own_fault_is_said_to_be_one():
    found = explained("RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x2 and 3x4)")
    assert "The environment is not at fault" in drawn(lambda out: render.show(found, out=out))


def test_nothing():
    assert "recognised" in drawn(lambda out: render.show(explained("all is well"), out=out))


UNKNOWN = (
    "Traceback (most recent call last):\n"
    '  File "/env/lib/python3.11/site-packages/torch/cuda/__init__.py", line 319, in _lazy_init\n'
    f"RuntimeError: {'something odd ' * 12}: Signal 7 (SIGBUS)\n"
)


@pytest.mark.parametrize("width", [80, 120])
def test_what_a_text_tells_where_nothing_is_recognised(width: int):
    found = msgspec.structs.replace(explained(""), gist=gist_of(scan(UNKNOWN), ()))
    text = drawn(lambda out: render.show(found, out=out), width)
    assert max(map(len, text.splitlines())) <= width
    for part in (
        "a GPU was set up",
        "torch/cuda/__init__.py, line 319",
        "line 3: RuntimeError",
        "SIGBUS",
        "`nvidia-smi`",
    ):
        assert part in " ".join(text.split())
    assert "\n\n\n" not in text


def test_what_a_text_tells_fits_an_ascii_terminal():
    found = msgspec.structs.replace(explained(""), gist=gist_of(scan(UNKNOWN), ()))
    assert "?" not in drawn(lambda out: render.show(found, out=out), encoding="ascii")


def test_pages_and_the_list_fit():
    for rule in rules.all_rules():
        page = drawn(lambda out, rule=rule: render.page(rule, out))
        assert rule.title.split()[0] in page
        assert "##" not in page
    listed = drawn(lambda out: render.rule_list(rules.all_rules(), out), width=100)
    assert all(rule.id in listed for rule in rules.all_rules())
