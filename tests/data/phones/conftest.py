"""An invented practice's calls, and logs of them to read."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic.exports import phone_logs


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be one day for all tests."""
    reader = importlib.import_module("pcqa_teach.data.reader")
    day = int(np.datetime64("2026-01-15").astype("datetime64[D]").astype(int))
    monkeypatch.setattr(reader, "_today", lambda: day)


@pytest.fixture(scope="session")
def planted() -> pd.DataFrame:
    """Calls of ten months, winter and summer, of a small practice."""
    return synthetic.practice(days=300, list_size=2500).calls


@pytest.fixture
def read_log(tmp_path: Path):
    """Read a log from text or bytes: the calls, and the report."""

    def _read(content: str | bytes, name: str = "log.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return pcqa.read_with_report(path, **options)

    return _read


@pytest.fixture
def read_rendered(read_log):
    """Read a log as a supplier would write it."""

    def _read(kind: str, calls: pd.DataFrame, dirty: bool = False, **options):
        made = phone_logs.rendered(kind, calls, dirty)
        return (*read_log(made.data, **options), made.quirks)

    return _read
