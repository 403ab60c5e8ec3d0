"""no-cpp-compiler-for-inductor."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python, Toolkits, Torch
from doctor.model import Severity
from tests.rules.judging import commands, facts_of, finding, is_open, points_to

RULE = "no-cpp-compiler-for-inductor"
TORCH = Torch(version="2.7.1")


def first(host: Host | None, python: Python | None = None) -> list[tuple[str, ...]]:
    known = {name: value for name, value in (("host", host), ("python", python)) if value}
    return commands(finding(RULE, toolkits=Toolkits(compiler=""), torch=TORCH, **known))


def test_only_told():
    found = finding(RULE, toolkits=Toolkits(compiler=""), torch=TORCH)
    assert found and found.severity is Severity.INFO
    assert commands(found) == []  # nobody knows for which system


def test_by_the_means_of_the_system():
    apt = ("sudo", "apt-get", "install", "-y")
    ubuntu = Host(os="linux", distribution_id="ubuntu", distribution_version="24.04")
    assert first(ubuntu) == [(*apt, "g++"), (*apt, "python3-dev")]
    assert first(ubuntu, Python(kind="conda")) == [(*apt, "g++")]
    assert first(Host(os="linux", distribution_id="fedora"))[0] == ("sudo", "dnf", "install", "-y", "gcc-c++")
    windows = first(Host(os="windows"))[0]
    assert windows[0] == "winget"
    assert "Microsoft.VisualStudio.Workload.VCTools" in windows[-1]
    assert first(Host(os="macos")) == [("xcode-select", "--install")]


def test_a_compiler_that_is_there_may_be_one_for_c_alone():
    assert is_open(RULE, toolkits=Toolkits(compiler="gcc 12.2.0"), torch=TORCH)
    assert is_open(RULE, toolkits=Toolkits(), torch=TORCH)


def test_quiet_with_a_compiler_and_when_not_known():
    assert finding(RULE, toolkits=Toolkits(compiler="gcc 12.2.0"), torch=TORCH) is None
    assert finding(RULE, toolkits=Toolkits(), torch=TORCH) is None


def test_texts():
    assert points_to(RULE, "torch._inductor.exc.InvalidCxxCompiler: No working C++ compiler found in ('g++',)")
    line = "RuntimeError: Failed to find C compiler. Please specify via CC environment variable."
    assert points_to(RULE, line)
    assert points_to(RULE, "RuntimeError: Compiler: cl is not found.")
    assert not points_to(RULE, "/tmp/x/main.c:5:10: fatal error: Python.h: No such file or directory")
    assert not points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'model.cc'")


def test_a_compiler_without_openmp_gets_it():
    error = ErrorText(
        text="RuntimeError: clang++\nOpenMP support not found. Please try one of the following solutions:"
    )
    found = remedies_of(rules.load(RULE), facts_of(host=Host(os="macos"), error=error))
    assert [r.commands for r in found] == [()]
    assert "libomp" in found[0].title
