"""mirror-fault."""

import pytest

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "mirror-fault"


def test_the_main_source_stops_installs_and_an_extra_one_slows_them():
    main = Source("pip", "index-url", "https://mirror.example.com/simple", verdict="dead", reason="no answer")
    extra = Source("pip", "extra-index-url", "https://mirror.example.com/simple", verdict="dead")
    loud, quiet = finding(RULE, sources=Sources((main,))), finding(RULE, sources=Sources((extra,)))
    assert loud and loud.severity is Severity.ERROR
    assert "no answer" in loud.message
    assert commands(loud) == [("torch-doctor", "mirrors")]
    assert quiet and quiet.severity is Severity.WARNING


def test_cleared_by_sources_that_answer_and_open_where_they_were_not_asked():
    silent = Source("pip", "index-url", "https://a.example.com")
    assert is_cleared(RULE, sources=Sources((silent, Source("pip", "index-url", "https://b", verdict="ok"))))
    assert is_open(RULE, sources=Sources((silent,)))


def test_texts():
    line = "CondaHTTPError: HTTP 404 NOT FOUND for url <https://mirror.example.com/pkgs/main/x.conda>"
    assert points_to(RULE, line)
    assert points_to(RULE, "UnavailableInvalidChannel: HTTP 404 NOT FOUND for channel anaconda/cloud/menpo")
    assert not points_to(RULE, "Looking in indexes: https://mirror.example.com/simple")


@pytest.mark.parametrize(
    "cause", ["ConnectTimeoutError(<x>, 'timed out')", "NewConnectionError('<x>: [Errno 111] Connection refused')"]
)
def test_a_channel_or_an_index_out_of_reach_is_no_matter_of_certificates(cause):
    conda = f"HTTPSConnectionPool(host='repo.anaconda.com', port=443): Max retries exceeded (Caused by {cause})"
    pip = f"WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by '{cause}': /simple/torch/"
    for line in (conda, pip):
        assert points_to(RULE, line)
        assert not points_to("pip-ssl-or-proxy", line)


def test_a_model_hub_and_a_program_of_the_users_are_no_package_source():
    hub = "HTTPSConnectionPool(host='huggingface.co', port=443): Read timed out. (read timeout=10)"
    assert not points_to(RULE, f"requests.exceptions.ReadTimeout: {hub}")
    assert not points_to(RULE, f"urllib3.exceptions.ReadTimeoutError: {hub}")
    assert not points_to(RULE, "TimeoutError: The read operation timed out")
