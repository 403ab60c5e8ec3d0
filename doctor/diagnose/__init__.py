"""Facts -> report: rules over facts, root causes first, and what a cause means on this machine. Pure."""

from __future__ import annotations

from doctor.diagnose.diagnosis import diagnose, timings
from doctor.diagnose.judging import Judgement, judge, remedies_of
from doctor.diagnose.needs import arguments, fields_of
from doctor.diagnose.root_causes import root_causes_first
