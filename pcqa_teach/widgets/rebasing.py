"""Choose where new limits start and write why: no reason, no rebase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.rebase_cases import CASES, FIRST, Case, chart_of, monday, monday_said
from pcqa_teach.widgets.written_reason import LONGEST, read_reason, weeks_named

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

BASELINE = 10  # weeks from which the old limits were set
_FEWEST = 5  # weeks that are left before the new limits
_LASTS = 7  # weeks in a row on one side: Making Data Count's shift
_LAG = 4  # weeks that a change may take to show; our rule
EXPECTED = {"yes": "yes, new limits are due", "no": "no, or not yet"}
_HOW = (
    "Look at the chart and at what is known. Say whether new limits are due, choose the week in "
    "which they would start, and write the reason: it will stand on the chart. Nothing about a "
    "person. With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class Judged:
    """A reason held against the three questions, each with a sentence."""

    cause: bool
    lasts: bool
    dated: bool
    sentences: tuple[str, str, str]

    @property
    def due(self) -> bool:
        """All three are there."""
        return self.cause and self.lasts and self.dated

    @property
    def verdict(self) -> str:
        """Say in a sentence or two whether new limits are due."""
        if self.due:
            return (
                "A known cause, a lasting shift, a date: on what you wrote, new limits are due. "
                "Whether it is true, only people can tell."
            )
        names = {"a known cause": self.cause, "a lasting shift": self.lasts, "a date": self.dated}
        missing = " and ".join(name for name, there in names.items() if not there)
        return (
            f"New limits are not due: {missing} {'is' if missing.count(' and ') == 0 else 'are'} "
            "missing. Keep the old limits, and go on plotting."
        )


@dataclass(frozen=True)
class RebaseWithReason(Activity):
    """Start new limits, with a written reason. Make one with `rebase_with_reason`."""

    cases: Mapping[str, Case]

    def chart(self, name: str) -> Chart:
        """Return the chart as it stands: the old limits, carried on."""
        return chart_of(self._case(name), baseline=BASELINE)

    def judge(self, name: str, start: str | int, reason: str) -> Judged:
        """Hold a reason against the three questions: known cause, lasting shift, date.

        Raises
        ------
        PcqaError
            There is no reason, or no week at which limits could start; the message says what to do.
        """
        case = self._case(name)
        week = _week(start, len(case.values))
        found = read_reason(reason, FIRST, len(case.values))
        cause = (
            "it names something besides the chart"
            if found.cause
            else "it speaks of the chart, not of what changed in the work"
        )
        lasts, lasting = _lasting(case, week)
        dated = found.week is not None and 0 <= week - found.week <= _LAG
        when = "no day or week is named, or none of these weeks (a month alone is too vague)"
        if found.week is not None:
            when = (
                f"it speaks of the week of {monday_said(found.week)}, and the new limits start "
                f"with the week of {monday_said(week)}"
            )
            if not dated:
                when += (
                    f"; they may start up to {_LAG} weeks after the change, not before (our rule)"
                )
        return Judged(found.cause, lasts, dated, (cause, lasting, when))

    def reveal(
        self, name: str, expected: str, start: str | int, reason: str
    ) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the chart with new limits, and the three answers."""
        judged = self.judge(name, start, reason)
        case = self._case(name)
        picture = _rebased(case, _week(start, len(case.values)), reason, judged)
        agreed = (expected == "yes") == judged.due
        came_out = "" if agreed else "That is not what came out. "
        fared = f"You said: {EXPECTED[expected]}. {came_out}{judged.verdict}"
        return fared, picture, _three(judged)

    def preface(self) -> Sequence[Any]:
        """Return what is known of each series, to decide on before looking on."""
        frame = pd.DataFrame(
            {
                "Series": list(self.cases),
                "What is known": [_capital(case.known) for case in self.cases.values()],
                "Somebody writes": [f"“{case.reason}”" for case in self.cases.values()],
                "New limits from": [monday_said(case.week) for case in self.cases.values()],
            }
        )
        told = Words(
            "In a live notebook you choose the week and write the reason yourself. On this page, "
            "read the table and say of each series whether new limits are due, before you look at "
            "its chart."
        )
        return told, figures.Table(frame, "Three wishes for new limits: which would you grant?")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each case: the new limits, the reason, and the verdict."""
        pictures = []
        for name, case in self.cases.items():
            judged = self.judge(name, case.week, case.reason)
            picture = _rebased(case, case.week, case.reason, judged)
            slug = name.lower().replace(" ", "-")
            pictures.append(replace(picture, name=f"rebase-{slug}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: a series, the chart as it stands, the week, the reason, answer."""
        import ipywidgets as w

        wide = {"description_width": "initial"}
        chosen = [next(iter(self.cases))]
        stands = w.HTML(value=self._as_it_stands(chosen[0]))
        choices = one_of(EXPECTED)
        week = w.Text(value="", description="New limits from", style=wide,
                      tooltip="A day, such as 31 March; the new limits start with its week",
                      layout=w.Layout(width="18em"))  # fmt: skip
        reason = w.Textarea(value="", description="Because", rows=2, style=wide,
                            tooltip=f"What changed in the work, and when; up to {LONGEST} letters",
                            layout=w.Layout(width="95%"))  # fmt: skip
        answer = w.HTML(value=said("No new limits are drawn yet."))

        def pick(name: str) -> None:
            chosen[0] = name
            stands.value = self._as_it_stands(name)
            answer.value = said(f"Now: {name}. No new limits are drawn yet.")

        def move(by: int) -> None:
            week.value = self._moved(chosen[0], week.value, by)

        def show() -> None:
            answer.value = self._answer(chosen[0], ticked(choices), week.value, reason.value)

        starts = [button(name, "Shows this series", partial(pick, name)) for name in self.cases]
        earlier = button("Earlier", "A week earlier", partial(move, -1))
        later = button("Later", "A week later", partial(move, 1))
        draw = button("Draw new limits", "Draws them and asks three questions", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                stands,
                words("Are new limits due?"),
                w.VBox(list(choices.values())),
                row(week, earlier, later),
                reason,
                draw,
                answer,
            ]
        )

    def _case(self, name: str) -> Case:
        if name not in self.cases:
            raise LessonError(f"There is no series '{name}': choose {', '.join(self.cases)}.")
        return self.cases[name]

    def _as_it_stands(self, name: str) -> str:
        known = paragraphs(f"What is known: {self._case(name).known}")
        return f"{self.chart(name).figure()._repr_html_()}{known}"

    def _moved(self, name: str, typed: str, by: int) -> str:
        """Return the Monday a week earlier or later; the middle one where none is typed yet."""
        weeks = len(self._case(name).values)
        try:
            week = _week(typed, weeks) + by
        except LessonError:
            week = weeks // 2
        return monday_said(min(max(week, _FEWEST + 1), weeks - 1))

    def _answer(self, name: str, expected: str, start: str, reason: str) -> str:
        if not expected:
            return said("First say whether new limits are due: a guess is enough.")
        try:
            fared, picture, three = self.reveal(name, expected, start, reason)
        except PcqaError as error:
            return said(str(error))
        return f"{said(fared)}{paragraphs(three)}{picture._repr_html_()}"


