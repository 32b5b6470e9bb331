"""Say first which change brings the end of a process nearest, then see it on a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers
from pcqa_teach.widgets.process_lines import read_steps, typed_steps

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement import ProcessMap

Step = Mapping[str, Any]
Change = Mapping[str, Mapping[str, Any] | None]

_HOW = (
    "Tick the change that you think brings the end nearest; a guess is enough. Then press Reveal. "
    "With the keyboard, Tab moves on and Space ticks or presses."
)
_OWN = (
    "Your own process: a step a line, with semicolons between the step, who does it, the wait "
    "before it and the work in it. Write 'no gain' at the end where the person it is for does not "
    "gain by the step. Roles, not names; a day is 24 hours, as people wait at night too. The box "
    "begins with the steps above: change them, or write yours."
)
_SHARE = "Your guess: of every 100 minutes, how many are work?"


@dataclass(frozen=True)
class ValueStream(Activity):
    """A process, and changes to it of which one is chosen first. Make one with `value_stream`."""

    steps: tuple[Step, ...]
    changes: Mapping[str, Change]
    title: str

    def today(self) -> ProcessMap:
        """Return the process as it runs today."""
        return self._mapped(self.steps, self.title)

    def after(self, change: str) -> ProcessMap:
        """Return the process after one of the changes."""
        return self._mapped(_changed(self.steps, self.changes[change]), change)

    def sooner(self) -> dict[str, float]:
        """Return by how many minutes each change brings the end nearer, the most first."""
        now = self.today().lead_time
        gained = {change: now - self.after(change).lead_time for change in self.changes}
        return dict(sorted(gained.items(), key=lambda one: -one[1]))

    def compared(self) -> figures.Figure:
        """Return today and every change side by side, to one scale."""
        from pcqa_teach.widgets.timeline_draw import lengths_figure

        after = {change: self.after(change).lead_time for change in self.changes}
        return lengths_figure(self.today().lead_time, after, self.title)

    def reveal(self, chosen: str) -> tuple[str, figures.Figure, figures.Figure]:
        """Return how the choice fared, the timeline after it, and all changes side by side."""
        gained = self.sooner()
        most = next(iter(gained))
        told = (
            f"You chose '{chosen}': the end comes {_length(gained[chosen])} sooner, "
            f"of {_length(self.today().lead_time)}."
        )
        rank = (
            " No other change here does as much."
            if chosen == most
            else f" '{most}' does more: {_length(gained[most])}."
        )
        return told + rank, self.after(chosen).timeline(), self.compared()

    def own(self, text: str, guess: str) -> tuple[str, figures.Figure, str]:
        """Return how a guess fared for a process that somebody typed, its timeline, its words.

        Raises
        ------
        PcqaError
            The guess is no number, or a line cannot be read; the message says what to do.
        """
        try:
            (share,) = read_numbers(guess, fewest=1, most=1)
        except LessonError:
            raise LessonError(
                "First guess how many of every 100 minutes are work: one number from 0 to 100."
            ) from None
        if not 0 <= share <= 100:
            raise LessonError("Of every 100 minutes, guess from 0 to 100.")
        made = self._mapped(read_steps(text), "Your process")
        work = 100 * made.touch_time / made.lead_time
        told = (
            f"You guessed that {share:g} of every 100 minutes are work. It is "
            f"{_few(work)}: {_length(made.touch_time)} of work in {_length(made.lead_time)}."
        )
        return told, made.timeline(), made.explain()

    def preface(self) -> Sequence[Any]:
        """Return the process and the changes to choose from, before the pictures."""
        listed = "\n".join(f"- {change}" for change in self.changes)
        ask = Words(
            "In a live notebook you choose here, and can type your own process. On this page, look "
            f"at the steps and choose before you look on: which of these brings the end nearest?"
            f"\n\n{listed}"
        )
        return self._table(), ask

    def static(self) -> list[figures.Figure]:
        """Return the timeline of today, and today and every change side by side."""
        return [replace(self.today().timeline(), name="value-stream-today"), self.compared()]

    def panel(self) -> Any:
        """Return the live panel: steps, changes to choose from, and a box for one's own process."""
        import ipywidgets as w

        choices = one_of({change: change for change in self.changes})
        answer = w.HTML(value=said("Nothing is drawn yet."))
        wide = w.Layout(width="95%")
        lines = w.Textarea(
            value=typed_steps(self.steps),
            description="Steps",
            tooltip="A step a line: step; who; wait; work",
            rows=len(self.steps) + 1,
            style={"description_width": "initial"},
            layout=wide,
        )
        guess = w.Text(
            description=_SHARE,
            tooltip="A number from 0 to 100",
            style={"description_width": "initial"},
            layout=wide,
        )
        drawn = w.HTML(value=said(""))

        def show() -> None:
            answer.value = self._answer(ticked(choices))

        def draw() -> None:
            drawn.value = self._drawn(lines.value, guess.value)

        return w.VBox(
            [
                w.HTML(value=self._table()._repr_html_()),
                words(_HOW),
                w.VBox(list(choices.values())),
                row(button("Reveal", "Draws the timeline after your change", show, main=True)),
                answer,
                words(_OWN),
                lines,
                guess,
                row(button("Draw my process", "Draws the timeline of the steps above", draw)),
                drawn,
            ]
        )

    def _answer(self, chosen: str) -> str:
        if not chosen:
            return said("First tick the change that you expect to do most: a guess is enough.")
        told, picture, compared = self.reveal(chosen)
        return f"{said(told)}{compared._repr_html_()}{picture._repr_html_()}"

    def _drawn(self, text: str, guess: str) -> str:
        try:
            told, picture, explained = self.own(text, guess)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}{paragraphs(explained)}"

    def _table(self) -> figures.Table:
        steps = self.today().steps
        frame = pd.DataFrame(
            {
                "Step": steps["step"],
                "Who": steps["role"],
                "Wait before it": [_length(wait) if wait else "none" for wait in steps["wait"]],
                "Work": [_length(touch) for touch in steps["touch"]],
                "The person gains by it": steps["value"].astype(bool),
            }
        )
        return figures.Table(frame, f"{self.title}, as it runs today")

    @staticmethod
    def _mapped(steps: Sequence[Step], title: str) -> ProcessMap:
        from pcqa_teach import juran

        return juran.process_map([dict(step) for step in steps], title=title)


