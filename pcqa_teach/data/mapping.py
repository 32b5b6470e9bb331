"""A mapping file: which column of an unknown table is what, and what its statuses mean."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pcqa_teach.data import schema
from pcqa_teach.data.readers.base import Field, Format, key
from pcqa_teach.data.reading import sniff
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.header_words import safe, shown
from pcqa_teach.data.reading.sniff import Grid, Layout
from pcqa_teach.errors import ReadError

Given: TypeAlias = Mapping[str, Any]
UNFILLED = "Name of the column"
WRITE = "`pcqa read EXPORT --write-map map.toml`"
SAYS = {
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
    data = as_given(given)
    columns, status = data.get("columns"), data.get("status", {})
    if not isinstance(columns, Mapping) or not isinstance(status, Mapping) or "date" not in columns:
        raise ReadError(
            'The mapping has no [columns] table with a date: add the line date = "NAME" with the '
            "name (or number) of the column that holds the day of the appointment."
        )
    check_columns(columns, SAYS)
    for place, meant in enumerate(status.values(), start=1):
        if meant not in schema.STATUSES:
            raise ReadError(
                f"The mapping's [status], entry {place} from the top: on the right may stand "
                f"{', '.join(schema.STATUSES[:-1])} or {schema.STATUSES[-1]}."
            )
    period = data.get("period", "day")
    if period not in schema.PERIODS:
        raise ReadError("The mapping's period is 'day' or 'month'.")
    return Mapped(dict(columns), dict(status), header_row_of(data), period)


def as_given(given: str | os.PathLike[str] | Given) -> dict[str, Any]:
    """Return what a mapping file or a dict says, not looked into yet."""
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, (str, os.PathLike)):
        return _toml(Path(given))
    raise ReadError(
        "mapping= takes the name of a mapping file, or a dict with 'columns' and 'status'."
    )


def check_columns(columns: Mapping[Any, Any], known: Mapping[str, str]) -> None:
    """Refuse fields that are not known, and places that are no column's name or number."""
    strangers = [name for name in columns if name not in known]
    if strangers:
        raise ReadError(
            f"The mapping names {len(strangers)} field(s) that are not known: choose from "
            f"{', '.join(known)}."
        )
    for name, spot in columns.items():
        _check_spot(name, spot)


def header_row_of(data: Mapping[str, Any]) -> int | None:
    """Return the row that a mapping says the columns' names are in; None where it does not."""
    row = data.get("header_row")
    if row is not None and (isinstance(row, bool) or not isinstance(row, int) or row < 0):
        raise ReadError(
            "The mapping's header_row is the number of the row with the columns' names, counted "
            "from 1, or 0 where there is none."
        )
    return row


def _check_spot(name: str, spot: Any) -> None:
    if spot == UNFILLED:
        raise ReadError(f"The mapping's {name} is not filled in: put the column's name there.")
    whole = isinstance(spot, int) and not isinstance(spot, bool)
    if not (whole and spot > 0) and not (isinstance(spot, str) and key(spot)):
        raise ReadError(
            f"The mapping's {name} takes a column's name in quotation marks, or its number counted "
            "from 1."
        )


def _toml(path: Path) -> dict[str, Any]:
    why, text, data = "", "", {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        why = f"there is no such file: write one with {WRITE}"
    except (OSError, UnicodeDecodeError):
        why = "it may not be read, or is no plain text: save it as plain text (UTF-8)"
    except tomllib.TOMLDecodeError as error:
        why = _slip(text.splitlines(), str(error))
    if why:
        raise ReadError(f"The mapping file '{path.name}' cannot be used, {why}.")
    return data


def _slip(lines: list[str], error: str) -> str:
    """Return where a mapping file is wrong and what to do, never what stands there."""
    found = re.search(r"at line (\d+)", error)
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    left, equals, right = line.partition("=")
    if any(mark in line for mark in "\u201c\u201d\u2018\u2019"):
        advice = "use straight quotation marks, not curly ones"
    elif equals and not re.match(r"\s*(\".*\"|'.*'|-?\d+)\s*(#.*)?$", right):
        advice = "put quotation marks round the words on the right"
    elif equals and not re.fullmatch(r"\s*([A-Za-z0-9_-]+|\".*\"|'.*')\s*", left):
        advice = "put quotation marks round the words on the left"
    elif equals:
        advice = "it says again what an earlier line says, so take one of them out"
    else:
        advice = 'write it as name = "words", or put a # in front of it'
    return f"line {number}: {advice}"


def layout(source: Source, mapped: Mapped) -> Layout:
    """Return where a file's columns are, as the mapping says."""
    form = _format(mapped)
    looks = [(grid, _header_row(grid, mapped)) for grid in sniff.grids(source)]
    found = [
        Layout(form, row, header, _places(form, header, mapped), {}, grid.delimiter, grid.sheet)
        for grid, row in looks
        if row is not None
        for header in [_header(grid, row)]
    ]
    if not found:
        raise ReadError(
            f"The mapping's header_row is {mapped.header_row}, and '{source.name}' has no such row "
            "near its beginning: give the row with the columns' names."
        )
    best = max(found, key=lambda layout: (len(layout.places), len(layout.header)))
    for name, spot in mapped.columns.items():
        if name not in best.places:
            raise ReadError(f"The mapping's {name}: {_lack(best, spot)}")
    return best


def _header(grid: Grid, row: int) -> tuple[str, ...]:
    widest = max((len(cells) for cells in grid.rows), default=0)
    return tuple(grid.rows[row]) if row >= 0 else ("",) * widest


def _lack(layout: Layout, spot: str | int) -> str:
    """Say that a column is not there, and which may be meant, by names that are safe to show."""
    if isinstance(spot, int):
        return f"there is no column {spot}, since the export has {len(layout.header)}."
    if layout.header_row < 0:
        return "header_row is 0, so give the column's number instead of its name."
    known = {key(cell): cell.strip() for cell in layout.header if safe(cell)}
    close = difflib.get_close_matches(key(spot), known, n=1)
    if close:
        return f"there is no column of that name; did you mean '{known[close[0]]}'?"
    return f"there is no column of that name; the columns are {shown(layout.header)}."


def _format(mapped: Mapped) -> Format:
    """Return a format that knows every system's statuses, and the mapping's."""
    from pcqa_teach.data.readers import FORMATS

    known = {word: status for form in FORMATS.values() for word, status in form.statuses.items()}
    fields = tuple(
        Field(name, (spot,) if isinstance(spot, str) else ())
        for name, spot in mapped.columns.items()
    )
    return Format(
        id="tidy",
        title=sniff.MAPPED,
        fields=fields,
        statuses={**known, **mapped.status},
        period=mapped.period,
    )


def _header_row(grid: Grid, mapped: Mapped) -> int | None:
    """Return the row with the columns' names: as given, or the first with the most of them."""
    if mapped.header_row is not None:
        return mapped.header_row - 1 if mapped.header_row <= len(grid.rows) else None
    names = {key(spot) for spot in mapped.columns.values() if isinstance(spot, str)}
    hits = [len(names & {key(cell) for cell in row}) for row in grid.rows]
    if not hits:
        return None
    if not names or max(hits):
        return hits.index(max(hits))
    widths = [len(row) for row in grid.rows]
    return widths.index(max(widths))


def _places(form: Format, header: Sequence[str], mapped: Mapped) -> dict[str, int]:
    named = {name: spots[0] for name, spots in form.places(list(header)).items()}
    numbered = {
        name: spot - 1
        for name, spot in mapped.columns.items()
        if isinstance(spot, int) and spot <= len(header)
    }
    return named | numbered
