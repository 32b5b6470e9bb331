"""Every figure that lesson b13 states is what its data give."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.demand import PUBLISHED
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets import who_reaches_whom

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day3" / "b13_systems_and_neighbours.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    wanted = ["setup", "levers", "worked-network", "survey", "task-1-table", "task-2-links",
              "task-3-table", "check-1", "check-2", "check-3"]  # fmt: skip
    for name in wanted:
        exec(compile(sources[f"b13-{name}"], name, "exec"), names)
    return names


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _wrong(key: Key, name: str) -> Any:
    return next(wrong.answer for wrong in key.misconceptions if wrong.name == name)


def test_the_tally_is_that_of_four_weeks_and_says_what_the_text_says(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    tally, weeks = ran["tally"], ran["demo"].head(4)
    assert tally.n == weeks["contacts"].sum()
    failures = weeks[[*ran["causes"]]].to_numpy().sum()
    assert tally.failures == failures
    assert f"about {100 * failures / tally.n:.0f} were failure demand" in sources["b13-idea-two"]
    outside = tally.row("failure demand: wider system")["count"] / failures
    assert 0.44 < outside < 0.56
    assert len(weeks) == 4
    assert [str(day.date()) for day in tally.dates] == ["2024-01-15", "2024-02-09"]


def test_the_published_figure_is_the_one_kept_in_the_kit(sources: dict[str, str]) -> None:
    figure = PUBLISHED["failure demand"]
    assert figure.percent == 20
    assert figure.comparable
    assert "20 in 100, half caused in the practice" in sources["b13-idea-two"]
    assert "self-published" in figure.source


def test_the_worked_map_is_counted_right(sources: dict[str, str], ran: dict[str, Any]) -> None:
    small = ran["small"]
    assert [sorted(names) for names in small.reach("Nurse", 3)] == [
        ["Chemist", "School"],
        ["Care home", "Library"],
        ["Walking group"],
    ]
    assert len(small.names) == 6
    assert small.without("Library").parts[-1] == ["Walking group"]
    assert "2 + 2 = **4**" in sources["b13-worked-two"]


def test_the_worked_answers_are_summed_right(sources: dict[str, str]) -> None:
    told = sources["b13-worked-two"]
    listed = re.search(r"Five people answered: (.*?)\.\n", told)
    assert listed
    five = [[int(one) for one in re.findall(r"\d", person)] for person in listed[1].split(";")]
    frame = pd.DataFrame(five, columns=["item1", "item2", "item3"])
    assert pcqa.partners.collaborate_score(frame).share == 40
    total = frame.to_numpy().sum()
    assert f"{total} / {frame.size} = {total / frame.size:.1f} of 9" in told
    assert (frame == 9).all(axis=1).tolist() == [True, False, False, True, False]


def test_the_survey_is_as_its_facilitator_says(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    groups = ran["survey"].groups
    assert round(groups["share"][0]) == 43
    assert groups["n"][0] == 600
    assert groups["lower"][1:].max() < groups["upper"][1:].min()
    assert '"Is 43% good?"' in sources["b13-facilitator-worked"]
    assert "600 people" in sources["b13-worked-two"]


def test_the_activitys_answers_are_those_that_the_facilitator_is_told(
    sources: dict[str, str],
) -> None:
    activity = who_reaches_whom()
    found = activity.network()
    assert len(found.names) == 10
    reached = {who: (found.reached(who, 1), found.reached(who)) for who in activity.starts}
    assert reached == {"GP": (3, 5), "Pharmacist": (2, 6), "Library": (3, 5)}
    told = sources["b13-facilitator-predict"]
    assert "GP: 3 in one step, 5 in two. Pharmacist: 2 and 6. Library: 3 and 5." in told
    assert found.table["two_steps"].max() == 6


def test_the_first_answer_sorts_every_cause_once_and_starts_with_the_largest(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    expect, behind = _key(sources, "b13-1").expect, ran["behind"]
    piles = [expect["ours"], expect["shared"], expect["neither"]]
    assert sorted(one for pile in piles for one in pile) == list(range(1, 11))
    assert len(behind) == 10
    largest = max(expect["shared"], key=lambda cause: behind[cause - 1][1])
    assert expect["first"] == largest == 2
    sums = [sum(behind[cause - 1][1] for cause in pile) for pile in piles]
    told = sources["b13-facilitator-task-1"]
    assert "A brings {} contacts a week, B {}, C {}".format(*sums) in told
    assert "A: 1, 4, 7, 10. B: 2, 5, 6, 8. C: 3, 9. First: 2" in told
    assert "Here you know what lay behind: go by that." in sources["b13-task-1-ask"]
    assert behind[1][1] == _wrong(_key(sources, "b13-1"), "contacts_not_number")["first"] == 31


def test_the_second_answer_is_what_the_map_gives(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found, expect = ran["neighbours"], _key(sources, "b13-2").expect
    names = {"gp": "GP partner", "link": "Link worker", "chemist": "Chemist"}
    for part, who in names.items():
        assert expect[part] == [found.reached(who, 1), found.reached(who)]
    assert expect["ask_first"] == max(names, key=lambda part: expect[part][1])
    assert max(names, key=lambda part: expect[part][0]) == "gp"
    before = {name for part in found.parts[1:] for name in part}
    after = {name for part in found.without("Link worker").parts[1:] for name in part}
    assert after - before == {expect["cut_off"]}
    assert before == {"NHS 111"}


def test_each_wrong_second_answer_is_what_its_mistake_gives(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found, key = ran["neighbours"], _key(sources, "b13-2")
    names = {"gp": "GP partner", "link": "Link worker", "chemist": "Chemist"}
    for part, who in names.items():
        one, two = found.reach(who)
        assert _wrong(key, "only_the_second_step")[part] == [len(one), len(two)]
        assert _wrong(key, "counted_the_start")[part] == [len(one), len(one) + len(two) + 1]
    friends = found.reach("Link worker", 1)[0]
    double = len(friends) + sum(len(found.reach(one, 1)[0]) - 1 for one in friends)
    assert _wrong(key, "counted_twice")["link"] == [4, double]
    forward = pcqa.partners.network_metrics(
        [pair for pair in ran["links"] if pair != ("Practice nurse", "Link worker")]
    )
    one_way = [forward.reached("Link worker", 1), forward.reached("Link worker")]
    assert _wrong(key, "a_link_in_one_direction_only")["link"] == one_way
    for name in ("another_way_round", "carers_another_way_round"):
        other = _wrong(key, name)["cut_off"]
        assert other in found.without("Link worker").parts[0]
    rest = found.without("Lunch club").parts[1:]
    assert [_wrong(key, "another_bridge")["cut_off"]] in rest


def test_the_third_answer_is_what_the_twenty_gave(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    frame = pd.DataFrame(
        [[int(one) for one in person.split()] for person in ran["twenty"]],
        columns=["item1", "item2", "item3"],
    )
    found, key = pcqa.partners.collaborate_score(frame).groups.iloc[0], _key(sources, "b13-3")
    assert (found["n"], found["top"], found["share"]) == (20, 8, 40)
    assert key.expect == {"top_percent": 40, "no_room": 8, "reading": 3}
    assert "from 22% to 61%" in sources["b13-facilitator-task-3"]
    assert (round(found["lower"]), round(found["upper"])) == (22, 61)
    assert _wrong(key, "any_nine")["top_percent"] == 100 * (frame == 9).any(axis=1).mean()
    assert _wrong(key, "mean")["top_percent"] == pytest.approx(found["mean"])
    nines = 100 * (frame == 9).to_numpy().mean()
    assert _wrong(key, "share_of_the_answers")["top_percent"] == pytest.approx(nines, abs=0.05)
    assert round(frame.to_numpy().mean()) == 8
    assert [4, 3, 4] in frame.to_numpy().tolist()


def test_the_ceiling_is_the_published_one_wherever_it_is_named(sources: dict[str, str]) -> None:
    assert "crowd at the top (*Patient Education and Counseling*, 2022)" in sources["b13-wrong"]
    for name in ("b13-worked-three", "b13-words"):
        assert "37.5%" in sources[name]
        assert "17%" in sources[name]
        assert "2022" in sources[name]
    from pcqa_teach.partners.collaborate_words import CEILING

    assert all(part in CEILING for part in ("37.5%", "17%", "2022"))


def _said(ask: Any, answer: object) -> str:
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        ask(answer)
    return heard.getvalue()


def test_the_checks_know_their_own_answers(sources: dict[str, str], ran: dict[str, Any]) -> None:
    assert _said(ran["check_1"], "b").startswith("Yes")
    two = pcqa.partners.network_metrics(
        [("carer", "warden"), ("carer", "vicar"), ("warden", "food bank"), ("vicar", "food bank"),
         ("vicar", "school")]
    )  # fmt: skip
    assert _said(ran["check_2"], two.reached("carer")).startswith("Yes")
    four = [[int(one) for one in re.findall(r"\d", person)]
            for person in re.search(r"CollaboRATE: (.*?)\. What",
                                    sources["b13-check-3-ask"])[1].split(";")]  # fmt: skip
    share = pcqa.partners.collaborate_score(
        pd.DataFrame(four, columns=["item1", "item2", "item3"])
    ).share
    assert _said(ran["check_3"], share).startswith("Yes")
    for ask, wrong in (("check_1", "A"), ("check_2", 5), ("check_3", 75)):
        assert _said(ran[ask], wrong).startswith("Not yet")
