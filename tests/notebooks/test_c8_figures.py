"""Every figure that lesson c8 states is what its data give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets import ramp_board

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day4" / "c8_facilitating_pdsa_and_people.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _frame(source: str) -> pd.DataFrame:
    """Give the table that a cell lays out, by its first column."""
    [call] = [
        one
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pd.DataFrame"
    ]
    return pd.DataFrame(ast.literal_eval(call.args[0])).set_index("Group")


@pytest.fixture(scope="module")
def asked(sources: dict[str, str]) -> pd.DataFrame:
    return _frame(sources["c8-task-2-table"])


def _interval(row: Any) -> tuple[float, float]:
    was, now = row["Met before"] / row["Asks before"], row["Met after"] / row["Asks after"]
    error = np.sqrt(was * (1 - was) / row["Asks before"] + now * (1 - now) / row["Asks after"])
    return 100 * (now - was - 1.96 * error), 100 * (now - was + 1.96 * error)


def test_the_ramp_at_the_top_has_a_prediction_for_each_test(sources: dict[str, str]) -> None:
    names: dict[str, Any] = {"juran": pcqa.juran}
    code = "\n".join(sources["c8-ramp"].splitlines()[:-1])
    exec(code, names)
    log = names["good"]
    assert log.table["compared"].tolist() == [
        "higher than predicted", "as predicted", "as predicted",
    ]  # fmt: skip
    assert log.ramp["size"].tolist() == [5, 5, 20]


def test_the_worked_example_adds_up(sources: dict[str, str]) -> None:
    split = _frame(sources["c8-worked-table"])
    for part in ("Asks", "Met before", "Met now"):
        assert split[part].iloc[:2].sum() == split.loc["Everybody", part]
    before, now = (100 * split[part] / split["Asks"] for part in ("Met before", "Met now"))
    assert before.tolist() == [60, 60, 60]
    assert now.tolist() == [72, 48, 66]
    (ease, rest, asks), (higher, lower, mean) = split["Asks"], now
    first, second = ease / asks * higher, rest / asks * lower
    assert first + second == pytest.approx(mean)
    assert (
        f"{ease} / {asks} × {higher:.0f}% + {rest} / {asks} × {lower:.0f}% "
        f"= {first:.0f}% + {second:.0f}% = **{mean:.0f}%**"
    ) in sources["c8-worked"]


def test_the_log_of_task_1_says_what_the_key_says(sources: dict[str, str]) -> None:
    rows = re.findall(r"^\| (\d) \| \d+ \w+ \| ([^|]+)\| ([^|]*)\|", sources["c8-task-1"], re.M)
    assert len(rows) == 6
    key = _key(sources, "c8-1").expect
    assert sum(not prediction.strip() for *_, prediction in rows) == key["without_prediction"]
    last = max(int(test) for test, _, prediction in rows if prediction.strip())
    assert last == key["stalled_after"]


def test_no_test_lets_an_urgent_ask_lie_unread(sources: dict[str, str]) -> None:
    assert "each form is read by a person as it comes in" in sources["c8-task-1"]
    assert "within a few minutes (your clinical lead" in sources["c8-task-1"]
    for name in ("c8-task-1", "c8-4"):
        assert "the telephone is answered as ever" in sources[name]
        assert "hour" not in sources[name]


def test_the_changes_of_task_2_are_those_of_its_table(
    sources: dict[str, str], asked: pd.DataFrame
) -> None:
    key = _key(sources, "c8-2").expect
    before = 100 * asked["Met before"] / asked["Asks before"]
    after = 100 * asked["Met after"] / asked["Asks after"]
    change = after - before
    found = {
        "all_change": change["Everybody"],
        "over_65_change": change["65 and over"],
        "interpreter_change": change["Needs an interpreter"],
        "gap_after": after["Under 65"] - after["65 and over"],
    }
    assert {name: round(value, 2) for name, value in found.items()} == {
        name: key[name] for name in found
    }
    for part in asked.columns:
        for groups in (
            ["Under 65", "65 and over"],
            ["English comes easily", "Needs an interpreter"],
        ):
            assert asked.loc[groups, part].sum() == asked.loc["Everybody", part]


def test_the_wrong_changes_are_what_their_mistakes_give(
    sources: dict[str, str], asked: pd.DataFrame
) -> None:
    wrong = {one.name: one.answer for one in _key(sources, "c8-2").misconceptions}
    old = asked.loc["65 and over"]
    assert wrong["counts_not_shares"]["over_65_change"] == old["Met after"] - old["Met before"]
    ratio = {}
    for name, row in asked.iterrows():
        was, now = row["Met before"] / row["Asks before"], row["Met after"] / row["Asks after"]
        ratio[name] = 100 * (now / was - 1)
    stated = wrong["per_cent_of_per_cent"]
    assert stated["all_change"] == pytest.approx(ratio["Everybody"], abs=0.1)
    assert stated["over_65_change"] == pytest.approx(ratio["65 and over"], abs=0.1)
    assert stated["interpreter_change"] == pytest.approx(ratio["Needs an interpreter"], abs=0.1)


def test_the_intervals_of_the_notes(sources: dict[str, str], asked: pd.DataFrame) -> None:
    told = sources["c8-facilitator-task-2"]
    low, high = _interval(asked.loc["65 and over"])
    assert f"from {low:.1f} to {high:.1f}" in told
    low, high = _interval(asked.loc["Needs an interpreter"])
    assert f"{low:.1f} to {high:+.1f}" in told


def test_the_board_says_what_the_notes_say(sources: dict[str, str]) -> None:
    board, told = ramp_board(), sources["c8-facilitator-predict"]
    for group, words in (
        ("65 and over", "down from {} to {}"),
        ("most deprived areas", "{} to {}"),
    ):
        was, now = (round(board.share(at, group)) for at in (None, 3))
        assert words.format(was, now) in told
    sizes = [board.steps[3].counts[one][0] for one in ("65 and over", "needs an interpreter")]
    assert f"two whole groups were worse off, {sizes[0]} and {sizes[1]} people" in told
    for place, fared in ((2, "few"), (3, "worse")):
        assert {board.fared(place, one) for one in ("65 and over", "needs an interpreter")} == {
            fared
        }


def test_the_invented_book_says_what_the_notes_say(sources: dict[str, str]) -> None:
    found = pcqa.demand.equity_split(pcqa.load_demo("appointments"), "age_band")
    most = found.shown.sort_values("ratio").iloc[-1]
    assert most["group"] == "15 to 29"
    assert most["ratio"] == pytest.approx(4 / 3, abs=0.06)
    assert "15 to 29 miss a third more" in sources["c8-facilitator-own"]
