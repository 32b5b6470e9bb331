"""Signals as stretches: which rule, which way, from where to where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import WHOLE
from pcqa_teach.spc.runs import anhoej_thresholds, longest_and_crossings
from pcqa_teach.spc.segments import Ints, Segments


@dataclass(frozen=True)
class Episode:
    """One signal of one rule: rows `rows` of the chart's points, in direction `sign`."""

    rule: str
    sign: int
    rows: Ints

    @property
    def first(self) -> int:
        """Its first row."""
        return int(self.rows[0])

    @property
    def last(self) -> int:
        """Its last row."""
        return int(self.rows[-1])


@dataclass(frozen=True)
class Runs:
    """The runs of one phase: how they are, and what chance allows."""

    useful: int
    longest: int
    most: int
    crossings: int
    fewest: int


def phase_runs(chart: Chart) -> list[Runs]:
    """Count the runs of every phase about its centre line, points on the line left aside."""
    points, out = chart.points, chart.workings.phases.excluded
    found = []
    for number in chart.limits["phase"]:
        rows = points[(points["phase"] == number).to_numpy() & ~out]
        apart = np.sign((rows["y"] - rows["centre"]).to_numpy())
        side = apart[np.isfinite(apart) & (apart != 0)].astype(np.int8)
        if len(side) == 0:
            found.append(Runs(0, 0, 0, 0, 0))
            continue
        one = Segments(np.array([0]), len(side))
        longest, crossings = longest_and_crossings(side, one)
        most, fewest = anhoej_thresholds(one.lengths)
        counts = (longest, most, crossings, fewest)
        found.append(Runs(len(side), *(int(count[0]) for count in counts)))
    return found


def episodes(chart: Chart) -> list[Episode]:
    """List the signals of a chart of one series, earliest first.

    A run is one episode over its gaps; every other flagged point is one of its own; a signal of
    a whole phase is one episode.
    """
    found: list[Episode] = []
    seen = np.isfinite(chart.points["y"].to_numpy())
    phase = chart.points["phase"].to_numpy()
    joined = {rule.name for rule in chart.rules if rule.joined}
    for rule, codes in chart.workings.codes.items():
        rows = (
            np.flatnonzero(seen & ~chart.workings.phases.excluded)
            if rule in joined
            else np.arange(len(codes))
        )
        code = codes[rows]
        new = np.ones(len(rows), dtype=bool)
        if rule in joined and len(rows):
            new[1:] = (code[1:] != code[:-1]) | (phase[rows][1:] != phase[rows][:-1])
        for part in np.split(np.arange(len(rows)), np.flatnonzero(new)[1:]):
            if len(part) and code[part[0]] not in (0, WHOLE):
                found.append(Episode(rule, int(code[part[0]]), rows[part]))
        whole = codes == WHOLE
        found += [
            Episode(rule, WHOLE, np.flatnonzero((phase == number) & (codes != 0)))
            for number in np.unique(phase[whole])
        ]
    return sorted(found, key=lambda episode: (episode.first, episode.last))
