"""A row a practice: from a national file, from a table of practices, or from a file a practice."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from pcqa_teach.data.demo import load_demo
from pcqa_teach.data.practice_counts.schema import is_practice_counts
from pcqa_teach.data.quality import QualityReport
from pcqa_teach.data.reader import read_with_report
from pcqa_teach.errors import DataError
from pcqa_teach.measures.by_practice import practice_counts
from pcqa_teach.measures.periods import granularity
from pcqa_teach.privacy import Pseudonyms
from pcqa_teach.sayings import a, counted, day

PathLike: TypeAlias = str | os.PathLike[str]
_READ = (".csv", ".txt", ".tsv", ".xlsx", ".gz")
_APART = pd.Timedelta(days=45)  # files whose ends differ by more cover different stretches


def own_code(name: str, project: PathLike | None = None) -> str:
    """Return the code that a practice's ODS code, or the name of its file, has in this project."""
    return Pseudonyms(None if project is None else Path(project)).code(name, "G")


def practices_in(
    given: PathLike | Sequence[PathLike], project: PathLike | None = None
) -> tuple[pd.DataFrame, tuple[QualityReport, ...], tuple[str, ...]]:
    """Read one file of many practices, or a file (or a folder of files) a practice.

    Parameters
    ----------
    given : path of a file or a folder, or a list of paths
    project : path, optional
        The folder whose key makes the codes.

    Returns
    -------
    frame of `practice` (a code) and its counts, a row a practice
    reports of what was read
    notes to be said beside the figures

    Raises
    ------
    ReadError, DataError
        A file cannot be read, or is of another kind.
    """
    frames, reports, ends, kinds = [], [], [], set()
    for path in _files(given):
        frame, report = read_with_report(path, project=project)
        reports.append(report)
        if is_practice_counts(frame):
            frames.append(frame)
            continue
        if "status" not in frame or "count" not in frame:
            raise DataError(
                f"This is {a(report.title)}, which does not count appointments: give an "
                "appointment book for each practice, the national practice-level file, or a table "
                "of practices."
            )
        name = own_code(path.name.split(".")[0], project)
        frames.append(practice_counts(frame, name))
        ends.append((frame["date"].min(), frame["date"].max()))
        kinds.add(granularity(frame))
    whole = pd.concat(frames, ignore_index=True).astype({"practice": "str"})
    gaps = [str(name) for name in whole if any(name not in frame for frame in frames)]
    notes = [*_periods(ends), *_kinds(kinds), *_left_out(gaps)]
    kept = whole.drop(columns=gaps)
    together = kept.groupby("practice", as_index=False).agg(_how(kept))
    return together, tuple(reports), tuple(notes)


def network(practice: str = "riverside") -> pd.DataFrame:
    """Return the invented network of 24 practices, its weeks added up."""
    weekly = load_demo("network_weekly", practice).rename(
        columns={"no_contact_recorded": "no_contact"}
    )
    counts = ["appointments", "attended", "dna", "unknown", "same_day", "telephone", "no_contact"]
    grouped = weekly.groupby("practice", as_index=False)
    return grouped[counts].sum().merge(grouped["list_size"].mean(), on="practice")


def _files(given: PathLike | Sequence[PathLike]) -> Iterator[Path]:
    paths = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _READ)
            if not inside:
                raise DataError("The folder holds no file that can be read: put the exports there.")
            yield from inside
        else:
            yield path


def _how(frame: pd.DataFrame) -> dict[str, str]:
    """Say how rows of one practice are put together: counts added up, what is about it averaged."""
    about = {"list_size", "imd", "deprivation_fifth"}
    names = [str(name) for name in frame if name != "practice"]
    return {name: "mean" if name in about else "sum" for name in names}


def _periods(ends: list[tuple[pd.Timestamp, pd.Timestamp]]) -> list[str]:
    if len(ends) < 2:
        return []
    starts, lasts = zip(*ends, strict=True)
    if max(starts) - min(starts) < _APART and max(lasts) - min(lasts) < _APART:
        return []
    return [
        f"The files cover different stretches (from {day(min(starts))} or {day(max(starts))} on): "
        "winter in one and summer in another differ by themselves. Ask for the same dates."
    ]


def _kinds(kinds: set[str]) -> list[str]:
    if len(kinds) < 2:
        return []
    return ["Some files count months and others single days: compare like with like."]


def _left_out(gaps: list[str]) -> list[str]:
    if not gaps:
        return []
    return [
        f"{counted(len(gaps), 'count')} that not every file has {'is' if len(gaps) == 1 else 'are'}"
        " left out."
    ]
