"""Each command says what it does, with an example; whatever fails is one sentence, exit code 1."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from typer.testing import CliRunner

import pcqa_teach.data
import pcqa_teach.spc
from pcqa_teach import cli
from pcqa_teach.cli import own_data
from pcqa_teach.errors import ReadError
from pcqa_teach.run import terminal

COMMANDS = ("read", "chart", "run", "lessons", "book", "lab", "doctor")
SECRET = "Jane Okonkwo 943 476 5919"

Call = Callable[..., Any]  # gives what typer calls a Result


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.delenv("PCQA_DEBUG", raising=False)

    def run(*arguments: str | Path) -> Any:
        return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / f"{SECRET}.csv"
    path.write_text("Appointment date\n2025-03-03\n", encoding="utf-8")
    return path


def lesson(*cells: str) -> NotebookNode:
    """Return a lesson with two parameters and these code cells."""
    notebook = nbformat.v4.new_notebook(metadata={"pcqa": {"id": "t1", "title": "A short lesson"}})
    made = [nbformat.v4.new_code_cell(cell) for cell in ("export = None\nlist_size = None", *cells)]
    made[0].metadata["tags"] = ["parameters"]
    notebook.cells = [nbformat.v4.new_markdown_cell("# A short lesson"), *made]
    return notebook


def stop_with(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise error

    return fail


def test_pcqa_alone_shows_the_help(call: Call):
    alone, asked = call(), call("--help")
    assert (alone.exit_code, asked.exit_code) == (0, 0)
    assert alone.stdout == asked.stdout
    assert [name for name in COMMANDS if re.search(rf"^  {name} ", alone.stdout, re.M)] == [
        *COMMANDS
    ]
    assert "..." not in alone.stdout.split("Commands:")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_example(command: str, call: Call):
    shown = call(command, "--help")
    assert shown.exit_code == 0
    assert re.search(rf"Examples?:\n    pcqa {command}\b", shown.stdout)


@pytest.mark.parametrize(
    "wrong",
    [
        ["nonsense"],
        ["read"],
        ["read", "a.csv", "--dates", "backwards"],
        ["chart", "a.csv", "--x", "week"],
        ["chart", "a.csv", "--x", "week", "--y", "rate", "-o", "a.jpg"],
        ["run", "d1"],
        ["run", "d1", "-o", "out", "--list-size", "0"],
        ["run", "d1", "-o", "out", "--set", "list_size"],
        ["book", "--edition", "secret"],
    ],
)
def test_a_wrong_command_line_is_exit_code_2(wrong: list[str], call: Call):
    shown = call(*wrong)
    assert shown.exit_code == 2
    assert "Usage: " in shown.output
    assert "Traceback" not in shown.output


def test_one_of_our_errors_is_its_sentence(
    call: Call, export: Path, monkeypatch: pytest.MonkeyPatch
):
    error = ReadError(f"'{export.name}' has a header and no rows:\nexport it again.")
    monkeypatch.setitem(vars(pcqa_teach.data), "read_with_report", stop_with(error))
    shown = call("read", export)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert shown.stderr == "The export has a header and no rows: export it again.\n"


def test_an_unexpected_error_names_its_place_and_repeats_nothing(
    call: Call, export: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(vars(pcqa_teach.data), "read_with_report", stop_with(KeyError(SECRET)))
    shown = call("read", export)
    assert shown.exit_code == 1
    assert re.fullmatch(
        r"Something in pcqa failed that should not have \(KeyError in cli/own_data\.py line \d+\); "
        r"nothing was written: please report this line\.\n",
        shown.stderr,
    )


def test_the_whole_of_it_is_shown_only_when_asked(
    call: Call, export: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(vars(pcqa_teach.data), "read_with_report", stop_with(KeyError(SECRET)))
    monkeypatch.setenv("PCQA_DEBUG", "1")
    shown = CliRunner().invoke(cli.app, ["read", str(export)])
    assert isinstance(shown.exception, KeyError)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyboardInterrupt(), "Stopped. Nothing was written."),
        (MemoryError(), "The computer's memory is full"),
        (ModuleNotFoundError(name="papermill"), 'pip install "pcqa_teach[lab]"'),
        (ModuleNotFoundError(name="nbgrader.apps"), 'pip install "pcqa_teach[classroom]"'),
        (ModuleNotFoundError(name="jupyter_book"), 'pip install "pcqa_teach[book]"'),
    ],
)
def test_other_stops_say_what_to_do(
    error: BaseException, words: str, call: Call, export: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(vars(pcqa_teach.data), "read_with_report", stop_with(error))
    shown = call("read", export)
    assert (shown.exit_code, shown.stderr.count("\n")) == (1, 1)
    assert words in shown.stderr


def test_run_writes_a_report_and_says_where(
    call: Call, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = lesson("print(list_size, 'patients')")
    monkeypatch.setattr(own_data, "_participant", lambda _: made)
    out = tmp_path / "report"
    shown = call("run", "d1", "--export", export, "--list-size", "9450", "-o", out)
    assert (shown.exit_code, shown.stdout) == (
        0,
        f"The report is in {out}: open {out / 'report.html'}\n",
    )
    assert "Running cell 2 of 2: A short lesson" in shown.stderr
    assert "9450 patients" in (out / "report.html").read_text(encoding="utf-8")
    assert json.loads((out / "summary.json").read_text())["parameters"] == {"list_size": 9450}

    again = call("run", "d1", "--export", export, "-o", out)
    assert again.exit_code == 1
    assert again.stderr.splitlines()[-1] == (
        "'report' already holds files: choose another folder, or add --replace."
    )


def test_a_lessons_parameters_are_set_by_name(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(own_data, "_participant", lambda _: lesson())
    shown = call("run", "d1", "--set", "lsit_size=3", "-o", tmp_path / "report")
    assert shown.exit_code == 1
    assert shown.stderr.splitlines()[-1] == (
        "'A short lesson' has no parameter called lsit_size: it has export, list_size."
    )
    assert own_data._parameters(["n=3", "name=a b", "dates=['x']", "blank="]) == {
        "n": 3,
        "name": "a b",
        "dates": ["x"],
        "blank": "",
    }


def test_a_lesson_that_is_not_there_is_one_sentence(call: Call, tmp_path: Path):
    shown = call("run", "no_such_lesson", "-o", tmp_path / "report")
    assert shown.exit_code == 1
    assert "There is no lesson called 'no_such_lesson'." in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_early_is_no_error_of_ours(root: Path):
    script = f"{sys.executable} -m pcqa_teach doctor --help | head -n 1"
    done = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True)
    assert done.stdout.startswith("Usage: pcqa doctor")
    assert done.stderr == ""


def test_progress_on_a_screen_is_one_line_that_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "30")
    with terminal.status() as line:
        line.cell(2, 5, "How many were missed by whom?")
    written = capsys.readouterr().err
    assert written == "\r\033[KRunning cell 2 of 5: How many\r\033[K"
    assert "\n" not in written


def test_doctor_says_what_is_ready_and_what_is_not(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pcqa_teach.resources.lessons", dict)
    shown = call("doctor", "--json", "--project", tmp_path)
    checks = {check["name"]: check for check in json.loads(shown.stdout)}
    assert shown.exit_code == 1
    assert checks["Lessons"]["state"] == "fail"
    assert checks["Kernel"] == {
        "name": "Kernel",
        "state": "ok",
        "found": "starts and answers",
        "advice": "",
    }
    assert all(check["advice"] for check in checks.values() if check["state"] != "ok")
    assert str(tmp_path) not in shown.stdout


def test_python_m_is_the_same_command(root: Path):
    done = subprocess.run(
        [sys.executable, "-m", "pcqa_teach", "--version"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == pcqa_teach.__version__
