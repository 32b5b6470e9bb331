"""A practice's files of several kinds, each known by its content."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pandas as pd

from pcqa_teach.data.quality import UNNAMED, QualityReport
from pcqa_teach.data.reader import read_with_report
from pcqa_teach.measures.formats import about

Paths: TypeAlias = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
APPOINTMENTS = "appointments"


@dataclass(frozen=True, repr=False)
class Files:
    """The frames of a practice's files, and what was found on reading them, by kind.

    Kinds are those of `pcqa.read`: "appointments", "calls", "call_bands", "tally", "pulse",
    "survey" and so on. A report calls a file by its kind: its name may be a person's.
    """

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    reports: Mapping[str, QualityReport] = field(default_factory=dict)

    @property
    def titles(self) -> str:
        """What the files are, in one line."""
        return "; ".join(report.title for report in self.reports.values())

    @property
    def whose(self) -> str:
        """Say whose figures these are, as far as an appointment book among them tells.

        >>> Files().whose
        "These are taken to be one practice's own figures."
        """
        book = self.frames.get(APPOINTMENTS)
        if book is None:
            return "These are taken to be one practice's own figures."
        return about(book)

    def _repr_html_(self) -> str:
        return "".join(str(report._repr_html_()) for report in self.reports.values())

    def __repr__(self) -> str:
        return "\n\n".join(str(report) for report in self.reports.values())


def by_kind(*given: Paths | None, **options: Any) -> Files:
    """Read files of any kind, those of one kind together.

    Parameters
    ----------
    given : path, list of paths, or None
    options : as for `read_with_report`, but for `want`

    Raises
    ------
    ReadError
        A file cannot be read.

    Examples
    --------
    >>> by_kind(None).frames
    {}
    """
    paths: dict[str, list[Any]] = {}
    read: dict[str, tuple[pd.DataFrame, QualityReport]] = {}
    for path in (path for one in given if one for path in _listed(one)):
        found = read_with_report(path, **options)
        kind = getattr(found[1], "kind", APPOINTMENTS)
        paths.setdefault(kind, []).append(path)
        read[kind] = found
    read |= {
        kind: read_with_report(several, **options)
        for kind, several in paths.items()
        if len(several) > 1
    }
    alone = sum(map(len, paths.values())) == 1
    return Files(
        {kind: frame for kind, (frame, _) in read.items()},
        {
            kind: replace(report, files=UNNAMED if alone else (kind,))
            for kind, (_, report) in read.items()
        },
    )


def _listed(given: Paths) -> Sequence[str | os.PathLike[str]]:
    return [given] if isinstance(given, (str, os.PathLike)) else list(given)
