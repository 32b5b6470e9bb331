"""Whether two people who look at the same cases say the same: agreement, kappa and its pitfalls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number
from pcqa_teach.columns import labelled
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.variation.shares import wilson

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

_WEIGHTS = {None: None, "linear": "linear", "quadratic": "quadratic"}


@dataclass(frozen=True, eq=False, repr=False)
class Agreement(Shown):
    """How far two raters agree.

    Parameters
    ----------
    counts : DataFrame, a row a category of the first rater, a column one of the second
    n : cases that both rated
    agreed, agreed_lower, agreed_upper : the share they put in the same category, with its interval
    by_chance : the share they would agree on by chance, given how often each uses a category
    kappa, kappa_lower, kappa_upper : agreement beyond chance; NaN where chance leaves no room, and
        no interval where they agree, or differ, on every case
    pabak, pabak_lower, pabak_upper : kappa as if categories were equally common
    prevalence, bias : for two categories, the indices that pull kappa; else NaN
    weights : None, "linear" or "quadratic"
    first, second : what the raters are called
    level : how sure
    missing : cases that only one, or neither, rated
    """

    counts: pd.DataFrame
    n: int
    agreed: float
    agreed_lower: float
    agreed_upper: float
    by_chance: float
    kappa: float
    kappa_lower: float
    kappa_upper: float
    pabak: float
    pabak_lower: float
    pabak_upper: float
    prevalence: float
    bias: float
    weights: str | None
    first: str
    second: str
    level: float
    missing: int

    def _showing(self) -> Showing:
        from pcqa_teach.variation import rater_draw as draw
        from pcqa_teach.variation import rater_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)

    def data_table(self) -> Table:
        """Give every measure with its interval and what it means."""
        from pcqa_teach.variation.rater_words import table

        return table(self)


def agreement(
    frame: pd.DataFrame,
    *,
    first: str,
    second: str,
    weights: str | None = None,
    categories: Sequence[Any] | None = None,
    level: float = 0.95,
) -> Agreement:
    """Compare two raters' codes of the same cases.

    Formula: p_o = share agreed; p_e = sum over categories of the product of both raters' shares;
    kappa = (p_o - p_e) / (1 - p_e); PABAK = (k p_o - 1) / (k - 1) for k categories; of two
    categories, prevalence = ``|a - d| / n`` and bias = ``|b - c| / n``.

    Parameters
    ----------
    frame : DataFrame, a row a case; rows with an empty code are set aside
    first, second : names of the columns with each rater's code
    weights : None; "linear" or "quadratic" count near misses of ordered categories in part
    categories : all categories in their order; None: those used, sorted (or as the column says)
    level : how sure

    Returns
    -------
    Agreement

    Raises
    ------
    DataError, ChartError
        A column or an argument cannot be used.

    Examples
    --------
    >>> five = pd.DataFrame({"anna": ["yes", "yes", "no", "no", "no"],
    ...                      "ben": ["yes", "no", "no", "no", "no"]})
    >>> ours = agreement(five, first="anna", second="ben")
    >>> ours.agreed, round(ours.kappa, 3), round(ours.pabak, 3), ours.bias
    (0.8, 0.545, 0.6, 0.2)

    Notes
    -----
    Cohen 1960; Byrt, Bishop and Carlin, Journal of Clinical Epidemiology 46 (1993), for PABAK.
    """
    if weights is not None and (not isinstance(weights, str) or weights not in _WEIGHTS):
        raise ChartError(f"weights='{weights}' are not known: give 'linear', 'quadratic' or None.")
    sure = number(level, "level", 0.95, above=0, below=1)
    one, two, used, missing = _codes(frame, first, second, categories)
    size = len(used)
    counts = np.zeros((size, size))
    np.add.at(counts, (one, two), 1)
    n = len(one)
    share = counts / n
    agreed, by_chance = float(np.trace(share)), float(share.sum(axis=1) @ share.sum(axis=0))
    around = wilson(int(np.trace(counts)), n, sure).iloc[0]
    pabak = [(size * p - 1) / (size - 1) for p in (agreed, around["lower"], around["upper"])]
    kappa = _kappa(counts, weights, sure)
    two_only = size == 2
    return Agreement(
        counts=pd.DataFrame(counts.astype(int), index=used, columns=used),
        n=n,
        agreed=agreed,
        agreed_lower=float(around["lower"]),
        agreed_upper=float(around["upper"]),
        by_chance=by_chance,
        kappa=kappa[0],
        kappa_lower=kappa[1],
        kappa_upper=kappa[2],
        pabak=float(pabak[0]),
        pabak_lower=float(pabak[1]),
        pabak_upper=float(pabak[2]),
        prevalence=float(abs(share[0, 0] - share[1, 1])) if two_only else float("nan"),
        bias=float(abs(share[0, 1] - share[1, 0])) if two_only else float("nan"),
        weights=weights,
        first=str(first),
        second=str(second),
        level=sure,
        missing=missing,
    )


def _codes(
    frame: pd.DataFrame, first: str, second: str, categories: Sequence[Any] | None
) -> tuple[Any, Any, pd.Index[Any], int]:
    """Give both raters' codes as numbers, the categories, and how many cases lack a code."""
    pair = [labelled(frame, first, "first="), labelled(frame, second, "second=")]
    if first == second:
        raise DataError(f"first= and second= are both '{first}': name two raters' columns.")
    both = (pair[0].notna() & pair[1].notna()).to_numpy()
    if both.sum() < 2:
        raise DataError(
            f"Columns '{first}' and '{second}' share fewer than 2 cases that both rated."
        )
    codes = [one[both].astype(object).tolist() for one in pair]
    used = pd.Index(
        list(categories) if categories is not None else _in_order(pair, codes), dtype=object
    )
    if used.has_duplicates:
        raise DataError("categories= names one category twice.")
    numbered = [used.get_indexer(pd.Index(one, dtype=object)) for one in codes]
    if any((one < 0).any() for one in numbered):
        raise DataError(
            f"Columns '{first}' and '{second}' hold a code that categories= lacks: name them all."
        )
    if len(used) < 2:
        raise DataError(
            "Both raters gave every case the same one code: agreement is complete, and kappa"
            " cannot be worked out. Name the other categories with categories=."
        )
    return numbered[0], numbered[1], used, int((~both).sum())


def _in_order(pair: list[pd.Series[Any]], codes: list[list[Any]]) -> list[Any]:
    if isinstance(pair[0].dtype, pd.CategoricalDtype) and pair[0].cat.ordered:
        known = list(pair[0].cat.categories)
        if set(codes[1]) <= set(known):
            return known
    seen = set(codes[0]) | set(codes[1])
    try:
        return sorted(seen)
    except TypeError:
        return sorted(seen, key=str)


def _kappa(counts: Floats, weights: str | None, level: float) -> tuple[float, float, float]:
    from scipy.stats import norm
    from statsmodels.stats.inter_rater import cohens_kappa

    share = counts / counts.sum()
    room = 1 - float(share.sum(axis=1) @ share.sum(axis=0))
    if room < 1e-12:
        return float("nan"), float("nan"), float("nan")
    with np.errstate(all="ignore"):  # complete agreement has no spread to divide by
        found = cohens_kappa(counts, wt=weights)
    error = np.sqrt(max(0.0, float(found.var_kappa)))
    if error < 1e-9:  # all alike, or all apart: a formula for large samples knows nothing here
        return float(found.kappa), float("nan"), float("nan")
    value, reach = float(found.kappa), float(norm.ppf((1 + level) / 2) * error)
    return value, max(-1.0, value - reach), min(1.0, value + reach)
