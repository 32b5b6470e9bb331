"""Every figure that lesson e2 states is what its data give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import misconception_cases
from pcqa_teach.measures.outcomes import outcomes

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "academy" / "e2_data_community.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")

DICTIONARY = pd.DataFrame(
    {
        "column": ["week", "working_days", "appointments", "attended", "dna", "unknown", "minutes"],
        "meaning": "",
        "unit": "",
        "lowest": [None, 4, 600, 500, 0, 0, 5000],
        "highest": [None, 5, 1500, 1500, 200, 200, 15000],
    }
)


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    for name in ("setup", "four-pulls", "monday", "worked-table", "widget", "task-1-table",
                 "task-2-table", "task-2-mondays", "task-3-table"):  # fmt: skip
        exec(compile(sources[f"e2-{name}"], name, "exec"), names)
    return names


def test_the_four_pulls_are_july_in_the_invented_book(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    book = ran["demo"]
    july = book["date"].dt.month.eq(7).to_numpy()
    found = outcomes(book)
    assert int((found.missed & july).sum()) == ran["missed"]
    assert int((found.came & july).sum()) == ran["came"]
    assert int((found.unknown & july).sum()) == ran["unknown"]
    assert int((book["status"].eq("Cancelled") & july).sum()) == ran["cancelled"]
    assert int((found.unused & july).sum()) == ran["empty"]
    wholes = np.cumsum([ran["missed"] + ran["came"], ran["unknown"], ran["cancelled"],
                        ran["empty"]])  # fmt: skip
    shares = (100 * ran["missed"] / wholes).round(1).tolist()
    assert shares == [5.7, 5.2, 5.0, 3.9]
    assert "From 3.9% to 5.7%" in sources["e2-idea-two"]


def test_the_belief_about_mondays_holds(sources: dict[str, str], ran: dict[str, Any]) -> None:
    monday = ran["monday"]
    assert monday.verdict == "holds"
    assert monday.mean == pytest.approx(1.6, abs=0.05)
    assert [round(monday.low, 1), round(monday.high, 1)] == [1.0, 2.2]
    assert len(monday.table) == 25
    assert (monday.table["difference"] > 0).mean() > 0.8
    assert "about one and a half in a hundred more" in sources["e2-idea-three"]
    assert "With all 25 weeks the interval is narrower: 1.0 to 2.2" in sources["e2-worked-two"]


def test_the_worked_example_gives_its_own_sums(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    shown = ran["first"]["difference"].round(1).to_numpy()
    assert np.abs(shown).tolist() == [3.0, 0.0, 1.2, 2.1, 1.5, 3.2, 4.7, 1.2]
    assert shown.sum() == pytest.approx(14.5)
    told = sources["e2-worked-two"]
    assert "3.0 + 0.0 + 1.2 + 2.1 + 1.5 + 3.2 + 4.7 - 1.2 = 14.5" in told
    mean, spread = round(shown.mean(), 1), round(shown.std(ddof=1), 1)
    error = round(spread / 2.83, 2)
    reach = round(2.36 * error, 1)
    for said in (
        f"Divided by 8: **{mean}** points",
        f"The standard deviation of the eight is **{spread}**",
        f"{spread} divided by the square root of 8, which is 2.83: **{error}**",
        f"2.36 × {error} = {reach}",
        f"from {mean} - {reach} to {mean} + {reach}: "
        f"**{mean - reach:.1f} to {mean + reach:.1f}** points",
    ):
        assert said in told
    eight = pcqa.variation.myth_test(
        pd.DataFrame(
            {
                "week": [*range(8)] * 2,
                "day": ["Monday"] * 8 + ["rest"] * 8,
                "missed": [*ran["first"]["group"], *ran["first"]["rest"]],
                "all": 100,
            }
        ),
        period="week", group="day", of="Monday", events="missed", cases="all", claim="Mondays",
    )  # fmt: skip
    assert [round(eight.low, 1), round(eight.high, 1)] == [0.3, 3.4]
    assert "Without rounding on the way, 0.3 to 3.4" in told
    assert eight.arithmetic()["factor"] == pytest.approx(2.36, abs=0.006)


def test_what_is_predicted_is_what_the_pictures_show(sources: dict[str, str]) -> None:
    names: dict[str, Any] = {}
    exec(sources["e2-setup"], names)
    made = []
    names["pcqa"].widgets.predict_first, real = made.extend, names["pcqa"].widgets.predict_first
    try:
        exec(sources["e2-widget"], names)
    finally:
        names["pcqa"].widgets.predict_first = real
    assert len(made) == 3
    for one in made:
        said = one["choices"][one["right"]].casefold().removeprefix("it ")
        assert one["picture"]().verdict == said, one["ask"]


def test_the_first_answer_is_what_the_dictionary_finds(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    extract = ran["extract"]
    assert len(extract) == 13
    found = pcqa.data.validate(
        extract, DICTIONARY, key="week", sums={"appointments": ["attended", "dna", "unknown"]}
    )
    rows = {
        rule: places
        for rule, places in zip(found.table["rule"], found.table["rows"], strict=True)
        if places
    }
    key = misconception_cases(sources["e2-1-test"])
    assert rows["no week twice"] == [key.expect["twice"]]
    assert rows["appointments = attended + dna + unknown"] == [key.expect["sum"]]
    assert [places for rule, places in rows.items() if rule.startswith("minutes")] == [
        [key.expect["unit"]]
    ]
    assert extract.index[extract["working_days"] == 4].tolist() == [key.expect["odd_but_right"] - 1]
    row = extract.iloc[key.expect["sum"] - 1]
    assert row["attended"] + row["dna"] + row["unknown"] - row["appointments"] == 90


def test_the_second_answer_is_what_the_book_gives(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    words = {"too small to matter": "too small", "the other way round": "other way"}
    verdicts = {
        letter: words.get(found.verdict, found.verdict)
        for letter, (_, found) in ran["tested"].items()
    }
    key = misconception_cases(sources["e2-2-test"])
    assert verdicts == {one: key.expect[one] for one in "PQRS"}
    assert {len(found.table) for _, found in ran["tested"].values()} == {26}
    counts = ran["counts"]
    told = sources["e2-facilitator-task-2"]
    for day, much in (("Monday", 64), ("Other days", 48)):
        of = counts.loc[day]
        assert round(100 * of.loc["ahead", "n"] / of["n"].sum()) == much
        assert f"{much}%" in told
    missed = (100 * counts["missed"]).round(1)
    assert missed.xs("same day", level="booked").tolist() == [2.6, 2.6]
    assert missed.xs("ahead", level="booked").tolist() == [9.2, 8.3]
    assert "9.2% and 8.3%" in told


def test_the_third_answer_is_what_the_two_maps_give(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found = pcqa.variation.agreement(ran["mapped"], first="first", second="second")
    key = misconception_cases(sources["e2-3-test"])
    assert 100 * found.agreed == pytest.approx(key.expect["agreed_percent"])
    assert found.kappa == pytest.approx(key.expect["kappa"], abs=0.005)
    assert found.by_chance == pytest.approx(0.82 * 0.78 + 0.18 * 0.22)
    assert found.pabak == pytest.approx(0.68)
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["not_divided"]["kappa"] == pytest.approx(0.84 - 0.679, abs=0.005)
    assert wrong["divided_by_chance"]["kappa"] == pytest.approx((0.84 - 0.679) / 0.679, abs=0.005)
