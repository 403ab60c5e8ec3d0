"""model-hub-unreachable."""

import pytest

from doctor.diagnose import remedies_of
from doctor.explain import causes
from doctor.facts import ErrorText, Host
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "model-hub-unreachable"
POOL = "HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /bert"


@pytest.mark.parametrize(
    "line",
    [
        f"requests.exceptions.ConnectionError: (MaxRetryError(\"{POOL} (Caused by NewConnectionError('x'))\"))",
        f"requests.exceptions.SSLError: (MaxRetryError(\"{POOL} (Caused by SSLError(SSLEOFError(8, 'EOF'))\"))",
        "OSError: We couldn't connect to 'https://huggingface.co' to load the files, and couldn't find them",
        "huggingface_hub.errors.LocalEntryNotFoundError: An error happened while trying to locate the file on the Hub",
    ],
)
def test_texts(line):
    assert causes(line)[0].rule == RULE


def test_near_texts():
    assert not points_to(
        RULE, "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://example.com"
    )
    assert not points_to(RULE, "OSError: bert is not a local folder and is not a valid model identifier")


def test_files_that_are_here_come_before_a_mirror():
    here, mirror = remedies_of(load(RULE), facts_of(host=Host(os="linux")))
    assert here.commands == (("env", "HF_HUB_OFFLINE=1", "python", "PROGRAM.py"),)
    assert mirror.commands == (("env", "HF_ENDPOINT=https://hf-mirror.com", "python", "PROGRAM.py"),)


def test_where_the_program_was_told_not_to_ask_it_is_let():
    text = ErrorText("OfflineModeIsEnabled: Cannot reach https://huggingface.co/gpt2: offline mode is enabled.")
    (ask,) = remedies_of(load(RULE), facts_of(host=Host(os="linux"), error=text))
    assert ask.commands[0][:3] == ("env", "-u", "HF_HUB_OFFLINE")
