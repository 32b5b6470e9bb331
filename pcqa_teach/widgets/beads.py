"""Red beads, week by week: predict who will be worst, warn and praise, and see what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach import figures
from pcqa_teach.sayings import and_list, counted
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

if TYPE_CHECKING:
    from pcqa_teach.variation import Scoops

NOBODY = "nobody"
_HOW = (
    "Six people scoop 50 beads each, once a week, out of the same box. One bead in five is red, "
    "and red beads are faults. Say who will have most of them after all the weeks. Then let them "
    "work, a week at a time. You may warn whoever has most, and praise whoever has fewest. With "
    "the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class RedBeads(Activity):
    """Six people, one box, a few weeks. Make one with `red_beads`."""

    workers: int
    weeks: int
    seed: int

    def beads(self, seed: int) -> Scoops:
        """Return all the weeks that this seed holds."""
        from pcqa_teach.variation import red_bead

        return red_bead(self.workers, self.weeks, seed=seed)

    def week(self, seed: int, week: int, *, told: bool) -> tuple[str, figures.Figure]:
        """Return what is to be said of a week, and its paddles.

        Parameters
        ----------
        seed, week : which beads, and which week, from 1
        told : whether last week's worst was warned, and its best praised

        Raises
        ------
        DataError
            There is no such week.
        """
        found = self.beads(seed)
        picture = found.paddles(week)
        return (_since(found, week, told) if week > 1 else "The first week."), picture

    def verdict(self, seed: int, expected: str) -> tuple[str, figures.Figure]:
        """Return how the expectation fared, and everybody's weeks with the limits of luck."""
        from pcqa_teach.variation.beads_words import limits_said, outside_said

        found = self.beads(seed)
        total = found.counts.set_index("worker")["total"]
        worst, best = _ends(total)
        if expected == NOBODY:
            fared = "You said that nobody can know beforehand. Quite so."
        elif expected in worst:
            fared = f"You expected {expected}. A lucky guess: one in {len(total)}."
        else:
            fared = f"You expected {expected}."
        ends = (
            f"In all, {and_list(worst)} had most ({total.max()}) and {and_list(best)} fewest "
            f"({total.min()})."
        )
        limits = f"{outside_said(found)} ({limits_said(found)})."
        return f"{fared} {ends} {limits} The box made all of this.", found.figure()

    def preface(self) -> Sequence[Any]:
        """Return the question to answer before looking on."""
        return (
            Words(
                "In a live notebook you can let the six work week by week, and warn and praise. On "
                "this page, stop at each picture. After the first week: whom would you warn, whom "
                "would you praise? Who will have most red beads after four weeks? Then look on."
            ),
        )

    def static(self) -> list[figures.Figure]:
        """Return the first two weeks' paddles, and all weeks with their limits."""
        found = self.beads(self.seed)
        return [found.paddles(week) for week in range(1, min(self.weeks, 2) + 1)] + [found.figure()]

    def panel(self) -> Any:
        """Return the live panel: whom you expect, work a week, warn and praise, the answer."""
        import ipywidgets as w

        now = {"seed": self.seed, "week": 0}
        names = self.beads(self.seed).workers
        choices = one_of({**{one: one for one in names}, NOBODY: "nobody can know beforehand"})
        for box in choices.values():
            box.layout = w.Layout(width="auto", margin="2px 16px 2px 0")
        told = w.Checkbox(
            value=False,
            description="Warn whoever had most last week, and praise whoever had fewest",
            indent=False,
            layout=w.Layout(width="95%"),
        )
        answer = w.HTML(value=said("Nobody has scooped yet."))

        def work() -> None:
            if not ticked(choices):
                answer.value = said("First say whom you expect: a guess is enough.")
                return
            if now["week"] == self.weeks:
                answer.value = _shown(*self.verdict(now["seed"], ticked(choices)))
                return
            now["week"] += 1
            sentence, picture = self.week(now["seed"], now["week"], told=told.value)
            if now["week"] == self.weeks:
                sentence += " That was the last week: press once more for all of them together."
            answer.value = _shown(sentence, picture)

        def again() -> None:
            now.update(seed=now["seed"] + 1, week=0)
            answer.value = said("Other beads out of the same box. Nobody has scooped yet.")

        buttons = row(
            button("Work a week", "Everybody scoops once", work, main=True),
            button("Start again", "Other beads out of the same box", again),
        )
        ask = words(f"Who will have most red beads after {counted(self.weeks, 'week')}?")
        return w.VBox([words(_HOW), ask, row(*choices.values()), told, buttons, answer])


def red_beads(workers: int = 6, weeks: int = 4, *, seed: int = 52) -> RedBeads:
    """Return an activity: predict who will be worst at scooping beads, then let them work.

    Parameters
    ----------
    workers, weeks : how many people, and how many weeks
    seed : where chance starts, in print and at first

    Examples
    --------
    >>> activity = red_beads()
    >>> activity.week(52, 2, told=True)[0]
    'D had most last week (15) and was warned: now 8. F had fewest (5) and was praised: now 13. \
Was it the words? The box is the same.'
    """
    return RedBeads(workers, weeks, seed)


def _since(found: Scoops, week: int, told: bool) -> str:
    """Say what became of last week's worst and best."""
    red = found.table.pivot_table(index="worker", columns="week", values="red").astype("int64")
    last, now = red[week - 1], red[week]
    worst, best = _ends(last)
    done = ("warned", "praised") if told else ("told nothing", "told nothing")
    asked = "Was it the words? " if told else ""
    return (
        f"{_became(worst, last.max(), now, 'had most last week', done[0])} "
        f"{_became(best, last.min(), now, 'had fewest', done[1])} {asked}The box is the same."
    )


def _became(who: list[str], had: int, now: Any, what: str, done: str) -> str:
    were = "was" if len(who) == 1 else "were"
    then = and_list([str(now[one]) for one in who])
    return f"{and_list(who)} {what} ({had}) and {were} {done}: now {then}."


def _ends(counts: Any) -> tuple[list[str], list[str]]:
    """Name those with most, and those with fewest."""
    return list(counts.index[counts == counts.max()]), list(counts.index[counts == counts.min()])


def _shown(sentence: str, picture: figures.Figure) -> str:
    return f"{said(sentence)}{picture._repr_html_()}"
