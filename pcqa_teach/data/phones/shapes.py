"""The three forms of a telephone log, as kinds of table."""

from __future__ import annotations

from pcqa_teach.data.phones import calls, counts, fields, frame, tidy
from pcqa_teach.data.tables.shape import Shape

THINGS = ("call that came in", "calls that came in")
TIDY = Shape(
    kind="calls", form=tidy.FORMAT, rows=tidy.rows, finish=frame.finish, things=THINGS,
    asks=frame.ASKS, lesson="d2", tells=4, once=True,
)  # fmt: skip
CALLS = Shape(
    kind="calls", form=fields.CALLS, rows=calls.rows, finish=frame.finish, things=THINGS,
    asks=frame.ASKS, lesson="d2", tells=2, bare=fields.bare, lacks=fields.calls_lack, once=True,
)  # fmt: skip
COUNTS = Shape(
    kind="calls", form=fields.COUNTS, rows=counts.rows, finish=frame.finish, things=THINGS,
    asks=frame.ASKS, lesson="d2", tells=2, bare=fields.bare, lacks=fields.counts_lack, once=True,
)  # fmt: skip
SHAPES = (TIDY, CALLS, COUNTS)
