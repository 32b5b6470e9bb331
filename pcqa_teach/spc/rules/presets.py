"""`PRESETS`: rules that are used together, each set as its owner publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preset:
    """Rules that are used together, and how their limits are worked out.

    Parameters
    ----------
    title : whose rules they are
    rules : the names of the rules, each with the options that differ from its own
    screen : whether moving ranges above 3.267 of their mean are left out, once
    constants : "wheeler" (2.66 mean moving ranges) or "d2" (3 / 1.128)
    source : where they are published
    use : when to use them
    differs : how they differ from the others
    """

    title: str
    rules: Mapping[str, Mapping[str, Any]]
    screen: bool = False
    constants: str = "d2"
    source: str = ""
    use: str = ""
    differs: str = ""


_NHS: dict[str, dict[str, Any]] = {"outside": {}, "shift": {"k": 7}, "trend": {"k": 7}}
_THIRD = {"two_of_three": {"anywhere": True}, "four_of_five": {"anywhere": True}}

PRESETS: dict[str, Preset] = {
    "mdc": Preset(
        "NHS England Making Data Count",
        {**_NHS, "two_of_three": {}},
        constants="wheeler",
        source="NHS England, Making Data Count, since November 2023",
        use="In the NHS in England, unless you have a reason not to: colleagues and boards know"
        " these charts.",
        differs="Runs and trends of 7 points; 6 is its other published option (run_length=6)."
        " Points outside the limits count in two of three. No moving range is screened out.",
    ),
    "nhsr": Preset(
        "NHSRplotthedots",
        {**_NHS, "two_of_three": {"between": True}},
        screen=True,
        constants="wheeler",
        source="NHSRplotthedots 0.2.2, the NHS-R Community's package",
        use="To match a chart that was made with that package.",
        differs="Large moving ranges are screened out before limits are worked out, which makes"
        " them narrower; in two of three only points between 2 and 3 sigma count.",
    ),
    "western_electric": Preset(
        "Western Electric",
        {"outside": {}, **_THIRD, "shift": {"k": 8}},
        source="Western Electric, Statistical Quality Control Handbook (1956)",
        use="To match older textbooks and factory charts, or to see small changes sooner.",
        differs="A run needs 8 points, none of the four tests is for trends, and four of five"
        " points beyond 1 sigma are a signal. The odd point of two of three and of four of five may"
        " lie anywhere.",
    ),
    "nelson": Preset(
        "Nelson's eight tests",
        {
            "outside": {},
            "shift": {"k": 9},
            "trend": {"k": 6},
            "fourteen_alternating": {},
            **_THIRD,
            "fifteen_within": {},
            "eight_outside": {},
        },
        source="Nelson, The Shewhart Control Chart - Tests for Special Causes (1984)",
        use="To study a process closely, once it is known well; eight tests together raise more"
        " false alarms than four.",
        differs="A run needs 9 points and a trend 6. Three tests look for patterns that point"
        " neither way: taking turns, jumping between high and low, and keeping too close.",
    ),
    "anhoej": Preset(
        "Anhoej",
        {"outside": {}, "anhoej": {}},
        source="Anhoej and Olesen, Run Charts Revisited (2014); qicharts2 0.8.1",
        use="On run charts, and on long series: what counts as a long run grows with the number of"
        " points.",
        differs="It judges a phase as a whole, by its longest run and its crossings, and has no"
        " rule for trends or for points near a limit.",
    ),
}
