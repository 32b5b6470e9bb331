"""A first conversation with a practice team: choose what to say, guess what it does, then see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.sayings import counted
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.conversation_draw import route_figure
from pcqa_teach.widgets.conversation_script import KINDS, ROUTES, SCRIPT, Turn

EXPECTED = {"more": "They will tell me more", "less": "They will close up"}
_DID = {"more": "they told you more", "less": "they closed up"}
_LETTERS = "ABCDEF"


@dataclass(frozen=True)
class Conversation(Activity):
    """A conversation that branches at each sentence. Make one with `first_conversation`."""

    turns: Mapping[str, Turn]
    start: str
    routes: Mapping[str, Sequence[int]]

    def say(self, place: str, choice: int) -> str:
        """Return the turn to which a choice, counted from 0, leads.

        Raises
        ------
        PcqaError
            There is no such turn, or no such choice in it.
        """
        turn = self._turn(place)
        if not 0 <= choice < len(turn.choices):
            raise LessonError(f"There are {len(turn.choices)} things to say here: choose one.")
        return turn.choices[choice].leads

    def reveal(self, place: str, choice: int, expected: str) -> tuple[str, bool]:
        """Return what the team answers, with what was expected of it; and whether that held.

        Raises
        ------
        PcqaError
            There is no such turn, no such choice in it, or nothing was expected.
        """
        then = self._turn(self.say(place, choice))
        told = self._turn(place).choices[choice]
        if expected not in EXPECTED:
            raise LessonError("First tick what you expect: a guess will do.")
        held = expected == then.so
        compared = "As you expected" if held else "Other than you expected"
        end = f" {then.end}" if then.end else ""
        return (
            f"You ({KINDS[told.kind]}): “{told.words}” They: “{then.heard}” "
            f"{compared}, {_DID[then.so]}.{end}"
        ), held

    def summary(self, kinds: Sequence[str], held: int) -> str:
        """Say what somebody's own sentences were, and how many of their guesses held."""
        listed = ", ".join(f"{KINDS[kind]} {kinds.count(kind)}" for kind in KINDS if kind in kinds)
        return (
            f"You said {counted(len(kinds), 'sentence')}: {listed}. {held} of your {len(kinds)} "
            "guesses held. Go back and try the sentence that you would never say."
        )

    def route(self, choices: Sequence[int]) -> list[tuple[str, str]]:
        """Return what was heard and said along some choices: pairs of who and what."""
        place, found = self.start, [("They", self._turn(self.start).heard)]
        for choice in choices:
            place, one = self.say(place, choice), self._turn(place).choices[choice]
            found += [(f"Coach: {KINDS[one.kind]}", one.words), ("They", self._turn(place).heard)]
        if self._turn(place).end:
            found.append(("What came of it", self._turn(place).end))
        return found

    def preface(self) -> Sequence[Any]:
        """Return the first thing heard and what could be said to it, to guess from."""
        first = self._turn(self.start)
        frame = pd.DataFrame(
            [(_LETTERS[place], one.words) for place, one in enumerate(first.choices)],
            columns=["", f"They say: “{first.heard}” You could say:"],
        )
        return (
            Words(
                "In a live notebook you lead this conversation sentence by sentence. On this page, "
                "say of each first sentence below whether the team will tell you more after it or "
                "close up, before you look on. It is a story that we made up: real teams answer "
                "in their own ways."
            ),
            figures.Table(frame, "Three first sentences"),
        )

    def static(self) -> list[figures.Figure]:
        """Return one picture for each route through the conversation."""
        return [route_figure(name, self.route(choices)) for name, choices in self.routes.items()]

    def panel(self) -> Any:
        """Return the live panel: what they say, what you could say, your guess, their answer."""
        import ipywidgets as w

        state: dict[str, Any] = {"place": self.start, "kinds": [], "held": 0}
        heard, answer = w.HTML(), w.HTML(value=said("Nothing is said yet."))
        holder = w.VBox([])
        guess = one_of(EXPECTED)
        boxes: dict[str, Any] = {}

        def show() -> None:
            turn = self._turn(state["place"])
            heard.value = said(
                f"They say: “{turn.heard}”" if turn.choices else "The conversation is over."
            )
            boxes.clear()
            boxes.update(one_of({f"{at}": one.words for at, one in enumerate(turn.choices)}))
            holder.children = tuple(boxes.values())

        def go() -> None:
            choice, expected = ticked(boxes), ticked(guess)
            if not self._turn(state["place"]).choices:
                return
            if not choice or not expected:
                answer.value = said(
                    "Tick what you would say, and what you expect: a guess will do."
                )
                return
            place, at = state["place"], int(choice)
            told, held = self.reveal(place, at, expected)
            state["kinds"].append(self._turn(place).choices[at].kind)
            state["held"] += held
            state["place"] = self.say(place, at)
            guess[expected].value = False
            over = not self._turn(state["place"]).choices
            rest = paragraphs(self.summary(state["kinds"], state["held"])) if over else ""
            answer.value = said(told) + rest
            show()

        def again() -> None:
            state.update(place=self.start, kinds=[], held=0)
            answer.value = said("From the beginning.")
            show()

        show()
        return w.VBox(
            [
                words(
                    "Tick what you would say next and what you expect of it. Then say it. With "
                    "the keyboard, Tab moves on and Space ticks or presses. The story is invented."
                ),
                heard,
                holder,
                words("What do you expect?"),
                w.VBox(list(guess.values())),
                row(
                    button("Say it", "Says it, and shows what they answer", go, main=True),
                    button("Begin again", "Back to the first sentence", again),
                ),
                answer,
            ]
        )

    def _turn(self, place: str) -> Turn:
        if place not in self.turns:
            raise LessonError("The conversation leads to a turn that is not there.")
        return self.turns[place]


def first_conversation(
    turns: Mapping[str, Turn] | None = None,
    *,
    start: str = "start",
    routes: Mapping[str, Sequence[int]] | None = None,
) -> Conversation:
    """Return an activity: lead a first conversation, guessing each time what your words will do.

    Parameters
    ----------
    turns : dict of Turn, by name; None: an invented conversation with a practice team
    start : the name of the first turn
    routes : ways through it that are shown in print, by name: the choices one after the other

    Raises
    ------
    PcqaError
        A choice leads to a turn that is not there, or is of an unknown kind.

    Examples
    --------
    >>> activity = first_conversation()
    >>> activity.say("start", 0)
    'agreed'
    >>> activity.reveal("start", 1, "more")[1]
    False
    """
    script = SCRIPT if turns is None else dict(turns)
    ways = ROUTES if turns is None and routes is None else dict(routes or {})
    if start not in script:
        raise LessonError(f"The conversation has no turn '{start}' to begin with.")
    for turn in script.values():
        for one in turn.choices:
            if one.leads not in script or one.kind not in KINDS:
                raise LessonError(
                    "A choice leads to no turn that there is, or is of a kind that is not known: "
                    f"the kinds are {', '.join(KINDS)}."
                )
    return Conversation(script, start, ways)
