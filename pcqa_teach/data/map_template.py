"""A mapping file to fill in: the columns of an unknown table, by number and by safe name."""

from __future__ import annotations

import os
from pathlib import Path

from pcqa_teach.data import schema
from pcqa_teach.data.mapping import SAYS, UNFILLED
from pcqa_teach.data.phones import mapping as calls
from pcqa_teach.data.reading import files, sniff
from pcqa_teach.data.reading.header_words import safe
from pcqa_teach.errors import ReadError


def write_mapping_template(
    export: str | os.PathLike[str], path: str | os.PathLike[str], kind: str = "appointments"
) -> Path:
    """Write a mapping file to fill in for `export`, and return its path.

    `kind` says what the export is: "appointments", or "calls" for a telephone log.

    It lists the columns by number, with their names where every word of them is a known word of
    headers (a row taken for the header may hold a patient). An existing file is left as it is.

    Raises
    ------
    ReadError
        The export cannot be read, or `path` is there already or cannot be written.
    """
    source, target = files.look(Path(export)), Path(path)
    grid = max(sniff.grids(source), key=lambda g: max((len(row) for row in g.rows), default=0))
    widest = max((len(row) for row in grid.rows), default=0)
    number, header = next((n, row) for n, row in enumerate(grid.rows) if len(row) == widest)
    why = ""
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write("\n".join(_lines(number + 1, header, kind)))
    except FileExistsError:
        why = "is there already: choose another name"
    except OSError:
        why = "cannot be written: choose a folder that you may write to"
    if why:
        raise ReadError(f"The mapping file '{target.name}' {why}.")
    return target


def _lines(row: int, header: list[str], kind: str) -> list[str]:
    columns = [
        f"#   {place}: {cell.strip() if safe(cell) else '(name not shown)'}"
        for place, cell in enumerate(header, start=1)
    ]
    if kind == calls.KIND:
        return calls.template(row, columns)
    return [
        "# Which column of the export is what. Put each column's name on the right of its line, as",
        "# it stands in the export, and keep the quotation marks, as in",
        '#     date = "Appointment date"',
        "# or, without quotation marks, its number, counted from 1 on the left: date = 3",
        "# Take the # off the front of a line that you fill in; leave the others as they are.",
        "",
        f"header_row = {row}    # the row with the columns' names; 0 when there is none",
        'period = "day"    # what a date stands for: "day" or "month"',
        "",
        "# Columns found:",
        *columns,
        "",
        "[columns]",
        *(
            f'{"" if name == "date" else "# "}{name} = "{UNFILLED}"    # {says}'
            for name, says in SAYS.items()
        ),
        "",
        "[status]",
        "# Each word that the export uses for what became of an appointment, and what it means,",
        "# with quotation marks round both. On the right may stand:",
        f"# {', '.join(schema.STATUSES)}",
        '# "Patient seen" = "Attended"',
        '# "Did not come" = "DNA"',
        "",
    ]
