"""How every result of this package shows itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.figures import Figure


class Shown(ABC):
    """A result with a table, words, alt text and a picture; a notebook shows the picture."""

    @property
    @abstractmethod
    def table(self) -> pd.DataFrame:
        """What may be shared, as a frame with plain headings; small numbers are held back."""

    @property
    @abstractmethod
    def message(self) -> str:
        """The message in one line, as the picture's title says it."""

    @property
    @abstractmethod
    def alt_text(self) -> str:
        """What a colleague would say aloud about the picture."""

    @abstractmethod
    def explain(self) -> str:
        """Say in plain English what was found and what it cannot tell."""

    @abstractmethod
    def figure(self) -> Figure:
        """Draw the finished picture with its alt text."""

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data, about = self.figure()._repr_mimebundle_(include, exclude)
        return data, about

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.message}>"
