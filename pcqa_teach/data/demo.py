"""The kit's synthetic data, by name."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pandas as pd

from pcqa_teach import resources
from pcqa_teach.errors import DataError

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?$")
_ENDINGS = (".csv.gz", ".csv")


def load_demo(name: str, practice: str = "riverside") -> pd.DataFrame:
    """Return a table of the invented practice's data.

    Parameters
    ----------
    name : str
        "appointments" gives the tidy appointments frame; the other tables come as they are, with
        their dates as dates.
    practice : str
        Which invented practice.

    Raises
    ------
    DataError
        There is no such table; the message lists those that there are.

    Examples
    --------
    >>> load_demo("appointments").columns[:4].tolist()  # doctest: +SKIP
    ['date', 'period', 'status', 'count']
    """
    path = _find(name, practice)
    return _table(path, path.stat().st_mtime_ns).copy()


@functools.lru_cache(maxsize=32)
def _table(path: Path, _changed: int) -> pd.DataFrame:
    """Read a table, once for as long as its file stays as it is."""
    if path.name.split(".")[0] == "appointments":
        from pcqa_teach.data.reader import read

        return read(path)
    frame = pd.read_csv(path)
    dates = [column for column in frame if _is_date(frame[column])]
    return frame.assign(**{str(column): pd.to_datetime(frame[column]) for column in dates})


def _find(name: str, practice: str) -> Path:
    """Return the table's file: in the practice's folder, or beside it for the default practice."""
    top = resources.data_dir()
    folders = [top / practice, *([top] if practice == "riverside" else [])]
    for folder in folders:
        for ending in _ENDINGS:
            if re.fullmatch(r"[\w-]+", name) and (folder / f"{name}{ending}").is_file():
                return folder / f"{name}{ending}"
    names = {path.name.split(".")[0] for folder in folders for path in folder.glob("*.csv*")}
    listed = ", ".join(sorted(n for n in names if not n.startswith("truth"))) or "none yet"
    raise DataError(f"There is no synthetic table '{name}' of practice '{practice}': {listed}.")


def _is_date(column: pd.Series) -> bool:
    filled = column.dropna()
    return len(filled) > 0 and all(
        isinstance(cell, str) and _DATE.match(cell) for cell in filled.head(200)
    )
