"""Pictures of calls: Erlang's shares, the shape of the day, the desk minute by minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.bars import GREYS, bars, bars_height
from pcqa_teach.figures.sheet import legend_above, plot
from pcqa_teach.flow import phone_words as words
from pcqa_teach.sayings import clock, counted, percent, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure
    from pcqa_teach.flow.erlang import Erlang
    from pcqa_teach.flow.phones import PhoneSimulation
    from pcqa_teach.flow.profile import CallProfile

INK, GREY = COLOURS["ink"], COLOURS["common"]
PURPLE, ORANGE, PALE = COLOURS["neutral"], COLOURS["concern"], COLOURS["grid"]
_MOST_BARS = 24


def erlang(queue: Erlang) -> Figure:
    """Draw the share who wait (or are turned away) as bars, a bar a row."""
    table = queue.table.head(_MOST_BARS)
    column = words.main_column(queue)
    values = (100 * table[column]).tolist()
    said = ["no steady state" if not one else percent(value, 100)
            for one, value in zip(table["steady"], values, strict=True)]  # fmt: skip
    notes = [_given(queue), words.left_out(queue)]
    if len(queue.table) > _MOST_BARS:
        notes.insert(0, f"The first {_MOST_BARS} of {len(queue.table)} rows.")
    names = _labels(table)
    kinds = ["_steady" if one else "_growing" for one in table["steady"]]
    with plot(words.erlang_message(queue), "", notes, bars_height(names)) as page:
        axes = page.axes[0]
        bars(axes, names, values, said, kinds, ["_steady", "_growing"], looks=GREYS)
        axes.set_xlim(0, 125)
        axes.set_xticks(range(0, 101, 20))
        what = "find every line taken" if queue.model == "b" else "have to wait"
        axes.set_xlabel(f"Callers who {what}, %")
        return page.finish(alt=queue.alt_text, name=f"erlang-{queue.model}")


def _labels(table: pd.DataFrame) -> list[str]:
    """Name the rows by staff, and by calls where these differ."""
    staff = [f"{n} staff" for n in table["agents"]]
    if words.alike(table["calls_per_hour"]):
        return staff
    return [
        f"{counted(calls, 'call')} an hour, {n}"
        for calls, n in zip(table["calls_per_hour"], staff, strict=True)
    ]


def _given(queue: Erlang) -> str:
    table = queue.table
    parts = []
    if words.alike(table["calls_per_hour"]):
        parts.append(f"{counted(table['calls_per_hour'].iloc[0], 'call')} an hour")
    if words.alike(table["handling_seconds"]):
        parts.append(f"calls of {seconds(table['handling_seconds'].iloc[0])}")
    if queue.patience_seconds is not None:
        parts.append(f"patience {seconds(queue.patience_seconds)}")
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def profile(shape: CallProfile) -> Figure:
    """Draw an average Monday and an average other day by quarter of an hour."""
    lines = _days_drawn(shape)
    begin, end = _open(shape)
    with plot(words.profile_message(shape), "", words.profile_notes(shape), 3.6) as page:
        axes = page.axes[0]
        axes.axvspan(480, 600, color=PALE, zorder=0)
        for (name, calls), colour, style in zip(
            lines.items(), (INK, PURPLE), ("-", "--"), strict=False
        ):
            inside = calls[(calls.index >= begin) & (calls.index < end)]
            axes.stairs(inside.to_numpy(), np.append(inside.index.to_numpy(), end),
                        color=colour, ls=style, lw=1.8, label=name)  # fmt: skip
        top = max(float(calls.max()) for calls in lines.values())
        axes.set_ylim(0, top * 1.12)
        axes.annotate("8 to 10 am", (540, top * 1.10), ha="center", va="top", fontsize=9)
        axes.set_ylabel("Calls a quarter of an hour")
        clock_axis(axes, begin, end)
        return page.finish(alt=shape.alt_text, name="calls-by-quarter-hour")


def _days_drawn(shape: CallProfile) -> dict[str, pd.Series[Any]]:
    """Give Monday and the other weekdays; all days together where there is no Monday."""
    wide = shape.quarters.pivot_table(index="minute", columns="weekday", values="calls")
    days = shape.weekdays.set_index("weekday")["days"]

    def mean(names: list[str]) -> pd.Series[Any]:
        return (wide[names] * days[names]).sum(axis=1) / days[names].sum()

    others = [d for d in ("Tuesday", "Wednesday", "Thursday", "Friday") if d in wide.columns]
    if "Monday" not in wide.columns:
        return {"All days": mean(list(days.index))}
    shown = {"Monday": mean(["Monday"])}
    return {**shown, "Other working days": mean(others)} if others else shown


def _open(shape: CallProfile) -> tuple[int, int]:
    """Give the hours between which calls come, at least 08:00 to 10:00."""
    seen = shape.quarters.loc[shape.quarters["calls"] > 0, "minute"]
    return min(int(seen.min()) // 60 * 60, 480), max(-(-(int(seen.max()) + 15) // 60) * 60, 600)


def phones(run: PhoneSimulation) -> Figure:
    """Draw the desk minute by minute, and the calls of each quarter of an hour."""
    minutes, quarters = run.minutes, run.quarters
    begin = int(minutes["minute"].iloc[0])
    end = int(minutes["minute"].iloc[-1]) + 1
    notes = [words.phones_assumed(run)]
    with plot(words.phones_message(run), "", notes, 5.2, [1.25, 1]) as page:
        desk, calls = page.axes
        at = minutes["minute"].to_numpy()
        edges = np.append(at, end)
        desk.stairs(minutes["agents"].to_numpy(), edges, color=GREY, ls=":", lw=2, label="Staff")
        desk.fill_between(at, minutes["waiting_high"], color=PALE, ec=GREY, lw=0.4, step="post",
                          label="Waiting, no more on nine days of ten")  # fmt: skip
        desk.plot(at, minutes["waiting"], color=ORANGE, lw=2, label="Waiting, mean")
        desk.plot(at, minutes["talking"], "--", color=INK, lw=1.4, label="Talking, mean")
        desk.set_ylim(0)
        desk.set_ylabel("People at a minute")
        legend_above(desk, 4)
        _stacked(calls, quarters)
        clock_axis(calls, begin, end)
        return page.finish(alt=run.alt_text, name="phones-minute-by-minute")


def _stacked(axes: Axes, quarters: pd.DataFrame) -> None:
    """Draw first calls with redials on top, and how many calls were answered."""
    left = quarters["minute"].to_numpy()
    axes.bar(left, quarters["people"], 15, align="edge", color=GREY, ec="white", lw=0.5,
             label="First calls")  # fmt: skip
    axes.bar(left, quarters["redials"], 15, bottom=quarters["people"], align="edge", color=PALE,
             ec=INK, lw=0.5, hatch="///", label="Redials")  # fmt: skip
    axes.plot(left + 7.5, quarters["answered"], "o", mfc="white", mec=INK, ms=4.5, label="Answered")
    axes.set_ylabel("Calls a quarter-hour")
    legend_above(axes, 3)


def clock_axis(axes: Axes, begin: int, end: int) -> None:
    """Mark full hours, or quarters where there is less than two hours; never over a dozen."""
    span = end - begin
    step = 15 if span <= 120 else 60 * -(-span // (60 * 12))
    ticks = np.arange(-(-begin // step) * step, end + 1, step)
    axes.set_xlim(begin, end)
    axes.set_xticks(ticks, [clock(int(t) % 1440) for t in ticks])
    axes.set_xlabel("Time of day")
