"""compiler-without-openmp."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "compiler-without-openmp"


def test_conda_is_only_for_conda():
    titles = [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of())]
    assert any("Homebrew" in title for title in titles)


def test_texts():
    assert points_to(RULE, "clang: error: unsupported option '-fopenmp'")
    assert points_to(RULE, "ld: library 'omp' not found")
    assert points_to(RULE, "ld: library not found for -lomp")
    assert not points_to(RULE, "ld: library not found for -lopenblas")
    assert not points_to(RULE, "clang: error: unsupported option '-fopenmp-simd'")
