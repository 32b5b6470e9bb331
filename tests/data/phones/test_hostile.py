"""Planted people get nowhere, and whatever is done to a log, every row of it is accounted for."""

from __future__ import annotations

import json
import logging
import tempfile
import traceback
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach.data.phones import schema
from pcqa_teach.errors import PcqaError

PEOPLE = [
    "943 476 5919", "Zebedee Quux", "QUUX, Zenobia (Mrs)", "17/02/1951", "07700 900123",
    "020 7946 0958", "N16 5NE", "zenobia.quux@example.org", "Zenobia has asked for a call",
]  # fmt: skip
TRACES = [text.casefold() for text in PEOPLE] + ["zebedee", "quux", "07700", "77009"]
HEAD = ["Call start", "Direction", "Caller", "Queue", "Call result", "Wait time", "Talk time"]
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def everything(frame: pd.DataFrame) -> str:
    parts = [frame.to_csv(), repr(frame.columns.tolist()), repr(frame.attrs)]
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            parts.append(repr(frame[name].cat.categories.tolist()))
    return "\n".join(parts)


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.casefold()]


def planted_table() -> pd.DataFrame:
    """A log with people in every other cell and in columns that nobody asked for."""
    rows = [
        [f"03/02/2025 {8 + n // 60:02d}:{n % 60:02d}:00", "Inbound", f"07700 {900000 + n}",
         "Main line", "Answered", "0:20", "1:40"]
        for n in range(90)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=HEAD)
    for place, name in enumerate(HEAD):
        hit = np.arange(90) % (7 if place < 2 else 3) == place % 3
        table.loc[hit, name] = np.resize(np.roll(PEOPLE, place), hit.sum())
    for name in ("Caller name", "Notes", "Zebedee Quux", "Agent"):
        table[name] = np.resize(PEOPLE, 90)
    return table


def test_nobody_is_in_frame_report_or_log(read_log, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    calls, quality = read_log(planted_table().to_csv(index=False))
    assert len(calls) > 20
    assert quality.n_refused > 5
    assert not traces(everything(calls))
    assert not traces(json.dumps(quality.to_dict()) + str(quality) + quality._repr_html_())
    printed = capfd.readouterr()
    assert not traces(caplog.text + printed.out + printed.err)


@pytest.mark.parametrize("what", ["no start", "no outcome", "every time a person", "month first",
                                  "a quotation mark open", "no header"])  # fmt: skip
def test_nobody_is_in_any_error(what, read_log):
    table = planted_table()
    text = {
        "no start": lambda: table.drop(columns="Call start").to_csv(index=False),
        "no outcome": lambda: table.drop(columns=["Call result", "Talk time"]).to_csv(index=False),
        "every time a person": lambda: table.assign(
            **{"Call start": PEOPLE[1]}).to_csv(index=False),
        "month first": lambda: table.assign(
            **{"Call start": "02/17/2025 08:00", "Direction": "In"}).to_csv(index=False),
        "a quotation mark open": lambda: table.to_csv(index=False) + '"' + ",".join(PEOPLE),
        "no header": lambda: "\n".join([",".join(PEOPLE)] * 5),
    }[what]()  # fmt: skip
    with pytest.raises(PcqaError) as caught:
        read_log(text)
    assert not traces("".join(traceback.format_exception(caught.value)))
    assert caught.value.__context__ is None


def test_codes_hold_from_one_log_to_the_next_and_differ_from_a_patients(read_log):
    text = ",".join(HEAD) + "\n03/02/2025 08:00,In,07700 900123,A,Answered,1,90\n"
    first, _ = read_log(text)
    again, _ = read_log(text.replace("07700 900123", "+44 7700 900123"))
    assert first["caller"].tolist() == again["caller"].tolist()
    book, _ = read_log(
        "Appointment date,Appointment status,Patient ID\n01-Apr-25,Finished,07700 900123\n"
    )
    assert book["patient"][0].split("-")[1] != first["caller"][0].split("-")[1]


CELLS = {
    "Call start": ["03/02/2025 08:00:00", "2025-02-03 08:00", "3-Feb-25 8:15 am",
                   "2024-12-01T08:00:00Z"] * 4 + ["", "soon", "45000"],
    "Direction": ["Inbound", "In", "Incoming"] * 4 + ["Outbound", "Internal", "", "sideways"],
    "Caller": ["07700900123", "+44 7700 900124", "Withheld", "", "12", "a,b"],
    "Queue": ["Main", "", "Total", "two\nlines", 'say "so"'],
    "Call result": ["Answered", "Abandoned", "IVR", "Callback", "", "Voicemail", "never heard of"],
    "Wait time": ["0", "1:20", "00:01:20", "1m 20s", "", "long", "-3", "1e9"],
    "Talk time": ["95", "2:20", "", "0", "99:99", "PT3M"],
}  # fmt: skip
ROW = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values()))
OTHER = st.sampled_from([[""] * 7, list(HEAD), ["Total", "", "", "", "", "9", ""], ["x"] * 9])


@SETTINGS
@given(
    rows=st.lists(st.one_of(ROW, OTHER), min_size=1, max_size=25),
    order=st.permutations(range(7)),
    delimiter=st.sampled_from([",", "\t", ";"]),
    encoding=st.sampled_from(["utf-8-sig", "cp1252", "utf-16"]),
    cut=st.integers(0, 3),
)
def test_every_row_of_a_mutated_log_is_accounted_for(rows, order, delimiter, encoding, cut):
    kept = list(order)[: 7 - cut]
    lines = [[row[place] if place < len(row) else "" for place in kept] + list(row[7:])
             for row in (HEAD, *rows)]  # fmt: skip
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line] for line in lines]
    text = "\r\n".join(delimiter.join(line) for line in quoted) + "\r\n"
    said, calls = "", None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        path.write_bytes(text.encode(encoding, "replace"))
        try:
            calls, quality = pcqa.read_with_report(path)
        except PcqaError as error:
            said = str(error)
    if calls is None:
        assert said.endswith(".")
        assert "tell the kit's keepers" not in said, "an error that nobody foresaw"
        return
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    assert quality.rows_in == total == len(rows)
    assert quality.appointments == calls["count"].sum() == quality.n_kept + quality.n_mended
    schema.validate(calls)
