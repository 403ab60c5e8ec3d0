"""Kinds of texts whose first answer was a wrong one: what is right now, and what must not be said again."""

from typing import NamedTuple

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.explain import causes
from doctor.facts import ErrorText, Host, Python
from tests.rules.judging import facts_of

POOL = "HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /bert/config.json"
DLL = "C:\\e\\Lib\\site-packages\\torch\\lib\\c10_xpu.dll"
MISMATCH = (
    '  File "/opt/e/lib/python3.10/site-packages/torch/utils/cpp_extension.py", line 387, in _check_cuda_version\n'
    "    raise RuntimeError(CUDA_MISMATCH_MESSAGE.format(cuda_str_version, torch.version.cuda))\nRuntimeError:\n"
    "The detected CUDA version (11.5) mismatches the version that was used to compile\n"
    "PyTorch (12.1). Please make sure to use the same CUDA versions."
)
PIP = "ERROR: Could not find a version that satisfies the requirement torch{} (from versions: {})\n"
NO_MATCH = "ERROR: No matching distribution found for torch{}"
XFORMERS = (
    "WARNING[XFORMERS]: xFormers can't load C++/CUDA extensions. xFormers was built for:\n"
    "    PyTorch 2.1.2+cu121 with CUDA 1201 (you have 2.1.2+cpu)\n    Python  3.11.7 (you have 3.11.9)"
)
CHANNEL = (
    "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://conda.anaconda.org/pytorch/win-64/repodata.json>\n"
    "Elapsed: -\n\nAn HTTP error occurred when trying to retrieve this URL.\n"
    "SSLError(MaxRetryError('HTTPSConnectionPool(host=\\'conda.anaconda.org\\', port=443): Max retries exceeded"
    ' (Caused by SSLError(SSLError("_ssl.c:1112: The handshake operation timed out")))\'))'
)


class Kind(NamedTuple):
    name: str
    text: str
    right: str
    wrong: str


KINDS = [
    Kind(
        "CUDA_HOME",
        "OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.",
        "cuda-toolkit-missing",
        "cuda-runtime-lib-missing",
    ),
    Kind("nvcc of another CUDA", MISMATCH, "toolkit-torch-cuda-mismatch", "user-code-error"),
    Kind(
        "ninja",
        "RuntimeError: Ninja is required to load C++ extensions",
        "ninja-missing",
        "no-cpp-compiler-for-inductor",
    ),
    Kind(
        "hub",
        f"requests.exceptions.ConnectionError: (MaxRetryError(\"{POOL} (Caused by NewConnectionError('x'))\"))",
        "model-hub-unreachable",
        "dataset-download-http",
    ),
    Kind(
        "build with a tag",
        PIP.format("==2.1.2+cu118", "2.0.1, 2.1.2, 2.2.0") + NO_MATCH.format("==2.1.2+cu118"),
        "wrong-index-or-platform",
        "pinned-version-not-on-index",
    ),
    Kind(
        "build with a tag, uv",
        "Because there is no version of torch==2.1.2+cu118 and you require torch==2.1.2+cu118, we"
        " can conclude that your requirements are unsatisfiable.",
        "wrong-index-or-platform",
        "pinned-version-not-on-index",
    ),
    Kind(
        "placeholders",
        PIP.format("==1.13.1", "0.1.2, 0.1.2.post2") + NO_MATCH.format("==1.13.1"),
        "wrong-index-or-platform",
        "python-version-unsupported",
    ),
    Kind(
        "c10_xpu.dll",
        f'OSError: [WinError 126] The specified module could not be found. Error loading "{DLL}" or one'
        " of its dependencies.",
        "xpu-driver-or-runtime",
        "windows-dll-load-126",
    ),
    Kind("xformers beside a CPU build", XFORMERS, "cpu-only-build-on-gpu-machine", "extension-abi-mismatch"),
    Kind("conda channel out of time", CHANNEL, "download-interrupted", "pip-ssl-or-proxy"),
    Kind(
        "torchcodec",
        "RuntimeError: Could not load libtorchcodec. Likely causes:",
        "torchcodec-ffmpeg",
        "torchaudio-mismatch",
    ),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_right_cause_and_not_the_wrong_one(kind):
    found = [cause.rule for cause in causes(kind.text)]
    assert found[0] == kind.right
    assert kind.wrong not in found


def test_a_build_with_a_tag_is_sent_to_its_index():
    text = causes(PIP.format("==2.1.2+cu118", "2.0.1, 2.1.2, 2.2.0"))[0].line
    first = remedies_of(rules.load("wrong-index-or-platform"), facts_of(error=ErrorText(text)))[0]
    assert "https://download.pytorch.org/whl/cu118" in first.title


def test_placeholders_are_said_to_be_no_wheels():
    text = causes(PIP.format("==1.13.1", "0.1.2, 0.1.2.post2"))[0].line
    facts = facts_of(python=Python(executable="python"), error=ErrorText(text))
    first = remedies_of(rules.load("wrong-index-or-platform"), facts)[0]
    assert "placeholder" in first.title
    assert first.commands[0][:2] == ("python", "-c")


def test_no_compiler_for_ninja_and_no_attention_for_a_cpu_build():
    host = {"host": Host(os="linux", distribution_id="ubuntu"), "python": Python(executable="python")}
    ninja = remedies_of(rules.load("ninja-missing"), facts_of(**host))
    assert not any("g++" in argv for remedy in ninja for argv in remedy.commands)
    facts = facts_of(**host, error=ErrorText(XFORMERS))
    assert not any("attention" in remedy.title for remedy in remedies_of(rules.load("attention-kernel-missing"), facts))
