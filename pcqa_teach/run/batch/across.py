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
from pcqa_teach.privacy import FEW_SHARED
from pcqa_teach.run import notebook as notebooks
from pcqa_teach.run.batch.one import Practice
from pcqa_teach.run.page import rendered
from pcqa_teach.sayings import and_list, counted, heading

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pcqa_teach.variation import Funnel

_SAID_ALIKE = ["whose", "data"]  # sentences that are the same in every row
_HIGHER = " Where few are left out, the average of the others is a little higher than that of all."
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
    without = left_out(results, compared) if compared else ""
    blocks = [_failures(failed)] if failed else []
    blocks += [f"<p>{html.escape(remark)}</p>" for remark in remarks]
    if isinstance(drawn, str):
        blocks.append(f"<p>{html.escape(drawn)}</p>")
    elif drawn is not None:
        picture = drawn.figure()
        _replace(folder / "funnel.svg", picture.svg.decode())
        blocks += _shown(drawn, picture, without)
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
    known = counts.dropna().shape[0]
    if known < _LEAST:
        few = f"A funnel plot needs {_LEAST} practices with numbers; there are {known}."
        return f"{few} {left_out(results, compared)}".strip()
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


def left_out(results: pd.DataFrame, compared: Mapping[str, Any]) -> str:
    """Say how many practices a funnel cannot show, and why; nothing where it shows them all.

    Examples
    --------
    >>> three = pd.DataFrame({"practice": ["G1", "G2", "G3"], "dna": ["fewer than 8", None, 60],
    ...                       "of": [900, 880, 950]})
    >>> left_out(three, {"numerator": "dna", "denominator": "of", "called": "missed"})
    '2 of 3 practices are not in the funnel: missed fewer than 8 in 1 and missed not known in 1. \
Where few are left out, the average of the others is a little higher than that of all.'
    """
    names = {str(compared["numerator"]): str(compared.get("called", compared["numerator"]))}
    names.setdefault(str(compared["denominator"]), str(compared["denominator"]))
    why: dict[tuple[str, str], int] = {}
    for values in results[list(names)].astype(object).itertuples(index=False):
        for called, value in zip(names.values(), values, strict=True):
            if not isinstance(value, (int, float)) or pd.isna(value):
                reason = (called, value if isinstance(value, str) else "not known")
                why[reason] = why.get(reason, 0) + 1
                break
    if not why:
        return ""
    many = sum(why.values())
    said = [f"{called} {reason} in {n}" for (called, reason), n in why.items()]
    few = any(reason == FEW_SHARED for _, reason in why)
    return (
        f"{many} of {counted(len(results), 'practice')} {'is' if many == 1 else 'are'} not in the "
        f"funnel: {and_list(said)}.{_HIGHER if few else ''}"
    )


def _shown(drawn: Funnel, picture: Figure, without: str) -> list[str]:
    from pcqa_teach.widgets.base import paragraphs

    return [
        f"<h2>Who differs by more than chance</h2>{picture._repr_html_()}",
        *([f"<p>{html.escape(without)}</p>"] if without else []),
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
