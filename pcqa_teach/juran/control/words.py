"""What the control results say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import capital, counted, lowered
from pcqa_teach.spc.words import dates_said, numbers, period

if TYPE_CHECKING:
    from pcqa_teach.juran.control.plan import ControlPlan
    from pcqa_teach.juran.control.responses import ResponseTable
    from pcqa_teach.juran.control.trilogy import Trilogy
    from pcqa_teach.spc.numbers import Numbers

CHRONIC = "Chronic waste is Juran's word for a way of working, never for people or their calls."
NAMES = {
    "control": "Quality control",
    "improvement": "Quality improvement",
    "new zone": "Quality control, new zone",
}


def trilogy_message(result: Trilogy) -> str:
    """Say from which level to which it went, or that control does not move it."""
    say, level = numbers(result.chart), result.zones["centre"]
    first, last = float(level.iloc[0]), float(level.iloc[-1])
    up = result.chart.improvement == "up"
    title = result.chart.title
    if result.told_apart is None:
        way = "raise" if up else "lower"
        return f"{title}: control keeps it at {say(first)}, it does not {way} it"
    if not result.told_apart:
        return f"{title}: no {'rise' if up else 'fall'} that is more than chance"
    return f"{title} {'rose' if up else 'fell'} from {_both(say, first, last)}"


def _both(say: Numbers, first: float, last: float) -> str:
    """Say from where to where, with the unit once."""
    return f"{say(first) if say.unit == '%' else say.bare(first)} to {say(last)}"


def zone_lines(result: Trilogy) -> list[str]:
    """Say each zone in a sentence."""
    say, every = numbers(result.chart), period(result.chart)
    lines = []
    for zone in result.zones.to_dict("records"):
        when = dates_said(every, zone["first"], zone["last"])
        limits = ""
        if zone["lower"] == zone["lower"]:
            limits = f", limits {say.range(zone['lower'], zone['upper'])}"
        level = "mean" if zone["zone"] != "improvement" else "on the move, mean"
        lines.append(
            f"{NAMES[zone['zone']]}, {when}: {every.count(zone['points'])},"
            f" {level} {say(zone['centre'])}{limits}."
        )
    return lines


def trilogy_alt(result: Trilogy) -> str:
    """Say the zones, their levels and the spikes."""
    return " ".join(
        [f"Trilogy chart. {trilogy_message(result)}.", *zone_lines(result), _spikes(result)]
    )


def trilogy_explain(result: Trilogy) -> str:
    """Say what is chronic, what was sporadic, and which process owns each."""
    say, zones = numbers(result.chart), result.zones
    lines = [f"{trilogy_message(result)}.", *zone_lines(result)]
    lines.append(
        f"Chronic waste is counted from {say.plain(result.possible)}, taken as what is possible:"
        f" {say(float(zones['chronic'].iloc[0]))} at first. It comes from how the work was planned,"
        f" so only improvement lowers it. {CHRONIC}"
    )
    control = " Control finds out what happened and puts it back." if len(result.spikes) else ""
    lines.append(f"{_spikes(result)}{control}")
    if result.told_apart is True:
        lines.append(
            "The new zone is told apart: held against the first zone's limits, its points signal"
            " an improvement. That something changed does not say what changed it."
        )
    elif result.told_apart is False:
        lines.append(
            "Held against the first zone's limits, the new zone shows no improvement that is more"
            " than chance, or lately a concern. Keep plotting before you claim a gain."
        )
    return "\n".join(lines)


def _spikes(result: Trilogy) -> str:
    spikes, every = result.spikes, period(result.chart)
    if not len(spikes):
        return "No sporadic spike was seen."
    point = "point " if every.one == "point" else ""
    named = [f"{point}{every.say(when)}" for when in spikes["x"].tolist()[:4]]
    more = ", ..." if len(spikes) > 4 else ""
    return f"{counted(len(spikes), 'sporadic spike')}: {', '.join(named)}{more}."


def plan_message(plan: ControlPlan) -> str:
    """Say what the plan holds."""
    return f"How we hold {plan.of}: {counted(len(plan.rows), 'thing')} to watch"


def plan_alt(plan: ControlPlan) -> str:
    """Say what is watched, by whom."""
    parts = [f"{row[0]} ({row[4]}, {row[5]})" for row in plan.rows[:6]]
    more = f"; and {len(plan.rows) - 6} more" if len(plan.rows) > 6 else ""
    return f"Table. {plan_message(plan)}: {'; '.join(parts)}{more}."


def plan_explain(plan: ControlPlan) -> str:
    """Say each row as a sentence."""
    lines = [
        f"{subject}: we watch {measure} ({sensor}), {often}, against {standard}."
        f" {capital(who)} decides. {capital(action).rstrip('.')}."
        for subject, measure, sensor, standard, often, who, action in plan.rows
    ]
    lines.append("A plan keeps the process where it is; it does not make it better.")
    return "\n".join(lines)


def responses_message(table: ResponseTable) -> str:
    """Say the point of the table."""
    return "First ask which kind of signal it is, then act"


def responses_alt(table: ResponseTable) -> str:
    """Say every kind with its response."""
    said = [f"{one.signal.lower()}: {one.do.split('. ')[0].rstrip('.').lower()}"
            for one in table.responses]  # fmt: skip
    return f"Table of {len(said)} signals and responses. {capital('; '.join(said))}."


def responses_explain(table: ResponseTable) -> str:
    """Say each kind, what it means, what to do and what not to do."""
    return "\n".join(
        f"{one.signal}. {one.meaning} {one.do} Do not: {lowered(one.do_not)}"
        for one in table.responses
    )
