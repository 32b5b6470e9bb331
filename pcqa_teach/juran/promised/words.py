"""Words and the table of the promised results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.words import moved, spread
from pcqa_teach.juran.promised.results import UNKNOWN, PromisedResults
from pcqa_teach.sayings import capital, counted, day, lowered
from pcqa_teach.spc.numbers import Numbers

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

_LASTING = "better, lasting"
_TREND, _SAYS = "Beyond its earlier trend", "The chart; the grade"


def message(found: PromisedResults) -> str:
    """Say how many of the results can be told, and how many are better and stay so."""
    rows = found.rows
    charted = rows[rows["verdict"].str.contains("months:")]
    total = len(rows)
    if charted.empty:
        return f"None of the {total} promised results can be told yet"
    better = int(charted["verdict"].str.endswith(_LASTING).sum())
    told = f"{len(charted)} of the {total} promised results can be told"
    if not better:
        return f"{told}; no lasting change for the better seen"
    worse = charted["verdict"].str.contains("worse").sum()
    harm = f"; {counted(int(worse), 'was', 'were')} worse at times" if worse else ""
    return f"{told}; {better} {'is' if better == 1 else 'are'} better and staying better{harm}"


def explain(found: PromisedResults) -> str:
    """Say each result in a sentence, then the grades and the cautions."""
    parts = [f"{message(found)}. Go-live: {day(found.go_live)}."]
    parts += [sentence(row) for _, row in found.rows.iterrows()]
    parts.append(
        "A grade says how good the evidence is, not how large or worthwhile the change is. Strong "
        "needs all six answers: a prediction written first, a baseline frozen before go-live, a "
        "lasting signal, a comparison, balancing measures that did not get worse, and recording "
        "that did not change. Some needs the baseline, the signal, and no change in recording."
    )
    return "\n\n".join(parts)


def sentence(row: pd.Series[Any]) -> str:
    """Say one result with its size, or why it cannot be said."""
    if row["name"] == "list" and np.isfinite(row["before"]):
        return f"{row['result']}: {_sizes(row)} Grade: none; {row['reason']}."
    if not np.isfinite(row["change"]):
        return f"{row['result']}: {(row['reason'] or UNKNOWN).rstrip('.')}."
    say = says(row)
    return (
        f"{row['result']}: {row['measure']}, {say(row['before'])} before and {say(row['after'])}"
        f" {_until(row)}, {changed(row)}. {capital(row['verdict'])}. Grade: {row['grade']}."
    )


def says(row: pd.Series[Any]) -> Numbers:
    """Give the decimals and the unit in which a row is said."""
    unit = str(row["unit"])
    return Numbers(1 if unit == "%" or abs(row["before"]) >= 10 else 2, unit)


def differences(row: pd.Series[Any]) -> Numbers:
    """Give the same for differences; those of percentages are in points."""
    say = says(row)
    return Numbers(say.decimals, "points" if row["unit"] == "%" else "")


def changed(row: pd.Series[Any]) -> str:
    """Say the change with its interval."""
    say = differences(row)
    if not np.isfinite(row["low"]):
        return moved(row["change"], say)
    return f"{moved(row['change'], say)} ({spread(row['low'], row['high'], say)})"


def too_early(row: pd.Series[Any]) -> bool:
    """Say whether the first four months have not yet passed."""
    return str(row["verdict"]).startswith("too early")


def _until(row: pd.Series[Any]) -> str:
    return "so far" if too_early(row) else f"by {row['window']}"


def _beyond(row: pd.Series[Any]) -> str | None:
    if not np.isfinite(row["trend"]):
        return None
    return spread(row["trend_low"], row["trend_high"], differences(row))


def _sizes(row: pd.Series[Any]) -> str:
    share = 100 * row["change"] / row["before"]
    return (
        f"{row['before']:,.0f} registered patients then, {row['after']:,.0f} now ({share:+.1f}%)."
    )


def table(found: PromisedResults) -> Table:
    """Give a row for every result."""
    from pcqa_teach.figures.table import table as to_table

    shown = pd.DataFrame([_shown(row) for _, row in found.rows.iterrows()])
    return to_table(shown, f"{message(found)}. Go-live {day(found.go_live)}")


def _shown(row: pd.Series[Any]) -> dict[str, str | None]:
    promised = f"{row['result']} ({row['by']})"
    if not np.isfinite(row["change"]):
        blank = dict.fromkeys(("Before", "Then", "Change (95% interval)", _TREND))
        return {"Promised": promised, **blank, _SAYS: row["verdict"]}
    if row["name"] == "list":
        before, then = (f"{row[which]:,.0f} registered" for which in ("before", "after"))
        change, trend = f"{100 * row['change'] / row['before']:+.1f}%", None
        verdict = row["verdict"]
    else:
        promised += f": {row['measure']}"
        before, then = (f"{says(row)(row[which])}{_n(row, which)}" for which in ("before", "after"))
        change, trend = changed(row), _beyond(row)
        verdict = row["verdict"].split("; ")[-1]
    return {
        "Promised": promised,
        "Before": before,
        "Then": then,
        "Change (95% interval)": change,
        _TREND: trend,
        _SAYS: f"{verdict}; {row['grade']}",
    }


def _n(row: pd.Series[Any], which: str) -> str:
    points = int(row[f"points_{which}"])
    if not points:
        return ""
    n = row[f"n_{which}"]
    return f" ({points} points" + (f", n {n:,.0f})" if np.isfinite(n) else ")")


def numbers(found: PromisedResults) -> dict[str, str | int | float | None]:
    """Give grades, verdicts and sizes by the results' names."""
    kept: dict[str, str | int | float | None] = {
        "go_live": found.go_live.date().isoformat(),
        "finding": message(found),
    }
    for _, row in found.rows.iterrows():
        name = row["name"]
        told = np.isfinite(row["change"])
        kept[f"{name}_verdict"] = (row["verdict"] if told else row["reason"] or UNKNOWN)[:290]
        kept[f"{name}_grade"] = row["grade"]
        if told:
            for part in ("before", "after", "change", "low", "high"):
                value = float(row[part])
                kept[f"{name}_{part}"] = round(value, 3) if np.isfinite(value) else None
    return kept


def labels(found: PromisedResults) -> dict[str, str]:
    """Give a heading and its words for each row of the one page."""
    rows = {"Go-live": day(found.go_live), "Finding": "{finding}"}
    for _, row in found.rows.iterrows():
        name = row["name"]
        said = f"{{{name}_verdict}}"
        if np.isfinite(row["change"]):
            sign = row["unit"] if row["unit"] in ("", "%") else f" {row['unit']}"
            spec = ":,.0f" if name == "list" else f":,.{says(row).decimals}f"
            then = "so far" if too_early(row) else "then"
            said = (
                f"[{{{name}_before{spec}}}{sign} before, {{{name}_after{spec}}}{sign} {then} "
                f"({lowered(row['measure'])}); ]{said}"
            )
            said += f"; evidence: {{{name}_grade}}"
        rows[f"{row['result']} ({row['by']})"] = said
    return rows
