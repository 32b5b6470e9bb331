"""``read``: any known export, found by its content, as one tidy frame in which nobody is named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from pcqa_teach.data import mapping as mappings
from pcqa_teach.data.phones import mapping as calls
from pcqa_teach.data.quality import QualityReport
from pcqa_teach.data.readers import FORMATS
from pcqa_teach.data.reading import files, one_file
from pcqa_teach.data.reading.frame import finish
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.data.tables import entry
from pcqa_teach.data.tables.find import Found
from pcqa_teach.errors import PcqaError, ReadError

PathLike: TypeAlias = str | os.PathLike[str]
_ORDERS = (None, "day-first", "month-first")


def read(
    path_or_paths: PathLike | Sequence[PathLike],
    *,
    dates: str | None = None,
    mapping: PathLike | mappings.Given | None = None,
    project: PathLike | None = None,
    want: str | None = None,
    clock: str | None = None,
) -> pd.DataFrame:
    """Read a practice's export into the tidy appointments frame.

    The format is found by the file's content. Names become codes, ages become bands and free text
    is never read; see ``schema.COLUMNS`` for what is left.

    Parameters
    ----------
    path_or_paths : path, or several
        Exports of one format; rows that a second file repeats are counted once.
    dates : {None, "day-first", "month-first"}
        The order of dates such as 03/04/2025. Day first unless said otherwise; a file with a date
        that is none in that order is refused whole.
    mapping : path or dict, optional
        For a table in no known format: which column is what (see ``write_mapping_template``).
    project : path, optional
        The folder whose key makes the codes.
    want : str, optional
        What the file must be: "appointments", "calls" (a telephone log), or one of the kit's own
        sheets, "tally", "appropriateness", "pulse", "survey". Another kind is refused by name.
    clock : {None, "local", "utc"}
        What a telephone log's clock shows, where the log does not say and it cannot be found out.

    Returns
    -------
    DataFrame
        A row stands for ``count`` appointments, or calls; see the kind's own schema.

    Raises
    ------
    ReadError
        One sentence: what the file is or lacks, and what to do.

    Examples
    --------
    >>> appts = read("systmone_april.csv")  # doctest: +SKIP
    """
    frame, _ = read_with_report(
        path_or_paths, dates=dates, mapping=mapping, project=project, want=want, clock=clock
    )
    return frame


def read_with_report(
    path_or_paths: PathLike | Sequence[PathLike],
    *,
    dates: str | None = None,
    mapping: PathLike | mappings.Given | None = None,
    project: PathLike | None = None,
    want: str | None = None,
    clock: str | None = None,
    only_counts: bool = False,
) -> tuple[pd.DataFrame, QualityReport]:
    """Read as ``read`` does, and account for every row.

    Parameters
    ----------
    only_counts : bool
        Of appointments keep the day, what became of them, the booking gap and whose they are: rows
        alike in these are one row with their ``count``. Counts and shares of these are the same,
        the report too; the memory for one file grows with its days and not with its rows.

    Returns
    -------
    DataFrame, QualityReport
        The tidy frame, and what was kept, mended, set aside and refused on the way to it.
    """
    several = not isinstance(path_or_paths, (str, os.PathLike))
    paths = [Path(p) for p in path_or_paths] if several else [Path(path_or_paths)]  # type: ignore
    if not paths:
        raise ReadError("No file was named: give the path of an export.")
    if dates not in _ORDERS:
        raise ReadError("dates= takes 'day-first' or 'month-first'.")
    if clock not in (None, "local", "utc"):
        raise ReadError("clock= takes 'local' (it follows summer time) or 'utc' (it does not).")
    if want is not None and want not in entry.WANTED:
        raise ReadError(f"want= takes {', '.join(entry.WANTED)}.")
    why = ""
    try:
        return _read(paths, dates == "month-first", mapping, project, want, clock, only_counts)
    except (PcqaError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  # its words may hold a cell
        why = type(error).__name__
    raise ReadError(
        f"'{paths[0].name}' could not be read ({why}): {files.EXPORT_AGAIN}, or tell the kit's "
        "keepers which system it came from."
    )


def is_known(path: PathLike) -> bool:
    r"""Say whether a file is in a format that `read` knows without being told.

    Raises
    ------
    ReadError
        There is no such file, or it cannot be opened.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> odd = pathlib.Path(tempfile.mkdtemp()) / "odd.csv"
    >>> _ = odd.write_text("Tag,Was\n2024-03-01,came\n")
    >>> is_known(odd)
    False
    """
    source = files.look(Path(path))
    try:
        _layouts(source)
    except ReadError:
        return False
    return True


def _read(
    paths: list[Path],
    month_first: bool,
    mapping: PathLike | mappings.Given | None,
    project: PathLike | None,
    want: str | None,
    clock: str | None,
    only_counts: bool,
) -> tuple[pd.DataFrame, QualityReport]:
    data = mappings.as_given(mapping) if mapping is not None else None
    sources = [files.look(path) for path in paths]
    of_calls = data is not None and data.get("kind") == calls.KIND
    found: list[Layout | list[Found]]
    if data is None:
        found = [_layouts(source) for source in sources]
    elif of_calls:
        found = [calls.found(source, data) for source in sources]
    else:
        found = [mappings.layout(source, mappings.load(data)) for source in sources]
    _one_kind([source.name for source in sources], found, want)
    if isinstance(found[0], list):
        tables = [one for one in found if isinstance(one, list)]
        said = calls.said(data) if of_calls and data is not None else None
        return entry.read_found(
            sources, tables, project=project, month_first=month_first, today=_today(), clock=clock,
            said=said,
        )  # fmt: skip
    layouts = [one for one in found if not isinstance(one, list)]
    one_at_a_time = only_counts and len(sources) == 1
    desk = one_file.Desk(layouts[0].form, project, month_first, _today(), one_at_a_time)
    parts = [
        one_file.one(source, layout, desk) for source, layout in zip(sources, layouts, strict=True)
    ]
    return finish(parts, desk, only_counts=only_counts)


def _layouts(source: files.Source) -> Layout | list[Found]:
    """Return where the appointments of a file are, or what other tables it holds."""
    refusal: ReadError
    try:
        return one_file.layout(source)
    except ReadError as error:
        refusal = error.with_traceback(None)
        refusal.__context__ = None
    return entry.tables_of(source, refusal)


def _one_kind(names: list[str], found: list[Layout | list[Found]], want: str | None) -> None:
    forms = [one[0].layout.form if isinstance(one, list) else one.form for one in found]
    titles = {form.title for form in forms}
    if len(titles) > 1:
        raise ReadError(
            f"These files are of different kinds ({' and '.join(sorted(titles))}): read each kind "
            "on its own."
        )
    kind = found[0][0].shape.kind if isinstance(found[0], list) else entry.APPOINTMENTS
    wrong = entry.not_wanted(names[0], forms[0].title, kind, want)
    if wrong:
        raise ReadError(wrong)


def _today() -> int:
    """Return today as days since 1970 (a function, so that a test can choose the day)."""
    return int(np.datetime64(date.today(), "D").astype(int))


__all__ = ["FORMATS", "is_known", "read", "read_with_report"]
