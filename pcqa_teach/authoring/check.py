"""Whether a lesson is done: each rule, and what breaks it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.authoring import form, graded, ran, words
from pcqa_teach.authoring.source import Source
from pcqa_teach.errors import PcqaError

READ = (*form.RULES, *graded.RULES, *words.RULES)
RUN = (*ran.RULES, ran.TIMED)


@dataclass(frozen=True)
class Finding:
    """A rule, and what in a lesson breaks it; nothing where it holds or was not looked at.

    Attributes
    ----------
    rule : str
        The rule, as a sentence.
    faults : tuple of str
        What breaks it, each as it is told.
    unseen : str
        Why the rule could not be looked at; nothing where it was.
    """

    rule: str
    faults: tuple[str, ...]
    unseen: str = ""


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
    for rule in READ:
        yield _finding(rule, lesson)
    if run:
        once = ran.Run(lesson)
        for run_rule in RUN:
            yield _finding(run_rule, once)


def not_looked_at() -> list[str]:
    """Return the rules, as sentences, that need the lesson to be run."""
    return [_said(rule) for rule in RUN]


def _finding(rule: Callable[[Any], list[str]], subject: Any) -> Finding:
    try:
        faults = rule(subject)
    except ran.NotLookedAtError as error:
        return Finding(_said(rule), (), str(error))
    except PcqaError as error:
        faults = [str(error)]
    except Exception as error:  # noqa: BLE001
        # A lesson that is being written can be odd in ways that no rule foresees, and the rules
        # that come after are wanted all the same.
        faults = [f"{_place(error, subject)} cannot be looked at ({type(error).__name__}: {error})"]
    return Finding(_said(rule), tuple(faults))


def _said(rule: Callable[[Any], list[str]]) -> str:
    return (rule.__doc__ or rule.__name__).strip()


def _place(error: Exception, subject: Source | ran.Run) -> str:
    """Say which cell a rule was looking at when it failed: every rule calls it `cell`."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    cells = [frame.f_locals["cell"] for frame in frames if "cell" in frame.f_locals]
    if not cells or not isinstance(cells[-1], Mapping):
        return "the lesson"
    return subject.where(cells[-1])
