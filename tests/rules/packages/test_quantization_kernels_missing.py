"""quantization-kernels-missing: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "quantization-kernels-missing"


def test_first_it_is_shown_what_the_wheel_has_to_fit():
    show, install = remedies_of(rules.load(RULE), facts_of())
    assert show.commands and not install.commands


def test_a_kernel_is_no_package_of_its_own():
    first, *_ = explain.causes("ModuleNotFoundError: No module named 'awq_ext'")
    assert first.rule == RULE


def test_near_misses():
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'awq'")
    assert not points_to(RULE, "NameError: name 'ext' is not defined")
