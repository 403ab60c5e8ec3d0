"""`scripts/atlas_python.py` over a small package that says things in every way that torch does."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))

import atlas_python  # noqa: E402 - the folder was just put on the path
import atlas_strings  # noqa: E402
from atlas_coverage import Message  # noqa: E402
from python_messages import messages  # noqa: E402

from doctor.explain import atlas  # noqa: E402

SPOKEN = {
    "an f-string": ("raise RuntimeError(f'no GPU {index} of {len(gpus)}')", ["no GPU {} of {}"]),
    "two f-strings joined": ("raise OSError(f'cannot open {path}: ' f'{reason}')", ["cannot open {}: {}"]),
    "neighbouring holes": ("raise OSError(f'cannot open {path}{suffix}')", ["cannot open {}"]),
    "percent": ("raise OSError('driver %s is %d too old' % (a, b))", ["driver {} is {} too old"]),
    "a percent that is no hole": ("raise OSError('the disk is 100% full')", ["the disk is 100% full"]),
    "format": ("raise OSError('driver {0} of {name!r}'.format(a, name=b))", ["driver {} of {}"]),
    "concatenation": ("raise OSError('no driver for ' + name + ' found')", ["no driver for {} found"]),
    "a condition": ("raise OSError('no driver' if a else 'no device')", ["no driver", "no device"]),
    "nested calls": (
        "raise OSError(textwrap.dedent('''\n    no driver\n      here\n''').strip())",
        ["no driver\nhere"],
    ),
    "a list joined": ("raise OSError(', '.join(['no driver', f'{a}']))", ["no driver, {}"]),
    "a warning with stacklevel": ("warnings.warn('the driver is old', stacklevel=2)", ["the driver is old"]),
    "a warning by keyword": ("warnings.warn(message='the driver is old')", ["the driver is old"]),
    "a logger, filled by itself": ("logger.warning('driver %s is old', v)", ["driver {} is old"]),
    "a module's logger": ("torch._logging.log.error('driver is old')", ["driver is old"]),
    "no logger at all": ("socket.error('driver is old')", []),
    "standard error": ("print('driver is old', file=sys.stderr)", ["driver is old"]),
    "standard output": ("print('driver is old')", []),
    "a check": ("torch._check(ok, lambda: f'driver {v} is old')", ["driver {} is old"]),
    "an assertion": ("assert ok, 'driver is old'", ["driver is old"]),
    "after a number": ("raise OSError(2, 'driver is old')", ["driver is old"]),
    "an exception's own words": (
        "class Old(RuntimeError):\n    def __init__(self):\n        super().__init__('driver is old')",
        ["driver is old"],
    ),
    "a loader's error with more words": ("err.strerror += f' Error loading {dll}'\nraise err", ["Error loading {}"]),
    "a constant of the module": ("MESSAGE = 'driver is {} old'\ndef f():\n    raise OSError(MESSAGE.format(1))", None),
    "a name with two texts": ("def f():\n    m = 'no driver'\n    m = 'no device'\n    raise OSError(m)", None),
    "a name that grows": ("def f():\n    m = 'no driver'\n    m += f' in {path}'\n    raise OSError(m)", None),
    "a function defined below": ("def f():\n    raise OSError(g(1))\ndef g(x):\n    return f'no driver {x}'", None),
    "a helper that makes the error": ("def _error(m):\n    return OSError('no driver: ' + m)", ["no driver: {}"]),
    "colours": ("raise OSError('\\033[1mno driver\\033[0m')", ["no driver"]),
    "nothing but holes": ("raise OSError(f'{a}: {b}')", []),
}
NAMED = {
    "a constant of the module": ["driver is {} old"],
    "a name with two texts": ["no device", "no driver"],
    "a name that grows": ["no driver in {}"],
    "a function defined below": ["no driver {}"],
}


@pytest.mark.parametrize("how", SPOKEN)
def test_a_message_is_read_as_it_would_be_printed(how):
    source, texts = SPOKEN[how]
    assert [found.text for found in messages(source, "package")] == (NAMED[how] if texts is None else texts)


def test_only_what_speaks_of_the_environment_is_in_the_population(tmp_path):
    package = tmp_path / "lib" / "python3.11" / "site-packages" / "torch"
    (package / "cuda").mkdir(parents=True)
    (package / "nn").mkdir()
    (package / "cuda" / "__init__.py").write_text(
        "raise RuntimeError('Found no driver')\nraise ValueError(f'expected a tuple, got {x}')\n"
    )
    (package / "nn" / "init.py").write_text("raise RuntimeError('Found no driver here either')\n")
    found = atlas_python.extract(tmp_path)["torch_python"]
    assert found == [Message("", None, "Found no driver", "torch.cuda")]


def test_shares_are_counted_by_module():
    known = next(entry for entry in atlas.book("torch_python").entries if entry.where == "torch.cuda")
    found = [Message("", None, known.text, known.where), Message("", None, "The driver sings", "torch.cuda")]
    assert atlas_python.shares(found, "torch_python") == [atlas_python.Share("torch.cuda", 1, 2)]


def test_a_librarys_messages_are_put_together_from_their_pieces(tmp_path):
    old = b"The NVIDIA driver on your system is too old (found version \0). Please update your GPU driver by "
    old += b"downloading and installing a new version from the URL: http://www.nvidia.com/Download/index.aspx "
    old += b"Alternatively, go to: https://pytorch.org to install a PyTorch version that has been compiled with "
    old += b"your version of the CUDA driver.\0"
    (tmp_path / "lib").mkdir()
    new = b"The CUDA driver on this machine has never been heard of\0std::vector<NVIDIA driver> is no sentence\0"
    (tmp_path / "lib" / "libc10_cuda.so").write_bytes(b"\x7fELF\0" + old + new)
    texts = {found.text.partition(" (")[0] for found in atlas_strings.extract(tmp_path)}
    assert texts == {
        "The NVIDIA driver on your system is too old",
        "The CUDA driver on this machine has never been heard of",
    }
