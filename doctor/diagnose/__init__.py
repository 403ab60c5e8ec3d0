"""Facts -> report: rules over facts, root causes first, and what a cause means on this machine. Pure."""

from __future__ import annotations

from doctor.diagnose.judging import Missing, arguments, diagnose, fields_of, judge, remedies_of, root_causes_first
