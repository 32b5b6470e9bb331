"""What the form knows, says and allows next; no widget, no browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcqa_teach.data.phones.frame import SAY_WHICH_CLOCK
from pcqa_teach.errors import LessonError, ReadError, UnknownFormatError
from pcqa_teach.form import fits, steps, words

SECRET = "Jane Okonkwo 943 476 5919"
EXPORTS = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "exports"


def form(*files: Path) -> steps.Form:
    one = steps.Form()
    one.choose(files)
    return one


def book(path: Path, *rows: str) -> Path:
    head = "Appointment date,Appointment status,Rota type,Clinician\n"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_dirty_export_is_looked_at_and_all_its_rows_are_accounted_for(tmp_path):
    export = tmp_path / f"{SECRET}.csv"
    export.write_bytes((EXPORTS / "systmone_appointments_dirty.csv").read_bytes())
    looked = form(export).look()
    assert looked.held.kinds == {"appointments"}
    assert "TPP SystmOne appointment report" in looked.html
    for what, count in (("Rows in", "3,100"), ("Mended", "6"), ("Set aside", "7")):
        assert f'{what}</th><td class="number">{count}</td>' in looked.html
    assert list(looked.lessons) == ["d1", "d4", "d5", "d6", "d8"]
    assert "5 reports" in looked.sentence
    assert "Okonkwo" not in looked.html + looked.sentence


@pytest.mark.parametrize(
    ("name", "lessons"),
    [
        ("cbt_day_time_clean.csv", ["d2", "d8"]),
        ("emis_crosstab_clean.csv", ["d1", "d8"]),
        ("gpad_practice_clean.csv", ["d1", "d5", "d8"]),
        ("askmygp_demand_clean.csv", []),
    ],
)
def test_only_the_reports_that_suit_the_kind_of_file_are_offered(name, lessons):
    looked = form(EXPORTS / name).look()
    assert list(looked.lessons) == lessons
    assert ("no report is made" in looked.sentence) is (not lessons)


def test_a_file_of_ten_practices_or_more_can_be_compared():
    book = frozenset({"appointments"})
    assert "d7" not in fits.suiting(fits.Held(book, practices=9))
    assert "d7" in fits.suiting(fits.Held(book, practices=10))
    assert list(fits.suiting(fits.Held(frozenset({"practices"})))) == ["d7"]


def test_files_of_several_kinds_go_to_the_report_that_takes_several():
    files = [EXPORTS / "systmone_appointments_clean.csv", EXPORTS / "cbt_day_time_clean.csv"]
    looked = form(*files).look()
    assert looked.held.kinds == {"appointments", "call_bands"}
    assert list(looked.lessons) == ["d8"]


def test_no_report_is_made_of_a_file_that_nobody_looked_at():
    one = form()
    with pytest.raises(LessonError, match="First choose a file"):
        one.look()
    one.choose([EXPORTS / "systmone_appointments_clean.csv"])
    with pytest.raises(LessonError, match="First look at the file"):
        one.parameters("d1", {})
    one.look()
    with pytest.raises(LessonError, match="First tick which report"):
        one.parameters("", {})
    with pytest.raises(LessonError, match="First tick which report"):
        one.parameters("d2", {})
    assert one.parameters("d1", {"list_size": "9,800"}) == {"list_size": 9800}
    one.read_as(dates="month-first")
    with pytest.raises(LessonError, match="First look at the file"):
        one.parameters("d1", {})


def test_another_file_makes_void_what_was_seen_and_how_it_was_to_be_read():
    one = form(EXPORTS / "systmone_appointments_clean.csv")
    one.read_as(dates="day-first")
    one.look()
    one.choose([EXPORTS / "cbt_day_time_clean.csv"])
    assert one.looked is None
    assert one.how == steps.How()


@pytest.mark.parametrize(
    ("lesson", "typed", "sentence"),
    [
        ("d1", {"list_size": "many"}, "Registered patients: Give a whole number"),
        ("d1", {"list_size": "0"}, "Registered patients: Give a whole number"),
        ("d8", {}, "The day the change began is needed"),
        ("d8", {"go_live": "1/2/2025", "people_chosen": "some"}, "Answer yes or no, or leave it"),
        ("d8", {"go_live": "last May"}, "The day the change began: Give a day such as 13/01/2025"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_names_the_box(lesson, typed, sentence):
    with pytest.raises(LessonError, match=sentence):
        fits.answers(lesson, typed)


def test_a_day_is_taken_as_people_here_write_it():
    assert fits.answers("d8", {"go_live": "13/01/2025"}) == {"go_live": "2025-01-13"}
    assert fits.answers("d8", {"go_live": "2025-01-13"}) == {"go_live": "2025-01-13"}
    told = {"go_live": "2025-01-13", "people_chosen": "Yes", "recording_same": "no"}
    assert fits.answers("d8", told) == {**told, "people_chosen": True, "recording_same": False}


def test_every_lesson_on_own_data_can_be_offered_and_asks_only_what_it_takes(root):
    from pcqa_teach import resources
    from pcqa_teach.publish import editions
    from pcqa_teach.run import notebook

    own = {one.short: one for one in resources.lessons().values() if one.assignment == "own-data"}
    assert set(fits.SUITS) == set(own)
    for short, asks in fits.ASKS.items():
        known = notebook.parameter_names(editions.read(own[short].path))
        assert {ask.name for ask in asks} <= set(known)
    for short in steps._CLOCKED:
        assert "clock" in notebook.parameter_names(editions.read(own[short].path))


def test_month_first_dates_are_asked_about_in_the_forms_own_words_and_then_read(tmp_path):
    rows = [f"{month:02d}/{day:02d}/2025,Attended,GP,A" for month in (3, 4) for day in range(1, 29)]
    one = form(book(tmp_path / f"{SECRET}.csv", *rows))
    with pytest.raises(LessonError) as refused:
        one.look()
    said = str(refused.value)
    assert "tick that below, and look again" in said
    assert "dates=" not in said
    assert "Okonkwo" not in said
    one.read_as(dates="month-first")
    assert "1 March 2025 to 28 April 2025" in one.look().html


def test_an_unknown_format_is_said_in_the_forms_own_words_and_a_mapping_is_offered(tmp_path):
    odd = tmp_path / f"{SECRET}.csv"
    odd.write_text("Tag,Was\n2024-03-01,came\n", encoding="utf-8")
    one = form(odd)
    with pytest.raises(LessonError, match="in no format that the kit knows") as refused:
        one.look()
    assert one.asks_mapping
    assert "pcqa" not in str(refused.value)
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\ndate = "Tag"\nstatus = "Was"\n\n[status]\ncame = "Attended"\n',
        encoding="utf-8",
    )
    one.read_as(mapping=mapping)
    assert "d1" in one.look().lessons


def test_a_missing_file_is_one_sentence_without_its_name(tmp_path):
    with pytest.raises(LessonError, match="cannot be found: check the name") as refused:
        form(tmp_path / f"{SECRET}.csv").look()
    assert "Okonkwo" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
    assert "quotation" not in str(refused.value)  # the form needs none


def test_a_home_that_nobody_has_is_a_file_that_is_not_there():
    with pytest.raises(LessonError, match="cannot be found: check the name") as refused:
        form(Path("~nobodyhere/x.csv")).look()
    assert "nobodyhere" not in str(refused.value)


def test_an_error_of_any_other_kind_quotes_nothing(monkeypatch, tmp_path):
    from pcqa_teach import data

    def stop(*_, **__):
        raise KeyError(SECRET)

    monkeypatch.setattr(data, "read_with_report", stop)
    with pytest.raises(LessonError, match="KeyError") as refused:
        form(tmp_path / "x.csv").look()
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "error",
    [
        ReadError(f"The log: {SAY_WHICH_CLOCK}."),
        ReadError("It has a date that is none: mend it, or pass dates= ('day-first' or "
                  "'month-first')."),
        ReadError("Put it back, or write a new sheet with `pcqa template tally`."),
        ReadError('say what they are with a mapping (`pcqa read EXPORT --write-map map.toml '
                  '--kind calls`, lengths = "minutes").'),
        UnknownFormatError("no"),
    ],
)  # fmt: skip
def test_no_command_and_no_python_is_left_in_what_the_form_says(error):
    for desk in (True, False):
        said = words.of_error(error, desk=desk)
        assert "pcqa " not in said
        assert "--" not in said
        assert "=" not in said


def test_a_log_whose_clock_nobody_knows_is_asked_about():
    one = form(Path("calls.csv"))
    assert not one.asks_clock
    assert words.of_error(ReadError(f"{SAY_WHICH_CLOCK}.")) == (
        "tick below which it is (local: a summer call shows the time of the clock on your wall; "
        "UTC: it shows an hour less), and look again."
    )


def test_a_folder_of_practices_is_compared_and_too_few_are_said(tmp_path):
    rows = [f"{day:02d}/03/2025,Attended,GP,A" for day in range(1, 29)]
    for number in range(9):
        book(tmp_path / f"{SECRET}-{number}.csv", *rows)
    few = form(tmp_path)
    with pytest.raises(LessonError, match="9 practices; 10 are the least") as refused:
        few.look()
    assert "Okonkwo" not in str(refused.value)
    book(tmp_path / "tenth.csv", *rows, "soon,Attended,GP,A")
    looked = form(tmp_path).look()
    assert list(looked.lessons) == ["d7"]
    assert "10 files of 10 practices were read: 281 rows in;" in looked.html
    assert "280 mended, 0 set aside, 1 refused" in looked.html
    assert "Okonkwo" not in looked.html


def test_what_to_compare_is_said_in_words():
    assert fits.answers("d7", {"measure": "Over 14 days", "mine": "G12345"}) == {
        "measure": "over_14",
        "mine": "G12345",
    }
    with pytest.raises(LessonError, match="Write one of these words"):
        fits.answers("d7", {"measure": "money"})


def test_a_folder_with_one_bad_file_says_so_without_its_name(tmp_path):
    rows = [f"{day:02d}/03/2025,Attended,GP,A" for day in range(1, 29)]
    for number in range(10):
        book(tmp_path / f"practice-{number}.csv", *rows)
    american = [f"{month:02d}/{day:02d}/2025,Attended,GP,A" for month in (3, 4) for day in (20, 25)]
    book(tmp_path / f"{SECRET}.csv", *american)
    one = form(tmp_path)
    with pytest.raises(LessonError, match="One file of the folder could not be read") as refused:
        one.look()
    assert "Okonkwo" not in str(refused.value)
    assert not one.asks_mapping
