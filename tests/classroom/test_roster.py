"""A roster as spreadsheets write it is read; what is wrong with one is named with its row."""

from __future__ import annotations

import codecs

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom import retention
from pcqa_teach.classroom import roster as rosters
from pcqa_teach.classroom.folder import ROSTER, ClassFolder
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked

PLAIN = 'code,first_name,group\r\na-1,"Ann, B",North\r\n\r\nb-2,Bo,South\r\n'
WAYS = {
    "commas": PLAIN.encode(),
    "semicolons": b"code;first_name;group\na-1;Ann, B;North\n\nb-2;Bo;South\n",
    "tabs": b"code\tfirst_name\tgroup\r\na-1\tAnn, B\tNorth\r\n\r\nb-2\tBo\tSouth",
    "a byte mark": codecs.BOM_UTF8 + PLAIN.encode(),
    "a line for Excel": b"sep=;\r\nCode ;First_Name;Group\r\na-1;Ann, B;North\r\nb-2;Bo;South\r\n",
    "all of it": codecs.BOM_UTF8 + b'"sep=;"\r\n'.replace(b'"', b"")
    + b'"code";"first_name";"group"\r\n"a-1";"Ann, B";North\r\n"b-2";Bo;South\r\n',
    "sixteen bits": codecs.BOM_UTF16_LE + PLAIN.replace(",", "\t").encode("utf-16-le"),
    "code alone": b"code\na-1\nb-2\n",
}  # fmt: skip


def _write(course: ClassFolder, content: bytes | str) -> None:
    content = content.encode() if isinstance(content, str) else content
    (course.path / ROSTER).write_bytes(content)


def _said(course: ClassFolder, content: bytes | str) -> str:
    _write(course, content)
    with pytest.raises(ClassroomError) as refused:
        course.roster()
    return str(refused.value)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_read_as_a_spreadsheet_wrote_it(course: ClassFolder, way: str) -> None:
    _write(course, WAYS[way])
    people = course.roster()
    assert list(people) == ["a-1", "b-2"]
    if way != "code alone":
        assert people["b-2"].group == "South"
        assert people["a-1"].first_name.strip('"').startswith("Ann")


@pytest.mark.parametrize("way", WAYS)
def test_somebody_forgotten_leaves_every_other_byte(course: ClassFolder, way: str) -> None:
    _write(course, WAYS[way])
    retention.forget(course, ["a-1"])
    gone = [line for line in WAYS[way].splitlines(keepends=True) if b"a-1" in line]
    left = (course.path / ROSTER).read_bytes()
    if way == "sixteen bits":
        whole = WAYS[way].decode("utf-16").replace('a-1\t"Ann\t B"\tNorth\r\n', "")
        assert left == codecs.BOM_UTF16_LE + whole.encode("utf-16-le")
    else:
        assert left == WAYS[way].replace(gone[0], b"")
    assert list(course.roster()) == ["b-2"]


def test_what_is_wrong_with_a_code_is_named_with_its_row(course: ClassFolder) -> None:
    assert _said(course, "code;group\na-1;N\nBlue Kettle!;N\n").startswith(
        f"Row 3 of {ROSTER}: 'Blue Kettle!' is no code. A code has up to 32 letters and digits"
    )
    assert _said(course, "code,group\n,North\n").startswith(f"Row 2 of {ROSTER}: there is no code.")
    said = _said(course, "code\n943 476 5919\n")
    assert "NHS number" in said
    assert "943" not in said


def test_a_code_that_is_there_twice_is_named_with_both_rows(course: ClassFolder) -> None:
    said = _said(course, "code,group\na-1,N\nb-2,N\n\na-1,S\n")
    assert said == f"{ROSTER} has the code 'a-1' in rows 2 and 5: each person has one."


def test_a_first_row_without_codes_is_shown(course: ClassFolder) -> None:
    said = _said(course, "Kennung;Name\na-1;Ann\n")
    assert "one of them 'code': they are 'Kennung' and 'Name'." in said
    assert "it is empty" in _said(course, "")


def test_letters_of_another_coding_are_said_to_be_that(course: ClassFolder) -> None:
    assert "save it as 'CSV UTF-8'" in _said(course, "code,first_name\na-1,Zoë\n".encode("cp1252"))


def test_a_roster_that_is_not_there_is_said_not_to_be_there(course: ClassFolder) -> None:
    (course.path / ROSTER).unlink()
    with pytest.raises(
        ClassroomError, match=f"There is no {ROSTER} in 'class': put your copy"
    ) as no:
        course.roster()
    assert ",".join(rosters.COLUMNS) in str(no.value)


def test_before_anything_is_handed_out_the_roster_is_read(course: ClassFolder) -> None:
    _write(course, "code\nno code!\n")
    before = {path: path.stat().st_mtime_ns for path in course.path.rglob("*")}
    command = ["classroom", "release", "core-day1", "--class", str(course.path)]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 1
    assert "'no code!' is no code" in ran.output
    assert "making" not in ran.output
    assert {path: path.stat().st_mtime_ns for path in course.path.rglob("*")} == before


def test_an_empty_roster_brings_the_next_step(
    course: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pcqa_teach.classroom import release

    nothing = release.Release(make.ASSIGNMENT, (), course.path, (), 0)
    monkeypatch.setattr(release, "release", lambda *_, **__: nothing)
    ran = CliRunner().invoke(
        app, ["classroom", "release", make.ASSIGNMENT, "--class", str(course.path)]
    )
    assert "fill in roster.csv and run this again." in ran.output


def test_marks_for_somebody_of_such_a_roster_have_their_group(course: ClassFolder) -> None:
    _write(course, WAYS["semicolons"])
    marked.marks(course, {"a-1": {}})
    assert course.roster()["a-1"].group == "North"
