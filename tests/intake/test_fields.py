from __future__ import annotations

import pytest

from doctor.intake.fields import CANONICAL, is_missing, pair, pairs


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PyTorch version: 2.1.0", ("pytorch version", "2.1.0")),
        (" - **PyTorch version**: 2.1.0", ("pytorch version", "2.1.0")),
        ("* `PyTorch` version : 2.1.0", ("pytorch version", "2.1.0")),
        ("| PyTorch version | 2.1.0 |", ("pytorch version", "2.1.0")),
        ("torch version .................... 1.11.0", ("torch version", "1.11.0")),
        ("PyTorch                 1.8.0 @/opt/torch", ("pytorch", "1.8.0 @/opt/torch")),
        ("CUDA_VISIBLE_DEVICES=0,1", ("cuda_visible_devices", "0,1")),
        ("CUDA_MODULE_LOADING set to: LAZY", ("cuda_module_loading set to", "LAZY")),
        ("GPU models and configuration:", ("gpu models and configuration", "")),
        (" - PyTorch Version (e.g., 1.0):1.4.0", ("pytorch version", "1.4.0")),
        (" - OS (e.g., Linux): Windows10", ("os", "Windows10")),
        ("OS: <e.g., Debian 12>", ("os", "")),
        ("OS: [e.g. iOS] Debian 12", ("os", "Debian 12")),
        ("http://example.com", None),
        ("just a sentence", None),
        ("", None),
    ],
)
def test_shapes(line: str, expected: tuple[str, str] | None):
    assert pair(line) == expected


def test_columns_are_only_taken_for_known_keys():
    assert pair("hello                   world") is None


def test_words_for_no_value():
    assert all(is_missing(word) for word in ("Could not collect", "N/A", "", None, "<not set>"))
    assert not is_missing("None")


def test_aliases_lead_to_names_that_are_read():
    assert CANONICAL["torch version"] == "pytorch version"
    assert CANONICAL["platform"] == "python platform"


def test_several_pairs_on_one_line():
    line = "Torch: 2.5.1 | CUDA built: 12.4 | CUDA available: True"
    assert [(key, value) for _, key, value in pairs([line])] == [
        ("torch", "2.5.1"),
        ("cuda built", "12.4"),
        ("cuda available", "True"),
    ]
    assert len(list(pairs(["| GPU | RTX 3060 | 12 GB |", "cause: a | b | c"]))) < 3
