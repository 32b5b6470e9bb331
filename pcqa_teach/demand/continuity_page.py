"""Continuity on one page: the four measures, whether the usual GPs are there, what they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.demand.continuity import Continuity
from pcqa_teach.demand.continuity_frames import BB, OPR, SLICC, UPC
from pcqa_teach.demand.continuity_words import shared_groups
from pcqa_teach.demand.own_gp import UsualThere, who_was_counted
from pcqa_teach.demand.sharing import blank, cells, small
from pcqa_teach.errors import DataError
from pcqa_teach.measures.reading import when_to_look
from pcqa_teach.sayings import span, to_record

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_NAMES = {SLICC: "slicc", OPR: "opr", UPC: "upc", BB: "bice_boxerman"}
_HEADS = {
    SLICC: "Visits with own GP",
    OPR: "GPs' visits that are with their own patients",
    UPC: "Visits with the clinician seen most",
    BB: "Any two visits of a person: with the same clinician",
}
NO_OWN = (
    "Own GP not known: the file names nobody's usual GP, so ask for the appointment report that "
    "has the usual GP"
)
_WORDS = ("whose", "data", "period", "who_was_counted", "finding")
ALWAYS = (
    "Who in this practice most needs to be known by somebody, and do our booking rules let them?"
)


def continuity_page(
    found: Continuity | None, there: UsualThere | None = None, chart: Chart | None = None
) -> dict[str, Any]:
    """Return what `pcqa.record` keeps of a look at continuity: shares of the whole practice.

    No figure of a single GP is in it: that is for the GP.

    Parameters
    ----------
    found : what `book_continuity` gave
    there : what `usual_gp_there` gave
    chart : the XmR chart of `own_gp_share`
    """
    values: dict[str, Any] = {}
    if found is not None:
        rows = found.whole[~small(found.whole["people"].to_numpy())].dropna(subset="value")
        values |= {"period": span(found.dates), "visits": int(found.people["visits"].sum())}
        values["people"] = len(found.people)
        values["people_under_two_visits"] = found.few
        values["who_was_counted"] = who_was_counted(found)
        if found.whole.loc[found.whole["measure"] == SLICC, "value"].isna().all():
            values["finding"] = NO_OWN
        for row in rows.to_dict("records"):
            name = _NAMES[str(row["measure"])]
            values[name] = to_record(row["value"])
            values[f"{name}_lower"] = to_record(row["lower"])
            values[f"{name}_upper"] = to_record(row["upper"])
    if there is not None and there.gone_people and not there.few:
        values["usual_gp_away_percent"] = to_record(100 * there.gone_people / there.people)
        values["slicc_where_gp_is_there"] = to_record(there.slicc_there)
    if chart is not None:
        last = chart.limits.iloc[-1]
        values["own_gp_mean"] = to_record(last["centre"])
        values["own_gp_lower"] = to_record(np.clip(last["lower"], 0, 100))
        values["own_gp_upper"] = to_record(np.clip(last["upper"], 0, 100))
        values["own_gp_signals"] = f"{int(chart.points['signal'].sum())} of {len(chart.points)}"
    return values


def continuity_sharing(
    page: dict[str, Any], found: Continuity | None, there: UsualThere | None = None
) -> dict[str, Any]:
    """Return what of a `continuity_page` may be shared, as `pcqa.record` takes it.

    UPC and Bice-Boxerman are means of people's own shares, and a chart's are means of weeks: no
    count stands behind them, so they stay in the report. So does the share of people whose usual
    GP is away: in a small practice it is one GP's.

    Parameters
    ----------
    page : what `continuity_page` gave
    found, there : as for `continuity_page`
    """
    rests: dict[str, tuple[int, ...]] = {}
    if found is not None:
        named = found.whole["measure"].map(_NAMES)
        whole = found.whole.assign(name=named).set_index("name").to_dict("index")
        for name in ("slicc", "opr"):
            if name in page:
                of = int(whole[name]["visits"])
                rests[name] = (round(page[name] / 100 * of), of, int(whole[name]["people"]))
    few = ("people_under_two_visits", "people")  # what is left are those with two visits or more
    return {
        "counts": [] if found is None else ["visits", "people", few],
        "words": [one for one in _WORDS if one in page],
        "rests_on": rests,
    }


def continuity_labels(page: dict[str, Any]) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `continuity_page`.

    >>> continuity_labels({"slicc": 52.0, "slicc_lower": 50.0, "slicc_upper": 54.0})
    {'Visits with own GP': '{slicc:.0f}%[ ({slicc_lower:.0f}% to {slicc_upper:.0f}%)]'}
    """
    measures = {
        name: (
            _HEADS[measure],
            f"{{{name}:.0f}}%[ ({{{name}_lower:.0f}}% to {{{name}_upper:.0f}}%)]",
        )
        for measure, name in _NAMES.items()
    }
    rows = {
        "finding": ("Finding", "{finding}"),
        "period": ("Period covered", "{period}"),
        "visits": ("Visits counted", "{visits:,} of {people:,} people"),
        "who_was_counted": ("Visits to", "{who_was_counted}"),
        **measures,
        "people_under_two_visits": (
            "People with one visit, left out where two are needed",
            "{people_under_two_visits:,}",
        ),
        "usual_gp_away_percent": (
            "People whose usual GP gave no appointment in the last weeks",
            "{usual_gp_away_percent:.0f}%[; without them {slicc_where_gp_is_there:.0f}% of visits "
            "were with the own GP]",
        ),
        "own_gp_mean": (
            "Visits with own GP, week by week",
            "{own_gp_mean:.1f}%; ordinary range {own_gp_lower:.1f}% to {own_gp_upper:.1f}%; "
            "{own_gp_signals} flagged",
        ),
    }
    return {heading: said for name, (heading, said) in rows.items() if name in page}


