"""What was done to a text is undone, and its lines stay as many as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doctor.explain.signatures import signatures
from doctor.text.fold import fold, scripts_apart, unwrap


def folded(text: str) -> str:
    return fold(text.encode()).decode()


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("it couldn’t, “so” it´s", "it couldn't, \"so\" it's"),
        ("exit code: −9 – or —more", "exit code: -9 - or -more"),
        ("no\u00a0kernel\u3000image\u202f is", "no kernel image  is"),
        ("tor\u200bch\ufeff\u2060", "torch"),
        (r"No module named \'torch\' or \"torch\" or \\\"torch\\\"", 'No module named \'torch\' or "torch" or "torch"'),
        ("ＣＵＤＡ　ｅｒｒｏｒ：　７００（ａ，ｂ）。", "CUDA error: 700(a,b)."),
        ("\x1b[1;31mRuntime\x1b[0mError\x1b]0;title\x07", "RuntimeError"),
        (r"\x1b[31mRuntime\u001b[0mError \033[1mx^[[0m", "RuntimeError x"),
        ("[0;31mRuntimeError[0m: x [0] [128, 3]", "RuntimeError: x [0] [128, 3]"),
        ("a &gt; b &lt; c &quot;d&quot; &amp;amp; &#39;e&#x27; &amp;gt;", "a > b < c \"d\" & 'e' >"),
        ("<code>nvidia-smi</code> std::vector<int>", "nvidia-smi std::vector<int>"),
        (r"C:\\Users\\me\\torch", r"C:\Users\me\torch"),
        ("显卡驱动：找不到这个模块。", "显卡驱动:找不到这个模块."),
    ],
)
def test_characters(pasted: str, written: str):
    assert folded(pasted) == written


def test_a_record_of_several_lines_is_broken_where_they_end():
    record = r'{"exc": "Traceback (most recent call last):\n  File \"a.py\", line 1\ntorch.cuda.OutOfMemoryError: x"}'
    assert folded(record).split("\r") == [
        '{"exc": "Traceback (most recent call last):',
        '  File "a.py", line 1',
        'torch.cuda.OutOfMemoryError: x"}',
    ]


@pytest.mark.parametrize("line", [r"C:\numpy\new\nvidia", r'    raise RuntimeError("a\n b\n c")', r"print('a\n')"])
def test_what_only_looks_like_a_line_end_stays(line: str):
    assert "\r" not in folded(line)


def test_a_progress_bar_is_a_line_inside_a_line():
    assert folded("10%\r100%Error\r\nnext") == "10%\r100%Error\nnext"


@given(
    st.lists(
        st.sampled_from(["a", "\n", "\r\n", "\\n", "\\", '"', "’", "\x1b[31m", "&gt;", "<br>", "[1m", " ", "C:\\n"])
    )
)
def test_line_ends_stay_as_many(parts: list[str]):
    text = "".join(parts)
    assert folded(text).count("\n") == text.count("\n")


def test_bytes_that_are_no_text_pass():
    fold(bytes(range(256)) * 10)


def test_scripts_are_set_apart():
    assert scripts_apart("报错RuntimeError: x怎么办") == "报错 RuntimeError: x 怎么办"
    assert scripts_apart("找不到指定的模块") == "找不到指定的模块"


def test_a_terminals_cuts_are_mended_inside_words():
    line = "RuntimeError: CUDA error: no kernel image is available for execution on the device, as it seems"
    cut = f"x\n{line[:80]}\n{line[80:]}\ny".encode()
    assert unwrap(cut) == (f"x\n{line}\ny".encode(), [1, 2, 4])
    assert unwrap(b"short\nlines\n") is None


def test_no_signature_asks_for_what_is_folded_away():
    texts = {literal for s in signatures() for choice in s.needs for literal in choice}
    assert [text.decode() for text in texts if fold(text).lower() != text] == []
