"""How many workers: literals, constants, options, settings, CPU counts, parameters, call chains."""

from __future__ import annotations

import pytest

from tests.source.snippets import workers


@pytest.mark.parametrize(
    ("source", "certainty", "most"),
    [
        ("DataLoader(d, num_workers=3)", "yes", 3),
        ("DataLoader(d, 4, True, None, None, 3)", "yes", 3),
        ("DataLoader(d, num_workers=0)", "no", 0),
        ("DataLoader(d)", "no", 0),
        ("N = 2\nDataLoader(d, num_workers=N)", "yes", 2),
        ("N = M = 2\nDataLoader(d, num_workers=M * 2)", "yes", 4),
        ("A, N = 1, 5\nDataLoader(d, num_workers=N)", "yes", 5),
        ("DataLoader(d, num_workers=max(1, 4 // 2))", "yes", 2),
        ("DataLoader(d, num_workers=2 if cuda else 0)", "maybe", 2),
        ("DataLoader(d, num_workers=n or 2)", "maybe", 2),
        ("DataLoader(d, num_workers=int('3'))", "yes", 3),
        ("def f():\n    global N\n    N = 6\nDataLoader(d, num_workers=N)", "yes", 6),
        ("if (n := 2):\n    DataLoader(d, num_workers=n)", "yes", 2),
        ("for n in (0, 2):\n    DataLoader(d, num_workers=n)", "unresolved", 0),
        ("DataLoader(d, num_workers=n)", "unresolved", 0),
        ("from settings import N\nDataLoader(d, num_workers=N)", "unresolved", 0),
        ("DataLoader(d, **options)", "unresolved", 0),
    ],
)
def test_literals_constants_and_choices(source: str, certainty: str, most: int) -> None:
    found = workers(source)
    assert (found.certainty, found.most) == (certainty, most)


@pytest.mark.parametrize(
    "count",
    [
        "import os\nDataLoader(d, num_workers=os.cpu_count())",
        "from os import cpu_count\nDataLoader(d, num_workers=cpu_count())",
        "import multiprocessing as mp\nDataLoader(d, num_workers=mp.cpu_count() // 2)",
        "import os\nDataLoader(d, num_workers=len(os.sched_getaffinity(0)))",
        "import os\nDataLoader(d, num_workers=min(os.cpu_count(), 8))",
        "import os\nDataLoader(d, num_workers=max(0, os.cpu_count() - 1))",
        "import os\nn = min([os.cpu_count(), 4])\nDataLoader(d, num_workers=os.cpu_count() or 1)",
    ],
)
def test_cpu_counts_are_positive(count: str) -> None:
    assert workers(count).may


PARSER = "import argparse\np = argparse.ArgumentParser()\n"


@pytest.mark.parametrize(
    ("option", "use", "certainty", "most"),
    [
        ("p.add_argument('--workers', type=int, default=4)", "a.workers", "yes", 4),
        ("p.add_argument('-j', '--num-workers', default='4', type=int)", "a.num_workers", "yes", 4),
        ("p.add_argument('--nThreads', dest='jobs', default=2)", "a.jobs", "yes", 2),
        ("p.add_argument('-w', default=2)", "a.w", "yes", 2),
        ("p.add_argument('--workers', type=int, default=0)", "a.workers", "no", 0),
        ("p.add_argument('--workers', type=int)", "a.workers", "unresolved", 0),
        ("p.add_argument('--workers', type=int, required=True)", "a.workers", "unresolved", 0),
        ("p.set_defaults(workers=3)", "a.workers", "yes", 3),
        ("p.add_argument('--fast', action='store_true')", "2 if a.fast else 0", "maybe", 2),
        ("g = p.add_argument_group('g')\ng.add_argument('--workers', default=4)", "int(a.workers)", "yes", 4),
        ("p.add_argument('--workers', default=4)", "vars(a)['workers']", "yes", 4),
        ("p.add_argument('--workers', default=4)", "getattr(a, 'workers', 1)", "yes", 1),
    ],
)
def test_command_line_defaults(option: str, use: str, certainty: str, most: int) -> None:
    found = workers(f"{PARSER}{option}\na = p.parse_args()\nDataLoader(d, num_workers={use})")
    assert (found.certainty, found.most) == (certainty, most)


