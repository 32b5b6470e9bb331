"""Planted people: nobody's number, name, birthday, telephone or postcode gets past the reader."""

import json
import logging
import traceback

import numpy as np
import openpyxl
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import write_mapping_template
from pcqa_teach.errors import PcqaError

PEOPLE = [
    "943 476 5919",  # NHS numbers with a right check digit (of nobody)
    "9434765870",
    "Zebedee Quux",
    "QUUX, Zenobia (Mrs)",
    "Dr Xanthe Wyvern",
    "17/02/1951",
    "1951-02-17",
    "07700 900123",
    "020 7946 0958",
    "N16 5NE",
    "SW1A1AA",
    "zenobia.quux@example.org",
    "Zenobia has asked for a call about her results",
]
TRACES = [text.casefold() for text in PEOPLE] + ["zebedee", "quux", "zenobia", "wyvern", "xanthe"]
LABELS = {"date", "Appointment date", "Appointment Date", "Appointment_Month",
          "COUNT_OF_APPOINTMENTS", "APPOINTMENT_MONTH_START_DATE"}  # fmt: skip


def traces(text: str) -> list[str]:
    plain = text.casefold()
    return [trace for trace in TRACES if trace in plain]


def everything(frame: pd.DataFrame) -> str:
    """Return whatever a frame holds: cells, categories, names, index and attributes."""
    parts = [frame.to_csv(), repr(frame.columns.tolist()), repr(frame.attrs), repr(frame.index)]
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            parts.append(repr(frame[name].cat.categories.tolist()))
    return "\n".join(parts)


def planted(text: str, extra: bool = True) -> pd.DataFrame:
    """Put a person into every cell of every column of text, and into columns that nobody asked for.

    Dates and counts keep their first rows, so that the file can be read.
    """
    table = pd.DataFrame([row.split(",") for row in text.splitlines()])
    table = table.set_axis(table.iloc[0], axis=1).iloc[1:]
    table = pd.concat([table] * 20, ignore_index=True)
    for place, name in enumerate(table.columns):
        hit = np.arange(len(table)) % (3 if name in LABELS else 2) == 0
        cells = table[name].to_numpy(dtype=object)
        cells[hit] = np.resize(np.roll(PEOPLE, place), hit.sum())  # all of them in every column
        table[name] = cells
    if extra:
        for name in ("NHS Number", "Patient Name", "DOB", "Notes", "Zebedee Quux"):
            table[name] = np.resize(PEOPLE, len(table))
    return table


@pytest.fixture(params=["csv", "tab", "xlsx"])
def saved(request, tmp_path):
    def _saved(table: pd.DataFrame):
        path = tmp_path / f"export.{request.param}"
        if request.param == "xlsx":
            book = openpyxl.Workbook()
            for row in [table.columns.tolist(), *table.to_numpy().tolist()]:
                book.active.append(row)
            book.save(path)
        else:
            table.to_csv(path, index=False, sep="\t" if request.param == "tab" else ",")
        return path

    return _saved


def test_nobody_is_in_frame_report_or_log(export, saved, caplog, capfd, recwarn):
    caplog.set_level(logging.DEBUG)
    _, text = export
    frame, quality = pcqa.read_with_report(saved(planted(text)), dates="day-first")
    assert len(frame) > 10, "the plant must not hide that rows are read"
    assert quality.n_refused > 10, "the plant must reach the columns that are needed"
    assert not traces(everything(frame))
    assert not traces(json.dumps(quality.to_dict()))
    assert not traces(str(quality) + quality._repr_html_() + quality.to_frame().to_csv())
    assert not traces(repr(quality))
    printed = capfd.readouterr()
    assert not traces(caplog.text + printed.out + printed.err)
    assert not traces(" ".join(str(warning.message) for warning in recwarn))


def test_nobody_is_in_the_tidy_table_read_back(exports, tmp_path):
    for name, text in exports.items():
        path = tmp_path / f"{name}.csv"
        planted(text).to_csv(path, index=False)
        frame = pcqa.read(path)
        frame = frame.astype({c: object for c in frame if str(frame[c].dtype) == "category"})
        for column in frame.columns.difference(["date", "period", "source", "count", "status"]):
            frame.loc[frame.index % 4 == 0, column] = np.nan
            frame[column] = frame[column].astype(object)
            frame.loc[frame.index % 4 == 0, column] = PEOPLE[2]
        frame.to_csv(path, index=False)
        again, quality = pcqa.read_with_report(path)
        assert not traces(everything(again))
        assert not traces(str(quality))


def breakages(text: str) -> dict[str, str]:
    """Return files that cannot be read, each with people in every place that it has."""
    body = planted(text)
    people = ",".join(PEOPLE)
    first = next(name for name in body.columns if name in LABELS)
    return {
        "no header": "\n".join([people] * 5),
        "people as a title, no format": f"{people}\na,b,c\n1,2,3\n",
        "a column missing": body.drop(columns=first).to_csv(index=False),
        "every date a person": body.assign(**{first: PEOPLE[2]}).to_csv(index=False),
        "month first": body.assign(**{first: "02/17/2025"}).to_csv(index=False),
        "a quotation mark open": body.to_csv(index=False) + f'"{people}\n' + f"{people}\n" * 9,
        "another header below": body.to_csv(index=False) + "Appointment Date,Slot Type,Age\n" * 2,
        "a column twice": body.to_csv(index=False).replace("NHS Number", first, 1),
        "more cells than the header": "\n".join(
            [",".join(body.columns), *[",".join([people] * 5)] * 9]
        ),
    }


def test_nobody_is_in_any_error(export, tmp_path, capfd, caplog):
    _, text = export
    for what, content in breakages(text).items():
        path = tmp_path / "export.csv"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(PcqaError) as caught:
            pcqa.read(path)
        shown = "".join(traceback.format_exception(caught.value))
        assert not traces(shown), what
        assert caught.value.__context__ is None, what
        assert caught.value.__cause__ is None, what
    printed = capfd.readouterr()
    assert not traces(printed.out + printed.err + caplog.text)


def test_nobody_is_in_a_mapping_template(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("\n".join([",".join(PEOPLE)] * 4), encoding="utf-8")
    made = write_mapping_template(path, tmp_path / "map.toml")
    assert not traces(made.read_text(encoding="utf-8"))


def test_areas_keep_published_codes_alone(exports, tmp_path):
    text = exports["gpad_regional"]
    for place in ("SMITH", "N165NE", "N1 1AA", "9434765919", "ANN", "Quux"):
        path = tmp_path / "export.csv"
        path.write_text(text.replace("72Q", place, 1), encoding="utf-8")
        areas = pcqa.read(path)["area"].tolist()
        assert areas[1] == "72Q"
        assert areas[0].startswith("A-")
