"""A funnel across practices: on the invented network, on every export, and on national files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "own-data" / "d7_funnel_across_practices.ipynb"
EXPORTS = sorted(
    path
    for path in (ROOT / "data" / "synthetic" / "exports").glob("*.*")
    if path.suffix in (".csv", ".xlsx")
)
Run = Callable[..., tuple[str, dict[str, Any]]]


def test_the_invented_network_names_the_recording_and_nobody_by_name(run_lesson: Run) -> None:
    said, names = run_lesson(shown=True)
    found = names["found"]
    assert len(found.practices) == 24
    assert "P18: is a call that nobody picked up stored as missed?" in said
    assert "G118" not in said
    assert "a network of 24 practices that we invented" in said
    assert "here are 200 practices that do" in said


def test_ones_own_practice_may_be_ringed(run_lesson: Run) -> None:
    said, names = run_lesson(mine="G107")
    assert names["found"].mine == "P07"
    assert "Yours is P07: 8.6%" in said


@pytest.mark.parametrize("measure", ["same_day", "telephone", "unknown"])
def test_other_measures_are_compared_too(run_lesson: Run, measure: str) -> None:
    said, names = run_lesson(measure=measure)
    assert names["found"].measure.events == measure
    assert "Traceback" not in said


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_every_export_of_one_practice_gives_a_sentence(run_lesson: Run, export: Path) -> None:
    said, names = run_lesson(export=str(export))
    assert names["found"] is None
    needed = ("a funnel plot needs at least 10", "does not count appointments")
    assert any(words in said for words in needed), said[-300:]
    assert "Traceback" not in said


def test_a_table_of_practices_is_a_network(run_lesson: Run) -> None:
    said, names = run_lesson(export=str(ROOT / "data" / "synthetic" / "funnel_practices.csv"))
    assert len(names["found"].practices) == 200
    assert names["found"].allowed is not None
    assert "These are 200 practices, under numbers." in said
    assert "No export was given" not in said


def test_two_rows_and_no_table_at_all_are_a_sentence_each(run_lesson: Run, tmp_path: Path) -> None:
    short = tmp_path / "two.csv"
    short.write_text("practice,appointments,dna,unknown\nG1,2000,90,10\nG2,1800,70,20\n")
    assert "There are 2 practices" in run_lesson(export=str(short))[0]
    other = tmp_path / "other.csv"
    other.write_text("Tag,Was\n2024-03-01,came\n")
    assert "is in no format that is known here" in run_lesson(export=str(other))[0]


def test_london_as_it_is_downloaded(run_lesson: Run, shared_data: Path) -> None:
    said, names = run_lesson(export=str(shared_data / "london_practice_access_2025-26.csv"))
    assert len(names["found"].practices) == 1112
    assert "In the most deprived group of practices it is 6.7%, in the least deprived 4.0%" in said
    assert "E83003" not in said
