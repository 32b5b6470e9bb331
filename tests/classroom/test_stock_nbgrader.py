"""The model lesson under stock nbgrader: Generate, then Autograde, nothing of ours between."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.lessons import Key, misconception_cases

pytest.importorskip("nbgrader")

ROOT = Path(__file__).resolve().parents[2]
LESSON = "b3_plot_the_dots"
SOURCE = ROOT / "notebooks" / "core-day1" / f"{LESSON}.ipynb"
WRONG = ("wrong-1", "wrong-2", "wrong-3")

pytestmark = [
    pytest.mark.skipif(not SOURCE.exists(), reason="the lesson is not in this checkout"),
    pytest.mark.xdist_group("nbgrader"),
    pytest.mark.slow,  # a small lesson is held against stock nbgrader in test_equals_stock.py
]


def _cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def _keys() -> dict[str, Key]:
    tests = [cell for cell in _cells(SOURCE) if "### BEGIN HIDDEN TESTS" in _source(cell)]
    return {_marks(cell)["grade_id"]: misconception_cases(_source(cell)) for cell in tests}


def _nbgrader(course: Path, *arguments: str) -> None:
    search = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    folder = str(Path(sys.executable).parent)
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": search, "PATH": folder + os.pathsep + os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]


def _submit(course: Path, who: str, notebook: dict[str, Any]) -> None:
    folder = course / "submitted" / who / "core-day1"
    folder.mkdir(parents=True)
    (folder / SOURCE.name).write_text(json.dumps(notebook), encoding="utf-8")


def _answered(released: Path, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the released lesson's graded cells alone, with these answers in them."""
    notebook = json.loads(released.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if _marks(cell)]
    for cell in notebook["cells"]:
        for name, answer in answers.items():
            stub = re.compile(rf"^{name} = (?:\{{[^}}]*\}}|.*$)", re.MULTILINE)
            cell["source"] = stub.sub(lambda _, n=name, a=answer: f"{n} = {a!r}", _source(cell))
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with our settings, the lesson released, and five notebooks handed in and marked."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks" / "core-day1").mkdir(parents=True)
    shutil.copy(SOURCE, folder / "notebooks" / "core-day1")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    _nbgrader(folder, "generate_assignment", "core-day1", "--force")
    released = folder / "release" / "core-day1" / SOURCE.name
    _submit(folder, "source", json.loads(SOURCE.read_text(encoding="utf-8")))
    _submit(folder, "untouched", json.loads(released.read_text(encoding="utf-8")))
    for place, who in enumerate(WRONG):
        answers = {key.answer_name: key.misconceptions[place].answer for key in _keys().values()}
        _submit(folder, who, _answered(released, answers))
    _nbgrader(folder, "autograde", "core-day1")
    return folder


def _scores(course: Path, who: str) -> dict[str, float]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        marked = book.find_submission_notebook(LESSON, "core-day1", who)
        return {grade.name: grade.auto_score for grade in marked.grades if grade.name in _keys()}


def _said(course: Path, who: str) -> dict[str, str]:
    """Return what each item's test cell printed in the marked copy."""
    path = course / "autograded" / who / "core-day1" / SOURCE.name
    return {
        _marks(cell)["grade_id"]: "".join(
            "".join(output.get("text", "")) for output in cell["outputs"]
        )
        for cell in _cells(path)
        if _marks(cell).get("grade_id") in _keys()
    }


def test_the_source_handed_in_scores_full_marks_on_every_item(course: Path) -> None:
    assert _scores(course, "source") == {item: key.points for item, key in _keys().items()}


def test_the_untouched_copy_runs_to_its_end_and_scores_nothing(course: Path) -> None:
    assert set(_scores(course, "untouched").values()) == {0.0}
    path = course / "autograded" / "untouched" / "core-day1" / SOURCE.name
    for cell in _cells(path):
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error", cell["id"]
            assert output.get("name") != "stderr", cell["id"]
    assert all("no answer yet" in said for said in _said(course, "untouched").values())


def test_three_wrong_answers_to_an_item_get_three_different_hints(course: Path) -> None:
    for item, key in _keys().items():
        told = [_said(course, who)[item] for who in WRONG]
        assert len(set(told)) == 3
        for place, words in enumerate(told):
            assert key.misconceptions[place].hint in words


def test_wrong_answers_earn_what_the_key_says_they_do(course: Path) -> None:
    for place, who in enumerate(WRONG):
        expected = {item: key.misconceptions[place].earns for item, key in _keys().items()}
        assert _scores(course, who) == pytest.approx(expected)


def test_the_participants_copy_holds_no_solution_test_or_facilitator_cell(course: Path) -> None:
    released = course / "release" / "core-day1" / SOURCE.name
    text = released.read_text(encoding="utf-8")
    for trace in ("BEGIN SOLUTION", "HIDDEN TESTS", "judge(", '"facilitator"'):
        assert trace not in text
    kept = {cell["id"] for cell in _cells(released)}
    tagged = {
        cell["id"] for cell in _cells(SOURCE) if "facilitator" in cell["metadata"].get("tags", [])
    }
    assert tagged
    assert not kept & tagged
    for key in _keys().values():
        assert all(wrong.hint not in text for wrong in key.misconceptions)


def test_each_answer_left_for_a_participant_is_one_statement_with_none_in_each_place(
    course: Path,
) -> None:
    released = course / "release" / "core-day1" / SOURCE.name
    stubs = [_source(cell) for cell in _cells(released) if _marks(cell).get("solution")]
    code = [stub for stub in stubs if "answer_" in stub]
    assert len(code) == len(_keys())
    for stub in code:
        (statement,) = ast.parse(stub).body
        assert isinstance(statement, ast.Assign)
        value = ast.literal_eval(statement.value)
        assert set(value.values() if isinstance(value, dict) else [value]) == {None}
