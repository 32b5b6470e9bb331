"""What is said of a phase as a whole: how long its runs are, how often it crosses its line."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.episodes import Episode, Runs, phase_runs
from pcqa_teach.spc.phrases import points_said, rule_of
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.units import numbers


def whole_said(chart: Chart, one: Episode) -> str:
    """Say why a phase is a signal as a whole."""
    phase = int(chart.points["phase"].to_numpy()[one.last])
    place = int(np.flatnonzero(chart.limits["phase"].to_numpy() == phase)[0])
    line = numbers(chart)(float(chart.points["centre"].to_numpy()[one.last]))
    words = {"centre": chart.about.centre, "line": line}
    runs = _unusual(phase_runs(chart)[place], **words)
    return rule_of(chart, one).whole.format(**words, runs=runs)


def _unusual(runs: Runs, centre: str, line: str) -> str:
    """Say which of the two is unusual; of both, the crossings."""
    if runs.crossings < runs.fewest:
        return (
            f"crosses its {centre} of {line} {_times(runs.crossings)}; by chance alone it would"
            f" rarely be fewer than {runs.fewest}"
        )
    return (
        f"has {points_said(runs.longest)} in a row on one side of its {centre} of {line}; by chance"
        f" alone it would rarely be more than {runs.most}"
    )


def _times(count: int) -> str:
    """Say how few.

    >>> _times(7), _times(1), _times(0)
    ('only 7 times', 'only once', 'never')
    """
    return ("never", "only once")[count] if count < 2 else f"only {count} times"


def runs_said(chart: Chart) -> list[str]:
    """Say how long the runs are and how often the centre line is crossed, phase by phase."""
    said = []
    centre = chart.about.centre
    for number, runs in zip(chart.limits["phase"], phase_runs(chart), strict=True):
        if not runs.useful:
            continue
        where = f" in phase {number}" if len(chart.limits) > 1 else ""
        said.append(
            f"- Longest run{where}: {points_said(runs.longest)} (by chance alone, rarely more than"
            f" {runs.most}). Crossings of the {centre}: {runs.crossings} (by chance alone, rarely"
            f" fewer than {runs.fewest})."
        )
    return said
