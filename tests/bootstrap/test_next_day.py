"""The first evening and the next day of a plain user, as a transcript: fresh roots, and a real CPU build of torch."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import environments
from tests.bootstrap.parts import CHECKOUT, index, wheel
from tests.bootstrap.roots import Root, unpacked
from tests.surroundings import shell, unavailable

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(sys.platform != "linux", reason="roots of Debian"),
]
DATA = ".local/share/torch-doctor"
LISTS = sorted((CHECKOUT / "doctor/bootstrap/pinned").glob("*.txt"))
TORCHVISION = "0.28.0"  # belongs to torch 2.13.0
SCRIPT = "PYTHON=python3.11 sh ~/checkout/scripts/bootstrap.sh --yes --offline ~/wheels"
# of PyPI's torchvision, which is built for CUDA: what is Python alone, and enough for the recipe that reads pictures
PURE = re.compile(
    r"torchvision/(?:(?:utils|_utils|_internally_replaced_utils|datasets/(?:cifar|utils|vision)).py|transforms/\w+\.py)"
)
ITS_OWN = {
    "__init__": f"__version__ = '{TORCHVISION}+cpu'\nfrom torchvision import datasets, io, ops, transforms\n",
    "version": f"__version__ = '{TORCHVISION}+cpu'\ncuda = None\n",
    "datasets/__init__": "from torchvision.datasets.cifar import CIFAR10\n",
    "io": "",
    "ops": "import torch\ndef nms(boxes, scores, threshold):\n    return torch.tensor([0, 2])\n",
}


def make_wheels(folder: Path) -> None:
    """What a machine without a network is given for Python 3.11: torch-doctor's own needs, and torch with its own."""
    folder.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:", "--python-version", "3.11"]
    shell([*pip, "--dest", str(folder), *(word for file in LISTS for word in ("-r", str(file)))])
    shell([*pip, "--dest", str(folder), f"torch=={environments.CPU_TORCH}", "numpy", "pillow"])
    shell([*pip, "--dest", str(folder / "cuda"), "--no-deps", f"torchvision=={TORCHVISION}"])
    with zipfile.ZipFile(next((folder / "cuda").glob("*.whl"))) as archive:
        pure = {name: archive.read(name).decode() for name in archive.namelist() if PURE.fullmatch(name)}
    files = pure | {f"torchvision/{name}.py": text for name, text in ITS_OWN.items()}
    wheel(folder, "torchvision", f"{TORCHVISION}+cpu", files, f"torch=={environments.CPU_TORCH}", "numpy", "pillow")
    shutil.rmtree(folder / "cuda")


@pytest.fixture(scope="module")
def wheels() -> Path:
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in LISTS)).hexdigest()[:8]
    return environments.kept(f"wheels-cpu-{digest}", make_wheels)


@pytest.fixture(params=["bookworm", "trixie"])
def root(request: pytest.FixtureRequest, tmp_path: Path, wheels: Path) -> Root:
    """Debian 12 with its own Python 3.11, which has no ensurepip, and without uv anywhere; Debian 13 with a Python that
    its user brought, for the same wheels, and uv."""
    found = unpacked(request.param, ("python3", "ca-certificates"), tmp_path / "root")
    if request.param == "trixie":
        put_python(found)
    found.put_checkout()
    found.put(wheels, "wheels")
    if request.param == "bookworm":
        next((found.home / "wheels").glob("uv-*.whl")).unlink()
    return found


def put_python(root: Root) -> None:
    """This machine's Python 3.11, as one that was installed beside the system's."""
    if sys.version_info[:2] != (3, 11):
        unavailable("the wheels are for Python 3.11, and this is another")
    base, into = Path(sys.base_prefix), root.path / "usr/local"
    unwanted = shutil.ignore_patterns("test", "__pycache__", "*.a", "site-packages", "config-3.11-*", "idlelib")
    shutil.copytree(base / "lib/python3.11", into / "lib/python3.11", ignore=unwanted, symlinks=True)
    shutil.copy(base / "bin/python3.11", into / "bin")
    for library in (base / "lib").glob("libpython3.11.so*"):
        shutil.copy(library, into / "lib")
    shell(["chroot", str(root.path), "ldconfig"])


