"""What mutated files once brought to light, each as the smallest file that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pcqa_teach as pcqa

from .judged import everything

PRACTICES = "practice,appointments,dna\nAlder,4210,190\nBeech,3900,240\n"
DAYS = "Monday\tTuesday\tWednesday\tThursday\tFriday"


@pytest.fixture
def read(tmp_path: Path):
    """Read a file from its text or bytes: the frame, and the report."""

    def _read(content: str | bytes, name: str = "export.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return pcqa.read_with_report(path)

    return _read


def test_the_report_of_a_table_without_dates_can_be_written_as_json(read) -> None:
    _, quality = read(PRACTICES)
    written = json.loads(json.dumps(quality.to_dict()))
    assert written["first_date"] is written["last_date"] is None
    assert written["dated"] is False
    assert written["counted"] == 8110


@pytest.mark.parametrize("name", ["list_size", "imd", "deprivation_fifth"])
def test_an_nhs_number_passes_for_nothing_that_a_practice_has(read, name) -> None:
    one, other = "Alder,4210,190,9434765919\n", "Beech,3900,240,3\n"
    frame, quality = read(f"practice,appointments,dna,{name}\n{one}{other}")
    assert quality.n_mended == 1
    assert "9434765919" not in everything(frame) + str(quality)
    assert frame["appointments"].sum() == 8110


@pytest.mark.parametrize(("days", "counts", "refused"), [
    (f"{DAYS}\t\tSunday", "5\t6\t7\t8\t9\t77\t", 1),  # a name was deleted above its count
    (DAYS, "5\t6\t7\t8\t9\t77", 1),  # the row is longer than the days
    (DAYS, "5\t6\t7\t8\t9\t\t77", 1),  # with a blank before what is beyond the days
    (f"{DAYS}\t\tSunday", "5\t6\t7\t8\t9\t\t", 0),
])  # fmt: skip
def test_a_request_below_no_day_is_counted_and_refused(read, days, counts, refused) -> None:
    text = f"\t2 June 2025\n\t{days}\nrequests\t{counts}\n"
    frame, quality = read(b"\xff\xfe" + text.encode("utf-16-le"))
    assert frame["count"].sum() == 35
    named = len([day for day in days.split("\t") if day])
    assert quality.rows_in == named + refused
    assert quality.n_refused == refused
    assert [found.first_rows for found in quality.refused] == [(3,)] * refused
    assert "77" not in everything(frame)


def test_a_month_may_be_written_as_two_numbers(read) -> None:
    from pcqa_teach.data.templates import TEMPLATES

    survey = TEMPLATES["survey"]
    rows = [[f"{month:02d}/2025", *survey.example[1:]] for month in range(1, 4)]
    lines = [[survey.marker], [box.heading for box in survey.boxes], *rows]
    frame, quality = read("\n".join(";".join(line) for line in lines))
    assert sorted(set(frame["month"].dt.strftime("%Y-%m"))) == ["2025-01", "2025-02", "2025-03"]
    assert quality.n_refused == 0


def test_a_log_whose_clock_is_not_known_is_read_by_every_lesson_that_takes_it() -> None:
    from .running import LESSONS

    for lesson in ("d2", "d8"):  # the sentence says: --clock
        assert "clock = None" in LESSONS[lesson].read_text(encoding="utf-8")


def test_an_article_is_put_as_it_is_spoken() -> None:
    from pcqa_teach.sayings import a

    assert a("NHS England file") == "an NHS England file"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["-1e308", "-1e12", "-1e999", "nan", "1e999"])
def test_a_number_beyond_all_numbers_is_left_empty_without_a_warning(read, text) -> None:
    frame, quality = read(f"practice,appointments,dna,imd\nA,900,9,{text}\nB,800,8,21.5\n")
    assert frame["imd"].dropna().tolist() == [21.5]
    assert quality.n_refused == 0


@pytest.mark.parametrize("row", ["Cedar,9,1,,77", 'Cedar,9,1,,"7\n7"', "Cedar,9,1,,,,77"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_what_lies_beyond_the_header_behind_a_blank_is_refused(read, row, end) -> None:
    _, quality = read(PRACTICES + row + end)
    assert (quality.rows_in, quality.n_kept, quality.n_refused) == (3, 2, 1)


def test_blank_cells_beyond_the_header_are_nothing(read) -> None:
    _, quality = read(PRACTICES + 'Cedar,9,1,,,,\n"Elm, ""old""",9,1,,\n')
    assert (quality.rows_in, quality.n_kept) == (4, 4)


def test_a_blank_word_in_capitals_is_no_count_beside_a_crosstab() -> None:
    from .counting import _emis

    corner = ["", "Full Name of the Session Holder", "A", ""]
    header = ["Appointment Date", "", "", "period"]
    assert set(_emis([corner, header, ["1-Jan-25", "", "1", "NULL"]])) == {1}
