"""native-crash."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "native-crash"


def test_signals_and_codes_of_every_system():
    assert points_to(RULE, "run.sh: line 3:  4411 Segmentation fault      (core dumped) python train.py")
    assert points_to(
        RULE, "subprocess.CalledProcessError: Command '['python', 'a.py']' returned non-zero exit status 3221225477."
    )
    assert points_to(RULE, "Process finished with exit code -1073740791 (0xC0000409)")
    assert points_to(RULE, "Segmentation fault: 11")
    assert points_to(RULE, "free(): invalid pointer")
    assert points_to(RULE, "*** Error in `python3': free(): invalid pointer: 0x00007faba1 ***")
    assert points_to(RULE, 'Thread 1 "python3" received signal SIGSEGV, Segmentation fault.')


def test_other_ends_are_none():
    assert not points_to(RULE, "Process finished with exit code 1")
    assert not points_to(RULE, "exitcode  : -6 (pid: 9)")
    assert not points_to(RULE, "Windows fatal exception: code 0xc06d007e")
    assert not points_to(RULE, "This avoids the segmentation fault of older releases")


def test_python_is_asked_for_the_line():
    (run,) = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert run.commands == (("python", "-X", "faulthandler", "PROGRAM.py"),)
