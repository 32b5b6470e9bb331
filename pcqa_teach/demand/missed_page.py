"""Missed appointments on one page: shares with their denominators, and what they raise."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcqa_teach.demand.missed_london import BesideLondon
from pcqa_teach.demand.missed_mix import MissedMix
from pcqa_teach.demand.missed_mix_words import apart, more, named
from pcqa_teach.measures.formats import whose
from pcqa_teach.measures.outcomes import told
from pcqa_teach.measures.periods import span
from pcqa_teach.measures.unknowns import recording_break
from pcqa_teach.measures.words import month
from pcqa_teach.privacy import to_share
from pcqa_teach.sayings import and_list, capital, day, to_record

ALWAYS = (
    "Who looks each week at people who missed two or more, and at children who were not brought, "
    "and asks whether they are safe?"
)


def shares_here(appts: pd.DataFrame, name: str | None = None) -> pd.DataFrame:
    """Return one row of who came, missed, and is unknown, as `measures.missed_shares` takes it.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    name : what the row is called; by itself whose the figures are: the practice, the area, ...

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> marks = ["Attended", "DNA", "Unknown", "Attended"]
    >>> four = tidy(date=["2026-03-09"] * 4, status=marks, count=[90, 4, 6, 0])
    >>> shares_here(four).values.tolist()
    [['The practice', 90, 4, 6]]
    """
    found, count = told(appts, "the share of missed appointments"), appts["count"].to_numpy()
    parts = {"came": found.came, "missed": found.missed, "unknown": found.unknown}
    sums = {part: [int(count[mask].sum())] for part, mask in parts.items()}
    return pd.DataFrame({"name": [name or capital(whose(appts))], **sums})


def missed_page(
    appts: pd.DataFrame,
    shares: pd.DataFrame | None,
    unknown: pd.DataFrame | None = None,
    london: BesideLondon | None = None,
    **splits: MissedMix | None,
) -> dict[str, Any]:
    """Return what `pcqa.record` keeps of a look at missed appointments.

    Parameters
    ----------
    appts : tidy table
    shares : what `measures.missed_shares` gave of `shares_here`
    unknown : what `measures.unknown_share` gave
    london : what `beside_london` gave
    splits : by name, what `standardise` or `equity_split` gave; None where the file cannot tell

    Returns
    -------
    dict of `period`, `appointments`, `missed`, `unknown`, `unknown_percent`, `unknown_counted`,
    `unknown_left_out`, `break_from`, `london_expected`, `london_here`, and for each split
    `NAME_apart`: who stands out from what its own mix would give
    """
    values: dict[str, Any] = {"period": span(appts)}
    if shares is not None:
        row = shares.iloc[0]
        values |= {
            "appointments": int(row["n"]),
            "missed": int(row["missed"]),
            "unknown": int(row["unknown"]),
            "unknown_percent": to_record(row["unknown_share"], 1),
            "unknown_counted": to_record(row["counted"], 1),
            "unknown_left_out": to_record(row["left_out"], 1),
        }
    when = None if unknown is None else recording_break(unknown)
    if unknown is not None and when is not None:
        every = unknown.attrs.get("pcqa", {}).get("every", "week")
        values["break_from"] = month(when) if every == "month" else day(when)
    if london is not None:
        values |= {
            "london_expected": to_record(london.expected, 1),
            "london_here": to_record(london.share, 1),
        }
    for name, split in splits.items():
        if split is not None:
            values[f"{name}_apart"] = _apart(split)
    return values


def missed_sharing(page: dict[str, Any]) -> dict[str, Any]:
    """Return what of a `missed_page` may be shared, as `pcqa.record` takes it.

    >>> page = {"missed": 80, "appointments": 1200, "unknown": 3, "unknown_left_out": 6.68}
    >>> missed_sharing(page)["rests_on"]
    {'unknown_left_out': ('missed', 1197, 'unknown')}
    """
    counts: list[str | tuple[str | int, ...]] = []
    rests: dict[str, tuple[str | int, ...]] = {}
    if "unknown" in page:
        known = page["appointments"] - page["unknown"]
        missed, unknown = (
            (name, "appointments", known - page["missed"]) for name in ("missed", "unknown")
        )
        counts = ["appointments", missed, unknown]
        rests = {
            "unknown_counted": missed,
            "unknown_percent": unknown,
            "unknown_left_out": ("missed", known, "unknown"),
        }
    words = ("whose", "data", "period", "telephone", "break_from")
    return {
        "counts": counts,
        "words": [one for one in words if one in page],
        "rests_on": {name: on for name, on in rests.items() if name in page},
    }


def missed_labels(page: dict[str, Any], **splits: MissedMix | None) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `missed_page`."""
    rows = {
        "period": ("Period covered", "{period}"),
        "appointments": ("Appointments whose day has passed", "{appointments:,}"),
        "unknown_counted": (
            "Missed, unknown outcomes counted",
            _counted(page),
        ),
        "unknown_percent": ("Outcome unknown", "{unknown_percent:.1f}%"),
        "break_from": ("Outcomes are noted in another way from", "{break_from}"),
        "london_expected": (
            "Missed, at London's rates of 2019/20 for the same booking gaps",
            "{london_expected:.1f}%, beside {london_here:.1f}% here",
        ),
    }
    found = {heading: said for name, (heading, said) in rows.items() if name in page}
    for name, split in splits.items():
        if split is not None:
            beside = "what its own mix would give" if split.mix else "all together"
            found[f"Beside {beside}, by {split.by}"] = f"{{{name}_apart}}"
    return found


