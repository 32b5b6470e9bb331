"""Which lessons suit which kind of file, and what each asks of whoever makes a report."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from pcqa_teach import resources
from pcqa_teach.errors import LessonError

LEAST_PRACTICES = 10  # fewer are no comparison
_MEASURES = ("missed", "same_day", "over_14", "telephone", "unknown")  # of d7


@dataclass(frozen=True)
class Held:
    """What is known of the files that were looked at.

    Attributes
    ----------
    kinds : frozenset of str
        What kinds of file they are, as `pcqa.read` names them; "appointments" for a book.
    answers : frozenset of str
        What an appointment book can answer: names in `data.quality.QUESTIONS`.
    practices : int
        How many practices the rows name.
    """

    kinds: frozenset[str]
    answers: frozenset[str] = frozenset()
    practices: int = 0


@dataclass(frozen=True)
class Ask:
    """Something that a lesson wants to be told beside the file: its parameter, label and reader."""

    name: str
    label: str
    hint: str
    read: Callable[[str], Any]
    needed: bool = False


def _number(text: str) -> int:
    figures = text.replace(",", "").replace(" ", "")
    if not (figures.isascii() and figures.isdigit() and int(figures) > 0):
        raise LessonError("Give a whole number, in figures, such as 9800.")
    return int(figures)


def _day(text: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise LessonError("Give a day such as 13/01/2025: the day, the month, the year.")


def _yes(text: str) -> bool:
    said = {"yes": True, "y": True, "no": False, "n": False}.get(text.lower().rstrip("."))
    if said is None:
        raise LessonError("Answer yes or no, or leave it empty.")
    return said


def _measure(text: str) -> str:
    name = "_".join(text.lower().removesuffix(".").removesuffix(" days").split())
    if name not in _MEASURES:
        raise LessonError(
            "Write one of these words: missed, same day, over 14, telephone, unknown."
        )
    return name


_LIST = Ask("list_size", "Registered patients", "in figures, such as 9800", _number)
ASKS: dict[str, tuple[Ask, ...]] = {
    "d1": (_LIST,),
    "d2": (Ask("staff", "How many answer the telephone", "such as 3", _number),),
    "d4": (_LIST,),
    "d5": (Ask("telephone", "Are telephone appointments to be counted", "yes or no", _yes),),
    "d7": (
        Ask(
            "measure",
            "What to compare",
            "missed, same day, over 14 days, telephone or unknown",
            _measure,
        ),
        Ask(
            "mine",
            "Your own practice, to be ringed",
            "its code, such as G12345, or its file's name without the ending",
            str,
        ),
    ),
    "d8": (
        Ask("go_live", "The day the change began", "such as 13/01/2025", _day, needed=True),
        Ask("list_before", "Registered patients on that day", "in figures", _number),
        Ask("list_now", "Registered patients now", "in figures", _number),
        Ask("prediction_written", "Was what you expected written first?", "yes or no", _yes),
        Ask("recording_same", "Is everything recorded as before?", "yes or no", _yes),
        Ask("people_chosen", "Were people chosen because they came most?", "yes or no", _yes),
    ),
    "d9": (Ask("weekly", "Appointments in an ordinary week", "such as 1000", _number),),
}


def _book(question: str = "") -> Callable[[Held], bool]:
    return lambda held: (
        held.kinds == {"appointments"} and (not question or question in held.answers)
    )


def _is(*kinds: str) -> Callable[[Held], bool]:
    return lambda held: len(held.kinds) == 1 and held.kinds <= {*kinds}


def _across(held: Held) -> bool:
    return held.kinds == {"practices"} or (_book()(held) and held.practices >= LEAST_PRACTICES)


def _impact(held: Held) -> bool:
    return bool(held.kinds) and held.kinds <= {
        "appointments", "calls", "call_bands", "tally", "pulse", "survey",
    }  # fmt: skip


SUITS: dict[str, Callable[[Held], bool]] = {
    "d1": _book(),
    "d2": _is("calls", "call_bands"),
    "d3": _is("tally"),
    "d4": _book("patient"),
    "d5": _book("dna"),
    "d6": _book("continuity"),
    "d7": _across,
    "d8": _impact,
    "d9": _is("appropriateness"),
}


def suiting(held: Held) -> dict[str, str]:
    """Return the lessons that suit what was looked at: short name, title.

    Examples
    --------
    >>> list(suiting(Held(frozenset({"tally"}))))
    ['d3', 'd8']
    >>> list(suiting(Held(frozenset({"requests"}))))
    []
    """
    return {short: title for short, title in _titles().items() if SUITS[short](held)}


def answers(lesson: str, given: dict[str, str]) -> dict[str, Any]:
    """Return what was typed as the lesson's parameters; what is empty is left out.

    Raises
    ------
    LessonError
        Something cannot be read, or is needed and not there; one sentence.

    Examples
    --------
    >>> answers("d1", {"list_size": "9,800"})
    {'list_size': 9800}
    """
    found: dict[str, Any] = {}
    for ask in ASKS.get(lesson, ()):
        text = given.get(ask.name, "").strip()
        if not text and ask.needed:
            raise LessonError(f"{ask.label} is needed for this report: {ask.hint}.")
        if text:
            try:
                found[ask.name] = ask.read(text)
            except LessonError as error:
                raise LessonError(f"{ask.label}: {error}") from None
    return found


def unsuited(kinds: Collection[str]) -> str:
    """Say in a sentence that no lesson makes a report of such files."""
    together = "These files together" if len(kinds) > 1 else "A file of this kind"
    return (
        f"{together} can be read, but no report is made of it alone: your coach knows what it is "
        "good for."
    )


def _titles() -> dict[str, str]:
    found = {}
    for lesson in resources.lessons().values():
        if lesson.short in SUITS:
            about = json.loads(lesson.path.read_text(encoding="utf-8"))["metadata"]["pcqa"]
            found[lesson.short] = str(about["title"])
    return found
