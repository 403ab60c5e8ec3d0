"""Who raised: the last frame outside the standard library, in every form in which tracebacks are drawn."""

from __future__ import annotations

import pytest

from doctor.explain import causes
from doctor.explain.outline import Outline, read
from doctor.explain.raised import PROGRAM, owner_of

TORCH = "/opt/conda/lib/python3.11/site-packages/torch/nn/functional.py"
SHAPES = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"


def reading(text: str) -> Outline:
    return read(text, text.count("\n") + 1)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("/home/me/train.py", PROGRAM),
        ("train.py", PROGRAM),
        (r"C:\Users\me\project\train.py", PROGRAM),
        ("<stdin>", PROGRAM),
        ("<ipython-input-3-0a1b>", PROGRAM),
        (TORCH, "torch"),
        (r"C:\\Users\\me\\venv\\Lib\\site-packages\\torch\\__init__.py", "torch"),
        ("/usr/lib/python3/dist-packages/pip/_internal/cli/main.py", "pip"),
        ("/tmp/pip-build-env-x/overlay/lib/python3.12/site-packages/setuptools/build_meta.py", "setuptools"),
        ("/tmp/pip-install-ab12/flash-attn_0123456789abcdef0123456789abcdef/setup.py", "flash-attn"),
        ("/root/.cache/uv/sdists-v9/.tmpX/setup.py", "setup.py"),
        ("setup.py", "setup.py"),
        ("/usr/lib/python3.10/multiprocessing/spawn.py", ""),
        (r"C:\Python311\Lib\json\decoder.py", ""),
        ("/home/me/miniconda3/envs/a/lib/runpy.py", ""),
        ("<frozen importlib._bootstrap>", ""),
        ("<string>", ""),
        ("/env/bin/torchrun", "torchrun"),
        (r"C:\env\Scripts\accelerate.exe\__main__.py", "accelerate"),
        ("/opt/pytorch/pytorch/torch/cuda/__init__.py", "torch"),
        ("/workspace/vllm/vllm/worker/worker.py", "vllm"),
        ("/home/me/torch/train.py", PROGRAM),
    ],
)
def test_owners(path: str, owner: str):
    assert owner_of(path) == owner


PYTHON = f"""\
Traceback (most recent call last):
  File "/home/me/train.py", line 7, in <module>
    main()
  File "{TORCH}", line 9, in linear
    return f(x)
{SHAPES}
"""
IPYTHON_OLD = f"""\
---------------------------------------------------------------------------
RuntimeError                              Traceback (most recent call last)
<ipython-input-3-0a1b2c3d4e5f> in <module>
----> 1 net(x)

{TORCH} in linear(x, w)
      8     y = 1
----> 9     return f(x)

{SHAPES}
"""
IPYTHON = f"""\
---------------------------------------------------------------------------
RuntimeError                              Traceback (most recent call last)
Cell In[3], line 1
----> 1 net(x)

File ~/env/lib/python3.11/site-packages/torch/nn/functional.py:9, in linear(x, w)
      8     y = 1
----> 9     return f(x)

{SHAPES}
"""
PYTEST = f"""\
    def test_net():
>       net(x)

tests/test_net.py:7:
_ _ _ _ _ _ _ _
{TORCH}:9: in linear
    return f(x)
E   {SHAPES}

{TORCH}:9: RuntimeError
"""
RICH = f"""\
╭───────────────────── Traceback (most recent call last) ──────────────────────╮
│ /home/me/train.py:7 in <module>                                              │
│                                                                              │
│ ❱ 7 main()                                                                   │
│                                                                              │
│ {TORCH}:9 in linear    │
╰──────────────────────────────────────────────────────────────────────────────╯
{SHAPES}
"""
WINDOWS = PYTHON.replace(TORCH, r"C:\Users\me\env\Lib\site-packages\torch\nn\functional.py")
LOGGED = "".join(f"2024-05-06 07:08:09,123 [rank1]: {line}\n" for line in PYTHON.splitlines())
RECORD = '{"message": "' + PYTHON.replace('"', r"\"").replace("\n", r"\n") + '"}'


@pytest.mark.parametrize("text", [PYTHON, IPYTHON_OLD, IPYTHON, PYTEST, RICH, WINDOWS, LOGGED, RECORD])
def test_every_form_tells_frames_and_exception(text: str):
    found = reading(text)
    assert found.raised_by == "torch"
    assert found.exception[1] == SHAPES
    assert found.raiser and found.raiser.line in (9, None)
    assert causes(text)[0].rule == "user-code-error"  # the message proves it, and the program itself called


def test_of_a_chain_the_last_exception_and_each_with_its_own_frames():
    chain = PYTHON.replace(SHAPES, "KeyError: 'a'")
    text = (
        f"{chain}\nDuring handling of the above exception, another exception occurred:\n\n"
        'Traceback (most recent call last):\n  File "/home/me/train.py", line 9, in run\n    x\nValueError: b\n'
    )
    found = reading(text)
    assert [one.exception for one in found.tracebacks] == ["KeyError: 'a'", "ValueError: b"]
    assert (found.raised_by, found.exception) == (PROGRAM, (13, "ValueError: b"))
    assert "user-code-error" not in [cause.rule for cause in causes(text)]  # torch raised the KeyError


def test_what_only_passes_on_anothers_failure_is_not_the_exception():
    elastic = TORCH.replace("nn/functional", "distributed/launcher/api")
    text = f'{PYTHON}Traceback (most recent call last):\n  File "{elastic}", line 3, in launch_agent\n    raise\n'
    text += "torch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n"
    assert reading(text).exception[1] == SHAPES


@pytest.mark.parametrize("caller", ["transformers/trainer.py", "pip/_internal/cli.py", "vllm/worker.py"])
def test_a_package_that_misuses_torch_is_no_mistake_of_the_program(caller: str):
    between = f'  File "/env/lib/python3.11/site-packages/{caller}", line 3, in f\n    g()\n'
    text = PYTHON.replace(f'  File "{TORCH}"', f'{between}  File "{TORCH}"')
    assert "user-code-error" not in [cause.rule for cause in causes(text)]


def test_the_environment_is_cleared_only_where_no_package_raised():
    full = PYTHON.replace(SHAPES, "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.")
    between = '  File "/env/lib/python3.11/site-packages/vllm/worker.py", line 3, in f\n    g()\n'
    for text, acquits in ((full, True), (full.replace(f'  File "{TORCH}"', f'{between}  File "{TORCH}"'), False)):
        first = causes(text)[0]
        assert (first.rule, first.acquits) == ("out-of-memory", acquits)
    assert not causes("AssertionError: Torch not compiled with CUDA enabled")[0].acquits


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("ERROR: No matching distribution found for torch", "pip"),
        ("  × No solution found when resolving dependencies:", "uv"),
        ("nvcc fatal   : Unsupported gpu architecture 'compute_120'", "nvcc"),
        ("docker: Error response from daemon: could not select device driver", "docker"),
        ("RuntimeError: x", ""),
        ("ERROR: Unable to load the kernel module 'nvidia.ko'.", ""),
    ],
)
def test_without_a_traceback_the_line_may_tell(line: str, speaker: str):
    assert reading(line).raised_by == speaker


@pytest.mark.parametrize("text", ["", "\n", "a" * 100_000, "Traceback (most recent call last):\n" * 1000])
def test_no_traceback(text: str):
    assert reading(text).tracebacks == ()
    assert reading(text).raised_by == ""
