"""Every figure that lesson b9 states is what its data and its simulations give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day2" / "b9_capacity_and_carve_out.ipynb"

_POOLS = ("one pool, in order", "one pool, first kind first")

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _wrong(sources: dict[str, str], item: str) -> dict[str, Any]:
    return {wrong.name: wrong.answer for wrong in _key(sources, item).misconceptions}


@pytest.fixture(scope="module")
def weeks(sources: dict[str, str]) -> pd.DataFrame:
    first, last = re.findall(r"\d{4}-\d\d-\d\d", sources["b9-task-1-table"])
    days = pcqa.load_demo("demand_day")
    days = days[days["date"].between(first, last)]
    monday = days["date"] - pd.to_timedelta(days["date"].dt.day_of_week, unit="D")
    groups = days.groupby(monday)
    assert (groups.size() == 5).all()
    return groups[["asks", "slots"]].sum()


@pytest.fixture(scope="module")
def lane() -> Any:
    return pcqa.flow.carve_out(57, 60, kept=0.4, mix=0.4)


@pytest.fixture(scope="module")
def queues(sources: dict[str, str]) -> dict[str, pd.Series]:
    """The mean queue of each way of task 3, by day."""
    tree = ast.parse(sources["b9-task-3-table"])
    runs = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "runs"
    )
    return {
        name[0]: pcqa.flow.backlog_growth(
            1000, capacity, 0.10, spread, periods=400
        ).table.set_index("period")["mean"]
        for name, (capacity, spread) in runs.items()
    }


# the week and the worked example


def _week(demand: list[int], capacity: list[int]) -> tuple[list[int], list[int], list[int]]:
    done, queue, unused, waiting = [], [], [], 0
    for come, room in zip(demand, capacity, strict=True):
        done.append(min(waiting + come, room))
        waiting += come - done[-1]
        queue.append(waiting)
        unused.append(room - done[-1])
    return done, queue, unused


def test_the_week_of_the_idea_is_the_week_of_the_worked_example(sources: dict[str, str]) -> None:
    lists = {
        name: ast.literal_eval(values)
        for name, values in re.findall(r'"(\w+)": (\[[\d, ]+\])', sources["b9-week"])
    }
    done, queue, unused = _week(lists["demand"], lists["capacity"])
    assert lists["activity"] == done
    assert sum(lists["demand"]) == sum(lists["capacity"]) == 110
    worked = sources["b9-worked"]
    assert "| Demand: asks | 30 | 18 | 20 | 22 | 20 | 110 |" in worked
    assert "| Capacity: slots | 24 | 24 | 24 | 14 | 24 | 110 |" in worked
    assert f"| {' | '.join(map(str, [*done, sum(done)]))} |" in worked
    assert f"| Queue in the evening | {' | '.join(map(str, queue))} |" in worked
    assert f"| Slots unused | {' | '.join(map(str, unused))} | {sum(unused)} |" in worked
    assert [12 * n for n in (110, sum(done), queue[-1], unused[2], queue[3])] == [
        1320, 1272, 48, 48, 96,
    ]  # fmt: skip
    assert "demand 1,320, capacity 1,320, activity 1,272, queue 48" in worked
    assert "On Wednesday 48 minutes stood empty" in sources["b9-idea-two"]
    assert "96 minutes' worth of asks" in sources["b9-idea-two"]


def test_the_three_days_of_slots_kept_apart(sources: dict[str, str]) -> None:
    today, other = [8, 13, 9], [18, 13, 14]
    worked = sources["b9-worked"]
    assert f"| Same-day asks, for 10 slots | {' | '.join(map(str, today))} |" in worked
    assert f"| Other asks, for 15 slots | {' | '.join(map(str, other))} |" in worked
    _, first, _ = _week(today, [10] * 3)
    _, second, _ = _week(other, [15] * 3)
    _, pool, _ = _week([a + b for a, b in zip(today, other, strict=True)], [25] * 3)
    for said, queue in (
        ("**Kept apart**: same-day asks left waiting", first),
        ("**Kept apart**: other asks left waiting", second),
        ("**One pool of 25**: all asks left waiting", pool),
    ):
        assert f"| {said} | {' | '.join(map(str, [*queue, sum(queue)]))} |" in worked
    asks, apart, together = sum(today) + sum(other), sum(first) + sum(second), sum(pool)
    assert (
        f"{asks} people asked. Kept apart, their waits come to {apart} nights, "
        f"{apart} ÷ {asks} = {apart / asks:.2f} of a night each; "
        f"in one pool to {together} nights, {together / asks:.2f} each"
    ) in worked


def test_the_backlog_of_a_year_is_as_drawn() -> None:
    grown = pcqa.flow.backlog_growth(1000, demand_cv=0.10, capacity_cv=0.15, periods=250)
    assert grown.demand == grown.capacity
    assert 1.5 < grown.table["mean"].iloc[-1] / 1000 < 3


# task 1


def test_the_first_answer_is_what_the_weeks_give(
    sources: dict[str, str], weeks: pd.DataFrame
) -> None:
    mean = weeks.mean()
    spread = 100 * (weeks.max() - weeks.min()) / mean
    key = _key(sources, "b9-1")
    assert len(weeks) == 12
    assert round(mean["asks"] * 13 / 60) == key.expect["hours"]
    assert spread["asks"] == pytest.approx(key.expect["demand"], abs=0.1)
    assert spread["slots"] == pytest.approx(key.expect["capacity"], abs=0.1)
    assert key.expect["varies_more"] == (
        "capacity" if spread["slots"] > spread["asks"] else "demand"
    )


def test_each_wrong_number_of_task_1_is_what_its_mistake_gives(
    sources: dict[str, str], weeks: pd.DataFrame
) -> None:
    asks, slots = weeks["asks"], weeks["slots"]
    wrong = _wrong(sources, "b9-1")
    assert wrong["minutes_not_hours"]["hours"] == pytest.approx(13 * asks.mean(), abs=1)
    assert wrong["capacity_for_demand"]["hours"] == pytest.approx(13 * slots.mean() / 60, abs=0.5)
    counts = wrong["counts_not_shares"]
    assert counts["demand"] == asks.max() - asks.min()
    assert counts["capacity"] == slots.max() - slots.min()
    ends = 100 * abs(asks.iloc[-1] - asks.iloc[0]) / asks.mean()
    assert wrong["first_and_last_week"]["demand"] == pytest.approx(ends, abs=0.06)
    of_all = wrong["share_of_the_sum"]
    assert of_all["demand"] == pytest.approx(100 * (asks.max() - asks.min()) / asks.sum(), abs=0.06)
    assert of_all["capacity"] == pytest.approx(
        100 * (slots.max() - slots.min()) / slots.sum(), abs=0.06
    )


def test_what_a_facilitator_is_told_of_the_weeks(
    sources: dict[str, str], weeks: pd.DataFrame
) -> None:
    asks, slots = weeks["asks"], weeks["slots"]
    said = sources["b9-facilitator-task-1"]
    assert f"{asks.sum():,} ÷ 12 = {asks.mean():,.1f} asks" in said
    assert f"({asks.max():,} − {asks.min():,}) ÷ {asks.mean():,.1f}" in said
    assert f"({slots.max():,} − {slots.min()}) ÷ {slots.mean():,.1f}" in said
    half_term = pd.Timestamp("2024-10-28")
    assert slots.idxmin() == asks.idxmax() == half_term


def test_twelve_weeks_cannot_tell_and_sixty_seven_can(sources: dict[str, str]) -> None:
    days = pcqa.load_demo("demand_day")

    def ratio(first: str, last: str) -> Any:
        part = days[days["date"].between(first, last)]
        return pcqa.flow.dcaq(part, demand="asks", capacity="slots", activity="slots", every="week")

    short, long = ratio("2024-09-02", "2024-11-22"), ratio("2024-07-15", "2025-12-31")
    assert short.varies_more is None
    assert long.varies_more == "capacity"
    assert int(long.variation["n"].iloc[0]) == 67
    for found, said in (
        (short, "1.4 times that of its asks"),
        (long, "1.7 times"),
    ):
        assert f"{found.ratio:.1f} times" in said
        assert said in sources["b9-wrong"]
    assert f"from {short.ratio_low:.1f} to {short.ratio_high:.1f}" in sources["b9-wrong"]
    assert f"from {long.ratio_low:.1f} to {long.ratio_high:.1f}" in sources["b9-wrong"]


def test_a_slot_is_about_13_minutes_long() -> None:
    book = pcqa.load_demo("appointments")
    kept = book[book["status"] != "Cancelled"]
    assert kept["planned_min"].mean() == pytest.approx(13, abs=0.6)


# task 2


def test_the_second_answer_is_what_the_simulation_gives(sources: dict[str, str], lane: Any) -> None:
    apart, pool, first = (lane.of(way) for way in ("kept apart", *_POOLS))
    key = _key(sources, "b9-2")
    times = apart["mean_wait_days"] / pool["mean_wait_days"]
    assert times == pytest.approx(key.expect["times_as_long"], abs=0.03)
    shown = round(apart["mean_wait_days"], 2) / round(pool["mean_wait_days"], 2)
    assert shown == pytest.approx(key.expect["times_as_long"], abs=0.1)
    assert (round(shown, 1), round(times, 1)) == (2.3, 2.2)
    for told in (shown, round(shown, 1), round(times, 1)):  # of the waits shown, and unrounded
        assert told == pytest.approx(key.expect["times_as_long"], abs=key.within["times_as_long"])
    assert f'{{"times_as_long": {round(shown, 1)}, ' in sources["b9-2-answer"]
    said = "about 2.3 times as long (2.2 from the unrounded waits counts too)"
    assert said in sources["b9-facilitator-task-2"]
    assert first["mean_wait_days"] == pytest.approx(pool["mean_wait_days"])
    assert key.expect["flu_asks"] == pytest.approx(0.45 * 57)
    assert key.expect["settles"] == ("yes" if lane.kept > 0.45 * 57 else "no")
    ways = dict(zip("ABC", ("kept apart", *_POOLS), strict=True))
    others = lane.of("kept apart", "other")["mean_wait_days"]
    good = [
        letter
        for letter, way in ways.items()
        if lane.of(way, "same-day")["not_same_day"] < 0.005
        and lane.of(way, "other")["mean_wait_days"] <= others
    ]
    assert good == [key.expect["way"]]


def test_each_wrong_number_of_task_2_is_what_its_mistake_gives(
    sources: dict[str, str], lane: Any
) -> None:
    apart, pool = lane.of("kept apart"), lane.of("one pool, in order")
    wrong = _wrong(sources, "b9-2")
    one, other = apart["mean_wait_days"], pool["mean_wait_days"]
    assert wrong["upside_down"]["times_as_long"] == pytest.approx(other / one, abs=0.01)
    assert wrong["a_difference"]["times_as_long"] == pytest.approx(one - other, abs=0.01)
    today = lane.of("kept apart", "same-day")["mean_wait_days"]
    assert wrong["one_kind_only"]["times_as_long"] == pytest.approx(today / other, abs=0.1)
    assert wrong["of_the_slots"]["flu_asks"] == pytest.approx(0.45 * 60)
    assert wrong["the_usual_mix"]["flu_asks"] == pytest.approx(0.40 * 57)


def test_what_a_facilitator_is_told_of_hill_lane(sources: dict[str, str], lane: Any) -> None:
    said = sources["b9-facilitator-task-2"]
    last, apart = lane.of(_POOLS[1], "other"), lane.of("kept apart", "other")
    assert f"wait {last['mean_wait_days']:.2f} of a day in place of" in said
    assert f"in place of {apart['mean_wait_days']:.2f}" in said
    flu = pcqa.flow.carve_out(57, 60, kept=0.4, mix=0.45)
    assert 8 < flu.of("kept apart", "same-day")["mean_wait_days"] < 9
    assert flu.of("kept apart", "other")["mean_wait_days"] < 0.1
    assert 4 < flu.of("kept apart")["unused_a_day"] < 5
    assert f"{flu.of(_POOLS[0])['mean_wait_days']:.2f}" == "0.15"


def test_what_pairs_will_find_with_the_widget(sources: dict[str, str]) -> None:
    from pcqa_teach.widgets.carving import times_as_long

    activity = pcqa.widgets.carve_or_pool()
    fair, safe = activity.shared_out(), activity.shared_out(kept=0.5)
    assert times_as_long(fair) == pytest.approx(2, abs=0.2)
    assert fair.of("kept apart", "same-day")["not_same_day"] == pytest.approx(0.45, abs=0.03)
    assert fair.of(_POOLS[1], "same-day")["not_same_day"] < 0.005
    assert safe.of("kept apart", "other")["mean_wait_days"] == pytest.approx(19, abs=0.5)
    full = activity.shared_out(demand=102)
    assert times_as_long(full) < 1.25
    roomy = activity.shared_out(demand=90)
    assert roomy.of("kept apart")["mean_wait_days"] < 0.1
    assert "nearly 19 days over the year" in sources["b9-facilitator-predict"]


# task 3


def test_the_third_answer_is_what_the_simulation_gives(
    sources: dict[str, str], queues: dict[str, pd.Series]
) -> None:
    key = _key(sources, "b9-3")
    assert queues["A"][400] / queues["A"][100] == pytest.approx(key.expect["times"], abs=0.01)
    grew = {letter: queue[400] > 1.5 * queue[100] for letter, queue in queues.items()}
    assert [letter for letter, more in grew.items() if not more] == [key.expect["settled"]]
    assert key.expect["by_itself"] == ("no" if grew["A"] else "yes")
    wrong = _wrong(sources, "b9-3")
    assert wrong["upside_down"]["times"] == pytest.approx(
        queues["A"][100] / queues["A"][400], abs=0.01
    )
    assert wrong["from_the_beginning"]["times"] == pytest.approx(
        queues["A"][400] / queues["A"][25], abs=0.05
    )


def test_what_a_facilitator_is_told_of_dale_end(
    sources: dict[str, str], queues: dict[str, pd.Series]
) -> None:
    said = sources["b9-facilitator-task-3"]
    assert f"{queues['A'][400]:,.0f} ÷ {queues['A'][100]:,.0f} = 2.0" in said
    less = [1 - queues["B"][day] / queues["A"][day] for day in (25, 100, 400)]
    assert less == pytest.approx([0.4] * 3, abs=0.03)
    grown = pcqa.flow.backlog_growth(1000, 1000, 0.10, 0.15, periods=400).table.iloc[-1]
    assert f"({grown['unused']:,.0f})" in said
    assert grown["unused"] == pytest.approx(grown["mean"], rel=0.1)


def test_the_checks_use_other_numbers(sources: dict[str, str]) -> None:
    assert (
        "40 appointments of 12 minutes and 15 of 20 minutes. The book has 60 slots of 12 minutes."
    ) in sources["b9-check"]
    asked, there = 40 * 12 + 15 * 20, 60 * 12
    for said in (
        f"expect={asked - there},",
        f'"demand_alone": ({asked},',
        f"make {asked} minutes asked for, and there are {there}.",
    ):
        assert said in sources["b9-check-1"]
    _, queue, _ = _week([0, 7], [5, 0])
    assert queue[-1] == 7
    assert "5 slots stay empty" in sources["b9-check-2-ask"]
