"""How many of the people who attended most often in one window do so again in the next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.columns import table_of, whole_amounts
from pcqa_teach.demand import given
from pcqa_teach.demand.persistence import weights_of_top
from pcqa_teach.demand.ratios import wilson
from pcqa_teach.demand.sharing import small
from pcqa_teach.errors import DataError
from pcqa_teach.privacy import SMALL, suppress
from pcqa_teach.sayings import between, counted, fine_percent, span

SHORTEST = 90  # days of a window from which people may be chosen: our own rule


@dataclass(frozen=True)
class Stay:
    """How many of the top group of the first window are in that of the second; nobody is named.

    Parameters
    ----------
    top : the group, in per cent of people
    group, stayed : people in it in the first window, and in both
    share, lower, upper : those who stayed, per cent of the group, with its 95% interval
    by_luck : how many would be in both if the second window were drawn by lot
    """

    top: float
    group: int
    stayed: int
    share: float
    lower: float
    upper: float
    by_luck: float

    @property
    def few(self) -> bool:
        """Whether too few stayed, or left, to say how many."""
        return bool(small(self.stayed) or small(self.group - self.stayed))

    @property
    def message(self) -> str:
        """How many stayed, in a sentence."""
        group = f"the {counted(self.group, 'person', 'people')} in the top {self.top:g}% of the"
        if small(self.stayed):
            return f"Of {group} first window, {suppress(self.stayed)} were in it again."
        if self.few:
            return f"Of {group} first window, nearly all were in it again."
        return (
            f"Of {group} first window, {self.stayed:,} were in the top {self.top:g}% again in the "
            f"second: {fine_percent(self.share)} ({between(self.lower, self.upper)}). "
            f"By lot it would be about {max(self.by_luck, 1):,.0f}."
        )


def stayed(
    people: pd.DataFrame,
    before: str = "before",
    after: str = "after",
    *,
    top: float = 3.0,
    list_size: int | None = None,
) -> Stay:
    """Return how many of the first window's top group are in the second window's.

    share = people in both top groups / people in the first

    People tied at the edge of a group count in part in it.

    Parameters
    ----------
    people : one row a person, as `two_windows` gives
    before, after : columns with their contacts in each window
    top : the group, in per cent of people
    list_size : people registered in both windows

    Raises
    ------
    DataError
        A column is missing or no count, or the group is under 5 people.

    Examples
    --------
    Of a hundred people the first five come most often in both windows, ten more in one:

    >>> before = [9] * 10 + [1] * 90
    >>> after = [9] * 5 + [0] * 90 + [9] * 5
    >>> found = stayed(pd.DataFrame({"before": before, "after": after}), top=10)
    >>> found.group, found.stayed, found.by_luck
    (10, 5, 1.0)
    >>> print(found.message)
    Of the 10 people in the top 10% of the first window, 5 were in the top 10% again in the \
second: 50% (24% to 76%). By lot it would be about 1.
    """
    table_of(people, "people")
    first = given.with_list(whole_amounts(people, before, "contacts"), list_size)
    second = given.with_list(whole_amounts(people, after, "contacts"), list_size)
    share = number(top, "top", 3, above=0, below=100)
    group = share / 100 * len(first)
    if group < SMALL:
        raise DataError(
            f"The top {share:g}% of {len(first):,} people are fewer than {SMALL}: ask for a larger "
            "share, or bring more people."
        )
    both = round(float(weights_of_top(first, group) @ weights_of_top(second, group)))
    many = round(group)
    low, high = (100 * float(end) for end in wilson(both / many, many))
    return Stay(share, many, both, 100 * both / many, low, high, group * share / 100)


def windows_said(people: pd.DataFrame) -> str:
    """Say which two windows were set beside each other, and whether they are too short.

    >>> days = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"])
    >>> from pcqa_teach.demand import two_windows
    >>> short = two_windows(pd.DataFrame({"patient": ["P1", "P1", "P2", "P1"], "date": days}))
    >>> print(windows_said(short))
    First window: 1 Jan 2026 to 2 Jan 2026. Second window: 3 Jan 2026 to 4 Jan 2026. Each has 2 \
days.
    That is under 90 days: in a short window luck and a single illness weigh more. Choose nobody \
from it; bring half a year or more.
    """
    about = people.attrs["pcqa"]
    said = (
        f"First window: {span(about['first'])}. Second window: {span(about['second'])}. "
        f"Each has {counted(about['days'], 'day')}."
    )
    if about["days"] >= SHORTEST:
        return said
    return (
        f"{said}\nThat is under {SHORTEST} days: in a short window luck and a single illness weigh "
        "more. Choose nobody from it; bring half a year or more."
    )
