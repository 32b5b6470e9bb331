"""The rules of a lesson that is run, each broken in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.authoring import ran
from pcqa_teach.authoring.check import RUN, check
from pcqa_teach.authoring.source import Source

Notebook = dict[str, Any]


def _in(name: str, old: str, new: str) -> Callable[[Notebook], None]:
    def breaks(notebook: Notebook) -> None:
        cell = next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")
        text = "".join(cell["source"])
        assert old in text
        cell["source"] = text.replace(old, new)

    return breaks


def _no_picture(notebook: Notebook) -> None:
    for name in ("picture", "widget", "own-chart", "own-record"):
        cell = next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")
        cell["source"] = "own = None"


BROKEN = [
    (ran.full_marks, _in("answer", '{"mean": 8, "median": 2', '{"mean": 9, "median": 2'),
     "cell 17 (which begins 'from pcqa_teach.lessons import received') gives its own source 2"),
    (ran.untouched_earns_nothing, _in("answer", '{"mean": None, "median": None, "tell": None}',
     '{"mean": 8, "median": None, "tell": None}'), "takes an untouched line for an answer"),
    (ran.untouched_earns_nothing, _in("answer", '{"mean": None, "median": None, "tell": None}',
     '{"mean": None, "median": len(waits), "tell": None}'), "the line to fill in uses 'waits'"),
    (ran.gives_nothing_away, _in("import", "import pcqa_teach as pcqa",
     "import pcqa_teach as pcqa\nprint('1 Restxates the numbers'.replace('x', ''))"),
     "line 8 of cell 31 (which begins 'Notes: reflection: how to read it') can be read"),
    (ran.pictures_have_words, _no_picture, "it shows no picture"),
    (ran.runs_on_an_export,
     _in("own-chart", "export = pcqa.chosen_export(export)", "assert not export"),
     "AssertionError"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "breaks", "said"), BROKEN, ids=[case[0].__name__ for case in BROKEN]
)
def test_a_rule_says_what_breaks_it(
    broken: Callable[..., Source], rule: ran.RunRule, breaks: Any, said: str
) -> None:
    found = rule(ran.Run(broken(breaks)))
    assert any(said in fault for fault in found), found


@pytest.mark.filterwarnings("ignore:Non-unique cell id")
def test_two_cells_with_one_id_are_told_apart_in_what_was_run(
    broken: Callable[..., Source],
) -> None:
    """The same words stand in both as well: only their places differ."""
    bare = "from IPython.display import SVG, display\ndisplay(SVG('<svg width=\"9\"></svg>'))"

    def twice(notebook: Notebook) -> None:
        cells = notebook["cells"]
        [place] = [at for at, cell in enumerate(cells) if cell["id"] == "x1-picture"]
        cells[place] = cells[place] | {"source": bare}
        cells.insert(place + 3, dict(cells[place]))

    named = "(which begins 'from IPython.display import SVG, display')"
    assert ran.pictures_have_words(ran.Run(broken(twice))) == [
        f"cell {place} {named} shows a picture without words for it" for place in (8, 11)
    ]


def test_a_slow_lesson_is_told(skeleton: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ran, "WARM_SECONDS", 0)
    (said,) = ran.is_quick(ran.Run(Source.read(skeleton)))
    assert said.startswith("it took ")
    assert ", longest in cell " in said
    assert "(which begins " in said
    assert said.endswith("check again when they do not")


def test_every_rule_is_broken_here() -> None:
    assert set(RUN) == {ran.is_quick, *(case[0] for case in BROKEN)}


def test_a_lesson_that_fails_is_told_and_not_raised(
    broken: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = broken(_in("import", "import pcqa_teach as pcqa", "import pcqa_teach as pcqa\n1 / 0"))
    runs = []
    execute = ran.execute
    monkeypatch.setattr(
        ran, "execute", lambda *given, **named: runs.append(1) or execute(*given, **named)
    )
    told = {one.rule: one for one in check(lesson.path)}
    assert len(runs) == 1, "what failed is not tried again"
    for rule in RUN[1:]:
        one = told[str(rule.__doc__)]
        assert (one.faults, one.unseen) == ((), "it does not run to its end")
    (said,) = told["Its source runs to the end and earns full marks."].faults
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


def test_the_export_of_each_lesson_that_reads_no_appointment_book_is_there():
    from pcqa_teach import resources

    for name in (ran.EXPORT, *ran.OTHERS.values()):
        assert (resources.data_dir() / name).is_file()
