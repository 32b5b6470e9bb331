"""The funnel experiment: predict what a rule does to the marbles, then drop them.

The marbles' funnel has nothing to do with the funnel plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

if TYPE_CHECKING:
    from pcqa_teach.variation import Marbles

EXPECT: dict[str, str] = {
    "closer": "the marbles lie closer to the mark than if nobody had touched the funnel",
    "same": "it makes no difference",
    "wider": "they spread wider, but stay about the mark",
    "away": "they get further and further away",
}
_HAPPENS = {2: "wider", 3: "away", 4: "away"}
_HOW = (
    "Marbles are dropped through a funnel, aimed at a mark on the floor. Each rolls a little to "
    "one side or the other: that is luck. Rule 1 leaves the funnel alone. Choose another rule, "
    "say what you expect, and drop the marbles: both rules get the same luck. With the keyboard, "
    "Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class FunnelExperiment(Activity):
    """Marbles, a funnel and four rules. Make one with `funnel_experiment`."""

    drops: int
    seed: int

    def marbles(self, seed: int) -> Marbles:
        """Return where the marbles come to rest under each rule, with this seed's luck."""
        from pcqa_teach.variation import funnel_experiment as drop

        return drop(self.drops, seed=seed)

    def reveal(self, rule: int, expected: str, seed: int) -> tuple[str, figures.Figure]:
        """Return how the expectation fared, and the rule's marbles under those of rule 1.

        Parameters
        ----------
        rule : 2, 3 or 4
        expected : a name of `EXPECT`
        seed : whose luck

        Raises
        ------
        LessonError
            There is no such rule, or no such expectation.
        """
        if rule not in _HAPPENS or expected not in EXPECT:
            raise LessonError("Choose rule 2, 3 or 4, and say what you expect of it.")
        from pcqa_teach.variation.marbles_words import DOES

        found = self.marbles(seed)
        times = float(found.table["sd_ratio"].iloc[rule - 1])
        came = "That is what happens" if _HAPPENS[rule] == expected else "Look again"
        long = ", and in the long run 1.41 times" if rule == 2 else ", and it would go on growing"
        return (
            f"You expected that {EXPECT[expected]}. {came}: {DOES[rule]}. With these "
            f"{self.drops} marbles the spread is {times:.2f} times that of rule 1{long}."
        ), found.beside(rule)

    def preface(self) -> Sequence[Any]:
        """Return the question to answer before looking on."""
        return (
            Words(
                "In a live notebook you can drop the marbles yourself. On this page, say of rules "
                "2, 3 and 4 what you expect before you look on: will the marbles lie closer to the "
                "mark than under rule 1, wider, or further and further away?"
            ),
        )

    def static(self) -> list[figures.Figure]:
        """Return rules 2, 3 and 4, each under rule 1."""
        found = self.marbles(self.seed)
        return [found.beside(rule) for rule in _HAPPENS]

    def panel(self) -> Any:
        """Return the live panel: a rule, what you expect, drop the marbles, the answer."""
        import ipywidgets as w

        from pcqa_teach.variation.marbles_words import SAYS

        now = {"seed": self.seed}
        rules = one_of({str(rule): f"Rule {rule}: {SAYS[rule]}" for rule in _HAPPENS})
        choices = one_of(EXPECT)
        answer = w.HTML(value=said("No marble has been dropped yet."))

        def drop() -> None:
            rule, expected = ticked(rules), ticked(choices)
            if not rule or not expected:
                missing = "choose a rule" if not rule else "say what you expect"
                answer.value = said(f"First {missing}: a guess is enough.")
                return
            sentence, picture = self.reveal(int(rule), expected, now["seed"])
            answer.value = f"{said(sentence)}{picture._repr_html_()}"

        def other() -> None:
            now["seed"] += 1
            answer.value = said("The next marbles will have other luck.")

        buttons = row(
            button(f"Drop {self.drops} marbles", "Drops them under both rules", drop, main=True),
            button("Other luck", "Takes other marbles", other),
        )
        return w.VBox(
            [
                words(_HOW),
                w.VBox(list(rules.values())),
                words("What do you expect, against rule 1?"),
                w.VBox(list(choices.values())),
                buttons,
                answer,
            ]
        )


def funnel_experiment(drops: int = 50, *, seed: int = 1986) -> FunnelExperiment:
    """Return an activity: predict what correcting after every marble does, then drop them.

    Parameters
    ----------
    drops : how many marbles
    seed : where chance starts, in print and at first

    Examples
    --------
    >>> activity = funnel_experiment()
    >>> activity.reveal(2, "closer", 1986)[0].split(". ")[1][:10]
    'Look again'
    """
    return FunnelExperiment(drops, seed)
