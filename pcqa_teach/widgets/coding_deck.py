"""Code a deck of contacts, guess how far a second coder agrees, then see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import counted
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, row, said, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement

CODES: dict[str, str] = {
    "value": "Value",
    "failure-practice": "Failure: lever here",
    "failure-system": "Failure: lever beyond",
}
_HOLDS = {
    "value": "What we are here for: a new need, or something agreed",
    "failure-practice": "Something was not done, or not done right, and the practice can change it",
    "failure-system": "The same, and the lever lies beyond the practice",
}
_HOW = (
    "Code each card from what the person said. Then say on how many cards the second coder chose "
    "the same, and look. Back takes you to the card before. With the keyboard, Tab moves on and "
    "Space presses a button."
)
_YOU, _OTHER = "you", "second coder"


@dataclass(frozen=True)
class Card:
    """One contact: how it came in, the person's (invented) words, and the second coder's code."""

    channel: str
    words: str
    code: str


@dataclass(frozen=True, eq=False)
class CodeTogether(Activity):
    """A deck to code, and a second coder's codes. Make one with `code_together`."""

    cards: tuple[Card, ...]
    first: tuple[str, ...]
    everything: pd.DataFrame = field(repr=False)

    def compare(self, mine: Sequence[str]) -> Agreement:
        """Return how far the codes given agree with the second coder's, over the deck."""
        return _agree(mine, [card.code for card in self.cards], _YOU)

    def reveal(self, mine: Sequence[str], expected: str) -> tuple[str, figures.Figure, str]:
        """Return how the guess fared, the table of codes as a picture, and where the two differ.

        Parameters
        ----------
        mine : codes, card by card
        expected : on how many cards the two would agree, as typed

        Raises
        ------
        PcqaError
            A card has no code yet, or the guess is no number; the message says what to do.
        """
        left = len(self.cards) - sum(code in CODES for code in mine)
        if left:
            raise LessonError(f"Code every card first: {counted(left, 'card')} to go.")
        guess = _guess(expected, len(self.cards))
        found = self.compare(mine)
        same = sum(a == card.code for a, card in zip(mine, self.cards, strict=True))
        told = (
            f"You expected to agree on {guess} of {len(self.cards)} cards; you agree on {same}. "
            f"{_kappa_said(found)}"
        )
        return told, replace(found.figure(), name="coding-deck"), self.differences(mine)

    def differences(self, mine: Sequence[str]) -> str:
        """Say the cards on which two people differ, to talk about."""
        apart = [
            f"- Card {place}, “{card.words}” You: {CODES[code].lower()}. Second coder: "
            f"{CODES[card.code].lower()}."
            for place, (card, code) in enumerate(zip(self.cards, mine, strict=True), 1)
            if code != card.code
        ]
        if not apart:
            return "You differ on no card. Would you with somebody from another team?"
        return "\n".join(
            [
                "You differ on these. Neither of you is the key: say aloud what each took the "
                "words for, and write the rule down.",
                *apart,
            ]
        )

    def preface(self) -> Sequence[Any]:
        """Return the deck, to code on paper before looking on."""
        frame = pd.DataFrame(
            {
                "Card": range(1, len(self.cards) + 1),
                "Came by": [card.channel for card in self.cards],
                "In the person's words (invented)": [card.words for card in self.cards],
            }
        )
        told = Words(
            "In a live notebook you code these cards by pressing buttons. On this page, write V, H "
            "(failure, lever here) or B (failure, lever beyond) for each card on paper, and say on "
            f"how many of the {len(self.cards)} two colleagues would agree, before you look on."
        )
        return told, figures.Table(frame, f"A deck of {len(self.cards)} contacts")

    def static(self) -> list[figures.Figure]:
        """Return two pictures: two coders on this deck, and the same two on every contact."""
        deck = _agree(self.first, [card.code for card in self.cards], "first coder")
        week = _agree(self.everything["first"], self.everything["second"], "first coder")
        pictures = []
        for name, found in (("this-deck", deck), ("the-whole-week", week)):
            picture = found.figure()
            pictures.append(replace(picture, name=f"coding-{name}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: the card, a button for each code, your guess, the answer."""
        import ipywidgets as w

        mine = [""] * len(self.cards)
        at = [0]
        shown = w.HTML(value=said(self._card(0, mine)))
        answer = w.HTML(value=said("Nothing is coded yet."))

        def go(to: int) -> None:
            at[0] = min(max(to, 0), len(self.cards) - 1)
            shown.value = said(self._card(at[0], mine))

        def code(which: str) -> None:
            mine[at[0]] = which
            answer.value = said(_left_said(mine))
            go(at[0] + 1)

        choices = [button(CODES[one], _HOLDS[one], partial(code, one)) for one in CODES]
        back = button("Back", "Shows the card before", lambda: go(at[0] - 1))
        guess = w.Text(
            description=f"On how many of the {len(self.cards)} will you agree?",
            style={"description_width": "initial"},
            layout=w.Layout(width="360px"),
        )

        def show() -> None:
            answer.value = self._answer(mine, guess.value)

        look = button("Show the second coder", "Compares your codes", show, main=True)
        return w.VBox([words(_HOW), shown, row(*choices, back), guess, look, answer])

    def _card(self, place: int, mine: Sequence[str]) -> str:
        card = self.cards[place]
        chosen = f" Your code: {CODES[mine[place]].lower()}." if mine[place] else ""
        came = f"Card {place + 1} of {len(self.cards)}. Came by: {card.channel.lower()}.{chosen}"
        return f"{came}\n\n“{card.words}”"

    def _answer(self, mine: Sequence[str], expected: str) -> str:
        try:
            told, picture, apart = self.reveal(mine, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}{paragraphs(apart)}"


def code_together(
    contacts: pd.DataFrame,
    codes: pd.DataFrame,
    deck: Sequence[str],
    *,
    first: str = "coder-1",
    second: str = "coder-2",
) -> CodeTogether:
    """Return an activity: code a deck of contacts, then hold it against a second coder's codes.

    Parameters
    ----------
    contacts : DataFrame with contact_id, channel and verbatim
    codes : DataFrame with contact_id, coder_id and code, of two coders
    deck : the contacts of the deck, in order
    first, second : the coder of the printed form, and the second coder

    Raises
    ------
    PcqaError
        The tables do not hold what is needed, or the deck names an unknown contact.

    Examples
    --------
    >>> heard = pd.DataFrame({"contact_id": ["V1", "V2"], "channel": ["Email", "Front desk"],
    ...                       "verbatim": ["Is my result in?", "I have a rash."]})
    >>> given = pd.DataFrame({"contact_id": ["V1", "V1", "V2", "V2"],
    ...                       "coder_id": ["coder-1", "coder-2"] * 2,
    ...                       "code": ["value", "failure-practice", "value", "value"]})
    >>> activity = code_together(heard, given, ["V1", "V2"])
    >>> activity.reveal(["failure-practice", "value"], "1")[0]
    'You expected to agree on 1 of 2 cards; you agree on 2. Kappa 1.00 (1 is perfect, 0 is luck).'
    """
    from pcqa_teach.demand import code_contacts

    coded = code_contacts(contacts, codes)
    lacking = [name for name in (first, second) if name not in coded]
    if lacking:
        raise LessonError(f"The codes hold none of '{lacking[0]}': name a coder who is there.")
    rows = coded.set_index("contact_id")
    unknown = [one for one in deck if one not in rows.index]
    if unknown or not len(deck):
        named = f"names '{unknown[0]}', which is not there" if unknown else "is empty"
        raise LessonError(f"The deck {named}: take contacts from the table.")
    dealt = rows.loc[list(deck)]
    cards = tuple(
        Card(str(channel), str(heard), str(code))
        for channel, heard, code in zip(
            dealt["channel"], dealt["verbatim"], dealt[second], strict=True
        )
    )
    everything = pd.DataFrame({"first": coded[first], "second": coded[second]})
    return CodeTogether(cards, tuple(map(str, dealt[first])), everything)


def _agree(mine: Sequence[str] | pd.Series, other: Sequence[str] | pd.Series, name: str) -> Any:
    from pcqa_teach.variation import agreement

    frame = pd.DataFrame(
        {
            name: [CODES.get(one, one) for one in mine],
            _OTHER: [CODES.get(one, one) for one in other],
        }
    )
    return agreement(frame, first=name, second=_OTHER, categories=list(CODES.values()))


def _kappa_said(found: Agreement) -> str:
    import numpy as np

    if not np.isfinite(found.kappa):
        return "Both used one code only, so there is no kappa."
    few = "" if found.kappa > 0.995 else " A deck is small: look at the cards, not at the number."
    return f"Kappa {found.kappa:.2f} (1 is perfect, 0 is luck).{few}"


def _guess(expected: str, most: int) -> int:
    if not expected.strip():
        raise LessonError("First say on how many cards you will agree: a guess is enough.")
    number = read_numbers(expected, fewest=1, most=1)[0]
    if number != int(number) or not 0 <= number <= most:
        raise LessonError(f"Give a whole number from 0 to {most}: so many cards are there.")
    return int(number)


def _left_said(mine: Sequence[str]) -> str:
    left = sum(not code for code in mine)
    if left:
        return f"{counted(left, 'card')} to go."
    return "All are coded. Say how many you will agree on, then look."
