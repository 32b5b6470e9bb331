"""One row a measure or practice: where each now stands, in numbers and in the two icons' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.result import Chart

Charts = Chart | Sequence[Chart] | Mapping[str, Chart]

_COLUMNS = {
    "latest_x": "latest_date", "latest_y": "latest_value", "centre": "centre", "lower": "lower",
    "upper": "upper", "target": "target", "variation": "variation", "assurance": "assurance",
}  # fmt: skip


def listed(charts: Charts) -> list[tuple[Chart, list[str]]]:
    """List the charts as they are shown, each with the names of its rows.

    Raises
    ------
    ChartError
        There is no chart, or something else stands among them.
    """
    if isinstance(charts, Chart):
        charts = [charts]
    named = isinstance(charts, Mapping)
    pairs = list(charts.items()) if isinstance(charts, Mapping) else [("", one) for one in charts]
    if not pairs or not all(isinstance(one, Chart) for _, one in pairs):
        raise ChartError("A summary needs charts: give one, a list of them, or {name: chart}.")
    many = len(pairs) > 1
    found = []
    for name, one in pairs:
        title = name if named else one.title
        rows = [title]
        if one.by is not None:
            rows = [f"{title}, {group}" if many else group for group in one.group_names]
        found.append((one.shown, rows))
    return found


def summary(charts: Charts) -> pd.DataFrame:
    """Give one row a measure, or one a group: its latest value, lines, target and two icons.

    Parameters
    ----------
    charts : a Chart (of one series or of many), a list of them, or {name: chart}

    Returns
    -------
    DataFrame : name, latest_date, latest_value, unit, centre, lower, upper, target, variation
        (common, improvement, concern, neutral), assurance (passing, failing, hit-and-miss or None)

    Examples
    --------
    >>> from pcqa_teach.spc import chart
    >>> weeks = pd.DataFrame({"x": [1, 2, 3, 4, 5], "value": [6, 7, 5, 9, 6]})
    >>> summary({"Calls": chart(weeks)})[["name", "latest_value", "centre", "variation"]]
        name  latest_value  centre variation
    0  Calls           6.0     6.6    common
    """
    frames = []
    for one, names in listed(charts):
        rows = one.icons[list(_COLUMNS)].rename(columns=_COLUMNS)
        rows["variation"] = rows["variation"].astype(str)
        rows.insert(0, "name", names)
        rows.insert(3, "unit", one.unit)
        frames.append(rows.astype({"latest_date": object}))
    return pd.concat(frames, ignore_index=True).infer_objects()
