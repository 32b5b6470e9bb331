"""A mean that rises can leave people behind; a small test of volunteers cannot show it."""

from __future__ import annotations

import importlib.util

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import ramp_board
from pcqa_teach.widgets.ramp_board import (
    AGE,
    ALL,
    BEFORE,
    CLEAR,
    GROUPS,
    LANGUAGE,
    PLACE,
    STEPS,
    RampBoard,
    Step,
)

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture(scope="module")
def board() -> RampBoard:
    return ramp_board()


@pytest.mark.parametrize("counts", [BEFORE, *(one.counts for one in STEPS)])
def test_each_split_adds_up_to_everybody(counts: dict[str, tuple[int, int]]) -> None:
    for groups in GROUPS.values():
        for part in (0, 1):
            assert sum(counts[group][part] for group in groups) == counts[ALL][part]
    assert all(met <= people for people, met in counts.values())


def test_everybody_gains_while_two_groups_lose(board: RampBoard) -> None:
    assert board.fared(3, ALL) == "better"
    last = {second: board.fared(3, second) for _, second in GROUPS.values()}
    assert last == {
        "65 and over": "worse",
        "needs an interpreter": "worse",
        "most deprived areas": "better",
    }


def test_a_group_may_gain_and_fall_further_behind(board: RampBoard) -> None:
    told = board.told(3, PLACE)
    assert "from 57 to 65" in told
    assert "+2 points before, +10 now" in told


def test_small_tests_of_volunteers_cannot_show_it(board: RampBoard) -> None:
    for place in (0, 1):
        assert {board.fared(place, second) for _, second in GROUPS.values()} == {"few"}


def test_of_ten_and_sixteen_people_nobody_can_tell(board: RampBoard) -> None:
    for second in ("65 and over", "needs an interpreter"):
        now, was = board.share(2, second), board.share(None, second)
        assert now < was - CLEAR
        assert board.fared(2, second) == "few"
    told, _ = board.reveal(2, LANGUAGE, "few")
    assert "from 57 to 40 of 100 (-17 points, 95% interval -41 to +13): too few to say" in told
    assert "So you expected." in told
    assert "-0 to" not in board.told(1, LANGUAGE)


@pytest.mark.parametrize("group", list(BEFORE))
def test_better_and_worse_are_said_only_where_chance_would_hardly_do_it(
    board: RampBoard, group: str
) -> None:
    change, low, high = board.change(3, group)
    people, met = STEPS[3].counts[group]
    were, was = BEFORE[group]
    assert (low, high) == pytest.approx(
        [100 * end for end in confint_proportions_2indep(met, people, was, were, method="newcomb")]
    )
    assert change == pytest.approx(100 * (met / people - was / were))
    assert board.fared(3, group) == ("better" if low > 0 else "worse")
    assert low > 0 or high < 0


def test_a_change_of_surely_few_points_is_about_the_same() -> None:
    unchanged = Step("T", "T", {ALL: (12_000, 6_900)})
    assert RampBoard((unchanged,)).fared(0, ALL) == "same"


@pytest.mark.parametrize(
    ("place", "split", "expected", "told"),
    [
        (0, AGE, "few", "nobody in this test, too few to say"),
        (0, AGE, "better", "You expected better off than before."),
        (3, AGE, "worse", "'65 and over': worse off than before. So you expected."),
        (3, LANGUAGE, "same", "from 57 to 45 of 100"),
        (3, PLACE, "better", "So you expected."),
    ],
)
def test_the_answer_says_how_an_expectation_fared(
    board: RampBoard, place: int, split: str, expected: str, told: str
) -> None:
    said, picture = board.reveal(place, split, expected)
    assert told in said
    assert board.told(place, split) in picture.alt


@pytest.mark.parametrize(
    ("place", "split", "expected"),
    [(0, "", "few"), (9, AGE, "few"), (0, AGE, ""), (0, "<b>", "few")],
)
def test_what_is_missing_is_asked_for(
    board: RampBoard, place: int, split: str, expected: str
) -> None:
    with pytest.raises(LessonError, match=r"^First ") as caught:
        board.reveal(place, split, expected)
    assert "<b>" not in str(caught.value)


def test_the_static_states_are_one_picture_a_test(board: RampBoard) -> None:
    pictures = board.static()
    assert [one.name for one in pictures] == [f"ramp-board-{place}" for place in range(1, 5)]
    assert "2 of 3 groups to watch are worse off" in pictures[3].alt
    assert (
        "Test 1: 6 of 6 are helped the same day, and of the groups to watch nobody can say"
        in pictures[0].alt
    )
    ask, table = board.preface()
    assert "one test at a time" in ask.text
    assert table.frame.iloc[:, 2].tolist() == [58, 100, 75, 72, 71]


@needs_widgets
def test_the_panel_asks_before_it_splits(board: RampBoard) -> None:
    _, step, _, splits, _, guess, buttons, answer = board.panel().children
    buttons.children[0].click()
    assert "First choose" in answer.value
    splits.children[0].value = True
    buttons.children[0].click()
    assert "First tick" in answer.value
    guess.children[2].value = True
    for _ in range(3):
        step.children[2].click()
    buttons.children[0].click()
    assert "worse off than before. So you expected" in answer.value
    assert 'alt="' in answer.value
    controls = [*step.children[1:], *splits.children, *guess.children, *buttons.children]
    assert all(one.description for one in controls)
    assert {type(one).__name__ for one in controls} == {"Checkbox", "Button"}
