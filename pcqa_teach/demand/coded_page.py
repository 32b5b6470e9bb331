"""A coded sheet on one page: the figures to record, and the questions that they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.demand import appropriateness_words, failure_frames
from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.appropriateness_frames import ELSEWHERE, SERVICE
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import NOT_SAID, OTHERS
from pcqa_teach.demand.prize import Prize
from pcqa_teach.demand.trust import BOTH, CHANNELS, CODERS, Trust
from pcqa_teach.sayings import (
    between,
    counted,
    fine_percent,
    names_in,
    rough_range,
    span,
    to_record,
    two_figures,
)

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement

_FAILURE = {
    "To be believed?": "{believe}",
    "Whose figures": "{whose}",
    "Period covered": "{period}",
    "Contacts coded": "{contacts:,}",
    "Failure demand": "{failure_percent:.1f}% of contacts[ (95% interval {failure_interval})]",
    "Its lever is in the practice": "{practice_percent:.1f}% of contacts",
    "Its lever is beyond the practice": "{beyond_percent:.1f}% of contacts",
    "Cause named most often": "{top_cause}",
    "Minutes a week that could come back": "{minutes:,.0f} ({minutes_interval})",
    "What the minutes rest on": "{minutes_basis}",
    "Two coders": "{coders}",
}
_RIGHT = {
    "To be believed?": "{believe}",
    "Whose figures": "{whose}",
    "Period covered": "{period}",
    "Appointments coded": "{appointments:,}",
    "Somebody else could have helped": "{else_percent:.1f}%[ (95% interval {else_interval})]",
    "The same, where that service exists here": "{here_percent:.1f}% of all coded",
    "Named most often": "{top_helper}",
    "Another way would have done": "{mode_percent:.1f}%",
    "Clinicians' minutes a week, all of them": "{minutes:,.0f} ({minutes_interval})",
    "Clinicians' minutes a week, where the service exists here": "{minutes_here:,.0f}",
    "What the minutes rest on": "{minutes_basis}",
    "Two coders": "{coders}",
    "Is it failure demand?": "{not_failure}",
}


def failure_page(found: FailureDemand, looked: Trust, prize: Prize | None = None) -> dict[str, Any]:
    """Return a tally's figures for `pcqa.record`; None where a number is too small to share.

    Examples
    --------
    >>> import pandas as pd
    >>> from pcqa_teach.demand.sheets import from_tally
    >>> from pcqa_teach.demand.trust import trust
    >>> week = pd.DataFrame({"code": ["value"] * 40 + ["failure-practice"] * 10})
    >>> found = from_tally(week)
    >>> page = failure_page(found, trust(found, week))
    >>> page["failure_percent"], page["failure_interval"], page["top_cause"] is None
    (20.0, '11% to 33%', True)
    """
    values: dict[str, Any] = {"period": span(found.dates), "contacts": found.n}
    values |= dict.fromkeys(
        ("failure_percent", "failure_interval", "practice_percent", "beyond_percent", "top_cause",
         "top_cause_percent", "minutes", "minutes_interval", "minutes_basis", "coders")
    )  # fmt: skip
    values |= _believed(found, looked)
    if failure_frames.too_few(found):
        return values
    overall = found.row("failure demand")
    values |= {"failure_percent": to_record(overall["share"]),
               "failure_interval": between(overall["lower"], overall["upper"])}  # fmt: skip
    levers = failure_frames.levers(found).set_index("lever")["share"]
    values["practice_percent"] = to_record(levers.get("practice", np.nan))
    values["beyond_percent"] = to_record(levers.get("wider system", np.nan))
    if len(found.causes):
        named = [row for _, row in failure_frames.pooled(found).iterrows()
                 if not str(row["cause"]).startswith(OTHERS) and row["cause"] != NOT_SAID
                 and row["cause"] != "other"]  # fmt: skip
        if named:
            values["top_cause"], values["top_cause_percent"] = _first(named, "cause")
    if prize is not None:
        from pcqa_teach.demand.prize_words import basis

        total = prize.total
        values |= {"minutes": two_figures(total["minutes"]), "minutes_basis": basis(prize)}
        values["minutes_interval"] = rough_range(total["lower"], total["upper"])
    return values


def right_page(found: Appropriateness, looked: Trust) -> dict[str, Any]:
    """Return a coded sample's figures for `pcqa.record`; None where one is too small to share."""
    values: dict[str, Any] = {"period": span(found.dates), "appointments": found.n}
    values |= dict.fromkeys(
        ("else_percent", "else_interval", "here_percent", "top_helper", "top_helper_percent",
         "mode_percent", "minutes", "minutes_interval", "minutes_here", "minutes_basis", "coders")
    )  # fmt: skip
    values |= _believed(found, looked)
    values["not_failure"] = "No: a coder's view of who else could have helped. Do not add the two."
    if appropriateness_words.too_few(found):
        return values
    row = found.row(ELSEWHERE)
    values |= {"else_percent": to_record(row["share"]),
               "else_interval": between(row["lower"], row["upper"])}  # fmt: skip
    here = appropriateness_words.services(found).set_index("kind")["share"]
    values["here_percent"] = to_record(here.get(SERVICE[True], np.nan))
    roles = appropriateness_words.helpers(found)
    named = _roles(roles)
    if len(named):
        rows = [row for _, row in named.iterrows()]
        values["top_helper"], values["top_helper_percent"] = _first(rows, "helper")
    ways = appropriateness_words.modes(found)
    if len(ways):
        values["mode_percent"] = to_record(ways["share"].sum())
    weeks = found.minutes
    if len(weeks) and np.isfinite(weeks["week"].iloc[0]):
        all_of = weeks.iloc[0]
        values["minutes"] = two_figures(all_of["week"])
        values["minutes_basis"] = appropriateness_words.rests_on(found)
        values["minutes_interval"] = rough_range(all_of["week_lower"], all_of["week_upper"])
        if SERVICE[True] in here.index:
            part = weeks.loc[weeks["kind"] == SERVICE[True], "week"]
            values["minutes_here"] = two_figures(part.iloc[0]) if len(part) else None
    return values


