"""An export that somebody has said how to read, as the tidy table that a lesson takes as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.private import private_folder

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.data import QualityReport


@dataclass(frozen=True)
class Reading:
    """How exports are to be read: which column is which, how dates are written, a log's clock."""

    mapping: Path | None = None
    dates: str | None = None
    clock: str | None = None

    def __bool__(self) -> bool:
        """Say whether anything is said that a lesson cannot be told; a clock it can be."""
        return self.mapping is not None or self.dates is not None

    def said(self) -> list[str | None]:
        """Give what is said of it, word for word.

        Raises
        ------
        RunError
            There is no such mapping file, or it is no text.
        """
        rest = [self.dates, self.clock] if self.clock else [self.dates]
        if self.mapping is None:
            return [None, *rest]
        try:
            return [self.mapping.read_text(encoding="utf-8"), *rest]
        except FileNotFoundError:
            raise RunError(
                f"There is no file '{self.mapping.name}' where you say: check the path."
            ) from None
        except (OSError, UnicodeDecodeError):
            raise RunError(
                f"'{self.mapping.name}' cannot be read as text: make it with `pcqa read EXPORT"
                " --write-map map.toml`."
            ) from None


def read_each_kind(
    exports: Sequence[Path], reading: Reading, project: Path | str | None = None
) -> list[tuple[pd.DataFrame, QualityReport]]:
    """Read exports, those of one kind together; return each kind's frame and report.

    Raises
    ------
    ReadError
        A file cannot be read.
    """
    from pcqa_teach import data
    from pcqa_teach.juran.promised import by_kind

    how = {"dates": reading.dates, "clock": reading.clock, "mapping": reading.mapping}
    if len(exports) == 1:
        return [data.read_with_report(exports[0], project=project, **how)]
    found = by_kind(list(exports), project=project, **how)
    return [(frame, found.reports[kind]) for kind, frame in found.frames.items()]


@contextlib.contextmanager
def tidied(
    exports: Sequence[Path],
    reading: Reading,
    *,
    project: Path | str | None = None,
    within: Path | None = None,
    told: Callable[[Any], None] | None = None,
) -> Iterator[list[Path]]:
    """Give the tidy tables that the exports make, one a kind, for as long as they are needed.

    They lie in a private folder and hold no names. Without anything said of how to read them, the
    exports themselves are given.

    Parameters
    ----------
    exports : list of paths
        One practice's files.
    reading : Reading
        What is said of how to read them.
    project : path, optional
        The folder whose `.pcqa` holds the key for pseudonyms.
    within : path, optional
        The folder that the private folder is made in; the system's own for such things otherwise.
    told : callable, optional
        Given each quality report of the reading, which a lesson on tidy rows cannot repeat.
    """
    if not reading:
        yield list(exports)
        return
    found = read_each_kind(exports, reading, project)
    with private_folder(".pcqa-tidy-", within) as private:
        given = []
        for number, (frame, quality) in enumerate(found, start=1):
            given.append(private / f"tidy-{number}.csv")
            frame.to_csv(given[-1], index=False)
            if told:
                told(quality)
        yield given
