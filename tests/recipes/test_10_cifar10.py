"""The classifier with real torch: from an archive on a server to the accuracy, and a target that is missed."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.recipes.conftest import FOLDER
from tests.recipes.fault_server import serving

# Makes torchvision and the recipe take the archive at hand for the real one
DRIVER = """
import hashlib, importlib, json, sys, tarfile
folder, root, md5, *sources = sys.argv[1:]
sys.path.insert(0, folder)
recipe = importlib.import_module("10_cifar10")
CIFAR10 = recipe.torchvision.datasets.CIFAR10
CIFAR10.tgz_md5 = recipe.cifar10_data.MD5 = md5
CIFAR10.train_list = [[name, None] for name, _ in CIFAR10.train_list]
CIFAR10.test_list = [["test_batch", None]]
CIFAR10.meta = dict(CIFAR10.meta, md5=None)
recipe.QUICK_PICTURES = 2000, 500
recipe.TARGETS = {key: float(%s) for key in recipe.TARGETS}
print(json.dumps(recipe.run(quick=not sources, data_root=root, sources=sources, say=print)))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Generated pictures packed as the real archive is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        generated = importlib.import_module("cifar10_generated")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
        tar.add(generated.write(str(tmp_path_factory.mktemp("generated")), 500), "cifar-10-batches-py")
    return packed.getvalue()


def learn(
    python: Path, root: Path, archive: bytes, *sources: str, target: float = 0.1
) -> subprocess.CompletedProcess[str]:
    md5 = hashlib.md5(archive).hexdigest()
    argv = [str(python), "-B", "-c", DRIVER % target, str(FOLDER), str(root), md5, *sources]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=200)


@pytest.mark.heavy
def test_an_archive_from_a_server_that_breaks_off_is_learned_from(torch_python, tmp_path, archive):
    with serving(archive) as server:
        done = learn(torch_python, tmp_path, archive, server.url("/forbidden"), server.url("/cut"))
        assert len(server.starts("/cut")) > 1
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["data"] == "real", result["detail"]
    assert "/cut at" in result["detail"]
    assert len(result["classes"]) == 10
    assert (tmp_path / "cifar-10-batches-py" / "data_batch_5").exists()


@pytest.mark.heavy
def test_an_archive_put_there_by_hand_and_a_target_that_is_missed(torch_python, tmp_path, archive):
    (tmp_path / "cifar-10-python.tar.gz").write_bytes(archive)
    done = learn(torch_python, tmp_path, archive, target=0.99)
    assert "ladder.Disagrees" in done.stderr
    assert "of the test pictures are right, not 99%" in done.stderr
    assert "CIFAR-10 from" in done.stderr
