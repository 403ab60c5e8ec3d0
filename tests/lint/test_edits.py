"""Mechanical edits: what they change, what they leave, and when they do nothing."""

from __future__ import annotations

import ast
import textwrap

import pytest

from doctor.lint.edits import GUARD, fixed_text
from doctor.model import Severity
from tests.source.snippets import EVERYWHERE, findings

HEAD = "import numpy as np\nimport torch\nfrom torch.utils.data import DataLoader\n\n"


def fixed(body: str) -> str:
    return fixed_text(HEAD + textwrap.dedent(body), EVERYWHERE).removeprefix(HEAD)


def test_the_run_goes_under_a_guard_and_definitions_stay() -> None:
    body = '''
        def show(x):
            return x


        loader = DataLoader(d, num_workers=2)
        # first look
        for x in loader:
            text = """kept
        as it is"""


        class Net:
            pass


        print(f"{Net}")
    '''
    assert fixed(body) == textwrap.dedent('''
        def show(x):
            return x


        loader = DataLoader(d, num_workers=2)
        # first look
        if __name__ == "__main__":
            for x in loader:
                text = """kept
        as it is"""


        class Net:
            pass


        if __name__ == "__main__":
            print(f"{Net}")
    ''')


def test_tabs_line_ends_and_comments_are_kept() -> None:
    text = HEAD + "def main():\n\tfor x in DataLoader(d, num_workers=2):\n\t\tpass\n\n\nmain()  # go\n# the end\n"
    assert fixed_text(text, EVERYWHERE).endswith(f"{GUARD}\n\tmain()  # go\n# the end\n")
    windows = fixed_text(text.replace("\n", "\r\n"), EVERYWHERE)
    assert "\n" not in windows.replace("\r\n", "")
    assert f"{GUARD}\r\n\tmain()  # go\r\n" in windows


@pytest.mark.parametrize(
    "body",
    [
        "for x in DataLoader(d, num_workers=2): pass\nclass A(x.Base): pass\n",
        "for x in DataLoader(d, num_workers=2): pass\ndef f(a=x): pass\n",
        "for x in DataLoader(d, num_workers=2): pass\n@x\ndef f(): pass\n",
        "a = 1; [x for x in DataLoader(d, num_workers=2)]\n",
        "from torch.utils.data import Dataset\nfor e in DataLoader(list('ab'), num_workers=2): pass\nK = 3\n"
        "class D(Dataset):\n    def __getitem__(self, i):\n        return K\n"
        "for x in DataLoader(D(), num_workers=2): pass\n",
    ],
)
def test_what_would_not_run_under_a_guard_is_left_alone(body: str) -> None:
    assert GUARD not in fixed(body)


def test_persistent_workers_and_seeds() -> None:
    body = """
        def seed(worker):
            np.random.seed(42)


        def main():
            loader = DataLoader(
                d,
                num_workers=2,
                worker_init_fn=seed,
            )
            for epoch in range(9):
                for x in loader:
                    pass
    """
    result = fixed(body)
    assert "np.random.seed(torch.initial_seed() % 2**32)" in result
    assert "worker_init_fn=seed, persistent_workers=True,\n" in result


def test_columns_count_characters_not_bytes() -> None:
    body = (
        "def main():\n    é = 'é'; l = DataLoader('ü', num_workers=2); é = 1\n"
        "    for e in range(2):\n        for x in l: pass\n"
    )
    assert "DataLoader('ü', num_workers=2, persistent_workers=True); é = 1" in fixed(body)


@pytest.mark.parametrize(
    "body",
    [
        "if __name__ == '__main__':\n    for x in DataLoader(d, num_workers=2):\n        pass\n",
        "loader = DataLoader(d, num_workers=0)\nfor x in loader:\n    pass\n",
        "def main():\n    for e in range(2):\n        for x in DataLoader(d, **k):\n            pass\n",
    ],
)
def test_what_needs_nothing_is_not_touched(body: str) -> None:
    assert fixed(body) == body


def test_the_result_is_the_same_program_without_the_error() -> None:
    text = HEAD + "def f():\n    return 1\n\n\nfor x in DataLoader(d, num_workers=2):\n    f()\nprint('done')\n"
    result = fixed_text(text, EVERYWHERE)
    assert [f for f in findings(result) if f.severity is Severity.ERROR] == []
    assert ast.unparse(ast.parse(result)).replace("    ", "").replace(GUARD.replace('"', "'") + "\n", "") == (
        ast.unparse(ast.parse(text)).replace("    ", "")
    )
