"""What a participant reads: what helps them, and nothing that a test or the grader knows."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path

import pytest

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.feedback import feedback, pack
from pcqa_teach.classroom.folder import ClassFolder, opened
from pcqa_teach.classroom.grading.repair import is_test, source
from pcqa_teach.classroom.grading.versions import OTHER_VERSION

from . import make, marked

WRONG = {"t1-1": 4, "t1-2": {"mean": 5, "largest": 2, "unit": "day"}}


def _page(course: ClassFolder, code: str, assignment: str = make.ASSIGNMENT) -> str:
    feedback(course, assignment)
    return course.part("feedback", code, assignment, "feedback.html").read_text(encoding="utf-8")


def _words(page: str) -> str:
    """Return what is read aloud of a page."""
    body = page[page.index("<main>") : page.index("</main>")]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def test_a_page_says_the_score_the_hints_and_the_next_step(course: ClassFolder) -> None:
    marked.marks(course, {"p1": WRONG})
    page = _page(course, "p1")
    words = _words(page)
    assert "<dd>2 of 8 points, so far</dd>" in page
    assert words.startswith(
        "Next: in A small lesson (T1) , look again at t1-1. That is the middle one."
    )
    assert "Item by item: 2 of 8 points" in words
    assert "In place: mean, unit. Look again at: largest. That is the smallest." in words
    assert "A person has yet to read this one." in words


def test_a_person_s_mark_brings_the_words_of_the_rubric_and_their_comment(
    course: ClassFolder,
) -> None:
    marked.marks(course, {"p1": marked.RIGHT})
    marked.by_hand(course, "p1", "t1-3", 3, "Good: **test it** on one day first.")
    page = _page(course, "p1")
    assert "<td>3 of 3</td><td>All<p>Good: <strong>test it</strong> on one day first.</p>" in page
    assert "8 of 8 points</dd>" in page
    assert "Next: all of it is right." in _words(page)


def test_what_a_person_marked_over_is_not_told_the_computer_s_way(course: ClassFolder) -> None:
    marked.marks(course, {"p1": marked.RIGHT}, trouble="it never ended")
    marked.by_hand(course, "p1", "t1-1", 1.5, "I read your working.")
    words = _words(_page(course, "p1"))
    row = words[words.index("t1-1") : words.index("t1-2")]
    assert "1.5 of 2" in row
    assert "I read your working." in row
    assert "needs a person" not in row
    assert "A computer could not mark this notebook (it never ended). Your coach will" in words


def test_what_was_mended_is_said_kindly(course: ClassFolder) -> None:
    marked.marks(course, {"p1": marked.RIGHT}, notes=["The test t1-1 had been deleted."])
    words = _words(_page(course, "p1"))
    assert "it cost you nothing: The test t1-1 had been deleted." in words


def test_work_begun_in_another_version_is_not_called_mended(course: ClassFolder) -> None:
    lacked = "The test t1-2 was not in it, and was put in."
    marked.marks(course, {"p1": marked.RIGHT}, notes=[OTHER_VERSION, lacked])
    words = _words(_page(course, "p1"))
    assert "You began this notebook in another version of the lesson" in words
    assert f"some of its cells were put in order: {lacked}" in words
    assert "moved, copied or deleted" not in words


def test_a_lesson_that_was_not_handed_in_is_named_once_and_loses_no_points(tmp_path: Path) -> None:
    course = marked.two_lessons(tmp_path / "two")
    marked.marks(course, {"p1": marked.RIGHT})
    marked.by_hand(course, "p1", "t1-3", 3)
    page = _page(course, "p1")
    assert "<dd>8 of 8 points</dd>" in page
    assert _words(page).startswith("Next: Another lesson (T2) is still to be handed in.")
    assert "t2-1" not in page


def test_a_comment_cannot_act_in_the_page(course: ClassFolder) -> None:
    bad = '<script>fetch("//x")</script><img src=x onerror=alert(1)>[go](javascript:alert(1))'
    marked.marks(course, {"p1": {"t1-1": bad}}, trouble=bad, notes=[bad])
    marked.by_hand(course, "p1", "t1-3", 1, bad)
    page = _page(course, "p1")
    assert "<script" not in page
    assert not re.search(r"<[^>]*\b(on\w+|href|src)\s*=", page)
    assert "default-src 'none'" in page


def test_no_page_holds_a_hidden_test_an_expected_value_or_a_trace(
    b3_template: Path, tmp_path: Path
) -> None:
    import shutil

    course = opened(shutil.copytree(b3_template, tmp_path / "class"))
    day, name = "core-day1", "b3_plot_the_dots"
    keys = make.keys(course, day, name)
    people = {
        "right": {item: key.right_answer for item, key in keys.items()},
        "empty": {},
        **{
            f"wrong-{n}": {
                item: key.misconceptions[n % len(key.misconceptions)].answer
                for item, key in keys.items()
            }
            for n in range(6)
        },
    }
    marked.marks(course, people, assignment=day, name=name)
    marked.marks(course, {"broken": {}}, assignment=day, name=name, trouble="it never ended")
    pages = feedback(course, day)
    assert len(pages) == 9
    cells = json.loads(course.part("source", day, f"{name}.ipynb").read_text())["cells"]
    tests = [line.strip() for cell in cells if is_test(cell) for line in source(cell).splitlines()]
    hidden = {line for line in tests if len(line) > 12}
    numbers = {
        f"{value:g}"
        for key in keys.values()
        for value in dict(key.expect).values()
        if isinstance(value, float)
    }
    assert len(hidden) > 20
    assert numbers
    with zipfile.ZipFile(course.part("feedback", f"{day}.zip")) as archive:
        packed = [archive.read(member).decode() for member in archive.namelist()]
    for text in [page.read_text(encoding="utf-8") for page in pages] + packed:
        plain = html.unescape(text)
        assert not [line for line in hidden if line in plain]
        assert not [number for number in numbers if re.search(rf"\b{number}\b", _words(text))]
        assert not re.search(r"Traceback|judge\(|expect=|HIDDEN|AssertionError|/tmp/", plain)


def test_the_archive_has_a_folder_a_person_under_the_name_that_moodle_gave_it(
    course: ClassFolder,
) -> None:
    marked.marks(course, {"p1": marked.RIGHT, "p2": {}, "p3": {}})
    for code, said in (
        ("p1", "Ann Example_4711_assignsubmission_file\n"),
        ("p2", "../../etc_1_assignsubmission_file"),
    ):
        note = course.part("collected", make.ASSIGNMENT, code, "moodle.txt")
        note.parent.mkdir(parents=True)
        note.write_text(said, encoding="utf-8")
    feedback(course, make.ASSIGNMENT)
    with zipfile.ZipFile(course.part("feedback", f"{make.ASSIGNMENT}.zip")) as archive:
        assert sorted(archive.namelist()) == [
            "Ann Example_4711_assignsubmission_file/feedback.html",
            "p2/feedback.html",
            "p3/feedback.html",
        ]
        assert "<dd>p1</dd>" in archive.read(archive.namelist()[0]).decode()


def test_an_archive_of_no_pages_goes_away(course: ClassFolder) -> None:
    marked.marks(course, {"p1": {}})
    (page,) = feedback(course, make.ASSIGNMENT)
    page.unlink()
    assert pack(course, make.ASSIGNMENT) is None
    assert not course.part("feedback", f"{make.ASSIGNMENT}.zip").exists()


@pytest.mark.parametrize(("given", "said"), [({}, "no answer yet"), (marked.RIGHT, "Right")])
def test_each_outcome_has_its_sentence(course: ClassFolder, given: dict, said: str) -> None:
    marked.marks(course, {"p1": given})
    assert said.lower() in _words(_page(course, "p1")).lower()


def test_an_empty_reflection_is_said_to_be_empty(course: ClassFolder) -> None:
    marked.marks(course, {"p1": marked.RIGHT}, unwritten=["p1"])
    words = _words(_page(course, "p1"))
    assert "say in your own words what you make of it, and what you would do 0 of 3" in words
    assert "0 of 3 It was left empty." in words


def test_the_same_is_not_said_twice_and_stars_stress(tmp_path: Path) -> None:
    own = tmp_path / f"{make.LESSON}.ipynb"
    text = json.dumps(make.lesson())
    own.write_text(text.replace("That is the smallest.", "Look again at what is *largest*."))
    course = make.release(folder.init(tmp_path / "class"), make.ASSIGNMENT, [own])
    marked.marks(course, {"p1": {**WRONG, "t1-1": 5}})
    page = _page(course, "p1")
    assert "In place: mean, unit. Not yet: largest. Look again at what is <em>largest</em>." in page
    assert "go back to t1-2. Look again at what is <em>largest</em>." in page
    assert page.count("ook again at") == 2
