"""How much of the spread in measured values is the measuring (gauge R&R)."""

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

POOL = 0.25  # an interaction less sure than this is taken for repeatability (AIAG)
STUDY = 6.0  # standard deviations that a study's spread is said to be wide


@dataclass(frozen=True, eq=False, repr=False)
class Gauge:
    """What the spread in a measuring study is made of.

    Parameters
    ----------
    anova : DataFrame with source, df, sum_of_squares, mean_square, f, p
    components : DataFrame with source, variance, sd, contribution (share of the variance), study
        (share of the study's spread, from standard deviations: they do not add up to 1) and,
        where a tolerance is given, tolerance (6 sd over it)
    pooled : whether the interaction of part and operator was taken for repeatability
    distinct : how many groups of parts the measuring can tell apart
    parts, operators, repeats : how many
    """

    anova: pd.DataFrame
    components: pd.DataFrame
    pooled: bool
    distinct: int
    parts: int
    operators: int
    repeats: int

    def __repr__(self) -> str:
        return f"<{self.message}>"

    def share(self, source: str, of: str = "study") -> float:
        """Give one figure: such as share("measuring"), its share of the study's spread."""
        return float(self.components.loc[self.components["source"] == source, of].iloc[0])

    @property
    def message(self) -> str:
        """The result in one line."""
        return (
            f"Measuring makes up {100 * self.share('measuring'):.0f}% of the study's spread"
            f" ({100 * self.share('measuring', 'contribution'):.0f}% of its variance)"
        )

    def explain(self) -> str:
        """Say what each part means and what to do about it."""
        again, people = self.share("repeatability"), self.share("reproducibility")
        study = self.share("measuring")
        verdict = "small" if study < 0.1 else "tolerable for many uses" if study <= 0.3 else "large"
        main = (
            "the same person measuring again (repeatability): look at the clock, the form, the"
            " definition of start and stop"
            if again >= people
            else "people measuring differently (reproducibility): agree how, and train together"
        )
        return "\n\n".join(
            [
                f"{self.message}.",
                f"{self.operators} people measured {counted(self.parts, 'thing')}"
                f" {counted(self.repeats, 'time')} each. By convention, under 10% is small and over"
                f" 30% large (AIAG): here it is {verdict}.",
                f"Most of it is {main}.",
                f"The measuring can tell about {counted(self.distinct, 'group')} apart; 5 or more"
                " are wanted. A change smaller than the measuring's own spread cannot be seen.",
            ]
        )

    def data_table(self) -> Table:
        """Give the components as a table, in per cent."""
        shown = self.components.copy()
        for name in ("contribution", "study", "tolerance"):
            if name in shown:
                shown[name] = [f"{100 * share:.1f}%" for share in shown[name]]
        return to_table(shown, self.message)


def gauge_rr(
    frame: pd.DataFrame, *, value: str, part: str, operator: str, tolerance: float | None = None
) -> Gauge:
    """Split the spread of repeated measurements into parts, people and repetition, by ANOVA.

    Formula: with mean squares of parts (P), operators (O), their interaction (PO) and repeats (E),
    p parts, o operators, r repeats: repeatability = E; interaction = (PO - E) / r; operators =
    (O - PO) / (p r); parts = (P - PO) / (o r), none below 0. An interaction with p-value above 0.25
    is pooled with E first.

    Parameters
    ----------
    frame : DataFrame, a row a measurement; every operator measures every part equally often
    value, part, operator : names of its columns
    tolerance : how wide the specification is, if there is one

    Returns
    -------
    Gauge

    Raises
    ------
    DataError
        The study is not balanced, is too small, or all values are the same.

    Examples
    --------
    >>> eight = pd.DataFrame({"call": [1, 1, 2, 2] * 2, "who": ["a"] * 4 + ["b"] * 4,
    ...                       "minutes": [4.0, 4.2, 9.0, 9.1, 4.5, 4.4, 9.4, 9.6]})
    >>> ours = gauge_rr(eight, value="minutes", part="call", operator="who")
    >>> round(ours.share("measuring"), 3), ours.distinct
    (0.084, 16)

    Notes
    -----
    AIAG, Measurement Systems Analysis (4th edition, 2010), chapter III; Montgomery, 8.7.
    """
    cube = _cube(frame, value, part, operator)
    p, o, r = cube.shape
    if float(np.ptp(cube)) == 0:
        raise DataError(f"Column '{value}' never varies: there is no spread to split.")
    width = None
    if tolerance is not None:
        width = number(tolerance, "tolerance", 10, above=0, high=1e15)
    anova, mean, pooled = _anova(cube)
    below = mean["interaction"] if not pooled else mean["repeats"]
    repeat = mean["repeats"]
    interaction = 0.0 if pooled else max(0.0, (mean["interaction"] - repeat) / r)
    people = max(0.0, (mean["operators"] - below) / (p * r))
    parts = max(0.0, (mean["parts"] - below) / (o * r))
    measuring = repeat + people + interaction
    variances = {
        "measuring": measuring,
        "repeatability": repeat,
        "reproducibility": people + interaction,
        "operators": people,
        "interaction": interaction,
        "parts": parts,
        "total": measuring + parts,
    }
    table = pd.DataFrame({"source": list(variances), "variance": list(variances.values())})
    table["sd"] = np.sqrt(table["variance"])
    table["contribution"] = table["variance"] / variances["total"]
    table["study"] = np.sqrt(table["contribution"])
    if width is not None:
        table["tolerance"] = STUDY * table["sd"] / width
    told = np.sqrt(2 * parts / measuring) if measuring > 0 else np.inf
    distinct = int(min(max(np.floor(told), 1), 1000))
    return Gauge(anova, table, pooled, distinct, p, o, r)


