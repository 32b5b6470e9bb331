"""Results that a lesson hands to the report: shown as a small table, carried along as data."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pcqa_teach.errors import LessonError
from pcqa_teach.sayings import names_in

_LONGEST = 300


def record(
    *,
    labels: Mapping[str, str] | None = None,
    counts: Sequence[str | Sequence[str | int | None]] = (),
    exact: Collection[str] = (),
    words: Collection[str] = (),
    rests_on: Mapping[str, Sequence[str | int | None]] | None = None,
    means: Mapping[str, Sequence[str | int | None]] | None = None,
    **values: object,
) -> None:
    """Show results in a small table and keep them for the report's summary.

    The output's metadata carry `{"pcqa": {"results": {...}}}`; the report gathers these. A result
    is a number, text, yes/no, a date or None: never a table, so that no row can travel with it.

    Of these a practice shares what is named below, and nothing else: all the rest stays in the
    report.

    Parameters
    ----------
    labels : dict, optional
        The table's rows as people would say them: a heading, and a text in which {NAME} stands for
        a result and {NAME:.1f} for a rounded one. What stands in [brackets] is left out where a
        result in it is not shared. None: a row a result, under its own name.
    counts : list, optional
        Whole numbers of people or appointments, shared rounded to 5 (`privacy.to_share`). Each is a
        name; or, for a part of another, its name, the whole, and any other count that the two would
        give away: it is held back where what is left of the whole may be small.
    exact : list of str, optional
        Whole numbers that count nobody (weeks, say), yes or no, settings, and published figures.
    words : list of str, optional
        Texts that hold no figure of a person or an appointment.
    rests_on : dict, optional
        By a per cent, the counts that it is of: the part, the whole, and any other that it would
        give away. Each is a number or the name of a result. What is shared is 100 times the
        rounded part by the rounded whole.
    means : dict, optional
        By a mean, its total count, and over how many days or weeks.
    **values
        The results by name, kept under that name whatever the table shows.

    Raises
    ------
    LessonError
        A value is of another kind, its text is longer than 300 characters, a name that is told of
        (in a label, say) is not recorded, or a count is no whole number.

    Examples
    --------
    >>> record(weeks=26, dna_percent=6.66)
    Weeks: 26
    Dna percent: 6.66
    >>> said = "mean {mean:.1f}%, ordinary range {low:.1f}% to {high:.1f}%"
    >>> record(mean=5.83, low=0.0, high=14.02, labels={"Missed": said})
    Missed: mean 5.8%, ordinary range 0.0% to 14.0%
    """
    plain = {name: _plain(name, value) for name, value in values.items()}
    on = {
        told: {name: [*counts] for name, counts in (given or {}).items()}
        for told, given in (("rests_on", rests_on), ("means", means))
    }
    shared = [[one] if isinstance(one, str) else [*one] for one in counts]
    behind = [*shared, *(row for given in on.values() for row in given.values())]
    named = [one for row in behind for one in row if isinstance(one, str)]
    for name in (*exact, *words, *on["rests_on"], *on["means"], *named):
        if name not in plain:
            raise LessonError(f"record(...) is told of '{name}', which is not recorded.")
    for name in (str(row[0]) for row in shared):
        if plain[name] is not None and type(plain[name]) is not int:
            raise LessonError(
                f"record(...) is told that '{name}' is a count, and it is {plain[name]!r}: give a "
                "whole number, or name it under rests_on, means or words."
            )
    sharing = {"counts": shared, "exact": [*exact], "words": [*words], **on}
    shown = Results(plain, labels, sharing)
    if _in_notebook():
        from IPython.display import display

        display(shown)
    else:
        print(shown)


class Results:
    """The results of one call of `record`, in the order given, and the rows that show them."""

    def __init__(
        self,
        values: dict[str, Any],
        labels: Mapping[str, str] | None = None,
        sharing: Mapping[str, Any] | None = None,
    ) -> None:
        self.values = values
        self.labels = labels
        self.rows = rows(values, labels)
        self.sharing = {told: names for told, names in (sharing or {}).items() if names}

    def __str__(self) -> str:
        return "\n".join(f"{heading}: {said}" for heading, said in self.rows.items())

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        import pandas as pd

        from pcqa_teach import figures

        table: Any = figures.table

        frame = pd.DataFrame(
            {
                "Result": list(self.rows),
                "Value": pd.Series(list(self.rows.values()), dtype=object),
            }
        )
        data = {
            "text/html": table(frame, "The figures in brief")._repr_html_(),
            "text/plain": str(self),
        }
        about: dict[str, Any] = {"results": self.values}
        about |= {"labels": {**self.labels}} if self.labels else {}
        about |= {"sharing": self.sharing} if self.sharing else {}
        return data, {"pcqa": about}


def rows(values: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return results as they are shown: by heading, what is said.

    >>> rows({"missed": "fewer than 5", "of": 1240}, {"Missed": "{missed:,} of {of:,}"})
    {'Missed': 'fewer than 5 of 1,240'}
    """
    if labels is None:
        return {heading(name): value for name, value in values.items()}
    return {head: _filled(within_brackets(said, values), values) for head, said in labels.items()}


def within_brackets(said: str, known: Collection[str]) -> str:
    """Take away the brackets of a label, with what is in them where a result of it is not known.

    >>> within_brackets("{rate:.0f}%[ ({low:.0f} to {high:.0f}%)]", ["rate"])
    '{rate:.0f}%'
    """
    return re.sub(r"\[(.*?)\]", lambda part: part[1] if names_in(part[1]) <= {*known} else "", said)


class _Words(string.Formatter):
    """Fills in results; one that is not known is said to be so."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return "not known"
        return value if isinstance(value, str) else str(super().format_field(value, format_spec))

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if key not in kwargs:
            raise LessonError(f"A label of record(...) names '{key}', which is not recorded.")
        return kwargs[str(key)]


def _filled(said: str, values: Mapping[str, Any]) -> str:
    return _Words().vformat(said, (), values)


def _plain(name: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    raise LessonError(
        f"record(...) cannot keep '{name}': give a number, a date or a short text, not a table "
        "or a list."
    )


def heading(name: str) -> str:
    """Write a result's name as a heading.

    >>> heading("missed_percent")
    'Missed percent'
    """
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None