def test_an_option_that_is_set_in_code_may_be_either() -> None:
    found = workers(
        f"{PARSER}p.add_argument('--n', default=4)\na = p.parse_args()\na.n = 0\nDataLoader(d, num_workers=a.n)"
    )
    assert (found.certainty, found.most) == ("maybe", 4)
    assert "default of --n: 4" in found.described


@pytest.mark.parametrize(
    ("source", "certainty", "most"),
    [
        ("c = {'workers': 4}\nDataLoader(d, num_workers=c['workers'])", "yes", 4),
        ("c = {'data': {'workers': 4}}\nDataLoader(d, num_workers=c['data']['workers'])", "yes", 4),
        ("c = {'workers': 4}\nDataLoader(d, num_workers=c.get('workers', 0))", "yes", 4),
        ("c = load()\nDataLoader(d, num_workers=c.get('workers', 2))", "yes", 2),
        ("c = dict(workers=4)\nDataLoader(d, num_workers=c['workers'])", "yes", 4),
        ("c = {}\nc['workers'] = 4\nDataLoader(d, num_workers=c['workers'])", "yes", 4),
        ("class C:\n    workers = 4\nDataLoader(d, num_workers=C.workers)", "yes", 4),
        ("class C:\n    workers: int = 4\nc = C()\nDataLoader(d, num_workers=c.workers)", "yes", 4),
        ("class C:\n    def __init__(self):\n        self.n = 4\nc = C()\nDataLoader(d, num_workers=c.n)", "yes", 4),
        ("from types import SimpleNamespace as S\nc = S(n=4)\nDataLoader(d, num_workers=c.n)", "yes", 4),
        ("from easydict import EasyDict\nc = EasyDict({'n': 4})\nDataLoader(d, num_workers=c.n)", "yes", 4),
        ("k = {'num_workers': 4} if cuda else {}\nDataLoader(d, **k)", "maybe", 4),
        ("k = {'num_workers': 4, 'pin_memory': True}\nDataLoader(d, **k)", "yes", 4),
        ("k = {}\nif cuda:\n    k.update({'num_workers': 1})\nDataLoader(d, **k)", "maybe", 1),
        ("k = {}\nk['num_workers'] = 4\nDataLoader(d, **k)", "maybe", 4),
        ("import os\nDataLoader(d, num_workers=int(os.environ.get('WORKERS', '4')))", "yes", 4),
        (
            "from absl import flags\nflags.DEFINE_integer('n', 4, '')\nF = flags.FLAGS\nDataLoader(d, num_workers=F.n)",
            "yes",
            4,
        ),
    ],
)
def test_settings(source: str, certainty: str, most: int) -> None:
    found = workers(source)
    assert (found.certainty, found.most) == (certainty, most)


@pytest.mark.parametrize(
    ("source", "certainty", "most"),
    [
        ("def f(n=4):\n    return DataLoader(d, num_workers=n)", "yes", 4),
        ("def f(n):\n    return DataLoader(d, num_workers=n)\nf(3)", "yes", 3),
        ("def f(x, n):\n    return DataLoader(d, num_workers=n)\nf(1, n=3)", "yes", 3),
        ("def f(n):\n    return DataLoader(d, num_workers=n)\ndef g(m):\n    return f(m)\ng(2)", "yes", 2),
        ("def f(n=0):\n    return DataLoader(d, num_workers=n)\nf()\nf(2)", "maybe", 2),
        ("def f(n):\n    return DataLoader(d, num_workers=n)", "unresolved", 0),
        ("def n():\n    return 3\nDataLoader(d, num_workers=n())", "yes", 3),
        (
            "class T:\n    def __init__(self, n):\n        self.n = n\n    def f(self):\n"
            "        DataLoader(d, num_workers=self.n)\nT(2)",
            "yes",
            2,
        ),
        ("def f(**k):\n    return DataLoader(d, **k)\nf(num_workers=3)", "yes", 3),
        ("def f(**k):\n    return DataLoader(d, **k)", "unresolved", 0),
        ("import click\n@click.option('--n', default=4)\ndef f(n):\n    DataLoader(d, num_workers=n)", "yes", 4),
    ],
)
def test_parameters_and_call_chains(source: str, certainty: str, most: int) -> None:
    found = workers(source)
    assert (found.certainty, found.most) == (certainty, most)


def test_a_name_bound_by_itself_ends() -> None:
    assert workers("n = 1\nn = n + 1\nDataLoader(d, num_workers=n)").may
    assert workers("n = f(n)\nDataLoader(d, num_workers=n)").certainty == "unresolved"
