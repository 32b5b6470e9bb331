"""A week's tally of every ask: what to get ready for it, and what its totals say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.demand.ratios import Z95
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.measures import places_given, weekly_counts
from pcqa_teach.measures.periods import granularity, span
from pcqa_teach.measures.picture import WEEKDAYS
from pcqa_teach.variation import wilson

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure, Table

WEEK = "The week"


def margin_of(n: float, share: float = 0.5) -> float:
    """Return how far a share of n may be off by chance, as a share: the 95% margin.

    margin = 1.96 x square root of (share x (1 - share) / n)

    The other way round from `variation.sample_size`. At 0.5 it is the widest.

    Examples
    --------
    >>> round(margin_of(97), 3), round(margin_of(400), 3)
    (0.1, 0.049)

    Source: Cochran, Sampling Techniques (1977), section 4.4.
    """
    size = number(n, "n", 97, above=0)
    part = number(share, "share", 0.5, above=0, below=1)
    return float(Z95 * np.sqrt(part * (1 - part) / size))


def marks_to_expect(appts: pd.DataFrame) -> pd.DataFrame:
    """Return about how many marks a tally needs room for, day by day, as far as a book can tell.

    The book holds those who were given a place, counted here on the day on which they asked where
    the file says when that was. Whoever got none, or needed none, comes on top; follow-ups that a
    clinician booked will not be marked. A first guess, no forecast. The margin is that of a share
    worked out from so many marks.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it

    Returns
    -------
    frame of `day` (Monday ... Friday and the week; where the day of booking is not known, or the
    file is short, a working day and the week), `marks`, `same_day` (those given for the day itself;
    missing where not known), `days` (working days counted; missing likewise) and `margin`, in
    percentage points either way; `attrs["when"]` says which dates were counted.

    Raises
    ------
    DataError
        If the file holds no whole week or month.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-09", periods=5)
    >>> book = tidy(date=days, status=["Attended"] * 5, count=[120, 90, 80, 80, 30])
    >>> marks_to_expect(book)[["day", "marks", "margin"]].round(1).values.tolist()
    [['A working day', 80.0, 11.0], ['The week', 400.0, 4.9]]
    """
    try:
        given = places_given(appts)
        days, marks = given["weekday"].tolist(), given["value"].tolist()
        same, counted = given["same_day"].tolist(), given["n"].tolist()
        total, whole, when = sum(marks), sum(same), given.attrs["pcqa"]["when"]
    except DataError:
        each = weekly_counts(appts)["value"].mean()
        if np.isnan(each):
            raise DataError(
                "There is no whole week with appointments in this export: ask for a longer one."
            ) from None
        days, marks, same, counted = ["A working day"], [each], [np.nan], [np.nan]
        total, whole, when = each * len(WEEKDAYS), np.nan, span(appts)
        if granularity(appts) == "day":
            when = f"whole weeks from {when}"
    frame = pd.DataFrame(
        {"day": [*days, WEEK], "marks": [*marks, total], "same_day": [*same, whole]}
    )
    frame["days"] = [*counted, sum(counted)]
    frame["margin"] = [100 * margin_of(one) if one > 0 else np.nan for one in frame["marks"]]
    frame.attrs["when"] = when
    return frame


def marks_figure(marks: pd.DataFrame) -> Figure:
    """Draw what `marks_to_expect` returns: a bar a day.

    Parameters
    ----------
    marks : what `marks_to_expect` returns

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> book = tidy(date=pd.date_range("2026-03-09", periods=5), status=["Attended"] * 5)
    >>> marks_figure(marks_to_expect(book)).alt
    'Bar chart. About 1 place given out on a working day: make room for more marks. Places given \
out a day: A working day 1.'
    """
    from pcqa_teach.demand.tallying_words import marks_drawn

    return marks_drawn(marks)


@dataclass(frozen=True, eq=False, repr=False)
class AskTally(Shown):
    """The totals of a tally, day by day, with their intervals.

    `table` holds the numbers as they were typed. What is said, drawn or shown as a table leaves out
    counts from 1 to 4, and whatever would give one away.

    Parameters
    ----------
    table : DataFrame of day, asks, not_met, share, lower, upper (in per cent); the week last
    unmet : what was counted as not met, in words
    when : the dates, in words
    """

    table: pd.DataFrame
    unmet: str
    when: str = ""

    @property
    def week(self) -> pd.Series[Any]:
        """The row of the whole week."""
        return self.table.iloc[-1]

    def data_table(self) -> Table:
        """Give the days and the week as they may be shared, as a table."""
        from pcqa_teach.demand import tallying_words as words

        return words.shared_table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import tallying_words as words

        return Showing(words.message, words.explained, words.alt, words.figure)


def ask_tally(
    asks: Iterable[float],
    not_met: Iterable[float],
    days: Sequence[str] = WEEKDAYS,
    unmet: str = "not met",
    when: str = "",
) -> AskTally:
    """Return the share of asks that were not met, by day and for the week, with 95% intervals.

    share = 100 x not met / asks, with Wilson's interval

    Parameters
    ----------
    asks : numbers, one a day: every ask that was marked
    not_met : numbers, one a day: those among them that were not met
    days : their names
    unmet : what counts as not met, such as "told to ring again"
    when : the dates, to be printed under the picture's title

    Raises
    ------
    DataError
        If the lists are not equally long, hold no whole numbers, or more are not met than asked.

    Examples
    --------
    >>> ask_tally([120, 90, 80, 80, 30], [18, 9, 4, 0, 1]).message
    '32 of 400 asks were not met: 8.0% (95% interval 5.7% to 11%)'

    Source: Wilson 1927; Newcombe 1998, method 3.
    """
    every, missed = _whole(asks, "asks"), _whole(not_met, "not_met")
    names = [str(day) for day in days]
    if not len(every) == len(missed) == len(names):
        raise DataError(
            f"A tally needs as many numbers of asks as of those not met, one a day: there are "
            f"{len(every)} and {len(missed)}, for {len(names)} days."
        )
    over = [name for name, a, b in zip(names, every, missed, strict=True) if b > a]
    if over:
        raise DataError(f"On {over[0]} more asks were not met than there were: look again.")
    if every.sum() == 0:
        raise DataError("The tally holds no asks yet: put in how many there were each day.")
    every, missed = np.append(every, every.sum()), np.append(missed, missed.sum())
    found = wilson(missed, every)
    table = pd.DataFrame({"day": [*names, WEEK], "asks": every, "not_met": missed})
    table[["share", "lower", "upper"]] = 100 * found[["share", "lower", "upper"]].to_numpy()
    return AskTally(table, unmet, when)


def _whole(given: Iterable[float], name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    try:
        values = np.array([float(one) for one in given], dtype="float64")
    except (TypeError, ValueError):
        raise DataError(
            f"{name} must be a row of whole numbers, one a day, such as [120, 90, 80, 80, 30]."
        ) from None
    if not np.isfinite(values).all() or (values < 0).any() or (values != np.round(values)).any():
        raise DataError(f"{name} must be whole numbers from 0 up, one a day.")
    return values.astype("int64")
