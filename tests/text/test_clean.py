from __future__ import annotations

import pytest

from doctor.text import clean


def test_escapes_and_control_characters_go():
    text = "\x1b[31mred\x1b[0m \x1b]0;title\x07ok\x07 \x9b31m a\x00b\u202ec\u200b\x1b[2J\x1bc"
    shown = clean.printable(text)
    assert "\x1b" not in shown
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert "red" in shown
    assert "ok" in shown
    assert "\u202e" not in shown


def test_colours_without_their_escape_character():
    assert clean.printable("[0;31mRuntimeError[0m: x [0] list[int]") == "RuntimeError: x [0] list[int]"


def test_plain_takes_quoting_fences_and_wrappers_away():
    assert clean.plain("> > a: 1\r\n```python\nb&lt;c\n~~~\n<details>\n") == "a: 1\n\nb<c\n\n\n"


def test_a_progress_bar_leaves_its_last_state():
    assert clean.plain("10%\r50%\r100% done") == "100% done"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "OSError: 找不到指定的模块。"),
        ("utf-8-sig", "PyTorch version: 2.1"),
        ("utf-16", "OSError: [WinError 126] 找不到指定的模块。"),
        ("utf-16-le", "OSError: [WinError 126] The module"),
        ("gb18030", "ImportError: DLL load failed while importing _C: 找不到指定的模块。"),
        ("cp932", "ImportError: DLL load failed while importing _C: 指定されたモジュールが見つかりません。"),
        ("cp1252", "ImportError: DLL load failed: Das angegebene Modul wurde nicht gefunden: für Grüße"),
    ],
)
def test_encodings_of_consoles(encoding: str, text: str):
    assert clean.decode(text.encode(encoding)) == text


def test_pieces_may_cut_a_character():
    raw = "找不到指定的模块。".encode("utf-16")
    assert b"".join(clean.as_utf8(iter((raw[:5], raw[5:])))).decode() == "找不到指定的模块。"


def test_binary_stays_what_it_is():
    assert isinstance(clean.decode(bytes(range(256)) * 50), str)
