"""How much the practice offered and did, put on working days so that short weeks compare."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.formats import in_words, is_area
from pcqa_teach.measures.outcomes import outcomes
from pcqa_teach.measures.tally import finish, holiday_note, in_order, ratio, share, tally

WEEK = 5
MANY_PER_1000 = 400  # a week; more is doubted, for few practices reach half of it (our own mark)
DOUBTED = f"More than {MANY_PER_1000} a week is doubtful: is the list size right?"
_ADJUSTED = (
    "Put on working days: Monday to Friday, less bank holidays in England; weekend work is "
    "counted in."
)


def weekly_counts(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Return appointments per working day, so that a four-day week stands beside a five-day one.

    value = appointments whose day has passed / working days of the period

    This is activity. It is not demand: nobody who could not book is in it; and it counts
    appointments, not people.

    Returns
    -------
    frame of `x`, `by`, `value`, `n` (the appointments), `working_days`, `holiday`. A period with
    no row of any kind is missing, not nought: closed and lost look alike.

    Examples
    --------
    Two weeks of 400 appointments; 4 May 2026 was a bank holiday.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-04-27", "2026-05-01", "2026-05-05", "2026-05-06", "2026-05-08"]
    >>> two = tidy(date=days, status=["Attended"] * 5, count=[200, 200, 100, 100, 200])
    >>> weekly_counts(two)[["value", "n", "working_days"]].values.tolist()
    [[80.0, 400.0, 5.0], [100.0, 400.0, 4.0]]
    """
    groups = {"n": outcomes(appts).expected}
    frame, laid_out, split = tally(appts, groups, every=every, by=by)
    appointments = frame["n"].where(frame["rows"] > 0)
    if laid_out.every == "day":
        frame["value"], said, title = appointments, [], "Appointments a day"
    else:
        frame["value"] = ratio(appointments, frame["working_days"])
        said, title = [_ADJUSTED], "Appointments per working day"
    return finish(
        in_order(frame, by, "n"),
        measure="weekly_counts",
        title=title,
        unit="appointments a day",
        notes=[*said, *laid_out.notes, *holiday_note(frame, laid_out), *split],
        every=laid_out.every,
    )


def per_1000(
    appts: pd.DataFrame,
    list_size: float | None,
    every: str | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """Return appointments per 1,000 registered patients a five-day week.

    value = appointments / working days x 5 / list size x 1,000

    Parameters
    ----------
    list_size : number
        Registered patients, from the practice's own count for the middle of the period.

    Returns
    -------
    frame of `x`, `by`, `value`, `n` (the list size), `working_days`, `holiday`.

    Raises
    ------
    DataError
        If there is no list size, or it is not a number above nought, or days are asked for, or the
        table is of a whole area.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> week = tidy(date=days, status=["Attended"] * 5, count=[240, 200, 190, 180, 190])
    >>> per_1000(week, 10_000)["value"].tolist()  # 1,000 appointments of 10,000 people
    [100.0]
    """
    size = _size(list_size)
    if every == "day":
        raise DataError(
            "Appointments per 1,000 patients are counted a week: use every='week' or 'month'."
        )
    if is_area(appts):
        raise DataError(
            "This is an area, not a practice, so a practice's list size says nothing of it: leave "
            "list_size out."
        )
    daily = weekly_counts(appts, every, by)
    said = daily.attrs["pcqa"]
    frame = daily.assign(value=daily["value"] * WEEK / size * 1000, n=size)
    doubt = [DOUBTED] if frame["value"].mean() > MANY_PER_1000 else []
    return finish(
        frame,
        measure="per_1000",
        title="Appointments per 1,000 patients a week",
        unit="per 1,000 patients a week",
        notes=[
            f"List size {size:,.0f} throughout; a week of five working days.",
            *doubt,
            *said["notes"],
        ],
        every=said["every"],
    )


def utilisation(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Return the share of offered slots that were filled, in per cent.

    value = 100 x filled / (filled + unused)

    filled: somebody was expected (came, missed or unknown). unused: Available on a day that has
    passed. Cancelled and blocked slots are left out: whether a cancelled slot was offered again
    cannot be told from its row. A slot that was filled and missed counts as filled.

    Raises
    ------
    DataError
        If the file holds no unused slots; the sentence names the format.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> marks = ["Attended", "DNA", "Available", "Cancelled", "Attended"]
    >>> utilisation(tidy(date=days, status=marks, count=[80, 10, 20, 9, 90]))["value"].tolist()
    [90.0]
    """
    found = outcomes(appts)
    if not found.unused.any():
        raise DataError(
            f"{in_words(appts)} has no unused slots, so utilisation (the share of offered slots "
            "that were filled) cannot be worked out: ask for a report that lists every slot."
        )
    about = {"measure": "utilisation", "title": "Offered slots that were filled"}
    notes = ["Filled: attended, missed or unknown. Cancelled and blocked slots are left out."]
    whole = found.expected | found.unused
    return share(appts, found.expected, whole, every=every, by=by, about=about, notes=notes)


def _size(list_size: object) -> float:
    if list_size is None:
        raise DataError(
            "Appointments per 1,000 patients need the number of registered patients: give "
            "list_size, for example list_size=9800."
        )
    number = isinstance(list_size, (int, float, np.number)) and not isinstance(list_size, bool)
    size = float(list_size) if number else np.nan  # type: ignore[arg-type]
    if not 0 < size < np.inf:
        raise DataError(
            "list_size is not a number above nought: give the registered patients in figures, "
            "for example list_size=9800."
        )
    return size
