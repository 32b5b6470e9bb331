"""What is true of every lesson, read from its source."""

from __future__ import annotations

import ast
import json
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.lessons import (
    Key,
    day_shortfalls,
    judge,
    metadata,
    misconception_cases,
    parts,
    shortfalls,
)
from pcqa_teach.run import sharing

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
OWN = [path for path in LESSONS if path.parent.name == "own-data"]

# The order of a lesson's sections; the headings of a lesson begin with these words.
SECTIONS = [
    "What you will be able to do",
    "Set up",
    "One idea",
    "Worked example",
    "Predict, then reveal",
    "Your turn",
    "Check yourself",
    "What people get wrong",
    "On your own data",
    "What will you do on Monday?",
    "Key points",
    "Words used",
    "Sources",
]
NOT_ON_OWN_DATA = {"Predict, then reveal", "Your turn", "Check yourself"}

pytestmark = pytest.mark.skipif(not LESSONS, reason="there are no lessons in this checkout")


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def lesson(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: dict[str, Any]) -> list[str]:
    return cell["metadata"].get("tags", [])


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def _is_test(cell: dict[str, Any]) -> bool:
    return bool(_marks(cell).get("grade")) and not _marks(cell).get("solution")


def _is_manual(cell: dict[str, Any]) -> bool:
    return bool(_marks(cell).get("grade")) and bool(_marks(cell).get("solution"))


def _headings(lesson: dict[str, Any]) -> list[str]:
    words = "\n".join(
        _source(cell)
        for cell in lesson["cells"]
        if cell["cell_type"] == "markdown" and "facilitator" not in _tags(cell)
    )
    return re.findall(r"^#{2,3} (.+?)\s*$", words, re.MULTILINE)


def _keys(lesson: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Key]]:
    for cell in lesson["cells"]:
        if _is_test(cell):
            yield cell, misconception_cases(_source(cell))


