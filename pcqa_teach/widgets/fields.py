"""Say of each field of an export whether it may leave the practice, then see what the kit does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.figures.boxes import IDEA, PAD, PLAIN, SIZE, TINT, Look, Page, line_height, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

# What becomes of a field: its name, in words, in a heading.
FATES: dict[str, str] = {
    "out": "taken out as the file is read: it is not even kept here",
    "stays": "kept here as a code, and it stays here",
    "leaves": "it may leave, once it is counted",
}
_HEADINGS = {"out": "Taken out", "stays": "Stays here, as a code", "leaves": "May leave, counted"}
_LOOKS: dict[str, Look] = {"out": IDEA, "stays": PLAIN, "leaves": TINT}
_GAP = 0.18
_HOW = (
    "Each card is a field of an export, with an invented example. Tick what you think becomes of "
    "it, then look. With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class FieldCard:
    """A field: an invented example, what becomes of it (a name in `FATES`), and why."""

    example: str
    fate: str
    why: str


# Invented examples: the number begins with 999 and fails its check digit, the person is nobody.
CARDS: dict[str, FieldCard] = {
    "Patient name": FieldCard(
        "INVENTED PATIENT 00007",
        "out",
        "It says who somebody is, and no chart in this kit needs it.",
    ),
    "Start time": FieldCard(
        "08:40",
        "leaves",
        "As a count, such as 31 appointments between 8 and 9 o'clock. A single row with its date "
        "and time stays here: somebody may know who had the 08:40.",
    ),
    "Session holder": FieldCard(
        "the clinician's name",
        "stays",
        "Staff are people too. The name becomes a code that is the same each time. In a small "
        "practice a code can be guessed from the sessions, so agree first whether figures by "
        "clinician are drawn at all.",
    ),
    "Postcode": FieldCard(
        "ZZ99 9ZZ",
        "out",
        "Few people share a postcode: with an age beside it, it often says who somebody is.",
    ),
    "Age band": FieldCard(
        "45-49",
        "leaves",
        "The kit turns an age into a band of five years. Counted by band it may leave; counts of 1 "
        "to 4 are shown as fewer than 5.",
    ),
    "Slot type": FieldCard(
        "'Dr X, emergencies only'",
        "stays",
        "Names of slots are typed by hand, and may hold somebody's name. So the kit keeps a code.",
    ),
    "NHS number": FieldCard(
        "999 000 0078",
        "out",
        "It is the surest way to say who somebody is. A report without it is the better report.",
    ),
    "A count in a table": FieldCard(
        "3 missed on Tuesday",
        "leaves",
        "As fewer than 5: a small count can point at somebody whom others saw in the waiting room.",
    ),
}


@dataclass(frozen=True)
class MayItLeave(Activity):
    """Sort the fields of an export, then see what becomes of each. Make one by `may_it_leave`."""

    cards: Mapping[str, FieldCard]

    def reveal(self, name: str, expected: str) -> str:
        """Return how an expectation fared, and why.

        Raises
        ------
        LessonError
            There is no such card, or nothing was expected; the message says what to do.
        """
        if name not in self.cards:
            raise LessonError(f"There is no card '{name}': choose one that is shown.")
        if expected not in FATES:
            raise LessonError("First tick what you think becomes of it: a guess is enough.")
        card = self.cards[name]
        agreed = "and so it is" if expected == card.fate else f"but: {FATES[card.fate]}"
        return f"{name}: you said “{FATES[expected]}”, {agreed}.\n\n{card.why}"

    def table(self) -> figures.Table:
        """Return all cards with what becomes of them, as a table."""
        frame = pd.DataFrame(
            {
                "Field": list(self.cards),
                "What becomes of it": [_HEADINGS[card.fate] for card in self.cards.values()],
                "Why": [card.why for card in self.cards.values()],
            }
        )
        return figures.table(frame, "What becomes of each field")

    def preface(self) -> Sequence[Any]:
        """Return the cards without their answers, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Field": list(self.cards),
                "An invented example": [card.example for card in self.cards.values()],
            }
        )
        told = Words(
            "In a live notebook you sort these cards one by one. On this page, say of each field "
            "which it is before you look on: taken out as the file is read; kept in the practice "
            "as a code; or free to leave, once it is counted."
        )
        return told, figures.table(frame, "Which of the three is each?")

    def static(self) -> list[figures.Figure]:
        """Return the sorted cards as one picture, with the reasons in a table beside its words."""
        return [self.picture()]

    def picture(self) -> figures.Figure:
        """Draw the cards in three columns, by what becomes of them."""
        wide = (WIDTH - 2 * MARGIN - 2 * _GAP) / 3
        page = Page()
        sorted_out = {
            fate: [name for name, card in self.cards.items() if card.fate == fate] for fate in FATES
        }
        for place, (fate, names) in enumerate(sorted_out.items()):
            x = MARGIN + place * (wide + _GAP)
            y = page.write(x, 0.0, _HEADINGS[fate], size=10, bold=True) + 0.08
            for name in names:
                y = _card(page, x, y, wide, name, self.cards[name])
        told = " ".join(
            f"{_HEADINGS[fate]}. " + " ".join(f"{n}: {self.cards[n].why}" for n in names)
            for fate, names in sorted_out.items()
        )
        title = "What says who somebody is goes; codes stay; counts may leave"
        return page.figure(
            title=title,
            notes=["Invented examples. Small counts (1 to 4) leave as fewer than 5."],
            alt=f"Cards in three columns. {title}. {told}",
            name="may it leave",
        )

    def panel(self) -> Any:
        """Return the live panel: a card, what you expect, look, next card, all cards."""
        import ipywidgets as w

        names = list(self.cards)
        now = [0]
        card = w.HTML(value=said(self._shown(0)))
        choices = one_of(FATES)
        answer = w.HTML(value=said("Nothing is shown yet."))

        def look() -> None:
            answer.value = said(self._answer(names[now[0]], ticked(choices)))

        def step(by: int) -> None:
            now[0] = (now[0] + by) % len(names)
            for box in choices.values():
                box.value = False
            card.value = said(self._shown(now[0]))
            answer.value = said("Nothing is shown yet.")

        def all_cards() -> None:
            answer.value = self.table()._repr_html_()

        return w.VBox(
            [
                words(_HOW),
                card,
                w.VBox(list(choices.values())),
                row(
                    button("What becomes of it?", "Says what the kit does", look, main=True),
                    button("Next card", "Goes to the next field", lambda: step(1)),
                    button("Card before", "Goes back to the field before", lambda: step(-1)),
                    button("All cards", "Shows what becomes of every field", all_cards),
                ),
                answer,
            ]
        )

    def _shown(self, place: int) -> str:
        name = list(self.cards)[place]
        return f"Card {place + 1} of {len(self.cards)}. {name}, such as {self.cards[name].example}"

    def _answer(self, name: str, expected: str) -> str:
        try:
            return self.reveal(name, expected)
        except LessonError as error:
            return str(error)


