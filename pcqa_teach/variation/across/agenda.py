"""What to check before anybody talks, and an agenda for the meeting of a network."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.figures.table import Table, table
from pcqa_teach.variation.across.compared import Across
from pcqa_teach.variation.funnel_words import place_said, value_said

FEW = 12  # practices that a meeting can ask in turn
_TIMES = 3.0  # a share so many times the middle one is worth a look (our own mark)
_PLANS = (
    ("10 min", "Ground rules, read aloud: no ranks, no names outside this room, questions before "
               "answers, and a practice may pass."),
    ("15 min", "Are the numbers alike? Each practice says how it closes a slot, what a telephone "
               "appointment is to it, and who books what as the same day."),
    ("10 min", "Are the people alike? Age, poverty, language, students, care homes."),
    ("20 min", "What do you do? First the practices below the line, then those above, then one "
               "from the middle. Nobody is told what is right."),
    ("5 min", "One thing that one practice will try, on whom it is tested, and when we look."),
)  # fmt: skip


def checks(found: Across) -> Table:
    """Give what may make figures differ with no difference in care: each practice's own habits.

    For every check the middle practice and those that stand apart from it by three times or more.
    """
    practices = found.practices
    rows = [
        row
        for name, whole, what, ask in _ASKED
        if name in practices
        and whole in practices
        and (row := _check(practices, name, whole, what, ask))
    ]
    if not rows:
        rows = [{"Check": "Nothing more is counted", "Middle practice": "", "Stand apart": "",
                 "Ask": "How does each practice close a slot?"}]  # fmt: skip
    return table(pd.DataFrame(rows), "Before anybody talks about care: are the numbers alike?")


_ASKED = (
    ("unknown", "appointments", "Outcome unknown, of all appointments",
     "Who closes slots, and when? Unknown outcomes hide missed ones."),
    ("no_contact", "dna", "Nobody picked up the telephone, against those missed",
     "Is a call that nobody answered stored as missed? After how many attempts?"),
    ("telephone_missed", "dna", "By telephone, of those missed",
     "Is a call that nobody answered stored as missed? After how many attempts?"),
    ("telephone", "appointments", "By telephone, of all appointments",
     "Are triage calls appointments here?"),
    ("same_day", "appointments", "Booked on the day, of all appointments",
     "Are call-backs booked as same-day appointments?"),
)  # fmt: skip


def _check(
    practices: pd.DataFrame, name: str, whole: str, what: str, ask: str
) -> dict[str, str] | None:
    of = practices[whole].to_numpy(dtype=np.float64)
    share = 100 * practices[name].to_numpy(dtype=np.float64) / np.where(of > 0, of, np.nan)
    if not np.isfinite(share).any():
        return None
    middle = float(np.nanmedian(share))
    apart = practices.loc[(share > _TIMES * middle) & (middle > 0), "practice"].tolist()
    shown = ", ".join(apart[:FEW]) + (f" and {len(apart) - FEW:,} more" if len(apart) > FEW else "")
    return {"Check": what, "Middle practice": f"{middle:.1f}%", "Stand apart": shown or "none",
            "Ask": ask}  # fmt: skip


def recorded_apart(found: Across, name: str = "no_contact", whole: str = "dna") -> list[str]:
    """Name the practices whose share is three times the middle one or more."""
    practices = found.practices
    share = practices[name] / practices[whole].where(practices[whole] > 0)
    return practices.loc[share > _TIMES * share.median(), "practice"].tolist()


def agenda(found: Across) -> Table:
    """Give an hour's agenda, and whom to ask: those beyond the 95% limits, high and low alike."""
    rows = [{"When": when, "What": what} for when, what in _PLANS]
    return table(pd.DataFrame(rows), f"{found.measure.title}: an hour together")


def to_ask(found: Across) -> Table | None:
    """Give the practices to ask first, in the order of their numbers; None where there is none."""
    apart = found.apart
    if apart.empty:
        return None
    rows = []
    for row in apart.head(FEW).sort_values("practice").to_dict("records"):
        above = row["value"] > found.funnel.target
        rows.append({
            "Practice": f"{row['practice']}{' (ours)' if row['practice'] == found.mine else ''}",
            "Share": value_said(found.funnel, float(row["value"])),
            "Of": f"{row['denominator']:,.0f}",
            "Where": place_said(row, found.funnel.target),
            "First question": "How do you count it? Then: whom does it happen to?" if above
            else "How do you count it? Then: how do you do it?",
        })  # fmt: skip
    more = len(apart) - FEW
    tail = f"; {more:,} nearer the lines are not listed" if more > 0 else ""
    return table(pd.DataFrame(rows), f"Questions, not verdicts: whom to ask first, by number{tail}")
