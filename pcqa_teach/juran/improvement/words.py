"""What the Pareto chart and the cost of poor quality say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.juran.improvement.cost import KINDS, MEANS
from pcqa_teach.sayings import and_list, capital, counted, percent, plain, tenths

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.cost import Copq
    from pcqa_teach.juran.improvement.vital_few import Pareto

_CHANCE = 2.0  # standard errors, as Poisson counts


def pareto_message(result: Pareto) -> str:
    """Say which few causes make most of it, or that none stand out."""
    named = int((~result.causes["other"]).sum())
    few, total = result.vital_few, f"{plain(result.total)} {result.unit}"
    reached = float(result.causes.loc[result.causes["vital"], "count"].sum())
    share = percent(reached, result.total)
    names = f": {and_list(few)}" if len(few) <= 3 else ""
    if named == 1 and few:
        return f"One cause is named, {few[0]}: {share} of {total}"
    if not result.few:
        return _no_few(result, named, share, total)
    verb = "makes" if len(few) == 1 else "make"
    return f"{len(few)} of {named} causes {verb} {share} of {total}{names}"


def _no_few(result: Pareto, named: int, share: str, total: str) -> str:
    """Say what the first two make, or that it is spread over many."""
    few, causes = result.vital_few, result.causes
    all_named = len(few) == named
    first = causes[~causes["other"]].head(2)
    two = float(first["count"].sum())
    if named > 2 and two >= result.total / 2:
        rest = (
            f"all {named} named together make {share}"
            if all_named
            else f"it takes {len(few)} of {named} causes to reach {plain(result.wanted)}%"
        )
        names = capital(and_list([str(one) for one in first["cause"]]))
        return f"{names} make {percent(two, result.total)} of {total}; {rest}"
    if all_named:
        rest = "" if share == "100%" else "; the rest fit none of them"
        said = f"it takes all {named} named causes to reach {share} of {total}"
        return f"No few causes stand out: {said}{rest}"
    names = f": {and_list(few)}" if len(few) <= 3 else ""
    return (
        f"No few causes stand out: it takes {len(few)} of {named} to make {share} of {total}{names}"
    )


def pareto_alt(result: Pareto) -> str:
    """Say the causes in order with their counts."""
    rows = list(result.causes[["cause", "count"]].itertuples(index=False, name=None))
    parts = [f"{cause} {plain(count)}" for cause, count in rows[:8]]
    more = f", and {len(rows) - 8} more" if len(rows) > 8 else ""
    return f"Pareto chart. {pareto_message(result)}. In order: {', '.join(parts)}{more}."


def pareto_explain(result: Pareto) -> str:
    """Say the order, which neighbours could swap by chance, and what it cannot tell."""
    causes = result.causes
    lines = [f"{pareto_message(result)}."]
    lines += [
        f"{capital(str(row['cause']))}: {plain(row['count'])},"
        f" {percent(row['count'], result.total)}; running total {percent(row['cumulative'], 100)}."
        for row in causes.to_dict("records")
    ]
    named = causes[~causes["other"]]
    tied = [
        and_list([str(one) for one in part])
        for _, part in named.groupby("count", sort=False)["cause"]
        if len(part) > 1
    ]
    if tied:
        lines.append(f"Tied: {'; '.join(tied)}. The order of equal counts says nothing.")
    if len(named) > 1 and (named["count"] % 1 == 0).all():
        first, second = named["count"].iloc[:2]
        if first - second < _CHANCE * (first + second) ** 0.5:
            lines.append("The first two are so close that another week could swap them by chance.")
    other = float(causes.loc[causes["other"], "count"].sum())
    if len(named) and other > float(named["count"].iloc[0]):
        lines.append("Other is larger than any named cause: look inside it first.")
    lines.append(
        "The largest cause is not always the one to start with: ask which can be changed, and which"
        " does most harm."
    )
    return "\n".join(lines)


def copq_message(result: Copq) -> str:
    """Say how many minutes failures take."""
    share = tenths(100 * result.failure / result.total)
    return (
        f"Failures take {plain(result.failure)} of the {plain(result.total)} staff minutes a"
        f" {result.period} that quality costs ({share})"
    )


def copq_alt(result: Copq) -> str:
    """Say the minutes by kind, and the largest item."""
    kinds = [
        f"{kind} ({MEANS[kind]}) {plain(total)}"
        for kind, total in result.kinds[["kind", "total"]].itertuples(index=False, name=None)
    ]
    top = result.items.iloc[int(result.items["total"].to_numpy().argmax())]
    return (
        f"Bar chart. {copq_message(result)}. Minutes a {result.period}: {and_list(kinds)}."
        f" The largest of {counted(len(result.items), 'item')} is {top['item']},"
        f" {plain(top['total'])} minutes."
    )


def copq_explain(result: Copq) -> str:
    """Say the sums, and what the minutes are not."""
    lines = [f"{copq_message(result)}."]
    said = "; ".join(f"{kind}: {MEANS[kind]}" for kind in KINDS)
    lines.append(f"{capital(said)}.")
    lines += [
        f"{capital(row['item'])} ({row['kind']}): {plain(row['times'])} times a {result.period} x"
        f" {plain(row['minutes'])} min = {plain(row['total'])} minutes."
        for row in result.items.to_dict("records")
    ]
    if result.capacity is not None:
        room = f"{plain(result.capacity)} staff minutes a {result.period}"
        lines.append(
            f"That is {percent(result.total, result.capacity)} of {room};"
            f" failures alone {percent(result.failure, result.capacity)}."
        )
    lines.append(
        "Minutes are not savings: a failure that stops gives time to somebody else who is waiting."
        " What people lose by it is not counted here."
    )
    return "\n".join(lines)
