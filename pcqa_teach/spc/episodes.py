"""Signals as stretches: which rule, which way, from where to where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import WHOLE
from pcqa_teach.spc.runs import anhoej_thresholds, longest_and_crossings
from pcqa_teach.spc.segments import Codes, Ints, Segments


@dataclass(frozen=True)
class Episode:
    """One signal of one rule: rows `rows` of the chart's points, in direction `sign`.

    `of_phase` says that it is one of the phase as a whole, and of no point by itself.
    """

    rule: str
    sign: int
    rows: Ints
    of_phase: bool = False

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
    phase = chart.points["phase"].to_numpy()
    seen = np.isfinite(chart.points["y"].to_numpy()) & ~chart.workings.phases.excluded
    every = np.arange(len(phase))
    found: list[Episode] = []
    for rule in chart.rules:
        codes = chart.workings.codes[rule.name]
        rows = np.flatnonzero(seen) if rule.joined else every
        found += [
            Episode(rule.name, int(codes[part[0]]), part)
            for part in _stretches(codes, phase, rows, rule.joined)
            if not (rule.whole and codes[part[0]] == WHOLE)
        ]
        if rule.whole:
            found += [
                Episode(rule.name, WHOLE, np.flatnonzero((phase == number) & (codes != 0)), True)
                for number in np.unique(phase[codes == WHOLE])
            ]
    return sorted(found, key=lambda episode: (episode.first, episode.last))


def _stretches(codes: Codes, phase: Ints, rows: Ints, joined: bool) -> list[Ints]:
    """Cut the rows into stretches of one code in one phase, and keep those that are flagged."""
    flagged = rows[codes[rows] != 0]
    if not joined or len(flagged) == 0:
        return list(flagged[:, np.newaxis])
    new = np.empty(len(rows), dtype=bool)
    new[0] = True
    new[1:] = np.diff(codes[rows]).astype(bool) | np.diff(phase[rows]).astype(bool)
    parts = np.split(rows, np.flatnonzero(new)[1:])
    return [part for part in parts if codes[part[0]] != 0]
