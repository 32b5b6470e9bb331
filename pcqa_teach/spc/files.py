"""A chart straight from a file: only the named columns are read, no cell is ever repeated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.build import chart
from pcqa_teach.spc.columns import dates, rows_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Ints

_EXCEL = (".xlsx", ".xlsm")
_EMPTY = ("", "-", "NA", "N/A", "nan", "NaN", "NULL")
_THOUSANDS = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_EIGHT_DIGITS = r"(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"  # 20250401


def chart_file(
    path: str | Path,
    *,
    x: str,
    y: str,
    n: str | None = None,
    kind: str = "xmr",
    rules: Any = None,
    by: str | Sequence[str] | None = None,
    target: Any = None,
    **options: Any,
) -> Chart:
    """Chart two columns of a CSV file or of the first sheet of an Excel file.

    Parameters
    ----------
    path : the file, comma, semicolon or tab between its columns
    x, y, n, by : names of its columns; dates are day first, 31/03/2024, or 2024-03-31
    target : a number, or the name of a column; more as for `chart`
    kind, rules, options : as for `chart`

    Raises
    ------
    ChartError
        The file cannot be read, is empty, lacks a column, or holds something else than numbers.
    """
    path = Path(path)
    aim = target if isinstance(target, str) else None
    split = [by] if by is None or isinstance(by, str) else list(by)
    wanted = list(dict.fromkeys(name for name in (x, y, n, aim, *split) if name is not None))
    frame = _read(path, wanted)
    frame = frame[~frame.apply(_blank).isna().all(axis=1)]  # their row numbers stay
    if frame.empty:
        raise ChartError(
            f"'{path.name}' has no rows under its header: a chart needs at least 2 values."
        )
    frame[x] = _place(frame[x], x)
    for name in (y, n, aim):
        if name is not None and name != x:
            frame[name] = _number(frame[name], name)
    for name in filter(None, split):
        without = _blank(frame[name]).isna().to_numpy()
        if without.any():
            rows = rows_said(without, _numbers(frame[name]))
            raise ChartError(f"Column '{name}' has {rows} without a group: fill or drop them.")
    frame = frame.reset_index(drop=True)
    return chart(frame, x=x, y=y, n=n, kind=kind, rules=rules, by=by, target=target, **options)


def _read(path: Path, wanted: list[str]) -> pd.DataFrame:
    """Read the wanted columns as text, under their own names, by the row numbers of the file."""
    try:
        return _excel(path, wanted) if path.suffix.lower() in _EXCEL else _csv(path, wanted)
    except ChartError:
        raise
    except FileNotFoundError:
        why = f"There is no file '{path.name}': check its name and folder."
    except IsADirectoryError:
        why = f"'{path.name}' is a folder: name a CSV or Excel file in it."
    except PermissionError:
        why = f"'{path.name}' cannot be opened: close it elsewhere, or ask for leave to read it."
    except pd.errors.EmptyDataError:
        why = f"'{path.name}' is empty: export it again."
    except Exception:  # noqa: BLE001 - whatever a parser says may hold cells
        why = f"'{path.name}' is not a table that can be read: save it as CSV (UTF-8) or .xlsx."
    raise ChartError(why)  # out here, so that the parser's own error is not carried along


def _excel(path: Path, wanted: list[str]) -> pd.DataFrame:
    sheet = pd.read_excel(path, header=None, dtype=object)
    sheet.index += 1
    sheet = sheet[sheet.notna().any(axis=1)]
    if sheet.empty:
        raise pd.errors.EmptyDataError
    where = _columns(path, sheet.iloc[0], wanted)
    return pd.DataFrame(sheet.iloc[1:, where]).set_axis(wanted, axis=1)


def _csv(path: Path, wanted: list[str]) -> pd.DataFrame:
    options, above = _form(path)
    options |= {"header": None, "dtype": str, "keep_default_na": False, "index_col": False}
    options |= {"skipinitialspace": True, "skip_blank_lines": False, "skiprows": above}
    header = pd.read_csv(path, nrows=1, **options)
    where = _columns(path, header.iloc[0], wanted)
    body = pd.read_csv(path, usecols=sorted(where), **options)
    body.index += above + 1
    return pd.DataFrame(body.iloc[1:][where]).set_axis(wanted, axis=1)


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


def _form(path: Path) -> tuple[dict[str, Any], int]:
    """Find the encoding, what stands between columns, and how many blank lines stand on top."""
    with path.open("rb") as file:
        raw = file.read(65536)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\x00" in raw:
        raise ValueError("not text")
    else:
        encoding = "utf-8-sig" if _is_utf8(path) else "cp1252"
    text = raw.decode(encoding, errors="ignore")
    lines = text.splitlines()
    above = next((i for i, line in enumerate(lines) if line.strip()), 0)
    header = lines[above] if lines else ""
    return {"encoding": encoding, "sep": max(",;\t", key=header.count)}, above


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _blank(column: pd.Series[Any]) -> pd.Series[Any]:
    """Put None where a cell is empty, or written as though it were."""
    given = column.astype(object)
    return given.where(given.notna() & ~given.astype(str).str.strip().isin(_EMPTY), None)


def _number(column: pd.Series[Any], name: str) -> pd.Series[float]:
    """Read numbers, with a percent sign or commas between thousands; a decimal comma is none."""
    given = _blank(column)
    text = given.astype(str).str.strip().str.removesuffix("%").str.rstrip()
    grouped = text.str.fullmatch(_THOUSANDS)
    text = text.where(~grouped, text.str.replace(",", "", regex=False))
    read = pd.to_numeric(text.where(given.notna(), None), errors="coerce").astype("float64")
    wrong = ~np.isfinite(read.to_numpy()) & given.notna().to_numpy()
    if wrong.any():
        raise ChartError(
            f"Column '{name}' is not a number in {rows_said(wrong, _numbers(column))}:"
            " write decimals with a point, or leave them empty."
        )
    return read


def _place(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Read dates, or numbers that count the points; 20250401 all the way down is dates."""
    given = _blank(column)
    missing = given.isna().to_numpy()
    if missing.any():
        raise ChartError(
            f"Column '{name}' is empty in {rows_said(missing, _numbers(column))}:"
            " each point needs its date."
        )
    text = given.astype(str).str.strip()
    if text.str.fullmatch(_EIGHT_DIGITS).all():
        given = text.str.replace(_EIGHT_DIGITS, r"\1-\2-\3", regex=True)
    numbers = pd.to_numeric(given.astype(str).str.strip(), errors="coerce")
    return numbers if numbers.notna().all() else dates(given, name, _numbers(column))


def _numbers(column: pd.Series[Any]) -> Ints:
    return column.index.to_numpy(dtype=np.int64)
