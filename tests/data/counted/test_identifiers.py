"""Planted people: in no frame, report, message or exception, whichever cells they are put into."""

import csv
import io
import json
import traceback

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import what_is_kept
from pcqa_teach.errors import PcqaError

from .files import KINDS

PEOPLE = ["943 476 5919", "Zebedee Quux", "QUUX, Zenobia (Mrs)", "Dr Xanthe Wyvern", "17/02/1951",
          "07700 900123", "N16 5NE", "zenobia.quux@example.org"]  # fmt: skip
TRACES = [*(text.casefold() for text in PEOPLE), "quux", "zenobia", "wyvern", "invented", "999 0",
          "nhs_number", "9990"]  # fmt: skip


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.casefold()]


def everything(frame: pd.DataFrame) -> str:
    held = [frame.to_csv(), repr(frame.columns.tolist()), repr(frame.attrs)]
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            held.append(repr(frame[name].cat.categories.tolist()))
    return "\n".join(held)


def grid(data: bytes) -> tuple[list[list[str]], str, str]:
    """Return a file's cells, its delimiter and its encoding."""
    if data.startswith(b"\xff\xfe"):
        return [row.split("\t") for row in data.decode("utf-16").splitlines()], "\t", "utf-16"
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252")
    return list(csv.reader(io.StringIO(text))), ",", "utf-8"


def written(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_of_the_dirty_file_is_in_frame_report_or_json(kind, made, capfd):
    frame, quality = pcqa.read_with_report(made(kind, True)[0])
    assert not traces(everything(frame))
    assert not traces(json.dumps(quality.to_dict()) + str(quality) + quality._repr_html_())
    printed = capfd.readouterr()
    assert not traces(printed.out + printed.err)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", range(len(PEOPLE)))
def test_nobody_put_into_any_cell_gets_further(kind, start, made, tmp_path):
    rows, delimiter, encoding = grid(made(kind)[0].read_bytes())
    path = tmp_path / "planted.csv"
    for number, row in enumerate(rows):
        for place in range(len(row)):
            if (7 * number + place) % 11 == start:  # names of columns too
                row[place] = PEOPLE[(start + number + place) % len(PEOPLE)]
    path.write_bytes(written(rows, delimiter, encoding))
    try:
        frame, quality = pcqa.read_with_report(path)
    except PcqaError as error:
        said, behind = "".join(traceback.format_exception(error)), error.__context__
        frame = quality = None
    if quality is None:
        assert behind is None
        assert not traces(said)
        return
    assert not traces(everything(frame))
    assert not traces(json.dumps(quality.to_dict()) + str(quality))


def test_a_clinician_in_the_header_becomes_the_code_of_every_other_export(tmp_path):
    crosstab = (
        ",,,,Full Name of the Session Holder,Dr Xanthe Wyvern\n"
        "Appointment Date,Appointment Time,Slot Type,Availability\n"
        "04-Nov-2024,09:00,GP,Booked,,3\n"
    )
    listed = (
        "Appointment Date,Session Holder,Slot Type,Slot Status\n"
        "04-Nov-2024,Dr Xanthe Wyvern,GP,Left\n"
    )
    frames = []
    for name, text in (("crosstab.csv", crosstab), ("list.csv", listed)):
        (tmp_path / name).write_text(text)
        frames.append(pcqa.read(tmp_path / name))
    one, other = frames
    assert one["clinician"].tolist() == other["clinician"].tolist()
    assert one["slot_type"].tolist() == other["slot_type"].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_of_each_is_said(kind, made):
    frame = pcqa.read(made(kind)[0])
    kept = what_is_kept(frame)
    assert len(kept) == len(frame.columns.difference(["period", "count", "source"]))
    assert set(kept["How it is kept"]) <= {"as a code", "as a word from a fixed list", "as it is"}
