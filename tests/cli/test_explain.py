from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import program

ERROR = "AssertionError: Torch not compiled with CUDA enabled\n"


def explain(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return program("explain", *words, stdin=stdin)


def causes(*words: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    done = explain("--no-facts", "--format", "json", *words, stdin=stdin)
    assert done.returncode in (0, 1), done.stderr
    document = json.loads(done.stdout)
    assert document["kind"] == "explain"
    assert document["schema_version"] == 1
    return list(document["causes"])


def test_json_of_the_contract():
    first = causes("-", stdin=b"x\n" + ERROR.encode())[0]
    assert first["rule"] == "cpu-only-build-on-gpu-machine"
    assert first["matched"] in first["line"]
    assert first["line_number"] == 2
    assert first["severity"] == "error"
    assert first["title"]
    assert first["meaning"]
    assert {"remedies", "to_do", "evidence", "confirmed"} <= set(first)


@pytest.mark.parametrize(("text", "code"), [(ERROR, 0), ("FooError: [Errno 5] odd\n", 1)])
def test_json_tells_the_gist_with_and_without_a_cause(text: str, code: int):
    done = explain("--no-facts", "--format", "json", text)
    document = json.loads(done.stdout)
    assert done.returncode == code
    assert {"phase", "raised_by", "exception", "messages", "causes", "alike"} <= set(document)
    assert document["exception"] == text.strip()
    for message in document["messages"]:
        assert {"library", "name", "code", "meaning", "line_number", "apart"} == set(message)


def test_the_same_from_words_a_file_and_stdin(tmp_path: Path):
    file = tmp_path / "error.log"
    file.write_text(ERROR)
    found = [causes(ERROR), causes(str(file)), causes("-", stdin=ERROR.encode()), causes(stdin=ERROR.encode())]
    assert [rules[0]["rule"] for rules in found] == ["cpu-only-build-on-gpu-machine"] * 4


def test_utf_16_of_a_powershell_redirect():
    assert causes("-", stdin=ERROR.encode("utf-16"))[0]["rule"] == "cpu-only-build-on-gpu-machine"


@pytest.mark.parametrize(
    "stdin", [b"", b"all is well\n", b"\x00\xff" * 5000, b"{" * 100_000], ids=["empty", "well", "bytes", "braces"]
)
def test_nothing_recognised_is_exit_1(stdin: bytes):
    done = explain("--no-facts", "-", stdin=stdin[:100_000])
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"recognised" in done.stdout


def test_an_empty_text_is_said_to_be_one():
    assert b"The text is empty" in explain("--no-facts", "-", stdin=b" \n").stdout
    assert b"The text is empty" not in explain("--no-facts", "-", stdin=b"all is well\n").stdout


def test_control_sequences_never_reach_the_terminal():
    hostile = b"\x1b]0;owned\x07\x1b[2J\x9b31mError: \xe2\x80\xaeTorch not compiled with CUDA enabled\x1b[5m\x08\r\n"
    for form in ("text", "json"):
        done = explain("--no-facts", "--format", form, "-", stdin=hostile)
        assert done.returncode == 0
        shown = done.stdout.decode()
        assert not any(c in shown for c in "\x1b\x07\x08\x9b\u202e\r")


def test_text_fits_80_columns_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = explain("--no-facts", ERROR).stdout.decode()
    assert "[cpu-only-build-on-gpu-machine]" in text
    assert "line 1" in text
    assert "What to do:" in text


def test_piped_lines_end_without_blanks():
    lines = explain("-", stdin=ERROR.encode()).stdout.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_rules_page():
    done = explain("numpy2-abi")
    page = done.stdout.decode()
    assert done.returncode == 0
    assert "numpy2-abi" in page
    assert all(heading in page for heading in ("Why it matters", "What to do", "References"))
    assert json.loads(explain("--format", "json", "numpy2-abi").stdout)["rule"] == "numpy2-abi"


def test_an_unknown_id_is_wrong_usage_with_a_suggestion():
    done = explain("numpy2-abj")
    assert done.returncode == 2
    assert b"numpy2-abi" in done.stderr


def test_every_rule_has_a_page_and_is_listed():
    from doctor import rules

    listed = json.loads(explain("--list", "--format", "json").stdout)["rules"]
    assert {row["rule"] for row in listed} == set(rules.names())
    text = explain("--list").stdout.decode()
    assert all(rule_id in text for rule_id in rules.names())


def test_with_facts_it_looks_at_the_target(bare_python: Path):
    done = explain(
        "--format", "json", "--python", str(bare_python), "-", stdin=b"ModuleNotFoundError: No module named 'torch'\n"
    )
    first = json.loads(done.stdout)["causes"][0]
    assert first["confirmed"] is True
    assert first["evidence"]


@pytest.mark.parametrize("text", ["ModuleNotFoundError: No module named 'torch'\n", ERROR])
def test_what_the_doctors_own_environment_lacks_is_not_told_of_a_text(text: str, tmp_path: Path):
    alone = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    command = [sys.executable, "-m", "doctor", "explain", "--format", "json", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=tmp_path, env=alone)
    found = json.loads(done.stdout)["causes"]
    assert "torch-not-installed" not in [cause["rule"] for cause in found]
    assert sys.prefix not in json.dumps(found)


def test_an_unreadable_file_is_said(tmp_path: Path):
    done = explain("--python", str(tmp_path / "none"), ERROR)
    assert done.returncode == 2


@pytest.mark.parametrize("path", ["/tmp/no/such/train.log", "no-such-file.txt", r"C:\logs\no_such.err"])
def test_a_file_that_is_not_there_is_no_text(path: str):
    done = explain("--no-facts", path)
    assert done.returncode == 2
    assert b"there is no file" in done.stderr
    assert explain("--no-facts", f"IOError: {path}").returncode == 1
