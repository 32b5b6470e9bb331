"""The share of missed appointments by its denominator, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.sayings import and_list, quoted, tenths

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure

WAYS: dict[str, str] = {
    "counted": "unknown counted",
    "left_out": "unknown left out",
    "range": "what it could be",
}
_UNDER = {
    "counted": "Missed, of all appointments, those of unknown outcome among them",
    "left_out": "Missed, of the appointments whose outcome somebody noted",
    "range": "Missed, unknown counted; the line reaches to where every unknown one was missed",
}
_AXIS = {
    "counted": "Missed, % of all appointments",
    "left_out": "Missed, % of appointments with a known outcome",
    "range": "Missed, % of all appointments (line: what it could be)",
}
_THREE = (
    "Unknown counted, as NHS England counts",
    "Unknown left out",
    "If every unknown one was missed",
)


def missed_figure(shares: pd.DataFrame, way: str = "counted", note: str = "") -> Figure:
    """Draw the shares of several practices in one of three ways, in the order given.

    Parameters
    ----------
    shares : what `missed_shares` returns
    way : {"counted", "left_out", "range"}
    note : str
        What is printed beneath: where the counts are from, and their dates.

    Examples
    --------
    >>> from pcqa_teach.measures import missed_shares
    >>> two = pd.DataFrame(
    ...     {"name": ["A", "B"], "came": [90, 60], "missed": [6, 5], "unknown": [4, 35]}
    ... )
    >>> picture = missed_figure(missed_shares(two), "left_out")
    >>> picture.alt
    'Bar chart. Unknown left out: B has the highest share of missed appointments, A the lowest. \
Missed, % of appointments with a known outcome: A 6.2% and B 7.7%.'
    """
    from pcqa_teach.figures.bars import GREYS, bars, bars_height
    from pcqa_teach.figures.sheet import plot

    if way not in WAYS:
        raise DataError(f"way='{way}' is not known: use {quoted(WAYS)}.")
    known = shares.dropna(subset=["counted", "left_out"])
    if known.empty:
        raise ChartError("No appointment has a known outcome here, so there is nothing to draw.")
    column = "left_out" if way == "left_out" else "counted"
    names, values = known["name"].tolist(), known[column].tolist()
    said = [tenths(value) for value in values]
    lows: Sequence[float] | None = None
    highs: Sequence[float] | None = None
    if way == "range":
        lows, highs = values, known["most"].tolist()
        said = [span_said(*ends) for ends in zip(values, known["most"], strict=True)]
    message = _message(known, way)
    held = _message(known.assign(name=known["name"].str.replace(" ", "\u00a0")), way)
    with plot(held, _UNDER[way], [note], bars_height(names)) as page:
        bars(
            page.axes[0], names, values, said, ["_"] * len(names), ["_"],
            lows=lows, highs=highs, looks=GREYS, most=100,
        )  # fmt: skip
        page.axes[0].set_xlabel(_AXIS[way])
        each = and_list([f"{name} {one}" for name, one in zip(names, said, strict=True)])
        alt = f"Bar chart. {message}. {_AXIS[way].partition(' (')[0]}: {each}."
        return page.finish(alt=alt, name=f"missed-{way.replace('_', '-')}")


def missed_three_ways_figure(shares: pd.DataFrame, note: str = "") -> Figure:
    """Draw one practice's share of missed appointments by each of the three denominators.

    Examples
    --------
    >>> from pcqa_teach.measures import missed_shares
    >>> week = pd.DataFrame({"name": ["week"], "came": [90], "missed": [4], "unknown": [6]})
    >>> print(missed_three_ways_figure(missed_shares(week)).alt)
    Bar chart. Missed: 4.0% or 4.3%, by what it is a share of; no more than 10.0%. Unknown \
counted, as NHS England counts: 4.0%. Unknown left out: 4.3%. If every unknown one was missed: \
10.0%.
    """
    from pcqa_teach.figures.bars import GREYS, bars, bars_height
    from pcqa_teach.figures.sheet import plot

    row = shares.iloc[0]
    if pd.isna(row["left_out"]):
        raise ChartError("No appointment has a known outcome here, so there is nothing to draw.")
    values = [float(row[name]) for name in ("counted", "left_out", "most")]
    said = [tenths(value) for value in values]
    message = _one_message(said) if row["unknown"] else f"Missed: {said[0]}; no outcome is unknown"
    with plot(message, "", [note], bars_height(_THREE)) as page:
        kinds = ["_known", "_known", "_most"]
        order = ["_known", "_most"]
        bars(page.axes[0], _THREE, values, said, kinds, order, looks=GREYS, most=100)
        page.axes[0].set_xlabel("Missed appointments, %")
        each = ". ".join(f"{name}: {one}" for name, one in zip(_THREE, said, strict=True))
        return page.finish(alt=f"Bar chart. {message}. {each}.", name="missed-three-ways")


def span_said(low: float, most: float) -> str:
    """Say from what to what a share may lie.

    >>> span_said(4.78, 38.42)
    '4.8% to 38.4%'
    """
    return f"{tenths(low)} to {tenths(most)}"


def _one_message(said: Sequence[str]) -> str:
    counted, left_out, most = said
    if counted == left_out == most:
        return f"Missed: {counted} by every count, so few outcomes are unknown"
    if counted == left_out:
        return f"Missed: {counted} either way, and no more than {most}"
    return f"Missed: {counted} or {left_out}, by what it is a share of; no more than {most}"


def _message(known: pd.DataFrame, way: str) -> str:
    if way == "range":
        widest = known.iloc[int((known["most"] - known["counted"]).argmax())]
        span = span_said(float(widest["counted"]), float(widest["most"]))
        return f"What nobody noted leaves room: {widest['name']} may miss anything from {span}"
    column = "left_out" if way == "left_out" else "counted"
    name = WAYS[way].capitalize()
    ranked = known.sort_values(column, kind="stable")
    top, low = ranked.iloc[-1], ranked.iloc[0]
    if len(known) == 1 or top[column] == low[column]:
        return f"{name}: {tenths(float(top[column]))} missed"
    return (
        f"{name}: {top['name']} has the highest share of missed appointments, {low['name']} the "
        "lowest"
    )
