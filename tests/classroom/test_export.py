"""Marks for other programs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom.export import export, inert
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.cli import app
from pcqa_teach.errors import RunError

from . import make, marked


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def course_marked(course: ClassFolder) -> ClassFolder:
    marked.roster(course, "p1,Ann,Example,ann@example.org,North", "p2,,,=cmd@example.org,")
    marked.marks(course, {"p1": marked.RIGHT, "p2": {"t1-1": 4}})
    marked.by_hand(course, "p1", "t1-3", 2.5, "=HYPERLINK(1) is\nno answer, Ann")
    return course


def test_plain_has_a_row_a_participant_and_item(course_marked: ClassFolder, tmp_path: Path) -> None:
    out = tmp_path / "marks.csv"
    assert export(course_marked, out, make.ASSIGNMENT) == 6
    rows = {(row["code"], row["item"]): row for row in _read(out)}
    assert len(rows) == 6
    one = rows["p1", "t1-3"]
    assert (one["group"], one["score"], one["max_score"]) == ("North", "2.5", "3")
    assert (one["marked_by_a_person"], one["waiting"]) == ("yes", "no")
    two = rows["p2", "t1-1"]
    assert (two["score"], two["outcome"], two["misconception"]) == ("0", "wrong", "median")
    assert rows["p2", "t1-3"]["score"] == ""


def test_moodle_has_a_row_a_participant_and_a_column_an_item(
    course_marked: ClassFolder, tmp_path: Path
) -> None:
    out = tmp_path / "moodle.csv"
    assert export(course_marked, out, make.ASSIGNMENT, form="moodle") == 2
    one, two = _read(out)
    assert list(one) == ["ID number", "Email address", "t1-1", "t1-2", "t1-3", "Total",
                         "Feedback comments"]  # fmt: skip
    assert list(one.values())[:6] == ["p1", "ann@example.org", "2", "3", "2.5", "7.5"]
    assert one["Feedback comments"] == "t1-3: =HYPERLINK(1) is no answer, Ann"
    assert two["Feedback comments"] == "t1-1: That is the middle one."


def test_in_moodle_s_form_there_is_no_total_before_all_is_read(
    course_marked: ClassFolder, tmp_path: Path
) -> None:
    out = tmp_path / "moodle.csv"
    export(course_marked, out, form="moodle")
    assert [row["Total"] for row in _read(out)] == ["7.5", "-"]
    assert _read(out)[1]["t1-3"] == "-"


def test_no_cell_begins_as_a_formula_does(course_marked: ClassFolder, tmp_path: Path) -> None:
    for form in ("plain", "moodle"):
        out = tmp_path / f"{form}.csv"
        export(course_marked, out, form=form)
        with out.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@") and cell]
        assert not [cell for cell in cells if cell[:1] == "-" and cell != "-"]
    assert "'=cmd@example.org" in cells


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "|x", "%x", "\r=1"])
def test_each_sign_that_a_spreadsheet_runs_is_made_inert(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


def test_a_text_with_another_separator_in_it_stays_in_one_cell(
    course: ClassFolder, tmp_path: Path
) -> None:
    marked.marks(course, {"p1": {}})
    marked.by_hand(course, "p1", "t1-3", 1, "well;=1+1")
    export(course, tmp_path / "marks.csv")
    assert '"well;=1+1"' in (tmp_path / "marks.csv").read_text(encoding="utf-8")


def test_a_file_that_exists_is_left_unless_it_is_to_be_replaced(
    course_marked: ClassFolder, tmp_path: Path
) -> None:
    out = tmp_path / "marks.csv"
    out.write_text("mine")
    with pytest.raises(RunError, match="add --replace"):
        export(course_marked, out)
    assert out.read_text() == "mine"
    export(course_marked, out, replace=True)
    assert len(_read(out)) == 6


def test_the_command_writes_either_form(course_marked: ClassFolder, tmp_path: Path) -> None:
    out = tmp_path / "moodle.csv"
    ran = CliRunner().invoke(
        app,
        ["classroom", "export", make.ASSIGNMENT, "--form", "moodle", "-o", str(out),
         "--class", str(course_marked.path)],
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("2 rows:")
    assert len(_read(out)) == 2


def test_everybody_of_the_roster_has_a_row_and_what_was_not_handed_in_no_mark(
    tmp_path: Path,
) -> None:
    course = marked.two_lessons(tmp_path / "two")
    marked.roster(course, "p1,,,,", "p2,,,,", "p3,,,p3@example.org,South")
    marked.marks(course, {"p1": marked.RIGHT, "p2": {}})
    marked.by_hand(course, "p1", "t1-3", 2)
    assert export(course, tmp_path / "moodle.csv", form="moodle") == 3
    one, two, three = _read(tmp_path / "moodle.csv")
    assert [one[f"t1-{n}"] for n in (1, 2, 3)] == ["2", "3", "2"]
    assert {one[f"t2-{n}"] for n in (1, 2, 3)} == {"-"}
    assert (one["Total"], two["Total"]) == ("7", "-")
    assert list(three.values()) == ["p3", "p3@example.org", *["-"] * 7, ""]
    assert export(course, tmp_path / "plain.csv") == 18
    rows = [row for row in _read(tmp_path / "plain.csv") if row["code"] == "p3"]
    assert {(row["group"], row["handed_in"], row["score"]) for row in rows} == {("South", "no", "")}


def test_what_is_open_and_who_handed_in_nothing_is_said(
    course_marked: ClassFolder, tmp_path: Path
) -> None:
    marked.roster(course_marked, *(f"p{n},,,," for n in range(1, 4)))
    command = ["classroom", "export", "--class", str(course_marked.path), "-o"]
    ran = CliRunner().invoke(app, [*command, str(tmp_path / "m.csv"), "--form", "moodle"])
    assert ran.output.splitlines()[-2:] == [
        "The total is open for 1 person: 1 reflection is still to be read.",
        "1 person of the roster handed in nothing: p3.",
    ]
    ran = CliRunner().invoke(app, [*command, str(tmp_path / "p.csv")])
    assert ran.output.splitlines()[1:] == ["1 person of the roster handed in nothing: p3."]


def test_stars_that_stress_are_dropped(course: ClassFolder, tmp_path: Path) -> None:
    marked.marks(course, {"p1": {}})
    marked.by_hand(course, "p1", "t1-3", 1, "work *against* failures, 2 * 3")
    for form in ("plain", "moodle"):
        export(course, tmp_path / f"{form}.csv", form=form)
        text = (tmp_path / f"{form}.csv").read_text(encoding="utf-8")
        assert "work against failures, 2 * 3" in text
