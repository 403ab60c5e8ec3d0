"""no-cpp-compiler-for-inductor."""

from doctor.facts import Host, Toolkits, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "no-cpp-compiler-for-inductor"
TORCH = Torch(version="2.7.1")


def test_only_told_and_with_the_system_s_own_tool():
    found = finding(RULE, toolkits=Toolkits(compiler=""), torch=TORCH, host=Host(os="linux", tools=("dnf",)))
    assert found and found.severity is Severity.INFO
    assert commands(found)[0][:2] == ("sudo", "dnf")
    windows = finding(RULE, toolkits=Toolkits(compiler=""), torch=TORCH, host=Host(os="windows"))
    assert commands(windows)[0][0] == "winget"


def test_quiet_with_a_compiler_and_when_not_known():
    assert finding(RULE, toolkits=Toolkits(compiler="gcc 12.2.0"), torch=TORCH) is None
    assert finding(RULE, toolkits=Toolkits(), torch=TORCH) is None


def test_texts():
    assert points_to(RULE, "torch._inductor.exc.InvalidCxxCompiler: No working C++ compiler found in ('g++',)")
    line = "RuntimeError: Failed to find C compiler. Please specify via CC environment variable."
    assert points_to(RULE, line)
    assert points_to(RULE, "RuntimeError: Compiler: cl is not found.")
    assert points_to(RULE, "/tmp/x/main.c:5:10: fatal error: Python.h: No such file or directory")
    assert not points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'model.cc'")
