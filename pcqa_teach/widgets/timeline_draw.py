"""The picture that lays a process and the changes to it side by side, to one scale."""

from __future__ import annotations

from collections.abc import Mapping

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.boxes import STRONG, Page
from pcqa_teach.juran.bars import Bar, draw_bars
from pcqa_teach.juran.improvement.step_words import duration

_TODAY = "As it is today"


def lengths_figure(today: float, after: Mapping[str, float], title: str) -> Figure:
    """Draw how long a process takes today, and after each of some changes.

    Parameters
    ----------
    today : minutes from start to end, as it runs
    after : the same after each change, by its words
    title : what the process is

    Examples
    --------
    >>> lengths_figure(6000, {"Read daily": 3000, "Work faster": 5990}, "A letter").alt
    'A letter: Read daily brings the end nearest, 2.1 days in place of 4.2 days. From start to \
end, as it is today 4.2 days; Read daily 2.1 days (2.1 days sooner); Work faster 4.2 days (10 min \
sooner).'
    """
    best = min(after, key=lambda change: after[change])
    message = (
        f"{title}: {best} brings the end nearest, {duration(after[best])} in place of "
        f"{duration(today)}"
    )
    page = Page()
    bars = [Bar(_TODAY, today, (duration(today), ""), hatch="//", face="#F0C9A4", bold=True)]
    bars += [
        Bar(
            change,
            minutes,
            (duration(minutes), f"{duration(today - minutes)} sooner"),
            face=STRONG.face if change == best else COLOURS["grid"],
            bold=change == best,
        )
        for change, minutes in after.items()
    ]
    draw_bars(page, bars, ("Start to end", "Gained"), full=today, labels=2.7)
    listed = "; ".join(
        f"{change} {duration(minutes)} ({duration(today - minutes)} sooner)"
        for change, minutes in after.items()
    )
    return page.figure(
        title=message,
        under="How long from start to end, all bars to one scale",
        notes=["Time alone: whether a change is safe, and for whom, is another question."],
        alt=f"{message}. From start to end, as it is today {duration(today)}; {listed}.",
        name="value-stream-changes",
    )
