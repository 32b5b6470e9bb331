"""What the results ask next: the six questions behind each grade, new limits, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import day_of
from pcqa_teach.errors import DataError
from pcqa_teach.juran.impact.claims import CRITERIA
from pcqa_teach.juran.impact.columns import straddling
from pcqa_teach.juran.impact.measures import ImpactMeasure
from pcqa_teach.juran.impact.series import Its, its
from pcqa_teach.juran.promised.results import RESULTS, PromisedResults
from pcqa_teach.sayings import and_list, capital, day, lowered
from pcqa_teach.spc.build import chart

if TYPE_CHECKING:
    from pcqa_teach.figures import Table
    from pcqa_teach.spc import Chart

_LASTING = "better, lasting"
_ASKED = {"prediction": "Written first", "baseline": "Frozen before", "signal": "Signal lasts",
          "comparator": "Set beside", "balancing": "None worse",
          "recording": "Same codes"}  # fmt: skip
_SHORT = {"met": "yes", "not met": "no", "not known": "?"}
_TITLES = {one.name: one.title for one in RESULTS}


def criteria_table(found: PromisedResults) -> Table | None:
    """Give how each claim answers the six questions, a row a result; None without a claim."""
    from pcqa_teach.figures.table import table

    if not found.claims:
        return None
    asked = [_ASKED[one.name] for one in CRITERIA]
    rows = [
        {
            "Result": _TITLES.get(name, name),
            **dict(zip(asked, claim.criteria["status"].map(_SHORT), strict=True)),
            "Grade": claim.grade,
        }
        for name, claim in found.claims.items()
    ]
    return table(pd.DataFrame(rows), "Six questions for each claim (? is not known), and its grade")


def lasting(found: PromisedResults) -> list[str]:
    """Name the results that are better and staying better at the last window told."""
    rows = found.rows
    return rows.loc[rows["verdict"].str.endswith(_LASTING), "name"].tolist()


def rebased(found: PromisedResults, name: str) -> Chart:
    """Chart a result with its limits worked out anew from go-live, the dated reason beside them.

    Only for a result that is better and staying better: limits are worked out again for a known
    cause, a lasting shift and a dated reason, never to make a chart look right.
    """
    one = _measure(found, name)
    x = one.frame[one.x].to_numpy()
    at = found.go_live.to_datetime64()
    after = x[x >= at]
    mixed = list(x[straddling(x, at)])
    return chart(
        one.frame, x=one.x, y=one.y, n=one.n, unit=one.unit, title=one.name,
        improvement=one.improvement, rebase={pd.Timestamp(after[0]): "go-live"},
        exclude=mixed or None,
    )  # fmt: skip


def questions(found: PromisedResults) -> list[str]:
    """Return the questions that the results raise, for a team to choose one from.

    A question is asked for what got worse, for what is better without a comparison, for what did
    not change, and for what nobody counted. The last is always asked.
    """
    rows = found.rows
    told = rows[np.isfinite(rows["change"]) & (rows["name"] != "list")]
    asked = []
    worse = told[told["verdict"].str.contains("worse")]
    if len(worse):
        asked.append(f"{_named(worse)}: worse at times. What was different then, and who felt it?")
    better = [name for name in lasting(found) if _unmatched(found, name)]
    if better:
        first = rows[rows["name"].isin(better)]
        asked.append(
            f"{_named(first)}: better, with nothing beside it. Which practice like yours changed "
            "nothing, and would lend you its figures?"
        )
    still = told[told["verdict"].str.endswith("no change seen")]
    if len(still):
        asked.append(
            f"{_named(still)}: no change seen. What did you predict, and by when should it show?"
        )
    blank = rows[~np.isfinite(rows["change"])]
    if len(blank):
        asked.append(
            f"Not told: {_named(blank)}. Which of these matters most to you, and who could begin "
            "to count it on Monday?"
        )
    asked.append(
        "For whom is it not better: people without internet, people who need an interpreter, "
        "people in the poorest streets? Split one chart and look."
    )
    return asked


def _unmatched(found: PromisedResults, name: str) -> bool:
    criteria = found.claims[name].criteria.set_index("criterion")
    return bool(criteria.loc["comparator", "status"] != "met")


def _named(rows: pd.DataFrame) -> str:
    return capital(and_list([lowered(title) for title in rows["result"]]))


def beyond_trend(found: PromisedResults) -> Its:
    """Show one result beside its earlier trend: the first that lasts, else the first charted.

    Raises
    ------
    DataError
        No result has three points that differ on each side of go-live.
    """
    names = [*lasting(found), *found.claims]
    told = [name for name in names if _trend_of(found, name)]
    if not told:
        raise DataError(
            "No result has three points or more on each side of go-live that differ, so no earlier "
            "trend can be carried on."
        )
    one = _measure(found, told[0])
    return its(
        one.frame, one.x, one.y, found.go_live, improvement=one.improvement, title=one.name,
        unit=one.unit,
    )  # fmt: skip


def _trend_of(found: PromisedResults, name: str) -> bool:
    return bool(found.rows.set_index("name")["trend"].notna()[name])


def _measure(found: PromisedResults, name: str) -> ImpactMeasure:
    assert found.report is not None
    title = found.rows.set_index("name").loc[name, "measure"]
    return next(one for one in found.report.measures if one.name == title)


def frozen_said(
    found: PromisedResults, since: Any = None, break_at: Any = None, of: str = "appointments"
) -> list[str]:
    """Say which stretch was frozen, and what was left out of it."""
    said = [
        f"Go-live: {day(found.go_live)}. Nothing from that day on is in a baseline, and a week or "
        "month that had begun before it is in neither."
    ]
    if since is not None:
        said.append(f"Every baseline begins on {day(day_of(since, 'baseline_from'))} or later.")
    if break_at is not None:
        on = day_of(break_at, "definition_break")
        where = "the appointment book" if of == "appointments" else "the telephone"
        what = (
            "its baselines begin after that, since nothing can tell a new code from new care"
            if on < found.go_live
            else "no claim that rests on it can be graded, since nothing can tell a new code from "
            "new care"
        )
        said.append(f"On {day(on)} {where} began to record in another way: {what}.")
    said.append(
        "Part-weeks at both ends are left out, and what is counted is put on working days, so that "
        "four-day weeks stand beside five-day ones."
    )
    return said
