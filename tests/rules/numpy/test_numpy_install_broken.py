"""numpy-install-broken."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host, Package, Packages, Torch
from tests.rules.judging import facts_of, points_to

RULE = "numpy-install-broken"


def offered(**facts):
    return [c[-1] for remedy in remedies_of(rules.load(RULE), facts_of(**facts)) for c in remedy.commands]


def test_the_same_version_is_installed_anew():
    assert offered(packages=Packages((Package("numpy", "2.1.0"),)), host=Host(os="linux")) == ["numpy==2.1.0"]
    assert offered(torch=Torch(version="2.2.0"), host=Host(os="linux")) == ["numpy<2"]


def test_texts():
    for line in (
        "Original error was: No module named 'numpy.core._multiarray_umath'",
        "ModuleNotFoundError: No module named 'numpy._core._multiarray_umath'",
        "We found no compiled module, did NumPy build successfully?",
        "The following compiled module files exist, but seem incompatible",
        "ImportError: cannot import name 'multiarray' from 'numpy.core' (C:\\env\\numpy\\core\\__init__.py)",
    ):
        assert points_to(RULE, line)
    for line in (
        "ModuleNotFoundError: No module named 'numpy._core'",  # an array that NumPy 2 has written
        "ImportError: numpy.core.multiarray failed to import",  # what was built for another NumPy
        "ModuleNotFoundError: No module named 'numpy'",
        "DLL load failed while importing _multiarray_umath: The specified module could not be found.",
    ):
        assert not points_to(RULE, line)
