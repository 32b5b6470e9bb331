"""A mapping for a telephone log: which column is what, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pcqa_teach.data import mapping as mappings
from pcqa_teach.data.phones import clocks, fields, lengths, shapes
from pcqa_teach.data.phones.vocabulary import DIRECTIONS, OUTCOMES
from pcqa_teach.data.reading import sniff
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.tables.find import Found
from pcqa_teach.errors import ReadError

KIND = "calls"
SAYS = {
    "start": "date and time of the call (or date and time in two columns, below)",
    "date": "day of the call, where it is a column of its own",
    "time": "time of day, where it is a column of its own",
    "outcome": "what became of the call",
    "answered": "yes where it was answered",
    "abandoned": "yes where the caller gave up",
    "answered_at": "when it was answered",
    "end": "when it ended",
    "wait": "how long the caller waited",
    "talk": "how long the talk took",
    "direction": "whether the call came in or went out",
    "queue": "queue or group (kept as a code)",
    "caller": "number that rang (kept as a code)",
    "call_id": "a number that tells calls apart",
    "interval": "quarter of an hour, half-hour or hour, in a log of counts",
    "offered": "calls that came, in a log of counts",
    "answered_calls": "calls answered, in a log of counts",
    "missed_calls": "calls given up or missed, in a log of counts",
    "menu_calls": "calls that ended in the menu, in a log of counts",
    "callback_calls": "calls that asked to be rung back, in a log of counts",
}
_WORDS = {"outcome": OUTCOMES, "direction": DIRECTIONS}
_EITHER = {"clock": (clocks.LOCAL, clocks.UTC), "lengths": lengths.UNITS}


def found(source: Source, data: Mapping[str, Any]) -> list[Found]:
    """Return the table of a log as a mapping lays it out.

    Raises
    ------
    ReadError
        The mapping names what is not there, or lacks what every log needs.
    """
    columns = data.get("columns")
    if not isinstance(columns, Mapping) or not columns:
        raise ReadError(
            "The mapping has no [columns] table: say there which column is what, such as start = "
            '"Call start".'
        )
    mappings.check_columns(columns, SAYS)
    counts = any(name in columns for name in ("offered", *fields.COUNT_FIELDS))
    shape = shapes.COUNTS if counts else shapes.CALLS
    lacking = shape.lacking({name: [0] for name in columns})
    if lacking:
        raise ReadError(
            f"The mapping names no column for {' and '.join(lacking).lower()}: a telephone log "
            "needs when a call came and what became of it."
        )
    mapped = mappings.Mapped(dict(columns), {}, mappings.header_row_of(data))
    layout = mappings.layout(source, mapped)
    form = replace(shape.form, title=sniff.MAPPED)
    return [Found(replace(shape, form=form), replace(layout, form=form), False)]


def said(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a mapping says besides the columns: clock, lengths, and the meaning of words."""
    out: dict[str, Any] = {"words": {}}
    for name, choices in _EITHER.items():
        if data.get(name) is not None and data[name] not in choices:
            listed = " or ".join(f'"{choice}"' for choice in choices)
            raise ReadError(f"The mapping's {name} is {listed}.")
        out[name] = data.get(name)
    for name, labels in _WORDS.items():
        given = data.get(name, {})
        if not isinstance(given, Mapping):
            raise ReadError(f"The mapping's [{name}] is a table: a line for each word of the log.")
        for place, meant in enumerate(given.values(), start=1):
            if meant not in labels:
                raise ReadError(
                    f"The mapping's [{name}], entry {place} from the top: on the right may stand "
                    f"{', '.join(labels)}."
                )
        out["words"][name] = dict(given)
    return out


def template(row: int, columns: list[str]) -> list[str]:
    """Return the lines of a mapping to fill in; `columns` are the lines that list the columns."""
    return [
        "# Which column of the telephone log is what. Put each column's name on the right of its",
        "# line, as it stands in the log, and keep the quotation marks, or give its number without",
        "# them, counted from 1 on the left. Take the # off the front of a line that you fill in.",
        "",
        f'kind = "{KIND}"',
        f"header_row = {row}    # the row with the columns' names; 0 when there is none",
        "",
        '# What the log\'s clock shows: "local" (it follows summer time) or "utc" (it does not).',
        '# clock = "local"',
        '# What a length without a unit is: "seconds", "minutes" or "hours:minutes".',
        '# lengths = "seconds"',
        "",
        "# Columns found:",
        *columns,
        "",
        "[columns]",
        *(f'# {name} = "{mappings.UNFILLED}"    # {says}' for name, says in SAYS.items()),
        "",
        "[outcome]",
        "# Each word that the log uses for what became of a call and that the kit does not know,",
        f"# and what it means: {', '.join(OUTCOMES)}",
        '# "Rang off" = "Missed"',
        "",
        "[direction]",
        f"# The same for which way a call went: {', '.join(DIRECTIONS)}",
        '# "Ext > Surgery" = "in"',
        "",
    ]
