"""Which settings a machine allows, and what is recommended from measurements."""

from __future__ import annotations

from doctor.dataloader.tune import Budget, budget_of, recommend, trial_settings
from doctor.facts import Cpu, Facts, Host, Memory, Storage
from doctor.model import ok, skipped

GB = 10**9
BATCH = 38_535_168


def facts(**known: object) -> Facts:
    return Facts(**{name: ok(known[name]) if name in known else skipped("test") for name in Facts.__struct_fields__})


def test_the_budget_is_the_smallest_of_what_limits():
    machine = facts(
        host=Host(os="linux"),
        cpu=Cpu(logical=12, affinity=8, quota_cores=4.5),
        memory=Memory(available_bytes=8 * GB, cgroup_limit_bytes=3 * GB),
        storage=Storage(shm_bytes=64 << 20, shm_free_bytes=1 << 20),
    )
    assert budget_of(machine) == Budget(4, 1 << 20, 3 * GB)
    assert budget_of(facts()).cpus == 2


def test_the_processors_limit_what_is_tried_unless_the_user_asks():
    tried, limits = trial_settings(Budget(4, None, None), BATCH, None, False)
    assert {t.workers for t in tried} == {0, 1, 2, 3, 4}
    assert "4 workers" in limits[0]
    tried, limits = trial_settings(Budget(4, None, None), BATCH, (16,), False)
    assert ({t.workers for t in tried}, limits) == ({0, 16}, [])


def test_shared_memory_and_memory_limit_what_is_tried():
    tried, limits = trial_settings(Budget(2, 64 << 20, None), BATCH, None, False)
    assert {t.workers for t in tried} == {0}
    assert any("/dev/shm" in limit and "67 MB are free" in limit for limit in limits)
    tried, limits = trial_settings(Budget(8, None, GB), 1000, None, False)
    assert max(t.workers for t in tried) == 2
    assert any("of memory" in limit for limit in limits)


def test_pinning_is_tried_where_there_is_a_gpu():
    tried, _ = trial_settings(Budget(1, None, None), BATCH, None, True)
    assert {t.pinned for t in tried} == {False, True}


def rows(rates: dict[int, float]) -> list[dict]:
    return [
        {"setting": [n, 2 if n else 0, False], "rate": rate + wobble, "start_s": 0.1}
        for n, rate in rates.items()
        for wobble in (-1, 0, 1)
    ]


def test_a_recommendation_tells_the_gain():
    found = recommend(rows({0: 100, 2: 390, 4: 400}), [], True, True)
    assert found is not None
    assert (found.num_workers, found.prefetch_factor, round(found.gain, 1)) == (2, 2, 3.9)
    assert "3.9 times" in found.reason


def test_no_workers_have_no_prefetch_factor():
    found = recommend(rows({0: 1000, 2: 100}), [], True, False)
    assert found is not None
    assert (found.num_workers, found.prefetch_factor, found.gain) == (0, None, 1.0)


def test_nothing_measured_gives_no_recommendation():
    assert recommend([], [], False, False) is None
