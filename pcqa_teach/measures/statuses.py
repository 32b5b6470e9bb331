"""What became of every row of a book, in the kit's own words, and a picture of it."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.measures.outcomes import check, outcomes
from pcqa_teach.measures.periods import span
from pcqa_teach.privacy import suppress
from pcqa_teach.sayings import and_list, percent

LEFT_BOOKED = "Booked, and the day has passed"
_CAME, _MISSED, _NOT_KNOWN = "the person came", "missed", "not known"
_OTHER = "called off, not used, or still to come"
_PARTS = (_CAME, _OTHER, _NOT_KNOWN, _MISSED)
# The kit's word, what it means, and to which part of the picture it belongs.
MEANINGS: dict[str, tuple[str, str]] = {
    "Attended": ("the person came, or was visited or spoken to", _CAME),
    "Walked out": ("the person came, and left before being seen", _CAME),
    "DNA": ("the person was expected, and did not come or could not be reached", _MISSED),
    "Cancelled": ("called off beforehand, by either side", _OTHER),
    "Available": ("on offer, and nobody booked it", _OTHER),
    "Blocked": ("not on offer: held back or closed", _OTHER),
    "Booked": ("booked for a day that is still to come", _OTHER),
    LEFT_BOOKED: ("nobody noted what became of it", _NOT_KNOWN),
    "Unknown": ("left blank, or a word that no list knows", _NOT_KNOWN),
}


def status_counts(appts: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows have each status; Booked is parted by whether the day has passed.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it

    Returns
    -------
    frame of `status`, `meaning`, `part`, `count`, `value` (% of all), the commonest first; statuses
    that do not occur are left out.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> marks = ["Attended", "Attended", "Booked", "DNA", "Booked"]
    >>> five = tidy(date=pd.date_range("2026-03-09", periods=5), status=marks)
    >>> status_counts(five)[["status", "count"]].values.tolist()  # the DNA was on the 12th
    [['Attended', 2], ['DNA', 1], ['Booked', 1], ['Booked, and the day has passed', 1]]
    """
    check(appts)
    status = appts["status"].astype("str").mask(outcomes(appts).stale, LEFT_BOOKED)
    sums = appts["count"].groupby(status, sort=False).sum()
    order = [name for name in MEANINGS if name in sums.index]
    counts = sums[order].sort_values(ascending=False, kind="stable")
    counts = counts[counts > 0]
    return pd.DataFrame(
        {
            "status": counts.index,
            "meaning": [MEANINGS[str(name)][0] for name in counts.index],
            "part": [MEANINGS[str(name)][1] for name in counts.index],
            "count": counts.to_numpy(),
            "value": 100 * counts.to_numpy() / counts.sum(),
        }
    )


def status_figure(appts: pd.DataFrame, name: str = "what became of the slots") -> Figure:
    """Draw what became of every row as bars, the commonest on top.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    name : str
        The picture's own name in its lesson.
    """
    counts = status_counts(appts)
    total = int(counts["count"].sum())
    shares = counts.groupby("part")["count"].sum()
    came, lost = (percent(shares.get(part, 0), total) for part in (_CAME, _NOT_KNOWN))
    title = f"The person came in {came} of these; in {lost} nobody noted what happened"
    said = [_said(count, total) for count in counts["count"]]
    names = counts["status"].astype("str").tolist()
    notes = ["Counts of 1 to 4 are shown as fewer than 5."]
    under = f"n = {total:,} appointments and slots · {span(appts)}"
    with plot(title, under, notes, bars_height(names)) as page:
        axes = page.axes[0]
        bars(axes, names, counts["value"].tolist(), said, counts["part"].tolist(), _PARTS)
        axes.set_xlabel("Share of all appointments and slots, %")
        each = and_list([f"{one} {what}" for one, what in zip(names, said, strict=True)])
        alt = f"Bar chart. {title}. Of {total:,} appointments and slots, {span(appts)}: {each}."
        return page.finish(alt=alt, name=name)


def _said(count: int, total: int) -> str:
    shown = suppress(count)
    return f"{shown:,} ({percent(count, total)})" if isinstance(shown, int) else shown
