"""conda-unsatisfiable."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "conda-unsatisfiable"
CONDA = {"host": Host(os="linux"), "python": Python(kind="conda", prefix="/opt/e")}


def test_a_new_environment_and_priorities_only_where_they_exclude():
    (only,) = remedies_of(rules.load(RULE), facts_of(**CONDA))
    assert only.commands[0][:2] == ("torch-doctor", "setup")
    text = ErrorText("pytorch 2.5.1 is excluded by strict repo priority")
    first = remedies_of(rules.load(RULE), facts_of(**CONDA, error=text))[0]
    assert first.commands == (("conda", "config", "--set", "channel_priority", "flexible"),)


def test_texts():
    assert points_to(RULE, "  - nothing provides cudatoolkit >=11.1,<11.2 needed by pytorch-1.10.0-py3.6_cuda11.1_0")
    assert points_to(
        RULE, "  - package torchaudio-2.0.2 requires pytorch-cuda 11.7.*, but none of the providers can be installed"
    )
    assert not points_to(RULE, "PackagesNotFoundError: The following packages are not available from current channels:")
