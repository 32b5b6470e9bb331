"""An export that somebody has said how to read, as the tables that a lesson takes as they are."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pcqa_teach import browser
from pcqa_teach.data import read_with_report
from pcqa_teach.form import steps, webpage
from pcqa_teach.juran.promised import by_kind
from pcqa_teach.run.mapped import Reading, tidied

BOOK = (
    Path(__file__).resolve().parents[2]
    / "data" / "synthetic" / "exports" / "systmone_appointments_clean.csv"
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A telephone log of ten working days in summer, every call at eleven: no clock is told."""
    rows = ["Call start,Direction,Outcome,Caller number,Wait (secs),Talk (secs)"]
    for day in range(14):
        when = datetime.date(2025, 7, 1) + datetime.timedelta(day)
        if when.weekday() < 5:
            rows += [
                f"{when:%d/%m/%Y} 11:{call:02d}:00,Inbound,Answered,07700900{call:03d},{call},120"
                for call in range(60)
            ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("clock", "hour"), [("local", 11), ("utc", 12)])
def test_the_clock_that_was_told_counts_where_dates_are_told_too(
    clock: str, hour: int, log: Path, tmp_path: Path
) -> None:
    with tidied([log], Reading(None, "day-first", clock), project=tmp_path) as given:
        frame, _ = read_with_report(given[0])
    assert set(frame["start"].dt.hour) == {hour}


def test_files_of_several_kinds_are_a_table_each_on_a_desk_and_in_a_page(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tidied([log, BOOK], Reading(None, "day-first", "utc"), project=tmp_path) as given:
        found = by_kind(given, project=tmp_path)
    assert {kind: len(frame) for kind, frame in found.frames.items()} == {
        "calls": 600, "appointments": len(BOOK.read_bytes().splitlines()) - 1,
    }  # fmt: skip
    monkeypatch.setenv("PCQA_PROJECT", str(tmp_path))
    monkeypatch.setattr(browser, "_FOLDER", tmp_path / "memory")
    monkeypatch.setattr(browser, "_in_a_page", lambda: True)
    held = webpage._given([log, BOOK], steps.How(dates="day-first", clock="utc"))
    assert isinstance(held, list)
    assert set(by_kind(held).frames) == {"calls", "appointments"}


def test_a_clock_alone_is_told_to_the_lesson_and_the_export_stays_as_it_is(log: Path) -> None:
    with tidied([log], Reading(clock="utc")) as given:
        assert given == [log]
