"""A row for every result that the Academy promises: its size, what the chart says, and a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import confidence_of, day_of, whole
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.juran.impact.claims import Answer, Claim
from pcqa_teach.juran.impact.columns import straddling
from pcqa_teach.juran.impact.errors import fit_over_time
from pcqa_teach.juran.impact.measures import ImpactMeasure, ImpactReport, impact_report
from pcqa_teach.juran.impact.series import its
from pcqa_teach.juran.promised.gather import NOT_MEASURED, Gathered

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

TOLD_LEAST = 3  # points of a window, as in `impact_report`
UNKNOWN = "not known"


@dataclass(frozen=True)
class Result:
    """One promised result: its name, what it says, by when, and what it takes to know it."""

    name: str
    title: str
    by: str
    takes: str


RESULTS = (
    Result("met", "Demand met on the day", "4 months",
           "a tally of asks, before and after"),
    Result("spread", "The 8 am calls spread over the day", "4 months",
           "a telephone log, or NHS England's file of calls by day and time"),
    Result("freed", "Clinical time freed", "4 months",
           "an appointment book that covers both sides of go-live"),
    Result("staff", "Staff more satisfied", "4 months",
           "the staff pulse, every week"),
    Result("patients", "Patients more satisfied", "4 months",
           "the patient survey, every month"),
    Result("culture", "A more collaborative culture", "4 months",
           "the last two statements of the staff pulse"),
    Result("scope", "A wider scope: prevention and ongoing conditions", "6-9 months",
           "an appointment book with the national category of each slot"),
    Result("list", "A larger list with the same capacity", "6-9 months",
           "your registered patients at go-live and now"),
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class PromisedResults:
    """What became of each promised result.

    Parameters
    ----------
    rows : DataFrame, a row a result: name, result, by, measure, unit, before, points_before,
        n_before, window (the last one told), after, points_after, n_after, change, low, high (after
        less before; its interval), trend, trend_low, trend_high (beyond the earlier trend),
        verdict, grade, reason (why a row is empty)
    report : the charts and verdicts, or None where nothing could be charted
    claims : a graded claim for each result that could be charted, by name
    sizes : registered patients before and now, or None
    """

    rows: pd.DataFrame
    report: ImpactReport | None
    claims: Mapping[str, Claim] = field(repr=False)
    go_live: pd.Timestamp
    sizes: tuple[int, int] | None
    confidence: float

    @property
    def message(self) -> str:
        """The finding in one line; it may be that no change was seen."""
        from pcqa_teach.juran.promised import words

        return words.message(self)

    def explain(self) -> str:
        """Say each result in a sentence, and what the grades rest on."""
        from pcqa_teach.juran.promised import words

        return words.explain(self)

    def data_table(self) -> Table:
        """Give a row for every result, as a table that a screen reader can walk."""
        from pcqa_teach.juran.promised import words

        return words.table(self)

    def numbers(self) -> dict[str, str | int | float | None]:
        """Give what a report keeps: grades, verdicts and sizes; no row of a file."""
        from pcqa_teach.juran.promised import words

        return words.numbers(self)

    @property
    def labels(self) -> dict[str, str]:
        """The rows in which `pcqa.record` shows the numbers."""
        from pcqa_teach.juran.promised import words

        return words.labels(self)

    def __repr__(self) -> str:
        return f"<PromisedResults: {self.message}>"


def promised_results(
    found: Gathered,
    go_live: Any,
    *,
    sizes: tuple[Any, Any] | None = None,
    prediction: Answer = None,
    comparator: Answer = None,
    recording: Answer = None,
    confidence: float = 0.95,
) -> PromisedResults:
    """Give a row for every result that the Academy promises, with its size and a grade.

    change = mean of the last window told - mean of the frozen baseline. Its interval allows for
    weeks that are like their neighbours, and for nothing else; beside it stands what is left once
    the earlier trend is carried on (`its`). The verdict is the chart's, against limits frozen
    before go-live, and the grade follows from six questions (`grade_claim`).

    Parameters
    ----------
    found : the measures, as `gathered` or `invented` gives them
    go_live : the date of the change
    sizes : registered patients before and now
    prediction, comparator, recording : answers for all claims, as in `impact_report`
    confidence : of the intervals

    Returns
    -------
    PromisedResults

    Raises
    ------
    DataError
        go_live is no date, or a list size is no number above 0.

    Examples
    --------
    >>> weeks = pd.date_range("2024-01-01", periods=40, freq="W-MON")
    >>> pulse = pd.DataFrame({"x": weeks, "value": [3.0, 3.2, 3.1, 2.9] * 5 + [3.7, 3.8] * 10})
    >>> staff = ImpactMeasure("Staff pulse", "outcome", pulse, "up", n=None)
    >>> found = promised_results(Gathered({"staff": staff}, {}), "2024-05-20")
    >>> row = found.rows.set_index("name").loc["staff"]
    >>> round(float(row["change"]), 1), row["verdict"], row["grade"]
    (0.7, '4 months: better, lasting', 'some')

    Notes
    -----
    The results and their dates: the Academy's prospectus. That a list's growth is given no grade is
    our rule: two numbers have no ordinary range.
    """
    when = day_of(go_live, "go_live")
    sure = confidence_of(confidence)
    kept, reasons = _chartable(found, when)
    report = None
    if any(one.role == "outcome" for one in kept.values()):
        report = impact_report(
            list(kept.values()), when, prediction=prediction, comparator=comparator,
            recording=recording,
        )  # fmt: skip
    size = None if sizes is None else _sizes(*sizes)
    rows = [_row(one, kept, report, when, sure, reasons, size) for one in RESULTS]
    claims = {
        name: report.claims[one.name]
        for name, one in kept.items()
        if report is not None and one.name in report.claims
    }
    return PromisedResults(pd.DataFrame(rows), report, claims, when, size, sure)


def _chartable(
    found: Gathered, when: pd.Timestamp
) -> tuple[dict[str, ImpactMeasure], dict[str, str]]:
    """Keep the measures that can be charted; say of each other why not."""
    kept, reasons = {}, dict(found.lacking)
    for name, one in found.measures.items():
        try:
            impact_report([replace(one, role="outcome")], when)
        except (DataError, ChartError) as error:
            reasons[name] = str(error)
            continue
        kept[name] = one
    return kept, reasons


def _row(
    result: Result,
    kept: Mapping[str, ImpactMeasure],
    report: ImpactReport | None,
    when: pd.Timestamp,
    sure: float,
    reasons: Mapping[str, str],
    sizes: tuple[int, int] | None,
) -> dict[str, Any]:
    row = _empty(result)
    if result.name == "list":
        return row | _list(sizes, result)
    if report is None or result.name not in kept:
        said = reasons.get(result.name, NOT_MEASURED)
        if said == NOT_MEASURED:
            return row | _not_measured(result)
        return row | {"reason": said}
    one = kept[result.name]
    windows = report.table[report.table["measure"] == one.name]
    told = windows[windows["points"] >= TOLD_LEAST]
    row |= {"measure": one.name, "unit": one.unit, "grade": report.claims[one.name].grade}
    row |= {"before": float(windows["baseline"].iloc[0]),
            "points_before": int(windows["baseline_points"].iloc[0])}  # fmt: skip
    x = one.frame[one.x].to_numpy()
    early = (x < when.to_datetime64()) & ~straddling(x, when.to_datetime64())
    row["n_before"] = _answers(one, early)
    if told.empty:
        return row | {"verdict": "too early to say", "reason": "fewer than 3 points since go-live"}
    last = told.iloc[-1]
    late = (x >= last["first"].to_datetime64()) & (x <= last["last"].to_datetime64())
    row |= {"window": last["window"], "after": float(last["mean"]),
            "points_after": int(last["points"]), "n_after": _answers(one, late),
            "change": float(last["change"])}  # fmt: skip
    row["verdict"] = (
        last["verdict"]
        if last["verdict"].startswith("too early")
        else "; ".join(told["window"] + ": " + told["verdict"])
    )
    return row | _moved(one, early, late, sure) | _beyond(one, when, sure)


def _empty(result: Result) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("before", "after", "change", "low", "high", "trend", "trend_low", "trend_high",
         "n_before", "n_after"), float("nan"),
    )  # fmt: skip
    return {
        "name": result.name, "result": result.title, "by": result.by, "measure": "", "unit": "",
        "window": "", "points_before": 0, "points_after": 0, **blank, "verdict": UNKNOWN,
        "grade": "none", "reason": "",
    }  # fmt: skip


def _not_measured(result: Result) -> dict[str, str]:
    return {"verdict": NOT_MEASURED, "reason": f"{NOT_MEASURED}: it takes {result.takes}"}


def _list(sizes: tuple[int, int] | None, result: Result) -> dict[str, Any]:
    if sizes is None:
        return _not_measured(result)
    before, now = sizes
    return {
        "measure": "Registered patients", "before": float(before), "after": float(now),
        "change": float(now - before), "verdict": "two numbers, so no chart",
        "reason": "two numbers have no ordinary range; read it beside the time freed",
    }  # fmt: skip


def _sizes(before: Any, now: Any) -> tuple[int, int]:
    return whole(before, "list_before", 9800, low=1), whole(now, "list_now", 9800, low=1)


def _answers(one: ImpactMeasure, rows: Any) -> float:
    if one.n is None or one.n not in one.frame:
        return float("nan")
    return float(one.frame[one.n].to_numpy(dtype=np.float64)[rows].sum())


def _moved(one: ImpactMeasure, early: Any, late: Any, sure: float) -> dict[str, float]:
    """Give the interval of the change of level, with errors that allow for like neighbours."""
    y = one.frame[one.y].to_numpy(dtype=np.float64)
    rows = early | late
    design = np.column_stack([np.ones(int(rows.sum())), late[rows].astype(np.float64)])
    if len(design) < 5 or np.ptp(y[rows]) == 0:
        return {}
    fit = fit_over_time(y[rows], design)
    reach = fit.reach(sure) * float(fit.errors(np.array([[0.0, 1.0]]))[0, 0])
    return {"low": float(fit.terms[1]) - reach, "high": float(fit.terms[1]) + reach}


def _beyond(one: ImpactMeasure, when: pd.Timestamp, sure: float) -> dict[str, float]:
    """Give what is left once the earlier trend is carried on; nothing where it cannot be told."""
    try:
        found = its(one.frame, one.x, one.y, when, confidence=sure, title=one.name)
    except (DataError, ChartError):
        return {}
    effect = found.effect("average")
    return {"trend": float(effect["estimate"]), "trend_low": float(effect["low"]),
            "trend_high": float(effect["high"])}  # fmt: skip
