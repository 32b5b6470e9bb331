"""How much of the variation lies between practices, between clinicians, and within each."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints
from pcqa_teach.columns import amounts, codes
from pcqa_teach.errors import DataError
from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.sayings import and_list
from pcqa_teach.variation.words import percent, plural

FEW = 10  # fewer groups than this: the variance between them is a guess
_NONE = 1e-6  # a share of the variance this small is none


@dataclass(frozen=True, eq=False, repr=False)
class Components:
    """What the variation is made of.

    Parameters
    ----------
    table : DataFrame, the outermost level first and "within" last: level, groups, variance, sd,
        share
    mean : the overall mean that the model gives
    rows : how many values
    converged : whether the fit settled
    """

    table: pd.DataFrame
    mean: float
    rows: int
    converged: bool

    def __repr__(self) -> str:
        return f"<{self.message}>"

    @property
    def icc(self) -> float:
        """Give the share of the variance that lies between groups, of whatever level."""
        return float(self.table["share"].iloc[:-1].sum())

    @property
    def message(self) -> str:
        """The result in one line."""
        parts = [
            f"{percent(row['share'])} between {plural(row['level'])}"
            for row in self.table.iloc[:-1].to_dict("records")
        ]
        last = f"{percent(float(self.table['share'].iloc[-1]))} within them"
        return f"Of the variation, {and_list([*parts, last])}"

    def explain(self) -> str:
        """Say what the shares mean, and how far they can be trusted."""
        inner = plural(self.table["level"].iloc[-2])
        parts = [
            f"{self.message}.",
            f"'Within' is what one of the {inner} varies by from one value to the next: mostly the"
            " people seen, and chance. Differences between groups may be the people they see, or"
            " the way they work: they are where to ask, not whom to blame.",
        ]
        parts += self._cautions()
        return "\n\n".join(parts)

    def _cautions(self) -> list[str]:
        found = []
        for row in self.table.iloc[:-1].to_dict("records"):
            who = plural(row["level"])
            if row["share"] < _NONE:
                found.append(
                    f"The {who} differ no more than chance would make them: the model puts their"
                    " variance at 0 (a singular fit), which does not show that they are the same."
                )
            if row["groups"] < FEW:
                found.append(
                    f"There are only {row['groups']} {who}: how far they differ is a guess."
                )
        if not self.converged:
            found.append("The fit did not settle: take the shares as rough.")
        return found

    def data_table(self) -> Table:
        """Give the components as a table."""
        shown = self.table.copy()
        shown["share"] = [percent(share) for share in shown["share"]]
        return to_table(shown, self.message)


def components(frame: pd.DataFrame, *, value: str, groups: str | Sequence[str]) -> Components:
    """Split the variance of a value into levels, such as practice and clinician.

    Formula: value = mean + group + (group within group) + rest, each with its own variance, fitted
    by restricted maximum likelihood; share = variance / sum of the variances. With one level the
    share of the groups is the intraclass correlation (ICC).

    Parameters
    ----------
    frame : DataFrame, a row a value (a contact, a week, a clinician's month)
    value : name of a column of numbers; a yes or no as 1 and 0 gives shares on that scale
    groups : one column, or two: the outer first, such as ["practice", "clinician"]

    Returns
    -------
    Components

    Raises
    ------
    DataError
        A column cannot be used, nothing varies, or no group has two values.

    Examples
    --------
    >>> six = pd.DataFrame({"gp": list("aabbcc"), "minutes": [10.0, 11, 14, 15, 18, 19]})
    >>> round(components(six, value="minutes", groups="gp").icc, 3)
    0.969

    Notes
    -----
    Searle, Casella and McCulloch, Variance Components (1992); fitted by statsmodels' MixedLM.
    """
    names = [groups] if isinstance(groups, str) else list(groups)
    if not 1 <= len(names) <= 2 or len(set(names)) != len(names):
        raise DataError("groups= needs one column or two, the outer first.")
    y = amounts(frame, value, "value=", low=None)
    outer, labels = codes(frame, names[0], "groups=")
    levels, counts = [outer], [len(labels)]
    if len(names) == 2:
        inner, inner_labels = codes(frame, names[1], "groups=")
        both, _ = pd.factorize(outer * len(inner_labels) + inner)
        levels.append(both.astype(np.int64))
        counts.append(int(both.max()) + 1)
    _enough(y, levels, counts, names, value)
    mean, spread = float(y.mean()), float(y.std())
    variances, converged, fixed = _fit((y - mean) / spread, levels)
    table = pd.DataFrame(
        {
            "level": [str(name).replace("_", " ") for name in names] + ["within"],
            "groups": [*counts, len(y)],
            "variance": variances * spread**2,
        }
    )
    table["sd"] = np.sqrt(table["variance"])
    table["share"] = table["variance"] / table["variance"].sum()
    return Components(table, mean + fixed * spread, len(y), converged)


def _enough(y: Floats, levels: list[Ints], counts: list[int], names: list[str], value: str) -> None:
    if not float(y.std()) > 0:
        raise DataError(f"Column '{value}' never varies: there is nothing to split.")
    for name, level, count in zip(names, levels, counts, strict=True):
        if count < 2:
            raise DataError(f"Column '{name}' has one group: at least 2 are needed, better 10.")
        if count == len(level):
            raise DataError(
                f"Column '{name}' has one value for each group: between and within cannot be told"
                " apart; give several values a group."
            )
    if len(names) == 2 and counts[1] == counts[0]:
        raise DataError(
            f"Each of column '{names[0]}' has one of '{names[1]}': give one of the two alone."
        )


def _fit(y: Floats, levels: list[Ints]) -> tuple[Floats, bool, float]:
    """Fit by restricted maximum likelihood: variances, whether it settled, and the mean.

    Searches without gradients: at a variance of 0 statsmodels' likelihood is infinite, and its
    gradient methods (statsmodels 0.15) stop there whatever the data say.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM

    frame = pd.DataFrame({"y": y, "outer": levels[0], "inner": levels[-1]})
    inner = {"inner": "0 + C(inner)"} if len(levels) == 2 else None
    for method in ("powell", "nm"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of is said in explain()
            try:
                model = MixedLM.from_formula(
                    "y ~ 1", frame, groups="outer", re_formula="1", vc_formula=inner
                )
                fitted = model.fit(reml=True, method=method)
            except (np.linalg.LinAlgError, ValueError, ZeroDivisionError):
                continue
        between = [float(np.asarray(fitted.cov_re)[0, 0]), *map(float, fitted.vcomp)]
        found = np.array([*between, float(fitted.scale)])
        if np.isfinite(found).all() and np.isfinite(fitted.llf) and found.sum() > 0:
            mean = float(fitted.fe_params.iloc[0])
            return np.maximum(found, 0.0), bool(fitted.converged), mean
    raise DataError(
        "The variation cannot be split here: the groups leave nothing within them, or too few"
        " values; give more values a group, or one level alone."
    )
