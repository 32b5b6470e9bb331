"""Words of the page for a notice board: what each lesson's figures mean, and a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pcqa_teach.privacy import LEAST_SHARED, ROUNDED_TO

FOOTNOTE = (
    f"Totals and rates, of nobody by name. Counts are rounded to {ROUNDED_TO}; a "
    f"count from 1 to {LEAST_SHARED - 1} is in words; rates are worked out from those. The charts, "
    "with exact figures, are in the report, which is not for sharing."
)
NOTHING = ("", "Nothing can be told yet that may be shared")
_WHOSE, _PERIOD = "Whose figures", "Period covered"
_COVERS = "Covers"
FINDING = "Finding"
_HOW_LONG = "Whole "  # weeks or months charted: no result
_HELD = "held back"
_DOUBT = "Not to be acted on"  # nothing on the page may be larger than this
_NUMBER = r"\d(?:[\d,.]*\d)?%?"
_FIGURE = re.compile(
    rf"(?:about |under |over )?{_NUMBER}(?: of {_NUMBER})?(?=$|[,;(]|\s(?!to |in |and |\d|[A-Z]))"
)
_USUAL = (
    "Every figure goes up and down by itself. One that differs from the last is not yet a change.",
    "Is this ordinary for us, and for whom is it otherwise?",
)
_MEANINGS = {
    "d1": (
        "Figures have ordinary ups and downs. One week or month that is higher or lower is not "
        "yet a change.",
        "When was our last week or month that was not ordinary, and what was different then?",
    ),
    "d2": (
        "Calls are not people: whoever has to ring three times is three calls.",
        "What do people ring for at eight that could come later, or another way?",
    ),
    "d3": (
        "Some contacts come only because something was not done, or not in a way that worked. "
        "That is a fault of the way we work, never of whoever asked.",
        "Which one reason could we take away first, and who begins?",
    ),
    "d4": (
        "Whoever comes most this season is often not who comes most the next, and mostly comes "
        "because they are ill.",
        "For whom would one planned appointment with somebody they know save several?",
    ),
    "d5": (
        "That an appointment is missed has as much to do with how it was booked as with whom it "
        "was for.",
        "What makes it hard to come, or to cancel, and whom could we ask?",
    ),
    "d6": (
        "To see somebody who knows you matters most to people who come often.",
        "For whom do we want it most, and what stands in the way?",
    ),
    "d7": (
        "Practices differ by chance too. To stand apart is a reason to ask, and no verdict.",
        "What is done, or recorded, otherwise where a practice stands apart?",
    ),
    "d8": (
        "A grade says how good the evidence is, not how large a change is. That no change was "
        "seen is a finding too.",
        "What did we expect, and what do we try or count next?",
    ),
    "d9": (
        "Two people looked at the same appointments. How far they agree says how far the figures "
        "go.",
        "Who else could have helped as well, and would people have wanted it?",
    ),
}


def meaning(lesson: str | None) -> tuple[str, str]:
    """Return what a lesson's figures mean, and a question that they raise.

    >>> meaning("d2")[0]
    'Calls are not people: whoever has to ring three times is three calls.'
    """
    return _MEANINGS.get(lesson or "", _USUAL)


def figure_first(said: str) -> tuple[str, str]:
    """Part a result into the figure that it begins with and what is said of it.

    A share further on is what the row is about: then, and in a range, nothing is parted.

    >>> figure_first("about 46.7% over all weeks"), figure_first("12 of 40 calls")
    (('about 46.7%', 'over all weeks'), ('12 of 40', 'calls'))
    >>> figure_first("5.9% (4 to 8)"), figure_first("no change seen")
    (('5.9%', '(4 to 8)'), ('no change seen', ''))
    >>> [figure_first(one)[1] for one in ("7 to 9 minutes", "08:15: calls", "1 March", "5 (2%)")]
    ['', '', '', '']
    """
    found = _FIGURE.match(said)
    if not found or ("%" not in found[0] and "%" in said):
        return said, ""
    return found[0], said[found.end() :].lstrip(",;: ")


def parted(rows: Mapping[str, str], facts: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Part what stands under the title (whose figures, of when) from the results.

    The finding, or a doubt of all figures, comes first, or else the first rate, or the first
    figure; what is held back last.

    >>> parted({"Whose figures": "Ours.", "Weeks": "26", "Finding": "Better"}, {"Covers": "May"})
    ('Ours. May.', [('Finding', 'Better'), ('Weeks', '26')])
    """
    period = rows.get(_PERIOD) or facts.get(_COVERS)
    under = [rows.get(_WHOSE), f"{period}." if period else None]
    results = [(name, text) for name, text in rows.items() if name not in (_WHOSE, _PERIOD)]
    results.sort(key=lambda one: one[1].startswith(_HELD))
    first = min(results, key=_place, default=None)
    results.sort(key=lambda one: one is not first)
    return " ".join(text for text in under if text), results


def _place(row: tuple[str, str]) -> int:
    heading, said = row
    rate = "%" in said and not heading.lower().endswith("unknown")
    figure = any(letter.isdigit() for letter in said) and not heading.startswith(_HOW_LONG)
    tests = (heading == FINDING or said.startswith(_DOUBT), rate, figure, True)
    return tests.index(True)