def value_stream(
    steps: Sequence[Step], changes: Mapping[str, Change], *, title: str = "The process"
) -> ValueStream:
    """Return an activity: say which change brings the end nearest, then see the timelines.

    Parameters
    ----------
    steps : list of dicts, as `pcqa.juran.process_map` takes them: step, role, wait, touch, value
    changes : {words: {step: what becomes of it}}, where None takes the step out and a dict gives
        its new `wait`, `touch` or `role`; an entry "*" with `touch_times` multiplies all work
    title : what the process is

    Raises
    ------
    LessonError
        A change names a step that is not there.

    Examples
    --------
    >>> stream = value_stream(
    ...     [{"step": "Letter sorted", "role": "Admin", "wait": 240, "touch": 2, "value": False},
    ...      {"step": "GP reads it", "role": "GP", "wait": 2880, "touch": 4}],
    ...     {"Work twice as fast": {"*": {"touch_times": 0.5}},
    ...      "A named reader each day": {"GP reads it": {"wait": 480}}})
    >>> stream.sooner()
    {'A named reader each day': 2400.0, 'Work twice as fast': 3.0}
    >>> stream.reveal("Work twice as fast")[0]  # doctest: +ELLIPSIS
    "You chose 'Work twice as fast': the end comes 3 min sooner, of 2.2 days. 'A named ... 40 h."
    """
    known = {str(step["step"]) for step in steps}
    for change in changes.values():
        if not set(change) <= {*known, "*"}:
            raise LessonError("A change names a step that the process does not have.")
    return ValueStream(tuple(steps), dict(changes), title)


def _changed(steps: Sequence[Step], change: Change) -> list[Step]:
    """Return the steps after a change; one that it sets to None is gone."""
    times = float((change.get("*") or {}).get("touch_times", 1.0))
    made: list[Step] = []
    for step in steps:
        new = change.get(str(step["step"]), {})
        if new is not None:
            made.append({**step, "touch": step["touch"] * times, **new})
    return made


def _few(share: float) -> str:
    return "fewer than 1" if 0 < share < 1 else f"{share:.0f}"


def _length(minutes: float) -> str:
    from pcqa_teach.juran.improvement.step_words import duration

    return duration(minutes)
