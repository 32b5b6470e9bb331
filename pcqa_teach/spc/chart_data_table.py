"""The numbers behind a picture as a table: a row a point, with its lines, signal and reasons."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.figures import Table
from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.numbers import Numbers
from pcqa_teach.spc.reasons import point_words
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.units import numbers_apart
from pcqa_teach.spc.words import message


def data_table(chart: Chart) -> pd.DataFrame:
    """Give a row a point: date, value, lines, target, signal, why.

    Parameters
    ----------
    chart : Chart, of one series or of many; as it is shown, so that a share is in per cent

    Returns
    -------
    DataFrame
        The `by` columns if any, Date (or Point), Value, n where it is known, the centre line,
        Lower limit, Upper limit, Target where there is one, Signal, Why. Numbers are rounded as on
        the chart; `chart.points` holds them in full.

    Examples
    --------
    >>> from pcqa_teach.spc import chart
    >>> weeks = pd.DataFrame({"x": [1, 2, 3, 4, 5], "value": [6, 7, 5, 9, 6]})
    >>> data_table(chart(weeks))[["Point", "Value", "Mean", "Upper limit", "Signal"]].head(2)
       Point  Value  Mean  Upper limit              Signal
    0      1    6.0   6.6         13.2  ordinary variation
    1      2    7.0   6.6         13.2  ordinary variation
    """
    points, words, say = chart.points, point_words(chart), _say(chart)
    about, unit = chart.about, f" ({chart.unit})" if chart.unit else ""

    def column(name: str) -> pd.Series[float]:
        values = say.within(points[name].to_numpy(dtype=np.float64))
        return pd.Series(np.round(values, say.decimals) + 0.0, index=points.index)

    table = points[chart.by_columns].copy()
    table["Date" if chart.workings.series.dated else "Point"] = points["x"]
    table[f"Value{unit}"] = column("y")
    if SECOND in points:
        table["Lower sum"] = column(SECOND)
    if points["n"].notna().any():
        table["n"] = points["n"]
    table[about.centre.capitalize()] = column("centre")
    if points[["lower", "upper"]].notna().any(axis=None):
        table["Lower limit"], table["Upper limit"] = column("lower"), column("upper")
    if np.isfinite(chart.workings.targets).any():
        table["Target"] = chart.workings.targets
    table["Signal"] = [one.verdict for one in words]
    table["Why"] = [one.why for one in words]
    return table


def shown_table(chart: Chart) -> Table:
    """Give the same with a caption, for a page that a screen reader walks."""
    return Table(data_table(chart), f"{message(chart)}.", _say(chart).decimals)


def _say(chart: Chart) -> Numbers:
    """Choose decimals that tell every flagged value from the line that it passed."""
    return numbers_apart(chart, chart.points["signal"].to_numpy())
