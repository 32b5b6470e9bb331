"""Whether people who attend often in one window still do in the next, with nothing done at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number
from pcqa_teach.columns import table_of, whole_amounts
from pcqa_teach.demand import given
from pcqa_teach.demand.ratios import Z95, wilson
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.privacy import SMALL

SEEN, EXPECTED, CHANCE = "seen", "expected by itself", "chance alone"
_DRAWS, _SEED = 20, 3  # thinned so often, the fuller window adds little chance of its own


@dataclass(frozen=True, eq=False, repr=False)
class Persistence(Shown):
    """What became of the people who attended most often in the first of two windows.

    Parameters
    ----------
    windows : a row each for the top group, everybody else and everybody: group, people, before and
        after (contacts a person), change (per cent)
    fall : a row each for what was seen, what is expected by itself (looking backwards) and the part
        of that which chance alone makes in people whose rate never changes: what, change (per cent,
        with everybody's change taken out), lower, upper, fewer (per cent of the group with fewer
        contacts, in whole contacts, again with everybody's change taken out), fewer_lower,
        fewer_upper
    beyond : the change beyond what is expected by itself, with lower and upper (per cent)
    top, people, group : the share asked for, all people, people in the group
    days : length of each window
    """

    windows: pd.DataFrame
    fall: pd.DataFrame
    beyond: dict[str, float]
    top: float
    people: int
    group: int
    days: tuple[float, float]

    @property
    def table(self) -> pd.DataFrame:
        """What was seen beside what is expected by itself."""
        from pcqa_teach.demand.persistence_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import attendance_draw as draw
        from pcqa_teach.demand import persistence_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.persistence_figure)


def persistence(
    people: pd.DataFrame,
    before: str = "before",
    after: str = "after",
    *,
    top: float = 3.0,
    list_size: int | None = None,
    days: tuple[float, float] = (1.0, 1.0),
) -> Persistence:
    """Return how far the people who attended most often fall in the next window, and why.

    change = (after / before of the group) / (after / before of everybody) - 1

    Whoever is chosen for a high count had a high rate, or bad luck, or a bad spell; luck and spells
    pass (regression to the mean). How much of the fall comes by itself is read by looking
    backwards: choose the top group of the second window and ask how much lower it was in the first.
    Time may run either way for luck and spells, but not for a scheme. The fuller window is first
    thinned at random (each contact kept with the same chance) until it holds as many contacts as
    the other, since luck makes up more of a small count. This assumes that nothing else changed for
    some people only, and that the same people were registered all along.

    chance alone, for people whose rates do not change (negative binomial with mean m, shape k):
    E(after | before = y) = m (k + y) / (k + m)

    People at the edge of the group with equal counts are counted in part.

    Parameters
    ----------
    people : one row a person, registered in both windows; see `two_windows`
    before, after : columns with their contacts in each window
    top : the group, in per cent of people
    list_size : people registered in both windows, so that people without a contact are counted
    days : length of the windows, where they differ

    Raises
    ------
    DataError
        A column is missing or no count, there are no contacts, or the group is under 5 people.

    Examples
    --------
    >>> five = pd.DataFrame({"before": [9, 5, 2, 1, 0] * 20, "after": [4, 5, 3, 3, 2] * 20})
    >>> found = persistence(five, top=20)
    >>> found.windows["before"].tolist(), found.windows["after"].tolist()
    ([9.0, 2.0, 3.4], [4.0, 3.25, 3.4])
    >>> round(float(found.fall["change"][0]), 1)  # 4 of 9, everybody unchanged
    -55.6

    Source: Galton F, J Anthropol Inst 1886;15:246-63 (regression); BJGP Open 2020,
    bjgpopen20X101083 (79.3% of the top 3% fell over the next six months).
    """
    table_of(people, "people")
    first = whole_amounts(people, before, "contacts in the first window")
    second = whole_amounts(people, after, "contacts in the second window")
    first, second = (given.with_list(one, list_size) for one in (first, second))
    if not isinstance(days, tuple | list) or len(days) != 2:
        raise DataError("days holds two lengths: give those of the first and the second window.")
    long = [number(one, "days", 182, above=0) for one in days]
    share = number(top, "top", 3, above=0, below=100)
    group = share / 100 * len(first)
    if group < SMALL:
        raise DataError(
            f"The top {share:g}% of {len(first):,} people are fewer than {SMALL}: ask for a larger "
            "share, or bring more people."
        )
    if not first.sum() or not second.sum():
        raise DataError("A window has no contacts at all: give two windows with contacts in both.")
    scale = long[0] / long[1]
    chosen, forward = weights_of_top(first, group), second * scale
    seen = _fall(first, forward, chosen)
    expected = _by_itself(first, second, group, seen)
    fall = pd.DataFrame([seen, expected, _chance(first, chosen)])
    fall.insert(0, "what", [SEEN, EXPECTED, CHANCE])
    return Persistence(
        windows=_windows(first, forward, chosen, share),
        fall=fall.drop(columns="log_variance"),
        beyond=_beyond(seen, expected),
        top=share,
        people=len(first),
        group=round(group),
        days=(long[0], long[1]),
    )


def two_windows(
    contacts: pd.DataFrame, person: str = "patient", date: str = "date", *, days: int | None = None
) -> pd.DataFrame:
    """Return each person's contacts in the two windows that end on the last day.

    Parameters
    ----------
    contacts : one row a contact; of an appointments table only appointments that people came to
    person, date : the columns' names
    days : length of each window; by itself half of the days that the table covers

    Returns
    -------
    frame of the person, `before` and `after`; nobody who is in neither window.
    `attrs["pcqa"]` holds the windows' length and dates, which `windows_said` puts in words.

    Raises
    ------
    DataError
        A column is missing or holds no dates, or the table is too short.

    Examples
    --------
    >>> days = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"])
    >>> four = pd.DataFrame({"patient": ["P1", "P1", "P2", "P1"], "date": days})
    >>> two_windows(four)[["before", "after"]].to_numpy().tolist()
    [[2, 1], [0, 1]]
    """
    rows, _ = given.came(table_of(contacts, "contacts"))
    span = given.dates(rows, date)
    if span is None:
        raise DataError(f"Column '{date}' holds no date: give the day of each contact.")
    codes, seen = given.people(rows, person)
    day = rows[date].to_numpy().astype("datetime64[D]")
    last = np.datetime64(span[1], "D")
    covered = int((last - np.datetime64(span[0], "D")) / np.timedelta64(1, "D")) + 1
    long = covered // 2 if days is None else int(number(days, "days", 182, above=0))
    if long < 1 or 2 * long > covered:
        raise DataError(
            f"The table covers {covered:,} days, too short for two windows of {max(long, 1):,}: "
            "bring a longer report."
        )
    ago = (last - day).astype("int64")
    known = (codes >= 0) & ~np.isnat(day)
    inside = {"before": known & (ago >= long) & (ago < 2 * long), "after": known & (ago < long)}
    counts = {name: np.bincount(codes[here], minlength=len(seen)) for name, here in inside.items()}
    frame = pd.DataFrame({person: seen, **counts})
    frame = frame[(frame["before"] + frame["after"]) > 0].reset_index(drop=True)
    middle, day_long = last - np.timedelta64(long, "D"), np.timedelta64(1, "D")
    first = middle - np.timedelta64(long, "D") + day_long
    frame.attrs["pcqa"] = {
        "days": long,
        "first": (first, middle),
        "second": (middle + day_long, last),
    }
    return frame


def weights_of_top(counts: Floats, many: float) -> Floats:
    """Weigh each person: 1 in the group, 0 outside, a part for those tied at its edge."""
    edge = np.sort(counts)[::-1][int(np.ceil(many - 1e-9)) - 1]
    above, tied = counts > edge, counts == edge
    return np.where(above, 1.0, np.where(tied, (many - above.sum()) / tied.sum(), 0.0))


def _fall(first: Floats, second: Floats, chosen: Floats) -> dict[str, float]:
    """Return the change of the chosen beside everybody's, and how many of them had fewer."""
    usual = second / (second.sum() / first.sum())
    ratio = float(chosen @ usual) / float(chosen @ first)
    errors = chosen * (usual - ratio * first)
    log_variance = float(errors @ errors) / float(chosen @ usual) ** 2 if ratio else np.nan
    reach = float(np.exp(Z95 * np.sqrt(log_variance)))
    fewer = float(chosen @ (np.round(usual) < np.round(first))) / float(chosen.sum())
    low, high = wilson(fewer, chosen.sum())
    return {
        "change": 100 * (ratio - 1),
        "lower": 100 * (ratio / reach - 1),
        "upper": 100 * (ratio * reach - 1),
        "fewer": 100 * fewer,
        "fewer_lower": 100 * float(low),
        "fewer_upper": 100 * float(high),
        "log_variance": log_variance,
    }


def _by_itself(
    first: Floats, second: Floats, group: float, seen: dict[str, float]
) -> dict[str, float]:
    """Return the fall that comes by itself: what was seen, over what goes beyond it."""
    kept, rng = min(first.sum(), second.sum()), np.random.default_rng(_SEED)
    order, onward, back = np.lexsort((second, first)), [], []  # the same whoever stands where
    for _ in range(1 if first.sum() == second.sum() else _DRAWS):
        one, two = (_thinned(counts[order], kept, rng) for counts in (first, second))
        onward.append(_fall(one, two, weights_of_top(one, group)))
        back.append(_fall(two, one, weights_of_top(two, group)))
    mean = {name: float(np.mean([draw[name] for draw in back])) for name in back[0]}
    left = np.array([[1 + draw["change"] / 100 for draw in draws] for draws in (onward, back)])
    ratio = 1 + mean["change"] / 100
    if left.all():
        ratio = (1 + seen["change"] / 100) / float(np.exp(np.log(left[0] / left[1]).mean()))
    reach = float(np.exp(Z95 * np.sqrt(mean["log_variance"])))
    return {
        **mean,
        "change": 100 * (ratio - 1),
        "lower": 100 * (ratio / reach - 1),
        "upper": 100 * (ratio * reach - 1),
    }


def _thinned(counts: Floats, kept: float, rng: np.random.Generator) -> Floats:
    """Keep each contact with the same chance, so that about so many are left."""
    return rng.binomial(counts.astype(np.int64), kept / counts.sum()).astype(np.float64)


def _chance(first: Floats, chosen: Floats) -> dict[str, float]:
    """Return the fall that a steady rate gives, by luck alone (negative binomial)."""
    mean, variance = float(first.mean()), float(first.var(ddof=1))
    group = float(chosen @ first / chosen.sum())
    if variance <= mean:  # no more spread than one rate for all would give
        expected = mean
    else:
        shape = mean**2 / (variance - mean)
        expected = mean * (shape + group) / (shape + mean)
    return {"change": 100 * (expected / group - 1)}


def _beyond(seen: dict[str, float], expected: dict[str, float]) -> dict[str, float]:
    ratio = (1 + seen["change"] / 100) / (1 + expected["change"] / 100 or np.nan)
    reach = float(np.exp(Z95 * np.sqrt(seen["log_variance"] + expected["log_variance"])))
    return {
        "change": 100 * (ratio - 1),
        "lower": 100 * (ratio / reach - 1),
        "upper": 100 * (ratio * reach - 1),
    }


def _windows(first: Floats, second: Floats, chosen: Floats, share: float) -> pd.DataFrame:
    groups = {
        f"top {share:g}%": chosen,
        "everybody else": 1 - chosen,
        "everybody": np.ones(len(first)),
    }
    frame = pd.DataFrame(
        {
            "group": list(groups),
            "people": [round(float(one.sum())) for one in groups.values()],
            "before": [float(one @ first / one.sum()) for one in groups.values()],
            "after": [float(one @ second / one.sum()) for one in groups.values()],
        }
    )
    before, after = frame["before"].to_numpy(), frame["after"].to_numpy()
    change = np.full(len(frame), np.nan)
    np.divide(100 * (after - before), before, out=change, where=before > 0)
    return frame.assign(change=change)
