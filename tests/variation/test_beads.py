"""Red beads: luck alone sets people apart, and the limits of an np chart say so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pcqa_teach import spc
from pcqa_teach.errors import DataError
from pcqa_teach.variation import red_bead


def test_a_count_is_the_beads_that_are_red() -> None:
    month = red_bead(seed=3)
    assert month.is_red.shape == (4, 6, 50)
    assert month.table["red"].tolist() == month.is_red.sum(axis=2).ravel().tolist()
    assert month.counts["total"].sum() == month.table["red"].sum()


def test_the_limits_are_those_of_an_np_chart_by_hand() -> None:
    month = red_bead(seed=52)
    mean = month.table["red"].sum() / 24
    reach = 3 * math.sqrt(50 * (mean / 50) * (1 - mean / 50))
    line = month.chart.limits.iloc[0]
    assert line["centre"] == pytest.approx(mean)
    assert (line["lower"], line["upper"]) == pytest.approx((mean - reach, mean + reach))
    assert [rule.name for rule in month.chart.rules] == ["outside"]


def test_the_same_seed_gives_the_same_beads_and_more_weeks_go_on_from_fewer() -> None:
    long, short = red_bead(weeks=8, seed=7), red_bead(weeks=4, seed=7)
    assert long.table["red"].tolist()[:24] == short.table["red"].tolist()
    assert red_bead(seed=8).table["red"].tolist() != short.table["red"].tolist()


def test_nobody_is_better_in_the_long_run() -> None:
    years = red_bead(weeks=20_000, seed=1)
    share = years.counts["total"] / (20_000 * 50)
    assert share.to_numpy() == pytest.approx(0.2, abs=0.002)


def test_few_scoops_lie_beyond_the_limits() -> None:
    """The exact chance of a binomial of 50 and 0.2 is 0.3%, most of it above."""
    years = red_bead(weeks=5_000, seed=1)
    assert 0.001 < len(years.outside) / len(years.table) < 0.006


def test_who_was_worst_is_mostly_better_next_time() -> None:
    red = red_bead(weeks=20_000, seed=1).table["red"].to_numpy().reshape(-1, 6)
    now, after, each = red[:-1], red[1:], np.arange(len(red) - 1)
    worst, best = now.argmax(axis=1), now.argmin(axis=1)
    assert (after[each, worst] < now[each, worst]).mean() == pytest.approx(0.82, abs=0.01)
    assert (after[each, best] > now[each, best]).mean() == pytest.approx(0.82, abs=0.01)


def test_a_scoop_beyond_a_limit_is_named_and_still_called_luck() -> None:
    found = next(month for month in map(_month, range(500)) if len(month.outside))
    odd = found.outside.iloc[0]
    assert f"{odd['worker']} in week {odd['week']} ({odd['red']})" in found.explain()
    assert "by luck alone" in found.alt_text
    assert "nobody did anything different" in found.message


def _month(seed: int):
    return red_bead(seed=seed)


def test_the_picture_of_a_week_says_who_had_most_and_fewest() -> None:
    month = red_bead(seed=52)
    first = month.table[month.table["week"] == 1].set_index("worker")["red"]
    picture = month.paddles(1)
    assert f"{first.idxmax()} has {first.max()} red beads" in picture.alt
    assert picture.name == "red-beads-week-1"
    with pytest.raises(DataError, match="week must be"):
        month.paddles(5)


@pytest.mark.parametrize(
    "wrong",
    [{"workers": 1}, {"workers": 13}, {"weeks": 0}, {"beads": 5}, {"share": 1.2}, {"seed": -1}],
)
def test_what_cannot_be_scooped_is_refused_in_a_sentence(wrong: dict[str, float]) -> None:
    with pytest.raises(DataError, match="must be"):
        red_bead(**wrong)


def test_not_one_red_bead_is_drawn_without_limits() -> None:
    none = red_bead(2, 1, beads=20, share=0.05, seed=2)
    assert none.table["red"].sum() == 0
    assert "no limits" in none.figure().alt


def test_of_many_weeks_only_the_sums_are_said() -> None:
    years = red_bead(2, 100, seed=1)
    assert f"A {years.counts['total'][0]:,} together" in years.alt_text
    assert len(years.alt_text) < 400


@pytest.mark.parametrize(("workers", "weeks"), [(2, 1), (6, 4), (12, 10)])
def test_the_result_speaks_and_draws(workers: int, weeks: int) -> None:
    found = red_bead(workers, weeks, seed=5)
    assert found.figure().alt == found.alt_text
    assert len(found.explain().splitlines()) == 4
    assert len(found.workers) == workers
    assert found.paddles(weeks).svg
    assert isinstance(found.chart, spc.Chart)
