"""The form's own words: what a command line would say, for somebody who has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pcqa_teach.errors import PcqaError, UnknownFormatError
from pcqa_teach.run.scrub import Scrubber

UNKNOWN = (
    "This file is in no format that the kit knows. It knows SystmOne's appointment report, EMIS "
    "Web's list of slots and its table of counts, NHS England's appointments and calls by day and "
    "time, askmygp's crosstab, Anima's audit, telephone logs and the kit's own sheets. Export one "
    "of these, as CSV or Excel"
)
MAPPING = "; or ask your coach for a mapping file, and give its path below."
SHARED = (
    "Two files are made to be shared: notice-board.pdf, to hang up, and summary.json, for a "
    "network to gather. In them counts are rounded to 5 and small ones are in words; the end of "
    "the report lists every figure that they hold. All else in the folder holds exact figures: "
    "do not pass it on."
)
SHARED_HERE = (
    "summary.json is made to be shared: in it counts are rounded to 5 and small ones are in words, "
    "and the end of the report lists every figure that it holds. The report itself holds exact "
    "figures: do not pass it on. Nothing of either is kept in this page: save them."
)
NOT_HELD = (
    "There is no room for the file while it is worked on: the disk is full, or the folder of the "
    "form is locked. Free some room and choose the file again, or type where it lies."
)
UNFORESEEN = (
    "That did not work ({}; its message is not repeated, since it may quote the data). Try once "
    "more; if it stays so, tell your coach this line."
)
_ORDER = "tick that below, and look again"
_INSTEAD = (
    (r"\(Only if every date is month first: dates='month-first'\.\)",
     f"(Only if every date is month first: {_ORDER}.)"),
    (r"Read the file without dates='month-first'.*is the rule\.",
     f"Dates are day first after all: {_ORDER}."),
    (r"or pass dates= \('day-first' or 'month-first'\)",
     "or tick the other order below, and look again"),
    (r"say which with --clock local \(([^)]*)\) or --clock utc \(([^)]*)\)",
     r"tick below which it is (local: \1; UTC: \2), and look again"),
    (r"check the export with `pcqa read`, and if that finds nothing wrong, report this line",
     "look at the file once more, and if that finds nothing wrong, tell your coach this line"),
    (r"`pcqa doctor`, which says what is missing", "the programme's set-up page"),
    (r"write a new sheet with `pcqa template [a-z]+`", "ask your coach for a new sheet"),
    (r"with a mapping \(`pcqa read [^`]*`[^)]*\)",
     "with a mapping file, which your coach can make"),
    (r", and put a name with spaces in quotation marks", ""),
    (r" \(`?pcqa template [a-z]+`?\)", ""),
)  # fmt: skip


def of_error(error: BaseException, files: Iterable[Path] = (), *, desk: bool = True) -> str:
    """Return an error as one sentence of the form; no path, no file's name, no command.

    Parameters
    ----------
    error : exception
        One of ours is put in the form's words; of any other its kind alone is named.
    files : list of paths
        Whose names are not repeated.
    desk : bool
        Whether a mapping file could be given.

    Examples
    --------
    >>> of_error(ValueError("999 000 0078"))[:31]
    'That did not work (ValueError; '
    """
    if isinstance(error, UnknownFormatError):
        return UNKNOWN + (MAPPING if desk else ".")
    if not isinstance(error, PcqaError):
        return UNFORESEEN.format(type(error).__name__)
    said = str(error)
    for pattern, instead in _INSTEAD:
        said = re.sub(pattern, instead, said)
    return Scrubber(list(files)).text(said)
