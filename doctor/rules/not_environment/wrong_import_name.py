"""The program imports a package by the name it is installed by, and the module has another.

## Why it matters
PyTorch is imported as `torch`; there is no module `pytorch`. The same holds for opencv-python (`cv2`), Pillow (`PIL`),
scikit-learn (`sklearn`) and others. No installation changes that.

## What to do
Import the module by its own name.

## References
- https://pytorch.org/get-started/locally/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.INFO
SIGNATURES = (
    r"(?i:No module named ['\"]?py_?torch['\"]?)(?![\w-])|Import \"pytorch(?:\.\w+)*\" could not be resolved",
    r"No module named ['\"]?(?:Torch(?:[Vv]ision|[Aa]udio)?|TORCH)\b",
    r"No module named ['\"]?(?:open_?cv(?:_python)?|[Pp]illow|pil|scikit_(?:learn|image)|[Pp]y[Yy][Aa][Mm][Ll]"
    r"|pytorch_geometric|beautifulsoup4|python_dateutil|protobuf)['\"]?(?![\w-])",
)


def remedies() -> tuple[Action, ...]:
    names = "`import torch` for PyTorch, `cv2` for opencv-python, `PIL` for Pillow, `sklearn` for scikit-learn"
    return (Advice(title=f"Import the module by its own name: {names}"),)
