"""Whether a share that people coded by hand can be believed: what is in order, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.demand import trust_words as words
from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.coders import enough
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.measures.calendar import bank_holidays
from pcqa_teach.variation import wilson

FAIR = 100  # cases: the share is then sure to about 10 points either way, or better
BOTH = 50  # cases that both coded: ours, as on the sheets
BLANK = 0.05  # the share without a code from which one wonders: ours
SHORT = 0.6  # a day with fewer than this share of the others' cases may be a part of one: ours
CASES, DAYS, CODERS, CHANNELS, CODED = (
    "Enough cases", "Whole days", "Two coders", "Channels as they are", "Nearly all coded",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Trust:
    """What to look at before a coded share is believed.

    Parameters
    ----------
    rows : a row a question: question, fine (yes or no), says (a sentence)
    """

    rows: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The questions, a row each, in words."""
        fine = np.where(self.rows["fine"], "yes", "not yet")
        return pd.DataFrame(
            {
                "What to look at": self.rows["question"],
                "In order?": fine,
                "What was found": self.rows["says"],
            }
        )

    @property
    def fine(self) -> bool:
        """Whether all is in order."""
        return bool(self.rows["fine"].all())

    @property
    def message(self) -> str:
        """Say in one line whether to believe it."""
        return words.message(self)

    def of(self, question: str) -> bool:
        """Say whether one question is in order; True where it was not asked."""
        asked = self.rows[self.rows["question"] == question]
        return bool(asked["fine"].all())

    def _repr_html_(self) -> str:
        from pcqa_teach.figures.table import table

        return table(self.table, f"{self.message}.")._repr_html_()

    def __repr__(self) -> str:
        return f"<Trust: {self.message}>"


def trust(
    found: FailureDemand | Appropriateness, frame: pd.DataFrame, *, weekdays: int = 5
) -> Trust:
    """Return what to look at before the share is believed: cases, days, coders, channels, blanks.

    Fine is: 100 cases or more; as many different working days as the sheet asks for, none of them
    much shorter than the others, no bank holiday; 50 cases that two people coded, with a kappa of
    0.6 or more (or, where one code has more than three in four and kappa is low for that alone, 80%
    agreement and more than luck); channels weighted to those of the practice, where several were
    caught; and no more than 5 in 100 without a code. Bar kappa's, these are our own marks.

    Parameters
    ----------
    found : what `from_tally` or `from_sample` gives
    frame : the sheet that it was made of, for its dates
    weekdays : how many working days it should hold: five for a tally, ten for a two-week sample

    Examples
    --------
    >>> from pcqa_teach.demand.sheets import from_tally
    >>> week = pd.DataFrame({"code": ["value"] * 40 + ["failure-practice"] * 10})
    >>> found = trust(from_tally(week), week)
    >>> found.fine, found.of("Two coders"), found.of("Nearly all coded")
    (False, False, True)

    Source: Landis and Koch, Biometrics 1977;33:159-74, call a kappa over 0.6 substantial.
    """
    rows = list(_asked(found, frame, weekdays))
    return Trust(pd.DataFrame(rows, columns=["question", "fine", "says"]))


def _asked(
    found: FailureDemand | Appropriateness, frame: pd.DataFrame, weekdays: int
) -> Iterator[tuple[str, bool, str]]:
    thing = "contact" if isinstance(found, FailureDemand) else "appointment"
    worth = found.effective_n if isinstance(found, FailureDemand) else float(found.n)
    row = wilson(np.floor(worth / 4), np.floor(worth)).iloc[0]  # as if it were one in four
    reach = 50 * float(row["upper"] - row["lower"])
    yield CASES, found.n >= FAIR, words.cases(found.n, worth, reach, thing)
    yield DAYS, *_days(frame, weekdays, thing)
    yield CODERS, *_coders(found)
    if isinstance(found, FailureDemand) and len(found.channels) > 1:
        yield CHANNELS, found.weighted, words.channels(found)
    blank = found.set_aside / (found.set_aside + found.n)
    yield CODED, blank <= BLANK, words.blanks(found.set_aside, blank, thing)


def _days(frame: pd.DataFrame, weekdays: int, thing: str) -> tuple[bool, str]:
    dated = frame["date"].dropna() if "date" in frame else pd.Series(dtype="datetime64[s]")
    if dated.empty:
        return False, words.NO_DATES
    counts = pd.to_datetime(dated).dt.normalize().value_counts().sort_index()
    days = counts.index.to_numpy().astype("datetime64[D]")
    work = np.is_busday(days)
    held = bank_holidays(days[0], days[-1])
    usual = work & ~np.isin(days, held)
    short = days[usual & (counts.to_numpy() < SHORT * np.median(counts.to_numpy()[work]))]
    fine = int(usual.sum()) >= weekdays and not len(short) and not len(held)
    return fine, words.days(int(usual.sum()), weekdays, short, held, thing)


def _coders(found: FailureDemand | Appropriateness) -> tuple[bool, str]:
    both = found.agreement
    return both is not None and both.n >= BOTH and enough(both), words.coders(found, BOTH)
