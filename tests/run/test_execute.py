"""A notebook runs from top to bottom, and what goes wrong is said without quoting the data."""

from __future__ import annotations

import copy
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat import NotebookNode

from pcqa_teach.errors import RunError
from pcqa_teach.run.execute import CellError, execute
from pcqa_teach.run.notebook import parameter_names

Maker = Callable[..., NotebookNode]
SECRET = "Jane Okonkwo 943 476 5919"


def said(notebook: NotebookNode, place: int = -1) -> str:
    return notebook.cells[place].outputs[0]["text"].strip()


def failure(notebook: NotebookNode, folder: Path) -> CellError:
    with pytest.raises(CellError) as caught:
        execute(notebook, cwd=folder)
    return caught.value


ABOUT = """
import os, sys, json, tempfile
from pathlib import Path
from IPython import get_ipython

print(json.dumps({
    "export": export,
    "python": sys.executable,
    "static": os.environ["PCQA_STATIC"],
    "here": os.listdir("."),
    "cwd": os.getcwd(),
    "history": get_ipython().history_manager.enabled,
    "temporary": tempfile.gettempdir(),
    "connection": sys.argv[sys.argv.index("-f") + 1],
}))
"""


def test_a_run_gives_the_kernel_its_parameters_and_leaves_nothing_of_itself(
    make_lesson: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    scratch, work = tmp_path / "scratch", tmp_path / "work"
    for folder in (scratch, work):
        folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    source = make_lesson("## Look", ABOUT)
    before = copy.deepcopy(source)

    done = execute(source, cwd=work, parameters={"export": "/a/b.csv"})

    told = json.loads(said(done))
    assert told["export"] == "/a/b.csv"
    assert told["python"] == sys.executable
    assert (told["static"], told["here"], told["cwd"]) == ("1", [], str(work))
    assert told["history"] is False
    for private in (told["temporary"], told["connection"]):
        assert private.startswith(str(scratch))
        assert not Path(private).exists()
    assert list(scratch.iterdir()) == []
    assert source == before


def test_the_executed_notebook_holds_neither_papermill_nor_parameters(
    make_lesson: Maker, tmp_path: Path
):
    source = make_lesson("print('hello')", "1 + 1")
    done = execute(source, cwd=tmp_path, parameters={"export": "/a/secret.csv"})
    text = nbformat.writes(done)
    assert "papermill" not in text
    assert "secret" not in text
    assert [cell.id for cell in done.cells] == [cell.id for cell in source.cells]
    assert [cell.execution_count for cell in done.cells if cell.cell_type == "code"] == [1, 2, 3]
    assert [cell.metadata for cell in done.cells] == [cell.metadata for cell in source.cells]


def test_what_is_printed_in_pieces_is_one_output_up_to_the_next_picture(
    make_lesson: Maker, tmp_path: Path
):
    late = "print('a', end='', flush=True); time.sleep(0.5); print('b')"
    code = f"import time\n{late}\ndisplay(1)\n{late}\nprint('c', file=__import__('sys').stderr)"
    outputs = execute(make_lesson(code), cwd=tmp_path).cells[-1].outputs
    assert [one.get("text", "shown") for one in outputs] == ["ab\n", "shown", "ab\n", "c\n"]


def test_progress_names_each_code_cell_and_its_section(make_lesson: Maker, tmp_path: Path):
    seen: list[tuple[int, int, str]] = []
    lesson = make_lesson("## First", "1", "## Second", "2", "3")
    execute(
        lesson, cwd=tmp_path, parameters={"export": "x"}, progress=lambda *step: seen.append(step)
    )
    assert seen == [
        (1, 4, "A short lesson"),
        (2, 4, "First"),
        (3, 4, "Second"),
        (4, 4, "Second"),
    ]


def test_an_unknown_parameter_is_an_error_that_lists_those_there_are(
    make_lesson: Maker, tmp_path: Path
):
    with pytest.raises(RunError, match=r"no parameter called lits_size: it has export, practice"):
        execute(make_lesson(), cwd=tmp_path, parameters={"lits_size": 9})


def test_a_lesson_without_parameters_takes_none(tmp_path: Path):
    plain = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    assert parameter_names(plain) == []
    with pytest.raises(RunError, match="it has none"):
        execute(plain, cwd=tmp_path, parameters={"export": "x"})


def test_one_of_our_own_errors_is_repeated(make_lesson: Maker, tmp_path: Path):
    error = failure(
        make_lesson(
            "## What is in the file?",
            "from pcqa_teach.errors import ReadError\nraise ReadError('The export is empty.')",
        ),
        tmp_path,
    )
    assert str(error) == (
        "The export is empty. (in 'A short lesson', under 'What is in the file?')"
    )
    assert (error.kind, error.place.number) == ("ReadError", 4)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (f"raise ValueError('{SECRET}')", "ValueError"),
        (f"class ReadError(Exception): ...\nraise ReadError('{SECRET}')", "ReadError"),
        (f"{{}}['{SECRET}']", "KeyError"),
    ],
)
def test_any_other_error_is_named_by_its_kind_alone(
    cell: str, kind: str, make_lesson: Maker, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    error = failure(make_lesson("## The sums", cell), tmp_path)
    assert f"under 'The sums' stopped with a {kind} (its message is not repeated" in str(error)
    assert "Okonkwo" not in str(error)
    assert error.__cause__ is None
    assert "".join(capfd.readouterr()) == ""


def test_a_full_disk_inside_a_cell_is_said(make_lesson: Maker, tmp_path: Path):
    error = failure(make_lesson("import os\nraise OSError(28, os.strerror(28))"), tmp_path)
    assert "There is no room left on the disk" in str(error)


def test_a_kernel_that_dies_is_said_to_have_died(make_lesson: Maker, tmp_path: Path):
    error = failure(make_lesson("## Big", "import os\nos.kill(os.getpid(), 9)"), tmp_path)
    assert "'A short lesson', under 'Big' stopped, since its Python ended without" in str(error)


def test_an_unknown_kernel_is_one_sentence(make_lesson: Maker, tmp_path: Path):
    with pytest.raises(RunError, match="There is no kernel called 'klingon' here"):
        execute(make_lesson(), cwd=tmp_path, kernel="klingon")


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_what_a_cell_started_ends_with_the_kernel(make_lesson: Maker, tmp_path: Path):
    start = "import subprocess, sys\nprint(subprocess.Popen(['sleep', '600']).pid)"
    done = execute(make_lesson(start), cwd=tmp_path)
    child = int(said(done))
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"
