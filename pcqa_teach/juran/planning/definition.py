"""An operational definition: what counts, so that two people would count the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import optional, text, texts, yes_no
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.planning.vague import vague_words

_RATIO = re.compile(
    r"%|\b(share|rate|ratio|proportion|percent(?:age)?|per|average|mean|median)\b|/", re.IGNORECASE
)


@dataclass(frozen=True, repr=False)
class OperationalDefinition(Shown):
    """What is counted, what is not, of how many, over what time, how, by whom and when."""

    name: str
    unit: str
    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    denominator: str | None
    window: str | None
    how: str | None
    who: str | None
    when: str | None

    @property
    def table(self) -> pd.DataFrame:
        """A row a part: part, words."""
        rows = [
            ("Measure", self.name),
            ("Unit", self.unit),
            ("Counts", "; ".join(self.counts)),
            ("Does not count", "; ".join(self.does_not_count) or None),
            ("Out of", self.denominator or _half_said(self.unit)),
            ("Over what time", self.window),
            ("How it is found", self.how),
            ("Who counts", self.who),
            ("When", self.when),
        ]
        return pd.DataFrame(rows, columns=["part", "words"], dtype=object)

    @property
    def checks(self) -> pd.DataFrame:
        """A row a check: check, passes, advice (empty when it passes)."""
        return pd.DataFrame(_checks(self), columns=["check", "passes", "advice"])

    @property
    def advice(self) -> list[str]:
        """What is still to be said, one sentence a gap."""
        return [advice for _, passes, advice in _checks(self) if not passes]

    @property
    def clear(self) -> bool:
        """Whether every check of the wording passes; only trying it out shows the rest."""
        return not self.advice

    def try_out(self, first: Sequence[bool], second: Sequence[bool]) -> pd.DataFrame:
        """Hold two people's yes and no on the same items against each other.

        Parameters
        ----------
        first, second : of each item, whether it counts, as each person judged alone

        Returns
        -------
        DataFrame of one row: items, same, differ, agreement (%), first_counts, second_counts

        Raises
        ------
        DataError
            The lists are empty, not of one length, or hold something else than yes and no.

        Examples
        --------
        >>> calls = operational_definition("Calls answered", unit="calls", counts="A person spoke")
        >>> calls.try_out([True, True, False, True, False], [True, False, False, True, False])
           items  same  differ  agreement  first_counts  second_counts
        0      5     4       1       80.0             3              2
        """
        return _try_out(first, second)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.planning import draw, words

        return Showing(
            words.definition_message,
            words.definition_explain,
            words.definition_alt,
            draw.definition_figure,
        )


def operational_definition(
    name: str,
    *,
    unit: str,
    counts: str | Sequence[str],
    does_not_count: str | Sequence[str] = (),
    denominator: str | None = None,
    window: str | None = None,
    how: str | None = None,
    who: str | None = None,
    when: str | None = None,
) -> OperationalDefinition:
    """Write down what is counted so that two people, counting alone, would get the same number.

    The checks ask for each part, for a denominator where the unit is a share, a rate or an
    average, for a time window, and for words that are open to opinion; the list of such words
    is our own.

    Parameters
    ----------
    name : what the measure is called
    unit : what one of it is: "calls", "minutes", "% of calls"
    counts, does_not_count : what is in, what is out; a text or a list
    denominator : of how many, where the unit is a share or a rate
    window : the time that one value covers: "Monday to Friday, 08:00 to 10:00"
    how, who, when : where it is read, by whom, how often

    Returns
    -------
    OperationalDefinition

    Raises
    ------
    DataError
        The name, the unit or what counts is empty, or an entry is not text.

    Examples
    --------
    >>> answered = operational_definition(
    ...     "Calls answered", unit="% of calls", counts="A person spoke within 5 minutes",
    ...     does_not_count="The recorded message", window="A working day, 08:00 to 18:30",
    ...     how="Telephone report", who="Reception lead", when="Each Monday")
    >>> answered.advice
    ['Which calls: all, or only those who waited past the menu? Fill in denominator.']

    Notes
    -----
    Juran and Godfrey, Juran's Quality Handbook (1999), on the unit of measure and the sensor.
    """
    said = texts(counts, "counts")
    if not said:
        raise DataError("counts is empty: say what counts.")
    return OperationalDefinition(
        text(name, "name", "say what the measure is called"),
        text(unit, "unit", "say what one of it is, such as 'calls' or '% of calls'"),
        said,
        texts(does_not_count, "does_not_count"),
        optional(text, denominator, "denominator"),
        optional(text, window, "window"),
        optional(text, how, "how"),
        optional(text, who, "who"),
        optional(text, when, "when"),
    )


def _things(unit: str) -> str | None:
    """Give what a unit is a share of.

    >>> _things("% of calls"), _things("minutes per call")
    ('calls', None)
    """
    found = re.search(r"(?:%|per ?cent(?:age)?|share|proportion) of (?:all )?(\S.*)", unit)
    return found.group(1).strip() if found else None


def _half_said(unit: str) -> str | None:
    things = _things(unit)
    return things and f"{things} (not said yet which)"


def _out_of(unit: str) -> str:
    """Ask for the denominator, going by what the unit has said of it."""
    things = _things(unit)
    if things is None:
        return "The unit is a share, a rate or an average: say out of what. Fill in denominator."
    part = "those who waited past the menu" if "call" in things else "some of them"
    return f"Which {things}: all, or only {part}? Fill in denominator."


def _checks(one: OperationalDefinition) -> list[tuple[str, bool, str]]:
    vague = vague_words(" ".join([*one.counts, *one.does_not_count, one.denominator or ""]))
    both = {c.casefold() for c in one.counts} & {c.casefold() for c in one.does_not_count}
    ratio = bool(_RATIO.search(f"{one.unit} {one.name}"))
    words = ", ".join(f"'{word}'" for word in vague[:4])
    checks = [
        ("says what does not count", bool(one.does_not_count),
         "Name at least one thing that does not count."),
        ("nothing both counts and does not", not both,
         "The same thing both counts and does not: choose one."),
        ("says out of how many", bool(one.denominator) or not ratio,
         _out_of(one.unit)),
        ("says over what time", bool(one.window),
         "Say what time one value covers, with its hours and days."),
        ("says how it is found", bool(one.how),
         "Say where the number is read: which report, screen or sheet."),
        ("says who counts", bool(one.who), "Say who counts, by role."),
        ("says when it is counted", bool(one.when), "Say when, or how often."),
        ("no word open to opinion", not vague,
         f"Two people may read {words} differently: say what would be seen or timed instead."),
    ]  # fmt: skip
    return [(check, passes, "" if passes else advice) for check, passes, advice in checks]


def _try_out(first: Any, second: Any) -> pd.DataFrame:
    a, b = _judged(first), _judged(second)
    if not len(a) or len(a) != len(b):
        raise DataError(
            f"The two lists have {len(a)} and {len(b)} items: give both people the same items."
        )
    same = int((a == b).sum())
    return pd.DataFrame(
        {
            "items": [len(a)],
            "same": [same],
            "differ": [len(a) - same],
            "agreement": [100 * same / len(a)],
            "first_counts": [int(a.sum())],
            "second_counts": [int(b.sum())],
        }
    )


def _judged(given: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise DataError("try_out needs two lists of True and False, one entry an item.")
    return np.array(
        [yes_no(one, f"item {place}") for place, one in enumerate(given, 1)], dtype=bool
    )
