"""What a coded sample of appointments says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.appropriateness_frames import ELSEWHERE, SERVICE, UNKNOWN, with_interval
from pcqa_teach.demand.coders import agreed
from pcqa_teach.sayings import (
    and_list,
    between,
    counted,
    fine_percent,
    lines,
    rough,
    rough_range,
    span,
)

OTHERS = "other answers together"
NOT_HERE = "that service does not exist here, or nobody wrote it down"
NOT_FAILURE = (
    "This is not failure demand: here a coder judges who else could have seen the person; failure "
    "demand asks whether the contact was needed because something was not done, or not done right."
)
ENOUGH = 30
CHANGE_IT = (
    "the sample does not count it, and twice as many would make twice the minutes. If yours is "
    "a different one, give it when you make the report"
)


def too_few(found: Appropriateness) -> bool:
    """Say whether either part is too small a number to share."""
    return bool(sharing.small(found.shares["count"].to_numpy()[:2]).any())


def helpers(found: Appropriateness) -> pd.DataFrame:
    """Return the roles with the small ones added into one row; none where there are too few."""
    if too_few(found):
        return found.helpers.iloc[:0]
    return sharing.pooled(found.helpers, "helper", OTHERS, found.n)


def services(found: Appropriateness) -> pd.DataFrame:
    """Return the parts by whether the service exists here; none where one is too small.

    Where few are not recorded, they go with those that do not exist here.
    """
    rows = found.shares.iloc[2:]
    rows = rows[rows["count"] > 0]
    if too_few(found) or not len(rows):
        return rows.iloc[:0]
    if sharing.small(rows["count"].iloc[-1]) and rows["kind"].iloc[-1] == UNKNOWN:
        merged = rows["kind"].replace(dict.fromkeys((SERVICE[False], UNKNOWN), NOT_HERE))
        counts = rows["count"].groupby(merged.to_numpy(), sort=False).sum()
        rows = with_interval(pd.DataFrame({"kind": counts.index, "count": counts.array}), found.n)
    small = bool(sharing.small(rows["count"].to_numpy()).any())
    return rows.iloc[:0] if small else rows


def modes(found: Appropriateness) -> pd.DataFrame:
    """Return the modes with the small ones added into one row, where they can be shared."""
    rows = found.modes
    if not len(rows):
        return rows
    total, n = int(rows["count"].sum()), int(rows["n"].iloc[0])
    if sharing.small(total) or sharing.small(n - total):
        return rows.iloc[:0]
    return sharing.pooled(rows, "mode", "other modes together", n)


def table(found: Appropriateness) -> pd.DataFrame:
    """Return shares, roles and modes."""
    parts = [
        ("", "kind", found.shares.iloc[:2]),
        ("Of which: ", "kind", services(found)),
        ("By: ", "helper", helpers(found)),
        ("Another way would have done: ", "mode", modes(found)),
    ]
    named = [rows.assign(what=say + rows[name]) for say, name, rows in parts if len(rows)]
    rows = pd.concat(named, ignore_index=True)
    held = np.full(len(rows), too_few(found))
    said = [
        ("-", "-") if no else (fine_percent(share), between(low, high))
        for no, share, low, high in zip(
            held, rows["share"], rows["lower"], rows["upper"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            "What": rows["what"].str[:1].str.upper() + rows["what"].str[1:],
            "Appointments": sharing.cells(rows["count"].to_numpy(dtype="float64"), held),
            "Share": [one for one, _ in said],
            "95% interval": [one for _, one in said],
        }
    )


def message(found: Appropriateness) -> str:
    """Say the share in one line."""
    if too_few(found):
        return f"Too few of {counted(found.n, 'appointment')} to share a figure"
    share = float(found.row(ELSEWHERE)["share"])
    coder = "The coders" if len(found.coders) > 1 else "The coder"
    if share == 0:
        return f"{coder} thought every one of {counted(found.n, 'appointment')} right as it was"
    many = f"{share:.0f} of 100" if share >= 1 else f"{fine_percent(share)} of"
    return (
        f"{coder} thought somebody else could have helped in {many} appointments, if they were "
        "available here"
    )


def _sure(found: Appropriateness) -> str:
    row = found.row(ELSEWHERE)
    return f"95% interval {between(row['lower'], row['upper'])}"


def basis(found: Appropriateness) -> str:
    """Say how many appointments, and when."""
    return f"n = {counted(found.n, 'coded appointment')}, {span(found.dates)}"


def notes(found: Appropriateness) -> list[str]:
    """Give the notes that stand under the picture."""
    said = ["The coder's view; intervals are 95% (Wilson). Not failure demand."]
    if found.set_aside:
        said.append(f"{counted(found.set_aside, 'appointment')} without a code left out.")
    return said


def explain(found: Appropriateness) -> str:
    """Say who could have helped, whether that exists here, and what this is not."""
    if too_few(found):
        return lines(
            [f"{message(found)}, and too few to tell: code more appointments.", NOT_FAILURE]
        )
    roles = helpers(found)
    named = [f"{a} {fine_percent(b)}" for a, b in zip(roles["helper"], roles["share"], strict=True)]
    ways = modes(found)
    other = [f"{a} {fine_percent(b)}" for a, b in zip(ways["mode"], ways["share"], strict=True)]
    return lines(
        [
            f"{message(found)} ({_sure(found)}). {basis(found)}.",
            f"Who or what: {and_list(named)}." if named else "",
            _services_said(found),
            f"Another way would have done in: {and_list(other)}." if other else "",
            _minutes_said(found),
            f"Fewer than {ENOUGH} appointments (our own threshold): a trial of the sheet, not yet "
            "a measure."
            if found.n < ENOUGH
            else "",
            agreed(found.agreement, found.coders, "such appointments"),
            _spread_said(found),
            NOT_FAILURE,
        ]
    )


def _services_said(found: Appropriateness) -> str:
    rows = services(found)
    rows = rows[rows["count"] > 0]
    if rows.empty:
        asked = len(found.shares) > 2
        return "" if asked else "Whether such a service exists here was not recorded: record it."
    parts = [f"in {fine_percent(b)} {a}" for a, b in zip(rows["kind"], rows["share"], strict=True)]
    return f"Of all appointments: {and_list(parts)}. Only what exists here can help next week."


def _minutes_said(found: Appropriateness) -> str:
    if not len(found.minutes):
        return ""
    row = found.minutes.iloc[0]
    if not np.isfinite(row["week"]):
        said = f"These appointments took {row['sample']:,.0f} minutes in the sample."
    else:
        said = (
            f"About {rough(row['week'])} minutes of clinicians' time a week "
            f"({rough_range(row['week_lower'], row['week_upper'])}; the interval is that of the "
            "share alone)"
        )
        if len(services(found)):
            now = found.minutes.iloc[1]["week"]
            said += f", {rough(now)} of them where the service exists here"
        said += f". They rest on {rests_on(found)}: {CHANGE_IT}."
    return f"{said} Whoever helps instead needs minutes too."


def rests_on(found: Appropriateness) -> str:
    """Say which number of appointments the minutes a week rest on, which nobody counted here."""
    return f"{found.weekly or 0:,.0f} appointments in an ordinary week (given or assumed)"


def _spread_said(found: Appropriateness) -> str:
    """Say how far apart coders of different rows lie."""
    coders = found.coders[found.coders["n"] >= ENOUGH]
    if found.agreement is not None or len(coders) < 2:
        return ""
    low, high = float(coders["share"].min()), float(coders["share"].max())
    return (
        f"Coders' own shares run from {fine_percent(low)} to {fine_percent(high)} (in one "
        "published practice GPs ranged from 5% to 43%): some of the figure may be the coder."
    )


def alt_text(found: Appropriateness) -> str:
    """Say what the picture shows."""
    if too_few(found):
        return f"No bars: {message(found)}."
    roles = helpers(found)
    named = [f"{a} {fine_percent(b)}" for a, b in zip(roles["helper"], roles["share"], strict=True)]
    tail = f" Named, largest first: {and_list(named[:5])}." if named else ""
    return f"Bar chart. {message(found)} ({_sure(found)}); {basis(found)}.{tail}"
