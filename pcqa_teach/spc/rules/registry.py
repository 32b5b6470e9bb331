"""`RULES`: every rule of the kit with its words, its source and an example."""

from __future__ import annotations

from typing import Any

from pcqa_teach.spc.rules.definition import Example, Rule
from pcqa_teach.spc.rules.sequences import anhoej, fourteen_alternating, shift, trend
from pcqa_teach.spc.rules.zones import (
    eight_outside,
    fifteen_within,
    four_of_five,
    outside,
    two_of_three,
)

_NELSON = "Nelson, The Shewhart Control Chart - Tests for Special Causes (1984)"
_WESTERN = "Western Electric, Statistical Quality Control Handbook (1956)"
_MDC = "NHS England, Making Data Count (2023)"
_LAST = "qcc flags only the point at which the pattern is complete; we flag every point of it."

_SIDE: dict[str, Any] = {
    "joined": True,
    "why": "one of {count} in a row {side} the {centre}",
    "now": "{side} its {centre} {span}",
    "past": "a {level} run {dates}",
}

_ALL = (
    Rule(
        "shift", shift, "{k} or more points in a row on one side of the centre line", {"k": 7},
        **_SIDE,
        definition="k or more points in a row, all y > centre or all y < centre. Every point of"
        " the run is flagged; a point on the centre line ends it.",
        source=f"{_MDC}; {_WESTERN}; {_NELSON}, test 2",
        use="To see a lasting change, such as a new way of working that stayed.",
        differs="Making Data Count and NHSRplotthedots need 7 points (6 is Making Data Count's"
        f" other published option), Western Electric 8, Nelson 9. {_LAST}",
        example=Example((5, 8, 9, 8, 10, 8, 9, 8, 6)),
    ),
    Rule(
        "anhoej", anhoej, "an unusually long run, or unusually few crossings of the centre line",
        **_SIDE,
        whole="{runs}",
        definition="Of the n points not on the centre line, the longest run on one side is more"
        " than round(log2 n) + 3, or the line is crossed fewer times than"
        " qbinom(0.05, n - 1, 0.5). Every such point of the phase is flagged.",
        source="Anhoej and Olesen, Run Charts Revisited (2014)",
        use="On a run chart: what counts as long or rare grows with the number of points, so a long"
        " series is not called unusual only because it is long.",
        differs="qicharts2 gives one answer for the whole chart; we give the same one, and mark the"
        " points of the run that is too long besides.",
        example=Example((5, 4, 6, 5, 3, 6, 4, 5, 9, 8)),
    ),
    Rule(
        "trend", trend, "{k} or more points in a row all rising or all falling", {"k": 7},
        joined=True,
        why="one of {count} in a row {way}",
        now="{way} {span}",
        past="a {move} {dates}",
        definition="k or more points in a row, each above the one before, or each below: k points,"
        " k - 1 steps. Every one is flagged; two equal values end it.",
        source=f"{_MDC}; {_NELSON}, test 3",
        use="To see a slow drift, such as a list that grows month after month.",
        differs="Making Data Count and NHSRplotthedots need 7 points (6 is Making Data Count's"
        f" other published option), Nelson 6; Western Electric's four tests have none. {_LAST}",
        example=Example((8, 4, 5, 6, 7, 8, 9, 10, 7)),
    ),
    Rule(
        "outside", outside, "a point outside the limits",
        sees_excluded=True,
        why="{side} the {edge} limit of {limit}",
        now="unusually {level} {when}",
        definition="|y - centre| > 3 sigma. A point exactly on a limit is not outside.",
        source=f"Shewhart, Economic Control of Quality (1931); {_NELSON}, test 1",
        use="Always: one value so far out that something of its own is likely behind it.",
        differs="qicharts2, qcc and NHSRplotthedots flag the same points.",
        example=Example((6, 7, 5, 9, 14, 6, 0)),
    ),
    Rule(
        "two_of_three", two_of_three, "two of three points in a row close to the same limit",
        {"between": False, "anywhere": False},
        why="{side} {near}, two thirds of the way to the limit,"
        " as are two of three points in a row",
        now="close to its {edge} limit of late",
        past="close to its {edge} limit {when}",
        definition="Three points in a row on one side of the centre line, at least two of them with"
        " |y - centre| > 2 sigma. Only the points beyond 2 sigma are flagged. With anywhere=True"
        " the third point may lie anywhere; with between=True points beyond 3 sigma do not count.",
        source=f"{_MDC}; {_WESTERN}; {_NELSON}, test 5",
        use="To see a jump early, before any one point leaves the limits.",
        differs="Making Data Count wants all three points on one side; Western Electric and Nelson"
        " let the third lie anywhere. NHSRplotthedots counts only points between 2 and 3 sigma."
        " qcc flags only the last of the points.",
        example=Example((6, 12, 8, 12, 6, 7, 2, 8, 2)),
    ),
    Rule(
        "four_of_five", four_of_five,
        "four of five points in a row more than a third of the way to the same limit",
        {"anywhere": True},
        why="{side} the {centre} by more than a third of the way to the {edge} limit,"
        " as are four of five points in a row",
        now="leaning towards its {edge} limit of late",
        past="leaning towards its {edge} limit {when}",
        definition="Five points in a row, at least four of them with y - centre > sigma, or four"
        " with centre - y > sigma; the fifth may lie anywhere. Only those four or five are flagged."
        " With anywhere=False all five lie on one side.",
        source=f"{_WESTERN}; {_NELSON}, test 6",
        use="To see a small lasting change sooner, where a false alarm costs little.",
        differs="Making Data Count does not use it. qcc flags only the last of the points.",
        example=Example((7, 10, 11, 6, 10, 9.5, 7, 6)),
    ),
    Rule(
        "fourteen_alternating", fourteen_alternating,
        "fourteen or more points in a row going up and down by turns",
        joined=True,
        why="one of {count} in a row going up and down by turns",
        now="going up and down by turns {span}",
        past="going up and down by turns {dates}",
        look="Ask whether two sources take turns in this series, such as two teams in alternate"
        " weeks.",
        definition="Fourteen or more points in a row, each step the other way from the step before:"
        " fourteen points, thirteen steps. Every one is flagged; two equal values end it.",
        source=f"{_NELSON}, test 4",
        use="To see two sources taking turns in one series, such as two teams in alternate weeks.",
        differs=f"Making Data Count and Western Electric's four tests do not have it. {_LAST}",
        example=Example((6, 8, 5, 9, 6, 7, 5, 8, 6, 9, 7, 8, 6, 10, 10)),
    ),
    Rule(
        "eight_outside", eight_outside,
        "eight or more points in a row, some above and some below, none close to the centre line",
        joined=True,
        why="one of {count} in a row that lie above or below the {centre}, never close to it",
        now="jumping between high and low {span}",
        past="jumping between high and low {dates}",
        look="Ask whether two processes are mixed in this series, such as two sites or two kinds of"
        " week: chart each by itself.",
        definition="Eight or more points in a row, all with |y - centre| > sigma, some above and"
        " some below. Every one is flagged.",
        source=f"{_NELSON}, test 8",
        use="To see two different processes in one series, such as two sites charted as one.",
        differs="Minitab's guide counts eight on either side; Nelson's words, and qcc, want points"
        f" on both. {_LAST}",
        example=Example((7, 10, 4, 11, 3, 10, 9.5, 4, 4.5, 7)),
    ),
    Rule(
        "fifteen_within", fifteen_within,
        "fifteen or more points in a row close to the centre line",
        joined=True,
        why="one of {count} in a row all closer to the {centre} than a third of the way to a limit",
        now="closer to its {centre} than chance would keep it {span}",
        past="closer to its {centre} than chance would keep it {dates}",
        look="Ask whether the limits still fit: the variation may have fallen, several sources may"
        " be mixed in every point, or the numbers may have been smoothed.",
        definition="Fifteen or more points in a row, all with |y - centre| <= sigma, on either"
        " side. Every one is flagged.",
        source=f"{_NELSON}, test 7",
        use="To question limits that are too wide: mixed sources in every point, variation that has"
        " since fallen, or numbers that were smoothed.",
        differs="qcc draws limits for a series that never changes and flags it by this rule; we"
        f" give such a series no limits. {_LAST}",
        example=Example((7, 8, 6, 7.5, 6.5, 8, 7, 6, 8.5, 7, 5.5, 6, 8, 7, 6.5)),
    ),
)  # fmt: skip

# Where one point has several signals, the headline says the rule that stands first here.
RULES: dict[str, Rule] = {rule.name: rule for rule in _ALL}
