"""Where a mutator's choices come from: a stream of small numbers, whoever makes them.

Hypothesis gives a list (which it can shorten: a stream that has ended gives noughts, the plainest
choice), a long run gives a seeded stream without end, and atheris gives the bytes that it guides.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_STEP = 1 << 16


class Dice:
    """Choices out of a stream of numbers below 65,536."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers: Iterator[int] = iter(numbers)

    def below(self, most: int) -> int:
        """Return a number from 0 to `most - 1`; 0 where there is none."""
        number = next(self._numbers, 0)
        if most > _STEP:
            number = number * _STEP + next(self._numbers, 0)
        return number % most if most > 0 else 0

    def of(self, things: Sequence[T]) -> T:
        """Return one of some things."""
        return things[self.below(len(things))]

    def one_in(self, many: int) -> bool:
        """Say yes once in so many times; never when the stream has ended."""
        return self.below(many) == many - 1

    def up_to(self, most: int) -> range:
        """Return a range of 0 to `most` steps."""
        return range(self.below(most + 1))

    def random(self) -> random.Random:
        """Return a generator for what takes many choices at once, such as shuffling."""
        return random.Random(self.below(_STEP))


def seeded(seed: int) -> Dice:
    """Return dice that give the same choices for the same seed, and never end."""
    chance = random.Random(seed)
    return Dice(chance.getrandbits(16) for _ in iter(int, 1))


def of_bytes(data: bytes) -> Dice:
    """Return dice that take their choices from bytes, two at a time."""
    return Dice(int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2))
