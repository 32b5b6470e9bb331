"""Many work together, or one alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets threads in together, and now and then one by itself.

    >>> turns = Turns()
    >>> with turns.together(), turns.together():
    ...     pass
    >>> with turns.alone():
    ...     pass
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside, self._asking, self._taken = 0, 0, False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Work beside others; whoever asks to be alone goes first."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken and not self._asking)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work while nobody else does."""
        with self._changed:
            self._asking += 1
            self._changed.wait_for(lambda: not self._taken and not self._inside)
            self._asking -= 1
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
