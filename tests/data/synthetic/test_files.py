"""The committed files say what they hold, hide the truth, and name nobody."""

import gzip
import json
import re

import pandas as pd
import pytest

from pcqa_teach.data import schema
from pcqa_teach.data.synthetic import dictionary
from pcqa_teach.privacy import is_code

CSVS = sorted(dictionary.FILES)
PARTICIPANT = [name for name in CSVS if not name.startswith("truth_")]
NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def plain(path) -> str:
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return data.decode("utf-16" if data[:2] == b"\xff\xfe" else "cp1252", errors="replace")


@pytest.mark.parametrize("name", CSVS)
def test_each_file_has_the_columns_that_the_dictionary_defines(name, committed):
    held = list(pd.read_csv(committed / name, nrows=5).columns)
    assert held == list(dictionary.FILES[name].columns)


def test_every_csv_is_in_the_dictionary(committed):
    assert {p.name for p in committed.glob("*.csv*")} == set(CSVS)


@pytest.mark.parametrize("name", PARTICIPANT)
def test_no_truth_in_what_a_participant_gets(name, committed):
    assert "_true" not in plain(committed / name)


def test_the_readme_is_written_from_the_dictionary(committed):
    seed = json.loads((committed / "truth.json").read_text())
    assert (committed / "README.md").read_text() == dictionary.readme(seed["seed"], seed["b3"])


def test_the_readme_says_that_all_is_invented(committed):
    assert "Everything here is invented" in (committed / "README.md").read_text()
    assert "Invented, every row" in (committed / "exports" / "README.md").read_text()


def test_appointments_fit_the_tidy_schema(committed):
    frame = pd.read_csv(committed / "appointments.csv.gz", low_memory=False)
    assert list(frame.columns) == [c for c in schema.COLUMNS if c in frame.columns]
    for name, column in schema.COLUMNS.items():
        if column.labels and name in frame:
            assert set(frame[name].dropna()) <= set(column.labels)
        if column.prefix and name in frame:
            assert all(is_code(text, column.prefix) for text in frame[name].dropna().unique())
    assert frame["date"].min() == "2024-06-10"
    assert frame["date"].max() <= "2024-12-08"
    assert (frame["status"] == "Available").any()


def valid_nhs(text: str) -> bool:
    digits = [int(d) for d in re.sub(r"\D", "", text)]
    check = 11 - sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return digits[9] == (0 if check == 11 else check) and check != 10


def test_no_valid_nhs_number_and_no_date_of_birth(committed):
    for path in [*committed.glob("*.csv*"), *committed.glob("exports/*.csv")]:
        text = plain(path)
        numbers = set(NHS.findall(text))
        assert not any(valid_nhs(number) for number in numbers), path.name
        assert all(number.startswith("999") for number in numbers), path.name
        assert "birth" not in text.lower(), path.name


def test_ages_are_bands(committed):
    emis = pd.read_csv(committed / "exports" / "emis_slots_clean.csv", dtype=str)
    assert set(emis["Age"].dropna()) <= set(schema.AGE_BANDS)
    people = pd.read_csv(committed / "attendance.csv.gz")
    assert set(people["age_band"]) <= set(schema.AGE_BANDS)


def test_four_hundred_sentences_and_no_two_alike(committed):
    contacts = pd.read_csv(committed / "contacts.csv")
    assert len(contacts) == 400
    assert contacts["verbatim"].is_unique
    assert contacts["verbatim"].str.len().between(20, 140).all()
    assert contacts["verbatim"].str.match(r"[A-Z].*[.?]$").all()
    truth = pd.read_csv(committed / "truth_contacts.csv")
    assert set(truth["contact_id"]) == set(contacts["contact_id"])
    assert (truth["demand_type_true"] != "value").mean() == pytest.approx(0.22, abs=0.005)


def test_both_coders_coded_every_contact(committed):
    coded = pd.read_csv(committed / "coders.csv")
    assert coded.groupby("contact_id").size().eq(2).all()
    assert coded["contact_id"].nunique() == 400


def test_redials_point_at_an_earlier_missed_call(committed):
    calls = pd.read_csv(committed / "calls.csv.gz", dtype=str).set_index("call_id")
    again = calls[calls["redial_of"].notna()]
    origin = calls.loc[again["redial_of"]]
    assert len(again) > 50
    assert (origin["outcome"] == "Missed").all()
    assert (origin["start"].to_numpy() < again["start"].to_numpy()).all()
