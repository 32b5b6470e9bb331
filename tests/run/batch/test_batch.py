"""A batch: each practice exactly once, whatever stops it, and one bad file stops none."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.run.batch import across, run_batch
from pcqa_teach.run.mapped import Reading

IDENTIFIER = "Okonkwo 943 476 5919"


def labels(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "reports").iterdir())


def test_every_practice_gets_a_report_and_all_of_them_a_page(lesson, exports, tmp_path):
    heard: list[str] = []
    out = tmp_path / "out"
    done = run_batch(lesson, exports, out, progress=heard.append)
    assert (done.reports, done.before, dict(done.failed)) == (12, 0, {})
    assert labels(out) == [f"G850{n:02d}" for n in range(12)]
    assert "12 of 12 practices done" in heard
    assert any("left" in line for line in heard)
    table = pd.read_csv(out / "summary.csv")
    assert table["practice"].tolist() == labels(out)
    for label in labels(out):
        own = json.loads((out / "reports" / label / "summary.json").read_text())["results"]
        row = table.set_index("practice").loc[label]
        assert (row["appointments"], row["missed"]) == (own["appointments"], own["missed"])
    page = (out / "index.html").read_text()
    assert 'href="reports/G85003/report.html"' in page
    assert "Who differs by more than chance" in page
    assert (out / "funnel.svg").is_file()


def test_a_bad_file_stops_none_and_is_told_without_its_name(lesson, exports, tmp_path):
    (exports / f"{IDENTIFIER}.csv").write_text("nothing,here\n1,2\n")
    (exports / "empty.csv").write_text("")
    out = tmp_path / "out"
    done = run_batch(lesson, exports, out)
    assert done.reports == 12
    assert sorted(done.failed) == ["practice-001", "practice-002"]
    told = pd.read_csv(out / "failed.csv")
    assert told["practice"].tolist() == ["practice-001", "practice-002"]
    for path in out.rglob("*"):
        if path.is_file() and path.name != "which-is-which.csv":
            assert b"Okonkwo" not in path.read_bytes(), path.name
            assert b"5919" not in path.read_bytes() or path.suffix in (".svg", ".html", ".ipynb")
    key = out / "private" / "which-is-which.csv"
    assert IDENTIFIER in key.read_text()
    assert os.name != "posix" or key.stat().st_mode & 0o077 == 0


def test_asked_again_it_does_only_what_is_left(lesson, exports, tmp_path):
    out = tmp_path / "out"
    (exports / "G85099.csv").write_text("nothing,here\n1,2\n")
    first = run_batch(lesson, exports, out)
    assert sorted(first.failed) == ["G85099"]
    made = {label: (out / "reports" / label).stat().st_mtime_ns for label in labels(out)}
    (exports / "G85099.csv").write_bytes((exports / "G85001.csv").read_bytes())
    again = run_batch(lesson, exports, out)
    assert (again.reports, again.before, dict(again.failed)) == (13, 12, {})
    assert again.twins == [["G85001", "G85099"]]  # one practice, sent twice
    assert "hold the very same data" in (out / "index.html").read_text()
    assert any("take away all but one" in said for said in again.sentences())
    for label, when in made.items():
        assert (out / "reports" / label).stat().st_mtime_ns == when
    assert not (out / "failed.csv").exists()


def test_a_file_that_has_changed_is_run_again(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    before = pd.read_csv(out / "summary.csv").set_index("practice")["appointments"]
    rows = (exports / "G85000.csv").read_text().splitlines(keepends=True)
    (exports / "G85000.csv").write_text("".join(rows[:900]))
    again = run_batch(lesson, exports, out)
    after = pd.read_csv(out / "summary.csv").set_index("practice")["appointments"]
    assert again.before == 11
    assert after["G85000"] < before["G85000"]
    assert after.drop("G85000").equals(before.drop("G85000"))


@pytest.mark.slow
def test_another_lesson_or_other_settings_are_not_mixed_in(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    with pytest.raises(RunError, match="other settings"):
        run_batch(lesson, exports, out, parameters={"slow": 0.001})
    assert run_batch(lesson, exports, out, parameters={"slow": 0.001}, replace=True).before == 0
    (out / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match="no batch made"):
        run_batch(lesson, exports, out, replace=True)
    assert (out / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("wrong", ["no such folder", "no export"])
def test_a_folder_without_exports_is_one_sentence(lesson, tmp_path, wrong):
    folder = tmp_path / "borough"
    if wrong == "no export":
        folder.mkdir()
    with pytest.raises(RunError, match=r"no folder|no export"):
        run_batch(lesson, folder, tmp_path / "out")


def test_a_folder_of_other_things_is_left_alone(lesson, exports, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(RunError, match="other files"):
        run_batch(lesson, exports, tmp_path / "out")


def test_no_scheduler_there_is_one_sentence(lesson, exports, tmp_path, monkeypatch):
    monkeypatch.setattr("pcqa_teach.run.batch.cluster._CONNECT", 1)
    with pytest.raises(SetupError, match="No Dask scheduler answers"):
        run_batch(lesson, exports, tmp_path / "out", scheduler="tcp://127.0.0.1:9")


KILLED = """
import sys, nbformat
from pcqa_teach.run.batch import across, run_batch
from pcqa_teach.run.mapped import Reading
lesson = nbformat.read(sys.argv[1], 4)
run_batch(lesson, sys.argv[2], sys.argv[3], progress=lambda said: print(said, flush=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of Unix")
@pytest.mark.slow
@pytest.mark.parametrize("after", [1, pytest.param(5, marks=pytest.mark.more)])
def test_killed_half_way_it_goes_on_with_nothing_lost_or_doubled(lesson, exports, tmp_path, after):
    import nbformat

    out, place = tmp_path / "out", tmp_path / "lesson.ipynb"
    nbformat.write(lesson, place)
    command = [sys.executable, "-c", KILLED, str(place), str(exports), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line.startswith(f"{after} of"):
                os.kill(run.pid, signal.SIGKILL)
                break
    time.sleep(0.2)
    whole = {p.name for p in (out / "reports").iterdir() if not p.name.startswith(".")}
    assert len(whole) >= after
    made = {name: (out / "reports" / name / "summary.json").stat().st_mtime_ns for name in whole}
    again = run_batch(lesson, exports, out)
    assert (again.reports, again.before) == (12, len(whole))
    assert labels(out) == [f"G850{n:02d}" for n in range(12)]
    for name, when in made.items():
        assert (out / "reports" / name / "summary.json").stat().st_mtime_ns == when


@pytest.mark.slow
def test_half_made_states_that_a_kill_may_leave_are_gone_on_from(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    (out / "batch.json").rename(out / ".batch.json.partial")  # killed before it had its name
    for path in out.iterdir():
        if not path.name.startswith("."):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    assert run_batch(lesson, exports, out).reports == 12
    old = out / "reports" / "G85001"
    old.rename(out / "reports" / ".G85001.old")  # killed while an outdated report was taken away
    (out / ".summary.csv.partial").write_text("half")
    again = run_batch(lesson, exports, out)
    assert (again.reports, again.before) == (12, 11)
    assert not list(out.glob(".*.partial"))
    assert run_batch(lesson, exports, out, replace=True).before == 0


@pytest.mark.slow
def test_a_practice_whose_report_never_came_is_listed(lesson, exports, tmp_path, monkeypatch):
    from pcqa_teach.run.batch import local
    from pcqa_teach.run.batch.one import Outcome

    def elsewhere(practices, make, workers):
        for number, practice in enumerate(practices):
            yield make(practice) if number else Outcome(practice.label, "", 0.1)

    monkeypatch.setattr(local, "outcomes", elsewhere)
    done = run_batch(lesson, exports, tmp_path / "out")
    assert list(done.failed) == ["G85000"]
    assert "same folders" in done.failed["G85000"]


@pytest.mark.slow
def test_file_names_of_any_kind_are_kept_and_no_formula(lesson, exports, tmp_path):
    (exports / "=1+1.csv").write_bytes((exports / "G85001.csv").read_bytes())
    if os.name == "posix":
        odd = os.fsencode(exports) + b"/caf\xe9.csv"
        Path(os.fsdecode(odd)).write_bytes((exports / "G85002.csv").read_bytes())
    out = tmp_path / "out"
    first = run_batch(lesson, exports, out)
    assert not first.failed
    names = (out / "private" / "which-is-which.csv").read_bytes()
    assert b"'=1+1.csv" in names
    assert run_batch(lesson, exports, out).before == first.reports


@pytest.mark.slow
def test_the_page_has_the_columns_that_the_lesson_chose(lesson, exports, tmp_path):
    import copy

    chosen = copy.deepcopy(lesson)
    chosen.metadata["pcqa"]["compare"] |= {"called": "missed", "shown": [["missed", "Missed, n"]]}
    run_batch(chosen, exports, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    every = page[page.index("Every practice") :]
    assert ">Missed, n</th>" in every
    assert ">Appointments</th>" not in every
    assert "summary.csv" in every


@pytest.fixture
def per_list(lesson):
    """A lesson that records the list size that it is given."""
    import copy

    made = copy.deepcopy(lesson)
    made.cells[1].source += "\nlist_size = None"
    made.cells[-1].source += "\npcqa.record(list_size=list_size, exact=['list_size'])"
    return made


def test_list_sizes_go_to_their_practices_and_a_new_one_is_run_again(per_list, exports, tmp_path):
    (exports / "Somebody.csv").write_bytes((exports / "G85001.csv").read_bytes())
    given = {f"G850{n:02d}": 9000 + n for n in range(12)}
    out = tmp_path / "out"
    done = run_batch(per_list, exports, out, list_sizes=given)
    table = pd.read_csv(out / "summary.csv").set_index("practice")["list_size"]
    assert table.drop("practice-001").astype(int).to_dict() == given
    assert done.without_size == ["practice-001"]
    assert "No list size was given for practice-001" in (out / "index.html").read_text()
    again = run_batch(per_list, exports, out, list_sizes={**given, "G85003": 12_000})
    assert again.before == 12
    assert pd.read_csv(out / "summary.csv").set_index("practice")["list_size"]["G85003"] == 12_000
    assert again.twins == [["G85001", "practice-001"]]  # whatever their list sizes


def test_an_unknown_parameter_is_said_before_anything_runs(lesson, exports, tmp_path):
    with pytest.raises(RunError, match="no parameter called list_size"):
        run_batch(lesson, exports, tmp_path / "out", list_sizes={"G85001": 9000})
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_reports_of_exports_that_are_gone_stay_and_are_not_counted(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    (exports / "G85005.csv").unlink()
    again = run_batch(lesson, exports, out)
    assert (again.reports, again.left_over) == (11, ["G85005"])
    assert (out / "reports" / "G85005" / "report.html").is_file()
    assert "G85005" not in pd.read_csv(out / "summary.csv")["practice"].tolist()
    assert any("of a file that is gone" in said for said in again.sentences())


@pytest.mark.slow
def test_two_lines_do_not_fill_one_folder(lesson, exports, tmp_path):
    from filelock import FileLock

    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    with (
        FileLock(out / ".batch.lock"),
        pytest.raises(RunError, match="Another line is filling 'out'"),
    ):
        run_batch(lesson, exports, out, replace=True)
    assert len(labels(out)) == 12
    assert run_batch(lesson, exports, out).before == 12


def test_one_file_is_no_folder(lesson, exports, tmp_path):
    with pytest.raises(RunError, match="`pcqa run`"):
        run_batch(lesson, exports / "G85001.csv", tmp_path / "out")


MAP = """
header_row = 1
period = "day"
[columns]
date = "Tag"
status = "Was"
[status]
"Finished" = "Attended"
"Did Not Attend" = "DNA"
"Cancelled" = "Cancelled"
"""


@pytest.mark.slow
def test_a_mapping_serves_every_export(lesson, exports, tmp_path):
    for path in exports.iterdir():
        rows = pd.read_csv(path, dtype=str)[["Appointment date", "Appointment status"]]
        rows.set_axis(["Tag", "Was"], axis=1).to_csv(path, index=False)
    with pytest.raises(RunError, match=r"add --map map\.toml to this line"):
        run_batch(lesson, exports, tmp_path / "before")
    filled = tmp_path / "map.toml"
    filled.write_text(MAP)
    out = tmp_path / "out"
    assert run_batch(lesson, exports, out, reading=Reading(mapping=filled)).reports == 12
    assert pd.read_csv(out / "summary.csv")["missed"].sum() > 0
    filled.write_text(MAP.replace('"Did Not Attend" = "DNA"', '"Did Not Attend" = "Unknown"'))
    again = run_batch(lesson, exports, out, reading=Reading(mapping=filled))
    assert again.before == 0  # another mapping, another report
    assert pd.read_csv(out / "summary.csv")["missed"].sum() == 0


@pytest.mark.slow
def test_a_mapping_is_for_files_of_no_known_format_alone(lesson, exports, tmp_path):
    rows = pd.read_csv(exports / "G85003.csv", dtype=str)
    odd = rows[["Appointment date", "Appointment status"]].set_axis(["Tag", "Was"], axis=1)
    odd.to_csv(exports / "G85003.csv", index=False)
    out = tmp_path / "out"
    assert list(run_batch(lesson, exports, out).failed) == ["G85003"]
    filled = tmp_path / "map.toml"
    filled.write_text(MAP)
    again = run_batch(lesson, exports, out, reading=Reading(mapping=filled))
    assert (again.reports, again.before, dict(again.failed)) == (12, 11, {})


def test_a_mapping_that_is_not_there_is_said_before_anything_is_made(lesson, exports, tmp_path):
    with pytest.raises(RunError, match=r"no file .map\.toml. where you say"):
        run_batch(lesson, exports, tmp_path / "out", reading=Reading(mapping=tmp_path / "map.toml"))
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_without_the_private_table_no_report_goes_by_anothers_label(lesson, exports, tmp_path):
    for path in list(exports.iterdir())[3:]:
        path.unlink()
    for number, path in enumerate(sorted(exports.iterdir())):
        path.rename(exports / f"m{number}.csv")
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    told = pd.read_csv(out / "private" / "which-is-which.csv").set_index("label")["file"]
    assert told["practice-001"] == "m0.csv"
    first = pd.read_csv(out / "summary.csv").set_index("practice")["appointments"]
    shutil.rmtree(out / "private")  # passed on, as the page says
    (exports / "a-new-one.csv").write_bytes((exports / "m2.csv").read_bytes())
    run_batch(lesson, exports, out)
    told = pd.read_csv(out / "private" / "which-is-which.csv").set_index("label")["file"]
    assert told["practice-001"] == "a-new-one.csv"
    second = pd.read_csv(out / "summary.csv").set_index("practice")["appointments"]
    assert second["practice-001"] == first["practice-003"]
    assert second["practice-002"] == first["practice-001"]


def test_a_worse_file_does_not_cost_the_earlier_report(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    (exports / "G85002.csv").write_text("junk")
    again = run_batch(lesson, exports, out)
    assert list(again.failed) == ["G85002"]
    assert again.left_over == ["G85002"]
    assert (out / "reports" / "G85002" / "report.html").is_file()
    assert "G85002" not in pd.read_csv(out / "summary.csv")["practice"].tolist()


@pytest.mark.slow
def test_a_file_saved_again_with_another_ending_keeps_its_code(lesson, exports, tmp_path):
    good = (exports / "G85001.csv").read_bytes()
    (exports / "G85001.csv").unlink()
    (exports / "G85001.txt").write_text("junk")
    out = tmp_path / "out"
    assert list(run_batch(lesson, exports, out).failed) == ["G85001"]
    (exports / "G85001.txt").unlink()
    (exports / "g85001 march.csv").write_bytes(good)
    again = run_batch(lesson, exports, out)
    assert (again.reports, dict(again.failed)) == (12, {})
    assert "G85001" in labels(out)


def test_no_digest_of_an_export_is_in_what_is_passed_on(lesson, exports, tmp_path):
    """Whoever has the digest of a file can try files until one fits."""
    for path in list(exports.iterdir())[1:]:
        path.unlink()
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    plain = hashlib.sha256(next(exports.iterdir()).read_bytes()).hexdigest()
    report = next((out / "reports").iterdir())
    mark = (report / "made-from.txt").read_text()
    for path in out.rglob("*"):
        assert not path.is_file() or plain.encode() not in path.read_bytes(), path.name
    for shared in ("summary.json", "notice-board.pdf"):
        assert mark.encode() not in (report / shared).read_bytes()
    assert "made_from" not in json.loads((report / "summary.json").read_text())
    key = out / "private" / "key"
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0
    assert run_batch(lesson, exports, out).before == 1
    key.unlink()  # the mark hangs on it: the same file has another now
    assert run_batch(lesson, exports, out).before == 0
    assert (report / "made-from.txt").read_text() != mark


def test_the_page_says_which_practices_the_funnel_leaves_out():
    names = {"numerator": "missed", "denominator": "appointments"}
    rows = {"practice": [f"G{n}" for n in range(12)], "appointments": [900] * 12}
    whole = pd.DataFrame({**rows, "missed": list(range(50, 62))})
    assert across.left_out(whole, names) == ""
    some = whole.assign(missed=["fewer than 8", "held back", *range(50, 60)])
    said = "2 of 12 practices are not in the funnel: missed fewer than 8 in 1 and missed held back"
    assert across.left_out(some, names).startswith(said)
    assert not isinstance(across.funnel(some, names), str)
    most = whole.assign(missed=["fewer than 8"] * 5 + [60] * 7)
    assert "there are 7. 5 of 12 practices are not" in across.funnel(most, names)


@pytest.mark.slow
def test_half_a_report_is_made_anew(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    (out / "reports" / "G85004" / "summary.json").write_text("")  # as a power cut may leave it
    again = run_batch(lesson, exports, out)
    assert (again.reports, again.before, dict(again.failed)) == (12, 11, {})


@pytest.mark.slow
def test_a_file_that_may_not_be_opened_stops_none(lesson, exports, tmp_path, monkeypatch):
    locked, opened = exports / "G85005.csv", Path.open

    def guarded(path, *words, **options):
        if path == locked:
            raise PermissionError(13, "locked")
        return opened(path, *words, **options)

    monkeypatch.setattr(Path, "open", guarded)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked)
    done = run_batch(lesson, exports, tmp_path / "out")
    assert done.reports == 11
    assert "may not be read" in done.failed["G85005"]


@pytest.mark.parametrize("name", ["list_size", "practice", "export"])
def test_what_differs_between_practices_is_not_set_for_all(lesson, exports, tmp_path, name):
    with pytest.raises(RunError, match="differs from practice to practice"):
        run_batch(lesson, exports, tmp_path / "out", parameters={name: 3})
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_batch_that_is_refused_does_not_hold_its_folder(lesson, exports, tmp_path):
    out = tmp_path / "out"
    run_batch(lesson, exports, out)
    kept = []
    try:
        run_batch(lesson, exports, out, parameters={"slow": 0.001})
    except RunError as error:
        kept.append(error)  # as a notebook keeps it
    assert kept
    assert run_batch(lesson, exports, out, parameters={"slow": 0.001}, replace=True).reports == 12


def test_stopped_by_an_error_nothing_goes_on_behind_it(lesson, exports, tmp_path):
    def hear(said: str) -> None:
        if said.startswith("1 of"):
            raise ValueError("enough")

    out = tmp_path / "out"
    kept = []
    try:
        run_batch(lesson, exports, out, parameters={"slow": 0.2}, progress=hear, workers=1)
    except ValueError as error:
        kept.append(error)
    made = len(labels(out))
    time.sleep(1.5)
    assert len(labels(out)) == made < 12


@pytest.mark.slow
def test_what_is_passed_over_is_counted(lesson, exports, tmp_path):
    (exports / "north").mkdir()
    (exports / "notes.docx").write_text("notes")
    done = run_batch(lesson, exports, tmp_path / "out")
    assert any("2 other things" in said for said in done.sentences())
