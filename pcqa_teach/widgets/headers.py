"""Say what each header of an export is, then see what the kit's own reader takes it for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.figures.boxes import IDEA, TINT, Page, card_height
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.header_choices import EXAMPLES, FIELDS, NOT_READ

if TYPE_CHECKING:
    from pcqa_teach.data.reading.sniff import Layout

_MOST = 40
_HOW = (
    "Start from a header row, or type your own with commas between: names of columns only, never a "
    "row about a person. For each header, tick what you think it is, then look. With the keyboard, "
    "Tab moves on and Space ticks or presses."
)
_HIDDEN = "(name not shown)"


@dataclass(frozen=True)
class MatchHeaders(Activity):
    """Say what each header is, then see what the reader does. Make one with `match_headers`."""

    examples: Mapping[str, str]

    def found(self, text: str) -> dict[int, tuple[str, str]]:
        """Return each header's place with its name and the field that the reader takes it for.

        A header that is not read keeps its name only where every word of it is a known word of
        headers: whoever types a row about a person by mistake does not see it repeated.

        Raises
        ------
        PcqaError
            There is no header row, or it is in no known format; the message says what to do.
        """
        layout = _layout(text)
        fields = {spot: name for name, spot in layout.places.items()}
        return {
            spot: (_shown(cell.strip(), spot in fields), fields.get(spot, NOT_READ))
            for spot, cell in enumerate(layout.header)
            if cell.strip()
        }

    def options(self, field: str) -> dict[str, str]:
        """Return what a header may be taken for, in an order that does not tell: name, words."""
        alike = FIELDS[field][1] if field in FIELDS else ("status", "slot_type")
        names = [*(name for name in FIELDS if name in {*alike, field, NOT_READ})]
        return {name: _says(name) for name in (names if field in FIELDS else [field, *names])}

    def reveal(self, text: str, place: int, expected: str) -> str:
        """Return how an expectation about one header fared.

        Raises
        ------
        PcqaError
            The header row cannot be read, or nothing was expected; the message says what to do.
        """
        headers = self.found(text)
        if place not in headers:
            raise LessonError("There is no such header: go to the next one.")
        header, field = headers[place]
        if expected not in self.options(field):
            raise LessonError("First tick what you think it is: a guess is enough.")
        agreed = "You and the reader agree: " if expected == field else ""
        if field == NOT_READ:
            return f"“{header}”. {agreed or 'The reader does not read it: '}the kit leaves it out."
        return f"“{header}”. {agreed or 'The reader takes it for '}{_says(field)}."

    def refusal(self, text: str) -> str:
        """Return why the reader takes no table with this header row; empty where it takes one."""
        try:
            _layout(text)
        except PcqaError as error:
            return str(error)
        return ""

    def table(self, text: str) -> figures.Table:
        """Return what the reader takes each header for, as a table."""
        headers = self.found(text)
        frame = pd.DataFrame(
            {
                "Header": [header for header, _ in headers.values()],
                "Taken for": [_says(field) for _, field in headers.values()],
            }
        )
        return figures.table(frame, f"{_layout(text).form.title}: {_counted(headers)}")

    def preface(self) -> Sequence[Any]:
        """Return the header rows, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Where from": list(self.examples),
                "Header row": [text.replace("\n", "  /  ") for text in self.examples.values()],
            }
        )
        told = (
            "In a live notebook you go through a header row one by one, or try your own. On this "
            "page, say of each header what it is, and which of the rows the reader will refuse, "
            "before you look on."
        )
        return Words(told), figures.table(frame, "Header rows, before you look on")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each header row: what the reader makes of it."""
        return [
            self.refused(name, text) if self.refusal(text) else self.picture(name, text)
            for name, text in self.examples.items()
        ]

    def picture(self, name: str, text: str) -> figures.Figure:
        """Draw each header with an arrow to what the reader takes it for."""
        headers = self.found(text)
        wide = (WIDTH - 2 * MARGIN) * 0.43
        right = WIDTH - MARGIN - wide
        page, y = Page(), 0.0
        page.write(MARGIN, y, "Header", bold=True)
        y = page.write(right, y, "What the reader takes it for", bold=True) + 0.05
        for header, field in headers.values():
            meant = _says(field)
            look = IDEA if field == NOT_READ else TINT
            high = max(card_height(header, wide), card_height(meant, wide))
            page.card(MARGIN, y, wide, header, high=high)
            page.card(right, y, wide, meant, look, high)
            page.arrow((MARGIN + wide + 0.05, y + high / 2), (right - 0.05, y + high / 2))
            y += high + 0.06
        each = "; ".join(f"{h}: {_says(f)}" for h, f in headers.values())
        title = f"{name}: {_counted(headers)}"
        return page.figure(
            title=title,
            notes=["Header rows as we know them; yours may differ by version. Dashed: not read."],
            alt=f"Each header with an arrow to its meaning. {title}. {each}.",
            name=f"headers {name}",
        )

    def refused(self, name: str, text: str) -> figures.Figure:
        """Draw a header row that the reader refuses, with what it says."""
        wide, why = WIDTH - 2 * MARGIN, self.refusal(text)
        page = Page()
        y = page.card(MARGIN, 0.0, wide, text.replace("\n", "  /  ")) + 0.25
        page.arrow((WIDTH / 2, y - 0.22), (WIDTH / 2, y - 0.03))
        page.card(MARGIN, y, wide, why, IDEA)
        title = f"{name}: the reader refuses it, and says what to do"
        alt = f"A header row with an arrow to what the reader says. {title}. {why}"
        return page.figure(title=title, alt=alt, name=f"headers {name}")

    def panel(self) -> Any:
        """Return the live panel: rows to start from, the row, a header, what it is, look, all."""
        import ipywidgets as w

        first = next(iter(self.examples.values()))
        typed = w.Textarea(
            value=first,
            description="Header row",
            tooltip="The names of the columns, with commas between",
            rows=3,
            continuous_update=False,
            style={"description_width": "initial"},
            layout=w.Layout(width="95%"),
        )
        header, answer = w.HTML(), w.HTML()
        choices = w.VBox([])
        now: dict[str, Any] = {"place": 0, "boxes": {}}

        def show(place: int) -> None:
            told, now["place"], options = self._asked(typed.value, place)
            now["boxes"] = one_of(options) if options else {}
            choices.children = list(now["boxes"].values())
            header.value = said(told)
            answer.value = said("Nothing is shown yet.")

        def look() -> None:
            answer.value = said(self._answer(typed.value, now["place"], ticked(now["boxes"])))

        def all_headers() -> None:
            answer.value = self._all(typed.value)

        def start(text: str) -> None:
            typed.value = text
            show(0)

        typed.observe(lambda _: show(0), names="value")
        show(0)
        starts = [
            button(name, "Puts a header row into the box", partial(start, text))
            for name, text in self.examples.items()
        ]
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                typed,
                header,
                choices,
                row(
                    button(
                        "What does the reader do?", "Says what it is taken for", look, main=True
                    ),
                    button("Next header", "Goes on", lambda: show(now["place"] + 1)),
                    button("Header before", "Goes back", lambda: show(now["place"] - 1)),
                    button("The whole row", "Shows what each is taken for", all_headers),
                ),
                answer,
            ]
        )

    def _asked(self, text: str, place: int) -> tuple[str, int, dict[str, str]]:
        """Return what to ask about the header at (or after) a place, its place, and the choices."""
        try:
            headers = self.found(text)
        except PcqaError as error:
            return f"The reader says: {error}", 0, {}
        spots = list(headers)
        at = place % len(spots) if place not in spots else spots.index(place)
        name, field = headers[spots[at]]
        told = f"Header {at + 1} of {len(spots)}: “{name}”. What is it?"
        return told, spots[at], self.options(field)

    def _answer(self, text: str, place: int, expected: str) -> str:
        try:
            return self.reveal(text, place, expected)
        except PcqaError as error:
            return str(error)

    def _all(self, text: str) -> str:
        try:
            return str(self.table(text)._repr_html_())
        except PcqaError as error:
            return paragraphs(str(error))


def match_headers(examples: Mapping[str, str] | None = None) -> MatchHeaders:
    """Return an activity: say what each header of an export is, then see what the reader does.

    Parameters
    ----------
    examples : dict of str, optional
        Header rows to start from, by name; also the states shown in print. None: a SystmOne report,
        an EMIS list of slots, and two that the reader refuses.

    Examples
    --------
    >>> activity = match_headers()
    >>> print(activity.reveal("Appointment date,Rota type,Appointment status", 1, "session"))
    “Rota type”. The reader takes it for the kind of slot (kept as a code).
    """
    return MatchHeaders(dict(EXAMPLES if examples is None else examples))


def _layout(text: str) -> Layout:
    from pcqa_teach.data.invented import layout_of

    if not text.strip():
        raise LessonError("There is no header row: type the names of the columns, with commas.")
    if max(line.count(",") for line in text.splitlines()) >= _MOST:
        raise LessonError(f"That is more than {_MOST} headers: leave out those that you know.")
    return layout_of(text + "\n", "your header row")


def _counted(headers: Mapping[int, tuple[str, str]]) -> str:
    taken = sum(field != NOT_READ for _, field in headers.values())
    return f"{taken} of {len(headers)} headers are read"


def _says(field: str) -> str:
    return FIELDS[field][0] if field in FIELDS else "a column of the kit's own table"


def _shown(header: str, known: bool) -> str:
    from pcqa_teach.data.reading.header_words import safe

    return header if known or safe(header) else _HIDDEN
