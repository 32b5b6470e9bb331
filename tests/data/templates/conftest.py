"""Sheets as the kit writes them, filled in as somebody would."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import write_template
from pcqa_teach.data.templates import TEMPLATES

HEADER = 4


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be one day for all tests."""
    reader = importlib.import_module("pcqa_teach.data.reader")
    day = int(np.datetime64("2026-01-15").astype("datetime64[D]").astype(int))
    monkeypatch.setattr(reader, "_today", lambda: day)


@pytest.fixture
def fill(tmp_path: Path):
    """Write an empty sheet and put rows into it; return its path and the open page."""

    def _fill(name: str, rows: Sequence[Sequence[object]], mend=None) -> Path:
        path = tmp_path / f"{name}.xlsx"
        path.unlink(missing_ok=True)
        write_template(name, path)
        book = openpyxl.load_workbook(path)
        page = book["Fill in"]
        for place, row in enumerate(rows, start=HEADER + 1):
            for column, value in enumerate(row, start=1):
                page.cell(place, column, value)
        if mend is not None:
            mend(book, page)
        book.save(path)
        return path

    return _fill


@pytest.fixture
def read_filled(fill):
    """Fill a sheet in and read it: the frame, and the report."""

    def _read(name: str, rows, mend=None, **options):
        return pcqa.read_with_report(fill(name, rows, mend), **options)

    return _read


@pytest.fixture(params=list(TEMPLATES))
def template(request: pytest.FixtureRequest):
    """Each sheet that the kit hands out."""
    return TEMPLATES[request.param]
