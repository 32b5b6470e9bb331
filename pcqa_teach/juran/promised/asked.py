"""What the results ask next: the six questions behind each grade, new limits, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.claims import CRITERIA
from pcqa_teach.juran.promised.results import RESULTS, PromisedResults

if TYPE_CHECKING:
    from pcqa_teach.figures import Table
    from pcqa_teach.spc import Chart

_LASTING = "better, lasting"
_TITLES = {one.name: one.title for one in RESULTS}


def criteria_table(found: PromisedResults) -> Table | None:
    """Give the six questions that each claim was asked, a column a result; None without a claim."""
    from pcqa_teach.figures.table import table

    if not found.claims:
        return None
    shown = pd.DataFrame({"Asked of each claim": [one.question for one in CRITERIA]})
    for name, claim in found.claims.items():
        shown[_TITLES.get(name, name)] = claim.criteria["status"].tolist()
    last = {"Asked of each claim": "Grade"}
    last |= {_TITLES.get(name, name): claim.grade for name, claim in found.claims.items()}
    shown = pd.concat([shown, pd.DataFrame([last])], ignore_index=True)
    return table(shown, "Six questions for each claim, and the grade that follows")


def lasting(found: PromisedResults) -> list[str]:
    """Name the results that are better and staying better at the last window told."""
    rows = found.rows
    return rows.loc[rows["verdict"].str.endswith(_LASTING), "name"].tolist()


def rebased(found: PromisedResults, name: str) -> Chart:
    """Chart a result with its limits worked out anew from go-live, the dated reason beside them.

    Only for a result that is better and staying better: limits are worked out again for a known
    cause, a lasting shift and a dated reason, never to make a chart look right.
    """
    from pcqa_teach.juran.impact.columns import straddling
    from pcqa_teach.spc.build import chart

    assert found.report is not None
    title = found.rows.set_index("name").loc[name, "measure"]
    one = next(one for one in found.report.measures if one.name == title)
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
    from pcqa_teach.sayings import and_list, capital

    return capital(and_list([title[:1].lower() + title[1:] for title in rows["result"]]))
