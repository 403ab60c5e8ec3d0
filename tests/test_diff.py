from __future__ import annotations

from typing import Any

from doctor.diff import Difference, Side, comparable, diff, side_of_contract, side_of_lock, side_of_report
from doctor.facts import Facts, Gpu, Host, Nvidia, Package, Packages, Python, Storage, Torch, Variables
from doctor.model import Reading, Status, Verdict, absent, ok
from tests.diagnose.making import report


def facts(**more: Any) -> Facts:
    known: dict[str, Reading[Any]] = {
        "nvidia": ok(
            Nvidia(driver_version="550.54.14", cuda_version="12.4", gpus=(Gpu("A100", compute_capability="8.0"),))
        ),
        "torch": ok(Torch(version="2.6.0+cu124", build="cu124", cuda_version="12.4", location="~/a/torch")),
        "python": ok(Python(executable="~/a/bin/python", version="3.12.4", prefix="~/a", start_method="fork")),
        "host": ok(Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.35")),
        "packages": ok(
            Packages(installed=(Package("numpy", "2.1.0", location="~/a"), Package("torch", "2.6.0+cu124")))
        ),
        "storage": ok(Storage(shm_bytes=2**30, shm_free_bytes=5)),
        "variables": ok(Variables({"VIRTUAL_ENV": "~/a", "PATH": "~/a/bin"})),
    }
    return Facts(**(known | more))


def side(name: str = "a", **more: Any) -> Any:
    return side_of_report(report(Verdict.SOUND, facts(**more), timings={"torch": 1.0}), name)


def test_where_an_environment_lies_does_not_matter() -> None:
    moved = {
        "torch": ok(Torch(version="2.6.0+cu124", build="cu124", cuda_version="12.4", location="~/b/torch")),
        "python": ok(Python(executable="~/b/bin/python", version="3.12.4", prefix="~/b", start_method="fork")),
        "variables": ok(Variables({"VIRTUAL_ENV": "~/b", "PATH": "~/b/bin"})),
        "storage": ok(Storage(shm_bytes=2**30, shm_free_bytes=7)),
    }
    found = diff(side("a"), side("b", **moved))
    assert found.identical
    assert found.differences == ()


def test_what_matters_most_comes_first() -> None:
    other = {
        "packages": ok(Packages(installed=(Package("numpy", "1.26.4"), Package("torch", "2.6.0+cu124")))),
        "python": ok(Python(version="3.11.9", start_method="fork")),
        "torch": ok(Torch(version="2.6.0+cu126", build="cu126", cuda_version="12.6")),
        "nvidia": ok(Nvidia(driver_version="570.1", cuda_version="12.8", gpus=(Gpu("L4", compute_capability="8.9"),))),
        "variables": ok(Variables({"CUDA_VISIBLE_DEVICES": "1"})),
    }
    found = diff(side(), side(**other))
    assert [(d.area, d.what) for d in found.differences] == [
        ("driver", "NVIDIA driver"),
        ("driver", "CUDA of the driver"),
        ("gpu", "GPU 0"),
        ("torch", "version"),
        ("torch", "build"),
        ("torch", "CUDA"),
        ("python", "version"),
        ("packages", "numpy"),
        ("settings", "CUDA_VISIBLE_DEVICES"),
    ]
    assert found.differences[0] == Difference("driver", "NVIDIA driver", "550.54.14", "570.1")
    assert found.differences[-1].a == "not there"


def test_a_machine_without_a_driver_differs_and_one_that_was_not_looked_at_is_not_compared() -> None:
    without = diff(side(), side(nvidia=absent("no NVIDIA device")))
    assert Difference("driver", "NVIDIA driver", "550.54.14", "not there") in without.differences
    late = Reading[Nvidia](Status.TIMEOUT, reason="no answer")
    unknown = diff(side(), side(nvidia=late))
    assert unknown.identical
    assert unknown.not_compared == ("driver", "gpu")


def test_a_finding_with_another_amount_is_the_same() -> None:
    def low(free: str, rule: str = "disk-nearly-full") -> Any:
        message = f"{free} GB are free on the disk of the environment."
        return Side("a", "report", {"findings": {rule: message}})

    assert diff(low("3.2"), low("11")).identical
    assert not diff(low("3.2"), low("3.2", "another-rule")).identical
    assert not diff(low("3.2"), low("3.2 or 4")).identical


def test_two_locks_differ_by_a_hash_alone() -> None:
    a = side_of_lock({"torch": ("2.6.0", "a" * 64), "numpy": ("2.1.0", "c" * 64)}, "3.12", "a")
    b = side_of_lock({"torch": ("2.6.0", "b" * 64), "numpy": ("2.1.0", "c" * 64)}, "3.12", "b")
    assert diff(a, a).identical
    assert [d.what for d in diff(a, b).differences] == ["torch"]


def test_a_lock_beside_a_report() -> None:
    lock = side_of_lock({"torch": ("2.6.0+cu124", "a" * 64), "numpy": ("2.1.0", "c" * 64)}, "3.12", "lock")
    assert diff(*comparable(lock, side())).identical
    older = side_of_lock({"torch": ("2.6.0+cu124", "a" * 64), "numpy": ("2.0.0", "c" * 64)}, "3.11", "lock")
    assert [(d.area, d.what) for d in diff(*comparable(older, side())).differences] == [
        ("python", "version"),
        ("packages", "numpy"),
    ]


def test_contracts_are_compared_build_by_build() -> None:
    a = side_of_contract({"cpu": {"torch": "2.6.0"}, "cu124": {"minimum_driver": "525"}}, "a")
    b = side_of_contract({"cpu": {"torch": "2.6.0"}, "cu124": {"minimum_driver": "550"}}, "b")
    assert [(d.area, d.what, d.b) for d in diff(a, b).differences] == [("build cu124", "minimum driver", "550")]


def test_a_contract_with_one_more_build() -> None:
    a = side_of_contract({"cpu": {"torch": "2.6.0"}}, "a")
    b = side_of_contract({"cpu": {"torch": "2.6.0"}, "cu124": {"torch": "2.6.0"}}, "b")
    assert diff(a, b).differences == (Difference("builds", "cu124", "not there", "locked"),)
