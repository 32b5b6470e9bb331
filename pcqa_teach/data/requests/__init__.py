"""Online requests: how many people asked, by day, and by time and kind where the export says so.

In the order of the work: `schema.py` (the tidy frame), `askmygp.py` and `crosstab.py` (a table of
weeks), `anima.py` (a list of what was done), `shapes.py` (as kinds of table), `taking.py` (what
charts and sums of demand take of it).
"""

from pcqa_teach.data.requests.schema import is_requests
from pcqa_teach.data.requests.taking import demand_by_day

__all__ = ["demand_by_day", "is_requests"]
