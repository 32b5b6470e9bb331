"""Calls by day and stretch of the day: NHS England's cloud-based telephony (CBT) files.

In the order of the work: `schema.py` (the tidy frame), `cbt.py` (the file), `shapes.py` (as kinds
of table), `taking.py` (what a profile of calls and a chart take of it).
"""

from pcqa_teach.data.call_bands.schema import is_call_bands
from pcqa_teach.data.call_bands.taking import calls_by_fate, calls_in

__all__ = ["calls_by_fate", "calls_in", "is_call_bands"]
