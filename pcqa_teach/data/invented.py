"""Rows that a lesson makes up, read by the same reader as a practice's export, from memory."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from pcqa_teach.data.deidentify import Coder
from pcqa_teach.data.quality import QualityReport
from pcqa_teach.data.reading import files, one_file
from pcqa_teach.data.reading.frame import finish
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.privacy import KEY_BYTES, Pseudonyms


def read_invented(
    text: str, *, today: str, name: str = "invented.csv"
) -> tuple[pd.DataFrame, QualityReport]:
    r"""Read made-up rows as `read_with_report` reads a file: the tidy frame, and its report.

    For invented rows alone: the key of their codes is the same each time, so that a lesson's codes
    are too, and whoever has this kit could try names until one fits. Nothing is written.

    Parameters
    ----------
    text : str
        The rows as the export would have them, lines above the header and all.
    today : str
        The day on which the rows are taken to be read, YYYY-MM-DD.
    name : str
        What the report calls the file.

    Raises
    ------
    ReadError
        As for a file.

    Examples
    --------
    >>> rows = "Slots\nAppointment Date,Slot Type,Slot Status\n03/04/2025,Routine,Left\n"
    >>> appts, quality = read_invented(rows, today="2025-05-01")
    >>> appts[["date", "status"]].astype(str).values.tolist()
    [['2025-04-03', 'Attended']]
    >>> quality.rows_in, quality.n_kept, quality.n_set_aside
    (2, 1, 1)
    """
    source = files.look(cast(Path, _Paper(text, name)))
    layout = one_file.layout(source)
    day = int(np.datetime64(today, "D").astype(int))
    desk = one_file.Desk(layout.form, None, False, day)
    desk.coder = _Known(keep=layout.form.codes_kept)
    return finish([one_file.one(source, layout, desk)], desk)


def layout_of(text: str, name: str = "headers.csv") -> Layout:
    """Return what the reader takes a table for, and where its columns are, by its first lines.

    Raises
    ------
    ReadError
        No format fits, or a column is missing; the message names those headers that are safe.

    Examples
    --------
    >>> found = layout_of("Appointment date,Clinician,Rota type,Appointment status")
    >>> found.form.title, found.places["slot_type"]
    ('TPP SystmOne appointment report', 2)
    """
    return one_file.layout(files.look(cast(Path, _Paper(text, name))))


def as_sheet(text: str) -> pd.DataFrame:
    r"""Return rows as a spreadsheet shows them: their numbers, and a column a letter.

    >>> as_sheet("Slots\n\nDate,Status\n1 May,Left\n").values.tolist()
    [[1, 'Slots', ''], [2, '', ''], [3, 'Date', 'Status'], [4, '1 May', 'Left']]
    """
    rows = list(csv.reader(io.StringIO(text, newline="")))
    wide = max(map(len, rows), default=0)
    letters = [chr(ord("A") + place) for place in range(wide)]
    cells = [row + [""] * (wide - len(row)) for row in rows]
    frame = pd.DataFrame(cells, columns=pd.Index(letters))
    frame.insert(0, "Row", range(1, len(rows) + 1))
    return frame


class _Paper:
    """Text in memory that is opened like a file."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self.name = text.encode(), name

    def is_dir(self) -> bool:
        return False

    def open(self, mode: str = "rb") -> io.BytesIO:
        return io.BytesIO(self._text)


class _Known(Coder):
    """Codes by a key that everybody knows."""

    def __init__(self, *, keep: bool) -> None:
        super().__init__(keep=keep)
        self._pseudonyms = Pseudonyms(key=bytes(KEY_BYTES))
