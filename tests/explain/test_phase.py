"""What was being done when a text was written."""

from __future__ import annotations

import pytest

from doctor.explain import causes
from doctor.explain.outline import read
from doctor.explain.scan import scan
from doctor.model import Phase

PIP_BOX = """\
Collecting flash-attn
  Downloading flash_attn-2.5.8.tar.gz (2.5 MB)
  Getting requirements to build wheel: finished with status 'error'
  error: subprocess-exited-with-error

  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
  ╰─> [9 lines of output]
      Traceback (most recent call last):
        File "/tmp/pip-build-env-k2/overlay/lib/python3.11/site-packages/setuptools/build_meta.py", line 332, in x
          import torch
      ModuleNotFoundError: No module named 'torch'
      [end of output]
"""
UV_BOX = """\
  × Failed to build `flash-attn==2.5.8`
  ├─▶ The build backend returned an error
  ╰─▶ Call to `setuptools.build_meta.build_wheel` failed (exit status: 1)

      [stderr]
      Traceback (most recent call last):
        File "<string>", line 14, in <module>
      ModuleNotFoundError: No module named 'torch'
"""
NO_TORCH = 'Traceback (most recent call last):\n  File "train.py", line 1, in <module>\n    import torch\n'
NO_TORCH += "ModuleNotFoundError: No module named 'torch'\n"


def phase(text: str) -> Phase:
    return read(text, text.count("\n") + 1).phase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Collecting torch\nERROR: No matching distribution found for torch==2.1.2+cu118", Phase.RESOLVING),
        ("Solving environment: failed\n\nLibMambaUnsatisfiableError: Encountered problems", Phase.RESOLVING),
        ("  × No solution found when resolving dependencies:\n  ╰─▶ Because torch", Phase.RESOLVING),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", Phase.DOWNLOADING),
        (
            '  File "/e/lib/python3.10/site-packages/pip/_vendor/urllib3/response.py", line 443, in _error_catcher\n'
            "pip._vendor.urllib3.exceptions.ReadTimeoutError: Read timed out.",
            Phase.DOWNLOADING,
        ),
        (PIP_BOX, Phase.BUILDING_ISOLATED),
        (UV_BOX, Phase.BUILDING_ISOLATED),
        (f"$ pip install flash-attn --no-build-isolation\n{PIP_BOX}", Phase.BUILDING),
        ("running build_ext\nerror: command '/usr/bin/g++' failed with exit code 1", Phase.BUILDING),
        (
            '  File "/e/lib/python3.9/site-packages/pip/_internal/cli/main.py", line 7, in main\nMemoryError',
            Phase.INSTALLING,
        ),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", Phase.INSTALLING),
        (NO_TORCH, Phase.IMPORTING),
        ("OSError: libcudart.so.12: cannot open shared object file: No such file or directory", Phase.IMPORTING),
        (
            '  File "C:\\P311\\Lib\\multiprocessing\\spawn.py", line 122, in spawn_main\nEOFError: Ran out of input',
            Phase.STARTING_PROCESSES,
        ),
        ("torch.distributed.DistNetworkError: The client socket has timed out after 600000ms", Phase.RENDEZVOUS),
        ("RuntimeError: No CUDA GPUs are available", Phase.INITIALISING),
        ("Epoch 3: loss 0.2\n    loss.backward()\nRuntimeError: x", Phase.TRAINING),
        ("Epoch 3: loss 0.2\nKilled", Phase.TRAINING),
        ("RuntimeError: [enforce fail at inline_container.cc:595] . unexpected pos 64 vs 0", Phase.SAVING),
        (
            '  File "/e/lib/python3.10/site-packages/huggingface_hub/file_download.py", line 9, in hf_hub_download\n'
            "OSError: We couldn't connect to 'https://huggingface.co'",
            Phase.FETCHING,
        ),
        ("all is well", Phase.UNKNOWN),
        ("", Phase.UNKNOWN),
    ],
)
def test_phases(text: str, expected: Phase):
    assert phase(text) is expected


def test_a_program_that_runs_after_a_build_is_no_build():
    assert phase(PIP_BOX + NO_TORCH) is Phase.IMPORTING
    assert phase(NO_TORCH + PIP_BOX) is Phase.BUILDING_ISOLATED
    mine = "Traceback (most recent call last):\n  File \"train.py\", line 9, in f\n    g()\nKeyError: 'label'\n"
    conflict = "torchvision 0.20.1 requires torch==2.5.1, but you have torch 2.7.0 which is incompatible.\n"
    assert phase(conflict) is Phase.INSTALLING
    assert phase(conflict + mine) is Phase.UNKNOWN
    assert "user-code-error" in [cause.rule for cause in causes(conflict + mine)]


def test_a_phase_takes_rules_out_of_the_question():
    missing = {"torch-not-importable", "torch-not-installed"}
    for text in (PIP_BOX, UV_BOX):
        assert not missing & {cause.rule for cause in causes(text)}
    asked = f"$ pip install flash-attn --no-build-isolation\n{PIP_BOX}"
    assert missing & {cause.rule for cause in causes(asked)}


def test_what_a_build_says_is_no_mistake_of_the_program():
    box = PIP_BOX.replace("ModuleNotFoundError: No module named 'torch'", "KeyError: 'arch'")
    assert not {c.rule for c in causes(box)} & {"user-code-error", "not-an-error-perf-hint"}
    old = "FutureWarning: setup.py install is deprecated\nerror: command 'gcc' failed with exit status 1"
    assert "not-an-error-perf-hint" not in {cause.rule for cause in causes(old)}


def test_a_long_text_is_read_at_its_ends():
    text = "x\n" * 200_000 + NO_TORCH
    outline = scan(text).outline
    assert outline.phase is Phase.IMPORTING
    assert outline.exception == (200_004, "ModuleNotFoundError: No module named 'torch'")
