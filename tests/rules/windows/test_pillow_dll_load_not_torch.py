"""pillow-dll-load-not-torch."""

from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "pillow-dll-load-not-torch"


def test_texts():
    assert points_to(
        RULE, "ImportError: DLL load failed while importing _imaging: The specified module could not be found."
    )
    assert points_to(RULE, "ImportError: cannot import name '_imaging' from 'PIL' (C:\\env\\PIL\\__init__.py)")
    assert not points_to(RULE, "PIL.UnidentifiedImageError: cannot identify image file")


def test_pillow_is_installed_anew_and_torch_stays():
    python = Python(executable=r"C:\env\python.exe")
    (remedy,) = remedies_of(load(RULE), facts_of(host=Host(os="windows"), python=python))
    flags = ("install", "--force-reinstall", "--no-deps", "pillow")
    assert remedy.commands == ((r"C:\env\python.exe", "-m", "pip", *flags),)


def test_a_version_that_does_not_fit_is_another_matter():
    assert not points_to(RULE, "AttributeError: module 'PIL.Image' has no attribute 'ANTIALIAS'")


def test_the_program_line_of_an_old_python_names_the_module():
    line = "    from . import _imaging as core ImportError: DLL load failed: The specified module could not be found."
    assert points_to(RULE, line)
    assert not points_to(RULE, "ImportError: DLL load failed: The specified module could not be found.")
    assert not points_to(RULE, "    from . import _imaging as core")
