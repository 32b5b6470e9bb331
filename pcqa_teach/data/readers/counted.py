"""Formats in which a row, or a cell, is a count of a day: what such tables need besides."""

from __future__ import annotations

from dataclasses import dataclass

from pcqa_teach.data.readers.base import Format


@dataclass(frozen=True)
class CountedFormat(Format):
    """A format of counts.

    ``note`` is said of every file of it; ``corner`` begins the cell beside which a crosstab names
    its columns of counts (empty for a table with a row a count).
    """

    note: str = ""
    corner: str = ""
