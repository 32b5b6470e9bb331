"""What a funnel may be asked, and of which data; every complaint about either is made here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, number
from pcqa_teach.columns import column, named, refuse, whole_of
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.variation.scales import KINDS, Scale

_OWN = ("numerator", "denominator", "value", "expected", "z", "z_adjusted", "verdict")
_LIMITS = ("exact", "byar", "approximate")
_OVERDISPERSION = ("additive", "multiplicative", "none")


def scale_given(kind: str, scale: str | None) -> Scale:
    """Take the kind and its scale."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise ChartError(f"There is no funnel of kind '{kind}': choose from {', '.join(KINDS)}.")
    scales = KINDS[kind]
    if scale is None:
        return next(iter(scales.values()))
    if not isinstance(scale, str) or scale not in scales:
        raise ChartError(
            f"scale='{scale}' does not suit a {kind}: choose from {', '.join(scales)}."
        )
    return scales[scale]


def choices_given(
    overdispersion: str | None, limits: str | None, kind: str, improvement: str | None
) -> None:
    """Refuse a choice that is not known or does not suit the kind."""
    if overdispersion is not None and overdispersion not in _OVERDISPERSION:
        raise ChartError(
            f"overdispersion='{overdispersion}' is not known: give 'additive',"
            " 'multiplicative' or 'none'."
        )
    if limits is not None and limits not in _LIMITS:
        raise ChartError(f"limits='{limits}' are not known: choose from {', '.join(_LIMITS)}.")
    if (limits == "byar" and kind == "proportion") or (kind == "counts" and limits != "approximate"
                                                       and limits is not None):  # fmt: skip
        raise ChartError(
            f"limits='{limits}' do not suit a funnel of kind '{kind}':"
            f" give '{'approximate' if kind == 'counts' else 'exact'}'."
        )
    if improvement not in (None, "up", "down"):
        raise ChartError(
            f"improvement='{improvement}' is not a direction: give 'up', 'down' or None."
        )


def units_given(frame: pd.DataFrame, unit: str) -> pd.Series[Any]:
    """Take the names of the units, each once."""
    column(frame, unit, "unit=")
    if unit in _OWN or str(unit).startswith(("naive_", "adjusted_")):
        raise ChartError(f"unit='{unit}' is a name of the funnel's own: rename that column.")
    names = named(frame, unit, "unit=")
    again = names.duplicated().to_numpy()
    if again.any():
        raise DataError(
            f"Column '{unit}' names {int(again.sum()):,} more rows than units:"
            " add up the rows of each unit first."
        )
    return names.reset_index(drop=True)


def usable(o: Floats, n: Floats, numerator: str, denominator: str, kind: str) -> Bools:
    """Say which units can be placed, and refuse counts that cannot be."""
    nobody = (n == 0) & (o > 0)
    refuse(nobody, denominator, f"is 0 where '{numerator}' is not,", "mend or empty them")
    if kind == "proportion":
        whole_of(o, numerator)
        whole_of(n, denominator)
        refuse(
            o > n, numerator, f"is more than '{denominator}'",
            "a proportion counts part of the whole; for others give kind='ratio' or 'rate'",
        )  # fmt: skip
    used = np.isfinite(o) & np.isfinite(n) & (n > 0)
    if int(used.sum()) < 2:
        raise DataError(
            f"Columns '{numerator}' and '{denominator}' have numbers for"
            f" {'1 unit' if used.any() else 'no unit'}: a funnel compares at least 2, better 10"
            " or more."
        )
    return used


def target_given(target: float | None, kind: str, o: Floats, n: Floats, per: float) -> float:
    """Take the centre, in events per denominator."""
    if target is not None:
        of_whole = kind == "proportion"
        top, example = (1.0, "0.057 for 5.7%") if of_whole else (np.inf, "1.2")
        return number(target, "target", example, above=0, below=top * per) / per
    share = float(o.sum() / n.sum())
    if share == 0 or (kind == "proportion" and share == 1):
        every = "no event" if share == 0 else "nothing but events"
        raise DataError(
            f"All units have {every}: nothing differs, so there is nothing to compare"
            " (target= sets a centre of your own)."
        )
    return 1.0 if kind == "ratio" else share


def labels_given(labels: Any, names: pd.Series[Any], unit: str) -> str | tuple[Any, ...] | None:
    """Take whom to name: those outside, nobody, or units that there are."""
    if labels is None or (isinstance(labels, str) and labels == "outside"):
        return labels
    alone = isinstance(labels, str) or not isinstance(labels, Iterable)
    wanted = tuple([labels] if alone else labels)
    if not {str(one) for one in wanted} <= set(names.astype(str)):
        raise ChartError(
            f"labels= names a unit that column '{unit}' lacks (or that was set aside): give"
            " 'outside', None or a list of units."
        )
    return wanted


def notes_given(notes: Any) -> tuple[str, ...]:
    """Take the notes; one text is one note."""
    if notes is None:
        return ()
    alone = isinstance(notes, str) or not isinstance(notes, Iterable)
    return tuple(str(note) for note in ([notes] if alone else notes))
