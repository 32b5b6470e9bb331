"""What of a run lesson may leave the practice: its recorded results, made safe to share.

Nothing is shared but what says how it may be. Counts of people and appointments are rounded to 5,
and in words below 8. A rate is that of the rounded counts, to three figures. A rate, or a count
that is part of another, is held back where it or what is left of the whole may be small. Texts are
shared where the lesson names them as words; all else is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.lessons.record import heading, rows, within_brackets
from pcqa_teach.privacy import FEW_SHARED, LEAST_SHARED, ROUNDED_TO, to_share
from pcqa_teach.run import gather
from pcqa_teach.sayings import names_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

HELD = "held back"
_WHY = f"held back: it, or a part that it would give away, may be fewer than {LEAST_SHARED}"
_FIGURES = 3
_OUT = 2 * (ROUNDED_TO // 2)  # by how much the difference of two rounded counts may be out
_LEAST_LEFT = LEAST_SHARED + _OUT


@dataclass(frozen=True)
class Shared:
    """Results that may leave the practice.

    Attributes
    ----------
    results : dict
        By name: a number, text, yes/no or None.
    rows : dict
        The same as they are read: by heading, what is said.
    """

    results: dict[str, Any]
    rows: dict[str, str]


def shared(notebook: NotebookNode) -> Shared:
    """Return what of an executed lesson's results may leave the practice."""
    found: dict[str, Any] = {}
    said: dict[str, str] = {}
    for about in _recorded(notebook):
        told = about.get("sharing", {})
        safe = results(about["results"], **told)
        found |= safe
        rates = {*told.get("rests_on", ()), *told.get("means", ())}
        said |= _rows(safe, about.get("labels"), rates)
    return Shared(found, said)


def results(
    recorded: Mapping[str, Any],
    counts: Sequence[str | Sequence[str | int | None]] = (),
    exact: Sequence[str] = (),
    words: Sequence[str] = (),
    rests_on: Mapping[str, Sequence[str | int | None]] | None = None,
    means: Mapping[str, Sequence[str | int | None]] | None = None,
) -> dict[str, Any]:
    """Return recorded results as they may be shared; what is not said to be so is left out.

    Parameters
    ----------
    recorded : dict
        By name, what `pcqa.record` was given.
    counts, exact, words, rests_on, means
        As given to `pcqa.record`.

    Examples
    --------
    >>> results({"weeks": 26, "missed": 3, "of": 1243, "rate": 0.2413, "worst": "Dr A"},
    ...         counts=["missed", "of"], exact=["weeks"], rests_on={"rate": ["missed", "of"]})
    {'weeks': 26, 'missed': 'fewer than 8', 'of': 1245, 'rate': 'held back'}
    >>> results({"missed": 83, "of": 1243, "rate": 6.6774}, counts=["missed", "of"],
    ...         rests_on={"rate": ["missed", "of"]})
    {'missed': 85, 'of': 1245, 'rate': 6.83}
    >>> results({"people": 240, "seen_once": 236}, counts=["people", ["seen_once", "people"]])
    {'people': 240, 'seen_once': 'held back'}
    >>> results({"mondays": 3.0, "others": 9.1}, means={"mondays": [6, 2], "others": [73, 8]})
    {'mondays': 'held back', 'others': 9.38}
    """
    rows = [[one] if isinstance(one, str) else one for one in counts]
    counted = {str(row[0]): row for row in rows}
    rests, totals, safe = rests_on or {}, means or {}, {}
    for name, value in recorded.items():
        if name in exact or (name in words and isinstance(value, str)):
            safe[name] = value
        elif name in rests or name in totals:
            on = _known(recorded, rests.get(name) or totals[name])
            unknown = value is None or None in on
            safe[name] = None if unknown else _percent(*on) if name in rests else _mean(*on)
        elif name in counted and value is not None:
            safe[name] = _count(*_known(recorded, counted[name]))
    return safe


def _known(recorded: Mapping[str, Any], on: Sequence[str | int | None]) -> list[Any]:
    return [recorded.get(one) if isinstance(one, str) else one for one in on]


def _count(part: int, *whole: int | None) -> int | str:
    shown = to_share(part)
    known = [count for count in whole if count is not None]
    return HELD if shown != FEW_SHARED and known and _gives_away(part, *known) else shown


def _percent(part: int, whole: int, *others: int) -> float | str | None:
    """Return what the rounded counts alone would give; they also say whether to hold it back."""
    if FEW_SHARED in (above := to_share(part), below := to_share(whole)):
        return HELD
    if not below:
        return None
    held = _gives_away(part, whole, *others)
    return HELD if held else _figures(100 * float(above) / float(below))


def _gives_away(part: int, whole: int, *others: int) -> bool:
    """Say whether a part, beside the whole that it is of, could give away a small count.

    What is left is judged by the rounded counts, and held back wherever they leave room for 1 to 7:
    so each one that is so small is held, and the words themselves say no more than the rounded
    counts do. That nothing is left is held too. A sight of 100 per cent would say of everybody in
    the group what is said of the group, and its absence would say that somebody is left. A part of
    nought gives away nobody.
    """
    above, below, *rest = (to_share(count) for count in (part, whole, *others))
    if FEW_SHARED in (above, below, *rest):
        return True
    return bool(above) and float(below) - float(above) < _LEAST_LEFT


def _mean(total: int, over: int) -> float | str | None:
    shown = to_share(total)
    return HELD if shown == FEW_SHARED else _figures(float(shown) / over) if over else None


def _figures(value: float) -> float:
    return float(f"{value:.{_FIGURES}g}")


def _rows(
    safe: Mapping[str, Any], labels: Mapping[str, str] | None, rates: Collection[str]
) -> dict[str, str]:
    """Write the rows from what is shared alone; one that names anything else is left out.

    A rate of rounded counts is "about": the report beside it has that of the counts as they are.
    """
    labels = labels or {heading(name): f"{{{name}}}" for name in safe}
    held = {name for name, value in safe.items() if value == HELD}
    known = {head: within_brackets(label, {*safe} - held) for head, label in labels.items()}
    known = {head: label for head, label in known.items() if names_in(label) <= {*safe}}
    near = {name for name in rates if isinstance(safe.get(name), float)}
    said = {
        head: f"about {one}" if names_in(known[head]) & near else str(one)
        for head, one in rows(safe, known).items()
    }
    return {head: _WHY if names_in(label) & held else said[head] for head, label in known.items()}


def _recorded(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for output in gather.outputs(notebook):
        about = output.get("metadata", {}).get("pcqa", {})
        if "results" in about:
            yield about
