"""The files to mutate: some rows of every synthetic export, clean and dirty, as texts."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pcqa_teach.data.templates import TEMPLATES
from pcqa_teach.data.templates.definition import CHOICE, Template

EXPORTS = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "exports"
FIRST, LAST = 18, 4
REGIONAL = """\
CCG_CODE,CCG_NAME,Appointment_Month,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,\
COUNT_OF_APPOINTMENTS
72Q,NHS South East London CCG,MAR2019,Attended,GP,Face-to-Face,1 Day,19367
72Q,NHS South East London CCG,MAR2019,DNA,GP,Face-to-Face,15  to 21 Days,596
72Q,NHS South East London CCG,MAR2019,Attended,GP,Telephone,Same Day,7205
72Q,NHS South East London CCG,APR2019,Unknown,Unknown,Unknown,Same Day,12
72Q,NHS South East London CCG,APR2019,Attended,Other Practice staff,Telephone,Same Day,988
"""
PRACTICES = """\
practice,appointments,dna,same_day,unknown,telephone,over_14,list_size,imd
Alder,4210,190,1702,20,1010,600,9800,21.4
Beech,3900,240,1500,31,880,711,8100,33.0
Cedar,5120,201,2440,8,1200,540,12050,11.2
Elm,2050,160,700,40,300,390,5100,44.9
"""


@dataclass(frozen=True)
class Seed:
    """A table as it stands in a file, and how that file is written."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    header: int = 0  # the row of its column names, from 0
    delimiter: str = ","
    encoding: str = "utf-8"
    counted: str = "rows"  # what a reading counts: rows, or the cells of a crosstab


def parsed(data: bytes, name: str, few: bool = True) -> Seed:
    """Return a file's table; of a long one, the first rows and the last."""
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = data.decode(encoding)
    encoding = encoding if data.startswith((b"\xff\xfe", b"\xef\xbb\xbf")) else "utf-8"
    mark = max(",;\t", key=text[:4000].count)
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    if few and len(rows) > FIRST + LAST:
        rows = rows[:FIRST] + rows[-LAST:]
    start = next(at for at, row in enumerate(rows) if sum(map(bool, row)) > 2)
    counted = next((kind for kind in ("emis_crosstab", "askmygp") if name.startswith(kind)), "rows")
    if counted != "rows":
        start += 1  # of its two rows of names, the one below
    return Seed(name, tuple(rows), start, mark, encoding, counted)


def filled(template: Template, many: int = 16) -> Seed:
    """Return a sheet of the kit's own with some rows in it."""
    rows: list[tuple[str, ...]] = [(template.marker,), ("One row for each.",), ()]
    rows.append(tuple(box.heading for box in template.boxes))
    for number in range(many):
        row = list(template.example)
        for place, box in enumerate(template.boxes):
            if box.kind == CHOICE:
                row[place] = list(box.choices)[(number + number // 7) % len(box.choices)]
        rows.append(tuple(row))
    return Seed(f"sheet {template.name}", tuple(rows), 3)


@cache
def seeds() -> tuple[Seed, ...]:
    """Return every table: the committed exports, those made on demand, and the kit's sheets."""
    from pcqa_teach.data import synthetic
    from pcqa_teach.data.synthetic.exports import phone_logs

    found = [parsed(path.read_bytes(), path.name) for path in sorted(EXPORTS.glob("*.csv"))]
    calls = synthetic.practice(days=10, list_size=900).calls
    for kind in ("lark", "alder", "alder_counts"):
        for dirty in (False, True):
            name = f"{kind}_{'dirty' if dirty else 'clean'}.csv"
            found.append(parsed(phone_logs.rendered(kind, calls, dirty).data, name))
    found += [parsed(REGIONAL.encode(), "gpad_regional.csv"),
              parsed(PRACTICES.encode(), "practices.csv")]  # fmt: skip
    return (*found, *map(filled, TEMPLATES.values()))
