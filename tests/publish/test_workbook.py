from __future__ import annotations

import json
import os
import stat

import nbformat
import pytest

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.publish import workbook
from pcqa_teach.publish.participant import check_code, recall
from pcqa_teach.resources import LessonFile


@pytest.fixture(autouse=True)
def one_lesson(monkeypatch, source):
    """The kit has the planted lesson and no other."""
    lesson = LessonFile("z9_planted", "core-day1", source, is_source=True)
    monkeypatch.setattr(resources, "lessons", lambda: {lesson.name: lesson})


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "my workbook"


def _only(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_new_workbook_holds_the_lesson_a_start_page_and_the_note(folder):
    made = workbook.lay_out(folder, who="coach-7")
    assert _only(folder) == [
        ".pcqa/participant.json",
        "START_HERE.md",
        "core-day1/z9_planted--coach-7.ipynb",
        "make_a_report.ipynb",
    ]
    assert [entry.state for entry in made.entries] == ["new"]


def test_a_participant_never_gets_the_source(folder, secrets):
    workbook.lay_out(folder, who="coach-7")
    everything = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    )
    assert "Curlew stands in plain sight" in everything
    assert [kind for kind, words in secrets.items() if words in everything] == []


def test_links_into_the_book_leave_their_words(folder, source, lesson):
    lesson.cells[0].source = "More in the [glossary](../../book/glossary.md#mean) and [here](x.md)."
    nbformat.write(lesson, source)
    workbook.lay_out(folder, who="coach-7")
    notebook = nbformat.read(folder / "core-day1/z9_planted--coach-7.ipynb", as_version=4)
    assert notebook.cells[0].source == "More in the glossary and [here](x.md)."


def test_whose_it_is_stands_in_the_notebook(folder):
    workbook.lay_out(folder, who="coach-7")
    notebook = nbformat.read(folder / "core-day1/z9_planted--coach-7.ipynb", as_version=4)
    assert notebook.metadata.pcqa.participant == "coach-7"
    nbformat.validate(notebook)


def test_the_code_is_asked_once_and_remembered(folder):
    asked = []

    def ask(question):
        asked.append(question)
        return " blue-kettle "

    workbook.lay_out(folder, ask=ask)
    again = workbook.lay_out(folder, ask=ask)
    assert len(asked) == 1
    assert again.code == "blue-kettle"


def test_a_code_that_will_not_do_is_asked_for_again(folder):
    answers = iter(["Jo Bloggs!", "943 476 5919", "kettle"])
    assert workbook.lay_out(folder, ask=lambda _: next(answers)).code == "kettle"


def test_after_three_bad_codes_nothing_has_been_made(folder):
    with pytest.raises(SetupError, match="No fit code"):
        workbook.lay_out(folder, ask=lambda _: "not good")
    assert not folder.exists()


def test_with_nobody_to_ask_it_says_how_to_give_a_code(folder):
    with pytest.raises(SetupError, match="--code"):
        workbook.lay_out(folder)


@pytest.mark.parametrize(
    "code", ["", "Jo Bloggs", "a/b", "../up", "x" * 33, "9434765919", "943-476-5919", "a--b", "é1"]
)
def test_a_code_is_refused_without_being_repeated(code):
    with pytest.raises(SetupError) as caught:
        check_code(code)
    assert not code or code not in str(caught.value)


def test_what_they_wrote_is_left_as_it_was(folder):
    workbook.lay_out(folder, who="coach-7")
    lesson = folder / "core-day1/z9_planted--coach-7.ipynb"
    start = folder / "START_HERE.md"
    lesson.write_text("my own work")
    start.write_text("my own notes")
    again = workbook.lay_out(folder)
    assert lesson.read_text() == "my own work"
    assert start.read_text() == "my own notes"
    assert [entry.state for entry in again.entries] == ["kept"]
    assert "Left as you had them: 1 of 1 lessons." in again.sentences()


def test_an_improved_lesson_comes_beside_theirs_once(folder, source, lesson):
    workbook.lay_out(folder, who="coach-7")
    theirs = folder / "core-day1/z9_planted--coach-7.ipynb"
    theirs.write_text("my own work")
    lesson.cells[0].source += "\n\nOne more sentence."
    nbformat.write(lesson, source)
    improved = workbook.lay_out(folder)
    again = workbook.lay_out(folder)
    beside = folder / "core-day1/z9_planted--coach-7--improved-2.ipynb"
    assert theirs.read_text() == "my own work"
    assert "One more sentence." in beside.read_text()
    assert ([e.state for e in improved.entries], [e.state for e in again.entries]) == (
        ["updated"],
        ["kept"],
    )
    assert any("has changed since you began it" in said for said in improved.sentences())
    assert beside.name in (folder / "START_HERE.md").read_text()


def test_a_lesson_that_they_deleted_comes_back(folder):
    workbook.lay_out(folder, who="coach-7")
    (folder / "core-day1/z9_planted--coach-7.ipynb").unlink()
    assert workbook.lay_out(folder).entries[0].state == "new"


def test_another_persons_code_does_not_open_a_workbook(folder):
    workbook.lay_out(folder, who="coach-7")
    with pytest.raises(SetupError, match="another code"):
        workbook.lay_out(folder, who="coach-8")


def test_a_damaged_note_is_told(folder):
    workbook.lay_out(folder, who="coach-7")
    (folder / ".pcqa/participant.json").write_text(json.dumps(["?"]))
    with pytest.raises(SetupError, match=r"participant\.json"):
        workbook.lay_out(folder)


def test_the_note_lies_where_only_its_owner_looks(folder):
    workbook.lay_out(folder, who="coach-7")
    assert recall(folder).code == "coach-7"
    if os.name == "posix":
        assert stat.S_IMODE((folder / ".pcqa").stat().st_mode) == 0o700


def test_a_file_is_no_workbook(tmp_path):
    file = tmp_path / "report.docx"
    file.write_text("theirs")
    with pytest.raises(SetupError, match=r"'report\.docx' is a file"):
        workbook.lay_out(file, who="coach-7")
    with pytest.raises(SetupError, match="is a file"):
        workbook.lay_out(file / "inside", who="coach-7")
    assert file.read_text() == "theirs"


@pytest.mark.parametrize(
    ("error", "said"),
    [(PermissionError(13, "no"), "cannot be written to"), (OSError(28, "full"), "no room")],
)
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(folder, monkeypatch, error, said):
    def refuse(*_args, **_more):
        raise error

    monkeypatch.setattr(workbook, "write_whole", refuse)
    with pytest.raises(SetupError, match=said):
        workbook.lay_out(folder, who="coach-7")
    assert not list(folder.rglob("*.ipynb"))
