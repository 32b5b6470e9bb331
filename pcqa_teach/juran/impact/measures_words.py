"""Words of the report at 4 and 9 months."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.columns import straddling
from pcqa_teach.juran.impact.measures import BASELINE, ImpactReport
from pcqa_teach.juran.impact.words import percent
from pcqa_teach.sayings import and_list, day
from pcqa_teach.spc.words import numbers


def message(report: ImpactReport) -> str:
    """Count the outcome measures that are lastingly better at the last window told."""
    better = [name for name, claim in report.claims.items() if claim.changed]
    untold = [name for name, claim in report.claims.items() if claim.changed is None]
    total = len(report.claims)
    if len(untold) == total:
        return "Too early to say: too few points since go-live"
    if not better:
        return f"No lasting change for the better seen in {_of(total)}"
    if total == 1:
        return f"{better[0]}: lastingly better since go-live"
    return f"{len(better)} of {total} outcome measures are lastingly better since go-live"


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
    parts += [
        f"{claim.message}. Grade: {claim.grade}. Questions not met or not known:"
        f" {_open(claim.criteria)}."
        for claim in report.claims.values()
    ]
    parts += cautions(report)
    return "\n\n".join(parts)


def _open(criteria: pd.DataFrame) -> str:
    names = criteria["criterion"][criteria["status"] != "met"].tolist()
    return and_list(names) if names else "none"


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
