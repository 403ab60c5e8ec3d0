"""How often uv's `--torch-backend=auto`, which looks at the driver only, takes a build without code for the GPU."""

from __future__ import annotations

from functools import cache

import pytest

from doctor import catalog
from doctor.match.notes import newest_of, uv_auto

PLATFORM = "linux-x86_64"
DRIVERS = tuple(row.branch for row in catalog.drivers().branches)


def pairs() -> list[tuple[catalog.GpuModel, str]]:
    """Every GPU but the Jetsons' with every driver branch that drives it and for which some PyTorch build runs."""
    return [
        (model, driver)
        for model in catalog.gpus().nvidia
        for driver in DRIVERS
        if model.family != "jetson" and drives(driver, model.capability) and something_runs(driver, model.capability)
    ]


@cache
def something_runs(driver: str, capability: str) -> bool:
    return any(
        row.platform == PLATFORM
        and catalog.has_kernels(capability, row)
        and catalog.Version.of(driver) >= catalog.Version.of(catalog.minimum_driver(row.build, "linux"))
        for row in catalog.arch_lists().cuda
    )


def drives(driver: str, capability: str) -> bool:
    known = catalog.architecture(capability)
    first = int(known.first_driver or 0) if known else 0
    last = int(known.last_driver or 9999) if known else 9999
    return first <= int(driver) <= last


def without_code(model: catalog.GpuModel, driver: str) -> bool:
    row = newest_of(uv_auto(driver, "linux"), PLATFORM)
    return row is not None and not catalog.has_kernels(model.capability, row)


def test_count_of_gpus_that_uv_auto_would_leave_without_code(capsys: pytest.CaptureFixture[str]) -> None:
    every = pairs()
    wrong = [(model, driver) for model, driver in every if without_code(model, driver)]
    with capsys.disabled():
        print(
            f"\nuv --torch-backend=auto: no code for the GPU in {len(wrong)} of {len(every)} (GPU model, driver) pairs"
        )
    volta_and_older = {"Maxwell", "Pascal", "Volta"}
    on_580 = [model for model, driver in wrong if driver == "580"]
    assert {model.architecture for model in on_580} == volta_and_older
    assert all(model in on_580 for model, driver in every if driver == "580" and model.architecture in volta_and_older)
    assert not any(model.architecture == "Turing" and int(driver) >= 450 for model, driver in wrong)
    assert 1_500 < len(wrong) < 2_000


@pytest.mark.parametrize(
    ("driver", "backend"),
    [("580", "cu132"), ("570.26", "cu129"), ("470.42.01", "cu118"), ("384.81", "cu90"), ("100", "")],
)
def test_what_uv_auto_takes(driver: str, backend: str) -> None:
    assert uv_auto(driver, "linux") == backend
