"""python-shared-library-missing: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "python-shared-library-missing"
MISSING = "ImportError: libpython3.8.so.1.0: cannot open shared object file: No such file or directory"


def test_first_it_is_shown_whose_library_it_is():
    look, folder, package = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=MISSING)))
    assert look.commands and not folder.commands and not package.commands
    assert package.title.endswith("libpython3.8")


def test_near_misses():
    assert points_to(RULE, MISSING)
    assert not points_to(RULE, MISSING.replace("libpython3.8", "libpythonmagick3.8"))
    assert not points_to(RULE, "/usr/bin/ld: cannot find -lpython3.8")
