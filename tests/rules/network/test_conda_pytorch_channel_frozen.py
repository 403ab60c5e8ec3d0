"""conda-pytorch-channel-frozen."""

from doctor.facts import Conda
from doctor.model import Severity
from tests.rules.judging import finding

RULE = "conda-pytorch-channel-frozen"


def test_only_told_for_the_channel_and_its_mirrors():
    for channel in ("pytorch", "https://mirror.example.com/anaconda/cloud/pytorch/"):
        found = finding(RULE, conda=Conda(channels=("conda-forge", channel)))
        assert found and found.severity is Severity.INFO


def test_quiet_on_others():
    assert finding(RULE, conda=Conda(channels=("conda-forge", "pytorch3d"))) is None
