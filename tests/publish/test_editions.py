from __future__ import annotations

import copy
import os
import sys
from pathlib import Path

import nbformat
import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.publish import editions
from pcqa_teach.publish.check_answers import check_answers


def _everything(notebook) -> str:
    return nbformat.writes(notebook)


def test_a_participants_copy_holds_none_of_the_secrets(lesson, secrets):
    made = _everything(editions.participant(lesson))
    assert not [kind for kind, words in secrets.items() if words in made]


def test_a_participants_copy_keeps_what_is_for_all_and_the_visible_sentence(lesson):
    made = _everything(editions.participant(lesson))
    assert "Curlew stands in plain sight" in made
    assert "Your answer is checked when you hand it in." in made


def test_a_participants_copy_can_be_collected_and_marked(lesson):
    marked = [
        cell.metadata.nbgrader
        for cell in editions.participant(lesson).cells
        if "nbgrader" in cell.metadata
    ]
    assert [marks.grade_id for marks in marked] == ["z9-1", "z9-1-test", "z9-2"]
    assert all(marks.get("checksum") for marks in marked)


def test_a_participants_copy_runs_to_its_end_without_an_answer(lesson):
    names: dict[str, object] = {}
    for cell in editions.participant(lesson).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    assert names["answer_z9_1"] is None


def test_it_is_what_nbgraders_own_generate_makes(lesson, tmp_path, root, monkeypatch):
    """Stock `nbgrader generate_assignment`, but for the gradebook's own bookkeeping."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    programs = Path(sys.executable).parent  # nbgrader calls alembic by its name
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    source = tmp_path / "notebooks" / "core-day1"
    source.mkdir(parents=True)
    nbformat.write(lesson, source / "z9_planted.ipynb")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.db_url = f"sqlite:///{tmp_path}/gradebook.db"
    done = NbGraderAPI(config=config).generate_assignment("core-day1")
    assert done["success"], done.get("log")
    stock = nbformat.read(tmp_path / "release/core-day1/z9_planted.ipynb", as_version=4)
    ours = editions.participant(lesson)
    assert [cell.source for cell in ours.cells] == [cell.source for cell in stock.cells]
    assert [cell.metadata for cell in ours.cells] == [cell.metadata for cell in stock.cells]


def test_a_facilitators_copy_holds_all_and_no_outputs(lesson, secrets):
    lesson.cells[4].outputs = [nbformat.v4.new_output("stream", text="left over")]
    made = _everything(editions.facilitator(lesson))
    assert [kind for kind, words in secrets.items() if words not in made] == []
    assert "left over" not in made


def test_making_an_edition_leaves_the_source_as_it_was(lesson):
    before = copy.deepcopy(lesson)
    editions.participant(lesson)
    editions.facilitator(lesson)
    editions.page(lesson, "facilitator")
    assert lesson == before


def test_a_participants_page_has_no_test_cell_and_no_trace_of_nbgrader(lesson):
    made = _everything(editions.page(lesson, "participant"))
    assert "nbgrader" not in made
    assert "Your answer is checked" not in made


def test_a_facilitators_words_stand_in_a_box_without_a_heading(lesson):
    boxed = editions.page(lesson, "facilitator").cells[1].source
    assert "{admonition} For the facilitator" in boxed
    assert "**Say**\n\n" in boxed
    assert "### Say" not in boxed


def test_a_facilitators_page_boxes_the_model_answer_and_folds_the_tests(lesson):
    cells = editions.page(lesson, "facilitator").cells
    assert "{admonition} A model answer" in cells[7].source
    assert "hide-input" in cells[6].metadata.tags


def test_a_facilitators_page_tells_the_answers_to_check_yourself(lesson):
    new = nbformat.v4.new_code_cell
    checks = [
        *("def check_10(a):\n    pcqa.check(a, expect={10, 2})", "# here\ncheck_10(None)"),
        "%pip check_0(",
        "def check_2(a):\n    pcqa.check(a, expect=0.61, within=0.03, well_done='Yes: its root.')",
        "check_2(None)",
        "checked = True",
    ]
    lesson.cells += map(new, checks)
    told = editions.page(lesson, "facilitator")
    words = "\n\n- **2**: 0.61, give or take 0.03. Its root.\n- **10**: 2 and 10\n::::::"
    assert told.cells[-2].source.endswith(words)
    assert told.cells[-3].source == "check_2(None)"
    nbformat.validate(told)
    assert "0.61, give" not in _everything(editions.page(lesson, "participant"))


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ('{"missed": 6.7, "worth": "no"}, within={"missed": 0.05}',
         "missed: 6.7, give or take 0.05; worth: no"),
        ("[1, 2]", "1, 2"),
        ('"b", within=1', "b"),
        ("1 / 3", "1 / 3"),
        ('"b", well_done="Yes."', "b"),
        ('"b", well_done="Half of it. Yes, half."', "b. Half of it. Yes, half."),
        ('"b", well_done="Right, and in writing."', "b. And in writing."),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_words(expect: str, said: str):
    check = nbformat.v4.new_code_cell(f"def check_1(a): pcqa.check(a, expect={expect})")
    assert check_answers(nbformat.v4.new_notebook(cells=[check])) == (1, f"- **1**: {said}")


def test_a_solution_is_called_a_model_answer_and_its_marks_are_gone():
    source = "answer = None\n### BEGIN SOLUTION\nanswer = 2\n### END SOLUTION"
    one = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    (cell,) = editions.page(one, "facilitator").cells
    assert cell.source == "answer = None\n# A model answer:\nanswer = 2"


def test_a_solution_that_never_ends_is_named_not_shown(lesson, secrets):
    lesson.cells[5].source = lesson.cells[5].source.replace("### END SOLUTION", "")
    with pytest.raises(LessonError, match=r"'z9'.*no end solution") as caught:
        editions.participant(lesson)
    assert secrets["solution"] not in str(caught.value)


def test_what_is_not_a_notebook_is_refused_by_name(tmp_path):
    path = tmp_path / "lesson.ipynb"
    path.write_text("not json")
    with pytest.raises(LessonError, match=r"'lesson\.ipynb' is not a notebook"):
        editions.read(path)
