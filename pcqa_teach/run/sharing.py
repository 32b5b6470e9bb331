"""What of a run lesson may leave the practice: its recorded results, made safe to share.

Counts of people and appointments are rounded to 5, and in words below 8. A rate is that of the
rounded counts, to three figures, and held back where it would give a small count away. Words are
the lesson's own: lessons record no name and no row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.privacy import LEAST_ROUNDED, to_share
from pcqa_teach.run import gather

if TYPE_CHECKING:
    from nbformat import NotebookNode

HELD = "held back"
_WHY = f"held back: it rests on fewer than {LEAST_ROUNDED}"
_NO_NUMBER = ("nan", "inf", "-inf")
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
    exact: tuple[str, ...] | list[str] = (),
    rests_on: Mapping[str, list[str]] | None = None,
    adds_up: Mapping[str, list[str]] | None = None,
    shares_of: Mapping[str, list[str]] | None = None,
) -> dict[str, Any]:
    """Return recorded results as they may be shared.

    Parameters
    ----------
    recorded : dict
        By name, what `pcqa.record` was given.
    exact, rests_on, adds_up, shares_of
        As given to `pcqa.record`.

    Examples
    --------
    >>> results({"weeks": 26, "missed": 3, "of": 1243, "rate": 0.2413}, exact=["weeks"],
    ...         rests_on={"rate": ["missed", "of"]})
    {'weeks': 26, 'missed': 'fewer than 8', 'of': 1245, 'rate': 'held back'}
    >>> results({"missed": 83, "of": 1243, "rate": 6.6774}, rests_on={"rate": ["missed", "of"]})
    {'missed': 85, 'of': 1245, 'rate': 6.83}
    >>> results({"of": 242, "some": 24.38, "few": 1.24}, shares_of={"of": ["some", "few"]})
    {'of': 240, 'some': 25.0, 'few': 'held back'}
    """
    recorded = {**recorded, **_of_wholes(recorded, shares_of or {})}
    rests = {rate: [recorded[name] for name in on] for rate, on in (rests_on or {}).items()}
    held = {rate for rate, counts in rests.items() if _small(counts)}
    held |= {name for total in (adds_up or {}).items() for name in _gone_with(recorded, *total)}
    return {
        name: value
        if name in exact
        else HELD
        if name in held
        else _safe(_of_rounded(value, rests.get(name, [])))
        for name, value in recorded.items()
    }


def _of_wholes(
    recorded: Mapping[str, Any], shares_of: Mapping[str, list[str]]
) -> dict[str, float | str]:
    """Return per cents as if their counts had been rounded; held back where a count is small."""
    made: dict[str, float | str] = {}
    for whole, names in shares_of.items():
        total = recorded[whole]
        for name in names:
            share = recorded[name]
            if isinstance(share, (int, float)) and isinstance(total, int) and total > 0:
                part = round(share / 100 * total)
                few = _small([part, total])
                made[name] = HELD if few else 100 * float(to_share(part)) / float(to_share(total))
    return made


def _of_rounded(value: Any, counts: list[Any]) -> Any:
    """Return a rate as the rounded counts would give it, so that it says no more than they do."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    for place, count in enumerate(counts):
        if isinstance(count, int) and abs(count) >= LEAST_ROUNDED:
            change = float(to_share(count)) / count
            value = value * change if place == 0 else value / change
    return value


def _small(counts: list[Any]) -> bool:
    """Say whether a count that a rate rests on, or what is left of the one below it, is small."""
    whole = [count for count in counts if isinstance(count, int)]
    if len(whole) > 1:
        whole.append(whole[1] - whole[0])
    return any(0 < abs(count) < LEAST_ROUNDED for count in whole)


def _gone_with(recorded: Mapping[str, Any], total: str, parts: list[str]) -> set[str]:
    """Return what goes with the small parts of a total, that they be not found from the others."""
    import pandas as pd

    from pcqa_teach.variation import shareable
    from pcqa_teach.variation.small_cells import HELD as GONE

    counts = {name: recorded[name] for name in parts if recorded[name] is not None}
    if not counts:
        return set()
    texts = shareable(pd.Series(counts), below=LEAST_ROUNDED).to_numpy()
    return {name for name, text in zip([*counts, total], texts, strict=True) if text == GONE}


def _safe(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _safe(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_safe(part) for part in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return to_share(value)
    if value in _NO_NUMBER or (isinstance(value, float) and not math.isfinite(value)):
        return None  # JSON has no word for it, and a notebook puts it in letters
    return float(f"{value:.{_FIGURES}g}") if isinstance(value, float) else value


def _rows(safe: Mapping[str, Any], labels: Mapping[str, str] | None) -> dict[str, str]:
    from pcqa_teach.lessons.record import rows

    held = {name for name, value in safe.items() if value == HELD}
    said = rows(safe, labels)
    for heading, label in (labels or {}).items():
        if any(f"{{{name}{end}" in label for name in held for end in (":", "}")):
            said[heading] = _WHY
    return {heading: "not known" if text is None else str(text) for heading, text in said.items()}


def _recorded(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for output in gather.outputs(notebook):
        about = output.get("metadata", {}).get("pcqa", {})
        if "results" in about:
            yield about
