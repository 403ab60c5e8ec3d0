"""bootstrap.sh reads the words as the body does: the same lines are valid, wrong ones end with 2 and make nothing."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path

import pytest

from doctor.bootstrap import index, options, releases
from doctor.bootstrap.stop import WRONG_USAGE, Stop
from tests.bootstrap.parts import SCRIPT, environment, tree

LINES = 300
SWITCHES = [f"--{name}" for name in options.SWITCHES]
VALUES = [f"--{name}" for name in options.VALUES]
GOOD = {
    "--env": ["env", "数据盘/环境", "a blank", "it's", "[b]", "trailing/"],
    "--conda": ["torch", "a b"],
    "--mirror": ["auto", "official", "tuna", "https://mirror.example/simple"],
    "--from": ["pylock.toml"],
    "--offline": ["wheels", "."],
    "--source": ["wheels", "https://files.example/torch_doctor-1.0-py3-none-any.whl#sha256=00"],
    "--accelerator": list(options.ACCELERATORS),
}
BAD = ["", " ", "-x", "--yes", "nobody", "missing/file", "a\tb", "a\nb", "https://files.example/x.whl"]
JUNK = [
    "--", "-", "check", "--Yes", "--yes=1", "--yes=--print", "--env=", "env=x", "-Yes:", "--env=-x",
    "--chek-only", "--no", "-y", "--dry_run", "-CheckOnyl", "*", "",
    "--yes ", "-- yes", "--开始", "--env\n", "$(touch made)", "`touch made`", "; touch made",
]  # fmt: skip


def line(chance: random.Random) -> list[str]:
    words: list[str] = []
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
        kind = chance.random()
        if kind < 0.4:
            words.append(chance.choice(SWITCHES))
        elif kind < 0.85:
            name = chance.choice(VALUES)
            value = chance.choice(GOOD[name] if chance.random() < 0.8 else BAD)
            words += [name, value] if chance.random() < 0.7 else [f"{name}={value}"]
        elif kind < 0.9:
            words.append(chance.choice(VALUES))
        else:
            words.append(chance.choice(JUNK))
    return words


def is_valid(words: list[str]) -> bool:
    try:
        options.parse(words, {}, tuple(index.mirrors()))
    except Stop as stop:
        assert stop.code == WRONG_USAGE
        return False
    return True


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home/wheels").mkdir(parents=True)
    (tmp_path / "home/pylock.toml").touch()
    return tmp_path / "home"


def test_random_lines(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Python writes down what it would have been started with."""
    python = tmp_path / "python"
    python.write_text(f"""#!/bin/sh
case "$*" in *print*sys.executable*) echo "$0" && exit ;; esac
printf '%s\\0' "$@" >{tmp_path}/started
""")
    python.chmod(0o755)
    monkeypatch.chdir(home)
    before = tree(home)
    chance = random.Random(20261129)
    valid = 0
    for _ in range(LINES):
        words = line(chance)
        (tmp_path / "started").unlink(missing_ok=True)
        variables = environment(home, PYTHON=str(python))
        done = subprocess.run(
            ["sh", str(SCRIPT), *words], cwd=home, env=variables, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, start_new_session=True,
        )  # fmt: skip
        assert tree(home) == before, words
        if is_valid(words):
            valid += 1
            assert done.returncode == 0, (words, done.stderr)
            started = (tmp_path / "started").read_bytes().decode().split("\0")[:-1]
            assert started[:6] == ["-I", "-S", "-B", "-X", "utf8", "-c"]
            assert started[8:] == words, "as they are"
        else:
            assert done.returncode == WRONG_USAGE, (words, done.stderr)
            assert not (tmp_path / "started").exists(), words
            assert done.stderr.startswith("bootstrap: "), done.stderr
    assert valid > LINES / 5, "otherwise the lines say little"


@pytest.mark.parametrize(
    "words", [["-Yes"], ["-CheckOnly"], ["-EnvFolder", "x"], ["-EnvFolder:", "x"], ["-EnvFolder=x"], ["-?"], ["-h"]]
)
def test_the_body_knows_both_spellings(words: list[str]) -> None:
    assert is_valid(words)


def test_the_script_has_the_tables_of_the_body() -> None:
    text = SCRIPT.read_text()
    said = dict(re.findall(r"^([A-Z_]+)='?([^'\n]*)'?$", text, re.M))
    assert said["MODES"].split() == list(options.MODES)
    assert said["VALUES"].split() == list(options.VALUES)
    assert said["MIRRORS"].split() == ["auto", "official", *index.mirrors()]
    assert said["ACCELERATORS"].split() == list(options.ACCELERATORS)
    assert said["EXCLUDE"].split() == ["+".join(pair) for pair in options.EXCLUDE]
    assert re.search(r"^UV_VERSION=(\S+)", text, re.M)[1] == releases.UV_VERSION
    checksums = dict(re.findall(r"(uv-\S+\.tar\.gz) ([0-9a-f]{64})", text))
    assert len(checksums) == 6
    assert checksums.items() <= releases.CHECKSUMS.items()
    assert len(text.splitlines()) <= 200


def test_the_starter_can_stand_in_both_scripts() -> None:
    starter = SCRIPT.read_text().partition('STARTER="')[2].partition('\n"\n')[0]
    assert not set('"$`') & set(starter)
    compile(starter, "STARTER", "exec")


def test_help_names_every_option() -> None:
    shown = options.usage(("tuna",), str)
    assert all(f"  --{name} " in shown for name in (*options.SWITCHES, *options.VALUES))
