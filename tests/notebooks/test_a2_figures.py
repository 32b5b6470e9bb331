"""Every figure that lesson a2 states is what its data, and the kit's own reader, give."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.invented import as_sheet, read_invented
from pcqa_teach.data.readers.emis_slots import STATUSES as EMIS
from pcqa_teach.data.readers.systmone_appointments import STATUSES as SYSTMONE
from pcqa_teach.errors import ReadError
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.measures.outcomes import outcomes

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "readiness" / "a2_read_your_export.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _typed(source: str) -> str:
    inside = re.search(r'"""(.*?)"""', source, re.DOTALL)
    assert inside
    return inside[1]


@pytest.fixture(scope="module")
def report(sources: dict[str, str]) -> str:
    return _typed(sources["a2-sheet"])


@pytest.fixture(scope="module")
def slots(sources: dict[str, str]) -> pd.DataFrame:
    """The rows of the list of slots, by the number that the spreadsheet shows."""
    sheet = as_sheet(_typed(sources["a2-task-1-sheet"])).set_index("Row")
    return sheet[sheet["A"].str.fullmatch(r"\d\d/\d\d/\d{4}")]


def _readings(text: str) -> dict[str, datetime | None]:
    """Return a date in both orders; None where there is no such date."""

    def read(form: str) -> datetime | None:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            return None

    return {"day-first": read("%d/%m/%Y"), "month-first": read("%m/%d/%Y")}


def test_the_three_answers_of_the_idea_are_the_demos(sources: dict[str, str]) -> None:
    demo = pcqa.load_demo("appointments")
    found = outcomes(demo)
    words = sources["a2-idea-two"]
    assert f"The book printed **{len(demo):,}** rows" in words
    off = int(demo["status"].isin(["Available", "Cancelled"]).sum())
    assert found.expected.sum() == len(demo) - off
    assert f"there were **{found.expected.sum():,}** appointments" in words
    assert f"To **{found.came.sum():,}** of them" in words
    assert f"{len(demo):,} rows" in sources["a2-idea"]
    note = sources["a2-facilitator-idea"]
    assert f"it is {100 * found.missed.sum() / found.expected.sum():.1f}%" in note
    known = found.expected.sum() - found.unknown.sum()
    assert f"is known, {100 * found.missed.sum() / known:.1f}%" in note


def test_the_quality_report_says_what_the_lesson_says(sources: dict[str, str], report: str) -> None:
    frame, quality = read_invented(report, today="2025-03-14")
    assert len(as_sheet(report)) == 17
    parts = (quality.n_kept, quality.n_mended, quality.n_set_aside, quality.n_refused)
    assert (quality.rows_in, parts, quality.appointments) == (16, (8, 1, 6, 1), 9)
    assert sum(parts) == quality.rows_in
    assert report.splitlines()[-1] == "Total,10"
    rows = {finding.what: finding.first_rows for finding in quality.refused + quality.mended}
    assert rows == {"date not readable": (14,), "status not known": (9,)}
    assert str(frame["status"].iloc[3]) == "Unknown"
    assert frame["status"].isin(["Cancelled", "Available"]).sum() == 1
    assert "One of the nine was called off" in sources["a2-worked-four"]
    assert "that leaves eight appointments" in sources["a2-worked-four"]
    assert "1 column is not needed here and was not read." in quality.notes
    assert "INVENTED" not in frame.to_csv()
    note = sources["a2-facilitator-worked"]
    aside = {finding.what: finding.first_rows for finding in quality.set_aside}
    assert aside["header row again"] == (12,)
    assert aside["totals row"] == (17,)
    assert aside["title or other line above the header"] == (1, 2, 3, 4)
    for said in ("in row 12", "in row 9", "in row 14", "in row 17"):
        assert said in note


def test_one_date_with_the_month_first_refuses_the_whole_file(report: str) -> None:
    assert report.count("32/03/2025") == 1
    with pytest.raises(ReadError, match="row 14, that is a date only with the month first"):
        read_invented(report.replace("32/03/2025", "03/13/2025"), today="2025-03-14")


def test_the_first_answer_is_where_the_reader_finds_the_table(
    sources: dict[str, str], slots: pd.DataFrame
) -> None:
    text, key = _typed(sources["a2-task-1-sheet"]), _key(sources, "a2-1")
    _, quality = read_invented(text, today="2025-04-04")
    above = next(one for one in quality.set_aside if one.what.startswith("title"))
    assert key.expect["rows_above"] == above.rows == 5
    sheet = as_sheet(text).set_index("Row")["A"]
    filled = [line for line in sheet.loc[:5] if line]
    stated = {wrong.name: wrong.answer for wrong in key.misconceptions}
    assert stated["blank_rows_left_out"]["rows_above"] == len(filled)
    assert stated["header_counted"]["rows_above"] == 6
    assert sheet[6] == "Appointment Date"
    assert (len(sheet), len(slots), sheet[19]) == (19, 12, "Total")


def test_one_row_alone_proves_the_order(sources: dict[str, str], slots: pd.DataFrame) -> None:
    expect = _key(sources, "a2-1").expect
    proof = [row for row, text in slots["A"].items() if None in _readings(text).values()]
    assert proof == [expect["proof_row"]]
    assert _readings(slots.loc[proof[0], "A"])[expect["order"]] is not None
    ways = set(map(int, re.findall(r"\d+", re.search(r"in \((.*?)\)", sources["a2-1-test"])[1])))
    assert ways == set(slots.index) - {expect["proof_row"]}


def test_the_second_answer_is_what_the_readers_make_of_the_words(sources: dict[str, str]) -> None:
    expect = _key(sources, "a2-2").expect
    rows = re.findall(
        r"^\| ([a-h]) \| (EMIS Web|SystmOne) \| (.+?) \|$", sources["a2-task-2"], re.M
    )
    assert len(rows) == len(expect) == 8
    for letter, system, word in rows:
        known = EMIS if system == "EMIS Web" else SYSTMONE
        assert expect[letter] == known[word], word
    offered = set(re.findall(r"^\| `\"(.+?)\"`", sources["a2-task-2"], re.M))
    assert offered == set(expect.values())
    assert EMIS["Visited and not seen"] == "DNA"  # check three
    assert EMIS["Embargoed"] == EMIS["Blocked"] == "Blocked"


def test_the_third_answer_is_what_the_clock_and_the_kit_say(
    sources: dict[str, str], slots: pd.DataFrame
) -> None:
    text, key = _typed(sources["a2-task-1-sheet"]), _key(sources, "a2-3")
    run = datetime.strptime(re.search(r"Last Run: (.+)", text)[1], "%d-%b-%Y %H:%M")
    booked = slots[slots["E"] == "Booked"]

    def passed(order: str) -> list[Any]:
        return [
            row
            for row, one in booked.iterrows()
            if (day := _readings(one["A"])[order])
            and datetime.combine(day, datetime.strptime(one["B"], "%H:%M").time()) < run
        ]

    assert passed("day-first") == [9, 16]
    assert key.expect["left_booked"] == len(passed("day-first"))
    stated = {wrong.name: wrong.answer["left_booked"] for wrong in key.misconceptions}
    assert stated["every_booked_slot"] == len(booked) == 5
    assert stated["not_yet_or_month_first"] == len(passed("month-first")) == 3
    today = booked[booked["A"] == "04/04/2025"]
    assert stated["not_yet_or_month_first"] == len(passed("day-first")) + len(today)
    frame, _ = read_invented(text, today="2025-04-04")
    found = outcomes(frame)
    assert (found.stale.sum(), found.expected.sum(), found.unknown.sum()) == (2, 8, 2)
    assert (found.came.sum(), found.missed.sum()) == (4, 2)
    note = sources["a2-facilitator-task-3"]
    assert "2 of 8, or 25%" in note
    assert "2 of 6, or 33%" in note
    assert "Two: rows 9 (2 April) and 16 (3 April)" in note


def test_the_checks_are_sums_that_come_out(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"pcqa": pcqa}
    told = re.search(
        r"Of (\d+) .* (\d+) were attended, (\d+) were missed, and (\d+) were left",
        sources["a2-check-4-ask"],
    )
    assert told
    past, attended, missed, left = map(int, told.groups())
    assert attended + missed + left == past
    right = {
        1: 212 - 1 - 190 - 12 - 6,
        2: "C",
        3: EMIS["Visited and not seen"],
        4: {"lowest": 100 * missed / past, "highest": 100 * (missed + left) / past},
    }
    for place, answer in right.items():
        exec(sources[f"a2-check-{place}"], names)
        names[f"check_{place}"](answer)
        assert capsys.readouterr().out.startswith("Yes"), place
    wrong: list[tuple[int, Any]] = [
        *((1, number) for number in (212 - 190 - 12 - 6, 211 - 190 - 12, 211 - 190 - 6)),
        (4, {"lowest": round(100 * 12 / 228, 1), "highest": 10}),
        (4, {"lowest": 5, "highest": 100 * 12 / 240}),
    ]
    for place, answer in wrong:
        names[f"check_{place}"](answer)
        out = capsys.readouterr().out.strip()
        assert out.startswith(("Not yet. ", "Partly. "))
        assert not out.endswith(("the worked example.", "highest.", "lowest.")), (place, answer)


def test_the_dates_of_check_two_are_refused_as_it_says() -> None:
    rows = "Appointment date,Appointment status\n05/06/2025,Finished\n12/06/2025,Finished\n"
    assert len(read_invented(rows, today="2025-07-01")[0]) == 2
    with pytest.raises(ReadError, match="column 'Appointment date', row 4"):
        read_invented(rows + "06/13/2025,Finished\n", today="2025-07-01")
