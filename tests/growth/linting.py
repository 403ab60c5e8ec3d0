"""Sources for lint: scripts and notebooks."""

from __future__ import annotations

import json
from collections.abc import Callable

from doctor.lint.edits import fixed_text
from doctor.lint.engine import LintSettings, lint_text
from doctor.lint.prefilter import relevant
from doctor.model import DoctorError
from doctor.source.index import MANY
from doctor.source.text import MAX_BYTES, Unreadable, decode, notebook_source
from tests.growth.measure import Kind

_SETTINGS = LintSettings(platforms=("linux", "windows", "macos"), python=(3, 12))
HEAD = "import torch\nfrom torch.utils.data import DataLoader, Dataset\n"


def lint(text: str) -> None:
    data = text.encode()
    try:
        relevant(data)
        lint_text(decode(data), "train.py", _SETTINGS)
    except (Unreadable, RecursionError):
        return


def fix(text: str) -> None:
    try:
        fixed_text(text, _SETTINGS)
    except (Unreadable, RecursionError):
        return


def lint_notebook(text: str) -> None:
    try:
        lint_text(notebook_source(text.encode()), "x.ipynb", _SETTINGS, is_notebook=True)
    except (Unreadable, DoctorError):
        return


def _notebook(*sources: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]})


def _repeated(line: str, head: str = HEAD) -> Kind:
    return Kind(lint, lambda n: head + "".join(line.replace("@", str(i)) for i in range(n)), least=MANY)


