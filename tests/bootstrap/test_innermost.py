"""What a failed build says is quoted: the error itself, none of the many lines that pass it on."""

from __future__ import annotations

import pytest

from doctor.bootstrap import reasons
from doctor.bootstrap.innermost import innermost
from doctor.bootstrap.run import SPELLING

END = """\
      [end of output]
  note: This error originates from a subprocess, and is likely not a problem with pip.
error: metadata-generation-failed
× Encountered error while generating package metadata."""
OF_PIP = f"""\
  error: subprocess-exited-with-error
  × python setup.py egg_info did not run successfully.
  │ exit code: 1
  ╰─> [8 lines of output]
      Traceback (most recent call last):
        File "setup.py", line 9, in <module>
          words = open("NEWS.rst").read()
      FileNotFoundError: [Errno 2] No such file or directory: 'NEWS.rst'
{END}"""


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (OF_PIP, "FileNotFoundError: [Errno 2] No such file or directory: 'NEWS.rst'"),
        (
            "src/sun.cpp:7:12: error: 'shine' was not declared in this scope\nsrc/sun.cpp:9:1: error: expected ';'\n"
            "distutils.errors.CompileError: command '/usr/bin/g++' failed with exit code 1\n"
            "RuntimeError: Error compiling objects for extension",
            "error: 'shine' was not declared in this scope",
        ),
        ("sun.c(7): error C2065: 'shine': undeclared identifier", "error C2065: 'shine': undeclared identifier"),
        ("error[E0432]: unresolved import `sun::shine`", "error[E0432]: unresolved import `sun::shine`"),
        ("sun.o: in `rise':\nsun.c:(.text+0x9): undefined reference to `shine'", "undefined reference to `shine'"),
        (
            "CMake Error at CMakeLists.txt:3 (find_package):\n  By not providing \"FindSun.cmake\"\n\n-- Configuring",
            'By not providing "FindSun.cmake"',
        ),
        ("CMake Error: The source directory \"/x\" does not exist.", 'The source directory "/x" does not exist.'),
        ("  │ a.errors.OldError: this needs\x1b[31m Sun 4", "a.errors.OldError: this needs [31m Sun 4"),
        (END, ""),
        ("ERROR: Failed building wheel for sun", ""),
        ("error: failed-wheel-build-for-install", ""),
        ("error: Failed to prepare distributions", ""),
        (
            "  ╰─> [3 lines of output]\n      running egg_info\n      Please set SUN_HOME.\n"
            f"      copying please.py -> build\n{END}",
            "Please set SUN_HOME.",
        ),
        ("[stderr]\nThe sun is missing.\n\nhint: It cannot be helped.", "The sun is missing."),
        ("[stderr]\nThe sun is missing.\n" + "it goes on\n" * 6, ""),
        ('[stderr]\n  File "sun.py", line 9, in rise\n    requires = rays()\n', ""),
        ("[stderr]\nassert sun\nassert len(rays) > 0\nAssertionError", "assert len(rays) > 0"),
        ("error: the moon is full\n" + OF_PIP, "FileNotFoundError: [Errno 2] No such file or directory: 'NEWS.rst'"),
        (f"{OF_PIP}\nOSError: the moon is full", "FileNotFoundError: [Errno 2] No such file or directory: 'NEWS.rst'"),
        ("error: the moon is full\nsun.c:7:12: error: it is dark", "error: it is dark"),
        ("--- stderr:\nThe sun is missing.\n---\nit cannot be helped", "The sun is missing."),
        (f"  ╰─> [2 lines of output]\n      running egg_info\n      warning: it is not there\n{END}", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_error_itself(log: str, told: str) -> None:
    assert innermost(log.splitlines()) == told


def test_a_long_one_is_cut() -> None:
    assert len(innermost(["ValueError: " + "x" * 5000])) <= 160


def test_it_stands_behind_a_reason_that_is_general() -> None:
    found = reasons.reason(OF_PIP.replace("FileNotFoundError: [Errno 2]", "ValueError:"), SPELLING)
    assert found and found.sentence.endswith("that failed (ValueError: No such file or directory: 'NEWS.rst')")


def test_and_behind_no_other() -> None:
    found = reasons.reason(f"{OF_PIP}\nsun.c:1:10: fatal error: Python.h: No such file or directory", SPELLING)
    assert found and "header files" in found.sentence and "Error" not in found.sentence


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("ERROR: No matching distribution found for sunn", "needed (No matching distribution found for sunn)"),
        (
            "ERROR: Could not find a version that satisfies the requirement sun (from versions: none)",
            "requirement sun)",
        ),
        ("error: File not found: `suns.txt`", "exist (File not found: `suns.txt`)"),
    ],
)
def test_a_general_one_is_followed_by_the_line_that_told_it(log: str, told: str) -> None:
    found = reasons.reason(log, SPELLING)
    assert found and found.sentence.endswith(told), found


def test_the_sentence_is_shown_and_not_the_number_of_the_error() -> None:
    found = reasons.reason(
        "Get-ChildItem : Cannot find path 'D:\\sun' because it does not exist.\n"
        "    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand",
        SPELLING,
    )
    assert found and "Cannot find path 'D:\\sun'" in found.sentence, found