def _first(rows: list[pd.Series[Any]], name: str) -> tuple[str, str | None]:
    """Name the most frequent and its share, or say that none stands out from the next by chance."""
    first, share = rows[0], fine_percent(rows[0]["share"])
    close = [row for row in rows[1:] if row["upper"] > first["lower"]]
    if not close:
        return str(first[name]), share
    others = counted(len(close), "other")
    return f"none stands out: {first[name]} {share}, and {others} may be as large", None


def failure_labels(page: dict[str, Any]) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `failure_page`; what is not known has none."""
    return _known(_FAILURE, page)


def right_labels(page: dict[str, Any]) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `right_page`; what is not known has none."""
    return _known(_RIGHT, page)


def failure_sharing(page: dict[str, Any], found: FailureDemand) -> dict[str, Any]:
    """Return what of a `failure_page` may be shared, as `pcqa.record` takes it.

    The shares are those of the contacts as the channels count; the interval, the cause and the
    minutes stay in the report, since each of them gives the contacts away.

    Examples
    --------
    >>> import pandas as pd
    >>> from pcqa_teach.demand.sheets import from_tally
    >>> week = pd.DataFrame({"code": ["value"] * 40 + ["failure-practice"] * 10})
    >>> found = from_tally(week)
    >>> failure_sharing({"failure_percent": 20.0, "contacts": 50}, found)["rests_on"]
    {'failure_percent': (10, 'contacts', 10)}
    """
    # By who holds the lever, "not yet known" too: whoever has the others, and the whole, has it.
    levers = found.shares[found.shares["kind"].str.startswith("failure demand: ")]
    held = levers["count"].astype(int).tolist()
    counts = {"failure_percent": [found.failures], "practice_percent": held, "beyond_percent": held}
    return _sharing(page, counts, "contacts", "believe")


def right_sharing(page: dict[str, Any], found: Appropriateness) -> dict[str, Any]:
    """Return what of a `right_page` may be shared, as `pcqa.record` takes it."""
    elsewhere = found.row(ELSEWHERE)
    here = found.shares.iloc[2:]["count"].astype(int).tolist()
    counts = {"else_percent": [int(elsewhere["count"])], "here_percent": here, "mode_percent": []}
    return _sharing(page, counts, "appointments", "believe", "not_failure")


