"""An export that somebody has said how to read, as the tidy table that a lesson takes as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.private import private_folder


@dataclass(frozen=True)
class Reading:
    """How exports are to be read: which column is which, how dates are written."""

    mapping: Path | None = None
    dates: str | None = None

    def __bool__(self) -> bool:
        """Say whether anything is said of it."""
        return self.mapping is not None or self.dates is not None

    def said(self) -> list[str | None]:
        """Give what is said of it, word for word.

        Raises
        ------
        RunError
            There is no such mapping file, or it is no text.
        """
        if self.mapping is None:
            return [None, self.dates]
        try:
            return [self.mapping.read_text(encoding="utf-8"), self.dates]
        except FileNotFoundError:
            raise RunError(
                f"There is no file '{self.mapping.name}' where you say: check the path."
            ) from None
        except (OSError, UnicodeDecodeError):
            raise RunError(
                f"'{self.mapping.name}' cannot be read as text: make it with `pcqa read EXPORT"
                " --write-map map.toml`."
            ) from None


@contextlib.contextmanager
def tidied(
    exports: Sequence[Path],
    reading: Reading,
    *,
    project: Path | str | None = None,
    within: Path | None = None,
    told: Callable[[Any], None] | None = None,
) -> Iterator[list[Path]]:
    """Give the tidy table that the exports make, for as long as it is needed.

    It lies in a private folder and holds no names. Without anything said of how to read them, the
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
        Given the quality report of the reading, which a lesson on tidy rows cannot repeat.
    """
    if not reading:
        yield list(exports)
        return
    from pcqa_teach import data

    frame, quality = data.read_with_report(
        list(exports), dates=reading.dates, mapping=reading.mapping, project=project
    )
    with private_folder(".pcqa-tidy-", within) as private:
        tidy = private / "tidy.csv"
        frame.to_csv(tidy, index=False)
        if told:
            told(quality)
        yield [tidy]