LINES = {
    "loaders": "loader@ = DataLoader(data, num_workers=4)\n",
    "the same loader": "loader = DataLoader(data, num_workers=4)\n",
    "loaders in a list": "loaders.append(DataLoader(data, batch_size=@, num_workers=n))\n",
    "loaders in functions": "def load@(data, n):\n    return DataLoader(data, num_workers=n)\n",
    "loaders of calls": "loader@ = DataLoader(make(@), num_workers=int(args.n@))\n",
    "loaders and loops": "loader@ = DataLoader(data, num_workers=4)\nfor x in loader@:\n    print(x)\n",
    "loops over one loader": "for x@ in loader:\n    print(x@)\n",
    "datasets": (
        "class D@(Dataset):\n    def __init__(self, x):\n        self.x = open(x)\n"
        "    def __getitem__(self, i):\n        return self.x[i]\n"
    ),
    "datasets and loaders": (
        "class D@(Dataset):\n    def __init__(self, x):\n        self.f = lambda: x\n"
        "    def __getitem__(self, i):\n        return self.f()\nloader@ = DataLoader(D@(1), num_workers=2)\n"
    ),
    "classes": "class C@:\n    pass\n",
    "classes that inherit": "class C@(C@x):\n    pass\n",
    "imports": "import module@\n",
    "imports of names": "from module import name@\n",
    "assignments": "x@ = @\n",
    "assignments of one name": "x = @\n",
    "augmented": "x += @\n",
    "workers of one name": "n = @\nloader@ = DataLoader(data, num_workers=n)\n",
    "functions": "def f@(x):\n    return x\n",
    "functions of one name": "def f(x):\n    return x + @\n",
    "calls": "f(@)\n",
    "calls of methods": "self.f(@).g()\n",
    "attributes": "a.b@ = @\n",
    "arguments of argparse": "parser.add_argument('--n@', default=@)\n",
    "ifs": "if a@:\n    b = @\n",
    "withs": "with open(a) as f@:\n    pass\n",
    "lambdas": "g@ = lambda x: x + @\n",
    "comments": "# doctor: ignore[dataloader-unpicklable]\n",
    "ignored loaders": "loader = DataLoader(data, num_workers=4)  # doctor: ignore\n",
    "seeds": "torch.manual_seed(@)\nnp.random.seed(@)\n",
    "CUDA calls": "x@ = torch.zeros(1).cuda()\n",
    "start methods": "torch.multiprocessing.set_start_method('fork')\n",
    "guards": "if __name__ == '__main__':\n    loader = DataLoader(data, num_workers=4)\n",
    "globals": "def f@():\n    global x\n    x = @\n",
    "entries": "config['k@'] = @\n",
    "entries that are read": "config['k@'] = @\nx@ = DataLoader(d, num_workers=config['k@'])\n",
    "loaders in entries": "loaders[@] = DataLoader(d, num_workers=1)\nfor x in loaders[@]:\n    pass\n",
    "settings": "config['k@'] = @\nloader@ = DataLoader(d, **config)\n",
    "updates": "config.update(a@=1)\nloader@ = DataLoader(d, **config)\n",
    "attributes of one name": "a@.workers = @\nloader = DataLoader(d, num_workers=a@.workers)\n",
    "transforms set later": "d@.transform = f\nloader@ = DataLoader(d@, num_workers=1)\n",
    "loops over attributes": (
        "class M@:\n    def __init__(self):\n        self.loader = DataLoader(d, num_workers=2)\n"
        "    def run(self):\n        for x in self.loader:\n            print(x)\n"
    ),
    "loops over functions": "def g@():\n    return DataLoader(d, num_workers=2)\nfor x in g@():\n    pass\n",
    "loops of epochs": "for e@ in range(9):\n    for x in DataLoader(d, num_workers=2):\n        pass\n",
    "OpenCV": "cv2.imread('a')\n",
    "OpenCV in datasets": "class D@(Dataset):\n    def __getitem__(self, i):\n        return cv2.imread(i)\nDataLoader(D@())\n",
    "globals that are read": "g@ = open('x')\nclass D@(Dataset):\n    def __getitem__(self, i):\n        return g@\nDataLoader(D@(), num_workers=1)\n",
    "globals that are changed": "g@ = {}\ndef c@():\n    g@['a'] = 1\nclass D@(Dataset):\n    def __getitem__(self, i):\n        return g@\nDataLoader(D@(), num_workers=1)\n",
    "streams": "class D@(IterableDataset):\n    def __iter__(self):\n        yield 1\nDataLoader(D@(), num_workers=1)\n",
    "subclasses of loaders": "class L@(DataLoader):\n    def __init__(self, d):\n        super().__init__(d, num_workers=2)\nL@(d)\n",
    "pieces that return None": "class D@(Dataset):\n    def __getitem__(self, i):\n        return None\nDataLoader(D@())\n",
    "threads": "t@ = threading.Thread(target=f)\n",
    "threads before loops": "t@ = threading.Thread(target=f)\nfor x in DataLoader(d, num_workers=2):\n    pass\n",
    "processes": "p@ = Process(target=f@, daemon=True)\ndef f@():\n    for x in DataLoader(d, num_workers=2):\n        pass\n",
    "collate functions": "def c@(b):\n    return b\nloader@ = DataLoader(d, collate_fn=c@, num_workers=2)\n",
    "empty datasets": "d@ = []\nloader@ = DataLoader(d@, shuffle=True)\nd@.append(1)\n",
    "attributes set late": "loader@ = DataLoader(d)\nloader@.batch_size = 3\n",
    "attributes of attributes": "class C@:\n    def __init__(self):\n        self.a = b.c@.d\n        self.e = self.a.f\n",
}


def _chain_of_functions(n: int) -> str:
    """Each calls the next one."""
    body = "".join(f"def f{i}(data, n):\n    return f{i + 1}(data, n)\n" for i in range(n))
    return f"{HEAD}{body}def f{n}(data, n):\n    return DataLoader(data, num_workers=n)\nf0(1, 2)\n"


def _all_call_one(n: int) -> str:
    body = "".join(f"def f{i}(n):\n    return make(data, n)\n" for i in range(n))
    return f"{HEAD}def make(data, n):\n    return DataLoader(data, num_workers=n)\n{body}"


def _one_calls_all(n: int) -> str:
    body = "".join(f"def f{i}(data):\n    return DataLoader(data, num_workers=4)\n" for i in range(n))
    return f"{HEAD}{body}def main():\n" + "".join(f"    f{i}(data)\n" for i in range(n))


def _chain_of_names(n: int) -> str:
    names = "".join(f"x{i + 1} = x{i}\n" for i in range(n))
    return f"{HEAD}x0 = 4\n{names}loader = DataLoader(data, num_workers=x{n})\n"


def _chain_of_classes(n: int) -> str:
    return f"{HEAD}class C0(Dataset):\n    pass\n" + "".join(f"class C{i + 1}(C{i}):\n    pass\n" for i in range(n))


