"""What can be read in a written reason: whether it names a cause, and when.

No computer can tell whether a reason is true. This looks for two things only: words that speak of
something besides the chart itself, and a date or a numbered week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pcqa_teach.errors import LessonError

LONGEST = 120
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_WEEK = re.compile(r"\bweek\s+(\d{1,2})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+(\d{{4}}))?", re.I
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?", re.I)
# Words that speak of the chart or of nothing; a reason made of these alone names no cause.
_CHART_WORDS = (
    "a about after again all always an and are as asked asks at average be because been before "
    "being below best better big but by came can change changed changes changing chart come comes "
    "coming data day days different do does dot dots down drop dropped due easier ended far fell "
    "fewer figure figures first for from get gets getting go goes going gone good got had has have "
    "high higher i improve improved improvement improving in is it its just kept last later less "
    "level levels like limit limits line lines look looks low lower made make makes many mean "
    "month months more much near new nice no not now number numbers obvious of off often old on "
    "one our out over past point points process quite rate real really reason rebase recalculate "
    "reset rise risen rose run same see seen series set shift should show shows signal since so "
    "some special something spread start started starts step still target than that the their "
    "them then there these they things this time to today too trend up very wanted wants was way "
    "we week weeks went were what when which wide will with worse would year years you "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_OF_THE_CHART = frozenset(_CHART_WORDS.split())


@dataclass(frozen=True)
class Reading:
    """What a reason was found to hold: a cause, and the week it speaks of, counted from 1."""

    cause: bool
    week: int | None


def read_reason(text: str, first: date, weeks: int) -> Reading:
    """Say what a written reason holds.

    A cause: two or more words that do not speak of the chart. A date: a day with its month, or a
    numbered week, inside the series; a month by itself is too vague.

    Parameters
    ----------
    text : str, as typed
    first : date of the Monday of week 1
    weeks : how many weeks the series has

    Raises
    ------
    LessonError
        There is no reason, or it is too long to stand on a chart.

    Examples
    --------
    >>> monday = date(2025, 1, 6)
    >>> read_reason("Results go out by text since 31 March 2025", monday, 24)
    Reading(cause=True, week=13)
    >>> read_reason("It got better in March", monday, 24)
    Reading(cause=False, week=None)
    """
    said = " ".join(text.split())
    if not said:
        raise LessonError("No reason, no rebase: write what changed in the work, and on what day.")
    if len(said) > LONGEST:
        raise LessonError(
            f"The reason has {len(said)} letters: say it in at most {LONGEST}, so that it can "
            "stand on the chart."
        )
    undated, inside = weeks_named(said, first, weeks)
    named = [
        word
        for word in re.findall(r"[^\W\d_]+", undated.casefold())
        if len(word) > 1 and word not in _OF_THE_CHART and word[:3] not in _MONTHS
    ]
    return Reading(len(set(named)) >= 2, inside[0] if inside else None)


def weeks_named(said: str, first: date, weeks: int) -> tuple[str, list[int]]:
    """Return a text without its dates, and the weeks of the series that the dates fall in.

    >>> weeks_named("new rota from 31/3/2025", date(2025, 1, 6), 24)
    ('new rota from  ', [13])
    """
    found = [int(hit[1]) for hit in _WEEK.finditer(said)]
    last = first + timedelta(days=7 * weeks - 1)
    for pattern, order in ((_ISO, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy"),
                           (_SLASHED, "dmy")):  # fmt: skip
        for hit in pattern.finditer(said):
            parts = dict(zip(order, hit.groups(), strict=True))
            found += _weeks_of(parts, first, last)
        said = pattern.sub(" ", said)
    return _WEEK.sub(" ", said), [week for week in found if 1 <= week <= weeks]


def _weeks_of(parts: dict[str, str | None], first: date, last: date) -> list[int]:
    """Return the week of a date; without a year, of every year that the series touches."""
    day, month, year = int(parts["d"] or 0), str(parts["m"]), parts["y"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
    years = range(first.year, last.year + 1)
    if year is not None:
        years = range(int(year) + (2000 if len(year) == 2 else 0), 0, -9999)
    weeks = []
    for one in years:
        try:
            weeks.append((date(one, number, day) - first).days // 7 + 1)
        except ValueError:
            continue
    return weeks
