"""`dataloader` on scripts of a user of Windows, where workers are spawned: each imports torch and the script anew."""

from __future__ import annotations

import pytest

from tests.windows.users import User

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

LOADER = """\
import torch

loader = torch.utils.data.DataLoader(torch.arange(64.0), batch_size=8, num_workers=1)
{run}
"""


@pytest.mark.parametrize(
    ("run", "code"),
    [
        ("for batch in loader:\n    print(batch.sum())", 1),
        ('if __name__ == "__main__":\n    for batch in loader:\n        print(batch.sum())', 0),
    ],
    ids=["without a guard", "with one"],
)
def test_dataloader_tries_a_script(user: User, run: str, code: int) -> None:
    script = user.file("train.py", LOADER.format(run=run))
    told = user.told("dataloader", script, "--python", user.windows.torch_python, "--yes", code=code)
    named = {finding["rule"] for finding in told["findings"] if finding["severity"] in ("blocking", "error")}
    assert ("dataloader-spawn-no-main-guard" in named) if code else not named
