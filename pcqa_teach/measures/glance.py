"""A first look at access: what an export can say before the course, each number with its sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import sayings
from pcqa_teach.errors import DataError
from pcqa_teach.measures import glance_words as words
from pcqa_teach.measures.access import same_day_share
from pcqa_teach.measures.booking_days import places_held
from pcqa_teach.measures.formats import about, in_words, is_area
from pcqa_teach.measures.missed import missed_shares
from pcqa_teach.measures.outcomes import outcomes, told
from pcqa_teach.measures.periods import span
from pcqa_teach.measures.supply import WEEK, per_1000
from pcqa_teach.measures.tally import tally

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure, Table

_COUNTED = ("came", "missed", "unknown", "unused")


@dataclass(frozen=True, eq=False, repr=False)
class FirstLook:
    """What an export says about access, with every sum, and what to ask for before the course.

    Parameters
    ----------
    table : DataFrame of `what`, `value` and `sum`, in words
    checks : DataFrame of `question`, `answer` and `ask` ("" where nothing is lacking)
    numbers : what a report keeps: totals and rates, no row
    """

    table: pd.DataFrame
    checks: pd.DataFrame
    numbers: Mapping[str, str | int | float | None]

    @property
    def labels(self) -> dict[str, str]:
        """The rows in which `pcqa.record` shows the numbers."""
        return words.labels()

    @property
    def counts(self) -> list[tuple[str | int, ...]]:
        """The counts that may be shared, as `pcqa.record` takes them, and what each is part of."""
        n: dict[str, Any] = dict(self.numbers)
        came = n["appointments"] - n["missed"] - n["unknown"]
        return [("appointments",), *((one, "appointments", came) for one in ("missed", "unknown"))]

    def figure(self) -> Figure:
        """Draw the share of missed appointments by each denominator."""
        from pcqa_teach.measures.missed_draw import missed_three_ways_figure

        n: dict[str, Any] = dict(self.numbers)
        came = n["appointments"] - n["missed"] - n["unknown"]
        row = {"name": ["all"], "came": [came], "missed": [n["missed"]], "unknown": [n["unknown"]]}
        note = f"n = {n['appointments']:,} appointments, {n['period']}."
        return missed_three_ways_figure(missed_shares(pd.DataFrame(row)), note)

    def data_table(self) -> Table:
        """Give the numbers with their sums as a table that a screen reader can walk."""
        from pcqa_teach.figures.table import table

        shown = self.table.set_axis(["What", "Here", "The sum"], axis="columns")
        return table(shown, f"A first look at one appointment book, {self.numbers['period']}")

    def checks_table(self) -> Table:
        """Give what the file holds and what to ask for, as a table."""
        from pcqa_teach.figures.table import table

        shown = self.checks.assign(ask=self.checks["ask"].replace("", "nothing more"))
        shown = shown.set_axis(["Before the first day", "Here", "Ask for"], axis="columns")
        return table(shown, "What this file holds, and what is still lacking")

    def __repr__(self) -> str:
        return "\n".join(f"{row.what}: {row.value}" for row in self.table.itertuples())


def first_look(appts: pd.DataFrame, list_size: float | None = None) -> FirstLook:
    """Say what one export tells of capacity, activity, queue and missed appointments.

    Every share is of all whole weeks (or months) together. Unlike a baseline chart it takes a file
    of any length from one whole week on, and says how much more is needed for a chart.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    list_size : number, optional
        Registered patients in the middle of the period.

    Raises
    ------
    DataError
        If the file holds no whole week or month with an appointment or does not say what became of
        any, or the list size is no number.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> marks = ["Attended", "DNA", "Available", "Unknown", "Attended"]
    >>> week = tidy(date=days, status=marks, count=[600, 50, 200, 50, 300])
    >>> look = first_look(week, 10_000)
    >>> look.table[["value", "sum"]].iloc[[4, 6]].values.tolist()
    [['83.3%', '1,000 of 1,200'], ['5.0%', '50 of 1,000']]
    >>> look.checks["ask"].iloc[0]
    'at least 14 weeks: a chart needs 12 whole ones'
    """
    told(appts, "a first look")
    periods, every = _periods(appts)
    total = {name: int(periods[name].sum()) for name in _COUNTED}
    n, days = total["came"] + total["missed"] + total["unknown"], int(periods["working_days"].sum())
    offered = n + total["unused"] if total["unused"] else None
    held = _if_known(lambda: places_held(appts))
    same = _if_known(lambda: same_day_share(appts))
    known = list_size is not None and not is_area(appts)
    size = float(per_1000(appts, list_size)["n"].iloc[0]) if known else None
    numbers: dict[str, Any] = {
        "whose": about(appts),
        "period": span(appts),
        "covers": sayings.counted(len(periods), every),
        "appointments": n,
        "missed": total["missed"],
        "unknown": total["unknown"],
        "activity_a_week": round(n / days * WEEK, 1),
        "capacity_a_week": None if offered is None else round(offered / days * WEEK, 1),
        "queue_mean": None if held is None else round(float(held["value"].mean()), 1),
        "filled_percent": None if offered is None else words.percent(n, offered),
        "same_day_percent": None
        if same is None
        else words.percent(same["count"].sum(), same["n"].sum()),
        "missed_unknown_counted_percent": words.percent(total["missed"], n),
        "missed_unknown_left_out_percent": words.percent(total["missed"], n - total["unknown"]),
        "unknown_percent": words.percent(total["unknown"], n),
        "per_1000_a_week": None if size is None else round(n / days * WEEK / size * 1000, 1),
    }
    sums = {
        "offered": words.offered(n, total["unused"], days),
        "activity": words.a_week(n, days),
        "no_queue": words.no_queue(appts.columns),
        "queue": ""
        if held is None
        else words.mean_of_ends(len(held), int((periods["x"] > held["x"].max()).sum())),
        "filled": "" if offered is None else words.of(n, offered),
        "same_day": ""
        if same is None
        else words.of(int(same["count"].sum()), int(same["n"].sum())),
        "per_1000": "" if size is None else words.per_1000(n, days, size),
    }
    checks = words.checks(numbers, len(periods), every, in_words(appts))
    numbers["ask_for"] = words.still_to_ask(checks)
    table = words.table(numbers, sums)
    return FirstLook(table, checks.drop(columns="short"), numbers)


def _periods(appts: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Count each outcome in every whole week or month that has any row."""
    found = outcomes(appts)
    groups = {name: getattr(found, name) for name in _COUNTED}
    frame, laid_out, _ = tally(appts, groups)
    frame = frame[(frame["rows"] > 0) & (frame["working_days"] > 0)]
    if not frame[["came", "missed", "unknown"]].to_numpy().sum():
        raise DataError(
            f"There is no whole {laid_out.every} with appointments in this export: ask for one "
            "that covers at least 14 weeks."
        )
    return frame, laid_out.every


def _if_known(ask: Callable[[], pd.DataFrame]) -> pd.DataFrame | None:
    """Return what the file can answer; None where it cannot, which the tables then say."""
    try:
        return ask()
    except DataError:
        return None
