"""Disk space, shared memory and open files; also where folders are missing or refuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doctor.probes import storage
from doctor.target import Target
from tests.probes.trees import lay
from tests.surroundings import LINUX, bound_by_modes, shell


def folders(tmp_path: Path, executable: str, **env: str) -> dict[str, Path]:
    return storage.folders_by_purpose(Target(executable, env={"HOME": str(tmp_path), **env}, cwd=tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="where Linux keeps caches")
def test_places(tmp_path: Path) -> None:
    found = folders(tmp_path, "/opt/env/bin/python")
    assert found["environment"] == Path("/opt/env")
    assert found["pip cache"] == tmp_path / ".cache/pip"
    assert found["torch cache"] == tmp_path / ".cache/torch"
    assert found["home"] == found["working folder"] == tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="where Linux keeps caches")
def test_variables_move_them(tmp_path: Path) -> None:
    moved = {"PIP_CACHE_DIR": "~/p", "TORCH_HOME": "/t", "TMPDIR": str(tmp_path)}
    found = folders(tmp_path, "python", **moved)
    assert found["torch cache"] == Path("/t")
    assert found["temp"] == tmp_path
    assert found["pip cache"] == tmp_path / "p"
    assert "environment" not in found
    assert folders(tmp_path, "python", XDG_CACHE_HOME="/c")["pip cache"] == Path("/c/pip")


def test_a_temp_folder_that_is_not_there_is_not_used(tmp_path: Path) -> None:
    assert folders(tmp_path, "python", TMPDIR="/nonexistent")["temp"] != Path("/nonexistent")


def test_a_folder_not_there_yet_is_where_it_would_lie(tmp_path: Path) -> None:
    found = storage.examine_folder("torch cache", tmp_path / "a" / "b")
    assert found is not None
    assert found.purpose == "torch cache"
    assert 0 <= found.free_bytes <= found.total_bytes
    assert found.writable


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_folder_that_refuses(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    found = bound_by_modes(lambda: storage.examine_folder("home", tmp_path))
    tmp_path.chmod(0o700)
    assert found is not None
    assert not found.writable


@pytest.mark.skipif(sys.platform != "linux", reason="/proc, where nobody may write")
def test_a_read_only_file_system() -> None:
    found = storage.examine_folder("home", Path("/proc/sys/kernel"))
    assert found is not None
    assert found.free_bytes == 0


def test_no_shared_memory(tmp_path: Path) -> None:
    assert storage.shared_memory(tmp_path / "shm") == (0, 0)


def shared(tmp_path: Path, pid: str = "pid:[4026531836]", ipc: str = "ipc:[4026531839]") -> tuple[str, ...]:
    names = ("torch_11_2893_0", "torch_99_2893_1", "torch_99", "sem.x", "torch_99_1_0.txt", "psm_99_a")
    lay(tmp_path, {f"shm/{name}": "" for name in names})
    lay(tmp_path, {"proc/11/stat": "", "proc/self/ns/pid": f"-> {pid}", "proc/self/ns/ipc": f"-> {ipc}"})
    return storage.stale_shared_memory(tmp_path / "shm", tmp_path / "proc")


def test_shared_memory_of_processes_that_are_gone(tmp_path: Path) -> None:
    assert shared(tmp_path) == tuple(str(tmp_path / "shm" / name) for name in ("torch_99_1_0.txt", "torch_99_2893_1"))


def test_in_a_container_of_its_own(tmp_path: Path) -> None:
    assert len(shared(tmp_path, "pid:[4026532200]", "ipc:[4026532199]")) == 2


@LINUX
def test_nothing_is_called_stale_where_the_hosts_processes_cannot_be_seen(tmp_path: Path) -> None:
    assert shared(tmp_path, pid="pid:[4026532200]") == ()


@LINUX
def test_what_torch_s_own_manager_still_keeps_is_not_stale(tmp_path: Path) -> None:
    lay(tmp_path, {"proc/12/comm": "torch_shm_manag\n"})
    assert shared(tmp_path) == ()


def test_nothing_is_stale_without_proc(tmp_path: Path) -> None:
    lay(tmp_path, {"shm/torch_1_2_3": ""})
    assert storage.stale_shared_memory(tmp_path / "shm", tmp_path / "proc") == ()


def test_this_machine(target: Target) -> None:
    found = storage.probe(target)
    assert {"environment", "temp", "working folder"} <= {folder.purpose for folder in found.folders}
    if sys.platform != "win32":
        assert found.open_files_soft is not None
        assert found.open_files_hard is not None
        assert 0 < found.open_files_soft <= found.open_files_hard


def test_a_home_that_is_missing(tmp_path: Path) -> None:
    found = storage.probe(Target(sys.executable, env={"HOME": "/nonexistent/home"}, cwd=tmp_path))
    assert any(folder.purpose == "home" for folder in found.folders)


def test_a_folder_that_onedrive_keeps(tmp_path: Path) -> None:
    (tmp_path / "OneDrive" / "env").mkdir(parents=True)
    for folder, kept in ((tmp_path / "OneDrive" / "env", True), (tmp_path, False), (tmp_path / "OneDrive 2", False)):
        found = storage.examine_folder("environment", folder, [tmp_path / "OneDrive"])
        assert found is not None and found.onedrive is kept


@LINUX
def test_where_nothing_may_be_executed(tmp_path: Path) -> None:
    noexec = "import sys; from pathlib import Path; from doctor.probes.storage import examine_folder as examine\n"
    noexec += "sys.exit(not examine('environment', Path(sys.argv[1])).noexec)"
    mounted = f'mount -t tmpfs -o noexec none {tmp_path} && exec {sys.executable} -c "$0" {tmp_path}'
    shell(["unshare", "--mount", "true"])
    assert subprocess.run(["unshare", "--mount", "sh", "-c", mounted, noexec], check=False).returncode == 0
    found = storage.examine_folder("environment", tmp_path)
    assert found and not found.noexec
