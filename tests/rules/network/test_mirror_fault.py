"""mirror-fault."""

from doctor.facts import Source, Sources
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "mirror-fault"


def test_the_main_source_stops_installs_and_an_extra_one_slows_them():
    main = Source("pip", "index-url", "https://mirror.example.com/simple", verdict="dead", reason="no answer")
    extra = Source("pip", "extra-index-url", "https://mirror.example.com/simple", verdict="dead")
    loud, quiet = finding(RULE, sources=Sources((main,))), finding(RULE, sources=Sources((extra,)))
    assert loud and loud.severity is Severity.ERROR
    assert "no answer" in loud.message
    assert quiet and quiet.severity is Severity.WARNING


def test_quiet_on_sources_that_answer_or_were_not_asked():
    entries = (
        Source("pip", "index-url", "https://a.example.com"),
        Source("pip", "index-url", "https://b", verdict="ok"),
    )
    assert finding(RULE, sources=Sources(entries)) is None


def test_texts():
    line = "CondaHTTPError: HTTP 404 NOT FOUND for url <https://mirror.example.com/pkgs/main/x.conda>"
    assert points_to(RULE, line)
    assert points_to(RULE, "UnavailableInvalidChannel: HTTP 404 NOT FOUND for channel anaconda/cloud/menpo")
    line = "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='x', port=443): Read"
    assert points_to(RULE, line)
    assert not points_to(RULE, "Looking in indexes: https://mirror.example.com/simple")
