"""Pictures of what is not a line over time: the booking gap, and the days of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import and_list

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_LONG = ("15 to 21 Days", "22 to 28 Days", "More than 28 Days")
_SAID = {"Same Day": "Same day", "1 Day": "1 day"}


def booking_gap_figure(gaps: pd.DataFrame) -> figures.Figure:
    """Draw a `booking_gap` table (without a split) as bars, its message in the title.

    Parameters
    ----------
    gaps : what `booking_gap` returns
    """
    from matplotlib.figure import Figure as Drawing

    shown = gaps[(gaps["gap"] != "Unknown") | (gaps["count"] > 0)]
    names = [_lower(gap) for gap in shown["gap"].astype("str")]
    values = shown["value"].tolist()
    title, alt = _gap_words(names, values, shown)
    with figures.theme():
        drawing = Drawing(figsize=(7.6, 4.2), layout="constrained")
        axes = drawing.subplots()
        colours = [figures.COLOURS["common" if n != "Unknown" else "grid"] for n in names]
        bars = axes.barh(names, values, color=colours, edgecolor=figures.COLOURS["ink"])
        axes.bar_label(bars, labels=[_percent(value) for value in values], padding=3, fontsize=9)
        axes.invert_yaxis()
        axes.set_xlabel("Share of appointments whose day has passed, %")
        axes.set_xlim(0, max(values) * 1.15)
        axes.grid(visible=False)
        drawing.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        _beneath(drawing, [*gaps.attrs["pcqa"]["notes"], f"n = {int(shown['n'].iloc[0]):,}."])
        return figures.Figure.of(drawing, alt=alt, name="booking-gap")


def weekday_figure(profile: pd.DataFrame) -> figures.Figure:
    """Draw a `weekday_profile`: bars, the part booked on the day hatched."""
    from matplotlib.figure import Figure as Drawing

    if not profile["value"].notna().any():
        raise DataError("There is no working day with appointments in this export.")
    title = _weekday_title(profile)
    split = profile["same_day"].notna().all()
    with figures.theme():
        drawing = Drawing(figsize=(7.6, 4.0), layout="constrained")
        axes = drawing.subplots()
        _weekday_bars(axes, profile, split=bool(split))
        axes.set_ylabel("Appointments a working day")
        axes.set_ylim(0, float(profile["value"].max()) * 1.15)
        drawing.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        _beneath(drawing, [*profile.attrs["pcqa"]["notes"], f"n = {int(profile['n'].sum())} days."])
        return figures.Figure.of(
            drawing, alt=_weekday_words(profile, title, split=bool(split)), name="days-of-the-week"
        )


def _weekday_title(profile: pd.DataFrame) -> str:
    """Name the busiest and the quietest day, if there is one when counted in whole appointments."""
    ranked = profile.dropna(subset="value").sort_values("value", kind="stable")
    days, values = ranked["weekday"].tolist(), ranked["value"].round().tolist()
    if values[0] == values[-1]:
        return "No day of the week stands out"
    high = days[-1] if values[-1] > values[-2] else None
    low = days[0] if values[0] < values[1] else None
    most, least = f"{values[-1]:,.0f}", f"{values[0]:,.0f}"
    if high and low:
        return f"{high} is the busiest day in the book ({most}), {low} the quietest ({least})"
    if high:
        return f"{high} is the busiest day in the book ({most})"
    return f"{low} is the quietest day in the book" if low else "Some days are busier than others"


def _weekday_bars(axes: Axes, profile: pd.DataFrame, *, split: bool) -> None:
    ink = figures.COLOURS["ink"]
    if split:
        ahead = profile["value"] - profile["same_day"]
        axes.bar(
            profile["weekday"],
            profile["same_day"],
            color=figures.COLOURS["grid"],
            edgecolor=ink,
            hatch="//",
            label="booked on the day",
        )
        axes.bar(
            profile["weekday"],
            ahead,
            bottom=profile["same_day"],
            color=figures.COLOURS["common"],
            edgecolor=ink,
            label="booked ahead, or not known",
        )
        axes.legend(loc="upper right", ncols=2)
    else:
        axes.bar(
            profile["weekday"], profile["value"], color=figures.COLOURS["common"], edgecolor=ink
        )
    for place, value in enumerate(profile["value"]):
        axes.annotate(
            f"{value:,.0f}", (place, value), xytext=(0, 3), textcoords="offset points", ha="center"
        )


def _weekday_words(profile: pd.DataFrame, title: str, *, split: bool) -> str:
    days = and_list(
        [
            f"{day} {value:,.0f}"
            for day, value in zip(profile["weekday"], profile["value"], strict=True)
        ]
    )
    same = 100 * profile["same_day"].sum() / profile["value"].sum() if split else 0
    part = f" Of all these together, {same:.0f}% were booked on the day." if split else ""
    return f"Bar chart. {title}. Appointments on a working day: {days}.{part}"


def _gap_words(names: list[str], values: list[float], shown: pd.DataFrame) -> tuple[str, str]:
    same = float(shown.loc[shown["gap"] == "Same Day", "value"].sum())
    late = float(shown.loc[shown["gap"].isin(_LONG), "value"].sum())
    title = (
        f"{_percent(same)} of appointments were booked on the day, "
        f"{_percent(late)} over two weeks ahead"
    )
    spread = and_list([f"{n} {_percent(v)}" for n, v in zip(names, values, strict=True)])
    return title, f"Bar chart. {title}. The whole spread: {spread}."


def _percent(value: float) -> str:
    return "under 1%" if 0 < value < 1 else f"{value:.0f}%"


def _lower(gap: str) -> str:
    return _SAID.get(gap, gap.replace("Days", "days"))


def _beneath(drawing: Drawing, lines: list[str]) -> None:
    """Print the notes under the chart, at a size that can be read on paper."""
    import textwrap

    text = "\n".join(textwrap.wrap(" ".join(line for line in lines if line), 100))
    drawing.supxlabel(text, fontsize=9, ha="left", x=0.01)
