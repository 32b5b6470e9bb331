"""A first look: every number is the measures' own, and what is lacking is said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.measures import FirstLook, first_look
from pcqa_teach.measures.tidy import tidy

EXPORTS = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "exports"
FILES = sorted(path.name for path in EXPORTS.glob("*.*") if path.suffix in (".csv", ".xlsx"))


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    return pcqa.load_demo("appointments")


@pytest.fixture(scope="module")
def look(demo: pd.DataFrame) -> FirstLook:
    return first_look(demo, 10_100)


def test_its_shares_are_those_of_the_measures(demo: pd.DataFrame, look: FirstLook) -> None:
    numbers = look.numbers
    for name, unknown in (("counted", "in"), ("left_out", "out")):
        weeks = pcqa.measures.dna_rate(demo, unknown=unknown)
        share = 100 * weeks["count"].sum() / weeks["n"].sum()
        assert numbers[f"missed_unknown_{name}_percent"] == pytest.approx(share, abs=0.001)
    filled = pcqa.measures.utilisation(demo)
    share = 100 * filled["count"].sum() / filled["n"].sum()
    assert numbers["filled_percent"] == pytest.approx(share, abs=0.001)
    same = pcqa.measures.same_day_share(demo)
    share = 100 * same["count"].sum() / same["n"].sum()
    assert numbers["same_day_percent"] == pytest.approx(share, abs=0.001)
    held = pcqa.measures.places_held(demo)["value"].mean()
    assert numbers["queue_mean"] == pytest.approx(held, abs=0.05)


def test_each_sum_gives_its_number(look: FirstLook) -> None:
    rows = look.table.set_index("what")
    sums = [str(one).replace(",", "").replace(" of ", "/") for one in rows["sum"]]
    for value, said in zip(rows["value"], sums, strict=True):
        plain = said.replace("working days", "").replace("x", "*").replace(" filled", "")
        plain = plain.replace(" left open", "")
        if not plain.strip() or any(letter.isalpha() for letter in plain):
            continue
        worked = eval(plain)  # digits and signs only
        shown = float(str(value).replace(",", "").rstrip("%"))
        worked = worked * 100 if str(value).endswith("%") else worked
        assert worked == pytest.approx(shown, abs=0.51 if shown > 200 else 0.051), value


def test_a_full_file_has_nothing_to_ask_for_but_a_tally(look: FirstLook) -> None:
    assert look.numbers["ask_for"] == "Nothing but a week's tally"
    assert look.checks["ask"].tolist().count("") == len(look.checks) - 1


@pytest.mark.parametrize("name", FILES)
def test_every_export_gives_a_first_look(name: str) -> None:
    found = first_look(pcqa.read(EXPORTS / name), 1700)
    slots = "emis" in name
    assert (found.numbers["capacity_a_week"] is not None) == slots
    assert ("unused slots" in str(found.numbers["ask_for"]).lower()) == (not slots)
    assert found.numbers["per_1000_a_week"] is not None
    assert "INVENTED" not in repr(found)
    assert found.data_table()._repr_html_()
    assert len(found.figure().alt) > 30


def test_a_short_file_is_asked_to_be_longer() -> None:
    found = first_look(pcqa.read(EXPORTS / "systmone_appointments_overlap.csv"))
    assert found.numbers["ask_for"] == "Longer file, unused slots, list size"
    assert "at least 14 weeks" in found.checks["ask"].iloc[0]
    assert "needs a longer file" in found.table["value"].tolist()
    assert "needs the list size" in found.table["value"].tolist()


def test_without_one_whole_week_it_is_a_sentence() -> None:
    with pytest.raises(DataError, match="There is no whole week with appointments"):
        first_look(tidy(date=["2026-03-11"], status=["Attended"]))


def test_a_list_size_that_is_no_number_is_a_sentence(demo: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="list_size is not a number above nought"):
        first_look(demo, 0)


def test_small_numbers_are_in_words() -> None:
    days = pd.date_range("2026-03-09", periods=5)
    marks = ["Attended", "DNA", "Attended", "Attended", "Attended"]
    found = first_look(tidy(date=days, status=marks, count=[60, 3, 60, 60, 60]))
    assert "fewer than 5 of 243" in found.table["sum"].tolist()


def test_its_labels_name_what_it_records(look: FirstLook) -> None:
    pcqa.record(**look.numbers, labels=look.labels)


def test_missing_unknowns_beyond_the_mark_are_asked_about() -> None:
    days = pd.date_range("2026-03-09", periods=5)
    marks = ["Attended", "DNA", "Unknown", "Attended", "Attended"]
    found = first_look(tidy(date=days, status=marks, count=[60, 10, 20, 60, 60]))
    assert "Longer file, closing of slots" in str(found.numbers["ask_for"])
