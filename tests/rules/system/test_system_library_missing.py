"""system-library-missing: more of its texts are in tests/explain/examples."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "system-library-missing"
MISSING = "OSError: {}: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libopenblas.so.0", "libopenblas0"),
        ("libmpi_cxx.so.40", "openmpi-bin"),
        ("libgfortran.so.5", "libgfortran5"),
        ("libnuma.so.1", "libnuma1"),
    ],
)
def test_the_package_that_has_it_is_named(library, package):
    facts = facts_of(error=ErrorText(text=MISSING.format(library)), host=Host(os="linux", distribution_id="debian"))
    first, *others = remedies_of(rules.load(RULE), facts)
    assert package in first.commands[-1] and len(others) == 1


def test_a_text_that_is_not_there_names_none():
    (only,) = remedies_of(rules.load(RULE), facts_of())
    assert not only.commands


def test_near_misses():
    assert not points_to(RULE, MISSING.format("libcublas.so.12"))
    assert not points_to(RULE, MISSING.format("libnccl.so.2"))
    assert not points_to(RULE, "libgomp: Invalid value for environment variable OMP_NUM_THREADS")
