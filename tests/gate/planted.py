"""A machine with a marker in everything that the program reads: files, variables, packages, words of the target."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import environments
from tests.gate.markers import ESCAPES, HOST, SECRET, USER

FILES = {
    "~/.config/pip/pip.conf": "[global]\nindex-url = https://me:{0}@pip.example/simple\nproxy = me:{0}@p.example:8\n"
    "extra-index-url = https://o.example/?token={0}\n    https://me:{0}@a.example/r/https://b.example/simple\n",
    "~/.config/uv/uv.toml": '[[index]]\nurl = "https://me:{0}@uv.example/simple"\ndefault = true\n',
    "~/.condarc": "channels:\n  - https://conda.example/t/{0}/main\nproxy_servers:\n  https: https://me:{0}@p.example\n",
    "~/.pypirc": "[pypi]\nusername = __token__\npassword = {0}\n",
    "~/.netrc": "machine pip.example login me password {0}\n",
    "~/work/.git/config": '[remote "origin"]\n    url = https://me:{0}@git.example/{1}/secret.git\n',
    "~/work/pyproject.toml": '[project]\nname = "x"\nversion = "1"\n[tool.uv]\nindex-url = "https://me:{0}@w.example/"\n',
    "~/work/requirements.txt": "--index-url https://me:{0}@r.example/simple\ntorch\nx @ https://me:{0}@r.example/x.whl\n",
    "~/work/loaders.py": "from torch.utils.data import DataLoader\nfor x in DataLoader('hf_{0}', num_workers=2): 0\n",
    "~/work/hf_{0}.py": "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):\n    pass\n",
    "~/work/broken.py": "x = 'hf_{0}' (DataLoader\n",
    "~/work/error.txt": "Traceback (most recent call last):\n"
    '  File "/srv/homes/{1}/work/train.py", line 3, in <module>\n    import torch  # hf_{0}\n'
    "RuntimeError: CUDA out of memory. token=hf_{0} https://me:{0}@x.example/ at {2} in /srv/homes/{1}/x {3}\n",
    "~/work/mirrors.toml": '[[mirror]]\nservice = "pypi"\nname = "m"\nurl = "http://me:{0}@127.0.0.1:9/simple"\n',
}
VARIABLES = {
    "HF_TOKEN": "hf_{0}",
    "PIP_PROXY": "me:{0}@127.0.0.1:9",
    "UV_INDEX_URL": "https://me:{0}@u.example/simple",
    "CUDA_HOME": "/srv/homes/{1}/cuda",
    "LD_LIBRARY_PATH": "/srv/homes/{1}/lib:/data/{1}/lib",
    "PYTORCH_CUDA_ALLOC_CONF": "https://me:{0}@x.example {3}",
    "NCCL_HOSTID": "{2}",
    "AWS_SECRET_ACCESS_KEY": "{0}",
}
TORCH = """import sys
sys.stderr.write("hf_{0} of {1} at {2} {3}\\n")
raise OSError("libcudart.so.12: cannot open /srv/homes/{1}/lib hf_{0} https://me:{0}@x.example {3}")
"""
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: y @ https://me:{0}@d.example/y.whl\n"


class Machine:
    """`home` is the user's, `python` the environment that is examined, `sources` how many places hold a marker."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "homes" / USER
        self.sources = 0
        for name, text in FILES.items():
            self._write(name, text)
        self.python = environments.venv(self.home / "work" / "env")
        self.site = next((self.home / "work" / "env").rglob("site-packages"))
        self._write(str(self.site / "torch" / "__init__.py"), TORCH)
        for name in ("torch", "private"):
            info = self.site / f"{name}-1.0.dist-info"
            self._write(str(info / "METADATA"), METADATA.replace("{name}", name))
            self._write(str(info / "direct_url.json"), json.dumps({"url": "https://me:{0}@d.example/x.whl"}, indent=1))
        self.variables = {name: self._planted(value) for name, value in VARIABLES.items()}

    def _planted(self, text: str) -> str:
        self.sources += sum(text.count(f"{{{number}}}") for number in range(4))
        for number, value in enumerate((SECRET, USER, HOST, ESCAPES)):
            text = text.replace(f"{{{number}}}", value)
        return text.replace("/srv/homes", str(self.home.parent))

    def _write(self, name: str, text: str) -> None:
        file = Path(self._planted(name).replace("~", str(self.home), 1))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self._planted(text), encoding="utf-8")

    @property
    def env(self) -> dict[str, str]:
        mine = {"HOME": str(self.home), "USER": USER, "PATH": f"/usr/local/hf_{SECRET}/bin:/usr/bin:/bin"}
        return {**mine, **self.variables}

    def commands(self) -> Iterator[tuple[str, ...]]:
        """Everything that can be asked of it without a network or a torch."""
        python, work = ("--python", str(self.python)), self.home / "work"
        error = str(work / "error.txt")
        yield from (("check", *python, "--error", error, "-v", "--format", form) for form in FORMS)
        yield from (("check", "--from", error, "--format", form) for form in FORMS)
        yield from (("explain", error, *python, "-v", "--format", form) for form in ("text", "json"))
        yield from (("match", *python, "-v", "--format", form) for form in ("text", "json"))
        yield from (("fix", *python, "--dry-run", "--format", form) for form in ("text", "json"))
        yield from (("lint", str(work), "--format", form) for form in ("text", "json", "sarif", "github"))
        yield ("lint", str(work), "--fix", "--dry-run")
        yield from (("diff", "here", str(work / "requirements.txt"), *python, "--format", f) for f in ("text", "json"))
        yield from (
            ("run-recipes", "1", "--quick", *python, "--format", f) for f in ("text", "json", "junit", "markdown")
        )
        yield ("dataloader", *python)
        yield ("lock", *python, "--dry-run")
        yield ("setup", "--env", str(work / "new"), "--requirements", str(work / "requirements.txt"), "--dry-run",
               "--offline", str(work))  # fmt: skip
        mirrors = (
            "mirrors",
            "--service",
            "pypi",
            "--candidates",
            str(work / "mirrors.toml"),
            *python,
            "--timeout",
            "1",
        )
        yield from ((*mirrors, "--format", form) for form in ("text", "json"))
        yield ("check", "--from", str(work / f"no-{USER}-hf_{SECRET}"))
        yield ("explain", f"no-{USER}-rule")
        yield ("run", "--", str(work / f"hf_{SECRET}"))
        yield ("run", "--no-facts", "--", sys.executable, "-c", f"import sys; sys.exit(open({error!r}).read())")


FORMS = ("text", "json", "markdown", "html")
