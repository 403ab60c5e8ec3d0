from __future__ import annotations

from doctor.catalog.pythons import _days, first_torch


def test_each_python_of_the_table_came_before_the_wheels_for_it_on_some_system() -> None:
    systems = ("linux-x86_64", "linux-aarch64", "windows-x86_64", "macos-arm64")
    for version in _days():
        assert any(first_torch(version, system)[0] for system in systems), version


def test_the_first_torch_for_a_python() -> None:
    assert first_torch("3.13.1", "windows-x86_64") == ("2.6.0", "2025-01-29")
    assert first_torch("3.13.1", "linux-x86_64") == ("", "")
    assert first_torch("3.13.1") == ("2.6.0", "2025-01-29")
    assert first_torch("3.13.4") == first_torch("3.99.0") == first_torch("") == ("", "")
