"""Outcomes that nobody noted, week by week, and when the way of noting them changed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.measures.outcomes import told
from pcqa_teach.measures.tally import share
from pcqa_teach.measures.words import month
from pcqa_teach.sayings import day, tenths

_LEAST = 3  # periods on either side of a change
_POINTS, _TIMES = 2.0, 2.0  # how far apart, and how many times as many: our own marks


def unknown_share(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Return the share of appointments whose outcome nobody noted, in per cent.

    value = 100 x (Unknown + still Booked on a day that has passed) / appointments whose day has
    passed

    Returns
    -------
    frame of `x`, `by`, `value`, `n`, `count`, `working_days`, `holiday`, as `dna_rate` gives it.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> marks = ["Attended", "DNA", "Unknown", "Attended", "Attended"]
    >>> unknown_share(tidy(date=days, status=marks, count=[40, 5, 10, 30, 15]))["value"].tolist()
    [10.0]
    """
    found = told(appts, "the share of unknown outcomes")
    about = {"measure": "unknown_share", "title": "Appointments of unknown outcome"}
    note = "Denominator: all appointments whose day has passed."
    return share(
        appts, found.unknown, found.expected, every=every, by=by, about=about, notes=[note]
    )


def recording_break(unknown: pd.DataFrame) -> pd.Timestamp | None:
    """Return the first period after the way of noting outcomes changed; None if it did not.

    The periods are cut where the squared distances from the two means are least. It counts as a
    change where the two medians are at least 2 points apart and one is at least twice the other:
    our own marks.

    Parameters
    ----------
    unknown : what `unknown_share` returns

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=8, freq="7D")
    >>> folded = pd.DataFrame({"x": weeks, "value": [9.0, 8, 9, 10, 0, 1, 0, 0]})
    >>> recording_break(folded).date().isoformat()
    '2026-02-02'
    >>> recording_break(folded.assign(value=[9.0, 8, 9, 10, 9, 8, 9, 10])) is None
    True
    """
    known = unknown.dropna(subset="value")
    value = known["value"].to_numpy(dtype="float64")
    if len(value) < 2 * _LEAST:
        return None
    cut = np.arange(_LEAST, len(value) - _LEAST + 1)
    total = np.cumsum(value)
    left, right = total[cut - 1], total[-1] - total[cut - 1]
    explained = left**2 / cut + right**2 / (len(value) - cut)
    place = int(cut[explained.argmax()])
    medians = sorted([float(np.median(value[:place])), float(np.median(value[place:]))])
    changed = medians[1] - medians[0] >= _POINTS and medians[1] >= _TIMES * medians[0]
    return pd.Timestamp(known["x"].iloc[place]) if changed else None


def break_said(unknown: pd.DataFrame) -> str:
    """Say whether the way of noting outcomes changed, and what that does to a missed share.

    >>> weeks = pd.date_range("2026-01-05", periods=8, freq="7D")
    >>> print(break_said(pd.DataFrame({"x": weeks, "value": [9.0, 8, 9, 10, 0, 1, 0, 0]})))
    From the week of 2 Feb 2026 outcomes are noted in another way: 9.0% were unknown before, \
0.2% after (means). A missed share that leaves the unknown out moves with that, though nobody \
behaves otherwise: set only weeks on the same side beside each other.
    """
    when = recording_break(unknown)
    every = unknown.attrs.get("pcqa", {}).get("every", "week")
    if when is None:
        return (
            f"No lasting break is seen in the share of unknown outcomes: {every}s can be set "
            f"beside each other, but for a single {every} that stands out."
        )
    late = (unknown["x"] >= when).to_numpy()
    before, after = unknown["value"][~late].mean(), unknown["value"][late].mean()
    start = month(when) if every == "month" else f"the {every} of {day(when)}"
    return (
        f"From {start} outcomes are noted in another way: {tenths(before)} were unknown "
        f"before, {tenths(after)} after (means). A missed share that leaves the unknown out moves "
        f"with that, though nobody behaves otherwise: set only {every}s on the same side beside "
        "each other."
    )
