"""cuda-code-on-mac."""

from doctor.diagnose.meaning import explain
from doctor.explain import causes
from doctor.facts import ErrorText, Host
from doctor.intake import error_text
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "cuda-code-on-mac"
TEXT = ErrorText("AssertionError: Torch not compiled with CUDA enabled")


def test_fires_on_a_mac_only():
    found = finding(RULE, error=TEXT, host=Host(os="macos"))
    assert found is not None
    assert "mps" in found.message
    assert "torch.backends.mps" in found.remedies[0].title
    assert is_cleared(RULE, error=TEXT, host=Host(os="windows"))


def test_open_without_the_text_and_where_the_system_is_not_known():
    assert is_open(RULE, error=ErrorText("ValueError: 3"), host=Host(os="macos"))
    assert is_open(RULE, error=TEXT, host=Host())


def test_texts():
    line = '  File "/Users/user/venv/lib/python3.11/site-packages/torch/cuda/__init__.py", line 310, in _lazy_init'
    assert points_to(RULE, line)
    assert not points_to(RULE, line.replace("/Users/user", "/home/user"))


def test_a_build_that_asks_for_the_toolkit():
    text = ErrorText("OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.")
    found = finding(RULE, error=text, host=Host(os="macos"))
    assert found is not None
    assert "build" in found.message
    assert "without CUDA" in found.remedies[0].title
    assert is_cleared("cuda-toolkit-missing", error=text, host=Host(os="macos"))
    assert is_open("cuda-toolkit-missing", error=text, host=Host(os="linux"))


def test_a_text_of_a_mac_in_which_the_lines_stand_apart():
    text = (
        "Building wheels for collected packages: causal-conv1d\n"
        "  copying csrc -> build/lib.macosx-14.0-arm64-cpython-311\n"
        '  File "/Users/lea/e/lib/python3.11/site-packages/torch/utils/cpp_extension.py", line 2, in _join_cuda_home\n'
        "    raise OSError(\n\n\n\n\n"
        "OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root."
    )
    first = explain(causes(text), error_text.read(text), None).causes[0]
    assert first.rule == RULE
    assert "without CUDA" in first.remedies[0].title


def test_diffusers_asked_for_xformers():
    text = ErrorText(
        "ValueError: torch.cuda.is_available() should be True but is False. xformers' memory efficient attention is"
        " only available for GPU"
    )
    assert finding(RULE, error=text, host=Host(os="macos")) is not None
    assert is_cleared(RULE, error=text, host=Host(os="linux"))


def test_torchs_own_compiler_asked_for_cuda():
    text = ErrorText("BackendCompilerFailed: debug_wrapper raised AssertionError: Torch not compiled with CUDA enabled")
    assert is_open(RULE, error=text, host=Host(os="macos"))
    assert finding(RULE, error=ErrorText(text.text.partition("raised ")[2]), host=Host(os="macos")) is not None
