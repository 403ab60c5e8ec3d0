"""The interpreter that is examined: which one it is, and how it is asked."""

from __future__ import annotations

from doctor.target.choose import asleep
from doctor.target.interpreter import INSIDE, Target, find
