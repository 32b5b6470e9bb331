"""What is true of every lesson: the rules of `pcqa lesson check`, and that the days add up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pcqa_teach.lessons import day_shortfalls, metadata

pytest.importorskip("nbgrader", reason="nbgrader makes a participant's copy")
from pcqa_teach.authoring import form, graded, ran, words
from pcqa_teach.authoring.source import Rule, Source

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
READ = (*form.RULES, *graded.RULES, *words.RULES)

pytestmark = pytest.mark.skipif(not LESSONS, reason="there are no lessons in this checkout")


@cache
def _source(path: Path) -> Source:
    return Source.read(path)


@cache
def _run(path: Path) -> ran.Run:
    return ran.Run(_source(path))


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_it_keeps_the_rule(path: Path, rule: Rule) -> None:
    assert rule(_source(path)) == []


@pytest.mark.parametrize(
    "rule",
    [
        # the section on one's own data runs on every export in `test_own_exports.py`
        pytest.param(rule, marks=[pytest.mark.slow] if rule is ran.runs_on_an_export else [])
        for rule in ran.RULES
    ],
    ids=lambda rule: rule.__name__,
)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_it_keeps_the_rule_when_it_is_run(path: Path, rule: ran.RunRule) -> None:
    assert rule(_run(path)) == []


def test_the_lessons_of_a_day_fit_into_the_day() -> None:
    assert day_shortfalls(map(metadata, LESSONS)) == []
