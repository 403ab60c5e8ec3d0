"""conda-pytorch-channel-frozen."""

from doctor.facts import Conda
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "conda-pytorch-channel-frozen"


def test_only_told_for_the_channel_and_its_mirrors():
    for channel in ("pytorch", "https://mirror.example.com/anaconda/cloud/pytorch/"):
        found = finding(RULE, conda=Conda(channels=("conda-forge", channel)))
        assert found and found.severity is Severity.INFO


def test_the_channel_is_removed_by_its_name():
    found = finding(RULE, conda=Conda(channels=("conda-forge", "pytorch")))
    assert commands(found) == [("conda", "config", "--remove", "channels", "pytorch")]


def test_cleared_by_other_channels_and_open_where_nobody_looked():
    assert is_cleared(RULE, conda=Conda(channels=("conda-forge", "pytorch3d")))
    assert is_open(RULE)
