"""What the totals of a tally say, and their picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.privacy import suppress
from pcqa_teach.sayings import and_list, between, counted, fine_percent

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.demand.tallying import AskTally
    from pcqa_teach.figures import Figure


def message(found: AskTally) -> str:
    """Say the week's share with its interval."""
    week = found.week
    few = suppress(int(week["not_met"]))
    return (
        f"{few if isinstance(few, str) else f'{few:,}'} of {counted(week['asks'], 'ask')} were "
        f"{found.unmet}: {_share(week['share'])} (95% interval "
        f"{between(week['lower'], week['upper'])})"
    )


def explained(found: AskTally) -> str:
    """Say what the shares are, how sure they are, and what they cannot tell."""
    days = found.table.iloc[:-1].dropna(subset="share")
    said = [f"{message(found)}."]
    if len(days) > 1:
        place = int(days["share"].argmax())
        worst, rest = days.iloc[place], days.drop(index=days.index[place])
        apart = bool((rest["upper"] < worst["lower"]).all())
        said.append(
            f"{worst['day']} has the largest share, {_share(worst['share'])} "
            f"({between(worst['lower'], worst['upper'])})"
            + (", by more than chance." if apart else "; other days may well be as high.")
        )
    said.append(
        "The intervals hold chance alone: how far weeks like this one would differ if nothing "
        "changed and each ask were by itself. Whoever the sheet did not catch is not in them."
    )
    return " ".join(said)


def alt(found: AskTally) -> str:
    """Say the picture."""
    table = found.table.dropna(subset="share")
    each = [f"{day} {said}" for day, said in zip(table["day"], _said(table), strict=True)]
    return f"Bar chart with intervals. {message(found)}. By day: {and_list(each)}."


def figure(found: AskTally) -> Figure:
    """Draw the share of each day and of the week, with its interval."""
    from pcqa_teach.figures.bars import GREYS, bars, bars_height
    from pcqa_teach.figures.sheet import plot

    table = found.table.dropna(subset="share")
    names = table["day"].tolist()
    kinds = ["_day"] * (len(names) - 1) + ["_week"]
    said = _said(table)
    note = (
        "The line is the 95% interval: chance alone. Whoever the sheet did not catch is not in it."
    )
    with plot(message(found), found.when, [note], bars_height(names)) as page:
        bars(
            page.axes[0], names, table["share"].tolist(), said, kinds, ["_week", "_day"],
            lows=table["lower"].tolist(), highs=table["upper"].tolist(), looks=GREYS,
        )  # fmt: skip
        page.axes[0].set_xlabel(f"Asks that were {found.unmet}, %")
        return page.finish(alt=alt(found), name="tally-of-asks")


def marks_drawn(marks: pd.DataFrame, when: str) -> Figure:
    """Draw about how many marks each day needs room for."""
    from pcqa_teach.figures.bars import GREYS, bars, bars_height
    from pcqa_teach.figures.sheet import plot

    days = marks.iloc[:-1]
    names, values = days["day"].tolist(), [round(one) for one in days["marks"]]
    most = max(range(len(values)), key=values.__getitem__)
    on = f"a {names[most]}" if len(names) > 1 else "a working day"
    title = f"About {counted(values[most], 'place')} given out on {on}: make room for more marks"
    said = [f"{value:,}" for value in values]
    note = "Places given out on an ordinary such day. Whoever was given none comes on top."
    n = marks["days"].iloc[-1]
    note += f" n = {n:.0f} working days." if n > 0 else ""
    note += f" {when}." if when else ""
    with plot(title, "", [note], bars_height(names)) as page:
        bars(page.axes[0], names, values, said, ["_day"] * len(names), ["_day"], looks=GREYS)
        page.axes[0].set_xlabel("Places given out a day")
        each = and_list([f"{name} {value}" for name, value in zip(names, said, strict=True)])
        alt_text = f"Bar chart. {title}. Places given out a day: {each}."
        return page.finish(alt=alt_text, name="marks-to-expect")


def _said(table: pd.DataFrame) -> list[str]:
    columns = (table[name].tolist() for name in ("share", "asks", "lower", "upper"))
    return [
        f"{_share(share)} of {asks:,} ({between(low, high)})"
        for share, asks, low, high in zip(*columns, strict=True)
    ]


def _share(value: float) -> str:
    return "–" if np.isnan(value) else fine_percent(float(value))