def _large_dataset(n: int) -> str:
    body = "".join(f"        self.x{i} = open(path)\n" for i in range(n))
    return f"{HEAD}class D(Dataset):\n    def __init__(self, path):\n{body}loader = DataLoader(D(1), num_workers=2)\n"


def _methods(n: int) -> str:
    body = "".join(f"    def m{i}(self):\n        return self.m{i + 1}()\n" for i in range(n))
    get = "    def __getitem__(self, i):\n        return self.m0()\n"
    return f"{HEAD}class D(Dataset):\n{get}{body}loader = DataLoader(D(), num_workers=2)\n"


def _loaders_of_one_dataset(n: int) -> str:
    body = "".join(f"loader{i} = DataLoader(D(), num_workers=2)\n" for i in range(n))
    state = "".join(f"        self.x{i} = open('x')\n" for i in range(n))
    return f"{HEAD}class D(Dataset):\n    def __init__(self):\n{state}{body}"


def _within(head: str, line: str, tail: str = "") -> Callable[[int], str]:
    rows = [f"    {row}" for row in line.splitlines()]
    return lambda n: "\n".join([HEAD, head, *(row.replace("@", str(i)) for i in range(n) for row in rows), tail])


def _state_of_state(n: int) -> str:
    body = "".join(f"        self.x{i + 1} = self.x{i}\n" for i in range(n))
    return f"{HEAD}class D(Dataset):\n    def __init__(self):\n{body}DataLoader(D(), num_workers=1)\n"