def failure_questions(found: FailureDemand, looked: Trust) -> list[str]:
    """Return the questions that a tally raises, for a team to choose one from."""
    asked = _doubts(looked, found.agreement)
    if failure_frames.too_few(found):
        return [*asked, "What would a longer tally show?"]
    levers = failure_frames.levers(found).set_index("lever")["share"]
    if levers.get("wider system", 0.0) > 0 and len(found.causes):
        asked.append(
            "Which cause beyond the practice could you and one neighbour take up together?"
        )
    named = [] if not len(found.causes) else failure_frames.pooled(found)["cause"].tolist()
    ours = [one for one in named if not one.startswith(OTHERS) and one not in (NOT_SAID, "other")]
    if ours:
        asked.append(
            f"What would have to be true for '{ours[0]}' not to be needed, and which step is first?"
        )
    asked.append("What did people who asked again go through before they did? Ask three of them.")
    return asked


def right_questions(found: Appropriateness, looked: Trust) -> list[str]:
    """Return the questions that a coded sample raises, for a team to choose one from."""
    asked = _doubts(looked, found.agreement)
    if appropriateness_words.too_few(found):
        return [*asked, "What would a longer sample show?"]
    roles = appropriateness_words.helpers(found)
    named = _roles(roles)
    if len(named):
        _, alone = _first([row for _, row in named.iterrows()], "helper")
        there = f"to the {named['helper'].iloc[0]}" if alone else "to those who could have helped"
        asked.append(f"What keeps people from going {there} today, and do they know of it?")
    here = appropriateness_words.services(found).set_index("kind")["share"]
    if here.get(SERVICE[False], 0.0) > 0:
        asked.append("Which service that does not exist here could be shared with neighbours?")
    asked.append("Has whoever would help instead got the time, and what would wait in its place?")
    asked.append("What did people come for who saw the person they wanted to see? Ask three.")
    return asked


def _believed(found: FailureDemand | Appropriateness, looked: Trust) -> dict[str, Any]:
    both = found.agreement
    said = None
    if both is not None:
        kappa = f" (kappa, agreement beyond luck: {both.kappa:.2f})"
        kappa = kappa if np.isfinite(both.kappa) else ""
        said = f"agree on {fine_percent(100 * both.agreed)} of what both coded{kappa}"
    return {"coders": said, "believe": looked.message}


def _second(both: Agreement | None) -> str:
    """Ask for a second coder where there is none, for more of the same or for the definitions."""
    if both is None:
        return "Who codes fifty of the same without seeing the first codes, and when?"
    if both.n < BOTH:
        return f"Who codes {BOTH - both.n} more of the same, so that two people have coded {BOTH}?"
    return (
        "On which did the two coders differ, and what do they agree to mean before they code again?"
    )


def _doubts(looked: Trust, both: Agreement | None) -> list[str]:
    asked = []
    if not looked.of(CODERS):
        asked.append(_second(both))
    if not looked.of(CHANNELS):
        asked.append("How many contacts come by each channel in an ordinary week?")
    return asked


def _roles(roles: pd.DataFrame) -> pd.DataFrame:
    """Leave out what names nobody: the small ones together, and words that were on no list."""
    name = roles["helper"]
    return roles[~name.str.startswith(appropriateness_words.OTHERS) & (name != "somebody else")]


def _sharing(
    page: dict[str, Any], counts: dict[str, list[int]], whole: str, *words: str
) -> dict[str, Any]:
    n = page[whole]
    parts = {
        name: (round(page[name] / 100 * n), whole, *others)
        for name, others in counts.items()
        if page.get(name) is not None
    }
    named = ("whose", "data", "period", *words)
    return {
        "counts": [whole],
        "words": [one for one in named if one in page],
        "rests_on": parts,
    }


def _known(rows: dict[str, str], page: dict[str, Any]) -> dict[str, str]:
    known = {name for name, value in page.items() if value is not None}
    rows = {
        head: f"{said}, {{{said[1:-1]}_percent}}"
        if said in ("{top_cause}", "{top_helper}") and f"{said[1:-1]}_percent" in known
        else said
        for head, said in rows.items()
    }
    return {head: _rounded(said, page) for head, said in rows.items() if names_in(said) <= known}


def _rounded(said: str, page: dict[str, Any]) -> str:
    """Write shares in a row with the decimals that `fine_percent` gives them in the text."""
    for name in names_in(said):
        if isinstance(page[name], float) and page[name] >= 9.95:
            said = said.replace(f"{{{name}:.1f}}%", f"{{{name}:.0f}}%")
    return said
