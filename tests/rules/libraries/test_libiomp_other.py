"""libiomp-other."""

from doctor.diagnose import remedies_of
from doctor.facts import Host, Variables
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "libiomp-other"


def test_the_variables_that_are_set_go_first_and_nothing_is_installed():
    here = facts_of(host=Host(os="linux"), variables=Variables({"OMP_PROC_BIND": "true", "HOME": "~"}))
    found = remedies_of(load(RULE), here)
    assert found[0].commands == (("env", "-u", "OMP_PROC_BIND", "python", "PROGRAM.py"),)
    assert not [argv for remedy in found for argv in remedy.commands if "install" in argv]


def test_texts():
    assert points_to(RULE, "OMP: Error #13: Assertion failure at z_Linux_util.cpp(2361).")
    assert points_to(RULE, "OMP: Error #178: Function Can't open SHM2 failed:")
    assert points_to(RULE, "libgomp: Out of memory allocating 64 bytes")
    assert points_to(
        RULE, "ImportError: /lib/aarch64-linux-gnu/libgomp.so.1: cannot allocate memory in static TLS block"
    )
    line = "OMP: Error #15: Initializing libomp.dll, but found libiomp5md.dll already initialized."
    assert not points_to(RULE, line)
    assert not points_to(RULE, "OMP: Info #276: omp_set_nested routine deprecated")
