"""Rules on how points follow one another: runs, trends, swings and crossings."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.rules.definition import WHOLE
from pcqa_teach.spc.runs import (
    anhoej_thresholds,
    chain,
    every,
    longest_and_crossings,
    rows_of,
    run_starts,
    windows,
)
from pcqa_teach.spc.segments import Bools, Codes


def shift(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of a run of `k` or more strictly on one side of the centre line.

    A point on the line ends the run.

    Source: NHS England, Making Data Count (7, or 6); Western Electric 1956 (8); Nelson 1984 (9).

    >>> from pcqa_teach.spc.rules import one_phase
    >>> shift(one_phase([5, 8, 9, 8, 6], centre=7, sigma=2), k=3).tolist()
    [0, 1, 1, 1, 0]
    """
    side = evidence.side
    return side * chain(side[1:] == side[:-1], evidence.segments, k)


def trend(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of `k` or more strictly rising or falling: `k` points, `k` - 1 steps.

    A tie ends it. A point that ends one trend and begins the next belongs to the first.

    Source: NHS England, Making Data Count (7, or 6); Nelson 1984, test 3 (6).

    >>> from pcqa_teach.spc.rules import one_phase
    >>> trend(one_phase([5, 6, 8, 8, 6], centre=7, sigma=2), k=3).tolist()
    [1, 1, 1, 0, 0]
    """
    rising, falling = _steps(evidence)
    up, down = (chain(step, evidence.segments, k) for step in (rising, falling))
    code = up.view(np.int8) - down.view(np.int8)
    turns = np.flatnonzero(up & down)
    code[turns] = np.where(rising[turns - 1], 1, -1)
    return code


def fourteen_alternating(evidence: Evidence) -> Codes:
    """Flag every point of fourteen or more in a row that go up and down by turns.

    Fourteen points are thirteen steps, each the other way from the one before; a tie ends it. The
    centre line does not matter, and the signal points neither way.

    Source: Nelson 1984, test 4.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> fourteen_alternating(one_phase([6, 8] * 7 + [8], centre=7, sigma=2)).tolist()
    [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0]
    """
    segments = evidence.segments
    rising, falling = _steps(evidence)
    moves = windows(rising | falling, segments, 14)
    turns = every(rising[1:] != rising[:-1], 12)
    return rows_of(moves & turns, 14, len(evidence.y)).view(np.int8) * np.int8(WHOLE)


def anhoej(evidence: Evidence) -> Codes:
    """Flag a phase whose longest run is too long or whose line is crossed too rarely.

    Formula: longest run > round(log2 n) + 3, or crossings < qbinom(0.05, n - 1, 0.5), for the n
    useful points: those not on the line, which are never flagged. Every useful point of the phase
    is flagged: those in a too long run with its side, the others as part of the whole.
    Source: Anhoej and Olesen 2014.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> anhoej(one_phase([5, 6, 4, 8, 9, 6], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 0]
    >>> anhoej(one_phase([5] * 8 + [9, 6], centre=7, sigma=2)).tolist()
    [-1, -1, -1, -1, -1, -1, -1, -1, 2, 2]
    """
    code = np.zeros(len(evidence.y), dtype=np.int8)
    rows = np.flatnonzero(evidence.side)
    if len(rows) == 0:
        return code
    side = evidence.side[rows]
    useful, _ = evidence.segments.keep(rows)
    longest, crossings = longest_and_crossings(side, useful)
    most, fewest = anhoej_thresholds(useful.lengths)
    signal = (longest > most) | (crossings < fewest)
    if not signal.any():
        return code
    lengths = np.diff(run_starts(side, useful), append=len(side))
    long = np.repeat(lengths, lengths) > np.repeat(most, useful.lengths)
    code[rows] = np.where(long, side, np.repeat(signal, useful.lengths).view(np.int8) * WHOLE)
    return code


def _steps(evidence: Evidence) -> tuple[Bools, Bools]:
    """Say which rows lie below, and which above, the row after them."""
    later, earlier = evidence.y[1:], evidence.y[:-1]
    return later > earlier, later < earlier
