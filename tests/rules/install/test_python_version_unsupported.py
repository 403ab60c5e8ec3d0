"""python-version-unsupported."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python, Runtime, Torch
from doctor.model import skipped
from tests.rules.hosts import WINDOWS
from tests.rules.judging import NOT_THERE, commands, facts_of, finding, is_open, points_to

RULE = "python-version-unsupported"


@pytest.mark.parametrize("version", ["3.99.0", "3.4.10"])
def test_fires_outside_all_wheels(version):
    found = finding(RULE, python=Python(version=version), torch=NOT_THERE)
    assert found and version in found.message
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv", "--python", "3.13")]


def test_fires_on_free_threaded_builds_that_never_had_wheels():
    assert finding(RULE, python=Python(version="3.13.1", free_threaded=True), torch=NOT_THERE) is not None
    assert finding(RULE, python=Python(version="3.14.0", free_threaded=True), torch=NOT_THERE) is None


def test_quiet_inside_with_torch_there_or_when_nobody_looked():
    assert finding(RULE, python=Python(version="3.12.4"), torch=NOT_THERE) is None
    assert finding(RULE, python=Python(version="3.99.0"), torch=Torch(version="9.0")) is None
    assert finding(RULE, python=Python(version="3.99.0"), torch=skipped("not asked")) is None
    assert finding(RULE, python=Python(version="3.99.0"), torch=NOT_THERE, runtime=Runtime(imported=True)) is None
    assert finding(RULE, python=Python(), torch=NOT_THERE) is None


def test_texts():
    assert points_to(RULE, "ERROR: Package 'torch' requires a different Python: 3.6.15 not in '>=3.8.0'")
    line = "torch (v1.11.0) only has wheels with the following Python ABI tags: `cp37m`, `cp38`"
    assert points_to(RULE, line)
    skipped_all = "wheel(s) were skipped as your project's environment does not support the identified abi tags"
    poetry = "Unable to find installation candidates for torch\n  - {} candidate(s) were identified for the package"
    assert points_to(RULE, poetry.format(24) + f"\n  - 24 {skipped_all}")
    assert not points_to(RULE, poetry.format(24) + f"\n  - 20 {skipped_all}")  # others failed for the platform
    assert points_to(RULE, "RuntimeError: Dynamo is not supported on Python 3.12+")
    assert not points_to(RULE, "ERROR: No matching distribution found for torch==2.3.0")


def test_a_python_with_wheels_may_have_none_of_the_release_that_was_asked_for():
    assert is_open(RULE, python=Python(version="3.12.4"), torch=NOT_THERE)
    assert is_open(RULE, python=Python(version="3.12.4"), torch=Torch(version="2.1.0"))
    assert is_open(RULE, python=Python(), torch=NOT_THERE)


def test_a_python_that_should_have_found_wheels_is_looked_at_first():
    facts = facts_of(python=Python(version="3.13.1", executable="/env/bin/python"))
    first, second = remedies_of(rules.load(RULE), facts)
    assert first.commands[0][:2] == ("/env/bin/python", "-c")
    assert second.commands == (("torch-doctor", "setup", "--env", ".venv", "--python", "3.13"),)


NOTHING = ErrorText("ERROR: Could not find a version that satisfies the requirement torch (from versions: none)")


@pytest.mark.parametrize(
    ("version", "host", "first"),
    [
        ("3.13.0", Host(os="macos", architecture="arm64"), "torch 2.6.0 of 2025-01-29"),
        ("3.11.1", None, "torch 2.0.0 of 2023-03-15"),
        ("3.10.2", Host(os="windows"), "torch 1.11.0 of 2022-03-10"),
    ],
)
def test_a_python_of_a_time_when_there_were_no_wheels_for_it(version, host, first):
    known = {"host": host} if host else {}
    found = finding(RULE, python=Python(version=version), error=NOTHING, **known)
    assert found and first in found.message


def test_a_release_that_is_asked_for_by_its_tag():
    text = "ERROR: Could not find a version that satisfies the requirement torch==1.12.1+cu113 (from versions: none)"
    found = finding(RULE, python=Python(version="3.11.0"), host=Host(os="windows"), error=ErrorText(text))
    assert found and "torch 2.0.0 of 2023-03-15" in found.message


@pytest.mark.parametrize("version", ["3.13.5", "3.11.9", "3.12", "3.8.10"])
def test_what_came_later_could_have_found_wheels(version):
    assert finding(RULE, python=Python(version=version), error=NOTHING) is None


def test_nothing_is_concluded_from_an_index_that_did_not_answer_or_of_32_bits():
    retrying = ErrorText(f"WARNING: Retrying (Retry(total=4)) after connection broken\n{NOTHING.text}")
    assert finding(RULE, python=Python(version="3.13.0"), error=retrying) is None
    assert finding(RULE, python=Python(version="3.13.0", bits=32), error=NOTHING) is None
    on_linux = Host(os="linux", architecture="x86_64")  # which had wheels from the first weeks on
    assert finding(RULE, python=Python(version="3.13.1"), error=NOTHING, host=on_linux) is None


def test_a_release_that_has_no_wheels_for_this_python():
    told = ErrorText(
        "ERROR: Could not find a version that satisfies the requirement torch==2.7.1 (from versions: none)"
    )
    found = finding(RULE, python=Python(version="3.14.2"), host=WINDOWS, error=told)
    assert found is not None
    assert "torch 2.7.1 has no wheels for Python 3.14, only for 3.9 to 3.13" in found.message
    assert finding(RULE, python=Python(version="3.12.4"), host=WINDOWS, error=told) is None
    unknown = ErrorText(told.text.replace("2.7.1", "2.7.99"))
    assert finding(RULE, python=Python(version="3.14.2"), host=WINDOWS, error=unknown) is None
    newer = ErrorText(told.text.replace("2.7.1", "2.3.1+cu121").replace("none", "2.6.0, 2.7.0"))
    assert finding(RULE, python=Python(version="3.13.2"), host=WINDOWS, error=newer) is not None
    assert finding(RULE, python=Python(version="3.12.4"), host=WINDOWS, error=newer) is None
    out_of_reach = ErrorText(f"WARNING: Retrying (Retry(total=4\n{told.text}")
    assert finding(RULE, python=Python(version="3.14.2"), host=WINDOWS, error=out_of_reach) is None


def test_the_python_explains_why_the_index_does_not_list_the_pinned_version():
    rule = rules.load(RULE)
    assert {"pinned-version-not-on-index", "wrong-index-or-platform"} <= set(rule.explains)


def test_an_index_that_stopped_before_this_python():
    command = "pip install torch --index-url https://download.pytorch.org/whl/{}\n"
    none = "ERROR: No matching distribution found for torch"
    old = ErrorText(command.format("cu121") + none)
    inferred = Torch(build="cpu")  # what came from elsewhere
    found = finding(RULE, python=Python(version="3.14.1"), host=WINDOWS, torch=inferred, error=old)
    assert found is not None
    assert "The index of cu121 has no wheels for Python 3.14, only for 3." in found.message
    assert commands(found)[-1] == ("torch-doctor", "setup", "--env", ".venv", "--python", "3.13")
    assert not any("-c" in command for command in commands(found))  # which Python it is is known
    known = {"host": WINDOWS, "torch": inferred}
    assert finding(RULE, python=Python(version="3.11.4"), error=old, **known) is None
    two = ErrorText(command.format("cu121") + command.format("cu126") + none)  # the second has such wheels
    assert finding(RULE, python=Python(version="3.14.1"), error=two, **known) is None
    pinned = ErrorText(f"{old.text}==9.9.9")
    assert finding(RULE, python=Python(version="3.14.1"), error=pinned, **known) is None
    assert finding(RULE, python=Python(version="3.14.1"), torch=inferred, error=old) is None  # on an unknown system