def _card(page: Page, x: float, y: float, wide: float, name: str, card: FieldCard) -> float:
    """Draw a card with its name, its example and its reason; return where the next may begin."""
    inside = wide - 2 * PAD
    parts = [
        (wrapped(name, inside, SIZE, True), True),
        (wrapped(card.example, inside), False),
        ([""], False),
        (wrapped(card.why, inside), False),
    ]
    lines = [2 * PAD + sum(len(part) for part, _ in parts) * line_height()]
    page.box(x, y, wide, lines[0], _LOOKS[card.fate])
    down = y + PAD
    for part, bold in parts:
        down = page.write(x + PAD, down, part, bold=bold)
    return y + lines[0] + 0.1


def may_it_leave(cards: Mapping[str, FieldCard] | None = None) -> MayItLeave:
    """Return an activity: say what becomes of each field of an export, then see.

    Parameters
    ----------
    cards : dict of FieldCard, optional
        By name; also the state shown in print. None: eight fields, with invented examples.

    Raises
    ------
    LessonError
        There is no card, or one has a fate that is none of `FATES`.

    Examples
    --------
    >>> print(may_it_leave().reveal("Postcode", "stays").splitlines()[0])
    Postcode: you said “kept here as a code, and it stays here”, but: taken out as the file is \
read: it is not even kept here.
    """
    chosen = CARDS if cards is None else dict(cards)
    if not chosen or any(card.fate not in FATES for card in chosen.values()):
        raise LessonError(f"Give one card or more, each with a fate among {', '.join(FATES)}.")
    return MayItLeave(chosen)
