"""extension-not-compiled: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "extension-not-compiled"
NOT_DEFINED = "NameError: name '_C' is not defined"


def test_torch_of_a_source_folder_is_another_cause():
    assert explain.causes(NOT_DEFINED)[0].rule == RULE
    torch = f"    for name in dir(_C):\n             ^^^^^^^\n{NOT_DEFINED}"
    assert explain.causes(torch)[0].rule == "local-torch-shadow-or-broken-import"


def test_nothing_of_its_name_is_installed():
    look, again = remedies_of(rules.load(RULE), facts_of())
    assert look.commands and not again.commands
    told = explain.causes("ModuleNotFoundError: No module named 'selective_scan_cuda'")
    assert told[0].rule == RULE


def test_a_package_is_installed_anew_and_not_built_in_a_folder():
    for module, name in (("mmcv._ext", "mmcv"), ("vllm._C", "vllm")):
        told = ErrorText(f"ModuleNotFoundError: No module named '{module}'")
        assert f"Install {name} again" in remedies_of(rules.load(RULE), facts_of(error=told))[1].title


def test_near_misses():
    assert points_to(RULE, "ImportError: cannot import name 'nms_cuda' from 'ops.nms' (unknown location)")
    assert not points_to(RULE, "ImportError: cannot import name 'use_cuda' from 'ops.nms' (/home/kim/ops/nms.py)")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torchvision._C'")
