from __future__ import annotations

import pytest

from doctor.match.flags import wish_from
from doctor.model import DoctorError
from doctor.text.addresses import joined, parts_of

NONE = ["http://[", "https://[::1/simple", "http://host:99999/simple", "http://host:port/", "https://a..b/simple"]


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_has_no_parts(address: str) -> None:
    assert not any(parts_of(address))
    assert parts_of(address).hostname is None and parts_of(address).port is None


@pytest.mark.parametrize("address", NONE)
def test_and_none_is_looked_at_for_packages(address: str) -> None:
    with pytest.raises(DoctorError, match="expected a URL that starts with"):
        wish_from(None, None, address)


def test_a_link_that_leads_nowhere() -> None:
    assert joined("https://wheels.example/simple/torch/", "../../a.whl") == "https://wheels.example/a.whl"
    assert joined("https://wheels.example/simple/torch/", "o://[") == ""
