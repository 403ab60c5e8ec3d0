"""ray-worker-died: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of

RULE = "ray-worker-died"
DIED = "ray.exceptions.ActorDiedError: The actor died unexpectedly before finishing this task."


def test_its_own_log_first():
    logs, look = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert "/tmp/ray" in logs.title and look.commands[0][-1] == "dmesg"


def test_what_the_worker_said_comes_before():
    told = explain.causes(f"torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB\n{DIED}")
    assert [cause.rule for cause in told] == ["out-of-memory"]
    assert explain.causes(DIED)[0].rule == RULE