def continuity_table(groups: Continuity) -> pd.DataFrame:
    """Return a row a group with its measures beside each other; small groups are held back.

    UPC and Bice-Boxerman are of the people with two visits or more, of whom a group may have few.

    Parameters
    ----------
    groups : what `book_continuity` gave, split

    Raises
    ------
    DataError
        It is not split by anything.
    """
    if groups.groups.empty:
        raise DataError(
            "This file gives neither ages nor usual GPs, so continuity cannot be split: ask for "
            "the report that has them."
        )
    rows = shared_groups(groups)
    held = rows["held"].to_numpy()
    table = {
        "Group": [
            f"{split}: {name}" for split, name in zip(rows["split"], rows["group"], strict=True)
        ],
        "People": cells(rows["people"].to_numpy(dtype="float64"), held).to_numpy(),
    }
    if rows["slicc"].notna().any():
        ends = zip(*(blank(rows[f"slicc_{end}"], held) for end in ("lower", "upper")), strict=True)
        table["Own GP (SLICC)"] = blank(rows["slicc"], held).to_numpy()
        table["95% interval"] = ["-" if "-" in (a, b) else f"{a} to {b}" for a, b in ends]
    table["Seen most (UPC)"] = blank(rows["upc"], held).to_numpy()
    table["Bice-Boxerman"] = blank(rows["bb"], held).to_numpy()
    return pd.DataFrame(table)


def continuity_questions(
    groups: Continuity | None, there: UsualThere | None = None, chart: Chart | None = None
) -> list[str]:
    """Return the questions that this look raises; the last is always asked.

    Parameters
    ----------
    groups : what `book_continuity` gave, by age and number of visits
    there, chart : as for `continuity_page`
    """
    asked = []
    if there is None:
        asked.append("Who can give us the report with each person's usual GP in it?")
    elif there.gone_people and not there.few:
        asked.append("Whose usual GP is away or has left, and who tells them who is theirs now?")
    when = when_to_look(chart)
    if when:
        asked.append(f"What was different about seeing one's own GP {when}?")
    asked += _low_age(groups)
    return [*asked, ALWAYS]


def _low_age(groups: Continuity | None) -> list[str]:
    """Ask about the age that sees its own GP least, where that is more than chance."""
    if groups is None or groups.groups.empty:
        return []
    shared = shared_groups(groups)
    known = shared[~shared["held"] & (shared["split"] == "age")].dropna(subset="slicc")
    if len(known) < 2:
        return []
    ordered = known.sort_values("slicc", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    if low["slicc_upper"] >= high["slicc_lower"]:
        return []
    return [
        f"People of {low['group']} see their own GP least: is that their choice, or can they not?"
    ]
