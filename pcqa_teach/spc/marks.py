"""What goes inside the axes: lines, points, marks, of one series or of all at once.

Each kind of mark is one artist, whatever the number of groups; nothing is worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS, MARKERS
from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.places import apart, both_ways, cells, heights, places, stepped
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Floats, Ints
from pcqa_teach.spc.windows import Windows
from pcqa_teach.spc.words import numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINT_NAMES = {
    "common": "Ordinary variation",
    "improvement": "Special cause: improvement",
    "concern": "Special cause: concern",
    "neutral": "Special cause",
}
AS_A_WHOLE = "Points (unusual as a whole)"
DASHES: dict[str, Any] = {
    "limits": (0, (5, 2.5)),
    "trial": (0, (1.2, 1.8)),
    "two_sigma": (0, (2.5, 3.5)),
    "target": (0, (6, 2, 1, 2)),
    "phase": (0, (1, 2)),
    "note": "solid",
}
BASELINE = "#EEF1F4"
JOIN = "#8C96A0"
_SIZES = {"common": 1.0, "improvement": 1.5, "concern": 1.5, "neutral": 1.8}
_FOOT = 0.022  # of a panel's height, where bank holidays are marked


@dataclass(frozen=True)
class Marks:
    """Everything that belongs to the data of one chart, in its own axes or in many windows."""

    ax: Axes
    chart: Chart
    on: Windows
    small: bool = False
    two_sigma: bool = False
    dot: float | None = None

    def draw(self) -> None:
        """Draw it, from the back to the front."""
        self._baseline()
        self._phases()
        self._lines()
        self._target()
        self._points()
        self._holidays()

    @cached_property
    def _x(self) -> Floats:
        return self.on.x(places(self.chart))

    @cached_property
    def _cells(self) -> tuple[Floats, Floats]:
        begin, end = cells(self.chart)
        return self.on.x(begin), self.on.x(end)

    @cached_property
    def _y(self) -> Floats:
        """Where each point is marked: of two sums, on the one further out."""
        return self.on.y(numbers(self.chart).within(heights(self.chart)))

    def _level(self, name: str) -> Floats:
        """Give where a column of the points lies; no share lies below 0% or above 100%."""
        values = self.chart.points[name].to_numpy(dtype=np.float64)
        return self.on.y(numbers(self.chart).within(values))

    def _step(self, level: Floats, label: str, **look: Any) -> None:
        """Draw a line over the rows where it is known, stepping where it changes."""
        if np.isfinite(level).any():
            starts = self.chart.workings.phases.segments.starts
            x, y = stepped(*self._cells, level, starts)
            self.ax.plot(x, y, label=label, solid_capstyle="butt", zorder=2, **look)

    def _lines(self) -> None:
        thin, thick = (0.9, 1.2) if self.small else (1.2, 1.6)
        for dashes, colour, lines in self._limits():
            for name, rows in lines:
                level = np.where(rows, self._level(name), np.nan)
                label = "Limits" if name.startswith("upper") else "_"
                if dashes != "limits":
                    label = {"trial": "Trial limits", "two_sigma": "2 sigma"}[dashes]
                    label = label if name.startswith("upper") else "_"
                width = thin if dashes != "two_sigma" else thin * 0.8
                self._step(level, label, color=colour, lw=width, ls=DASHES[dashes])
        name = self.chart.about.centre.capitalize()
        self._step(self._level("centre"), name, color=COLOURS["centre"], lw=thick)

    def _limits(self) -> list[tuple[str, str, list[tuple[str, Bools]]]]:
        """List the dashed lines: their dashes, their colour, and each with the rows it covers."""
        segments, limits = self.chart.workings.phases.segments, self.chart.limits
        trial = segments.spread(limits["trial"].to_numpy(dtype=np.float64)) > 0
        edges = ("lower", "upper")
        found = [
            ("limits", COLOURS["limit"], [(name, ~trial) for name in edges]),
            ("trial", COLOURS["limit"], [(name, trial) for name in edges]),
        ]
        if self.two_sigma:
            every = np.ones(len(trial), dtype=bool)
            found.append(("two_sigma", JOIN, [(f"{name}2", every) for name in edges]))
        return found

    def _baseline(self) -> None:
        """Shade the rows that frozen limits come from."""
        phases = self.chart.workings.phases
        if not phases.frozen:
            return
        segments, (begin, end) = phases.segments, self._cells
        rows = np.flatnonzero(phases.base)
        kept, owner = segments.keep(rows)
        part = kept.lengths < segments.lengths[owner]
        first, last = rows[kept.starts[part]], rows[kept.ends[part]]
        if not len(first):
            return
        from matplotlib.collections import PolyCollection

        left, right = begin[first], end[last]
        which = self.on.group[first]
        foot, top = self.on.y(self.on.y0[which], which), self.on.y(self.on.y1[which], which)
        corners = np.stack([left, foot, right, foot, right, top, left, top], axis=1)
        self.ax.add_collection(
            PolyCollection(
                list(corners.reshape(-1, 4, 2)),
                facecolor=BASELINE,
                zorder=0,
                lw=0,
                label="Baseline",
            ),
            autolim=False,
        )

    def _phases(self) -> None:
        """Mark where a new phase starts."""
        segments = self.chart.workings.phases.segments
        new = np.setdiff1d(segments.starts, self.chart.workings.series.group_starts)
        self.upright(self._cells[0][new], self.on.group[new], "phase")

    def upright(self, x: Floats, which: Ints, dashes: str) -> None:
        """Draw lines from the foot to the top of their panels."""
        if not len(x):
            return
        from matplotlib.collections import LineCollection

        foot, top = self.on.y(self.on.y0[which], which), self.on.y(self.on.y1[which], which)
        ends = np.stack([x, foot, x, top], axis=1).reshape(-1, 2, 2)
        colour = COLOURS["ink" if dashes == "phase" else "muted"]
        look: Any = {"colors": colour, "linewidths": 0.8, "linestyles": [DASHES[dashes]]}
        self.ax.add_collection(LineCollection(list(ends), zorder=1, **look), autolim=False)

    def _target(self) -> None:
        level = self.on.y(self.chart.workings.targets)
        width = 1.0 if self.small else 1.4
        self._step(level, "Target", color=COLOURS["target"], lw=width, ls=DASHES["target"])

    def _points(self) -> None:
        x, starts = self._x, self.chart.workings.series.group_starts
        out = self.chart.workings.phases.excluded
        size = self.dot or (9.0 if self.small else float(np.clip(1500 / max(len(x), 1), 6, 30)))
        sums = [name for name in ("y", SECOND) if name in self.chart.points]
        for name in sums:
            level = self._level(name)
            self.ax.plot(
                apart(x, starts), apart(level, starts), color=JOIN,
                lw=0.9 if self.small else 1.2, zorder=3,
            )  # fmt: skip
            if len(sums) > 1:
                look = {"color": COLOURS["common"], "lw": 0, "marker": "o", "ms": size**0.5 * 0.8}
                self.ax.plot(x, level, mec="none", zorder=3.5, **look)
        verdict = self.chart.points["verdict"].to_numpy()
        seen = np.isfinite(self._y)
        whole = self.chart.workings.whole & (verdict == "common")
        groups = [(name, label, (verdict == name) & ~whole) for name, label in POINT_NAMES.items()]
        for name, label, rows in [*groups, ("common", AS_A_WHOLE, whole)]:
            self._dots(
                rows & seen & ~out, size * _SIZES[name], MARKERS[name], label,
                color=COLOURS[name], zorder=4 if name == "common" else 5, linewidths=0,
            )  # fmt: skip
        self._dots(
            both_ways(self.chart), size * 4.2, "o", "Improvement and concern",
            facecolors="none", edgecolors=COLOURS["concern"], linewidths=1.2, zorder=6,
        )  # fmt: skip
        left = out & seen
        self._dots(
            left, size * 1.4, "o", "Left out of the limits", facecolors="white",
            edgecolors=[COLOURS[name] for name in verdict[left]], linewidths=1.3, zorder=6,
        )  # fmt: skip

    def _dots(self, rows: Bools, size: float, marker: str, label: str, **look: Any) -> None:
        if rows.any():
            self.ax.scatter(
                self._x[rows], self._y[rows], s=size, marker=marker, label=label, **look
            )

    def _holidays(self) -> None:
        marked = self.chart.workings.series.holiday
        if marked is None or not marked.any():
            return
        which = self.on.group[marked]
        span = (self.on.y1 - self.on.y0)[which]
        self.ax.scatter(
            self._x[marked],
            self.on.y(self.on.y0[which] + span * _FOOT, which),
            s=12 if self.small else 26,
            marker=(6, 2, 0),
            color=COLOURS["ink"],
            linewidths=0.9,
            zorder=6,
            label="Has a bank holiday",
        )
