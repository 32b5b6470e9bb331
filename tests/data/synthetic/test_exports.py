"""Exports carry what the appointment book holds, their stated faults, and read back whole."""

import csv
import io
import re

import pandas as pd
import pytest

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import exports
from pcqa_teach.data.synthetic.exports import parts

pcqa_data = pytest.importorskip("pcqa_teach.data")
HELD = {
    "systmone": ["Booked", "Attended", "DNA", "Cancelled", "Walked out", "Unknown"],
    "emis": ["Available", "Booked", "Attended", "DNA", "Walked out", "Unknown"],
    "gpad": ["Attended", "DNA", "Unknown"],
}


@pytest.fixture(scope="module")
def slots() -> pd.DataFrame:
    return synthetic.practice(days=120, list_size=1500, with_calls=False).appointments


def text_of(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252")


@pytest.mark.parametrize("kind", ["systmone", "emis", "gpad"])
@pytest.mark.parametrize("dirty", [False, True])
def test_rendering_is_the_same_every_time(kind, dirty, slots):
    assert getattr(exports, kind)(slots, dirty) == exports.rendered(kind, slots, dirty).data


def test_clean_exports_hold_one_row_for_each_appointment(slots):
    rows = slots["status"]
    systmone = pd.read_csv(io.BytesIO(exports.systmone(slots)))
    emis = pd.read_csv(io.BytesIO(exports.emis(slots)))
    gpad = pd.read_csv(io.BytesIO(exports.gpad(slots)))
    assert len(systmone) == (rows != "Available").sum()
    assert len(emis) == (rows != "Cancelled").sum()
    assert gpad["COUNT_OF_APPOINTMENTS"].sum() == (~rows.isin(["Available", "Cancelled"])).sum()


def test_dates_are_day_first_in_every_form(slots):
    rendered = csv.reader(io.StringIO(text_of(exports.systmone(slots, dirty=True))))
    dates = {row[0] for row in rendered if row and re.match(r"\d", row[0])}
    forms = {re.sub(r"[A-Z][a-z]{2}", "Mon", re.sub(r"\d", "9", day)) for day in dates}
    assert forms == {"99-Mon-99", "99/99/9999", "99-Mon-9999", "9999-99-99"}
    slashed = [day.split("/") for day in dates if "/" in day]
    assert max(int(day) for day, _, _ in slashed) > 12
    assert max(int(month) for _, month, _ in slashed) <= 12


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("systmone", ["Last Run:", "£", "Total,", "INVENTED PATIENT", "NHS Number"]),
        ("emis", ["Last Run:", "Embargoed", "Blocked", "Total\t", "INVENTED PATIENT"]),
        ("gpad", ["Unknown / Data Issue", "8 to 14 Days", "8  to 14 Days", "Total,", "<5"]),
    ],
)
def test_dirty_exports_carry_their_faults(kind, marks, slots):
    made = exports.rendered(kind, slots, dirty=True)
    text = text_of(made.data)
    assert [mark for mark in marks if mark not in text] == []
    header = next(line for line in text.splitlines() if line.count("NHS") or "GP_CODE" in line)
    repeats = next(n for what, n in made.quirks.items() if "page break" in what)
    assert text.count(header) == repeats + 1


def test_counts_of_a_thousand_have_their_comma(slots):
    big = exports.gpad(pd.concat([slots] * 40), dirty=True).decode("utf-8-sig")
    assert re.search(r'"\d{1,3},\d{3}"', big)


def test_wrong_numbers_all_fail_their_check_digit():
    for n in range(0, 999_999, 997):
        digits = [int(d) for d in parts.wrong_nhs_number(n) if d.isdigit()]
        check = 11 - sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
        assert len(digits) == 10
        assert digits[9] != check % 11


def test_a_workbook_is_the_same_every_time(slots):
    data = exports.systmone(slots.head(200))
    first = exports.workbook(data)
    assert first == exports.workbook(data)
    sheet = pd.read_excel(io.BytesIO(first), dtype=str)
    assert len(sheet) == (slots.head(200)["status"] != "Available").sum()


@pytest.mark.parametrize("kind", ["systmone", "emis", "gpad"])
def test_clean_exports_read_back_with_the_same_counts(kind, slots, tmp_path):
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(exports.rendered(kind, slots).data)
    frame, quality = pcqa_data.read_with_report(path)
    status = slots["status"]
    if kind == "gpad":
        status = status.replace({"Booked": "Unknown", "Walked out": "Unknown"})
    rows = slots.assign(status=status)[status.isin(HELD[kind])]
    stride = "M" if kind == "gpad" else "W"
    expected = rows.groupby([rows["date"].dt.to_period(stride), "status"]).size()
    found = frame.groupby(
        [frame["date"].dt.to_period(stride), frame["status"].astype(str)], observed=True
    )["count"].sum()
    assert found.to_dict() == expected.to_dict()
    assert quality.n_refused == 0


@pytest.mark.parametrize("kind", ["systmone", "emis", "gpad"])
def test_dirty_exports_lose_only_what_is_hidden(kind, slots, tmp_path):
    made = exports.rendered(kind, slots, dirty=True)
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(made.data)
    frame, quality = pcqa_data.read_with_report(path)
    whole = pd.read_csv(io.BytesIO(exports.rendered(kind, slots).data))
    appointments = whole["COUNT_OF_APPOINTMENTS"].sum() if kind == "gpad" else len(whole)
    hidden = made.quirks.get("count hidden as <5", 0)  # each of them stood for one
    assert int(frame["count"].sum()) == appointments - hidden
    assert quality.n_refused == 0
    assert not any("INVENTED" in str(value) for value in frame.astype(str).to_numpy().ravel())


def test_the_overlapping_file_is_set_aside(committed):
    folder = committed / "exports"
    clean, overlap = (folder / f"systmone_appointments_{n}.csv" for n in ("clean", "overlap"))
    alone = pcqa_data.read(clean)
    both, quality = pcqa_data.read_with_report([clean, overlap])
    assert len(both) == len(alone)
    assert quality.n_set_aside == len(pd.read_csv(overlap))


def test_the_workbook_reads_as_its_csv_does(committed):
    folder = committed / "exports"
    sheet = pcqa_data.read(folder / "systmone_appointments_clean.xlsx")
    text = pcqa_data.read(folder / "systmone_appointments_clean.csv")
    assert sheet["status"].value_counts().to_dict() == text["status"].value_counts().to_dict()
    assert sheet["date"].equals(text["date"])


def test_the_committed_appointments_load_as_they_are(committed):
    frame, quality = pcqa_data.read_with_report(committed / "appointments.csv.gz")
    written = pd.read_csv(committed / "appointments.csv.gz", low_memory=False)
    assert quality.n_kept == len(frame) == len(written)
    assert list(frame.columns) == list(written.columns)
    assert frame["patient"].astype(object).dropna().tolist() == written["patient"].dropna().tolist()
