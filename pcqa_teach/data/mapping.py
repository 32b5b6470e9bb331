"""A mapping file: which column of an unknown table is what, and what its statuses mean."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pcqa_teach.data import schema
from pcqa_teach.data.readers import files, sniff
from pcqa_teach.data.readers.base import Field, Format, key
from pcqa_teach.data.readers.files import Source
from pcqa_teach.data.readers.sniff import Grid, Layout
from pcqa_teach.data.readers.words import safe
from pcqa_teach.errors import ReadError

Given: TypeAlias = Mapping[str, Any]
_SAYS = {
    "date": "day of the appointment (must be given)",
    "status": "what became of it",
    "count": "how many appointments a row stands for, where it is not one",
    "start": "time of day",
    "booked": "day of booking",
    "booked_time": "time of booking",
    "gap": "length of time from booking to appointment, or a national label of it",
    "clinician": "who saw the patient",
    "session": "session or rota",
    "slot_type": "kind of slot",
    "patient": "a number that tells patients apart",
    "usual_gp": "the patient's usual GP",
    "practice": "practice",
    "area": "CCG or sub-ICB location",
    "mode": "face-to-face, telephone, ...",
    "hcp_type": "GP or other staff",
    "category": "national category",
    "planned": "planned length",
    "actual": "length that it took",
    "arrived": "time of arrival",
    "sent_in": "time of being called in",
    "left": "time of leaving",
    "age": "age or age band",
    "dna": "yes where the patient did not attend",
}


@dataclass(frozen=True)
class Mapped:
    """A mapping as it was given: fields to columns, and status words to statuses."""

    columns: Mapping[str, str | int]
    status: Mapping[str, str] = field(default_factory=dict)
    header_row: int | None = None
    period: str = "day"


def load(given: str | os.PathLike[str] | Given) -> Mapped:
    """Return a mapping from a TOML file or a dict.

    Examples
    --------
    >>> load({"columns": {"date": "Appt Dt", "status": 4}, "status": {"Seen": "Attended"}}).columns
    {'date': 'Appt Dt', 'status': 4}
    """
    data = dict(given) if isinstance(given, Mapping) else _toml(Path(given))
    columns, status = data.get("columns"), data.get("status", {})
    if not isinstance(columns, Mapping) or not isinstance(status, Mapping) or "date" not in columns:
        raise ReadError(
            'The mapping has no [columns] table with a date: add the line date = "NAME" with the '
            "name (or number) of the column that holds the day of the appointment."
        )
    strangers = [name for name in columns if name not in _SAYS]
    if strangers:
        raise ReadError(
            f"The mapping names {len(strangers)} field(s) that are not known: choose from "
            f"{', '.join(_SAYS)}."
        )
    if any(
        isinstance(spot, bool) or not isinstance(spot, (str, int)) or spot == 0
        for spot in columns.values()
    ):
        raise ReadError(
            "The mapping's [columns] take a column's name, or its number counted from 1."
        )
    if any(meant not in schema.STATUSES for meant in status.values()):
        raise ReadError(f"The mapping's [status] may say: {', '.join(schema.STATUSES)}.")
    period, row = data.get("period", "day"), data.get("header_row")
    if period not in schema.PERIODS or not (row is None or isinstance(row, int)):
        raise ReadError(
            "The mapping's period is 'day' or 'month', and its header_row a row number."
        )
    return Mapped(dict(columns), dict(status), row, period)


def _toml(path: Path) -> dict[str, Any]:
    why, data = "", {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        why = "there is no such file"
    except (OSError, UnicodeDecodeError):
        why = "it may not be read"
    except tomllib.TOMLDecodeError:
        why = "it is not TOML"
    if why:
        raise ReadError(
            f"The mapping file '{path.name}' cannot be used, {why}: write one with "
            "pcqa_teach.data.write_mapping_template."
        )
    return data


def layout(source: Source, mapped: Mapped) -> Layout:
    """Return where a file's columns are, as the mapping says."""
    form = _format(mapped)
    best: Layout | None = None
    for grid in sniff.grids(source):
        row = _header_row(grid, mapped)
        if row is None:
            continue
        widest = max((len(cells) for cells in grid.rows), default=0)
        header = grid.rows[row] if row >= 0 else [""] * widest
        places = _places(form, header, mapped)
        if "date" in places and (best is None or len(header) > len(best.header)):
            best = Layout(form, row, tuple(header), places, {}, grid.delimiter, grid.sheet)
    if best is None:
        names = ", ".join(f"'{name}'" for name in mapped.columns.values() if isinstance(name, str))
        raise ReadError(
            f"'{source.name}' has no row with the mapping's columns ({names}): check them or "
            "give their numbers."
        )
    return best


def _format(mapped: Mapped) -> Format:
    """Return a format that knows every system's statuses, and the mapping's."""
    from pcqa_teach.data.formats import FORMATS

    known = {word: status for form in FORMATS.values() for word, status in form.statuses.items()}
    fields = tuple(
        Field(name, (spot,) if isinstance(spot, str) else ())
        for name, spot in mapped.columns.items()
    )
    return Format(
        id="tidy",
        title="table read with a mapping",
        fields=fields,
        statuses={**known, **mapped.status},
        period=mapped.period,
    )


def _header_row(grid: Grid, mapped: Mapped) -> int | None:
    if mapped.header_row is not None:
        return mapped.header_row - 1 if mapped.header_row <= len(grid.rows) else None
    names = {key(spot) for spot in mapped.columns.values() if isinstance(spot, str)}
    if not names:
        return 0
    for number, row in enumerate(grid.rows):
        if names <= {key(cell) for cell in row}:
            return number
    return None


def _places(form: Format, header: list[str], mapped: Mapped) -> dict[str, int]:
    named = {name: spots[0] for name, spots in form.places(header).items()}
    numbered = {name: spot - 1 for name, spot in mapped.columns.items() if isinstance(spot, int)}
    return {name: named.get(name, numbered.get(name, -1)) for name in mapped.columns
            if name in named or name in numbered}  # fmt: skip


def write_mapping_template(export: str | os.PathLike[str], path: str | os.PathLike[str]) -> Path:
    """Write a mapping file to fill in for `export`, and return its path.

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
    lines = [
        "# Which column of the export is what. Take the # off the lines that apply, and put the",
        "# column's name (or its number, counted from 1) on the right.",
        f"header_row = {number + 1}    # the row with the columns' names; 0 when there is none",
        'period = "day"    # what a date stands for: "day" or "month"',
        "",
        "# Columns found:",
        *(
            f"#   {place}: {cell.strip() if safe(cell) else '(name not shown)'}"
            for place, cell in enumerate(header, start=1)
        ),
        "",
        "[columns]",
        *(
            f"{'' if name == 'date' else '# '}{name} = 1    # {says}"
            for name, says in _SAYS.items()
        ),
        "",
        "[status]    # words of the export, and what they mean: one of",
        f"# {', '.join(schema.STATUSES)}",
        '# "Seen" = "Attended"',
        "",
    ]
    why = ""
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except FileExistsError:
        why = "is there already: choose another name"
    except OSError:
        why = "cannot be written: choose a folder that you may write to"
    if why:
        raise ReadError(f"The mapping file '{target.name}' {why}.")
    return target
