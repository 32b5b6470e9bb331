"""What to do with each kind of signal, and which of them a chart shows now."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

import numpy as np
import pandas as pd

from pcqa_teach.arguments import optional, text
from pcqa_teach.errors import ChartError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import and_list
from pcqa_teach.spc import Chart
from pcqa_teach.spc.spacing import spacing

_NAMED = 6  # times with a signal that are named
_THEN = {
    "day": "on that day",
    **{one: f"in that {one}" for one in ("week", "fortnight", "month", "quarter", "year")},
}


@dataclass(frozen=True)
class Response:
    """One kind of signal: what it means, what to do, what not to do, and who owns it.

    `because` and `earlier` belong to one chart: why this response, and when it signalled before.
    """

    key: str
    signal: str
    meaning: str
    do: str
    do_not: str
    owner: str
    because: str = ""
    earlier: str = ""


RESPONSES = (
    Response(
        "leave", "Ordinary variation, and the level is good enough",
        "The process is steady and does what is asked of it.",
        "Leave it alone. Keep plotting.",
        "Ask why this week is higher than last week.", "control",
    ),
    Response(
        "improve", "Ordinary variation, and the level is not good enough",
        "The waste is chronic: it belongs to the process as it was planned.",
        "Change the process: find causes over all the points, test a remedy.",
        "Chase single points, or ask people to try harder.", "improvement",
    ),
    Response(
        "put right", "Something unusual, and it is a concern",
        "Something is different from before.",
        "Find out soon what happened, with those who were there. Put it right and keep it away.",
        "Redesign the whole process, or look for somebody to blame.", "control",
    ),
    Response(
        "learn", "Something unusual, and it is an improvement",
        "Something is different from before, for the better.",
        "Find out what it was. If it can be kept, make it the way the work is done.",
        "Take the credit before you know the cause.", "improvement",
    ),
    Response(
        "mend the data", "The number changed, the work did not",
        "A new code, a missing day or another way of counting made the point.",
        "Mend the data or the definition. Mark the date on the chart.",
        "Act on the process, or count the change as a result.", "planning",
    ),
    Response(
        "rebase", "A lasting change whose cause is known",
        "The process is a new one; the old limits describe the old one.",
        "Recalculate the limits from that date. Write the reason and the date on the chart.",
        "Recalculate to make the chart look better.", "control",
    ),
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class ResponseTable(Shown):
    """Six kinds of signal with their responses."""

    responses: tuple[Response, ...] = RESPONSES

    @property
    def table(self) -> pd.DataFrame:
        """A row a kind: key, signal, meaning, do, do_not, owner."""
        return pd.DataFrame(
            [astuple(one)[:6] for one in self.responses],
            columns=["key", "signal", "meaning", "do", "do_not", "owner"],
        )

    def _showing(self) -> Showing:
        from pcqa_teach.juran.control import draw, words

        return Showing(
            words.responses_message,
            words.responses_explain,
            words.responses_alt,
            draw.responses_figure,
        )


def response_table() -> ResponseTable:
    """Give the six responses to what a chart shows, as a table to read and to print.

    Returns
    -------
    ResponseTable

    Examples
    --------
    >>> response_table().table["key"].tolist()
    ['leave', 'improve', 'put right', 'learn', 'mend the data', 'rebase']

    Notes
    -----
    Juran, The Quality Trilogy (1986); Shewhart, Economic Control of Quality (1931); NHS England,
    Making Data Count, on recalculating by judgement. The wording is ours.
    """
    return ResponseTable()


def response_to(chart: Chart, *, artefact: str | None = None, cause: str | None = None) -> Response:
    """Say which of the six responses a chart asks for now.

    Parameters
    ----------
    chart : a `Chart` of one series, with `improvement=` given
    artefact : what in the data made the change, where that is known
    cause : what changed in the work and when, where that is known; then a shift that still lasts
        asks for new limits

    Returns
    -------
    Response, with `because`; where nothing is unusual now but earlier points signal, with `earlier`
    (when that was), and with `signal` and `do` to match

    Raises
    ------
    ChartError
        The chart has several groups, or does not say which direction is good.

    Examples
    --------
    >>> from pcqa_teach.spc import chart
    >>> weeks = pd.DataFrame({"x": range(1, 6), "value": [6, 7, 5, 9, 6]})
    >>> response_to(chart(weeks, improvement="down", target=4)).key
    'improve'

    Notes
    -----
    The rule is ours: the data first; then a known and lasting shift; then the latest point's
    verdict; then whether the target is met.
    """
    if not isinstance(chart, Chart) or chart.by is not None:
        raise ChartError("response_to needs the chart of one series: call chart.single(group).")
    kinds = {one.key: one for one in RESPONSES}
    if made := optional(text, artefact, "artefact"):
        return replace(kinds["mend the data"], because=f"You say that the data changed: {made}.")
    if chart.improvement is None:
        raise ChartError(
            "The chart does not say which way is good: give improvement='up' or 'down'."
        )
    verdict = str(chart.icons["variation"].iloc[0])
    known = optional(text, cause, "cause")
    if known and _shift_lasts(chart):
        return replace(
            kinds["rebase"], because=f"A shift still lasts, and its cause is known: {known}."
        )
    if verdict in ("concern", "improvement"):
        key = "put right" if verdict == "concern" else "learn"
        return replace(kinds[key], because=f"{chart.message}.")
    held = chart.icons["assurance"].iloc[0]
    if held in ("failing", "hit-and-miss"):
        short = "is never met" if held == "failing" else "is met on some days and missed on others"
        steady = replace(
            kinds["improve"],
            because=f"Nothing is unusual now, and the target {short} by chance alone.",
        )
        return _with_earlier(steady, chart)
    met = "the target is met" if held == "passing" else "no target was given"
    steady = replace(kinds["leave"], because=f"Nothing is unusual now, and {met}.")
    return _with_earlier(steady, chart)


def _with_earlier(steady: Response, chart: Chart) -> Response:
    """Say of a chart that is ordinary now which signals it has had, and that they are asked about.

    A signal of the past is still a question, if nobody has answered it.
    """
    when, then = _earlier(chart)
    if not when:
        return steady
    ask = f"Find out what was different {then}, if nobody has yet."
    rest = (
        "Leave the rest of the process alone, and keep plotting."
        if steady.key == "leave"
        else steady.do
    )
    many = "signals" if then == "then" else "a signal"
    return replace(
        steady,
        signal=f"Ordinary variation now, and {many} earlier ({when})",
        do=f"{ask} {rest}",
        earlier=when,
    )


def _earlier(chart: Chart) -> tuple[str, str]:
    """Say when flagged points lie, those in a row together, and then how to speak of that time."""
    points = chart.points[chart.points["y"].notna()]
    flagged = points["signal"].to_numpy(dtype=bool)
    if not flagged.any():
        return "", ""
    every, x = spacing(points["x"].to_numpy()), points["x"].tolist()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flagged, [False]])))
    runs = [(x[first], x[end - 1]) for first, end in zip(edges[::2], edges[1::2], strict=True)]
    shown = runs[-_NAMED:]
    if all(first == last for first, last in shown) and len(shown) == len(runs):
        when = every.on(*(first for first, _ in shown))
        return when, _THEN.get(every.one, "then") if len(runs) == 1 else "then"
    said = [
        every.say(first) if first == last else f"{every.say(first)} to {every.say(last)}"
        for first, last in shown
    ]
    if len(shown) < len(runs):
        said = ["earlier", *said]
    lead = every.on(shown[0][0], shown[-1][-1]).split(every.say(shown[0][0]))[0]
    return f"{lead}{and_list(said)}", "then"


def _shift_lasts(chart: Chart) -> bool:
    """Say whether the latest point is part of a shift."""
    rules = [rule.name for rule in chart.rules if rule.name.startswith("shift")]
    seen = chart.points[chart.points["y"].notna()]
    return bool(len(seen) and seen[rules].iloc[-1].any()) if rules else False
