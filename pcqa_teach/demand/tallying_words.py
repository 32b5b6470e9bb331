"""What the totals of a tally say, and their picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.privacy import FEW, SMALL
from pcqa_teach.sayings import and_list, between, counted, fine_percent
from pcqa_teach.variation import wilson
from pcqa_teach.variation.small_cells import HELD, shareable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pcqa_teach.demand.tallying import AskTally
    from pcqa_teach.figures import Figure, Table


def message(found: AskTally) -> str:
    """Say the week's share with its interval; of a small count neither."""
    week = shown(found).iloc[-1]
    if np.isnan(week["share"]):
        few = week["count"]
        return f"{few[:1].upper()}{few[1:]} of {_asks(week['asks'])} were {found.unmet}"
    return (
        f"{week['count']} of {_asks(week['asks'])} were {found.unmet}: {_share(week['share'])} "
        f"(95% interval {between(week['lower'], week['upper'])})"
    )


def explained(found: AskTally) -> str:
    """Say what the shares are, how sure they are, and what they cannot tell."""
    days = shown(found).iloc[:-1]
    said = [f"{message(found)}.", _largest_said(days), _held_said(days)]
    said.append(
        "The intervals hold chance alone: how far weeks like this one would differ if nothing "
        "changed and each ask were by itself. Whoever the sheet did not catch is not in them."
    )
    return " ".join(part for part in said if part)


def shown(found: AskTally) -> pd.DataFrame:
    """Return the days with asks, and the week, as they may be shared.

    A count from 1 to 4, met or not met, has no number, share or interval; nor has the day that
    would give it away from the week's total. `above` is the most that is known of a day's interval:
    where a count is told as fewer than 5, that of 4.
    """
    table = found.table
    counts = pd.DataFrame({"not_met": table["not_met"], "met": table["asks"] - table["not_met"]})
    texts = shareable(counts.iloc[:-1]).to_numpy()  # its last row and column are the totals
    rows = table.assign(count=texts[:, 0], above=table["upper"], asks=texts[:, -1])
    held = np.isin(texts[:, :2], [FEW, HELD]).any(axis=1)
    few = held & (texts[:, 0] == FEW) & (table["asks"] >= SMALL).to_numpy()
    rows[["lower", "upper", "above"]] = rows[["lower", "upper", "above"]].round(9)
    rows.loc[held, ["share", "lower", "upper", "above"]] = np.nan
    if few.any():
        rows.loc[few, "above"] = 100 * wilson(SMALL - 1, table["asks"][few])["upper"].to_numpy()
    return rows[(table["asks"] > 0).to_numpy()].reset_index(drop=True)


def shared_table(found: AskTally) -> Table:
    """Give the days and the week as they may be shared."""
    from pcqa_teach.figures.table import table

    rows = shown(found)
    known = rows["share"].notna()
    ends = [between(*ends) for ends in zip(rows["lower"], rows["upper"], strict=True)]
    frame = pd.DataFrame(
        {
            "Day": rows["day"],
            "Asks": rows["asks"],
            found.unmet[:1].upper() + found.unmet[1:]: rows["count"],
            "Share": rows["share"].map(_share).where(known, "-"),
            "95% interval": pd.Series(ends).where(known, "-"),
        }
    )
    return table(frame, f"{message(found)}.")


def _largest_said(days: pd.DataFrame) -> str:
    """Say which day has the largest share, and which others lie below it by more than chance."""
    share = days["share"].fillna(0).to_numpy()
    if len(days) == 1 or not share.any():
        return ""
    place = int(share.argmax())
    worst, rest = days.iloc[place], days.drop(index=days.index[place])
    clear = rest["above"] < worst["lower"]
    below = rest.loc[clear, "day"].tolist()
    near = rest.loc[~clear & rest["share"].notna(), "day"].tolist()
    which = "" if days["share"].notna().all() else "Of the days shown, "
    said = (
        f"{which}{worst['day']} has the largest share, {_share(worst['share'])} "
        f"({between(worst['lower'], worst['upper'])})"
    )
    if not near and not below:
        return f"{said}."
    if not near:
        return f"{said}, by more than chance."
    if not below:
        return f"{said}; other days may well be as high."
    return f"{said}: more than {_whose(below)}, by more than chance. {_whose(near)} may be as high."


def _held_said(days: pd.DataFrame) -> str:
    few, held = (days.loc[days["count"] == one, "day"].tolist() for one in (FEW, HELD))
    if not held:
        return ""
    why = (
        f"so that {_whose(few)} cannot be worked out from the week's"
        if few
        else f"since {FEW} were met, or asked, on one of them"
    )
    return f"{_whose(held)} {'count is' if len(held) == 1 else 'counts are'} held back, {why}."


def _whose(days: Sequence[str]) -> str:
    return and_list([f"{one}'s" for one in days])


def _asks(said: str) -> str:
    return f"{said} ask{'' if said == '1' else 's'}"


def alt(found: AskTally) -> str:
    """Say the picture."""
    table = shown(found)
    each = [f"{day} {said}" for day, said in zip(table["day"], _said(table), strict=True)]
    return f"Bar chart with intervals. {message(found)}. By day: {and_list(each)}."


def figure(found: AskTally) -> Figure:
    """Draw the share of each day and of the week, with its interval."""
    from pcqa_teach.figures.bars import GREYS, bars, bars_height
    from pcqa_teach.figures.sheet import plot

    table = shown(found)
    names = table["day"].tolist()
    kinds = ["_day"] * (len(names) - 1) + ["_week"]
    said = _said(table)
    note = (
        "The line is the 95% interval: chance alone. Whoever the sheet did not catch is not in it."
    )
    with plot(message(found), found.when, [note], bars_height(names)) as page:
        bars(
            page.axes[0], names, table["share"].tolist(), said, kinds, ["_week", "_day"],
            lows=table["lower"].tolist(), highs=table["upper"].tolist(), looks=GREYS, most=100,
        )  # fmt: skip
        page.axes[0].set_xlabel(f"Asks that were {found.unmet}, %")
        return page.finish(alt=alt(found), name="tally-of-asks")


def marks_drawn(marks: pd.DataFrame) -> Figure:
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
    note += f" {marks.attrs['when']}." if "when" in marks.attrs else ""
    with plot(title, "", [note], bars_height(names)) as page:
        bars(page.axes[0], names, values, said, ["_day"] * len(names), ["_day"], looks=GREYS)
        page.axes[0].set_xlabel("Places given out a day")
        each = and_list([f"{name} {value}" for name, value in zip(names, said, strict=True)])
        alt_text = f"Bar chart. {title}. Places given out a day: {each}."
        return page.finish(alt=alt_text, name="marks-to-expect")


def _said(table: pd.DataFrame) -> list[str]:
    """Say each count, a small one in words; one that was held back for its sake is not told."""
    columns = (table[name].tolist() for name in ("share", "count", "asks", "lower", "upper"))
    return [
        f"{_share(share)} of {asks} ({between(low, high)})"
        if np.isfinite(share)
        else HELD
        if count == HELD or asks == FEW
        else f"{count} of {asks}"
        for share, count, asks, low, high in zip(*columns, strict=True)
    ]


def _share(value: float) -> str:
    return fine_percent(float(value))
