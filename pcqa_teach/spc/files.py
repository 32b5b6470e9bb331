"""A chart straight from a file: only the named columns are read, no cell is ever told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.build import chart
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.series import dates, rows_said

_EXCEL = (".xlsx", ".xlsm")
_EMPTY = ("", "-", "NA", "N/A", "nan", "NaN", "NULL")


def chart_file(
    path: str | Path,
    *,
    x: str,
    y: str,
    n: str | None = None,
    kind: str = "xmr",
    rules: Any = "mdc",
    by: str | None = None,
    **options: Any,
) -> Chart:
    """Chart two columns of a CSV file or of the first sheet of an Excel file.

    Parameters
    ----------
    path : the file, comma, semicolon or tab between its columns
    x, y, n, by : names of its columns; dates are day first, 31/03/2024, or 2024-03-31
    kind, rules, options : as for `chart`

    Raises
    ------
    ChartError
        The file cannot be read, is empty, lacks a column, or holds something else than numbers.
    """
    path = Path(path)
    wanted = list(dict.fromkeys(name for name in (x, y, n, by) if name is not None))
    text = _read(path, wanted)
    if text.empty:
        raise ChartError(
            f"'{path.name}' has no rows under its header: a chart needs at least 2 values."
        )
    frame = text.reset_index(drop=True)
    first = 2  # the header is row 1
    frame[x] = _place(frame[x], x, first)
    for name in (y, n):
        if name is not None:
            frame[name] = _number(frame[name], name, first)
    return chart(frame, x=x, y=y, n=n, kind=kind, rules=rules, by=by, **options)


def _read(path: Path, wanted: list[str]) -> pd.DataFrame:
    """Read the wanted columns as text, under their own names."""
    try:
        if path.suffix.lower() in _EXCEL:
            sheet = pd.read_excel(path, header=None, dtype=object)
            if sheet.empty:
                raise pd.errors.EmptyDataError
            where = _columns(path, sheet.iloc[0], wanted)
            return pd.DataFrame(sheet.iloc[1:, where]).set_axis(wanted, axis=1)
        options: dict[str, Any] = {"header": None, "dtype": str, "keep_default_na": False}
        options |= {"index_col": False, "skipinitialspace": True, **_form(path)}
        header = pd.read_csv(path, nrows=1, **options)
        where = _columns(path, header.iloc[0], wanted)
        body = pd.read_csv(path, usecols=sorted(where), **options)
        return pd.DataFrame(body.iloc[1:][where]).set_axis(wanted, axis=1)
    except ChartError:
        raise
    except FileNotFoundError:
        raise ChartError(f"There is no file '{path.name}': check its name and folder.") from None
    except IsADirectoryError:
        raise ChartError(f"'{path.name}' is a folder: name a CSV or Excel file in it.") from None
    except PermissionError:
        raise ChartError(
            f"'{path.name}' cannot be opened: close it elsewhere, or ask for leave to read it."
        ) from None
    except pd.errors.EmptyDataError:
        raise ChartError(f"'{path.name}' is empty: export it again.") from None
    except Exception:  # noqa: BLE001 - whatever a parser says may hold cells
        raise ChartError(
            f"'{path.name}' is not a table that can be read: save it as CSV (UTF-8) or .xlsx."
        ) from None


def _columns(path: Path, header: pd.Series[Any], wanted: list[str]) -> list[int]:
    """Find where the wanted columns stand in the header."""
    names = [str(name).strip() for name in header]
    for name in wanted:
        if names.count(name) == 0:
            raise ChartError(
                f"'{path.name}' has no column '{name}': check its spelling in the header."
            )
        if names.count(name) > 1:
            raise ChartError(
                f"'{path.name}' has column '{name}' more than once: rename one of them."
            )
    return [names.index(name) for name in wanted]


def _form(path: Path) -> dict[str, Any]:
    """Find the encoding and what stands between columns, from the start of the file."""
    with path.open("rb") as file:
        raw = file.read(65536)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\x00" in raw:
        raise ValueError("not text")
    else:
        encoding = "utf-8-sig" if _is_utf8(path) else "cp1252"
    header = raw.decode(encoding, errors="ignore").lstrip().split("\n", 1)[0]
    return {"encoding": encoding, "sep": max(",;\t", key=header.count)}


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _blank(column: pd.Series[Any]) -> pd.Series[Any]:
    given = column.astype(object)
    empty = given.isna() | given.astype(str).str.strip().isin(
        ["", "-", "NA", "N/A", "nan", "NaN", "NULL"]
    )
    return given.where(~empty, None)


def _number(column: pd.Series[Any], name: str, first: int) -> pd.Series[float]:
    """Read numbers, with a percent sign or commas between thousands."""
    given = _blank(column)
    text = given.astype(str).str.strip().str.replace(",", "", regex=False).str.rstrip("%")
    read = pd.to_numeric(text.where(given.notna(), None), errors="coerce").astype("float64")
    wrong = (read.isna() & given.notna()).to_numpy()
    if wrong.any():
        raise ChartError(
            f"Column '{name}' is not a number in {rows_said(wrong, first)}:"
            " mend them, or leave them empty."
        )
    return read


def _place(column: pd.Series[Any], name: str, first: int) -> pd.Series[Any]:
    """Read dates, or numbers that count the points."""
    given = _blank(column)
    missing = given.isna().to_numpy()
    if missing.any():
        raise ChartError(
            f"Column '{name}' is empty in {rows_said(missing, first)}: each point needs its date."
        )
    numbers = pd.to_numeric(given.astype(str).str.strip(), errors="coerce")
    return numbers if numbers.notna().all() else dates(given, name, first)
