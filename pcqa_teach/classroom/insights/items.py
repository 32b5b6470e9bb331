"""How hard each item was, how well it tells people apart, and what it was commonly answered."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.classroom.insights.readable import readable
from pcqa_teach.classroom.results import Results
from pcqa_teach.classroom.rubric import Told

FEWEST = 10  # people, for a correlation that says anything


def computer_marked(results: Results) -> pd.DataFrame:
    """Return the marks of what was handed in and a computer marks, with what was answered.

    Adds `share`, of the item's points.
    """
    keys = ["assignment", "notebook", "student", "item"]
    grades = results.grades[results.grades["handed"]]
    found = grades.merge(results.answers, on=keys, how="inner")
    return found.assign(share=found["score"] / found["max_score"])


def difficulty(marks: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return a row an item: how many did how with it.

    `people`, `right` and `points` (shares), `empty`, `not_run` (an error stopped the box),
    `discrimination`.

    Discrimination is the point-biserial correlation of getting the item right with the share of
    points on all the other items that the same person handed in: an item that those who do well
    elsewhere get wrong is near 0 or below. It is missing below ten people, or where all did alike.

    Parameters
    ----------
    marks
        As `computer_marked` gives them.
    told
        What the lessons say.
    """
    marks = marks.dropna(subset=["score"])
    items = told.sorted(marks["item"].unique())
    score, worth = (
        marks.pivot_table(index="student", columns="item", values=name, aggfunc="first")
        .reindex(columns=items)
        .to_numpy("float64")
        for name in ("score", "max_score")
    )
    right = np.where(np.isnan(score), np.nan, score >= worth - 1e-9)
    rest_of = np.nansum(worth, axis=1, keepdims=True) - np.nan_to_num(worth)
    rest = np.nansum(score, axis=1, keepdims=True) - np.nan_to_num(score)
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = np.where(rest_of > 0, rest / rest_of, np.nan)
    people = (~np.isnan(score)).sum(axis=0)
    empty, not_run = (
        marks.loc[marks["outcome"] == outcome, "item"].value_counts().to_dict()
        for outcome in ("empty", "not_run")
    )
    notebook = marks.drop_duplicates("item").set_index("item")["notebook"]
    return pd.DataFrame(
        {
            "item": items,
            "notebook": [notebook[item] for item in items],
            "people": people,
            "right": np.nansum(right, axis=0) / np.maximum(people, 1),
            "points": np.nansum(score, axis=0) / np.maximum(np.nansum(worth, axis=0), 1e-9),
            "empty": [empty.get(item, 0) for item in items],
            "not_run": [not_run.get(item, 0) for item in items],
            "discrimination": [_together(right[:, n], rest[:, n]) for n in range(len(items))],
        }
    )


def _together(right: np.ndarray[Any, Any], rest: np.ndarray[Any, Any]) -> float:
    known = ~np.isnan(right) & ~np.isnan(rest)
    one, other = right[known], rest[known]
    if known.sum() < FEWEST or np.ptp(one) == 0 or np.ptp(other) < 1e-12:
        return np.nan
    return float(np.corrcoef(one, other)[0, 1])


def wrong_answers(marks: pd.DataFrame, told: Told, most: int = 2) -> pd.DataFrame:
    """Return, an item, its commonest misconceptions, and a row of what shows none that is known.

    `people` of `answered` gave such an answer; `answer` is the commonest of them, its wrong parts
    alone, and `alike` how many gave just that (each, where several are as common: `answer` then
    names two). `hint` is what they were told. Words that the lesson does not offer are counted,
    not shown.
    """
    read = marks[~marks["outcome"].isin(["empty", "person", "unreadable", "not_run"])]
    answered = {str(item): int(size) for item, size in read.groupby("item").size().items()}
    wrong = read[read["outcome"].isin(["wrong", "part"])]
    wrong = wrong.assign(
        misconception=wrong["misconception"].fillna(""),
        shown=[
            readable(answer, parts, told.choices.get(item, ()))
            for item, answer, parts in zip(
                wrong["item"], wrong["answer"], wrong["wrong"], strict=True
            )
        ],
    )
    rows = []
    for (item, name), group in wrong.groupby(["item", "misconception"], sort=False):
        shown = group["shown"].value_counts()
        most_alike = int(shown.iloc[0])
        first = sorted(str(one) for one in shown.index[shown == most_alike])
        rows.append(
            {
                "item": item,
                "misconception": name,
                "people": len(group),
                "answered": answered[str(item)],
                "answer": " / ".join(first[:2]) + (" and others" if len(first) > 2 else ""),
                "alike": f"{most_alike} each" if len(first) > 1 else str(most_alike),
                "hint": str(group["hint"].iloc[0] or "") if name else "",
            }
        )
    columns = ["item", "misconception", "people", "answered", "answer", "alike", "hint"]
    found = pd.DataFrame(rows, columns=columns)
    place = {item: number for number, item in enumerate(told.sorted(found["item"].unique()))}
    found = found.assign(place=found["item"].map(place), known=found["misconception"] != "")
    found = found.sort_values(
        ["place", "known", "people"], ascending=[True, False, False], kind="stable"
    )
    few = found.groupby(["item", "known"]).cumcount() < most
    return found[few][columns].reset_index(drop=True)
