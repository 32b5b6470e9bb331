"""What was unusual and is over: the gravest of it, in a few words."""

from __future__ import annotations

from pcqa_teach.spc.episodes import Episode
from pcqa_teach.spc.icons import GOOD
from pcqa_teach.spc.phrases import directions, nouns, period, rule_of
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import WHOLE, Rule


def gravest(chart: Chart, found: list[Episode]) -> Episode:
    """Choose the signal to speak of: outside the limits and a concern first, a good run last.

    Of two alike, the later.
    """
    good = GOOD.get(chart.improvement or "", 0)

    def weight(one: Episode) -> tuple[bool, bool, bool, bool, int]:
        outside, fine = one.rule == "outside", bool(good) and one.sign == good
        concern = bool(good) and one.sign == -good
        return (outside and not fine, concern, outside, not fine, one.last)

    return max(found, key=weight)


def past(chart: Chart, one: Episode) -> str:
    """Say what was unusual, and when."""
    every, x, own = period(chart), chart.points["x"], nouns(chart)
    rule = rule_of(chart, one)
    said = Rule.past if rule.joined and len(one.rows) == 1 and one.sign != WHOLE else rule.past
    if one.rule == "outside" and own.past:
        said = own.past
    return said.format(
        **directions(one.sign),
        centre=chart.about.centre,
        when=every.on(x.iloc[one.last]),
        dates=f"from {every.say(x.iloc[one.first])} to {every.say(x.iloc[one.last])}",
    )


def past_briefly(chart: Chart, one: Episode, found: list[Episode]) -> str:
    """Say it in fewer words where it is one point beyond a limit: one high week, 17 Nov 2025."""
    every = period(chart)
    alike = sum(other.rule == "outside" for other in found)
    if one.rule != "outside" or alike > 1 or nouns(chart).past:
        return past(chart, one)
    level = directions(one.sign)["level"]
    return f"one {level} {every.one}, {every.say(chart.points['x'].iloc[one.last])}"
