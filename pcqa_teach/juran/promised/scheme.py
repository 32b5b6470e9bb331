"""People who came most before a change, and how often they came after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import day_of
from pcqa_teach.data.demo import load_demo
from pcqa_teach.errors import DataError
from pcqa_teach.juran.impact.extremes import Extremes, regression_to_the_mean
from pcqa_teach.juran.impact.extremes_words import METHOD_WORDS
from pcqa_teach.juran.promised.files import APPOINTMENTS, Files, Paths, by_kind
from pcqa_teach.measures.outcomes import horizon, outcomes
from pcqa_teach.sayings import counted

LEAST_DAYS = 28  # a shorter stretch says little of anybody (our own mark)
_DAY = np.timedelta64(1, "D")


def contacts_around(
    appts: pd.DataFrame, go_live: Any, *, earlier: bool = True, days: int | None = None
) -> pd.DataFrame:
    """Return each person's appointments in stretches of one length before and after a change.

    Where the table holds two stretches before the change, the first of them is `earlier`, when
    nothing was done either: who came most in it is followed into `before`, and shows how far such
    people fall by themselves. The stretch is the longest that leaves room for it, and without it
    the longest that the table holds on both sides.

    Parameters
    ----------
    appts : tidy table with `patient`, as `pcqa.read` gives it; appointments that people came to
    go_live : the date of the change
    earlier : whether to leave room for an earlier stretch
    days : no stretch is longer than this

    Returns
    -------
    frame of `before`, `after` and, where it can be had, `earlier`, a row a person, without codes;
    `attrs["pcqa"]["days"]` is the length of a stretch.

    Raises
    ------
    DataError
        The file does not say who came, or covers too little on one side.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = [str(day.date()) for day in pd.date_range("2026-01-01", periods=60)]
    >>> two = tidy(date=days, status=["Attended"] * 60, patient=["P-1", "P-2"] * 30)
    >>> contacts_around(two, "2026-01-31").to_numpy().tolist()
    [[15, 15], [15, 15]]
    """
    when = np.datetime64(day_of(go_live, "go_live"), "D")
    if "patient" not in appts or appts["patient"].isna().all():
        raise DataError(
            "This file does not tell one person's appointments from another's, so nothing can be "
            "said of people who came most: ask for a report with a patient number, which becomes a "
            "code as it is read."
        )
    if (appts["period"] != "day").any():
        raise DataError("This file counts whole months, so people cannot be followed in it.")
    date = appts["date"].to_numpy().astype("datetime64[D]")
    first, last = date.min(), np.datetime64(horizon(appts), "D")
    sides = (int((when - first) / _DAY), int((last - when) / _DAY) + 1)
    room = earlier and sides[0] // 2 >= LEAST_DAYS
    long = min(sides[0] // 2 if room else sides[0], sides[1], *([] if days is None else [days]))
    if long < LEAST_DAYS:
        raise DataError(
            f"The file covers {counted(max(sides[0], 0), 'day')} before go-live and "
            f"{max(sides[1], 0):,} after it: {LEAST_DAYS} on each side are the least to follow "
            "anybody for."
        )
    came = outcomes(appts).came & appts["patient"].notna().to_numpy()
    codes, people = pd.factorize(appts["patient"])
    weight = appts["count"].to_numpy()
    starts = {"before": when - long * _DAY, "after": when}
    if room:
        starts["earlier"] = when - 2 * long * _DAY
    frame = pd.DataFrame({
        name: np.bincount(
            codes[inside], weights=weight[inside], minlength=len(people)
        ).astype(np.int64)
        for name, start in starts.items()
        for inside in [came & (date >= start) & (date < start + long * _DAY)]
    })  # fmt: skip
    frame = frame[frame.sum(axis=1) > 0].reset_index(drop=True)
    frame.attrs["pcqa"] = {"days": long}
    return frame


def people_who_came_most(
    files: Files | None,
    go_live: Any,
    comparator: Paths | None = None,
    practice: str = "riverside",
    share: float = 0.03,
    *,
    chosen: bool | None = None,
) -> Extremes:
    """Set the fall of the people who came most against what was to be expected with nothing done.

    What was to be expected is seen in people chosen in the same way at a practice that changed
    nothing or, in the practice's own book, a stretch earlier. No line is drawn through the others:
    it would have to be carried far beyond them.

    Parameters
    ----------
    files : a practice's files, among them an appointment book; None: the invented practice's scheme
    go_live : the date of the change
    comparator : the book of a practice that changed nothing, whose own most frequent are followed
    practice : which invented practice
    share : how many of all people were chosen
    chosen : whether people were chosen for coming most; unless somebody says so, there is no scheme
        to be judged

    Raises
    ------
    DataError
        Nobody says that people were chosen; there is no book, or it does not tell people apart;
        too few people are chosen; or nobody like them was followed with nothing done.
    """
    if files is None:
        return regression_to_the_mean(
            _copy("scheme", practice), comparison=_copy("usual", practice), share=share
        )
    if not chosen:
        raise DataError(
            "Nobody has said that people were chosen for coming most, so there is no scheme to "
            "judge. If they were, answer yes where the form asks, or add --set people_chosen=True "
            "to the command; in the notebook it is a line of the set-up cell."
        )
    if APPOINTMENTS not in files.frames:
        raise DataError(
            "There is no appointment book among the files, so nothing can be said of people who "
            "came most."
        )
    book = files.frames[APPOINTMENTS]
    other = by_kind(comparator).frames.get(APPOINTMENTS) if comparator else None
    if other is not None:
        long = min(
            int(contacts_around(one, go_live, earlier=False).attrs["pcqa"]["days"])
            for one in (book, other)
        )
        here, there = (
            contacts_around(one, go_live, earlier=False, days=long) for one in (book, other)
        )
        return regression_to_the_mean(here, comparison=there, share=share, unit="appointments")
    around = contacts_around(book, go_live)
    if "earlier" not in around:
        raise DataError(
            "Nobody like the people who came most was followed with nothing done, so it cannot be "
            "told how much of their fall comes by itself: bring the book of a practice that "
            f"changed nothing, or one that begins {2 * LEAST_DAYS} days or more before go-live."
        )
    return regression_to_the_mean(
        at_one_pace(around), earlier="earlier", share=share, unit="appointments"
    )


def at_one_pace(around: pd.DataFrame) -> pd.DataFrame:
    """Scale `earlier` until everybody moves from it to `before` as from `before` to `after`.

    More or fewer appointments for everybody are then no part of what a scheme did.

    Examples
    --------
    >>> three = pd.DataFrame({"earlier": [6, 2], "before": [6, 2], "after": [3, 1]})
    >>> at_one_pace(three)["earlier"].tolist()
    [12.0, 4.0]
    """
    earlier, before, after = (float(around[name].sum()) for name in ("earlier", "before", "after"))
    if not earlier or not after:
        return around
    return around.assign(earlier=around["earlier"] * (before / earlier) * (before / after))


def _copy(name: str, practice: str) -> pd.DataFrame:
    both = load_demo("attendance", practice)
    return both[both["copy"] == name].reset_index(drop=True)


def people_numbers(found: Extremes | None) -> dict[str, float | int | str | None]:
    """Give what a report keeps of it: shares, and how many people; none of them can be told apart.

    >>> people_numbers(None)
    {}
    """
    if found is None:
        return {}
    best = found.best
    return {
        "most_people": int(found.people["n"].iloc[0]),
        "most_naive_percent": _percent(found.naive.percent),
        "most_expected_percent": _percent(best["change"]),
        "most_left_percent": _percent(best["left"]),
        "most_left_low": _percent(best["left_low"]),
        "most_left_high": _percent(best["left_high"]),
        "most_expected_from": METHOD_WORDS[str(best["method"])],
    }


def people_labels(found: Extremes | None) -> dict[str, str]:
    """Give the row in which `pcqa.record` shows it."""
    if found is None:
        return {}
    return {
        "People who came most": "plain before and after (naive) {most_naive_percent:+.0f}%; to be "
        "expected with nothing done {most_expected_percent:+.0f}% ({most_expected_from}); what is "
        "left {most_left_percent:+.0f}% ({most_left_low:+.0f} to {most_left_high:+.0f}%); "
        "{most_people:,} people"
    }


def _percent(value: Any) -> float | None:
    return round(100 * float(value), 1) if np.isfinite(value) else None
