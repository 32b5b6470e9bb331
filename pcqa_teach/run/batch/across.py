"""What the practices' results say together: a table, a funnel where counts allow, and a page."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach.errors import PcqaError
from pcqa_teach.figures import Figure, Table
from pcqa_teach.run import notebook as notebooks
from pcqa_teach.run.batch.one import Practice
from pcqa_teach.run.page import rendered
from pcqa_teach.sayings import counted, heading

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pcqa_teach.variation import Funnel

_SAID_ALIKE = ["whose", "data"]  # sentences that are the same in every row
_LEAST = 10  # practices: with fewer, a funnel's limits are guesses


def write(
    folder: Path,
    practices: Sequence[Practice],
    lesson: NotebookNode,
    failed: Mapping[str, str],
    remarks: Sequence[str] = (),
) -> None:
    """Write `summary.csv`, `index.html` and, where there is one, `funnel.svg`."""
    (folder / "funnel.svg").unlink(missing_ok=True)
    if not practices:
        for name in ("summary.csv", "index.html"):
            (folder / name).unlink(missing_ok=True)
        return
    results = summary(practices)
    _replace(folder / "summary.csv", results.to_csv(index=False, lineterminator="\n"))
    compared = lesson.metadata.get("pcqa", {}).get("compare")
    drawn = funnel(results, compared) if compared else None
    blocks = [_failures(failed)] if failed else []
    blocks += [f"<p>{html.escape(remark)}</p>" for remark in remarks]
    if isinstance(drawn, str):
        blocks.append(f"<p>{html.escape(drawn)}</p>")
    elif drawn is not None:
        picture = drawn.figure()
        _replace(folder / "funnel.svg", picture.svg.decode())
        blocks += _shown(drawn, picture)
    facts = [
        ("Made on", f"{datetime.date.today():%d %B %Y}".lstrip("0")),
        ("Practices", f"{len(practices)} with a report, {len(failed)} without"),
    ]
    if "period" in results and len(set(results["period"])) == 1:
        facts.append(("All cover", str(results["period"].iloc[0])))
        results = results.drop(columns="period")
    blocks.append(_linked(results, (compared or {}).get("shown", [])))
    title = f"{notebooks.title(lesson)}: {counted(len(practices), 'practice')}"
    _replace(folder / "index.html", rendered(title, facts, blocks, many=True))


def summary(practices: Sequence[Practice]) -> pd.DataFrame:
    """Give a row a practice: what its lesson recorded, small numbers in words."""
    rows = []
    for one in practices:
        recorded = json.loads((one.report / "summary.json").read_text(encoding="utf-8"))["results"]
        plain = {n: v for n, v in recorded.items() if not isinstance(v, (dict, list))}
        rows.append({"practice": one.label, **plain})
    return pd.DataFrame(rows)


def funnel(results: pd.DataFrame, compared: Mapping[str, Any]) -> Funnel | str:
    """Give the funnel of the two counts that the lesson names, or say why there is none."""
    from pcqa_teach import variation

    events, out_of = str(compared["numerator"]), str(compared["denominator"])
    if not {events, out_of} <= set(results.columns):
        return "These reports hold no counts to compare."
    counts = results[["practice"]].copy()
    for name in (events, out_of):
        counts[name] = pd.to_numeric(results[name], errors="coerce")
    called = str(compared.get("called", events))  # as a reader would call it
    counts = counts.rename(columns={events: called})
    if counts.dropna().shape[0] < _LEAST:
        return f"A funnel plot needs {_LEAST} practices with numbers; there are fewer."
    try:
        return variation.funnel(
            counts,
            numerator=called,
            denominator=out_of,
            unit="practice",
            title=compared.get("title"),
            improvement=compared.get("improvement"),
            suppress=True,
        )
    except PcqaError as error:
        return f"There is no funnel plot: {error}"


def _shown(drawn: Funnel, picture: Figure) -> list[str]:
    from pcqa_teach.widgets.base import paragraphs

    return [
        f"<h2>Who differs by more than chance</h2>{picture._repr_html_()}",
        paragraphs(drawn.explain()),
        f'<div class="scroll">{drawn.data_table()._repr_html_()}</div>',
    ]


def _linked(results: pd.DataFrame, wanted: Sequence[Sequence[str]]) -> str:
    """Give the table of all practices, each with a link to its report.

    `wanted` pairs the results to show with their headings; without it all are shown.
    """
    if wanted:
        headings = {name: called for name, called in wanted if name in results}
        shown = results[["practice", *headings]].rename(
            columns={"practice": "Practice", **headings}
        )
        more = "<p>Every result of every report is in <code>summary.csv</code>.</p>"
    else:
        shown = results.drop(columns=_SAID_ALIKE, errors="ignore").rename(columns=heading)
        more = ""
    text = Table(shown, "Every practice: what its report says", 1)._repr_html_()
    for label in results["practice"]:
        link = f'<a href="reports/{label}/report.html">{label}</a>'
        text = text.replace(f'<th scope="row">{label}</th>', f'<th scope="row">{link}</th>', 1)
    return f'<h2>Every practice</h2><div class="scroll">{text}</div>{more}'


def _failures(failed: Mapping[str, str]) -> str:
    frame = pd.DataFrame(sorted(failed.items()), columns=["Practice", "Why there is no report"])
    return f"<h2>Without a report</h2>{Table(frame, 'Practices without a report')._repr_html_()}"


def _replace(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)
