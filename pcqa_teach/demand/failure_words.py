"""What a failure-demand assessment says, in words and as a table that may be shared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.coders import agreed
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import NOT_SAID, OTHERS, levers, pooled, too_few
from pcqa_teach.demand.published import PUBLISHED, Published
from pcqa_teach.errors import DataError
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import and_list, between, counted, fine_percent, lines, span

ENOUGH = 30
NOT_AVOIDABLE = (
    'This is not the share of "avoidable" appointments (27% in 2015, 20.5% in 2018, 16% in 2023): '
    "those are clinicians' views of who else could have seen the person, if such a service existed."
)


def table(found: FailureDemand) -> pd.DataFrame:
    """Return what may be shared: kind or cause, lever, contacts, share and interval."""
    rows = found.shares.assign(what=found.shares["kind"], lever="")
    parts = rows.iloc[2:]
    if len(levers(found)) == 0:
        parts = parts.iloc[:0]
    rows = pd.concat([rows.iloc[:2], parts], ignore_index=True)
    if not too_few(found) and len(found.causes):
        causes = pooled(found)
        rows = pd.concat([rows, causes.assign(what=causes["cause"])], ignore_index=True)
    held = np.full(len(rows), too_few(found))
    return pd.DataFrame(
        {
            "What": rows["what"].str[:1].str.upper() + rows["what"].str[1:],
            "Who holds the lever": rows["lever"].replace("", "-"),
            "Contacts": sharing.cells(rows["count"].to_numpy(dtype="float64"), held),
            "Share of contacts": pd.Series(
                np.where(held, "-", [fine_percent(one) for one in rows["share"]]), dtype="object"
            ),
            "95% interval": _intervals(rows["lower"], rows["upper"], held),
        }
    )


def _intervals(lower: pd.Series, upper: pd.Series, held: Any) -> pd.Series:
    said = [between(low, high) for low, high in zip(lower, upper, strict=True)]
    return pd.Series(np.where(held, "-", said), dtype="object")


def message(found: FailureDemand) -> str:
    """Say the share in one line."""
    if too_few(found):
        return f"Too few of {counted(found.n, 'contact')} to share a figure"
    overall = found.row("failure demand")
    return (
        f"{fine_percent(overall['share'])} of contacts were failure demand "
        f"({between(overall['lower'], overall['upper'])})"
    )


def basis(found: FailureDemand) -> str:
    """Say how many contacts, when, and whether they were weighted."""
    said = f"n = {counted(found.n, 'contact')}, {span(found.dates)}"
    return f"{said}; weighted to the practice's mix of channels" if found.weighted else said


def notes(found: FailureDemand) -> list[str]:
    """Give the notes that stand under the picture."""
    said = ["Intervals are 95% (Wilson)."]
    if found.set_aside:
        said.append(f"{counted(found.set_aside, 'contact')} without a code left out.")
    if found.weighted:
        said.append(f"Weighted, they are worth {found.effective_n:,.0f} contacts.")
    said.append("Each cause was judged from what the person said. Not 'avoidable appointments'.")
    return said


def explain(found: FailureDemand) -> str:
    """Say what was found, line by line."""
    if too_few(found):
        return (
            f"Failure demand, or the rest, is fewer than {SMALL} of {counted(found.n, 'contact')}: "
            "too few to share, and too few to tell. Code more contacts."
        )
    return lines(
        [
            f"{message(found)}: asked because something was not done, or not done right. "
            f"{basis(found)}.",
            _levers_said(found),
            _causes_said(found),
            _few(found),
            agreed(found.agreement, found.coders, "failure demand"),
            f"{counted(found.set_aside, 'contact')} had no code and are left out."
            if found.set_aside
            else "",
            NOT_AVOIDABLE,
        ]
    )


def _levers_said(found: FailureDemand) -> str:
    rows = levers(found)
    rows = rows[rows["count"] > 0]
    if rows.empty:
        return ""
    parts = [
        f"{fine_percent(share)} where the lever is {_held(lever)}"
        for lever, share in zip(rows["lever"], rows["share"], strict=True)
    ]
    return f"Of all contacts: {and_list(parts)}. Start with what the system gives the team."


def _held(lever: str) -> str:
    return {
        "practice": "in the practice",
        "wider system": "in the wider system",
    }.get(lever, lever)


def _causes_said(found: FailureDemand) -> str:
    if not len(found.causes):
        return ""
    causes = pooled(found)
    name = causes["cause"]
    named = causes[~name.str.startswith(OTHERS) & ~name.isin([NOT_SAID, "other"])]
    if named.empty:
        return "No cause was named often enough to share."
    top = named.iloc[0]
    share = f"{fine_percent(top['share'])} of contacts ({between(top['lower'], top['upper'])})"
    close = named[(named["upper"] > top["lower"]) & (named.index != named.index[0])]
    if len(close):
        return (
            f"No cause stands out: '{top['cause']}' is {share}, and "
            f"{counted(len(close), 'other cause')} may be as large, as the intervals overlap. "
            "Choose by what you can stop."
        )
    return f"The cause named most often is '{top['cause']}': {share}."


def _few(found: FailureDemand) -> str:
    if found.n >= ENOUGH:
        return ""
    return (
        f"Fewer than {ENOUGH} contacts (our own threshold): a trial of the sheet, not yet a "
        "measure."
    )


def alt_text(found: FailureDemand) -> str:
    """Say what the picture shows."""
    if too_few(found):
        return f"No bars: {message(found)}."
    said = f"Bar chart. {message(found)}, {basis(found)}."
    bars = found.shares.iloc[2:] if not len(found.causes) else pooled(found)
    if not len(found.causes):
        bars = levers(found).rename(columns={"lever": "cause"})
    named = [
        f"{cause} {fine_percent(share)}"
        for cause, share in zip(bars["cause"], bars["share"], strict=True)
    ]
    shown = and_list(named[:5]) if named else "nothing to show"
    more = f"; {len(named) - 5} more below" if len(named) > 5 else ""
    return f"{said} Largest first: {shown}{more}."


def compare(found: FailureDemand, published: Any) -> str:
    """Set the share beside a published one, or refuse."""
    from pcqa_teach.demand.appropriateness import Appropriateness

    if isinstance(published, Appropriateness):
        raise DataError(
            "Coded appointments cannot be set beside failure demand: they say who else could have "
            "seen the person, and failure demand is judged from what the person said."
        )
    figure = _published(published)
    if figure is None:
        raise DataError(
            "That published figure is not known here: use a name from demand.PUBLISHED, and look "
            "first whether it is failure demand that was counted."
        )
    if not figure.comparable:
        raise DataError(
            f"{figure.percent:g}% cannot be set beside failure demand: it is {figure.what} "
            f"({figure.source}), and failure demand is judged from what the person said."
        )
    if too_few(found):
        return message(found)
    overall = found.row("failure demand")
    inside = overall["lower"] <= figure.percent <= overall["upper"]
    where = "inside" if inside else "outside"
    return (
        f"{figure.percent:g}% is {figure.what} ({figure.source}). It lies {where} your interval, "
        f"{between(overall['lower'], overall['upper'])}. It comes from other practices and another "
        "sheet: it is no target."
    )


def _published(asked: Any) -> Published | None:
    if isinstance(asked, str):
        return PUBLISHED.get(asked)
    if isinstance(asked, bool) or not isinstance(asked, int | float | np.number):
        return None
    return next((one for one in PUBLISHED.values() if one.percent == float(asked)), None)
