"""How often charts of nothing but chance signal: for each rule by itself, and for each preset."""

from __future__ import annotations

from functools import cache

from pcqa_teach.spc import PRESETS, RULES
from pcqa_teach.variation import false_alarm_table
from pcqa_teach.variation.chance import flagged, generator, series
from pcqa_teach.variation.words import percent

POINTS = 24  # of the charts on which each rule is tried by itself
LENGTHS = (12, 24, 36, 52)
ALIKE = (0.0, 0.3, 0.5)
CHARTS = 4_000
_SEED = 1


@cache
def alone(preset: str, rule: str) -> float:
    """Give the share of stable charts that one rule of a preset flags, with the preset's limits."""
    about = PRESETS[preset]
    values = series(generator(_SEED), CHARTS, POINTS)
    one = RULES[rule].with_(**about.rules[rule])
    found = flagged(values, [one], screen=about.screen, constants=about.constants)
    return float(found.any(axis=1).mean())


@cache
def presets() -> dict[tuple[str, float, int], float]:
    """Give the share of charts of chance with a signal, by preset, likeness and length."""
    rates = false_alarm_table(LENGTHS, ALIKE, tuple(PRESETS), charts=CHARTS, seed=_SEED).rates
    return {
        (row["preset"], row["autocorrelation"], row["points"]): float(row["share"])
        for row in rates.to_dict("records")
    }


def rate(preset: str, points: int, alike: float) -> str:
    """Say one of those shares in per cent."""
    return percent(presets()[preset, alike, points], 0)
