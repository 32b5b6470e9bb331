"""What a profile of calls takes of a frame of calls by stretch of the day."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.call_bands.schema import ALL, ANSWERED, BY_LENGTH, CALL_BACK, MENU, MISSED


def without_shared_lines(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the calls of named practices from those on lines that several practices share.

    Where no practice is named at all, every call counts as of one practice's own lines.

    Examples
    --------
    >>> bands = pd.DataFrame({"practice": ["P-1", None], "count": [90, 8]})
    >>> own, shared = without_shared_lines(bands)
    >>> own["count"].tolist(), shared["count"].tolist()
    ([90], [8])
    """
    if "practice" not in frame or not frame["practice"].notna().any():
        return frame, frame.iloc[:0]
    shared = frame["practice"].isna()
    return frame[~shared], frame[shared]


def calls_in(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count all calls that came in, whatever became of them.

    `flow.call_profile` takes them with `count="count"`. All calls of a stretch stand at its
    beginning: weekdays and the share from 08:00 to 10:00 are right, quarters of an hour are not.

    Parameters
    ----------
    frame : tidy frame of calls by stretch of the day, as `pcqa.read` gives it

    Examples
    --------
    >>> bands = pd.DataFrame({"measure": ["All calls", "Missed"], "count": [90, 8]})
    >>> calls_in(bands)["count"].tolist()
    [90]
    """
    return frame[frame["measure"] == ALL].reset_index(drop=True)


def calls_by_fate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count calls by what became of them, under `outcome`.

    The words are those of a telephone log. Answered calls are taken from the count by length
    (CBT007), which the published tables use, where the file has it; else from CBT003.

    Examples
    --------
    >>> names = ["All calls", "Answered", "Answered, by length", "Missed"]
    >>> bands = pd.DataFrame({"measure": names, "count": [90, 80, 81, 8]})
    >>> calls_by_fate(bands)[["outcome", "count"]].values.tolist()
    [['Answered', 81], ['Missed', 8]]
    """
    answered = BY_LENGTH if (frame["measure"] == BY_LENGTH).any() else ANSWERED
    kept = frame[frame["measure"].isin([answered, MENU, CALL_BACK, MISSED])]
    outcome = kept["measure"].astype(object).replace(BY_LENGTH, ANSWERED)
    return kept.assign(outcome=outcome).drop(columns="measure").reset_index(drop=True)
