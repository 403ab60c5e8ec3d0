"""host-compiler-unsupported."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Toolkits
from doctor.model import Severity
from tests.rules.judging import facts_of, finding, is_cleared, is_open, points_to

RULE = "host-compiler-unsupported"


def test_a_gcc_that_is_too_new_for_this_nvcc():
    found = finding(RULE, toolkits=Toolkits(nvcc_version="12.4.131", compiler="gcc 14.2.0"))
    assert found and found.severity is Severity.INFO
    assert "14.2.0" in found.message


@pytest.mark.parametrize(("nvcc", "gcc"), [("12.4.131", "13.3.0"), ("11.8", "11.4.0"), ("13.0", "15.1.1")])
def test_a_gcc_that_it_takes(nvcc, gcc):
    assert is_cleared(RULE, toolkits=Toolkits(nvcc_version=nvcc, compiler=f"gcc {gcc}"))


@pytest.mark.parametrize(
    "toolkits",
    [
        Toolkits(compiler="gcc 14.2.0"),
        Toolkits(nvcc_version="12.4", compiler="clang 19.1.0"),
        Toolkits(nvcc_version="12.4", compiler=""),
        Toolkits(nvcc_version="99.9", compiler="gcc 14.2.0"),
    ],
)
def test_open_where_no_limit_is_known(toolkits):
    assert is_open(RULE, toolkits=toolkits)


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("error: #error -- unsupported GNU version! gcc versions later than 11 are not supported!", "g++ 11"),
        ("Please make sure to use an adequate version of g++ (>=6.0.0, <13.0).", "g++ 12"),
    ],
)
def test_the_text_tells_which_compiler_is_taken(line, last):
    facts = facts_of(host=Host(os="linux"), error=ErrorText(line))
    assert last in remedies_of(rules.load(RULE), facts)[-1].title


def test_no_gcc_for_visual_studio():
    facts = facts_of(host=Host(os="windows"), error=ErrorText("unsupported Microsoft Visual Studio version!"))
    assert "g++" not in remedies_of(rules.load(RULE), facts)[0].title


def test_texts():
    assert points_to(
        RULE, "host_config.h:138:2: error: #error -- unsupported GNU version! gcc versions later than 8 are"
    )
    assert not points_to(RULE, "nvcc fatal   : Unsupported gpu architecture 'compute_86'")
