"""A folder of small recipes, with a `torch` and a `ladder` of its own: what the harness does needs no real ones."""

from __future__ import annotations

from pathlib import Path

from tests.processes import CRASH

PASSES = "return {'losses': [2.0, 1.0], 'first_loss': 2.0, 'final_loss': 1.0, 'detail': 'fine', 'exact_losses': [2.0]}"
BODIES = {
    "passes": PASSES,
    "raises": "raise RuntimeError('operator torchvision::nms does not exist')",
    "disagrees": "raise ladder.Disagrees('step 3: wrong')",
    "skips": "raise ladder.CannotProve('this torch is too old')",
    "leaves": "import sys; sys.exit('gone')",
    "crashes": CRASH,
    "ends": "import os; os._exit(7)",
    "hangs": "import time; time.sleep(600)",
    "hangs_in_c": "import re; re.match('(a*)*b', 'a' * 60)",
    "talks": f"print('noise' * 1000); import os; os.write(1, b'more noise'); {PASSES}",
    "not_a_number": PASSES.replace("[2.0, 1.0]", "[2.0, float('nan')]"),
    "tells_below": PASSES.replace("'fine'", "repr(below)"),
}
TORCH = """
__version__ = "9.9"
class cuda:
    is_available = staticmethod(lambda: {gpus} > 0)
    device_count = staticmethod(lambda: {gpus})
class backends:
    pass
"""
LADDER = """
import os
class Disagrees(AssertionError): pass
class CannotProve(RuntimeError): pass
def check_device(device):
    if device.startswith(("xpu", "cuda:9")):
        raise RuntimeError("device %r is not available: Found no NVIDIA driver on your system" % device)
    if device == "mps":
        os.abort()
"""
RECIPE = "import ladder\ndef run(device, quick, below, **given):\n    {body}\n"


def write(folder: Path, *bodies: str, torch: str = "", gpus: int = 0) -> Path:
    """Recipes 01_numpy, 02_b, 03_c … with these bodies (names of BODIES, or code); returns the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "torch.py").write_text(torch or TORCH.format(gpus=gpus))
    (folder / "ladder.py").write_text(LADDER)
    for number, body in enumerate(bodies, 1):
        name = "01_numpy" if number == 1 else f"{number:02d}_{body if body in BODIES else 'x'}"
        (folder / f"{name}.py").write_text(RECIPE.format(body=BODIES.get(body, body)))
    return folder
