"""What is true of every lesson: the rules of `pcqa lesson check`, and that the days add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.lessons import day_shortfalls, metadata

pytest.importorskip("nbgrader", reason="nbgrader makes a participant's copy")
from pcqa_teach.authoring import form, graded, ran, words
from pcqa_teach.authoring.source import Rule, Source
from pcqa_teach.run import sharing

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
OWN = [path for path in LESSONS if path.parent.name == "own-data"]
# A lesson's source is run each time. Its untouched copy, and on an export: the first lesson of each
# day in the long run (of those on one's own data each on an export), for `more` the rest.
RUN_AGAIN = (ran.untouched_earns_nothing, ran.gives_nothing_away, ran.runs_on_an_export)
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


def _runs() -> Iterator[Any]:
    days: set[Path] = set()
    for path in LESSONS:
        first = path.parent not in days
        days.add(path.parent)
        for rule in ran.RULES:
            long = first or (rule is ran.runs_on_an_export and path in OWN)
            again = pytest.mark.slow if long else pytest.mark.more
            marks = [again] if rule in RUN_AGAIN else []
            yield pytest.param(path, rule, id=f"{path.stem}-{rule.__name__}", marks=marks)


@pytest.mark.parametrize(("path", "rule"), [*_runs()])
def test_it_keeps_the_rule_when_it_is_run(path: Path, rule: ran.RunRule) -> None:
    assert rule(_run(path)) == []


def test_the_lessons_of_a_day_fit_into_the_day() -> None:
    assert day_shortfalls(map(metadata, LESSONS)) == []


@pytest.mark.parametrize("own", OWN, ids=lambda path: path.stem)
def test_what_a_shared_summary_holds_is_described(own: Path) -> None:
    """Each name that a lesson of "On your own data" shares stands on the page of them."""
    page = (ROOT / "book" / "summary_json.md").read_text(encoding="utf-8")
    number = own.stem.split("_")[0].upper()
    said = page[page.index(f"### {number},") :].split("\n### ")[0]
    described = set(re.findall(r"`([A-Za-z_0-9]+)`", said)) | {"whose", "data", "period"}
    whole = [name for name in described if "_" in name and name.split("_")[0] in ("NAME", "KEY")]
    stems = described - set(whole)
    for name in whole:
        described |= {f"{stem}_{name.split('_', 1)[1]}" for stem in stems}
    found = set(sharing.shared(_run(own).of_source).results)
    assert found, "it shares nothing"
    assert found <= described, sorted(found - described)
