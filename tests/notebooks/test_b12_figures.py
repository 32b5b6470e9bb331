"""Every figure that lesson b12 states is what its data give."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets import baseline_and_reasons

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day3" / "b12_peer_review_of_variation.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")

# Where each of the fourteen written reasons comes from, read by hand.
SORTED = ["person", "us", "person", "system", "nothing", "person", "person", "person", "system",
          "person", "us", "us", "person", "nothing"]  # fmt: skip


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    wanted = ["setup", "three-panels", "worked-table", "task-1-table", "task-2-table",
              "task-3-table", "like-with-like", "check-1", "check-2", "check-3"]  # fmt: skip
    for name in wanted:
        exec(compile(sources[f"b12-{name}"], name, "exec"), names)
    return names


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _by_hand(groups: dict[str, list[float]]) -> dict[str, float]:
    """The sums of the worked example, step by step."""
    each = len(next(iter(groups.values())))
    within = float(np.mean([np.var(one, ddof=1) for one in groups.values()]))
    means = np.array([np.mean(one) for one in groups.values()])
    spread = float(means.var(ddof=1))
    between = max(spread - within / each, 0.0)
    return {
        "within": within,
        "of_means": spread,
        "luck": within / each,
        "between": between,
        "share": 100 * between / (between + within),
    }


def _by_the_kit(groups: dict[str, list[float]]) -> pd.Series:
    frame = pd.DataFrame(groups).melt(var_name="clinician", value_name="weeks")
    return pcqa.variation.components(frame, value="weeks", groups="clinician").table.set_index(
        "level"
    )["variance"]


def test_the_three_panels_show_what_the_text_says(ran: dict[str, Any]) -> None:
    planned = ran["planned"]
    means = planned.groupby(["panel", "clinician"])["weeks"].mean().unstack()
    own, rule, shared = (means.loc[name] for name in ran["plans"])
    assert round(own["B"]) == 6
    assert round(own["D"]) == 18
    assert (rule == 12).all()
    assert np.ptp(shared) < np.ptp(own) / 3
    found = pcqa.variation.spread(
        planned, value="weeks", groups="clinician", panel="panel"
    ).table.set_index("panel")
    first, _, third = ran["plans"]
    assert found.loc[first, "share"] > 0.5 > 0.1 > found.loc[third, "share"]
    assert found.loc[first, "within"] == pytest.approx(found.loc[third, "within"], rel=0.02)
    assert len(planned) == 3 * 60
    assert planned["weeks"].min() >= 1


def test_panels_1_and_3_hold_the_same_people(ran: dict[str, Any]) -> None:
    first, _, third = (np.asarray(weeks) for weeks in ran["plans"].values())
    gaps = [panel - panel.mean(axis=1, keepdims=True) for panel in (first, third)]
    assert gaps[0] == pytest.approx(gaps[1])


def test_the_worked_example_gives_its_own_sums(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    sums = _by_hand(ran["worked"])
    rounded = {name: round(value, 1) for name, value in sums.items()}
    assert rounded == {"within": 10, "of_means": 4, "luck": 2, "between": 2, "share": 16.7}
    assert [np.mean(one) for one in ran["worked"].values()] == [12, 10, 14]
    by_luck = f.sf(5 * sums["of_means"] / sums["within"], 2, 12)  # how often, with no between
    assert by_luck > 0.1
    assert "luck alone could have made those means" in sources["b12-facilitator-task-1"]
    told = sources["b12-worked-two"]
    assert "2 / (2 + 10) = 0.17, or **17%**" in told
    assert "10 / 5 = 2" in told
    kit = _by_the_kit(ran["worked"])
    assert kit["clinician"] == pytest.approx(2, abs=0.01)
    assert kit["within"] == pytest.approx(10, abs=0.01)


def test_the_first_answer_is_what_its_reviews_give(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    sums, key = _by_hand(ran["reviews"]), _key(sources, "b12-1")
    assert key.expect["within"] == pytest.approx(sums["within"], abs=1e-9) == 12
    assert key.expect["between"] == pytest.approx(sums["between"], abs=1e-9) == 27
    assert key.expect["share_percent"] == pytest.approx(sums["share"], abs=0.05)
    kit = _by_the_kit(ran["reviews"])
    assert kit["clinician"] == pytest.approx(27, abs=0.05)
    assert kit["within"] == pytest.approx(12, abs=0.05)
    means = [np.mean(one) for one in ran["reviews"].values()]
    assert means == [6, 11, 12, 15, 20, 20]
    assert np.mean(means) == 14
    assert "64, 9, 4, 1, 36 and 36, together 150" in sources["b12-facilitator-task-1"]
    assert [(one - 14) ** 2 for one in means] == [64, 9, 4, 1, 36, 36]


def test_each_wrong_first_answer_is_what_its_mistake_gives(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    sums = _by_hand(ran["reviews"])
    within, between, spread = sums["within"], sums["between"], sums["of_means"]
    mistakes = {
        "changed_places": {"within": between, "between": within},
        "luck_left_in": {"between": spread},
        "divided_by_the_clinicians": {"between": spread * 5 / 6 - within / 4},
        "luck_of_the_wrong_number": {"between": spread - within / 6},
        "all_the_luck": {"between": spread - within},
        "sum_not_mean": {"within": 6 * within},
        "out_of_within_only": {"share_percent": 100 * between / within},
        "share_of_the_spreads": {
            "share_percent": 100 * between**0.5 / (between**0.5 + within**0.5)
        },
        "not_in_per_cent": {"share_percent": between / (between + within)},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b12-1").misconceptions}
    assert set(mistakes) <= set(stated)
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, rel=0.005), (name, part)


def test_the_second_answer_counts_what_was_written(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    written = ran["written"]
    assert len(written) == len(SORTED) == 14
    blanks = [not words for _, words in written]
    assert blanks == [one == "nothing" for one in SORTED]
    expect = _key(sources, "b12-2").expect
    for source in ("person", "us", "system", "nothing"):
        assert expect[source] == SORTED.count(source)
    told = sources["b12-facilitator-task-2"]
    named = {"person": "For the person", "us": "from us", "system": "from the system"}
    for source, words in {**named, "nothing": "nothing written"}.items():
        places = [place for place, one in enumerate(SORTED, 1) if one == source]
        listed = re.search(rf"{words} {len(places)} \((?:numbers )?([\d, ]+)\)", told)
        assert listed, source
        assert [int(one) for one in listed.group(1).split(",")] == places
    changed = [w for (_, w), s in zip(written, SORTED, strict=True)
               if s == "person" and re.search("tablet|dose", w, re.IGNORECASE)]  # fmt: skip
    assert len(changed) == 4


def test_the_second_task_adds_up_to_its_forty_reviews(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    assert "40 reviews. The default was kept in 26. Here are the other 14" in " ".join(
        sources["b12-task-2"].split()
    )
    cases = pd.DataFrame(
        {
            "kept": [True] * 26 + [False] * 14,
            "source": [""] * 26 + [one.replace("nothing", "") for one in SORTED],
        }
    )
    found = pcqa.juran.shared_baseline(cases, "Next review in 12 weeks")
    assert (found.n, found.departures, found.as_agreed) == (40, 14, 33)
    assert all(weeks != 12 for weeks, _ in ran["written"])


def test_the_third_answer_is_what_the_kit_holds_back(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    counts = pd.Series({row: count for row, (_, count) in ran["year"].items()})
    held = pcqa.variation.held_back(counts)
    assert set(counts.index[held]) == _key(sources, "b12-3").expect["hide"] == {"D", "F"}
    assert ran["total"] == counts.sum() == 156
    assert "156 - 117 - 19 - 11 - 0 - 6 = 3" in sources["b12-facilitator-task-3"]
    example = pd.Series([31, 12, 3, 8])
    assert example.sum() == 54
    assert example[pcqa.variation.held_back(example)].tolist() == [3, 8]


def _said(ask: Any, answer: object) -> str:
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        ask(answer)
    return heard.getvalue()


def test_the_checks_know_their_own_answers(ran: dict[str, Any]) -> None:
    assert _said(ran["check_1"], 7 - 20 / 10).startswith("Yes")
    assert _said(ran["check_2"], 38 + 9).startswith("Yes")
    four = pd.Series([12, 7, 4, 2])
    hidden = four[pcqa.variation.held_back(four)].tolist()
    assert _said(ran["check_3"], hidden).startswith("Yes")
    assert four.sum() == 25
    for ask, wrong in (("check_1", 7), ("check_2", 38), ("check_3", [2])):
        assert _said(ran[ask], wrong).startswith("Not yet")


def test_among_gps_only_no_more_is_left_than_chance_would_give(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    table = ran["like_with_like"](pcqa.measures.appointment_minutes(ran["demo"])).set_index("Who")
    everybody, gps = table.loc["All clinicians"], table.loc["GPs only"]
    assert int(everybody["Between clinicians"].rstrip("%")) >= 20
    assert gps["Between clinicians"] == "0%"
    assert gps["Clinicians"] == 7
    assert everybody["Clinicians"] - gps["Clinicians"] == 8
    assert "The other eight do different *jobs*" in sources["b12-wrong-two"]
    lengths = pcqa.measures.appointment_minutes(ran["demo"])
    means = lengths[~lengths["gp"]].groupby("clinician")["minutes"].mean()
    own = lengths[lengths["gp"]].groupby("clinician")["minutes"].mean()
    assert not means.between(own.min(), own.max()).any()  # the others run to other lengths
    months = ran["demo"]["date"]
    assert (f"{months.min():%B %Y}", f"{months.max():%B %Y}") == ("June 2024", "December 2024")


def test_the_activity_has_the_numbers_that_the_lesson_names(sources: dict[str, str]) -> None:
    activity = baseline_and_reasons()
    found = activity.result()
    assert "it was kept 22 times and departed from 8 times" in sources["b12-predict"]
    assert (activity.kept, len(activity.departures), found.n) == (22, 8, 30)
    told = sources["b12-facilitator-predict"]
    assert "four for the person, two from us, one from the system, one that nobody" in told
    assert found.kinds["count"].tolist() == [22, 4, 2, 1, 1]
