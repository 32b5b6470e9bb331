"""Every figure that lesson b4 states is what its data give."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.juran import response_table, response_to
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day1" / "b4_two_kinds_of_response.ipynb"
BEFORE, AFTER = ("2019-03-01", "2020-02-01"), ("2020-04-01", "2021-02-01")
GAPS = {
    "on the same day": "Same Day",
    "1 day ahead": "1 Day",
    "2 to 7 days": "2 to 7 Days",
    "8 to 14 days": "8 to 14 Days",
    "15 to 21 days": "15 to 21 Days",
    "22 to 28 days": "22 to 28 Days",
    "more than 28 days": "More than 28 Days",
    "not known": "Unknown / Data Issue",
}

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def told(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells work out, run in their order."""
    names: dict[str, Any] = {}
    for cell in (
        "b4-setup", "b4-old-limits", "b4-new-limits", "b4-mix-table", "b4-mix-check",
        "b4-task-1-first-charts", "b4-task-1-last-charts", "b4-task-2-chart", "b4-task-2-table",
    ):  # fmt: skip
        exec(sources[cell], names)
    return names


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _counts(shared_data: Path) -> pd.DataFrame:
    return pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")


def _share(rows: pd.DataFrame, by: list[str]) -> pd.Series:
    count = rows.groupby([*by, "APPT_STATUS"])["COUNT_OF_APPOINTMENTS"].sum().unstack()
    return 100 * count["DNA"] / count.sum(axis=1)