def rebase_with_reason(cases: Mapping[str, Case] | None = None) -> RebaseWithReason:
    """Return an activity: choose where new limits start and write why; no reason, no rebase.

    It says whether the reason names a cause besides the chart, whether the shift lasts (seven or
    more weeks up to the latest on one side of the old mean) and whether a date is given that goes
    with the week. Whether the reason is true it cannot tell, and says so.

    Parameters
    ----------
    cases : dict of Case, optional, by name; None: three invented ones

    Examples
    --------
    >>> activity = rebase_with_reason()
    >>> activity.judge("Results by text", 13, "Results by text since 31 March 2025").due
    True
    >>> activity.judge("Three busy weeks", 11, "Flu about from 17 March 2025").lasts
    False
    """
    return RebaseWithReason(CASES if cases is None else dict(cases))


def _rebased(case: Case, week: int, reason: str, judged: Judged) -> figures.Figure:
    """Draw the new limits with their reason, the verdict in the notes and first in the alt text."""
    drawn = chart_of(
        case, rebase={monday(week).isoformat(): reason}, notes=[judged.verdict]
    ).figure()
    return replace(drawn, alt=f"{judged.verdict} {drawn.alt}")


def _lasting(case: Case, week: int) -> tuple[bool, str]:
    """Say whether the latest weeks form a shift from the mean of the weeks before the start."""
    old = chart_of(case, baseline=week - 1)
    side = (old.points["y"] - old.points["centre"]).gt(0).to_numpy()
    run = 1
    while run < len(side) and side[-run - 1] == side[-1]:
        run += 1
    after = len(case.values) - week + 1
    held = min(run, after)
    if held < _LASTS:
        return False, (
            f"only the last {held} weeks of {after} are on one side of the old mean; a shift is "
            f"{_LASTS} or more"
        )
    return True, f"the last {held} weeks are all on one side of the old mean"


def _week(start: str | int, weeks: int) -> int:
    """Read a week: its number, or a day in it."""
    typed = str(start).strip()
    named = [int(typed)] if typed.isdecimal() else weeks_named(typed, FIRST, weeks)[1]
    least, most = _FEWEST + 1, weeks - 1
    if len(named) != 1 or not least <= named[0] <= most:
        raise LessonError(
            f"New limits can start from {monday_said(least)} to {monday_said(most)}: give a day, "
            "such as 31 March, or press Earlier or Later."
        )
    return named[0]


def _three(judged: Judged) -> str:
    names = ("Known cause", "Lasting shift", "Date")
    held = (judged.cause, judged.lasts, judged.dated)
    return "\n".join(
        f"- {name}: {'yes' if there else 'no'}, {sentence}."
        for name, there, sentence in zip(names, held, judged.sentences, strict=True)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
