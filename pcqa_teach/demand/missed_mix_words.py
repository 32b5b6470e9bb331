"""What missed shares beside those that each group's own mix would give say."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand.missed_mix import MissedMix
from pcqa_teach.sayings import and_list, capital, counted, lines, percent, tenths

RISK = (
    "A missed appointment is a marker of risk, not of manners: ask a group that stands out what is "
    "in its way."
)
BY_CHANCE = (
    "Said to stand out: its 99.8% interval leaves out what its mix would give. Differences within "
    "the drawn 95% intervals are not to be read. Each group stands beside its own mix: two groups "
    "are not compared with each other."
)

_BY_CHANCE_ALL = (
    "Said to stand out: its 99.8% interval leaves out the share of all together. Differences "
    "within the drawn 95% intervals are not to be read."
)


def apart(found: MissedMix) -> pd.DataFrame:
    """Return the groups that stand out, the furthest first."""
    rows = found.shown[found.shown["apart"]]
    far = np.abs(np.log(rows["ratio"].clip(lower=1e-9)))
    return rows.iloc[np.argsort(-far.to_numpy(), kind="stable")]


def more(ratio: float) -> str:
    """Say a ratio in words.

    >>> more(1.36), more(0.8)
    ('36% more', '20% fewer')
    """
    return f"{percent(abs(ratio - 1))} {'more' if ratio > 1 else 'fewer'}"


def named(found: MissedMix, group: str) -> str:
    """Name a group so that it stands alone: "Age 15 to 29", but "Monday"."""
    return f"{capital(found.by)} {group}" if group[:1].isdigit() and found.by == "age" else group


def beside(found: MissedMix) -> str:
    """Say what each group stands beside."""
    return "its own mix would give" if found.mix else "all together"


def message(found: MissedMix) -> str:
    """Say which group stands out from what its own mix would give, or that none does."""
    rows = apart(found)
    if found.shown.empty:
        return "Too few missed appointments to set groups beside each other"
    if rows.empty:
        what = f"what {beside(found)}" if found.mix else beside(found)
        return f"Missed by {found.by}: beside {what}, no group stands out"
    row, others = rows.iloc[0], len(rows) - 1
    stand = "stands" if others == 1 else "stand"
    tail = f"; {counted(others, 'other')} also {stand} out" if others else ""
    who = named(found, row["group"])
    return f"{who}: {more(row['ratio'])} missed than {beside(found)}{tail}"


def basis(found: MissedMix) -> str:
    """Say what was counted, and when."""
    return f"{found.n:,} appointments by {found.by}, {tenths(found.share)} missed, {found.period}"


def notes(found: MissedMix) -> list[str]:
    """Give the notes that stand under the picture."""
    counted_in = "counted in" if found.unknown == "in" else "left out"
    held = int(found.rows["held"].sum())
    allowed = (
        f"Allowed for: each group's own mix of {and_list(list(found.mix))}."
        if found.mix
        else "Nothing is allowed for: the file does not say of what kind appointments were."
    )
    return [
        f"{allowed} Unknown outcomes are {counted_in}.",
        f"{capital(counted(held, 'group'))} with few missed held back." if held else "",
    ]


def table(found: MissedMix) -> pd.DataFrame:
    """Return each group with its share as counted and allowing for its own mix."""
    rows, held = found.rows, found.rows["held"].to_numpy()
    of_all = found.share

    def said(values: pd.Series, form: str = "{:.1f}%") -> list[str]:
        return [
            "-" if no or not np.isfinite(one) else form.format(one)
            for one, no in zip(values, held, strict=True)
        ]

    ends = zip(said(rows["lower"] * of_all), said(rows["upper"] * of_all), strict=True)
    mixed = {"Allowing for its own mix": said(rows["adjusted"])} if found.mix else {}
    return pd.DataFrame(
        {
            capital(found.by): rows["group"],
            "Appointments": [f"{one:,}" for one in rows["n"]],
            "Missed, as counted": said(rows["share"]),
            **mixed,
            "95% interval": [low if low == high else f"{low} to {high}" for low, high in ends],
            "Stands out": [
                "-" if no else more(ratio) if far else "no"
                for no, ratio, far in zip(held, rows["ratio"], rows["apart"], strict=True)
            ],
        }
    )


def explain(found: MissedMix) -> str:
    """Say who stands out from what its own mix would give, and what that does not mean."""
    far = apart(found)
    pairs = zip(far["group"], far["ratio"], strict=True)
    parts = [f"{group} ({more(ratio)})" for group, ratio in pairs]
    return lines(
        [
            f"{message(found)}. {basis(found)}.",
            *[one for one in notes(found) if one],
            f"Standing out: {and_list(parts)}." if parts else "",
            BY_CHANCE if found.mix else _BY_CHANCE_ALL,
            RISK,
        ]
    )


def alt_text(found: MissedMix) -> str:
    """Say what the picture shows."""
    rows = found.shown[["group", "share", "adjusted"]].itertuples(index=False)
    parts = [
        f"{group} {tenths(share)} as counted"
        + (f", {tenths(adjusted)} allowing for its own mix" if found.mix else "")
        for group, share, adjusted in rows
    ]
    return f"Dot plot. {message(found)}. {basis(found)}. {'; '.join(parts)}."
