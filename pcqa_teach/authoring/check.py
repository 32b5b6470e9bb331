"""Whether a lesson is done: each rule, and what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.authoring import form, graded, ran, words
from pcqa_teach.authoring.source import Source, source
from pcqa_teach.errors import PcqaError

TO_WRITE = "✎"


@dataclass(frozen=True)
class Finding:
    """A rule, and what in a lesson breaks it; nothing where it holds.

    Attributes
    ----------
    rule : str
        The rule, as a sentence.
    faults : tuple of str
        What breaks it, each as it is told.
    """

    rule: str
    faults: tuple[str, ...]


def check(path: Path | str, *, run: bool = True) -> Iterator[Finding]:
    """Give each rule that a lesson is held to, as soon as it has been looked at.

    Parameters
    ----------
    path : path
        The lesson's source notebook.
    run : bool
        Whether the lesson is run too: in full, untouched, on an export, and by the clock.

    Raises
    ------
    LessonError
        The file is no notebook.
    """
    lesson = Source.read(path)
    for rule in (*form.RULES, *graded.RULES, *words.RULES):
        yield _finding(rule, lesson)
    if run:
        once = ran.Run(lesson)
        for run_rule in (*ran.RULES, ran.TIMED):
            yield _finding(run_rule, once)


def still_to_write(path: Path | str) -> int:
    """Return how many places of a skeleton still wait for words of one's own."""
    return sum(source(cell).count(TO_WRITE) for cell in Source.read(path).cells)


def _finding(rule: Callable[[Any], list[str]], subject: Any) -> Finding:
    try:
        faults = rule(subject)
    except PcqaError as error:
        faults = [str(error)]
    return Finding((rule.__doc__ or rule.__name__).strip(), tuple(faults))