KINDS: dict[str, Kind] = {
    **{name: _repeated(line) for name, line in LINES.items()},
    **{
        f"{name} inside a function": Kind(lint, _within("def main():", line), least=MANY)
        for name, line in LINES.items()
    },
    **{
        f"{name} under one guard": Kind(lint, _within("if __name__ == '__main__':", line), least=MANY)
        for name, line in LINES.items()
    },
    **{
        f"{name} in one loop": Kind(lint, _within("for epoch in range(9):", line), least=MANY)
        for name, line in LINES.items()
    },
    **{
        f"{name} in one dataset": Kind(
            lint,
            _within("class D(Dataset):\n  def __init__(self):\n   if 1:", line, "DataLoader(D(), num_workers=1)\n"),
            least=MANY,
        )
        for name, line in LINES.items()
    },
    **{
        f"{name} in workers": Kind(
            lint,
            _within(
                "class D(Dataset):\n  def __getitem__(self, i):\n   if 1:", line, "DataLoader(D(), num_workers=1)\n"
            ),
            least=MANY,
        )
        for name, line in LINES.items()
    },
    "state of state": Kind(lint, _state_of_state, least=MANY),
    "functions that call the next": Kind(lint, _chain_of_functions),
    "functions that call one": Kind(lint, _all_call_one),
    "a function that calls all": Kind(lint, _one_calls_all),
    "names that are others": Kind(lint, _chain_of_names),
    "classes of classes": Kind(lint, _chain_of_classes),
    "a dataset with much state": Kind(lint, _large_dataset, least=MANY),
    "a dataset with many methods": Kind(lint, _methods),
    "loaders of one large dataset": Kind(lint, _loaders_of_one_dataset, least=MANY),
    "blank lines after a syntax error": Kind(lint, lambda n: f"{HEAD}(" + "\n" * n),
    "spaces after a syntax error": Kind(lint, lambda n: f"{HEAD}(" + " " * n),
    "blank lines of spaces after a syntax error": Kind(lint, lambda n: f"{HEAD}(" + "   \n" * n),
    "except after a syntax error": Kind(lint, lambda n: f"{HEAD}(\nexcept " + "a, " * n),
    "excepts after a syntax error": Kind(lint, lambda n: f"{HEAD}(\n" + "except (a\n" * n),
    "except with blanks after a syntax error": Kind(lint, lambda n: f"{HEAD}(\nexcept a," + " " * n),
    "raises after a syntax error": Kind(lint, lambda n: f"{HEAD}(\nraise " + "a" * n),
    "print after a syntax error": Kind(lint, lambda n: f"{HEAD}(\nprint" + " " * n),
    "brackets": Kind(lint, lambda n: f"{HEAD}x = " + "(" * n, 1 << 16),
    "nested lists": Kind(lint, lambda n: f"{HEAD}x = " + "[" * n + "]" * n, 80),
    "nested calls": Kind(lint, lambda n: f"{HEAD}x = " + "f(" * n + ")" * n, 80),
    "nested ifs": Kind(lint, lambda n: HEAD + "".join(" " * i + "if a:\n" for i in range(n)) + " " * n + "f()\n", 96),
    "nested functions": Kind(
        lint, lambda n: HEAD + "".join(" " * i + f"def f{i}(x):\n" for i in range(n)) + " " * n + "DataLoader(x)\n", 96
    ),
    "a sum": Kind(lint, lambda n: f"{HEAD}x = " + " + ".join(["a"] * n) + "\nDataLoader(x, num_workers=x)\n", 900),
    "a chain of calls": Kind(lint, lambda n: f"{HEAD}x = a" + ".f()" * n, 400),
    "a chain of attributes": Kind(lint, lambda n: f"{HEAD}x = a" + ".f" * n, 900),
    "elifs": Kind(lint, lambda n: f"{HEAD}if a:\n    pass\n" + "elif b:\n    pass\n" * n, 900),
    "a list": Kind(lint, lambda n: f"{HEAD}x = [" + "1, " * n + "]\nDataLoader(x, num_workers=len(x))\n"),
    "a dict": Kind(
        lint, lambda n: f"{HEAD}x = {{" + "".join(f"'k{i}': {i}, " for i in range(n)) + "}\nDataLoader(**x)\n"
    ),
    "arguments": Kind(lint, lambda n: f"{HEAD}DataLoader(" + ", ".join(f"a{i}=1" for i in range(n)) + ")\n"),
    "parameters": Kind(
        lint, lambda n: f"{HEAD}def f(" + ", ".join(f"a{i}" for i in range(n)) + "):\n    DataLoader(a1)\n"
    ),
    "one long string": Kind(lint, lambda n: f"{HEAD}x = '" + "a" * n + "'\n"),
    "one long name": Kind(lint, lambda n: f"{HEAD}{'a' * n} = DataLoader(x)\n"),
    "one long number": Kind(lint, lambda n: f"{HEAD}x = {'9' * n}\n"),
    "one long hexadecimal": Kind(lint, lambda n: f"{HEAD}x = 0x{'f' * n}\n"),
    "one long comment": Kind(lint, lambda n: f"{HEAD}# doctor:" + " " * n),
    "one long ignore": Kind(lint, lambda n: f"{HEAD}# doctor: ignore[" + "a," * n),
    "words of the prefilter": Kind(lint, lambda n: "class D(" * n),
    "class of the prefilter": Kind(lint, lambda n: "class " + "D" * n),
    "blanks of the prefilter": Kind(lint, lambda n: "Dataset class" + " " * n),
    "equals of the prefilter": Kind(lint, lambda n: "class D(Dataset):\n    x =" + " " * n),
    "dots of the prefilter": Kind(lint, lambda n: "class D(Dataset):\n    x =" + "a." * n),
    "a notebook of cells": Kind(lint_notebook, lambda n: _notebook(HEAD, *("x = DataLoader(d, num_workers=2)",) * n)),
    "a notebook of magics": Kind(lint_notebook, lambda n: _notebook(HEAD, *("%%bash\nls",) * n)),
    "a notebook of broken cells": Kind(lint_notebook, lambda n: _notebook(HEAD, *("x = (\n",) * n)),
    "one long cell": Kind(lint_notebook, lambda n: _notebook(HEAD + "x = DataLoader(d, num_workers=2)\n" * n)),
    "one long broken cell": Kind(lint_notebook, lambda n: _notebook(HEAD + "(" + "\n" * n)),
    "one long magic": Kind(lint_notebook, lambda n: _notebook(HEAD + "%" + " " * n), MAX_BYTES),
    "spaces in a cell": Kind(lint_notebook, lambda n: _notebook(HEAD + " " * n + "x")),
    **{
        f"{name}, mended": _repeated(line)._replace(read=fix)
        for name, line in LINES.items()
        if "oader" in line or "seed" in line
    },
    "a guard to be put around": Kind(
        fix, lambda n: f"{HEAD}loader = DataLoader(d, num_workers=2)\n" + "for x in loader:\n    print(x)\n" * n
    ),
}