class Person:
    """Somebody at a terminal of a root: what is typed and what is answered is kept."""

    def __init__(self, root: Root) -> None:
        self.root, self.transcript = root, ""
        self.told: list[str] = []  # the last answer, as far as it is no talk

    def types(self, command: str, *, shell: str = "bash -c", code: int = 0) -> str:
        """In a new shell; what it says on both of its outputs."""
        done = self.root.run(f"{shell} {shlex.quote(command)}", timeout=3000)
        said, self.told = done.stdout + done.stderr, [line.strip() for line in done.stdout.splitlines()]
        self.transcript += f"$ {command}\n{said}"
        assert done.returncode == code, self.transcript[-6000:]
        return said


def is_sound(said: str) -> bool:
    """The exit code was 0; on a busy machine a warning (an import that takes long) may stand in place of "Healthy"."""
    return "PyTorch" in said and "✗" not in said and "Undetermined" not in said


def a_second(person: Person) -> str:
    """An environment from the lock, by pip from an index, beside which the first is not forgotten."""
    said = person.types("sh ~/checkout/scripts/bootstrap.sh --yes --env ~/second --from ~/locks/doctor.lock.toml")
    assert is_sound(said)
    assert re.search(r"torch 2\.\d+\.\d+ \(cpu\), \d+ packages, \d+ MB to download", said), person.transcript[-6000:]
    assert "-m pip --python" in " ".join(said.replace("\\\n", " ").split())
    assert "starting ~/second/bin/python" in person.types("torch-doctor check --fast", shell="bash -lc")
    return "/home/plain/second"


@pytest.fixture
def address(wheels: Path) -> Iterator[str]:
    """Of an index with the wheels: PyTorch's own is out of reach of the tests."""
    with index(wheels) as url:
        yield url


def test_the_evening_and_the_next_day(root, address):
    person, before = Person(root), root.listing()

    evening = person.types(SCRIPT)
    assert is_sound(evening)
    assert evening.count("passed (") == 10
    activate, check, recipes = person.told[-3:]

    # a login shell of Debian's has ~/.local/bin on PATH once it is there
    env = f"/home/plain/{DATA}/env"
    assert is_sound(person.types("torch-doctor check", shell="bash -lc"))
    locked = person.types(f"torch-doctor lock --index-url {address}/whl/cpu --output ~/locks", shell="bash -lc")
    assert f"torch {environments.CPU_TORCH}" in locked  # of the environment that the doctor knows
    assert (root.home / "locks/doctor.lock.toml").is_file()

    # a shell without it: what was said to type
    assert is_sound(person.types(f"{activate}; {check}", shell="sh -c"))
    assert "3 of 3 passed" in person.types(f"{activate} && {recipes} 1-3 --quick", shell="bash -c")
    small = "pip install --quiet --no-cache-dir six; python -c 'import six, torch; print(six.__file__)'"
    used = person.types(f"{activate}; {small}")
    assert f"{env}/lib" in used

    # and somebody who forgot all of it
    system = person.types("torch-doctor check --python /usr/bin/python3", shell="bash -lc", code=1)
    assert f"the environment that the bootstrap set up has it: ~/{DATA}/env" in " ".join(system.split())
    assert system.index(f". ~/{DATA}/env/bin/activate") < system.index("setup --env")

    made = [env]
    if not (root.home / DATA / "doctor/bin/uv").exists():  # once is enough
        made.append(a_second(person))

    leaving = person.types("sh ~/checkout/scripts/bootstrap.sh --uninstall")
    assert all(
        f"{folder.replace('/home/plain', '~')}, with everything installed in it since (" in leaving for folder in made
    )
    assert {path for path in root.listing() if not path.startswith("locks")} == before
    assert "not found" in person.types("torch-doctor check", shell="bash -lc", code=127)