def _counted(page: dict[str, Any]) -> str:
    """Say the share with the unknown counted, and without them where that differs.

    The row is read in the report and, worked out from rounded counts, in what is shared: where the
    two shares are alike in either, one is enough.
    """
    pairs = [(page.get("unknown_counted"), page.get("unknown_left_out")), _of_rounded(page)]
    if any(None not in pair and f"{pair[0]:.1f}" == f"{pair[1]:.1f}" for pair in pairs):
        return "{unknown_counted:.1f}%"
    return "{unknown_counted:.1f}%[ ({unknown_left_out:.1f}% with the unknown left out)]"


def _of_rounded(page: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the two shares as rounded counts give them; nothing where one is too small."""
    if not {"missed", "appointments", "unknown"} <= set(page):
        return None, None
    whole = page["appointments"]
    missed, *of = (to_share(one) for one in (page["missed"], whole, whole - page["unknown"]))
    if not isinstance(missed, int) or any(not isinstance(one, int) or not one for one in of):
        return None, None
    counted, left_out = (100 * missed / float(one) for one in of)
    return counted, left_out


def missed_questions(unknown: pd.DataFrame | None = None, **splits: MissedMix | None) -> list[str]:
    """Return the questions that this look raises; the last is always asked."""
    asked = []
    if unknown is not None and recording_break(unknown) is not None:
        asked.append("Who changed how outcomes are noted, when, and who else needs to know?")
    for name, split in splits.items():
        high = [] if split is None else _more_than_expected(split)
        if high and name == "gap":
            asked.append(
                "What is booked that far ahead that need not be, and who could be reminded?"
            )
        elif high:
            asked.append(
                f"{high[0]}: what makes these appointments harder to come to? Ask three people "
                "who missed one, or their carers, and change one thing."
            )
    return [*asked, ALWAYS]


def _more_than_expected(split: MissedMix) -> list[str]:
    rows = apart(split)
    return [named(split, str(one)) for one in rows["group"][rows["ratio"] > 1]]


def _apart(split: MissedMix) -> str:
    rows = apart(split).head(3)
    pairs = zip(rows["group"], rows["ratio"], strict=True)
    said = [f"{named(split, group)} {more(ratio)}" for group, ratio in pairs]
    beside = "expected" if split.mix else "all together"
    return f"{and_list(said)} than {beside}" if said else "no group stands out"
