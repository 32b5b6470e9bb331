"""Between what a figure of a queue must lie: beyond it is a slip of the unit."""

from __future__ import annotations

POSITIVE = {"above": 0.0, "high": 1e6}  # calls an hour, seconds, minutes a week
FROM_ZERO = {"low": 0.0, "high": 1e6}
SHARE = {"low": 0.0, "high": 1.0}
STAFF = {"low": 1, "high": 5000}
TIMES = {"low": 1, "high": 100_000}  # days, periods, runs
