"""pillow-dll-load-not-torch."""

from tests.rules.judging import points_to

RULE = "pillow-dll-load-not-torch"


def test_texts():
    assert points_to(
        RULE, "ImportError: DLL load failed while importing _imaging: The specified module could not be found."
    )
    assert points_to(RULE, "ImportError: cannot import name '_imaging' from 'PIL' (C:\\env\\PIL\\__init__.py)")
    assert not points_to(RULE, "PIL.UnidentifiedImageError: cannot identify image file")


def test_the_program_line_of_an_old_python_names_the_module():
    line = "    from . import _imaging as core ImportError: DLL load failed: The specified module could not be found."
    assert points_to(RULE, line)
    assert not points_to(RULE, "ImportError: DLL load failed: The specified module could not be found.")
    assert not points_to(RULE, "    from . import _imaging as core")
