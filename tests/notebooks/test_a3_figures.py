"""Every figure that lesson a3 states is what its data give."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.measures import calendar
from pcqa_teach.measures.outcomes import outcomes

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "readiness" / "a3_access_baseline.ipynb"
FIRST, AFTER = ("2024-07-08", "2024-07-12"), ("2024-07-15", "2024-07-19")
TASK = ("2024-06-17", "2024-06-21")

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    return pcqa.load_demo("appointments")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _week(demo: pd.DataFrame, days: tuple[str, str]) -> dict[str, int]:
    rows = demo[demo["date"].between(*days)]
    found = outcomes(rows)
    counts = {name: int(getattr(found, name).sum()) for name in ("came", "missed", "unknown")}
    filled = sum(counts.values())
    return {
        **counts,
        "filled": filled,
        "unused": int(found.unused.sum()),
        "offered": filled + int(found.unused.sum()),
        "cancelled": int((rows["status"] == "Cancelled").sum()),
        "same_day": int((found.expected & (rows["booking_gap"] == "Same Day").to_numpy()).sum()),
    }


def _asks(days: tuple[str, str]) -> pd.DataFrame:
    rows = pcqa.load_demo("demand_day")
    return rows[rows["date"].between(*days)]


def _held(demo: pd.DataFrame, day: str) -> int:
    held = pcqa.measures.places_held(demo, every="day").set_index("x")["value"]
    return int(held[day])


def test_the_week_of_the_idea_is_as_the_text_says(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    week, asks = _week(demo, FIRST), _asks(FIRST)
    unmet = asks["deferred"] + asks["turned_away"]
    assert (week["offered"], int(asks["asks"].sum())) == (1305, 1081)
    assert (week["unused"], int(unmet.sum()), int(unmet.iloc[0])) == (279, 17, 17)
    monday = _week(demo, (FIRST[0], FIRST[0]))
    assert (monday["unused"], monday["filled"], int(asks["asks"].iloc[0])) == (0, 333, 275)
    assert _held(demo, FIRST[1]) == 777
    for number in ("1,305", "1,081", "279", "17 people", "777 are booked places"):
        assert number in sources["a3-idea-two"]


def test_the_queue_rises_within_most_weeks_and_drops_on_the_next_monday(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    held = pcqa.measures.places_held(demo, every="day").set_index("x")["value"]
    week = held.index.to_period("W")
    first, last = held.groupby(week).first(), held.groupby(week).last()
    assert (last > first).mean() > 0.8
    assert (first.to_numpy()[1:] < last.to_numpy()[:-1]).mean() > 0.8
    assert "Five days cannot say whether it grows." in sources["a3-idea-two"]


def test_many_of_mondays_appointments_were_booked_before(demo: pd.DataFrame) -> None:
    monday = _week(demo, (FIRST[0], FIRST[0]))
    assert monday["same_day"] < monday["filled"] / 2
    rows = demo[(demo["date"] == FIRST[0]) & outcomes(demo).expected]
    assert (rows["booking_gap_days"] >= 14).sum() > 20


def test_the_picture_shows_that_message_and_gives_no_answer_of_b9(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    names: dict[str, Any] = {}
    exec(sources["a3-setup"], names)
    exec(sources["a3-week-chart"], names)
    found = names["four"]
    assert found.message == "More capacity than demand over 5 days, and none of it left on Monday"
    assert "grew" not in found.explain() + found.alt_text
    assert found.varies_more is None  # five days are too few to tell: lesson B9's question


def test_the_worked_example_is_as_the_text_says(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    week = _week(demo, FIRST)
    assert (week["came"], week["missed"], week["unknown"], week["unused"]) == (880, 54, 92, 279)
    assert int(_asks(FIRST)["list_size"].iloc[2]) == 10034
    missed, unknown, filled = week["missed"], week["unknown"], week["filled"]
    of_all, of_known = 100 * missed / filled, 100 * missed / (filled - unknown)
    at_most = 100 * (missed + unknown) / filled
    for said in (
        f"{missed} missed appointments are {of_all:.1f}% of all, and {of_known:.1f}% of those with",
        f"({missed} + {unknown}) / {filled:,} = {at_most:.1f}%",
        f"somewhere between {of_all:.1f}% and {at_most:.1f}%",
        f"{100 * filled / week['offered']:.1f}% were filled",
    ):
        assert said in sources["a3-worked-two"]


def test_the_six_practices_are_real_and_told_truly(
    sources: dict[str, str], shared_data: Path
) -> None:
    six = _published(sources)
    rows = pd.read_csv(shared_data / "london_practice_access_2025-26.csv")
    columns = ["gpad_annual_total_appointments", "gpad_annual_dna", "gpad_annual_status_unknown"]
    there = {tuple(row): size for *row, size in rows[[*columns, "mean_monthly_list_size"]].values}
    for counts in six.values():
        assert 9000 < there[counts] < 11000


def test_what_is_said_of_the_six_is_what_they_give(sources: dict[str, str]) -> None:
    six = _published(sources)
    frame = pd.DataFrame(
        [
            (name, total - dna - unknown, dna, unknown)
            for name, (total, dna, unknown) in six.items()
        ],
        columns=["name", "came", "missed", "unknown"],
    )
    shares = pcqa.measures.missed_shares(frame).set_index("name")
    assert shares["counted"].idxmin() == shares["left_out"].idxmax() == "Practice F"
    assert shares["left_out"].nlargest(2).index.tolist() == ["Practice F", "Practice D"]
    assert (shares["left_out"] - shares["counted"]).idxmax() == "Practice F"
    assert shares["counted"]["Practice F"].round(1) == 4.8
    assert shares["left_out"]["Practice F"].round(1) == 7.2
    assert round(shares["most"]["Practice F"], 1) == 38.4
    assert "from 4.8% to 38.4%" in sources["a3-facilitator-predict"]
    assert round(shares["unknown_share"].min()) == 3
    assert round(shares["unknown_share"].max()) == 34


def _published(sources: dict[str, str]) -> dict[str, tuple[int, int, int]]:
    tree = ast.parse(sources["a3-widget"])
    return ast.literal_eval(tree.body[0].value)  # type: ignore[attr-defined]


def test_london_is_as_published(sources: dict[str, str], shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "london_practice_access_2025-26.csv")
    assert len(rows) == 1112
    n = rows["gpad_annual_total_appointments"]
    months = pd.date_range("2025-04-01", periods=12, freq="MS").to_numpy().astype("datetime64[D]")
    weeks = calendar.working_days(months, "month").sum() / 5
    size = rows["mean_monthly_list_size"]
    said = ast.literal_eval(
        ast.parse(sources["a3-own-london"]).body[-1].value.args[0].args[0]  # type: ignore[attr-defined]
    )
    parts = ["gpad_annual_same_day", "gpad_annual_dna", "gpad_annual_status_unknown"]
    for part, (_, whole, middle) in zip(parts, said[:3], strict=True):
        assert whole == f"{100 * rows[part].sum() / n.sum():.1f}%"
        low, high = (100 * rows[part] / n).quantile([0.25, 0.75])
        assert middle == f"{low:.1f}% to {high:.1f}%"
    low, high = (n / weeks / size * 1000).quantile([0.25, 0.75])
    assert said[3][1] == f"{n.sum() / weeks / size.sum() * 1000:.0f}"
    assert said[3][2] == f"{low:.0f} to {high:.0f}"


def test_the_numbers_of_task_1_are_the_week_after(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    week, asks = _week(demo, AFTER), _asks(AFTER)
    calls = pcqa.load_demo("calls_daily")
    calls = calls[calls["date"].between(*AFTER)]
    numbers = {
        "tally": int(asks["asks"].sum()),
        "places": week["offered"],
        "same_day": week["same_day"],
        "held": _held(demo, AFTER[1]),
        "calls": int(calls["calls"].sum()),
    }
    told = sources["a3-task-1"]
    assert list(_key(sources, "a3-1").expect) == list(numbers)
    for name, number in numbers.items():
        assert f"| `{name}` | {number:,} " in told
    assert calls["first_calls"].sum() < calls["calls"].sum()  # some are the same person again


def test_the_second_answer_is_what_the_measures_give(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    week = _week(demo, TASK)
    key = _key(sources, "a3-2")
    known = week["came"] + week["missed"]
    assert key.expect["counted"] == pytest.approx(100 * week["missed"] / week["filled"], abs=0.005)
    assert key.expect["left_out"] == pytest.approx(100 * week["missed"] / known, abs=0.005)
    rows = demo[demo["date"].between(*TASK)]
    for name, unknown in (("counted", "in"), ("left_out", "out")):
        value = pcqa.measures.dna_rate(rows, unknown=unknown)["value"].iloc[0]
        assert key.expect[name] == pytest.approx(value, abs=0.005)


def test_each_wrong_second_answer_is_what_its_mistake_gives(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    week = _week(demo, TASK)
    wrong = {one.name: one.answer for one in _key(sources, "a3-2").misconceptions}
    missed, filled = week["missed"], week["filled"]
    mistakes = {
        "cancelled_counted": ("counted", missed / (filled + week["cancelled"])),
        "open_places_counted": ("counted", missed / week["offered"]),
        "of_those_who_came": ("left_out", missed / week["came"]),
        "unknown_taken_as_missed": ("counted", (missed + week["unknown"]) / filled),
    }
    for name, (part, share) in mistakes.items():
        assert wrong[name][part] == pytest.approx(100 * share, abs=0.01), name


def test_the_third_answer_and_its_mistakes(sources: dict[str, str], demo: pd.DataFrame) -> None:
    week, asks = _week(demo, TASK), _asks(TASK)
    key = _key(sources, "a3-3")
    size = int(asks["list_size"].iloc[2])  # in the middle of the week
    assert size == 10006
    assert "10,006 people were registered" in sources["a3-task-2"]
    assert key.expect["per_1000"] == pytest.approx(1000 * week["filled"] / size, abs=0.005)
    assert key.expect["filled"] == pytest.approx(100 * week["filled"] / week["offered"], abs=0.005)
    wrong = {one.name: one.answer for one in key.misconceptions}
    known, cancelled = week["came"] + week["missed"], week["cancelled"]
    assert wrong["only_those_who_came"]["per_1000"] == pytest.approx(
        1000 * week["came"] / size, abs=0.01
    )
    assert 100 * week["came"] / week["offered"] == pytest.approx(68.80, abs=0.01)
    filled = {
        "unknown_left_out": known / week["offered"],
        "cancelled_counted": (week["filled"] + cancelled) / (week["offered"] + cancelled),
        "of_the_asks": week["filled"] / asks["asks"].sum(),
    }
    for name, share in filled.items():
        assert wrong[name]["filled"] == pytest.approx(100 * share, abs=0.02), name
    assert wrong["places_not_appointments"]["per_1000"] == pytest.approx(
        1000 * week["offered"] / size, abs=0.01
    )


def test_the_221_and_the_13_are_there_and_all_13_asked_on_monday(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    asks = _asks(TASK)
    unmet = asks["deferred"] + asks["turned_away"]
    assert (_week(demo, TASK)["unused"], int(unmet.sum()), int(unmet.iloc[0])) == (221, 13, 13)
    assert _week(demo, (TASK[0], TASK[0]))["unused"] == 0
    assert "221 places were left open, and 13 people" in sources["a3-task-2-ask-two"]


def test_the_notes_tell_the_sums_of_task_2(sources: dict[str, str], demo: pd.DataFrame) -> None:
    week, told = _week(demo, TASK), sources["a3-facilitator-task-2"]
    names = ("came", "missed", "unknown", "cancelled", "unused", "offered")
    assert [week[name] for name in names] == [827, 60, 94, 41, 221, 1202]
    known, filled = week["came"] + week["missed"], week["filled"]
    for said in (
        f"827 + 60 + 94 = {filled}",
        f"60 / {filled} = {100 * 60 / filled:.1f}%",
        f"60 / {known} = {100 * 60 / known:.1f}%",
        f"it would be {100 * (60 + 94) / filled:.1f}%",
        f"{filled} / 10,006 x 1,000 = {1000 * filled / 10006:.1f}",
        f"{filled} / 1,202 = {100 * filled / 1202:.1f}%",
        "the 41 cancelled",
        "all 13 asked",
    ):
        assert said in told
    assert f"held {filled} appointments" in sources["a3-wrong"]


def test_no_answer_of_task_2_is_printed_in_the_worked_example(sources: dict[str, str]) -> None:
    worked = sources["a3-worked"] + sources["a3-worked-two"]
    for item, names in (("a3-2", ("counted", "left_out")), ("a3-3", ("per_1000", "filled"))):
        expect = _key(sources, item).expect
        assert not [name for name in names if f"{expect[name]:.1f}" in worked]


def test_the_letter_is_an_artefact_of_recording(demo: pd.DataFrame) -> None:
    later, found = (demo["date"] >= "2024-09-09").to_numpy(), outcomes(demo)
    groups = (found.came, found.missed, found.unknown)
    counts = [[int((group & half).sum()) for group in groups] for half in (~later, later)]
    assert counts == [[11035, 746, 1150], [12900, 803, 58]]
    shares = [
        (100 * b / (a + b + c), 100 * b / (a + b), 100 * c / (a + b + c)) for a, b, c in counts
    ]
    assert [[round(one, 1) for one in half] for half in shares] == [
        [5.8, 6.3, 8.9],
        [5.8, 5.9, 0.4],
    ]
    truth = json.loads((ROOT / "data" / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    event = json.dumps(truth)
    assert "2024-09-08" in event  # the planted change of recording: day 240, a Sunday


def test_the_two_halves_are_13_whole_weeks_each(demo: pd.DataFrame) -> None:
    weeks = pcqa.measures.weekly_counts(demo)["x"]
    assert (weeks < "2024-09-09").sum() == (weeks >= "2024-09-09").sum() == 13


def test_the_riverside_list_is_that_of_the_middle_of_the_weeks() -> None:
    asks = pcqa.load_demo("demand_day")
    middle = asks[asks["date"].between("2024-09-02", "2024-09-13")]["list_size"].mean()
    assert round(middle, -2) == 10_100


def test_the_model_answer_tells_the_demos_numbers(
    sources: dict[str, str], demo: pd.DataFrame
) -> None:
    told = sources["a3-5"]
    look = pcqa.measures.first_look(demo, 10_100)
    assert round(float(look.numbers["missed_unknown_counted_percent"] or 0), 1) == 5.8
    assert "5.8%" in told
    assert round(100 / (100 - float(look.numbers["filled_percent"] or 0))) == 6
    assert "one in six stays open" in told
    summer = outcomes(demo[demo["date"] < "2024-09-09"])
    assert 10.5 < summer.expected.sum() / summer.unknown.sum() < 11.5  # one in eleven
