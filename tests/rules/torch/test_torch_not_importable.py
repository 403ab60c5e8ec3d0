"""torch-not-importable."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import DamagedFile, Facts, Failure, Package, Packages, Runtime, Torch
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "torch-not-importable"


def test_fires_on_an_import_that_failed_or_died():
    torch = Torch(version="2.7.1")
    failed = finding(RULE, torch=torch, runtime=Runtime(imported=False, failure=Failure("ImportError: x.so: broken")))
    died = finding(RULE, torch=torch, runtime=Runtime(failure=Failure("", signal="SIGSEGV")))
    assert failed and "x.so: broken" in failed.message
    assert died and "SIGSEGV" in died.message
    assert commands(failed)[0][-1] == "torch===2.7.1"


def test_one_that_has_not_ended_is_neither_a_failure_nor_sound():
    """A slow disk and a busy machine look like a hang: nothing is to be installed anew for it."""
    assert is_open(RULE, torch=Torch(version="2.7.1"), runtime=Runtime(failure=Failure("", timed_out=True)))


def test_fires_on_a_dump_whose_torch_line_says_not_available():
    found = finding(RULE, runtime=Runtime(imported=False))
    assert found and "wrote this report" in found.message


def test_another_interpreter_may_have_run_the_program():
    assert is_open(RULE, torch=Torch(version="2.7.1"), runtime=Runtime(imported=True))
    assert is_open(RULE, torch=Torch(version="2.7.1"))


def test_a_text_alone_asks_which_interpreter_it_was_and_installs_nothing():
    first, second = remedies_of(rules.load(RULE), Facts())
    assert first.commands[0][:2] == ("python", "-c")
    assert second.commands == (("torch-doctor", "match"),)


def test_texts():
    assert points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
    assert points_to(RULE, "ImportError: No module named torch")
    assert points_to(RULE, "ModuleNotFoundError: No module named 'torchvision'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torchmetrics'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch._C'")


def test_files_that_are_whole_are_not_installed_again_first():
    torch, failed = Torch(version="2.7.1"), Runtime(failure=Failure("ValueError: Invalid log settings: foo"))
    installed = (Package("torch", "2.7.1", location="/env/site-packages"),)
    first, last = finding(RULE, torch=torch, runtime=failed, packages=Packages(installed)).remedies
    assert first.commands[0][1] == "-c" and "--full" in last.title
    cut = DamagedFile("/env/site-packages/torch/lib/libc10.so", "size")
    found = finding(RULE, torch=torch, runtime=failed, packages=Packages(installed, damaged=(cut,)))
    assert commands(found)[0][-1] == "torch===2.7.1"
