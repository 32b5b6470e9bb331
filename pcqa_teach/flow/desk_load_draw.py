"""The picture of the load on the desk: work as steps, staff as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import plot
from pcqa_teach.flow import desk_load_words as words
from pcqa_teach.flow.phone_draw import clock_axis

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.flow.desk_load import DeskLoad


def figure(desk: DeskLoad) -> Figure:
    """Draw an average day."""
    rows = desk.quarters
    begin, end = int(rows["minute"].iloc[0]), int(rows["minute"].iloc[-1]) + 15
    edges = np.append(rows["minute"].to_numpy(), end)
    over = rows["over"].to_numpy()
    with plot(words.message(desk), "", [words.rests_on(desk)], 3.6) as page:
        axes = page.axes[0]
        for here, colour, hatch, label in (
            (~over, COLOURS["common"], "", "Work of the calls"),
            (over, COLOURS["concern"], "///", "Work as much as the staff, or more"),
        ):
            if here.any():
                axes.bar(rows["minute"][here], rows["load"][here], 15, align="edge", color=colour,
                         ec=COLOURS["ink"], lw=0.4, hatch=hatch, label=label)  # fmt: skip
        if desk.staffed:
            axes.stairs(rows["staff"].to_numpy(), edges, color=COLOURS["ink"], ls=":", lw=2.2,
                        baseline=None, label="Staff who answer")  # fmt: skip
        top = float(np.nanmax([rows["load"].max(), rows["staff"].max()]))
        axes.set_ylim(0, 1.1 * max(top, 0.5))
        axes.set_ylabel("People's work")
        clock_axis(axes, begin, end)
        return page.finish(alt=desk.alt_text, name="load-and-staff")
