"""An extract held against its data dictionary: which rows break which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.columns import amounts, column, table_of
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import counted, plain

if TYPE_CHECKING:
    from pcqa_teach.figures.table import Table

_DICTIONARY = ("column", "meaning", "unit", "lowest", "highest")
_MOST = 12  # rows that are named


@dataclass(frozen=True, repr=False)
class Validation:
    """What became of an extract's rules.

    Parameters
    ----------
    table : DataFrame, a row a rule: rule, broken (how many rows), rows (which, from 1)
    size : how many rows the extract has
    """

    table: pd.DataFrame
    size: int

    @property
    def passed(self) -> bool:
        """Whether no rule is broken."""
        return not self.table["broken"].any()

    @property
    def message(self) -> str:
        """How many rules are broken, in how many rows."""
        broken = self.table[self.table["broken"] > 0]
        if broken.empty:
            return f"{counted(self.size, 'row')}, {counted(len(self.table), 'rule')}: none broken"
        rows = {place for places in broken["rows"] for place in places}
        return (
            f"{len(broken)} of {counted(len(self.table), 'rule')} broken, in "
            f"{counted(len(rows), 'row')} of {self.size}"
        )

    def explain(self) -> str:
        """Say which rows break which rule, and what to do about it."""
        if self.passed:
            return f"{self.message}. A rule that nobody wrote down was not looked at."
        said = [
            f"{rule}: {'row' if len(rows) == 1 else 'rows'} {_some(rows)}."
            for rule, rows in zip(self.table["rule"], self.table["rows"], strict=True)
            if rows
        ]
        last = (
            "Ask whoever made the extract; mend the pull, not the file, and write down what it was."
        )
        return "\n".join([f"{self.message}.", *said, last])

    def data_table(self) -> Table:
        """Give a row a rule, for a page."""
        from pcqa_teach.figures.table import table

        shown = pd.DataFrame(
            {
                "Rule": self.table["rule"],
                "Broken in": [counted(n, "row") if n else "none" for n in self.table["broken"]],
                "Which": [_some(rows) if rows else "" for rows in self.table["rows"]],
            }
        )
        return table(shown, self.message)

    def _repr_html_(self) -> str:
        return self.data_table()._repr_html_()

    def __repr__(self) -> str:
        return f"<Validation: {self.message}>"


def validate(
    frame: pd.DataFrame,
    dictionary: pd.DataFrame,
    *,
    key: str,
    sums: Mapping[str, Sequence[str]] | None = None,
) -> Validation:
    """Hold an extract against its data dictionary.

    Four kinds of rule: no key twice; no empty cell; each number between the dictionary's lowest
    and highest; each total the sum of its parts.

    Parameters
    ----------
    frame : DataFrame, the extract; never changed
    dictionary : DataFrame, a row a column of the extract: column, meaning, unit, lowest, highest
        (empty: no bound)
    key : the column that says what each row is of; a value may stand there once
    sums : {total: [its parts]}, names of columns

    Raises
    ------
    DataError
        The extract has a column that the dictionary lacks, or the other way round; or a column that
        has bounds holds something else than numbers.

    Examples
    --------
    >>> weeks = pd.DataFrame({"week": [1, 2, 2], "booked": [50, 60, 60], "came": [48, 51, 51],
    ...                       "missed": [2, 9, 8]})
    >>> words = pd.DataFrame({"column": list(weeks), "meaning": "", "unit": "",
    ...                       "lowest": [1, 0, 0, 0], "highest": [52, 100, 100, 100]})
    >>> found = validate(weeks, words, key="week", sums={"booked": ["came", "missed"]})
    >>> found.message
    '2 of 10 rules broken, in 1 row of 3'
    >>> found.table.loc[found.table["broken"] > 0, ["rule", "rows"]].values.tolist()
    [['no week twice', [3]], ['booked = came + missed', [3]]]
    """
    table_of(frame)
    for name in _DICTIONARY:
        column(dictionary, name, "the dictionary")
    told = dictionary["column"].tolist()
    for name in (
        *(one for one in frame if one not in told),
        *(one for one in told if one not in frame),
    ):
        where = "the dictionary" if name in frame else "the extract"
        raise DataError(f"Column '{name}' is not in {where}: the two must name the same columns.")
    kept = column(frame, key, "key=")
    rules = [(f"no {key} twice", kept.duplicated().to_numpy())]
    for name, low, high in zip(told, dictionary["lowest"], dictionary["highest"], strict=True):
        rules.append((f"{name}: no empty cell", frame[name].isna().to_numpy()))
        if pd.notna(low) or pd.notna(high):
            rules.append((_said(name, low, high), _outside(frame, name, low, high)))
    for total, parts in (sums or {}).items():
        added = np.sum([_numbers(frame, part) for part in parts], axis=0)
        off = np.abs(_numbers(frame, total) - added) > 1e-9
        rules.append((f"{total} = {' + '.join(parts)}", off))
    rows = [(np.flatnonzero(broken) + 1).tolist() for _, broken in rules]
    table = pd.DataFrame(
        {"rule": [rule for rule, _ in rules], "broken": [len(one) for one in rows], "rows": rows}
    )
    return Validation(table, len(frame))


def _numbers(frame: pd.DataFrame, name: str) -> Floats:
    return amounts(frame, name, "a rule", low=None, gaps=True)


def _outside(frame: pd.DataFrame, name: str, low: Any, high: Any) -> Bools:
    values = _numbers(frame, name)
    lowest = -np.inf if pd.isna(low) else float(low)
    highest = np.inf if pd.isna(high) else float(high)
    found: Bools = (values < lowest) | (values > highest)
    return found


def _said(name: str, low: Any, high: Any) -> str:
    if pd.isna(high):
        return f"{name}: {plain(float(low))} or more"
    if pd.isna(low):
        return f"{name}: {plain(float(high))} or less"
    return f"{name}: {plain(float(low))} to {plain(float(high))}"


def _some(rows: Sequence[int]) -> str:
    more = len(rows) - _MOST
    return ", ".join(map(str, rows[:_MOST])) + (f" and {more} more" if more > 0 else "")
