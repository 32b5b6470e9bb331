"""`pcqa run` on mutated files: a whole report or a sentence, never half a folder, nobody named.

Most are run cell by cell in this process, which is what a lesson's kernel does; some through
`run_lesson` itself, on the warm engine, with the folder that it leaves.
"""

from __future__ import annotations

import collections
from pathlib import Path

import pytest

from .dice import seeded
from .running import LESSONS, cells, lightly, whole

FEW, WHOLE = 1, 3
MANY = [range(100, 112), pytest.param(range(112, 150), marks=pytest.mark.more)]
nbformat = pytest.importorskip("nbformat", reason="the lean install and the browser run no lesson")


def _judged(lesson: str, numbers: range, folder: Path, how=cells) -> collections.Counter[str]:
    outcomes: collections.Counter[str] = collections.Counter()
    for number in numbers:
        made = lightly(seeded(number), lesson)
        here = folder / str(number)
        here.mkdir()
        outcome, wrong = how(lesson, made, here)
        assert not wrong, (number, made.seed.name, made.done, wrong)
        outcomes[outcome] += 1
    return outcomes


@pytest.mark.parametrize("lesson", ["d1", "d2", "d3", "d9"])
def test_a_lesson_on_a_mutated_file_answers_or_says_why_not(lesson: str, tmp_path: Path) -> None:
    assert sum(_judged(lesson, range(FEW), tmp_path).values()) == FEW


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("numbers", MANY, ids=str)
def test_many_mutated_files_are_answered_or_refused_by_every_lesson(
    numbers: range, lesson: str, tmp_path: Path
) -> None:
    outcomes = _judged(lesson, numbers, tmp_path)
    assert outcomes["report"], "no file was answered, so no report was tested"


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_folder_is_whole_or_not_there(lesson: str, tmp_path: Path) -> None:
    _judged(lesson, range(500, 500 + WHOLE), tmp_path, whole)
