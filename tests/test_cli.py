"""Each command says what it does, with an example; whatever fails is one sentence, exit code 1."""

from __future__ import annotations

import importlib
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
from pcqa_teach.run.doctor import Check, verdict
from pcqa_teach.run.warm.client import can_fork

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
        r"Something in pcqa failed that should not have \(KeyError in cli/own_data\.py line \d+\): "
        r"please report this line\.\n",
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
        (KeyboardInterrupt(), "Stopped.\n"),
        (MemoryError(), "The computer's memory is full"),
        (ModuleNotFoundError(name="papermill"), '-py3-none-any.whl[lab]"'),
        (ModuleNotFoundError(name="nbgrader.apps"), '-py3-none-any.whl[classroom]"'),
        (ModuleNotFoundError(name="jupyter_book"), '-py3-none-any.whl[book]"'),
    ],
)
def test_other_stops_say_what_to_do(
    error: BaseException, words: str, call: Call, export: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(vars(pcqa_teach.data), "read_with_report", stop_with(error))
    shown = call("read", export)
    assert (shown.exit_code, shown.stderr.count("\n")) == (1, 1)
    assert words in shown.stderr


NOTHING, A_PART = "Nothing was written.", "A part may be done: type the same line to go on."
AS_IT_WAS = "What was built before is as it was."


@pytest.mark.parametrize(
    ("line", "work", "left"),
    [
        ("book", "publish.book.build", AS_IT_WAS),
        ("site -o site", "publish.site.build_site", AS_IT_WAS),
        ("run d1 -o report", "run.run_lesson", NOTHING),
        ("lesson new x1_waits", "authoring.new.new", NOTHING),
        ("classroom release core-day1", "classroom.folder.opened", NOTHING),
        ("classroom collect core-day1 .", "classroom.folder.opened", A_PART),
        ("classroom forget blue-kettle", "classroom.folder.opened", A_PART),
        ("paper", "publish.paper.make.make", A_PART),
        ("portfolio .", "publish.portfolio.gathered", ""),
        ("classroom merge core-day1", "classroom.folder.opened", ""),
    ],
)
def test_only_a_command_that_knows_says_what_is_left_of_its_work(
    line: str, work: str, left: str, call: Call, monkeypatch: pytest.MonkeyPatch
):
    module, name = f"pcqa_teach.{work}".rsplit(".", 1)
    for error, told in (
        (KeyboardInterrupt(), r"Stopped\."),
        (KeyError(SECRET), r"Something .* \(KeyError in \S+ line \d+\): please report this line\."),
    ):
        monkeypatch.setattr(importlib.import_module(module), name, stop_with(error))
        shown = call(*line.split())
        assert shown.exit_code == 1
        last = shown.stderr.splitlines()[-1]
        assert re.fullmatch(told + re.escape(f" {left}".rstrip()), last), last


def test_run_writes_a_report_and_says_where(
    call: Call, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = lesson("print(list_size, 'patients')")
    monkeypatch.setattr(own_data, "participant", lambda _: made)
    out = tmp_path / "report"
    shown = call("run", "d1", "--export", export, "--list-size", "9450", "-o", out)
    assert (shown.exit_code, shown.stdout) == (
        0,
        f"The report is in {out}: open {out / 'report.html'}\n",
    )
    assert "Running the lesson: A short lesson" in shown.stderr
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
    monkeypatch.setattr(own_data, "participant", lambda _: lesson())
    shown = call("run", "d1", "--set", "lsit_size=3", "-o", tmp_path / "report")
    assert shown.exit_code == 1
    assert shown.stderr.splitlines()[-1] == (
        "'A short lesson' has no parameter called lsit_size: did you mean list_size?"
    )
    shown = call("run", "d1", "--set", "shoes=3", "-o", tmp_path / "report")
    assert shown.stderr.splitlines()[-1] == (
        "'A short lesson' has no parameter called shoes: it has export, list_size."
    )
    assert own_data.parameters_given(["n=3", "name=a b", "dates=['x']", "blank="]) == {
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
    whole = subprocess.run(
        ["bash", "-c", script.split("|")[0]], cwd=root, capture_output=True, text=True
    )
    assert re.match(r"Usage: \S*python\S* -m pcqa_teach doctor", done.stdout)
    assert re.search(r"Example:\n +\S*python\S* -m pcqa_teach doctor\n", whole.stdout)
    assert done.stderr == ""


def test_progress_on_a_screen_is_one_line_that_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "30")
    with terminal.status() as line:
        line.cell(2, 5, "How many were missed by whom?")
    written = capsys.readouterr().err
    assert written == "\r\033[KRunning the lesson: How many \r\033[K"
    assert "\n" not in written


def test_doctor_says_what_is_ready_and_what_is_not(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pcqa_teach.resources.lessons", dict)
    shown = call("doctor", "--json", "--project", tmp_path)
    checks = {check["name"]: check for check in json.loads(shown.stdout)}
    assert shown.exit_code == 1
    assert checks["Lessons"]["state"] == "fail"
    how = "ready at once" if can_fork() else "each started by itself"
    assert how in checks["Kernel"].pop("found")
    assert checks["Kernel"] == {
        "name": "Kernel",
        "state": "ok",
        "advice": "",
    }
    assert all(check["advice"] for check in checks.values() if check["state"] != "ok")
    assert str(tmp_path) not in shown.stdout


@pytest.mark.parametrize("there", [True, False])
def test_doctor_looks_for_what_marks_and_what_prints(
    there: bool, call: Call, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("nbgrader")
    monkeypatch.setattr("pcqa_teach.run.doctor.examine", lambda *_, **__: [])
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if there else None)
    monkeypatch.setattr("pcqa_teach.classroom.grading.sandbox.supported", lambda: True)
    shown = call("doctor", "--json")
    sandbox, printer = json.loads(shown.stdout)
    assert shown.exit_code == 0, "a computer without them is ready for all else"
    assert (sandbox["name"], printer["name"]) == ("Sandbox", "Printing to PDF")
    assert {sandbox["state"], printer["state"]} == {"ok" if there else "warn"}
    assert ("bubblewrap is not installed" in sandbox["advice"]) is not there
    assert ("apt install chromium" in printer["advice"]) is not there
    assert "bubblewrap" in sandbox["found"] if there else sandbox["found"] == "none"


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


UNKNOWN = (
    "Date;Result;Type\n01/04/2025;Seen;Phone\n02/04/2025;Missed;Phone\n03/04/2025;Seen;Phone\n"
)
MAP = """
[columns]
date = "Date"
status = "Result"
[status]
"Seen" = "Attended"
"Missed" = "DNA"
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to type in, with an export in no known format and a mapping."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PCQA_PROJECT", str(tmp_path / "project"))
    (tmp_path / "my export.csv").write_text(UNKNOWN, encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    return tmp_path


def test_an_unknown_format_says_what_to_type(call: Call, desk: Path):
    shown = call("read", "my export.csv")
    assert shown.exit_code == 1
    assert "`pcqa read EXPORT --write-map map.toml`" in shown.stderr
    assert "`pcqa read EXPORT --map map.toml`" in shown.stderr


def test_the_next_line_can_be_typed_as_it_stands(call: Call, desk: Path):
    mapped = ("read", "my export.csv", "--map", "map.toml")
    assert call(*mapped).stdout.splitlines()[-1] == (
        f"Next: pcqa run d1 --export {terminal.typed('my export.csv')} --map map.toml -o report"
    )
    assert call(*mapped, "-o", "tidy.csv").stdout.splitlines()[-1] == (
        "Next: pcqa run d1 --export tidy.csv -o report"
    )
    if os.name == "posix":
        assert (desk / "tidy.csv").stat().st_mode & 0o077 == 0


def test_a_mapped_export_is_run_as_the_tidy_table_that_it_makes(
    call: Call, desk: Path, monkeypatch: pytest.MonkeyPatch
):
    reads = "import pcqa_teach as pcqa\nappts = pcqa.read(export)\nprint(appts['status'].tolist())"
    made = lesson(f"{reads}\nprint(open(export).read().count('Seen'), 'of its words')")
    monkeypatch.setattr(own_data, "participant", lambda _: made)
    shown = call("run", "d1", "--export", "my export.csv", "--map", "map.toml", "-o", "report")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.startswith("3 rows in: 3 kept as they were")
    page = (desk / "report" / "notebook.ipynb").read_text(encoding="utf-8")
    assert "['Attended', 'DNA', 'Attended']" in page
    assert "0 of its words" in page
    assert "my export" not in page
    assert sorted(path.name for path in (desk / "report").iterdir()) == sorted(
        ["report.html", "notice-board.pdf", "notebook.ipynb", "summary.json", "figures"]
    )


def test_a_mapping_without_an_export_is_a_wrong_command_line(call: Call, desk: Path):
    shown = call("run", "d1", "--map", "map.toml", "-o", "report")
    assert shown.exit_code == 2
    assert "add --export FILE" in shown.output


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["gone away.csv"], "The export cannot be found: check the name and the folder, and put a"),
        (["my", "export.csv"], "put a name with spaces in quotation marks."),
        (["."], "What you named is a folder, not a file: give the name of a file in it."),
        ([""], "What you named is a folder, not a file: give the name of a file in it."),
    ],
)
def test_a_file_that_is_not_there_is_told_in_whole_sentences(
    typed: list[str], told: str, call: Call, desk: Path
):
    shown = call("read", *typed)
    assert (shown.exit_code, shown.stderr.count("\n")) == (1, 1)
    assert told in shown.stderr
    assert "the export it" not in shown.stderr
    assert "no file the export" not in shown.stderr


def test_a_column_that_is_nearly_there_is_suggested(call: Call, desk: Path):
    (desk / "weekly.csv").write_text("week,dna_rate,Zebedee\n2025-01-06,5,1\n2025-01-13,6,1\n")
    near = call("chart", "weekly.csv", "--x", "week", "--y", "dna_rte")
    assert near.stderr == "The export has no column 'dna_rte': did you mean 'dna_rate'?\n"
    far = call("chart", "weekly.csv", "--x", "week", "--y", "missed")
    assert "it has 'week', column 2 (name not shown), column 3 (name not shown)" in far.stderr
    assert "Zebedee" not in far.stderr
    wrong = call("chart", "weekly.csv", "--x", "week", "--y", "dna_rate", "--improvement", "more")
    assert (wrong.exit_code, "say up or down" in wrong.output) == (2, True)


@pytest.mark.parametrize(
    ("called", "found", "told"),
    [
        ("/usr/bin/pcqa", "/usr/bin/pcqa", "pcqa"),
        (".venv/bin/pcqa", None, ".venv/bin/pcqa"),
        (".venv/bin/pcqa", "/usr/bin/pcqa", ".venv/bin/pcqa"),
        ("somewhere/pytest", None, "pcqa"),
    ],
)
def test_the_command_is_printed_as_it_was_called(
    called: str, found: str | None, told: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.argv", [called, "read"])
    monkeypatch.setattr("shutil.which", lambda _: found)
    assert terminal.program() == told


def test_what_matters_less_is_folded_into_one_line(call: Call, desk: Path):
    lines = call("read", "my export.csv", "--map", "map.toml").stdout.splitlines()
    lacks = lines[lines.index("What this cannot answer") + 1 : -2]
    assert "utilisation" in lacks[0]
    assert "booking gap" in lacks[1]
    assert lacks[2].startswith("- Nor: start times, how people were seen, ")
    assert len(lacks) == 3


def test_doctor_ends_with_a_verdict():
    well, ill = Check("Python", "ok", "3.11"), Check("Kernel", "fail", "none", "Mend it.")
    assert verdict([well]) == "This computer is ready."
    assert verdict([well, ill]) == "1 thing to mend."
    assert verdict([ill, ill]) == "2 things to mend."


def test_a_batch_says_who_has_no_report_and_ends_with_one(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from pcqa_teach.run.batch import Batch

    def pretend(lesson, exports, out, **options):
        options["progress"]("1 of 2 practices done, about 3 seconds left")
        return Batch(Path(out), 1, 0, {"practice-001": "The export is empty."})

    monkeypatch.setattr("pcqa_teach.run.batch.run_batch", pretend)
    asked = ("batch", "d1", "--exports", tmp_path, "-o", tmp_path / "out")
    shown = call(*asked)
    assert shown.exit_code == 1
    assert "1 report: open" in shown.stdout
    assert "No report for practice-001: The export is empty." in shown.stdout
    assert json.loads(call(*asked, "--json").stdout)["failed"] == {
        "practice-001": "The export is empty."
    }
