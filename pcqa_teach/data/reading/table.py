"""A table in blocks of rows: only the columns that a layout names, each as its distinct texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from pcqa_teach.data.reading import workbook
from pcqa_teach.data.reading.columns import Cells
from pcqa_teach.data.reading.files import BLOCK_BYTES, EXPORT_AGAIN, LONGEST_BYTES, Source
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.errors import ReadError

BLOCKS_TOGETHER = 8
SHEET_ROWS = 20_000


@dataclass(frozen=True)
class Block:
    """Some rows of a table: their numbers as a spreadsheet shows them, and the columns read."""

    rows: Array
    cells: dict[int, Cells]
    overlong: Array  # rows with more cells than the header


def blocks(source: Source, layout: Layout) -> Iterator[Block]:
    """Yield the rows below the header row."""
    parts = _sheet(source, layout) if source.kind == "xlsx" else _text(source, layout)
    above = layout.header_row + 1
    for columns, overlong in parts:
        rows = np.arange(above + 1, above + 1 + len(overlong), dtype=np.int32)
        above += len(overlong)
        yield Block(rows, columns, overlong)


Part = tuple[dict[int, Cells], Array]


def _text(source: Source, layout: Layout) -> Iterator[Part]:
    """Yield a text's rows, some blocks of bytes at a time.

    Small blocks parse fast, and the texts of several together are told apart fast.
    """
    pieces = source.blocks(BLOCK_BYTES)
    jobs = iter(lambda: list(islice(pieces, BLOCKS_TOGETHER)), [])
    above = layout.header_row + 1
    for part in (_parsed(job, layout) for job in jobs):
        if part is None:
            raise ReadError(
                f"'{source.name}' is broken in the middle (a quotation mark that is never closed, "
                f"most often): {EXPORT_AGAIN}."
            )
        columns, overlong = part
        yield {s: Cells(c.texts, c.places[above:]) for s, c in columns.items()}, overlong[above:]
        above = max(0, above - len(overlong))


def _parsed(pieces: list[bytes], layout: Layout) -> Part | None:
    """Return the columns of some text; None when it is broken."""
    width = max(len(layout.header), max(layout.columns) + 1)
    empty = layout.delimiter.encode() * width + b"\n"
    try:
        frames = [
            pd.read_csv(
                io.BytesIO(empty + piece),  # so no column is missing, nor is any taken for numbers
                sep=layout.delimiter,
                header=None,
                names=list(range(width + 1)),
                usecols=[*layout.columns, width],
                index_col=False,
                na_filter=False,
                skip_blank_lines=False,
                low_memory=False,
            ).iloc[1:]
            for piece in pieces
        ]
    except (ValueError, OverflowError):  # the parser's own words may hold a cell
        return None
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    columns = {spot: _factorised(frame[spot]) for spot in layout.columns}
    pairs = zip(pieces, frames, strict=True)
    overlong = [_overlong(p, one[width] != "", layout.delimiter, width) for p, one in pairs]
    return columns, np.concatenate(overlong)


def _overlong(piece: bytes, beside: pd.Series, delimiter: str, width: int) -> Array:
    """Return which rows hold something to the right of the header, however far.

    `beside` says it of the next cell, the only one that is parsed: the others are looked at where
    some line may have them, or where a line's end within quotation marks hides how long a row is.
    """
    found, whole = beside.to_numpy(dtype=bool), piece if piece.endswith(b"\n") else piece + b"\n"
    marks = np.frombuffer(whole, dtype=np.uint8)
    marks = marks[(marks == ord(delimiter)) | (marks == ord("\n"))]
    ends = np.flatnonzero(marks == ord("\n"))
    if len(ends) == len(found) and np.diff(ends, prepend=-1).max() <= width + 1:
        return found
    limit = csv.field_size_limit(LONGEST_BYTES)
    try:
        text = io.StringIO(piece.decode(errors="replace"), newline="")
        far = [any(row[width:]) for row in csv.reader(text, delimiter=delimiter)]
    finally:
        csv.field_size_limit(limit)
    return found | np.array(far) if len(far) == len(found) else found


def _factorised(column: pd.Series) -> Cells:
    places, texts = pd.factorize(column)
    return Cells(texts.tolist(), places.astype(np.int32))


def _sheet(source: Source, layout: Layout) -> Iterator[Part]:
    rows = workbook.sheet_rows(source, layout.sheet, seconds=layout.form.seconds)
    width = max(len(layout.header), max(layout.columns) + 1)
    for _ in islice(rows, layout.header_row + 1):
        pass
    while some := list(islice(rows, SHEET_ROWS)):
        columns = {
            spot: _factorised(
                pd.Series([row[spot] if spot < len(row) else "" for row in some], dtype=object)
            )
            for spot in layout.columns
        }
        yield columns, np.array([any(row[width:]) for row in some], dtype=bool)
