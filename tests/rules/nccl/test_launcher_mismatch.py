"""launcher-mismatch: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "launcher-mismatch"


def told(text):
    return remedies_of(rules.load(RULE), facts_of(host=Host(os="linux"), error=ErrorText(text=text)))


def test_torchrun_where_no_variable_is_set():
    start, read = told("KeyError: 'LOCAL_RANK'")
    assert start.commands[0][0] == "torchrun" and not read.commands


def test_the_program_first_where_the_argument_is_not_known():
    read, start = told("train.py: error: unrecognized arguments: --local-rank=0")
    assert "--local_rank" in read.title and start.commands


def test_near_misses():
    assert not points_to(RULE, "KeyError: 'SLURM_PROCID'")
    assert not points_to(RULE, "train.py: error: unrecognized arguments: --rank 0")
