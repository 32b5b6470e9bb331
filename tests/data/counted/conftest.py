"""One small practice, and its files of counts and requests in every form."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import exports

from .files import OF, TODAY


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = importlib.import_module("pcqa_teach.data.reader")
    monkeypatch.setattr(reader, "_today", lambda: int(np.datetime64(TODAY, "D").astype(int)))


@pytest.fixture(scope="session")
def grown():
    return synthetic.practice(days=45, list_size=1200)


@pytest.fixture(scope="session")
def table(grown) -> Callable[[str], pd.DataFrame]:
    """The table that a kind of file is made of."""
    return lambda kind: getattr(grown, OF[kind])


@pytest.fixture
def made(table, tmp_path) -> Callable[..., tuple[Path, exports.Rendered]]:
    """A file of one kind, and what was rendered."""

    def _made(kind: str, dirty: bool = False) -> tuple[Path, exports.Rendered]:
        rendered = exports.rendered(kind, table(kind), dirty)
        path = tmp_path / f"{kind}_{'dirty' if dirty else 'clean'}.csv"
        path.write_bytes(rendered.data)
        return path, rendered

    return _made
