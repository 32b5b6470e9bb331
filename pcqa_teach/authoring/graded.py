"""The rules of what is graded: keys, wrong answers and their hints, rubrics, objectives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pcqa_teach.authoring.source import Cell, Rule, Source, marks, source, tags
from pcqa_teach.authoring.typed import unreadable
from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.lessons.key import asked

_HIDDEN, _END = "### BEGIN HIDDEN TESTS\n", "### END HIDDEN TESTS"
_SOLUTION, _SOLVED = "### BEGIN SOLUTION", "### END SOLUTION"
FEWEST_WRONG, SHORTEST_HINT = 3, 20


def objectives_met(lesson: Source) -> list[str]:
    """Each objective is met by a check, a graded item or the reflection."""
    wanted = lesson.about.get("objectives", {})
    met = {key.item for _, key in lesson.graded()}
    met |= {str(marks(cell).get("grade_id")) for cell in lesson.manual}
    # What is wrong with a key that cannot be read is told by the rule of keys, and once.
    met |= {str(marks(cell).get("grade_id")).removesuffix("-test") for cell in lesson.tests}
    met |= {
        name for cell in lesson.cells for name in cell["metadata"].get("pcqa", {}).get("meets", [])
    }
    return [f"nothing checks the objective '{name}'" for name in wanted if name not in met]


def marks_are_nbgraders(lesson: Source) -> list[str]:
    """Its marks are nbgrader's own, each with a name of its own and points."""
    found, seen = [], set()
    for cell in lesson.cells:
        given = marks(cell)
        if not given:
            continue
        name = given.get("grade_id")
        if not name:
            found.append(f"{lesson.where(cell)} has no grade_id; give it one in nbgrader's panel")
        elif name in seen:
            found.append(f"two cells have the grade_id '{name}'")
        seen.add(name)
        if given.get("schema_version") != 3 or not {"grade", "solution", "locked", "task"} <= set(
            given
        ):
            found.append(
                f"{lesson.where(cell)}: its marks are not nbgrader's; set them in its panel"
            )
        elif given["grade"] and not given.get("points", 0) > 0:
            found.append(f"{lesson.where(cell)} is graded and has no points")
    return found


def keys_can_be_read(lesson: Source) -> list[str]:
    """Each graded item has its whole key between the marks of the hidden tests."""
    items = [key.item for _, key in lesson.graded()]
    twice = sorted({item for item in items if items.count(item) > 1})
    return [said for cell in lesson.tests for said in _key_faults(lesson, cell)] + [
        f"two cells judge '{item}': give the second an item of its own" for item in twice
    ] + [f"{lesson.where(cell)} asks for an answer, and the cell of its key is gone"
         for cell in lesson.cells if _is_answer(cell) and not _has_key(lesson, cell)]  # fmt: skip


def _is_answer(cell: Cell) -> bool:
    return (
        cell["cell_type"] == "code"
        and bool(marks(cell).get("solution"))
        and not marks(cell).get("grade")
    )


def _has_key(lesson: Source, cell: Cell) -> bool:
    """Say whether a key speaks of the answer of a cell: of the last name that the cell gives."""
    names = re.findall(r"^(\w+) =", source(cell), re.MULTILINE)
    return not names or any(
        re.search(rf"\b{re.escape(names[-1])}\b", source(test)) for test in lesson.tests
    )


def _key_faults(lesson: Source, cell: Cell) -> Iterator[str]:
    text = source(cell)
    if unreadable(cell):
        return  # `python_can_read_it` tells of it
    try:
        key = misconception_cases(text)
    except LessonError as error:
        yield f"{lesson.where(cell)}: {error}"
        return
    if marks(cell).get("grade_id") not in (key.item, f"{key.item}-test"):
        yield (
            f"{lesson.where(cell)} judges '{key.item}', and its ID in nbgrader's panel is "
            f"'{marks(cell).get('grade_id')}': give it one name in both"
        )
    if abs(key.points - marks(cell).get("points", 0)) > 1e-9:
        yield (
            f"{lesson.where(cell)} awards {key.points:g} points, and nbgrader's panel says "
            f"{marks(cell).get('points', 0):g}"
        )
    shown, hidden, rest = text.partition(_HIDDEN)
    wanted = f"received\\('[^']+', '{key.answer_name}'\\)"
    try:
        lines = [ast.unparse(line) for line in ast.parse(shown).body]
    except SyntaxError:
        lines = []
    told = len(lines) == 2 and re.fullmatch(wanted, lines[1])
    if lines[:1] != ["from pcqa_teach.lessons import received"] or not told:
        yield f"{lesson.where(cell)} does not begin with `received(...)` of its own answer"
    if not hidden or not rest.rstrip().endswith(_END):
        yield f"{lesson.where(cell)} does not hold its key between {_HIDDEN.strip()} and {_END}"


