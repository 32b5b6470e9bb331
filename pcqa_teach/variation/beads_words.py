"""What the red bead experiment says: it is the box, not the people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import and_list, counted, percent

if TYPE_CHECKING:
    from pcqa_teach.variation.beads import Scoops

_MANY = 12  # weeks, of which only the sum is said


def message(found: Scoops) -> str:
    """Say how far apart luck alone put people."""
    low, high = int(found.table["red"].min()), int(found.table["red"].max())
    spread = counted(high, "red bead") if low == high else f"{low} to {counted(high, 'red bead')}"
    return f"{spread} a scoop, and nobody did anything different"


def limits_said(found: Scoops) -> str:
    """Say the mean and the limits in figures."""
    line = found.chart.limits.iloc[0]
    mean = f"mean {line['centre']:.1f}"
    if line["lower"] != line["lower"]:  # not one red bead, or nothing else
        return f"{mean}, no limits"
    return f"{mean}, limits {line['lower']:.1f} to {line['upper']:.1f}"


def outside_said(found: Scoops) -> str:
    """Say which scoops lie beyond the limits."""
    beyond = found.outside
    scoops = counted(len(found.table), "scoop")
    if beyond.empty:
        return f"All {scoops} lie between the limits"
    named = [
        f"{row['worker']} in week {row['week']} ({row['red']})"
        for row in beyond.head(6).to_dict("records")
    ]
    return f"Of {scoops}, {len(beyond)} lie beyond a limit, by luck alone: {and_list(named)}"


def each(found: Scoops) -> str:
    """Say everybody's beads, week by week where these are few."""
    rows = found.counts.itertuples(index=False, name=None)
    if found.counts.shape[1] - 2 > _MANY:
        return "; ".join(f"{row[0]} {row[-1]:,} together" for row in rows)
    return "; ".join(
        f"{row[0]} {', '.join(str(red) for red in row[1:-1])} (together {row[-1]})" for row in rows
    )


def explain(found: Scoops) -> str:
    """Say the counts, the limits and what follows for people."""
    worst, best = _ends(found)
    return "\n".join(
        [
            f"{message(found)}.",
            f"{each(found)}.",
            f"The limits are those of an np chart: {limits_said(found)}. {outside_said(found)}.",
            f"Over all weeks {worst} had most and {best} had fewest. Everybody scooped from the"
            f" same box, in which {percent(found.share)} of the beads are red: no praise and no"
            " warning changes that. To have fewer red beads, change the box.",
        ]
    )


def alt_text(found: Scoops) -> str:
    """Say the picture aloud."""
    return (
        f"Dot plot, a column a person, a dot a week. {message(found)}. {each(found)}."
        f" {outside_said(found)}: {limits_said(found)}."
    )


def paddles_message(found: Scoops, week: int) -> str:
    """Say who had most and fewest in a week."""
    now = found.table[found.table["week"] == week]
    most, fewest = int(now["red"].max()), int(now["red"].min())
    if most == fewest:
        return f"Week {week}: everybody has {counted(most, 'red bead')}"
    worst = now.loc[now["red"] == most, "worker"].tolist()
    best = now.loc[now["red"] == fewest, "worker"].tolist()
    return (
        f"Week {week}: {and_list(worst)} {_has(worst)} {counted(most, 'red bead')},"
        f" {and_list(best)} {_has(best)} {fewest}"
    )


def paddles_alt(found: Scoops, week: int) -> str:
    """Say how many red beads each paddle holds."""
    now = found.table[found.table["week"] == week]
    said = [f"{row['worker']} {row['red']}" for row in now.to_dict("records")]
    return (
        f"{counted(len(said), 'paddle')} of {found.beads} beads each."
        f" {paddles_message(found, week)}. Red beads: {', '.join(said)}."
    )


def _has(people: list[str]) -> str:
    return "has" if len(people) == 1 else "have"


def _ends(found: Scoops) -> tuple[str, str]:
    total = found.counts.set_index("worker")["total"]
    worst, best = total.index[total == total.max()], total.index[total == total.min()]
    return and_list([str(one) for one in worst]), and_list([str(one) for one in best])
