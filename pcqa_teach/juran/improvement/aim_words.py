"""What a charter says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import and_list, counted, day, lowered, plain

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.aim import Charter


def aim(one: Charter) -> str:
    """Say the aim in one sentence; what is not said yet is left out."""
    verb = "Change"
    if one.now is not None and one.goal is not None:
        verb = "Raise" if one.goal > one.now else "Lower"
    parts = [f"{verb} {lowered(one.measure)}"]
    parts += [f"for {one.whom}"] if one.whom else []
    if one.now is not None and one.goal is not None and one.unit == "%":
        parts.append(f"from {plain(one.now)}% to {plain(one.goal)}%")
    elif one.now is not None and one.goal is not None:
        parts.append(f"from {plain(one.now)} to {plain(one.goal)} {one.unit}")
    elif one.goal is not None:
        parts.append(f"to {_amount(one.goal, one.unit)}")
    parts += [f"by {day(one.by)}"] if one.by is not None else []
    return " ".join(parts)


def charter_parts(one: Charter) -> list[tuple[str, str | None]]:
    """Give the parts of the charter in the order of the page."""
    return [
        ("Aim", aim(one)),
        ("Measure", f"{one.measure}, {one.unit}"),
        ("Now", None if one.now is None else _amount(one.now, one.unit)),
        ("Goal", None if one.goal is None else _amount(one.goal, one.unit)),
        ("Starts", None if one.starts is None else day(one.starts)),
        ("By", None if one.by is None else day(one.by)),
        ("For whom", one.whom),
        ("Why it matters to them", one.why),
        ("Why we think it can be reached", one.reachable),
        ("Team", one.team),
        ("What belongs to it", one.inside),
        ("What does not", one.outside),
    ]


def charter_alt(one: Charter) -> str:
    """Say the aim, and what is still open."""
    open_ = one.checks.loc[~one.checks["passes"], "check"].tolist()
    state = f"Still open: {and_list(open_)}" if open_ else "All five checks pass"
    return f"Project charter. {aim(one)}. {state}."


def charter_explain(one: Charter) -> str:
    """Say the charter in full, and what is still open."""
    lines = [f"{part}: {words}." for part, words in charter_parts(one) if words]
    checks = one.checks
    lines += [
        f"Not yet {check}: {advice}"
        for check, passes, advice in checks.itertuples(index=False, name=None)
        if not passes
    ]
    if one.ready:
        lines.append("All five checks pass. They look at the words; the team judges the aim.")
    else:
        left = counted(int((~checks["passes"]).sum()), "check")
        lines.append(f"{left} of 5 still open: a charter may start so, and is mended as you learn.")
    return "\n".join(lines)


def _amount(value: float, unit: str) -> str:
    return f"{plain(value)}%" if unit == "%" else f"{plain(value)} {unit}"
