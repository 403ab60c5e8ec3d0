"""environment-variable-invalid."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Variables
from tests.rules.judging import facts_of, points_to

RULE = "environment-variable-invalid"


def unset(text: str, **values: str) -> tuple[str, ...]:
    facts = facts_of(error=ErrorText(text), variables=Variables(values), host=Host(os="linux"))
    (remedy,) = remedies_of(rules.load(RULE), facts)
    return remedy.commands[0]


def test_the_variable_that_is_set_is_unset():
    assert unset("Invalid log settings: foo", TORCH_LOGS="foo")[:3] == ("env", "-u", "TORCH_LOGS")
    text = "RuntimeError: Unrecognized CachingAllocator option: segments"
    assert unset(text, PYTORCH_ALLOC_CONF="segments:1")[:3] == ("env", "-u", "PYTORCH_ALLOC_CONF")
    assert unset(text)[:3] == ("env", "-u", "PYTORCH_CUDA_ALLOC_CONF")


def test_texts():
    assert points_to(RULE, "Invalid log settings: foo, must be a comma separated list of fully")
    assert points_to(RULE, "RuntimeError: Unrecognized key 'segments' in Accelerator allocator config.")
    assert not points_to(RULE, "UserWarning: expandable_segments not supported on this platform")


def test_a_list_in_cuda_home_is_told():
    text = "/bin/sh: :/usr/local/cuda/bin/nvcc: No such file or directory"
    (only,) = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))
    assert "CUDA_HOME" in only.title and not only.commands
    assert points_to(RULE, text) and not points_to(RULE, text.replace(":/usr", "/usr"))
