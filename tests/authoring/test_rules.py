"""Each rule of a lesson is broken in one place, and says so; the skeleton breaks none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.authoring import form, graded, typed, words
from pcqa_teach.authoring.check import check
from pcqa_teach.authoring.source import Source
from pcqa_teach.errors import LessonError

READ = (*form.RULES, *graded.RULES, *words.RULES)
Notebook = dict[str, Any]


def _cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")


def _swap(name: str, old: str, new: str) -> Callable[[Notebook], None]:
    def breaks(notebook: Notebook) -> None:
        cell = _cell(notebook, name)
        text = "".join(cell["source"])
        assert old in text
        cell["source"] = text.replace(old, new)

    return breaks


def _about(**changes: Any) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["metadata"]["pcqa"].update(changes)


def _output(notebook: Notebook) -> None:
    _cell(notebook, "import")["execution_count"] = 3


def _outputs_everywhere(notebook: Notebook) -> None:
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number


def _another_aim(notebook: Notebook) -> None:
    _swap("aims", "**choose** the one that says what most people meet",
          "**tell** a queue that grows from one\n  that only moves")(notebook)  # fmt: skip


def _same_id(notebook: Notebook) -> None:
    _cell(notebook, "idea")["id"] = "x1-key"


def _other_kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"]["name"] = "conda-mine"


def _untagged_heading(notebook: Notebook) -> None:
    note = dict(_cell(notebook, "notes-idea"), id="x1-mine", metadata={})
    notebook["cells"] += [note | {"source": "### Notes: mine\n\nLeave them time."}]


def _no_title(notebook: Notebook) -> None:
    del notebook["cells"][0]


def _twice(notebook: Notebook) -> None:
    notebook["cells"] += [dict(_cell(notebook, "parameters"), id="x1-again")]


def _no_meeting(notebook: Notebook) -> None:
    del _cell(notebook, "check-1")["metadata"]["pcqa"]


def _no_points(notebook: Notebook) -> None:
    _cell(notebook, "1")["metadata"]["nbgrader"]["points"] = 0


def _other_points(notebook: Notebook) -> None:
    _cell(notebook, "1")["metadata"]["nbgrader"]["points"] = 7


def _key_gone(notebook: Notebook) -> None:
    notebook["cells"].remove(_cell(notebook, "1"))


def _no_reflection(notebook: Notebook) -> None:
    del _cell(notebook, "reflection")["metadata"]["nbgrader"]


def _untagged(notebook: Notebook) -> None:
    _cell(notebook, "notes-idea")["metadata"]["tags"] = []


def _judged_twice(notebook: Notebook) -> None:
    copied = dict(_cell(notebook, "1"), id="x1-1-more")
    copied["metadata"] = {"nbgrader": dict(copied["metadata"]["nbgrader"], grade_id="x1-1-more")}
    notebook["cells"] += [copied]


def _no_name(notebook: Notebook) -> None:
    del _cell(notebook, "1")["metadata"]["nbgrader"]["grade_id"]


def _whole_number_that_tells(notebook: Notebook) -> None:
    _swap("1", 'expect={"mean": 8,', 'expect={"mean": 1240,')(notebook)
    _swap("1", "You left the longest", "It is 1,240. You left the longest")(notebook)


def _hint_that_tells(notebook: Notebook) -> None:
    _swap("1", 'expect={"mean": 8,', 'expect={"mean": 8.25,')(notebook)
    _swap("1", "You left the longest", "It is 8.25. You left the longest")(notebook)


BROKEN = [
    (form.kept, _output, "it holds outputs: save and close it, then run this check with --tidy"),
    (form.kept, _outputs_everywhere, "it holds outputs"),
    (form.ids, _same_id, "the id 'x1-key' is there twice: cell 7 (which begins 'One idea"),
    (form.opens_anywhere, _other_kernel, "its kernel is not 'python3'"),
    (form.says_what_it_is, _about(objectives={"x1-1": "one"}), "it has 1 objectives"),
    (form.says_what_it_is, _about(assignment="core-day1"), "it says it is of 'core-day1'"),
    (form.says_what_it_is, _about(title=""), "does not state its title"),
    (form.aims_are_its_objectives, _another_aim, "aim 2 of the text is 'tell a queue that grows "
     "from one that only moves', and objective 'x1-2' in the metadata is 'choose the one"),
    (form.aims_are_its_objectives, _swap("aims", "- **choose**", "and **choose**"),
     "lists 2 aims, and the metadata have 3 objectives"),
    (form.aims_are_its_objectives, _swap("aims", "what most people meet",
     "what most people do not meet"), "aim 2 of the text is 'choose the one that says what most"),
    (typed.python_can_read_it, _swap("import", "import pcqa_teach as pcqa",
     "x = 1\nimport pcqa_teach as"), "line 2 of cell 6 (which begins 'x = 1')"),
    (form.minutes, _about(teaching=30), "30"),
    (form.begins, _no_title, "its first line is not"),
    (form.sections, _swap("worked", "## Worked example", "## Example"), "'Worked example'"),
    (form.takes_an_export, _twice, "2 cells are tagged 'parameters'"),
    (form.takes_an_export, _swap("parameters", "export = None", "x = 1"), "no line `export"),
    (form.sources, _swap("words", "1993", "some time ago"), "names no year"),
    (graded.objectives_met, _no_meeting, "nothing checks the objective 'x1-2'"),
    (graded.marks_are_nbgraders, _no_points, "has no points"),
    (graded.keys_can_be_read, _other_points, "awards 3 points, and nbgrader's panel says 7"),
    (graded.keys_can_be_read, _key_gone, "asks for an answer, and the cell of its key is gone"),
    (graded.keys_can_be_read, _swap("1", "expect={", "expect={**waits, "), "in full"),
    (graded.keys_can_be_read, _swap("1", "answer_x1_1\")", "answer_x1_2\")"), "`received(...)`"),
    (graded.wrong_answers_have_hints, _swap("1", '{"tell": "mean"}', '{"tell": "median"}'),
     "gives full marks to the wrong answer 'the_mean_tells'"),
    (graded.wrong_answers_have_hints, _swap("1", '{"mean": 2.5}', '{"median": 15.5}'),
     "another hint than its own answers 'left_out_the_long_wait'"),
    (graded.no_hint_tells, _hint_that_tells, "'left_out_the_long_wait' holds the answer"),
    (graded.no_hint_tells, _whole_number_that_tells, "'left_out_the_long_wait' holds the answer"),
    (graded.keys_can_be_read, _judged_twice, "two cells judge 'x1-1'"),
    (graded.keys_can_be_read, _judged_twice, "its ID in nbgrader's panel is 'x1-1-more'"),
    (graded.marks_are_nbgraders, _no_name,
     "cell 17 (which begins 'from pcqa_teach.lessons import received') has no grade_id"),
    (graded.answers_have_a_place, _swap("answer", '"mean": None, "median": None, "tell": None',
     '"mean": 8, "median": 2, "tell": 3'), "not one line with None"),
    (graded.answers_have_a_place, _swap("answer", "answer_x1_1 =", "answer_x1 ="),
     "no cell, or more than one, solves"),
    (graded.rubric_is_there, _no_reflection, "no reflection"),
    (graded.rubric_is_there, _swap("notes-monday", "| 3 |", "| three |"), "what earns 3"),
    (words.facilitators_notes_are_tagged, _untagged, "is not tagged so"),
    (words.facilitators_notes_are_tagged, _untagged_heading,
     "cell 34 (which begins 'Notes: mine') speaks to"),
    (words.formulas_are_in_words, _swap("worked", "42 / 7", "$42 / 7$"), "holds a formula"),
    (words.people_are_respected, _swap("worked", "seven people", "seven customers"), "customer"),
    (words.keeps_to_the_kit, _swap("import", "import pcqa_teach as pcqa",
     "import pcqa_teach as pcqa\nopen('x')"), "goes past the kit"),
    (words.imports_what_a_browser_has, _swap("import", "import pcqa_teach as pcqa",
     "import pcqa_teach as pcqa\nimport polars"), "imports polars"),
    *((words.imports_what_a_browser_has, _swap("import", "import pcqa_teach as pcqa",
     f"import {name}"), f"imports {name}") for name in ("tkinter", "subprocess", "socket")),
    (words.nothing_is_left_to_write, lambda _: None,
     "cell 1 (which begins 'Waits, \"told\" straight') has 2 places to write"),
]  # fmt: skip


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.__name__)
def test_the_skeleton_keeps_every_rule(skeleton: Path, rule: Callable[..., list[str]]) -> None:
    waits = rule is words.nothing_is_left_to_write  # a skeleton is there to be written in
    assert bool(rule(Source.read(skeleton))) == waits


@pytest.mark.parametrize(
    ("rule", "breaks", "said"),
    BROKEN,
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_rule_says_what_breaks_it(
    broken: Callable[..., Source], rule: Callable[..., list[str]], breaks: Any, said: str
) -> None:
    found = rule(broken(breaks))
    assert any(said in one for one in found), found


def test_a_name_of_one_s_own_before_an_answer_lacks_no_key(broken: Callable[..., Source]) -> None:
    lesson = broken(
        _swap("answer", 'answer_x1_1 = {"mean": None', 'days = 5\nanswer_x1_1 = {"mean": None')
    )
    assert graded.keys_can_be_read(lesson) == []


def test_every_rule_is_broken_here() -> None:
    assert set(READ) == {case[0] for case in BROKEN}


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3}', '{"cells": [{}]}', "no notebook"])
def test_what_is_no_notebook_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x1_odd.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=r"'x1_odd\.ipynb' is not a notebook"):
        Source.read(path)


def _no_outputs(notebook: Notebook) -> None:
    del _cell(notebook, "import")["outputs"]


def _no_metadata(notebook: Notebook) -> None:
    del _cell(notebook, "import")["metadata"]


def _nothing_said(notebook: Notebook) -> None:
    notebook["metadata"]["pcqa"] = None


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (_no_outputs, r"cell 6 \(which begins 'import pcqa_teach as pcqa'\) has no 'outputs'"),
        (_no_metadata, r"cell 6 \(which begins 'import pcqa_teach as pcqa'\) has no 'metadata'"),
        (_nothing_said, "its metadata: 'pcqa' is not"),
    ],
)
def test_a_notebook_that_is_not_whole_is_one_sentence(
    broken: Callable[..., Source], breaks: Any, said: str
) -> None:
    with pytest.raises(LessonError, match=said):
        broken(breaks)


@pytest.mark.parametrize(
    ("breaks", "place", "kind"),
    [
        (_about(objectives=3), "the lesson", "TypeError"),
        (lambda notebook: _cell(notebook, "1")["metadata"]["nbgrader"].update(points="three"),
         "cell 17 (which begins 'from pcqa_teach.lessons import received')", "TypeError"),
    ],
)  # fmt: skip
def test_what_no_rule_foresaw_is_a_fault_and_the_check_goes_on(
    broken: Callable[..., Source], breaks: Any, place: str, kind: str
) -> None:
    found = list(check(broken(breaks).path, run=False))
    faults = [fault for one in found for fault in one.faults]
    assert any(fault.startswith(f"{place} cannot be looked at ({kind}") for fault in faults), faults
    assert len(found) == len(READ)


def test_a_lesson_is_the_same_from_inside_its_folder(
    skeleton: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(skeleton.parent)
    assert form.says_what_it_is(Source.read(skeleton.name)) == []
