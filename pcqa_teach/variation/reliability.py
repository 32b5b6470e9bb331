"""How alike several raters' numbers are: the intraclass correlations of Shrout and Fleiss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number
from pcqa_teach.columns import amounts, codes
from pcqa_teach.errors import DataError
from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.sayings import counted

MEANINGS = {
    "ICC(1,1)": "each case rated by different people",
    "ICC(2,1)": "the same people rate all; others like them will use the measure; being strict"
    " or lenient counts as error",
    "ICC(3,1)": "only these people matter, and one being stricter throughout does not",
}


@dataclass(frozen=True, eq=False, repr=False)
class Reliability:
    """The three intraclass correlations of single ratings.

    Parameters
    ----------
    table : DataFrame with form, icc, lower, upper, meaning
    mean_squares : between subjects, between raters, residual and within subjects
    subjects, raters : how many
    level : how sure
    """

    table: pd.DataFrame
    mean_squares: dict[str, float]
    subjects: int
    raters: int
    level: float

    def __repr__(self) -> str:
        return f"<{self.message}>"

    @property
    def message(self) -> str:
        """The result in one line."""
        icc = float(self.table["icc"].iloc[1])
        if not np.isfinite(icc):
            return "All values are the same: there is no spread to share out"
        return (
            f"About {100 * max(icc, 0):.0f}% of the spread in one rating is real difference between"
            f" cases (ICC(2,1) {icc:.2f})"
        )

    def explain(self) -> str:
        """Say what each form means and how sure it is."""
        lines = [
            f"{self.message}.",
            f"{counted(self.subjects, 'case')}, each rated by {self.raters} people.",
        ]
        for row in self.table.dropna(subset="icc").to_dict("records"):
            span = f"{row['lower']:.2f} to {row['upper']:.2f}"
            lines.append(f"- {row['form']} = {row['icc']:.2f} ({span}): {row['meaning']}.")
        lines.append(
            "The rest is the raters and their moods. An ICC falls when the cases are much alike,"
            " however careful the raters are."
        )
        return "\n".join(lines)

    def data_table(self) -> Table:
        """Give the correlations as a table."""
        return to_table(self.table, self.message)


def icc(
    frame: pd.DataFrame, *, value: str, subject: str, rater: str, level: float = 0.95
) -> Reliability:
    """Work out how much of the spread in ratings is between the cases, not between the raters.

    Formula: with mean squares between subjects (B), within them (W), between raters (J) and
    residual (E), n subjects and k raters: ICC(1,1) = (B - W) / (B + (k - 1) W);
    ICC(2,1) = (B - E) / (B + (k - 1) E + k (J - E) / n); ICC(3,1) = (B - E) / (B + (k - 1) E).

    Parameters
    ----------
    frame : DataFrame, a row a subject and rater, every rater having rated every subject once
    value, subject, rater : names of its columns
    level : how sure

    Returns
    -------
    Reliability

    Raises
    ------
    DataError
        A rating is missing or there twice, or there are fewer than 2 subjects or raters.

    Examples
    --------
    >>> six = pd.DataFrame({"case": [1, 1, 2, 2, 3, 3], "by": ["a", "b"] * 3,
    ...                     "minutes": [9, 10, 4, 6, 12, 13]})
    >>> icc(six, value="minutes", subject="case", rater="by").table["icc"].round(2).tolist()
    [0.93, 0.93, 0.99]

    Notes
    -----
    Shrout and Fleiss, Psychological Bulletin 86 (1979); intervals as McGraw and Wong 1996.
    """
    sure = number(level, "level", 0.95, above=0, below=1)
    table = grid(frame, value, subject, rater)
    n, k = table.shape
    grand = table.mean()
    between = k * float(((table.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    raters = n * float(((table.mean(axis=0) - grand) ** 2).sum()) / (k - 1)
    within = float(((table - table.mean(axis=1, keepdims=True)) ** 2).sum()) / (n * (k - 1))
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + grand
    residual = float((rest**2).sum()) / ((n - 1) * (k - 1))
    squares = {
        "subjects": between,
        "raters": raters,
        "residual": residual if residual > 1e-24 * (grand**2 + 1) else 0.0,
        "within": within,
    }
    rows = _forms(squares, n, k, sure)
    return Reliability(
        pd.DataFrame(
            [(form, *numbers_, MEANINGS[form]) for form, numbers_ in rows.items()],
            columns=["form", "icc", "lower", "upper", "meaning"],
        ),
        squares, n, k, sure,
    )  # fmt: skip


def grid(frame: pd.DataFrame, value: str, subject: str, rater: str) -> Floats:
    """Lay ratings out, a row a subject and a column a rater, each cell filled exactly once."""
    values = amounts(frame, value, "value=", low=None)
    row, subjects = codes(frame, subject, "subject=")
    place, raters = codes(frame, rater, "rater=")
    if len(subjects) < 2 or len(raters) < 2:
        raise DataError(
            f"Columns '{subject}' and '{rater}' need at least 2 subjects rated by 2 people."
        )
    counts = np.zeros((len(subjects), len(raters)), dtype=np.int64)
    np.add.at(counts, (row, place), 1)
    if (counts != 1).any():
        raise DataError(
            f"Every one in column '{rater}' must have rated every one in '{subject}' once:"
            f" {int((counts == 0).sum()):,} ratings are missing,"
            f" {int((counts > 1).sum()):,} are there more than once."
        )
    table = np.empty(counts.shape)
    table[row, place] = values
    return table


def _forms(
    squares: dict[str, float], n: int, k: int, level: float
) -> dict[str, tuple[float, float, float]]:
    b, j, e, w = (squares[name] for name in ("subjects", "raters", "residual", "within"))
    if b == 0 and w == 0:
        nothing = (float("nan"),) * 3
        return dict.fromkeys(MEANINGS, nothing)
    return {
        "ICC(1,1)": _one_way(b, w, n - 1, n * (k - 1), k, level),
        "ICC(2,1)": _two_way(b, j, e, n, k, level),
        "ICC(3,1)": _one_way(b, e, n - 1, (n - 1) * (k - 1), k, level),
    }


def _one_way(
    signal: float, noise: float, df1: int, df2: int, k: int, level: float
) -> tuple[float, float, float]:
    """Give (B - W) / (B + (k - 1) W) with its exact interval from the F distribution."""
    from scipy.stats import f

    if noise == 0:
        return 1.0, 1.0, 1.0
    ratio, tail = signal / noise, (1 - level) / 2
    low, high = ratio / f.isf(tail, df1, df2), ratio * f.isf(tail, df2, df1)
    ends = [(one - 1) / (one + k - 1) for one in (ratio, low, high)]
    return float(ends[0]), float(ends[1]), float(ends[2])


def _two_way(
    b: float, j: float, e: float, n: int, k: int, level: float
) -> tuple[float, float, float]:
    """Give ICC(2,1) with Satterthwaite's degrees of freedom for its interval."""
    from scipy.stats import f

    below = b + (k - 1) * e + k * (j - e) / n
    value = (b - e) / below if below else float("nan")
    if not np.isfinite(value) or (e == 0 and j == 0):
        return value, value, value
    tail = (1 - level) / 2
    a_ = k * value / (n * (1 - value)) if value < 1 else np.inf
    b_ = 1 + k * value * (n - 1) / (n * (1 - value)) if value < 1 else np.inf
    mixed = a_ * j + b_ * e
    parts = (a_ * j) ** 2 / (k - 1) + (b_ * e) ** 2 / ((n - 1) * (k - 1))
    if not np.isfinite(mixed) or parts == 0:
        return value, float("nan"), float("nan")
    df = max(mixed**2 / parts, 1e-3)
    rest = k * j + (k * n - k - n) * e
    up, down = f.isf(tail, n - 1, df), f.isf(tail, df, n - 1)
    low = n * (b - up * e) / (up * rest + n * b)
    high = n * (down * b - e) / (rest + n * down * b)
    return value, float(low), float(high)
