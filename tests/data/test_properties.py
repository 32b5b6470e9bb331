"""Whatever is done to an export, every row of it is accounted for."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach.data import schema
from pcqa_teach.data.reading import table
from pcqa_teach.errors import PcqaError

SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HEADERS = {
    "systmone_appointments": ["Appointment date", "Clinician", "Appointment status", "Patient ID"],
    "emis_slots": ["Appointment Date", "Session Holder", "Current Slot Status", "Slot Type"],
    "gpad_regional": ["Appointment_Month", "CCG_CODE", "APPT_STATUS", "COUNT_OF_APPOINTMENTS"],
}
STATUS = {
    "systmone_appointments": ["Finished", "Did Not Attend", "Booked", "never heard of"],
    "emis_slots": ["Left", "DNA", "Available", "Embargoed", "never heard of"],
    "gpad_regional": ["Attended", "DNA", "Unknown", "never heard of"],
}
LAST = {
    "systmone_appointments": ["1", "2", "", "a, b", 'c "d"', "e\nf"],
    "emis_slots": ["GP", "Nurse", "", "£ form", "two\nlines"],
    "gpad_regional": ["1", "12", "1,234", "<5", "*", "many"],
}
WHO = ["Dr A", "Dr B, locum", "Nurse £", ""]
DATES = ["{:%d-%b-%y}", "{:%d/%m/%Y}", "{:%Y-%m-%d}", "{:%d%b%Y}"]


@st.composite
def tables(draw):
    """An export of some format with faults: its rows, and what each was drawn as."""
    form = draw(st.sampled_from(list(HEADERS)))
    month = form.startswith("gpad")
    days = st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2025-12-31").date())
    good = st.tuples(
        st.builds(lambda day, shape: shape.format(day), days, st.sampled_from(DATES)),
        st.just("72Q") if month else st.sampled_from(WHO),
        st.sampled_from(STATUS[form]),
        st.sampled_from(LAST[form]),
    )
    rows = draw(st.lists(good, min_size=1, max_size=30))
    lines = [list(row) for row in rows]
    faults = {
        "blank": ["", "", "", ""],
        "header": HEADERS[form],
        "total": ["Total", "", "", "99"],
        "no date": ["soon", "72Q", STATUS[form][0], "3"],
    }
    for what in draw(st.lists(st.sampled_from(list(faults)), max_size=4)):
        lines.insert(draw(st.integers(0, len(lines))), faults[what])
    preamble = draw(st.lists(st.sampled_from([["The Surgery"], [], ["Last Run:", "1-May-25"]])))
    return form, preamble, lines


def written(form, preamble, lines, delimiter, encoding, end) -> bytes:
    rows = [*preamble, HEADERS[form], *lines]
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    return (end.join(delimiter.join(row) for row in quoted) + end).encode(encoding, "replace")


@SETTINGS
@given(
    made=tables(),
    delimiter=st.sampled_from([",", "\t", ";"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.sampled_from([64, 1 << 20]),
)
def test_every_row_is_accounted_for(made, delimiter, encoding, end, block):
    form, preamble, lines = made
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "BLOCK_BYTES", block)
        path = Path(folder) / "export"
        path.write_bytes(written(form, preamble, lines, delimiter, encoding, end))
        try:
            frame, quality = pcqa.read_with_report(path)
        except PcqaError as error:
            said = str(error)
            frame, quality = None, None
    if quality is None:
        assert "rows cannot be read" in said or "no appointment" in said
        return
    assert quality.format == form
    assert quality.rows_in == len(preamble) + len(lines)
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    assert quality.rows_in == total
    assert len(frame) == quality.n_kept + quality.n_mended
    assert sum(finding.rows for finding in quality.set_aside) == quality.n_set_aside
    assert sum(finding.rows for finding in quality.refused) == quality.n_refused
    assert quality.appointments == frame["count"].sum()
    schema.validate(frame)


@SETTINGS
@given(made=tables())
def test_a_tidy_frame_written_and_read_is_the_same(made):
    form, preamble, lines = made
    with tempfile.TemporaryDirectory() as folder:
        path, tidy = Path(folder) / "export.csv", Path(folder) / "tidy.csv"
        path.write_bytes(written(form, preamble, lines, ",", "utf-8", "\n"))
        try:
            frame = pcqa.read(path)
        except PcqaError:
            return
        frame.to_csv(tidy, index=False)
        again, quality = pcqa.read_with_report(tidy)
        pd.testing.assert_frame_equal(again, frame)
        assert quality.n_kept == quality.rows_in


@SETTINGS
@given(made=tables(), parts=st.integers(1, 3))
def test_a_file_read_beside_itself_counts_once(made, parts):
    form, preamble, lines = made
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{part}.csv" for part in range(parts)]
        for path in paths:
            path.write_bytes(written(form, preamble, lines, ",", "utf-8", "\n"))
        try:
            once = pcqa.read(paths[0])
        except PcqaError:
            return
        several, quality = pcqa.read_with_report(paths)
    pd.testing.assert_frame_equal(several, once)
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    assert quality.rows_in == parts * (len(preamble) + len(lines)) == total


@SETTINGS
@given(data=st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(data)
        with pytest.raises(PcqaError):
            pcqa.read(path)


@SETTINGS
@given(text=st.text(max_size=400), cut=st.integers(0, 300))
def test_any_text_below_a_header_is_read_or_refused_in_a_sentence(text, cut):
    header = ",".join(HEADERS["systmone_appointments"])
    good = "01-Apr-25,Dr A,Finished,1\n" * 4
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(
            (header + "\n" + good)[: 300 - cut] + text, encoding="utf-8", errors="replace"
        )
        said, quality = "", None
        try:
            _, quality = pcqa.read_with_report(path)
        except PcqaError as error:
            said = str(error)
    if quality is None:
        assert said.endswith(".")
        assert "tell the kit's keepers" not in said, "an error that nobody foresaw"
    else:
        n = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
        assert quality.rows_in == n


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_blocks_of_any_size_give_the_same(exports, write, monkeypatch, encoding):
    header, *rows = exports["systmone_appointments"].replace("GP", "£").splitlines()
    path = write("\r\n".join(["A title", header, *(rows * 200)]), encoding=encoding)
    whole = pcqa.read(path)
    monkeypatch.setattr(table, "BLOCK_BYTES", 90)
    monkeypatch.setattr(table, "BLOCKS_TOGETHER", 3)
    pd.testing.assert_frame_equal(pcqa.read(path), whole)
