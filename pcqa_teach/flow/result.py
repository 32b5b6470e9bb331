"""What every result of this package offers: its message, its words, its picture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure


class Result(ABC):
    """A finished answer: frames in its fields, and the ways to say and to show them."""

    @property
    @abstractmethod
    def message(self) -> str:
        """The answer in one line."""

    @abstractmethod
    def explain(self) -> str:
        """Say the answer, why it is so, and what it leaves out."""

    @property
    @abstractmethod
    def alt_text(self) -> str:
        """What a colleague would say of the picture to somebody who cannot see it."""

    @abstractmethod
    def figure(self) -> Figure:
        """Draw the picture."""

    def __repr__(self) -> str:
        return f"<{self.message}>"

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        shown: tuple[dict[str, str], dict[str, Any]]
        shown = self.figure()._repr_mimebundle_(include, exclude)
        return shown
