"""Texts as consoles of Windows save them: PowerShell 5.1 redirects as UTF-16, cmd in the code page of the system."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.in_process import program

Encode = Callable[[str], bytes]
DUMP = """\
PyTorch version: 2.6.0+cpu
Is debug build: False
CUDA used to build PyTorch: None
OS: Microsoft Windows 11 家庭中文版 (10.0.26100 64 位)
Python version: 3.12.8 | packaged by conda-forge | [MSC v.1942 64 bit (AMD64)] (64-bit runtime)
Python platform: Windows-11-10.0.26100-SP0
Is CUDA available: False
GPU models and configuration: GPU 0: NVIDIA GeForce RTX 4070
Nvidia driver version: 581.15
"""
DLL = 'OSError: [WinError 126] 找不到指定的模块。 Error loading "D:\\项目\\Lib\\site-packages\\torch\\lib\\c10.dll"\n'


def redirected(text: str) -> bytes:
    """As PowerShell 5.1's `>` writes it."""
    return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")


def primary(*words: str, stdin: bytes = b"") -> list[str]:
    report = json.loads(program("check", "--format", "json", *words, stdin=stdin).stdout)
    return [finding["rule"] for finding in report["findings"] if finding["primary"]]


@pytest.mark.parametrize(
    "encode", [redirected, lambda text: text.encode("gb18030"), lambda text: text.encode("utf-8-sig")]
)
def test_a_dump(encode: Encode, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_bytes(encode(DUMP))
    assert primary("--from", str(tmp_path / "dump.txt")) == ["cpu-only-build-on-gpu-machine"]
    assert primary("--from", "-", stdin=encode(DUMP)) == ["cpu-only-build-on-gpu-machine"]


def test_a_report_of_our_own_and_an_error_beside_it(tmp_path: Path) -> None:
    report, error = tmp_path / "report.json", tmp_path / "error.txt"
    told = program("check", "--from", "-", "--format", "json", stdin=DUMP.encode()).stdout.decode()
    report.write_bytes(redirected(told))
    error.write_bytes(redirected(DLL))
    assert primary("--from", str(report)) == ["cpu-only-build-on-gpu-machine"]
    both = program("check", "--from", str(report), "--error", str(error), "--format", "json")
    withdrawn = json.loads(both.stdout)["withdrawn"]  # that torch could be asked rules it out
    assert [one["rule"] for one in withdrawn] == ["windows-dll-load-126"]


@pytest.mark.parametrize("encode", [redirected, lambda text: text.encode("gb18030")])
def test_an_error(encode: Encode) -> None:
    done = program("explain", "--no-facts", "--format", "json", "-", stdin=encode(DLL))
    assert json.loads(done.stdout)["causes"][0]["rule"] == "windows-dll-load-126"
