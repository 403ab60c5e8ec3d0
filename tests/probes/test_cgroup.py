"""Limits of control groups: version 1, version 2, hybrid, nested, and seen from inside a container."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import _cgroup
from tests.probes.trees import lay

GIB = 1 << 30
V2 = "29 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
V1 = (
    "33 32 0:29 {root} /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:10 - cgroup cgroup rw,cpu,cpuacct\n"
    "35 32 0:31 {root} /sys/fs/cgroup/memory rw,relatime shared:12 - cgroup cgroup rw,memory\n"
)
DOCKER = "/docker/1f3a"


def test_version_2_nested_the_smallest_of_all_above_counts(tmp_path: Path) -> None:
    unit = "sys/fs/cgroup/user.slice/user-1000.slice/run.scope"
    lay(
        tmp_path,
        {
            "proc/self/mountinfo": V2,
            "proc/self/cgroup": "0::/user.slice/user-1000.slice/run.scope\n",
            f"{unit}/cpu.max": "max 100000\n",
            f"{unit}/memory.max": f"{8 * GIB}\n",
            "sys/fs/cgroup/user.slice/user-1000.slice/cpu.max": "250000 100000\n",
            "sys/fs/cgroup/user.slice/user-1000.slice/memory.max": f"{4 * GIB}\n",
            "sys/fs/cgroup/user.slice/cpu.max": "800000 100000\n",
        },
    )
    assert _cgroup.cpu_quota(tmp_path) == 2.5
    assert _cgroup.memory_limit(tmp_path) == 4 * GIB


def test_version_2_in_a_container_with_its_own_namespace(tmp_path: Path) -> None:
    files = {"cpu.max": "50000 100000\n", "memory.max": f"{GIB}\n"}
    lay(tmp_path, {"proc/self/mountinfo": V2, "proc/self/cgroup": "0::/\n"})
    lay(tmp_path / "sys/fs/cgroup", files)
    assert _cgroup.cpu_quota(tmp_path) == 0.5
    assert _cgroup.memory_limit(tmp_path) == GIB


def test_version_1_in_docker_whose_path_is_the_hosts(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "proc/self/mountinfo": V1.format(root=DOCKER),
            "proc/self/cgroup": f"12:memory:{DOCKER}\n4:cpu,cpuacct:{DOCKER}\n1:name=systemd:{DOCKER}\n0::/x\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "400000\n",
            "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": f"{2 * GIB}\n",
        },
    )
    assert _cgroup.cpu_quota(tmp_path) == 4.0
    assert _cgroup.memory_limit(tmp_path) == 2 * GIB


def test_version_1_nested_on_the_host(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "proc/self/mountinfo": V1.format(root="/"),
            "proc/self/cgroup": "12:memory:/slurm/uid_1/job_7\n4:cpu,cpuacct:/slurm\n",
            "sys/fs/cgroup/memory/slurm/uid_1/job_7/memory.limit_in_bytes": f"{16 * GIB}\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_period_us": "100000\n",
        },
    )
    assert _cgroup.cpu_quota(tmp_path) is None
    assert _cgroup.memory_limit(tmp_path) == 16 * GIB


def test_both_at_once(tmp_path: Path) -> None:
    hybrid = V1.format(root="/") + "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n"
    lay(
        tmp_path,
        {
            "proc/self/mountinfo": hybrid,
            "proc/self/cgroup": "4:memory:/a/b\n0::/\n",
            "sys/fs/cgroup/memory/a/memory.limit_in_bytes": f"{GIB}\n",
        },
    )
    assert _cgroup.memory_limit(tmp_path) == GIB
    assert _cgroup.cpu_quota(tmp_path) is None


@pytest.mark.parametrize("path", ["/../../outside", "/elsewhere"])
def test_a_group_outside_of_what_is_mounted(tmp_path: Path, path: str) -> None:
    mounts = V2.replace(" / /sys", " /inside /sys")
    lay(tmp_path, {"proc/self/mountinfo": mounts, "proc/self/cgroup": f"0::{path}\n"})
    lay(tmp_path / "sys/fs/cgroup", {"memory.max": f"{GIB}\n"})
    assert _cgroup.memory_limit(tmp_path) == GIB


@pytest.mark.parametrize("text", ["", "max", "garbage 1", "100000 0", "-1 100000", "100000"])
def test_odd_quotas(tmp_path: Path, text: str) -> None:
    lay(tmp_path, {"proc/self/mountinfo": V2, "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": text})
    assert _cgroup.cpu_quota(tmp_path) == (1.0 if text == "100000" else None)


def test_no_control_groups(tmp_path: Path) -> None:
    assert _cgroup.cpu_quota(tmp_path) is None
    assert _cgroup.memory_limit(tmp_path) is None


def test_half_written_files(tmp_path: Path) -> None:
    lay(tmp_path, {"proc/self/mountinfo": "29 23\n - \nx - cgroup2\n", "proc/self/cgroup": "0\n::\n"})
    assert _cgroup.memory_limit(tmp_path) is None
