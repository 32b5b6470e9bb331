"""A participant hears that an answer has arrived, and nothing about whether it is right."""

from __future__ import annotations

from typing import Any

import pytest

from pcqa_teach.lessons import received


def said(answer: Any, capsys: pytest.CaptureFixture[str]) -> str:
    names = {"received": received, "answer_b3_1": answer}
    exec("received('Task 1', 'answer_b3_1')", names)
    return capsys.readouterr().out.strip()


def test_a_right_and_a_wrong_answer_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = {"mean": 155.4, "upper": 241.7}, {"mean": "no idea", "upper": -1}
    assert said(right, capsys) == said(wrong, capsys)
    assert said(right, capsys).startswith("Task 1: all 2 parts received; it is marked when")


def test_it_says_how_much_is_still_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert said({"a": 1, "b": None, "c": None}, capsys) == (
        "Task 1: 1 of its 3 parts received, 2 are still None."
    )
    assert "no answer yet" in said({"a": None}, capsys)


@pytest.mark.parametrize("answer", [object(), {1: 2}, lambda: 1, [[[[[[[[1]]]]]]]]])
def test_what_is_no_answer_raises_nothing(answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be read" in said(answer, capsys)


def test_why_it_cannot_be_read_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(["x" * 5_000] * 5, capsys) == (
        "Task 1: that cannot be read, as it is far too long. Give numbers, or words in quotation "
        "marks."
    )
    assert "as it holds half a character. Give" in said("\ud800", capsys)


def test_a_missing_name_raises_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    received("Task 9", "answer_that_was_deleted")
    assert "Task 9: no answer yet" in capsys.readouterr().out
