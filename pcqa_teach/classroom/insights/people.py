"""Who is stuck, whose reflection to read first, when work came in, how the groups did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.classroom.folder import Person
from pcqa_teach.classroom.results import Results
from pcqa_teach.classroom.rubric import Told
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import and_list, percent

STUCK = 0.5  # of the points of what a computer marks
SHUFFLES = 999
_HOURS = 48


def stuck(results: Results, marks: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return whom to sit down with first: `student`, `why`, the `lesson` and its `item`, `share`.

    Those whose notebook needs a person, those who have answered nothing, and those with less than
    half of the points that a computer gives; the fewest points come first.

    Parameters
    ----------
    results
        What was marked.
    marks
        As `computer_marked` gives them.
    told
        What the lessons say.
    """
    place = {item: number for number, item in enumerate(told.sorted(marks["item"].unique()))}
    scored = marks.dropna(subset=["score"])
    scored = scored.assign(
        answered=~scored["outcome"].isin(["empty", "person"]),
        lost=scored["max_score"] - scored["score"],
        place=scored["item"].map(place),
    )
    person = scored.groupby("student").agg(
        score=("score", "sum"), of=("max_score", "sum"), answered=("answered", "any")
    )
    trouble = results.troubles.drop_duplicates("student").set_index("student")
    found = pd.DataFrame(index=person.index.union(trouble.index).rename("student"))
    found["share"] = person["score"] / person["of"]
    found["nothing"] = ~person["answered"].reindex(found.index, fill_value=True).astype(bool)
    found["trouble"] = trouble["trouble"]
    found = found[found["trouble"].notna() | found["nothing"] | (found["share"] < STUCK)]
    own = scored[scored["student"].isin(found.index)].sort_values(["student", "place"])
    lost = own.groupby(["student", "notebook"])["lost"].sum().reset_index()
    most = lost.sort_values("lost", ascending=False, kind="stable").drop_duplicates("student")
    found["lesson"] = trouble["notebook"].reindex(found.index)
    found["lesson"] = found["lesson"].fillna(most.set_index("student")["notebook"])
    there = own[own["notebook"] == own["student"].map(found["lesson"])]
    short = there[there["share"] < 1].sort_values(["share", "place"]).drop_duplicates("student")
    found["item"] = short.set_index("student")["item"]
    found["wrong"] = own[own["share"] < STUCK].groupby("student")["item"].agg(_some)
    found = found.fillna({"share": 0.0, "trouble": "", "item": "", "wrong": ""}).reset_index()
    found["why"] = [_why(row) for row in found.to_dict("records")]
    found = found.sort_values(["share", "student"], kind="stable").reset_index(drop=True)
    return found[["student", "why", "lesson", "item", "share"]]


def _why(row: Mapping[Any, Any]) -> str:
    said = [f"needs a person: {row['trouble']}"] if row["trouble"] else []
    if row["nothing"]:
        said.append("handed in, with nothing answered")
    elif row["wrong"] and row["share"] < STUCK:
        said.append(f"{percent(row['share'])} of the points; look at {row['wrong']}")
    return "; ".join(said)


def _some(items: pd.Series[str]) -> str:
    names = list(items)
    return and_list(names) if len(names) <= 5 else f"{', '.join(names[:4])} and others"


