"""A number that two buttons move down and up, so that it needs neither slider nor arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pcqa_teach.widgets.controls import button, row, said


class Stepper:
    """A value out of a few, moved one place at a time; it stops at either end.

    Parameters
    ----------
    name : str
        What it is: "Staff from 8 to 9".
    values : sequence
        The values in order.
    start : one of the values
    say : function of a value, giving its words
    down, up : str
        What the two buttons are called; each names what it moves, for whoever cannot see the row.

    Examples
    --------
    >>> staff = Stepper("Staff", range(1, 4), 3, str, "One fewer", "One more")
    >>> staff.step(1), staff.value  # there is no more than three
    ('Staff: 3', 3)
    >>> staff.step(-1), staff.value
    ('Staff: 2', 2)
    """

    def __init__(
        self,
        name: str,
        values: Sequence[Any],
        start: Any,
        say: Callable[[Any], str],
        down: str,
        up: str,
    ) -> None:
        self._name, self._values, self._say = name, list(values), say
        self._down, self._up = down, up
        self._place = self._values.index(start)

    @property
    def value(self) -> Any:
        """The value as it stands."""
        return self._values[self._place]

    @property
    def said(self) -> str:
        """The name and the value, as the panel says them."""
        return f"{self._name}: {self._say(self.value)}"

    def step(self, places: int) -> str:
        """Move by so many places, no further than the ends; return what is said then."""
        self._place = min(max(self._place + places, 0), len(self._values) - 1)
        return self.said

    def widget(self) -> Any:
        """Return the row for a panel: what it is, and the two buttons."""
        import ipywidgets as w

        words = w.HTML(layout=w.Layout(width="24em"))

        def move(places: int) -> None:
            words.value = said(self.step(places))

        move(0)
        return row(
            words,
            button(self._down, f"{self._down}. {self._name}", lambda: move(-1)),
            button(self._up, f"{self._up}. {self._name}", lambda: move(1)),
        )
