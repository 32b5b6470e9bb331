"""Whether the values are what a kind of chart is for; a sentence where they are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.columns import rows_said
from pcqa_teach.spc.kinds.base import Kind
from pcqa_teach.spc.kinds.constants import MOST
from pcqa_teach.spc.segments import Bools
from pcqa_teach.spc.series import Series

_TINY = 1e-9  # no denominator of a measure is so small


def suitable(series: Series, kind: Kind, y: str, n: str | None, name: str) -> Series:
    """Check the values, as they came, against what the kind needs; a denominator of 0 is a gap.

    Raises
    ------
    ChartError
        A value is negative, broken, more than its n, or n is missing.
    """
    _values(series, kind, y)
    if not kind.sized:
        return series
    if series.n is None:
        one = "c" if name == "u" else "xmr"
        raise ChartError(
            f"{kind.called[:1].upper()}{kind.called[1:]} needs n=, the column of denominators (out"
            f" of how many, or for how many): name it, or use kind='{one}' for single values."
        )
    if kind.share:
        _refuse(
            series.y > series.n,
            y,
            f"is larger than '{n}'",
            "a share needs so many out of so many",
        )
    if len(series.n) and series.n.min() >= _TINY:
        return series
    there = np.isfinite(series.y)
    _refuse(there & ~np.isfinite(series.n), n, "is empty", "each value needs its denominator")
    _refuse(series.n < 0, n, "is below 0", "a denominator counts, so it cannot be negative")
    tiny = (series.n > 0) & (series.n < _TINY)
    _refuse(tiny, n, "is next to nothing", "mend it, or leave the row out")
    empty = series.n == 0
    _refuse(
        empty & there & (series.y != 0), n, "is 0 although something was counted there",
        "mend one of the two",
    )  # fmt: skip
    return replace(
        series,
        y=np.where(empty, np.nan, series.y),
        n=np.where(empty, np.nan, series.n),
        empty=empty,
    )


def _values(series: Series, kind: Kind, y: str) -> None:
    what = kind.holds
    if what == "values":
        return
    if what == "yes-no":
        wrong = np.isfinite(series.y) & (series.y != 0) & (series.y != 1)
        _refuse(wrong, y, "is neither 0 nor 1", f"{kind.called} takes one case a row")
        return
    _refuse(series.y < 0, y, "is below 0", f"{kind.called} takes {what}, which cannot be negative")
    if what == "counts":
        broken = np.isfinite(series.y) & (series.y != np.rint(series.y))
        hint = "counts, not shares: name their column with y=" if kind.sized else "whole counts"
        _refuse(broken, y, "is not a whole number", f"{kind.called} takes {hint}")


def _refuse(wrong: Bools, column: str | None, what: str, hint: str) -> None:
    if wrong.any():
        raise ChartError(f"Column '{column}' {what} in {rows_said(wrong)}: {hint}.")


def small_enough(series: Series, kind: str) -> None:
    """Refuse a range of more values than its constants are known for."""
    if series.n is None or not (series.n > MOST).any():
        return
    raise ChartError(
        f"A range of more than {MOST} values wastes what lies in between: use "
        + ("kind='s'." if kind == "r" else "another sigma= in settings=.")
    )


def read_settings(kind: Kind, name: str, given: Any) -> dict[str, Any]:
    """Fill in a kind's own options.

    Raises
    ------
    ChartError
        An option is not one of the kind's, or its value is not one it can take.
    """
    if given is not None and not isinstance(given, Mapping):
        raise ChartError("settings= takes the options of a kind by name, such as {'lambda_': 0.2}.")
    for option, value in (given or {}).items():
        if option not in kind.settings:
            those = ", ".join(kind.settings) or "none"
            raise ChartError(
                f"settings= has no option '{option}' for kind='{name}': it has {those}."
            )
        if not kind.settings[option].holds(value):
            raise ChartError(
                f"settings={{'{option}': ...}} must be {kind.settings[option].says}"
                f" for kind='{name}'."
            )
    return {name: setting.default for name, setting in kind.settings.items()} | dict(given or {})
