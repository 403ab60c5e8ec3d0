"""What fails only when it is compared is refused when it is read."""

from __future__ import annotations

import pytest
from packaging.requirements import InvalidRequirement

from doctor.catalog.specifiers import applies, requirement


@pytest.mark.parametrize("marker", ['"" < ""', '"a" == "b"', '"cpu" in extras', 'python_version ~= "x"'])
def test_a_marker_that_compares_nothing_known(marker: str) -> None:
    with pytest.raises(InvalidRequirement, match="compares nothing that is known"):
        requirement(f"torch; {marker}")


def test_a_marker_that_holds() -> None:
    one = requirement('torch; sys_platform == "linux" and extra == "gpu"')
    assert applies(one, {"sys_platform": "linux", "extra": "gpu"})
    assert not applies(one, {"sys_platform": "linux"})
    assert applies(requirement("torch>=2"), {})