def _cube(frame: pd.DataFrame, value: str, part: str, operator: str) -> Floats:
    """Lay measurements out as parts, operators and repeats."""
    values = amounts(frame, value, "value=", low=None)
    row, parts = codes(frame, part, "part=")
    place, operators = codes(frame, operator, "operator=")
    cell = row * len(operators) + place
    counts = np.bincount(cell, minlength=len(parts) * len(operators))
    repeats = int(counts.max())
    if len(parts) < 2 or len(operators) < 2 or repeats < 2:
        raise DataError(
            f"A measuring study needs at least 2 of column '{part}', 2 of '{operator}' and 2"
            f" repeats; here are {len(parts)}, {len(operators)} and {repeats}."
        )
    if (counts != repeats).any():
        raise DataError(
            f"Every one in column '{operator}' must measure every one in '{part}' equally often"
            f" ({repeats} times): {int((counts != repeats).sum()):,} pairs do not."
        )
    ordered = values[np.argsort(cell, kind="stable")]
    return ordered.reshape(len(parts), len(operators), repeats)


def _anova(cube: Floats) -> tuple[pd.DataFrame, dict[str, float], bool]:
    """Give the table, the mean squares that are used, and whether the interaction was pooled."""
    from scipy.stats import f

    p, o, r = cube.shape
    grand, cells = cube.mean(), cube.mean(axis=2)
    by_part, by_operator = cube.mean(axis=(1, 2)), cube.mean(axis=(0, 2))
    rest = cells - by_part[:, None] - by_operator + grand
    squares = np.array([
        o * r * ((by_part - grand) ** 2).sum(), p * r * ((by_operator - grand) ** 2).sum(),
        r * (rest**2).sum(), ((cube - cells[:, :, None]) ** 2).sum(),
    ])  # fmt: skip
    df = np.array([p - 1, o - 1, (p - 1) * (o - 1), p * o * (r - 1)])
    mean = squares / df
    sure = _p(f, mean[2], mean[3], df[2], df[3])
    pooled = sure > POOL
    error, below = (mean[2], df[2])
    if pooled:
        error, below = float(squares[2:].sum() / df[2:].sum()), int(df[2:].sum())
    against = [(error, below), (error, below), (mean[3], df[3]), (0.0, 1)]
    ratio = [m / e if e > 0 else np.nan for m, (e, _) in zip(mean, against, strict=True)]
    p_values = [_p(f, m, e, d, b) for m, d, (e, b) in zip(mean, df, against, strict=True)]
    table = pd.DataFrame({
        "source": ["parts", "operators", "interaction", "repeats"], "df": df,
        "sum_of_squares": squares, "mean_square": mean,
        "f": [*ratio[:3], np.nan], "p": [*p_values[:3], np.nan],
    })  # fmt: skip
    used = {name: float(one) for name, one in zip(table["source"], mean, strict=True)}
    if pooled:
        used["repeats"] = float(error)
    return table, used, pooled


def _p(f: object, signal: float, noise: float, df1: int, df2: int) -> float:
    """Say how often chance alone gives a ratio of mean squares as large."""
    if noise <= 0:
        return 1.0 if signal <= 0 else 0.0
    return float(f.sf(signal / noise, df1, df2))  # type: ignore[attr-defined]
