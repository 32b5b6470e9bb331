"""A batch on this computer's own cores."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial

from pcqa_teach.run.batch.one import Outcome, Practice
from pcqa_teach.run.many import side_by_side

Make = Callable[[Practice], Outcome]


def outcomes(
    practices: Sequence[Practice], make: Make, workers: int | None
) -> Generator[Outcome, None, None]:
    """Give each practice's outcome as it ends."""
    works = {one.label: partial(make, one) for one in practices}
    for _, done in side_by_side(works, workers=workers):
        if isinstance(done, Exception):
            raise done
        yield done
