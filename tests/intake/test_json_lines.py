from __future__ import annotations

from doctor.intake.json_lines import documents


def told(text: str, having: str) -> list[list[tuple[str, str, str | None]]]:
    return [[("/".join(e.path), e.key, e.value) for e in one] for one in documents(text.splitlines(), having)]


def test_values_know_what_is_around_them():
    text = '{\n  "a": {\n    "b": [\n      "x",\n      1\n    ],\n    "c": null\n  },\n  "d": true\n}'
    assert [entry for entry in told(text, "a")[0] if entry[1] or entry[2] not in ("{", "}", "]")] == [
        ("", "a", "{"),
        ("a", "b", "["),
        ("a/b", "", "x"),
        ("a/b", "", "1"),
        ("a", "c", None),
        ("", "d", "true"),
    ]


def test_a_document_that_is_cut_off_is_read_as_far_as_it_goes():
    assert told('{\n  "a": {\n    "b": "x",', "a")[0][-1] == ("a", "b", "x")


def test_words_around_end_it():
    assert len(told('see below\n{\n  "a": 1\n}\nand then\n{\n  "b": 1\n}', "a")) == 1


def test_escapes_are_read():
    assert told('"a": "D:\\\\webui \\u00e9"', "a")[0] == [("", "a", "D:\\webui é")]


def test_documents_without_the_key_are_left_alone():
    assert told('{\n  "b": 1\n}', "a") == []


def test_blanks_that_line_things_up():
    (found,) = documents(['{ "torch"    : "2.6.0" , ', '  "numpy"   : "1.26.3"', "}"], "numpy")
    assert [(entry.key, entry.value) for entry in found][:2] == [("numpy", "1.26.3"), ("", "}")]
