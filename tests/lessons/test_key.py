"""The key of an item is read from its test cell, without running the cell."""

from __future__ import annotations

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import judge, misconception_cases

CELL = """
print("Task 1 is marked when you hand this in.")
### BEGIN HIDDEN TESTS
from pcqa_teach.lessons import judge

judge(
    "b3-1",
    answer_b3_1,
    expect={"mean": 6.66, "flagged": {3, 9}},
    within={"mean": 0.01},
    misconceptions={
        "median": ({"mean": 13.36 / 2}, "That is the median."),
        "one_point": ({"flagged": {3}}, "There is another."),
        "too_many": (lambda a: len(a["flagged"]) > 3, "Too many.", {"flagged": [1, 2, 3, 9]}),
    },
    points=2,
)
### END HIDDEN TESTS
"""


def test_the_key_holds_what_the_cell_says() -> None:
    key = misconception_cases(CELL)
    assert (key.item, key.answer_name, key.points) == ("b3-1", "answer_b3_1", 2.0)
    assert key.right_answer == {"mean": 6.66, "flagged": [3, 9]}
    assert [(case.name, case.earns) for case in key.misconceptions] == [
        ("median", 1.0),
        ("one_point", 1.0),
        ("too_many", 0.0),
    ]


def test_each_wrong_answer_earns_what_the_key_says_and_gets_its_hint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = misconception_cases(CELL)
    for case in key.misconceptions:
        names = {"judge": judge, key.answer_name: case.answer}
        exec(compile(CELL.replace("\njudge(", "\nearned = judge("), "cell", "exec"), names)
        assert names["earned"] == case.earns
        assert case.hint in capsys.readouterr().out


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "judge(",
        "1 + 1",
        'judge("a", answer, expect=1)\njudge("a", answer, expect=1)',
        'points = judge("a", answer, expect=1)',
        'judge("a", 3, expect=1)',
        'judge("a", answer)',
        'judge("a", answer, **key)',
        'judge("a", answer, expect=secret)',
        'judge("a", answer, expect=__import__("os").getcwd())',
        'judge("a", answer, expect=(1).__class__)',
        'judge("a", answer, expect=open("x"))',
        'judge("a", answer, expect=1, misconceptions={"b": 2})',
        'judge("a", answer, expect=1, misconceptions={"b": (lambda a: a > 2, "no example")})',
    ],
)
def test_a_cell_that_cannot_be_read_as_a_key_is_refused(cell: str) -> None:
    with pytest.raises(LessonError):
        misconception_cases(cell)
