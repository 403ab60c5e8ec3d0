"""cuda-not-in-visual-studio."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "cuda-not-in-visual-studio"


def test_texts():
    assert points_to(RULE, "  No CUDA toolset found.")
    assert not points_to(RULE, "No CUDA runtime is found, using CUDA_HOME=")


def test_the_installer_comes_first():
    assert "Visual Studio Integration" in remedies_of(rules.load(RULE), facts_of())[0].title