def wrong_answers_have_hints(lesson: Source) -> list[str]:
    """Each graded item has three wrong answers or more, each with a hint of its own."""
    return [said for cell, key in lesson.graded() for said in _hint_faults(source(cell), key)]


def _hint_faults(text: str, key: Key) -> Iterator[str]:
    hints = [wrong.hint for wrong in key.misconceptions]
    if len(hints) < FEWEST_WRONG:
        yield f"'{key.item}' foresees {len(hints)} wrong answers: three are wanted"
    if len(set(hints)) < len(hints):
        yield f"'{key.item}' gives one hint for two wrong answers"
    one = asked(text)
    for wrong in key.misconceptions:
        if len(wrong.hint) <= SHORTEST_HINT:
            yield f"'{key.item}': the hint for '{wrong.name}' is too short to help"
        got = one.mark(wrong.answer)
        if got.earned >= key.points:
            yield f"'{key.item}' gives full marks to the wrong answer '{wrong.name}'"
        elif wrong.hint not in got.said:
            yield f"'{key.item}': another hint than its own answers '{wrong.name}'"
    if one.mark(key.right_answer).earned != key.points:
        yield f"'{key.item}' does not give full marks to its own right answer"


def no_hint_tells(lesson: Source) -> list[str]:
    """No hint gives a number of the answer away."""
    found = []
    for _, key in lesson.graded():
        values = key.expect.values() if isinstance(key.expect, dict) else [key.expect]
        numbers = "|".join(re.escape(said) for value in values for said in _written(value))
        found += [
            f"'{key.item}': the hint for '{wrong.name}' holds the answer"
            for wrong in key.misconceptions
            if numbers and re.search(rf"(?<!\d)(?<!\d[.,])({numbers})(?![.,]?\d)", wrong.hint)
        ]
    return found


def _written(value: object) -> list[str]:
    """Return a number of an answer as a hint might write it.

    Whole numbers below 10 are left out: a hint that speaks of two groups gives no 2 away.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    if value != int(value):
        return [f"{value:.12g}", f"{value:,.12g}"]
    return [f"{value:.0f}", f"{value:,.0f}"] if abs(value) >= 10 else []


def answers_have_a_place(lesson: Source) -> list[str]:
    """Each answer is one line with None in it, before the solution."""
    found = []
    for _, key in lesson.graded():
        text = lesson.answer_cell(key)
        if text is None:
            found.append(f"'{key.item}': no cell, or more than one, solves `{key.answer_name} =`")
            continue
        if unreadable({"cell_type": "code", "source": text}):
            continue  # `python_can_read_it` tells of it
        stub = text.split(_SOLUTION)[0]
        try:
            assigned = [one for one in ast.parse(stub).body if isinstance(one, ast.Assign)]
        except SyntaxError:
            assigned = []
        names = [ast.unparse(target) for one in assigned for target in one.targets]
        empty = assigned and any(
            isinstance(part, ast.Constant) and part.value is None
            for part in ast.walk(assigned[0].value)
        )
        if names != [key.answer_name] or not empty:
            found.append(f"'{key.item}': before its solution stands not one line with None in it")
        if not text.rstrip().endswith(_SOLVED):
            found.append(f"'{key.item}': its cell does not end in {_SOLVED}")
    return found


def rubric_is_there(lesson: Source) -> list[str]:
    """What a person marks is text, with a rubric from 0 to 3 in a facilitator's cell."""
    if not lesson.manual:
        return ["it has no reflection that a person marks"]
    found = [f"{lesson.where(cell)} is marked by a person and is no text" for cell in lesson.manual
             if cell["cell_type"] != "markdown"]  # fmt: skip
    told = "\n".join(source(cell) for cell in lesson.cells if "facilitator" in tags(cell))
    return found + [
        f"no facilitator's cell says what earns {mark}"
        for mark in range(4)
        if not re.search(rf"\*\*{mark}\*\*|\|\s*{mark}\s*\|", told)
    ]


RULES: tuple[Rule, ...] = (
    objectives_met, marks_are_nbgraders, keys_can_be_read, wrong_answers_have_hints, no_hint_tells,
    answers_have_a_place, rubric_is_there,
)  # fmt: skip