def reflections(results: Results, marks: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return what people wrote that nobody has read, in the order in which to read it.

    First those whose task right before it, the last that a computer marks in that lesson, earned
    less than half of its points: what they wrote is likely to rest on a chart misread. Among
    equals, the one that has waited longest.
    """
    grades = results.grades
    written = grades[grades["handed"] & grades["waiting"] & ~grades["by_hand"]]
    written = written[~written["item"].isin(results.answers["item"].unique())]
    place = {item: number for number, item in enumerate(told.sorted(grades["item"].unique()))}
    last = marks.assign(place=marks["item"].map(place)).sort_values("place")
    last = last.drop_duplicates(["student", "notebook"], keep="last")
    before = last[["student", "notebook", "item", "share"]]
    found = written.merge(before, on=["student", "notebook"], how="left", suffixes=("", "_before"))
    found = found.assign(first=found["share"] < STUCK)
    columns = ["student", "notebook", "item", "item_before", "share", "first", "handed_in"]
    found = found.sort_values(["first", "handed_in", "student"], ascending=[False, True, True])
    return found[columns].reset_index(drop=True)


def time_course(results: Results) -> pd.DataFrame:
    """Return how many handed in, by the hour or (over more than two days) by the day.

    A row a stretch from the first to the last, with `start` (in this computer's time) and `people`;
    of each participant and assignment, what was handed in last counts.
    """
    handed = results.grades[results.grades["handed"]].dropna(subset=["handed_in"])
    when = handed.drop_duplicates(["student", "assignment"])["handed_in"]
    if when.empty:
        return pd.DataFrame({"start": [], "people": []})
    local = _local(when)
    hours = (local.max() - local.min()) <= pd.Timedelta(hours=_HOURS)
    step = local.dt.floor("h") if hours else local.dt.normalize()
    counts = step.value_counts().sort_index()
    every = pd.date_range(counts.index[0], counts.index[-1], freq="h" if hours else "D")
    if len(every) > 120:  # somebody's clock is years away: only the stretches that have any
        every = pd.DatetimeIndex(counts.index)
    return pd.DataFrame({"start": every, "people": counts.reindex(every, fill_value=0).to_numpy()})


def _local(when: pd.Series[Any]) -> pd.Series[Any]:
    """Return times as this computer's clock shows them; the gradebook keeps them in UTC."""
    local = [
        time.to_pydatetime().replace(tzinfo=UTC).astimezone().replace(tzinfo=None) for time in when
    ]
    return pd.Series(local, dtype="datetime64[s]")


def groups(marks: pd.DataFrame, roster: Mapping[str, Person]) -> tuple[pd.DataFrame, float]:
    """Return a row a group of the roster, and how often luck alone would set them as far apart.

    `people`, and of their shares of points the `mean`, the `low` and the `high` quartile. The
    second is the part of 999 deals, of the same people into groups of the same sizes by lot, whose
    largest and smallest means lie at least as far apart; missing with fewer than two groups. Groups
    of fewer than five people are left out.
    """
    scored = marks.dropna(subset=["score"]).groupby("student")[["score", "max_score"]].sum()
    share = scored["score"] / scored["max_score"]
    named = _groups_of(share.index, roster)
    named = named[named.map(named.value_counts()) >= SMALL]
    share = share[named.index]
    shares = share.groupby(named)
    found = pd.DataFrame(
        {
            "people": shares.size(),
            "mean": shares.mean(),
            "low": shares.quantile(0.25),
            "high": shares.quantile(0.75),
        }
    ).rename_axis("group")
    if len(found) < 2:
        return found.iloc[:0].reset_index(), np.nan
    return found.reset_index(), _by_luck(share.to_numpy(), pd.factorize(named)[0])


def too_small(marks: pd.DataFrame, roster: Mapping[str, Person]) -> list[str]:
    """Return the groups of the roster with fewer than five people whose work was marked."""
    there = pd.Index(marks.dropna(subset=["score"])["student"].unique())
    sizes = _groups_of(there, roster).value_counts()
    return sorted(str(name) for name in sizes.index[sizes < SMALL])


def _groups_of(codes: pd.Index[Any], roster: Mapping[str, Person]) -> pd.Series[Any]:
    """Return the group of each code that has one."""
    of = {code: roster[code].group for code in codes if code in roster and roster[code].group}
    return pd.Series(of, dtype="object")


def _by_luck(share: np.ndarray[Any, Any], group: np.ndarray[Any, Any]) -> float:
    size = np.bincount(group)

    def apart(values: np.ndarray[Any, Any]) -> float:
        return float(np.ptp(np.bincount(group, values) / size))

    lot = np.random.default_rng(1)
    seen = apart(share) - 1e-12
    as_far = sum(apart(lot.permutation(share)) >= seen for _ in range(SHUFFLES))
    return (as_far + 1) / (SHUFFLES + 1)


def not_handed_in(results: Results, roster: Mapping[str, Person]) -> list[str]:
    """Return who is in the roster and has handed in nothing."""
    there = set(results.grades.loc[results.grades["handed"], "student"])
    return sorted(set(roster) - there)
