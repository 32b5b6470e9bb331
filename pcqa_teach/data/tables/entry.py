"""From files to a frame: tables that are no appointment books, found and read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pcqa_teach.data.reading import sniff
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.tables.find import Found, find
from pcqa_teach.data.tables.read import Reading, read_tables
from pcqa_teach.data.tables.report import TableReport
from pcqa_teach.errors import ReadError, UnknownFormatError
from pcqa_teach.sayings import a

APPOINTMENTS = "appointments"
WANTED = {
    APPOINTMENTS: "an appointment export",
    "calls": "a telephone log",
    "call_bands": "NHS England's file of calls by day and time (CBT)",
    "requests": "an export of online requests (askmygp, Anima)",
    "practices": "a table of practices, with counts of appointments",
    "tally": "the kit's failure-demand tally (`pcqa template tally`)",
    "appropriateness": "the kit's appropriateness sample (`pcqa template appropriateness`)",
    "pulse": "the kit's staff pulse (`pcqa template pulse`)",
    "survey": "the kit's patient survey (`pcqa template survey`)",
}


def tables_of(source: Source, refusal: ReadError) -> list[Found]:
    """Return the tables of a file that is no appointment export, as `refusal` says.

    Raises
    ------
    ReadError
        It is none of these tables either; `refusal` says it, and which others are read.
    """
    from pcqa_teach.data.tables.registry import SHAPES

    found: list[Found] = []
    if isinstance(refusal, UnknownFormatError):
        found = find(source, SHAPES)
    else:
        with contextlib.suppress(ReadError):
            found = find(source, SHAPES)
    if found:
        return found
    if isinstance(refusal, UnknownFormatError) and sniff.ACCEPTED in str(refusal):
        raise UnknownFormatError(
            f"{str(refusal).removesuffix('.')}; EMIS's table of counts, telephone logs, NHS "
            "England's calls by day and time, askmygp's crosstab, Anima's audit and the kit's own "
            "sheets (`pcqa template`) are read too, and for a log in words of its own add --kind "
            "calls to --write-map."
        )
    raise refusal


def read_found(
    sources: Sequence[Source],
    found: Sequence[Sequence[Found]],
    *,
    project: str | os.PathLike[str] | None,
    month_first: bool,
    today: int,
    clock: str | None,
    said: Mapping[str, Any] | None = None,
) -> tuple[pd.DataFrame, TableReport]:
    """Return the frame and the report of files whose tables were found; all of one kind."""
    given = said or {}
    reading = Reading(
        found[0][0].shape,
        project,
        month_first,
        today,
        clock or given.get("clock"),
        given.get("lengths"),
        given.get("words", {}),
    )
    return read_tables(sources, found, reading)


def not_wanted(name: str, title: str, kind: str, want: str | None) -> str:
    """Return the sentence for a file of another kind than what was asked for; empty if it fits."""
    if want is None or want == kind:
        return ""
    return f"'{name}' is {a(title)}, and what is wanted here is {WANTED[want]}: give that file."
