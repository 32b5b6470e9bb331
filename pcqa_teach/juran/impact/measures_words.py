"""Words of the report at 4 and 9 months."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.claims import Claim
from pcqa_teach.juran.impact.columns import straddling
from pcqa_teach.juran.impact.measures import BASELINE, ImpactReport, told_of
from pcqa_teach.juran.impact.words import percent
from pcqa_teach.sayings import and_list, day, lowered
from pcqa_teach.spc.words import numbers

_WORSE = {"worse, lasting": "worse and staying worse"}


def message(report: ImpactReport) -> str:
    """Say which outcome is better at the last window told, and what got worse meanwhile."""
    return "; ".join([_gain(report), *_harm(report)])


def _gain(report: ImpactReport) -> str:
    """Count the outcome measures that are better and stay so."""
    better = [name for name, claim in report.claims.items() if claim.changed]
    untold = [name for name, claim in report.claims.items() if claim.changed is None]
    total = len(report.claims)
    if len(untold) == total:
        return "Too early to say: too few points, or under four months, since go-live"
    if not better:
        return f"No lasting change for the better seen in {_of(total)}"
    if total == 1:
        return f"{better[0]} better and staying better"
    return f"{len(better)} of {total} outcome measures are better and staying better"


def _harm(report: ImpactReport) -> list[str]:
    """Name each outcome and balancing measure that is worse at the last window told."""
    told = told_of(report.table)
    last = told.drop_duplicates("measure", keep="last")
    worse = last[last["role"].isin(["outcome", "balancing"]) & (last["worse"] > 0)]
    return [
        f"{lowered(str(name))} {_WORSE.get(verdict, verdict)}"
        for name, verdict in zip(worse["measure"], worse["verdict"], strict=True)
    ]


def _of(total: int) -> str:
    return "the outcome measure" if total == 1 else f"any of {total} outcome measures"


def alt_text(report: ImpactReport) -> str:
    """Say the message and every measure's verdicts."""
    said = "; ".join(
        f"{name} ({rows['role'].iloc[0]}): {_verdicts(rows)}"
        for name, rows in report.table.groupby("measure", sort=False)
    )
    return f"{message(report)}. Charts one under the other, go-live {day(report.go_live)}. {said}."


def _verdicts(rows: pd.DataFrame) -> str:
    return ", ".join(
        f"at {window} {verdict}"
        for window, verdict in zip(rows["window"], rows["verdict"], strict=True)
    )


def explain(report: ImpactReport) -> str:
    """Say what each measure did, and how far each claim may go."""
    parts = [f"{message(report)}. Go-live: {day(report.go_live)}."]
    for name, rows in report.table.groupby("measure", sort=False):
        parts.append(_measure(report, str(name), rows))
    parts += [_claim(claim) for claim in report.claims.values()]
    parts += cautions(report)
    return "\n\n".join(parts)


def _claim(claim: Claim) -> str:
    """Say how far a claim may go: the questions answered no, and those not answered yet."""
    said = [f"{claim.message}. Grade: {claim.grade}."]
    for status in ("not met", "not known"):
        rows = claim.criteria[claim.criteria["status"] == status]
        names = [
            f"{name} ({reason})" if reason and not reason.startswith("It matters") else name
            for name, reason in zip(rows["criterion"], rows["reason"], strict=True)
        ]
        if names:
            said.append(f"{status.capitalize()}: {and_list(names)}.")
    return " ".join(said if len(said) > 1 else [*said, "All six questions are met."])


def _measure(report: ImpactReport, name: str, rows: pd.DataFrame) -> str:
    say = numbers(report.charts[name])
    first = rows.iloc[0]
    start = (
        f"{name} ({first['role']} measure): {say(first['baseline'])} before, from"
        f" {int(first['baseline_points'])} points."
    )
    return " ".join([start, *(_window(row, say) for _, row in rows.iterrows())])


def _window(row: pd.Series[Any], say: Any) -> str:
    if not np.isfinite(row["mean"]):
        return f"By {row['window']}: too few points ({row['points']})."
    share = f", {percent(row['percent'])}" if np.isfinite(row["percent"]) else ""
    return f"By {row['window']}: {say(row['mean'])}{share}; {row['verdict']}."


def cautions(report: ImpactReport) -> list[str]:
    """Say what makes the report less sure than it looks."""
    table = report.table
    first = table.drop_duplicates("measure")
    said = []
    short = first["measure"][first["baseline_points"] < BASELINE].tolist()
    if short:
        said.append(f"Baseline of fewer than {BASELINE} points, so its limits still move:"
                    f" {and_list(short)}.")  # fmt: skip
    restless = [name for name, chart in report.charts.items() if _restless(report, chart)]
    if restless:
        said.append(f"The baseline itself has special causes, so the limits are wide or misplaced:"
                    f" {and_list(restless)}.")  # fmt: skip
    gone = table[table["points"] < 0.75 * table["expected_points"]]
    said += [
        f"{row['measure']}, {row['window']}: {row['points']} of about {row['expected_points']}"
        " points are there."
        for _, row in gone.iterrows()
    ]
    if not (table["role"] == "balancing").any():
        said.append("No balancing measure: nobody can say whether something else got worse.")
    if len(report.measures) > 2:
        said.append(
            "Several measures are looked at: some signals come by chance alone, so weigh the one"
            " that was named beforehand most."
        )
    return said


def _restless(report: ImpactReport, chart: Any) -> bool:
    x, at = chart.points["x"], report.go_live
    before = (x < at).to_numpy() & ~straddling(x.to_numpy(), at.to_datetime64())
    return bool(chart.points["signal"][before].any())