def test_the_example_of_new_limits_is_what_its_prose_says(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    asking, about = told["asking"], told["about"]
    old = pcqa.spc.chart(asking, baseline=("2024-06-03", "2024-11-24"), **about)
    limits = old.limits.iloc[0]
    assert limits["points"] == 25
    assert [round(limits[name], 1) for name in ("centre", "lower", "upper")] == [3.3, 1.6, 5.0]
    lasting = old.points[old.points["shift"]]
    assert lasting["x"].min() == pd.Timestamp("2024-11-25")
    assert lasting["x"].max() == asking["x"].max()
    week_of_the_change = old.points.loc[old.points["x"] == "2024-11-18", "y"].item()
    assert week_of_the_change > limits["centre"]
    assert (asking["x"] < "2024-11-17").sum() - (asking["x"] < "2024-06-03").sum() == 24
    assert "25 weeks, the week of 18 November included" in sources["b4-idea-two"]
    assert "Lesson B1 lets its new level begin two weeks later" in sources["b4-idea-three"]
    b1 = (PATH.parent / "b1_what_is_quality.ipynb").read_text(encoding="utf-8")
    assert 'hold=\\"2024-12-09\\"' in b1  # two weeks after 25 November
    assert "improvement" in old.message


def test_after_the_rebase_nothing_is_unusual(told: dict[str, Any]) -> None:
    rebased = told["rebased"]
    assert [round(value, 1) for value in rebased.limits["centre"]] == [3.3, 1.5]
    assert not rebased.points["signal"].any()
    assert not rebased.limits["trial"].any()
    # a week of 3% would lie inside the old limits and outside the new ones
    old, new = rebased.limits.iloc[0], rebased.limits.iloc[1]
    assert old["lower"] < 3 < old["upper"]
    assert new["upper"] < 3
    # with half of the gain lost the old chart would still show a run below its mean
    assert (old["centre"] + new["centre"]) / 2 < old["centre"]


def test_the_change_of_the_example_was_planted_on_that_day() -> None:
    truth = json.loads((ROOT / "data" / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    event = next(one for one in truth["events"] if one["id"] == "T05")
    assert event["start"] == "2024-11-17"
    assert "results by text" in event["title"]


def test_the_sums_of_the_worked_example(told: dict[str, Any]) -> None:
    two = told["two"].set_index("Booked")
    before = 100 * two["missed before"].sum() / two["before"].sum()
    after = 100 * two["missed after"].sum() / two["after"].sum()
    assert (round(before, 1), round(after, 1)) == (6.6, 4.7)
    new = two["missed after"] / two["after"]
    old_mix = (two["before"] * new).sum() / 10
    assert old_mix == pytest.approx(5.8)
    assert told["new_on_old_mix"]["rate"].iloc[0] == pytest.approx(5.8)
    assert round((old_mix - after) / (before - after), 2) == 0.58
    old = two["missed before"] / two["before"]
    assert (two["after"] * old).sum() / 10 == pytest.approx(5.4)


def _response(number: str, panel: Any) -> int:
    """The number of the response that the library gives to one of the ten charts."""
    frame = pd.DataFrame({"x": range(1, len(panel.values) + 1), "value": panel.values})
    chart = pcqa.spc.chart(
        frame,
        n=None,
        baseline=13,
        improvement="up" if "more is better" in panel.unit else "down",
        target=panel.wanted,
    )
    artefact = "outcomes are stored in another way" if number == "6" else None
    cause = "a change that people can name" if number in {"7", "8", "10"} else None
    key = response_to(chart, artefact=artefact, cause=cause).key
    return response_table().table["key"].tolist().index(key) + 1


@pytest.mark.parametrize(("item", "charts"), [("b4-1", "first_five"), ("b4-2", "last_five")])
def test_the_ten_answers_are_what_the_library_says(
    item: str, charts: str, sources: dict[str, str], told: dict[str, Any]
) -> None:
    found = {f"chart_{no}": _response(no, panel) for no, panel in told[charts].items()}
    assert _key(sources, item).expect == found


def test_all_six_responses_are_needed(sources: dict[str, str]) -> None:
    right = [*_key(sources, "b4-1").expect.values(), *_key(sources, "b4-2").expect.values()]
    assert len(right) == 10
    assert set(right) == set(range(1, 7))


def test_the_task_names_the_responses_in_the_librarys_order(sources: dict[str, str]) -> None:
    said = ["leave it alone", "change the process", "put it right", "keep it if", "mend the data",
            "new limits"]  # fmt: skip
    rows = [line for line in sources["b4-task-1"].splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [str(number) for number in range(1, 7)]
    assert all(word in row for word, row in zip(said, rows, strict=True))


def test_what_is_said_of_single_charts(told: dict[str, Any]) -> None:
    first, last = told["first_five"], told["last_five"]
    assert min(first["1"].values) == first["1"].values[-1]
    assert first["1"].values[-1] > first["1"].limits[0]
    met = [value >= first["5"].wanted for value in first["5"].values]
    assert met[-1]
    assert not any(met[-3:-1])
    assert sum(met) / len(met) == pytest.approx(0.25, abs=0.03)  # about one week in four
    assert all(value > last["8"].limits[1] for value in last["8"].values[14:17])
    assert all(value < last["8"].limits[1] for value in last["8"].values[17:])
    for panel in (*first.values(), *last.values()):
        assert len(panel.values) == 22


def test_the_panels_say_the_same_wanted_level_as_the_table(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    for cell, charts in (("first", "first_five"), ("last", "last_five")):
        rows = sources[f"b4-task-1-{cell}-ask"].splitlines()[2:7]
        for row, panel in zip(rows, told[charts].values(), strict=True):
            wanted = row.split("|")[2]
            said = "nothing is laid down" if panel.wanted is None else f" {panel.wanted:g}"
            assert said in wanted


def test_londons_values_are_those_of_the_open_data(told: dict[str, Any], shared_data: Path) -> None:
    rows = _counts(shared_data)
    rows = rows[rows["month"].between(BEFORE[0], AFTER[1])]
    assert told["share"] == pytest.approx(_share(rows, ["month"]).tolist(), abs=0.0005)


def test_londons_mix_is_that_of_the_open_data(told: dict[str, Any], shared_data: Path) -> None:
    rows = _counts(shared_data)
    mix = told["mix"].set_index("Booked")
    for name, months in (("Before", BEFORE), ("After", AFTER)):
        part = rows[rows["month"].between(*months)]
        by = part.groupby("TIME_BETWEEN_BOOK_AND_APPT")["COUNT_OF_APPOINTMENTS"].sum()
        missed = _share(part, ["TIME_BETWEEN_BOOK_AND_APPT"])
        for booked, gap in GAPS.items():
            assert mix.loc[booked, f"{name}: % of all"] == pytest.approx(
                100 * by[gap] / by.sum(), abs=0.006
            )
            assert mix.loc[booked, f"{name}: % missed"] == pytest.approx(missed[gap], abs=0.006)


def test_crude_and_on_the_old_mix_from_the_open_data(shared_data: Path) -> None:
    rows = _counts(shared_data).rename(columns={"TIME_BETWEEN_BOOK_AND_APPT": "gap"})
    old, new = (rows[rows["month"].between(*months)] for months in (BEFORE, AFTER))

    def tally(part: pd.DataFrame) -> pd.DataFrame:
        count = part.groupby(["gap", "APPT_STATUS"])["COUNT_OF_APPOINTMENTS"].sum().unstack()
        return pd.DataFrame({"missed": count["DNA"], "n": count.sum(axis=1)}).reset_index()

    was, now = tally(old), tally(new)
    names = {"events": "missed", "population": "n", "stratum": "gap", "per": 100}
    same_mix = pcqa.variation.direct_rates(
        now, standard=dict(zip(was["gap"], was["n"], strict=True)), **names
    ).iloc[0]
    other_way = pcqa.variation.direct_rates(
        was, standard=dict(zip(now["gap"], now["n"], strict=True)), **names
    ).iloc[0]
    before, after = other_way["crude"], same_mix["crude"]
    assert (round(before, 2), round(after, 2)) == (6.66, 4.33)
    assert round(same_mix["rate"], 2) == 5.12
    assert round(100 * (same_mix["rate"] - after) / (before - after)) == 34
    assert round(other_way["rate"], 2) == 5.84
    assert round(100 * (before - other_way["rate"]) / (before - after)) == 35


def test_the_third_answer_is_what_the_printed_table_gives(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    mix = told["mix"]
    product = mix["Before: % of all"] * mix["After: % missed"] / 100
    rounded = product.round(2)
    key = _key(sources, "b4-3")
    assert rounded.iloc[0] == key.expect["same_day_row"]
    for total in (product.sum(), rounded.sum()):
        assert round(total, 2) == key.expect["on_the_old_mix"]
        part = 100 * (round(total, 2) - 4.33) / (6.66 - 4.33)
        assert round(part) == key.expect["percent_of_fall_from_mix"]


def test_each_wrong_third_answer_is_what_its_mistake_gives(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    row = told["mix"].iloc[0]
    product = told["mix"]["Before: % of all"] * told["mix"]["After: % missed"] / 100
    mistakes = {
        "new_part": row["After: % of all"] * row["After: % missed"] / 100,
        "old_missed": row["Before: % of all"] * row["Before: % missed"] / 100,
        "per_cent_of_per_cent": row["Before: % of all"] * row["After: % missed"],
        "left_its_row_out": product[1:].sum(),
        "plain_average": told["mix"]["After: % missed"].mean(),
        "crude": 4.33,
        "points_not_part": 5.12 - 4.33,
        "the_other_part": 100 * (6.66 - 5.12) / (6.66 - 4.33),
        "part_of_the_level": 100 * (6.66 - 5.12) / 6.66,
    }
    key = _key(sources, "b4-3")
    stated = {wrong.name: wrong.answer for wrong in key.misconceptions}
    assert set(stated) == set(mistakes)
    for name, value in mistakes.items():
        (given,) = (one for part, one in stated[name].items() if one != key.expect[part])
        assert given == pytest.approx(value, rel=0.012), name


def test_april_2020_is_a_signal_and_the_new_level_did_not_settle(told: dict[str, Any]) -> None:
    chart = told["london_chart"]
    points = chart.points.set_index("x")
    limits = chart.limits.iloc[0]
    assert [round(limits[name], 2) for name in ("centre", "lower", "upper")] == [6.66, 6.10, 7.23]
    assert round(points.loc["2020-04-01", "y"], 2) == 3.38
    assert points.loc["2020-04-01", "outside"]
    assert "improvement" in chart.message
    hasty = pcqa.spc.chart(
        told["london"], n=None, improvement="down", rebase={"2020-04-01": "lockdown"},
        exclude=["2020-03-01"],
    )  # fmt: skip
    crossed = hasty.points[(hasty.points["phase"] == 2) & hasty.points["outside"]]
    assert crossed["x"].tolist() == [pd.Timestamp("2020-10-01")]
    assert round(crossed["y"].item(), 1) == 5.4


def test_the_run_below_the_mean_begins_by_a_hairs_breadth(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    points = told["london_chart"].points.set_index("x")
    assert points.index[points["shift"]].min() == pd.Timestamp("2020-01-01")
    february = points.loc["2020-02-01"]
    assert (round(february["y"], 3), round(february["centre"], 3)) == (6.657, 6.662)
    assert "(6.657 against 6.662)" in sources["b4-task-2-mix"]
    assert not told["london_chart"].points.set_index("x").loc[:"2019-12-01", "signal"].any()


def test_a_signal_of_the_past_is_named_in_the_answer_to_the_own_chart(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {"export": None, "practice": "riverside"}
    exec(sources["b4-setup"], names)
    for cell in ("b4-own-chart", "b4-own-cause", "b4-own-response"):
        exec(sources[cell], names)
    assert capsys.readouterr().out.splitlines()[:3] == [
        "The chart shows: ordinary variation now, and a signal earlier (in the week of 30 Sep "
        "2024).",
        "Do: find out what was different in that week, if nobody has yet. Leave the rest of the "
        "process alone, and keep plotting.",
        "Do not: ask why this week is higher than last week.",
    ]
    assert "Ask what was different in the week of 30 Sep 2024." in names["own"].explain()


def test_the_telephones_of_south_east_london(sources: dict[str, str], shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "gpad_ccg_monthly_se_london_raw.csv")
    count = rows.groupby(["Appointment_Month", "APPT_MODE"])["COUNT_OF_APPOINTMENTS"].sum()
    share = 100 * count.unstack().div(count.groupby(level=0).sum(), axis=0)["Telephone"]
    assert rows["CCG_NAME"].unique().tolist() == ["NHS South East London CCG"]
    for month, percent in (("FEB2020", 14), ("APR2020", 51)):
        assert round(share[month]) == percent
        assert f"{percent}%" in sources["b4-task-2"]


def test_the_second_check_is_right(sources: dict[str, str]) -> None:
    told = re.search(
        r"on the day (\d+)% are missed, of those booked ahead (\d+)%\. Half are .*; all in all "
        r"(\d+)% .* three in four are booked on the day; .* all in all it is ([\d.]+)%",
        sources["b4-check-2-ask"],
    )
    assert told
    same_day, ahead, before, after = map(float, told.groups())
    assert 0.5 * same_day + 0.5 * ahead == before
    assert 0.75 * same_day + 0.25 * ahead == after
    assert f"expect={before:g}," in sources["b4-check-2"]
    assert f'"crude": ({after:g},' in sources["b4-check-2"]