def test_it_is_kept_without_outputs_and_with_its_keys_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lesson = json.loads(text)
    for cell in lesson["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    wanted = json.dumps(lesson, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert text == wanted


def test_every_cell_has_an_id_of_its_own(lesson: dict[str, Any]) -> None:
    ids = [cell["id"] for cell in lesson["cells"]]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", name) for name in ids)


def test_it_opens_anywhere(lesson: dict[str, Any]) -> None:
    assert lesson["metadata"]["kernelspec"]["name"] == "python3"
    assert set(lesson["metadata"]) <= {"kernelspec", "language_info", "pcqa"}
    assert (lesson["nbformat"], lesson["nbformat_minor"]) >= (4, 5)


def test_it_says_what_it_is(path: Path) -> None:
    meta = metadata(path)
    assert meta.assignment == path.parent.name
    assert path.stem.startswith(f"{meta.id}_")
    assert 3 <= len(meta.objectives) <= 4
    assert all(name.startswith(f"{meta.id}-") for name in meta.objectives)


def test_its_minutes_add_up(path: Path, lesson: dict[str, Any]) -> None:
    assert shortfalls(metadata(path), parts(lesson)) == []


def test_the_lessons_of_a_day_fit_into_the_day() -> None:
    assert day_shortfalls(map(metadata, LESSONS)) == []


def test_it_begins_with_its_title_and_a_question(path: Path, lesson: dict[str, Any]) -> None:
    first = _source(lesson["cells"][0])
    assert first.startswith(f"# {metadata(path).title}\n")
    assert "?" in first


def test_its_sections_come_in_order(path: Path, lesson: dict[str, Any]) -> None:
    found = [
        section
        for heading in _headings(lesson)
        for section in SECTIONS
        if heading.casefold().startswith(section.casefold())
    ]
    own_data = path.parent.name == "own-data"
    needed = [name for name in SECTIONS if not (own_data and name in NOT_ON_OWN_DATA)]
    assert [name for name in SECTIONS if name in found] == found
    assert set(needed) <= set(found)


def test_it_takes_an_export_in_one_cell(lesson: dict[str, Any]) -> None:
    tagged = [cell for cell in lesson["cells"] if "parameters" in _tags(cell)]
    assert len(tagged) == 1
    lines = _source(tagged[0]).splitlines()
    assert any(line.startswith("export = None") for line in lines)
    assert any(line.startswith('practice = "riverside"') for line in lines)


def test_each_objective_is_met_by_a_check_or_a_graded_item(
    path: Path, lesson: dict[str, Any]
) -> None:
    met = {key.item for _, key in _keys(lesson)}
    met |= {_marks(cell)["grade_id"] for cell in lesson["cells"] if _is_manual(cell)}
    for cell in lesson["cells"]:
        met |= set(cell["metadata"].get("pcqa", {}).get("meets", []))
    assert set(metadata(path).objectives) <= met


def test_its_marks_are_nbgraders_own(lesson: dict[str, Any]) -> None:
    marked = [_marks(cell) for cell in lesson["cells"] if _marks(cell)]
    assert len({marks["grade_id"] for marks in marked}) == len(marked)
    for marks in marked:
        assert marks["schema_version"] == 3
        assert {"grade", "solution", "locked", "task"} <= set(marks)
        if marks["grade"]:
            assert marks["points"] > 0


def test_each_graded_item_has_a_key_that_can_be_read(lesson: dict[str, Any]) -> None:
    for cell, key in _keys(lesson):
        source = _source(cell)
        shown, hidden = source.split("### BEGIN HIDDEN TESTS\n")
        assert key.item in _marks(cell)["grade_id"]
        assert key.points == pytest.approx(_marks(cell)["points"])
        assert hidden.rstrip().endswith("### END HIDDEN TESTS")
        what, said = ast.parse(shown).body
        assert ast.unparse(what) == "from pcqa_teach.lessons import received"
        assert re.fullmatch(rf"received\('[^']+', '{key.answer_name}'\)", ast.unparse(said))


def test_each_graded_item_has_three_wrong_answers_with_hints_of_their_own(
    lesson: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for cell, key in _keys(lesson):
        hints = [wrong.hint for wrong in key.misconceptions]
        assert len(set(hints)) == len(hints) >= 3, key.item
        assert all(len(hint) > 20 for hint in hints)
        for wrong in key.misconceptions:
            earned, said = _mark(_source(cell), key, wrong.answer, capsys)
            assert earned == pytest.approx(wrong.earns), (key.item, wrong.name)
            assert earned < key.points, (key.item, wrong.name)
            assert wrong.hint in said, (key.item, wrong.name)
        earned, _ = _mark(_source(cell), key, key.right_answer, capsys)
        assert earned == key.points


def _mark(
    source: str, key: Key, answer: object, capsys: pytest.CaptureFixture[str]
) -> tuple[float, str]:
    """Run a test cell with an answer; give its points and what it printed."""
    tree = ast.parse(source)
    call = tree.body.pop()
    assert isinstance(call, ast.Expr)
    names: dict[str, Any] = {key.answer_name: answer, "judge": judge}
    exec(compile(tree, "test cell", "exec"), names)
    earned = eval(compile(ast.Expression(call.value), "test cell", "eval"), names)
    return earned, capsys.readouterr().out


def test_no_hint_gives_the_answer_away(lesson: dict[str, Any]) -> None:
    for _, key in _keys(lesson):
        values = key.expect.values() if isinstance(key.expect, dict) else [key.expect]
        numbers = [str(value) for value in values if isinstance(value, float)]
        for wrong in key.misconceptions:
            told = [value for value in numbers if re.search(rf"(?<!\d){value}(?!\d)", wrong.hint)]
            assert not told, (key.item, wrong.name)


def test_each_answer_cell_names_its_answer_before_the_solution(lesson: dict[str, Any]) -> None:
    answers = {
        key.answer_name: [
            _source(cell)
            for cell in lesson["cells"]
            if _marks(cell).get("solution") and f"{key.answer_name} =" in _source(cell)
        ]
        for _, key in _keys(lesson)
    }
    for name, cells in answers.items():
        assert len(cells) == 1, name
        stub = cells[0].split("### BEGIN SOLUTION")[0]
        assigned = [one for one in ast.parse(stub).body if isinstance(one, ast.Assign)]
        assert [ast.unparse(target) for one in assigned for target in one.targets] == [name]
        parts = [part for part in ast.walk(assigned[0].value) if isinstance(part, ast.Constant)]
        assert any(part.value is None for part in parts), name
        assert cells[0].rstrip().endswith("### END SOLUTION")


def test_each_manual_item_has_its_rubric_in_a_facilitator_cell(lesson: dict[str, Any]) -> None:
    told = "\n".join(_source(cell) for cell in lesson["cells"] if "facilitator" in _tags(cell))
    manual = [cell for cell in lesson["cells"] if _is_manual(cell)]
    assert manual
    assert all(cell["cell_type"] == "markdown" for cell in manual)
    for mark in ("0", "1", "2", "3"):
        assert re.search(rf"\*\*{mark}\*\*|\|\s*{mark}\s*\|", told), f"no mark {mark} in a rubric"


def test_what_is_for_facilitators_is_tagged(lesson: dict[str, Any]) -> None:
    telling = re.compile(r"min, (teaching|exercise)\.|watch for|for the facilitator|likely answer")
    assert any("facilitator" in _tags(cell) for cell in lesson["cells"])
    for cell in lesson["cells"]:
        if "facilitator" not in _tags(cell):
            assert not telling.search(_source(cell).casefold()), cell["id"]


def test_formulas_are_in_words(lesson: dict[str, Any]) -> None:
    for cell in lesson["cells"]:
        if cell["cell_type"] == "markdown":
            assert not re.search(r"\$|\\\(|\\\[|\{math\}|\\begin", _source(cell))


def test_it_speaks_of_people_with_respect(lesson: dict[str, Any]) -> None:
    words = "\n".join(_source(cell) for cell in lesson["cells"]).casefold()
    for term in (
        "customer",
        "frequent flyer",
        "heartsink",
        "dna'd",
        "non-compliant",
        "bed blocker",
    ):
        assert term not in words


def test_it_keeps_to_the_kit(lesson: dict[str, Any]) -> None:
    """No path to edit, nothing to install, no picture without the kit's alt text."""
    for cell in lesson["cells"]:
        if cell["cell_type"] == "code":
            source = _source(cell)
            assert not re.search(
                r"plt\.|read_csv|open\(|pip install|^\s*[!%]", source, re.MULTILINE
            )


def test_it_names_its_sources_and_dates_its_numbers(lesson: dict[str, Any]) -> None:
    words = "\n".join(_source(cell) for cell in lesson["cells"] if cell["cell_type"] == "markdown")
    sources = words[words.index("Sources") :]
    assert re.search(r"\b(19|20)\d\d\b", sources)


@cache
def _ran(path: Path, edition: str) -> Any:
    """Run a lesson once: its source, or a participant's copy as it is handed out."""
    nbformat = pytest.importorskip("nbformat")
    run = pytest.importorskip("pcqa_teach.run.execute")
    editions = pytest.importorskip("pcqa_teach.publish.editions")
    notebook = nbformat.read(path, as_version=4)
    if edition == "participant":
        notebook = editions.participant(notebook)
    with tempfile.TemporaryDirectory() as folder:
        return run.execute(notebook, cwd=Path(folder))


def _imported(lesson: dict[str, Any]) -> dict[str, Any]:
    """Give what the lesson's cells import and define, and nothing else of them."""
    names: dict[str, Any] = {}
    for cell in lesson["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse(_source(cell))
            kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef)
            tree.body = [one for one in tree.body if isinstance(one, kinds)]
            exec(compile(tree, "imports", "exec"), names)
    return names


def _points(done: Any) -> dict[str, tuple[float, float]]:
    """Give, by item, the points that its test gave and those that there are."""
    found = {}
    for cell in done.cells:
        if _is_test(cell):
            assert not [o for o in cell.outputs if o.get("name") == "stderr"], cell.id
            results = [o for o in cell.outputs if o.output_type == "execute_result"]
            earned = float(results[-1].data["text/plain"]) if results else None
            found[_marks(cell)["grade_id"]] = (earned, _marks(cell)["points"])
    return found


def test_its_source_earns_full_marks(path: Path) -> None:
    points = _points(_ran(path, "source"))
    assert all(earned == most for earned, most in points.values()), points


def test_an_untouched_copy_runs_to_its_end_and_answers_nothing(
    path: Path, lesson: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    done = _ran(path, "participant")
    code = [cell for cell in done.cells if cell.cell_type == "code"]
    assert not [o for cell in code for o in cell.outputs if o.output_type == "error"]
    for cell, key in _keys(lesson):
        stubs = [
            _source(other)
            for other in done.cells
            if _marks(other).get("solution") and f"{key.answer_name} =" in _source(other)
        ]
        names = _imported(lesson)
        exec(compile(stubs[0], "answer cell", "exec"), names)
        earned, said = _mark(_source(cell), key, names[key.answer_name], capsys)
        assert (earned, "no answer yet" in said) == (0, True), key.item


def test_every_picture_that_it_shows_has_an_alt_text(path: Path) -> None:
    done = _ran(path, "source")
    pictures = [
        (cell.id, output.metadata.get("pcqa", {}))
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {}) or "image/svg+xml" in output.get("data", {})
    ]
    assert pictures
    assert all(len(about.get("alt", "")) > 30 for _, about in pictures), pictures
    widgets = "application/vnd.jupyter.widget-view+json"
    shown = [o for cell in done.cells for o in cell.get("outputs", []) if "data" in o]
    assert not any(widgets in output.data for output in shown)


@pytest.mark.parametrize("own", OWN, ids=lambda path: path.stem)
def test_what_a_shared_summary_holds_is_described(own: Path) -> None:
    """Each name that a lesson of "On your own data" shares stands on the page of them."""
    page = (ROOT / "book" / "summary_json.md").read_text(encoding="utf-8")
    number = own.stem.split("_")[0].upper()
    said = page[page.index(f"### {number},") :].split("\n### ")[0]
    described = set(re.findall(r"`([A-Za-z_0-9]+)`", said)) | {"whose", "data", "period"}
    whole = [name for name in described if "_" in name and name.split("_")[0] in ("NAME", "KEY")]
    stems = described - set(whole)
    for name in whole:
        described |= {f"{stem}_{name.split('_', 1)[1]}" for stem in stems}
    found = set(sharing.shared(_ran(own, "source")).results)
    assert found, "it shares nothing"
    assert found <= described, sorted(found - described)
