"""An aim and an objective may differ in a few words, and never in what they say."""

from __future__ import annotations

import pytest

from pcqa_teach.authoring.alike import much_the_same

AIM = "say whether the calls of your practice go"


@pytest.mark.parametrize(
    ("aim", "objective"),
    [
        ("tell apart planning and control in a practice",
         "tell planning and control apart in situations of a practice"),
        ("name whose voice your data lack", "name whose voice the data lack"),
        ("explain why it is not the mean", "explain why it isn't the mean"),
        ("say that a chart can’t tell", "say that a chart cannot tell"),
        (f"{AIM} up or down", f"{AIM} down or up"),
        ("tell more from fewer, and say by how much", "tell fewer from more, and by how much"),
        ("carry out a count in a practice", "carry out a count of a practice"),
        ("see that it is not more", "see that it is not greater"),
        ("turn the counts of a week to rates", "turn the counts of a week into rates"),
        ("say for whom it works", "say for whom the unit works"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_the_same(aim: str, objective: str) -> None:
    assert much_the_same(aim, objective)
    assert much_the_same(objective, aim)


@pytest.mark.parametrize(
    ("aim", "objective"),
    [
        ("say what your export can answer", "say what your export cannot answer"),
        ("tell people what your export can do", "tell people what your export can't do"),
        ("name levers that are more staff", "name levers that are not more staff"),
        ("recognise where a formula holds", "recognise where no formula holds"),
        ("say which people come in on a Monday", "say which people go out on a Monday"),
        (f"{AIM} up", f"{AIM} down"),
        (f"{AIM} Up.", f"{AIM} downwards."),
        ("see that there are more calls in a week", "see that there are fewer calls in a week"),
        ("see that there are more calls in a week", "see that there are less calls in a week"),
        ("see more, not fewer, of the calls", "see fewer, not more, of the calls"),
        ("plan a day with extra staff", "plan a day without extra staff"),
        ("draw the limits of a stable chart", "draw the limits of an unstable chart"),
        ("freeze the counts before go-live", "freeze the counts after go-live"),
    ],
)
def test_the_opposite_is_not_the_same_however_alike_its_words(aim: str, objective: str) -> None:
    assert not much_the_same(aim, objective)
    assert not much_the_same(objective, aim)


def test_other_words_are_not_the_same() -> None:
    assert not much_the_same("choose the one that most people meet", "draw a chart of your calls")
