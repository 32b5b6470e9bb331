"""Whether an answer is right, which of its parts are, and which misconception it shows.

Marks and hints come from the same comparison: `judge` turns it into points, `check` into a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons.answers import NotPlain, is_empty, number, plain

Within = float | Mapping[str, float]
Predicate = Callable[[Any], bool]
Misconceptions = Mapping[str, tuple[Any, str] | tuple[Predicate, str, Any]]
"""By name: a wrong answer, or a question to put to the answer, and its hint; for a question also an
example that it catches."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What an answer turned out to be.

    `right` and `wrong` name its parts where the answer has named parts; `hint` is the first
    misconception's that matches, "" where none does.
    """

    outcome: Literal["right", "part", "wrong", "empty", "unreadable"]
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    misconception: str = ""
    hint: str = ""

    def parts_said(self) -> str:
        """Name the parts that are right and those that are not."""
        right, wrong = (
            ", ".join(part.replace("_", " ") for part in parts)
            for parts in (self.right, self.wrong)
        )
        said_already = self.hint.startswith("Look again at")
        return f"In place: {right}. {'Not yet' if said_already else 'Look again at'}: {wrong}."


def assess(
    answer: object,
    expect: Any,
    within: Within = 0,
    misconceptions: Misconceptions | None = None,
) -> Verdict:
    """Compare an answer with what is expected; nothing in the answer can make this fail.

    Parameters
    ----------
    answer
        Anything at all.
    expect
        A number, text, bool, list (in order), set (in any order) or dict of these. With a dict,
        each named part is right or wrong by itself.
    within
        How far off a number may be; for a dict, one for all parts or one by name.
    misconceptions
        Looked through in order when the answer is not right.

    Examples
    --------
    >>> assess(5.0, 6.6, within=0.1, misconceptions={"median": (5, "That is the median.")}).hint
    'That is the median.'
    >>> assess({"mean": 6.61, "upper": 9}, {"mean": 6.6, "upper": 8}, within=0.1).right
    ('mean',)
    """
    try:
        given = plain(answer)
    except (NotPlain, RecursionError, MemoryError):
        return Verdict("unreadable")
    if is_empty(given) and not is_empty(_listed(expect)):
        return Verdict("empty")
    if isinstance(expect, Mapping):
        right, wrong = _parts(given, expect, within)
    else:
        whole = same(given, expect, _tolerance(within, ""))
        right, wrong = ((), ()) if whole else ((), ("answer",))
    if not wrong:
        return Verdict("right", right)
    name, hint = _first_match(given, within, misconceptions or {})
    return Verdict("part" if right else "wrong", right, wrong, name, hint)


def same(given: Any, expect: Any, within: float = 0) -> bool:
    """Say whether a plain answer equals what is expected.

    Text is compared without regard to case and spacing; a number given as text counts as that
    number; a set's members may come in any order.

    >>> same("  b ", "B"), same(3, True), same([9, 3], {3, 9})
    (True, False, True)
    """
    if isinstance(expect, bool):
        return type(given) is bool and given is expect
    if isinstance(expect, (int, float)):
        value = number(given)
        return value is not None and abs(value - expect) <= within + _ROUNDING
    if isinstance(expect, str):
        return type(given) is str and _folded(given) == _folded(expect)
    if isinstance(expect, (set, frozenset)):
        return _same_members(given if type(given) is list else [given], expect, within)
    if isinstance(expect, (list, tuple)):
        return (
            type(given) is list
            and len(given) == len(expect)
            and all(same(one, other, within) for one, other in zip(given, expect, strict=True))
        )
    if isinstance(expect, Mapping):
        return type(given) is dict and not _parts(given, expect, within)[1]
    raise LessonError("A lesson's key may hold numbers, text, yes/no, lists, sets and dicts only.")


def _same_members(given: list[Any], expect: set[Any] | frozenset[Any], within: float) -> bool:
    known = all(any(same(one, other, within) for other in expect) for one in given)
    return known and all(any(same(one, other, within) for one in given) for other in expect)


def _parts(
    given: Any, expect: Mapping[str, Any], within: Within
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the parts that are right, and of those that are not."""
    parts = given if type(given) is dict else {}
    right = tuple(
        name
        for name, value in expect.items()
        if name in parts and same(parts[name], value, _tolerance(within, name))
    )
    return right, tuple(name for name in expect if name not in right)


def _first_match(given: Any, within: Within, misconceptions: Misconceptions) -> tuple[str, str]:
    for name, (shown, hint, *_) in misconceptions.items():
        if _shows(given, shown, within):
            return name, hint
    return "", ""


def _shows(given: Any, shown: Any, within: Within) -> bool:
    """Say whether the answer shows a misconception; a question that fails is answered no."""
    if callable(shown):
        try:
            return bool(shown(given))
        except Exception:  # noqa: BLE001  (whatever a lesson's question meets in an answer)
            return False
    if isinstance(shown, Mapping):
        return type(given) is dict and not _parts(given, shown, within)[1]
    return same(given, shown, _tolerance(within, ""))


def _tolerance(within: Within, name: str) -> float:
    return float(within.get(name, 0)) if isinstance(within, Mapping) else float(within)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _listed(expect: Any) -> Any:
    if isinstance(expect, (set, frozenset, tuple)):
        return list(expect)
    return dict(expect) if isinstance(expect, Mapping) else expect
