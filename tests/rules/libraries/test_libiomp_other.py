"""libiomp-other."""

from tests.rules.judging import points_to

RULE = "libiomp-other"


def test_texts():
    assert points_to(RULE, "OMP: Error #13: Assertion failure at z_Linux_util.cpp(2361).")
    assert points_to(RULE, "OMP: Error #178: Function Can't open SHM2 failed:")
    assert points_to(RULE, "libgomp: Thread creation failed: Resource temporarily unavailable")
    assert points_to(
        RULE, "ImportError: /lib/aarch64-linux-gnu/libgomp.so.1: cannot allocate memory in static TLS block"
    )
    line = "OMP: Error #15: Initializing libomp.dll, but found libiomp5md.dll already initialized."
    assert not points_to(RULE, line)
    assert not points_to(RULE, "OMP: Info #276: omp_set_nested routine deprecated")
