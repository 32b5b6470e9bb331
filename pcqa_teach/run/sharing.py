"""What of a run lesson may leave the practice: its recorded results, made safe to share.

Nothing is shared but what says how it may be. Counts of people and appointments are rounded to 5,
and in words below 8. A rate is that of the rounded counts, to three figures, and held back where
they are small. Texts are shared where the lesson names them as words; all else is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.lessons.record import heading, rows, within_brackets
from pcqa_teach.privacy import FEW_SHARED, LEAST_ROUNDED, to_share
from pcqa_teach.run import gather
from pcqa_teach.sayings import names_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

HELD = "held back"
_WHY = f"held back: it, or a part that it would give away, is fewer than {LEAST_ROUNDED}"
_FIGURES = 3


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
        safe = results(about["results"], **about.get("sharing", {}))
        found |= safe
        said |= _rows(safe, about.get("labels"))
    return Shared(found, said)


def results(
    recorded: Mapping[str, Any],
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
    exact, words, rests_on, means
        As given to `pcqa.record`.

    Examples
    --------
    >>> results({"weeks": 26, "missed": 3, "of": 1243, "rate": 0.2413, "worst": "Dr A"},
    ...         exact=["weeks"], rests_on={"rate": ["missed", "of"]})
    {'weeks': 26, 'missed': 'fewer than 8', 'of': 1245, 'rate': 'held back'}
    >>> results({"missed": 83, "of": 1243, "rate": 6.6774}, rests_on={"rate": ["missed", "of"]})
    {'missed': 85, 'of': 1245, 'rate': 6.83}
    >>> results({"mondays": 3.0, "others": 9.1}, means={"mondays": [6, 2], "others": [73, 8]})
    {'mondays': 'held back', 'others': 9.38}
    """
    rests, totals, safe = rests_on or {}, means or {}, {}
    for name, value in recorded.items():
        if name in exact or (name in words and isinstance(value, str)):
            safe[name] = value
        elif name in rests or name in totals:
            on: list[Any] = [recorded.get(one) if isinstance(one, str) else one
                  for one in rests.get(name) or totals[name]]  # fmt: skip
            unknown = value is None or None in on
            safe[name] = None if unknown else _percent(*on) if name in rests else _mean(*on)
        elif isinstance(value, int):
            safe[name] = value if isinstance(value, bool) else to_share(value)
    return safe


def _percent(part: int, whole: int, *others: int) -> float | str | None:
    """Return what the rounded counts alone would give; they also say whether to hold it back."""
    above, below, *rest = (to_share(count) for count in (part, whole, *others))
    if FEW_SHARED in (above, below, *rest):
        return HELD
    if not below:
        return None
    left = float(below) - float(above)
    return HELD if above and left < LEAST_ROUNDED else _figures(100 * float(above) / float(below))


def _mean(total: int, over: int) -> float | str | None:
    shown = to_share(total)
    return HELD if shown == FEW_SHARED else _figures(float(shown) / over) if over else None


def _figures(value: float) -> float:
    return float(f"{value:.{_FIGURES}g}")


def _rows(safe: Mapping[str, Any], labels: Mapping[str, str] | None) -> dict[str, str]:
    """Write the rows from what is shared alone; one that names anything else is left out."""
    labels = labels or {heading(name): f"{{{name}}}" for name in safe}
    held = {name for name, value in safe.items() if value == HELD}
    known = {head: within_brackets(label, {*safe} - held) for head, label in labels.items()}
    known = {head: label for head, label in known.items() if names_in(label) <= {*safe}}
    said = rows(safe, known)
    return {
        head: _WHY if names_in(label) & held else str(said[head]) for head, label in known.items()
    }


def _recorded(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for output in gather.outputs(notebook):
        about = output.get("metadata", {}).get("pcqa", {})
        if "results" in about:
            yield about
