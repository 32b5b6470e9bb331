"""Where in a series an argument points: at a date, a value of x, a count of points; in which group.

A place is a date (or, where x holds numbers, a value of x); where x holds dates, a whole number k
stands for the point after the first k.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import date_of
from pcqa_teach.errors import ChartError
from pcqa_teach.spc.segments import Bools
from pcqa_teach.spc.series import Series


def each_group(
    given: Any, series: Series, own: Callable[[Any], bool] = lambda value: True
) -> list[tuple[int | None, Any]]:
    """Split {group: ...} into what each series is given; (None, given) where it is for all.

    `own` says whether a value of the mapping is something that a whole series may be given.
    """
    groups = series.groups.tolist()
    if not isinstance(given, Mapping) or not given or not groups:
        return [(None, given)]
    place = {group: i for i, group in enumerate(groups)}
    known = [_hashable(key) and key in place for key in given]
    if all(known) and all(own(value) for value in given.values()):
        return [(place[group], value) for group, value in given.items()]
    return [(None, given)]


def _hashable(key: Any) -> bool:
    return not isinstance(key, list | dict)


def within(series: Series, group: int | None) -> Bools | bool:
    """Say which rows are of one series; all of them for None."""
    return True if group is None else np.asarray(series.group == group)


def places(given: Any) -> list[Any]:
    """Give several places as a list, however they came."""
    if given is None:
        return []
    if isinstance(given, np.ndarray):
        return list(np.atleast_1d(given))
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [given]
    return list(given)


def reached(series: Series, place: Any, what: str) -> Bools:
    """Say which rows lie at or after a place."""
    if series.dated and whole(place):
        return np.asarray(series.position >= int(place))
    return np.asarray(series.x >= value_of(series, place, what))


def at(series: Series, place: Any, what: str) -> Bools:
    """Say which rows lie at a place."""
    if series.dated and whole(place):
        return np.asarray(series.position == int(place))
    return np.asarray(series.x == value_of(series, place, what))


def whole(place: Any) -> bool:
    """Say whether a place is a whole number, 12.0 included."""
    number = isinstance(place, int | float | np.number) and not isinstance(place, bool)
    return bool(number and np.isfinite(place) and place == int(place))


def value_of(series: Series, place: Any, what: str) -> Any:
    """Read a place in the units of x."""
    if series.dated:
        when = date_of(place)
        if when is None:
            if isinstance(place, bool | int | float | np.number):
                raise ChartError(
                    f"{what}={said(place)} is neither a date nor a whole number of points: give"
                    " one of these."
                )
            raise ChartError(
                f"{what}={said(place)} is not a date: write it as '2024-03-31' or '31/03/2024',"
                " day first."
            )
        return when.to_datetime64()
    number = isinstance(place, int | float | np.number) and not isinstance(place, bool)
    if not number or not np.isfinite(place):
        raise ChartError(f"{what}={said(place)} is not a number, as the values of x are.")
    return place


def said(place: Any) -> str:
    """Write a place as somebody would type it."""
    if isinstance(place, pd.Timestamp | np.datetime64):
        return f"'{pd.Timestamp(place):%Y-%m-%d}'"
    return repr(place) if isinstance(place, str | int | float) else f"'{place}'"
