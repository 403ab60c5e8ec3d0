"""An environment doctor and reproducible setup kit for PyTorch."""

from __future__ import annotations

__version__ = "0.1.0"
