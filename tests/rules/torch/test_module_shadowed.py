"""module-shadowed."""

from doctor.facts import Failure, Host, Python, Runtime, Shadow
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "module-shadowed"
RANDOM = Python(shadowing=(Shadow("random", "/project/random.py"),))


def test_a_warning_while_torch_works_and_an_error_when_it_does_not():
    quiet, loud = Runtime(imported=True), Runtime(imported=False, failure=Failure("ImportError"))
    works, broken = finding(RULE, python=RANDOM, runtime=quiet), finding(RULE, python=RANDOM, runtime=loud)
    assert works and works.severity is Severity.WARNING
    assert broken and broken.severity is Severity.ERROR


def test_an_error_where_it_lacks_what_is_used_of_the_real_one():
    """Found by looking: nothing in the folder is imported."""
    lacking = Python(shadowing=(Shadow("numpy", "/project/numpy"), Shadow("random", "/project/random.py", ("Random",))))
    found = finding(RULE, python=lacking, runtime=Runtime(imported=True))
    assert found and found.severity is Severity.ERROR
    assert "/project/random.py" in found.message and "without Random" in found.evidence[0].seen


def test_quiet_on_names_that_have_their_own_rule():
    assert finding(RULE, python=Python(shadowing=(Shadow("torch", "/project/torch.py"),))) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    line = "(consider renaming '/p/random.py' since it has the same name as the standard library module named 'random')"
    assert points_to(RULE, line)
    assert not points_to(RULE, "AttributeError: module 'random' has no attribute 'foo'")


def test_the_file_gets_another_name():
    found = finding(RULE, python=RANDOM, host=Host(os="linux"))
    assert commands(found) == [("mv", "/project/random.py", "/project/random.py.renamed")]


def test_the_program_may_have_started_in_another_folder():
    assert is_open(RULE, python=Python())
