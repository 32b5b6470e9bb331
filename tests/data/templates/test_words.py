"""What the reader says of a sheet's cells and of files that are no sheet at all."""

from __future__ import annotations

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.templates import TEMPLATES
from pcqa_teach.errors import ReadError
from pcqa_teach.measures import phone_log


def test_a_day_without_its_year_is_refused_with_what_to_add(fill):
    row = list(TEMPLATES["tally"].example)
    _, quality = pcqa.read_with_report(fill("tally", [row, row, ["4 March", *row[1:]]]))
    assert [(found.rows, found.why) for found in quality.refused] == [(1, "add the year")]


def test_a_role_in_letters_is_kept(fill):
    row = list(TEMPLATES["appropriateness"].example)
    frame = pcqa.read(fill("appropriateness", [row, [row[0], "ANP", *row[2:]]]))
    assert frame["seen"].tolist() == ["GP", "advanced nurse practitioner"]


def test_a_letter_is_refused_in_few_words(tmp_path):
    path = tmp_path / "letter.csv"
    path.write_text("Dear Dr Quux,\nThank you for seeing Zenobia, who has a cough, and a cold.\n")
    with pytest.raises(ReadError) as refused:
        pcqa.read(path)
    said = str(refused.value)
    assert len(said.split()) < 45
    assert "Quux" not in said
    assert "Python" not in said


def test_a_total_of_counts_is_said_in_the_plural(tmp_path):
    path = tmp_path / "cbt.csv"
    rows = ["Date,Indicator,Time_Category,Value,PRACTICE_CODE"]
    rows += [f"0{day}/10/2025,CBT001,08:00-10:00,{30 + day},Z00001" for day in range(1, 8)]
    path.write_text("\n".join([*rows, "Total,,,217,"]))
    _, quality = pcqa.read_with_report(path)
    assert [found.why for found in quality.set_aside] == ["it would count counts of calls twice"]


def test_calls_on_shared_lines_are_in_no_figure_of_a_practice():
    days = pd.bdate_range("2025-03-03", "2025-03-14")
    rows = [
        {"start": day + pd.Timedelta(hours=8), "minutes": 120, "measure": "All calls",
         "count": count, "practice": whose}
        for day in days for whose, count in (("G001", 30), (None, 7))
    ]  # fmt: skip
    log = phone_log(pd.DataFrame(rows))
    assert log.kept["calls"].sum() == log.bands["count"].sum() == 300
    assert log.notes[0] == (
        "70 calls on lines that several practices share are left out: whose, is not said."
    )
