"""What every result offers: its message, its words, what one would say aloud, its picture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.sayings import heading

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.figures.figure import Figure
    from pcqa_teach.figures.table import Table


@dataclass(frozen=True)
class Showing:
    """The functions that say and draw one kind of result; each takes the result."""

    message: Callable[[Any], str]
    explain: Callable[[Any], str]
    alt_text: Callable[[Any], str]
    figure: Callable[[Any], Figure]


class Shown(ABC):
    """A result that says and draws itself; a notebook shows the picture.

    The sums stand in the result's own module, as `table`, a frame; the words and the drawing beside
    it: `_showing` names them, and imports them only when they are wanted.
    """

    @abstractmethod
    def _showing(self) -> Showing:
        """Name the functions that say and draw this."""

    @property
    def message(self) -> str:
        """The message in one line, as the picture's title says it."""
        return self._showing().message(self)

    def explain(self) -> str:
        """Say in plain English what was found, why it is so, and what it cannot tell."""
        return self._showing().explain(self)

    @property
    def alt_text(self) -> str:
        """What a colleague would say aloud about the picture."""
        return self._showing().alt_text(self)

    def figure(self) -> Figure:
        """Draw the finished picture with its alt text."""
        return self._showing().figure(self)

    def data_table(self) -> Table:
        """Give the numbers behind the picture as a table that a screen reader can walk."""
        from pcqa_teach.figures.table import table

        frame: pd.DataFrame = self.table  # type: ignore[attr-defined]  # a field or a property
        return table(frame.rename(columns=heading), f"{self.message}.")

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        return self.figure()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.message}>"
