"""Values dot by dot under the name of whoever they come from: how far groups lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import optional, text
from pcqa_teach.columns import amounts, codes
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

MOST_PANELS, MOST_GROUPS = 4, 12


@dataclass(frozen=True, eq=False, repr=False)
class Spread(Shown):
    """Values by group, in one panel or several side by side.

    Parameters
    ----------
    rows : a row a value: panel, group, value
    table : a row a panel: panel, groups, values, mean, between (sd of the groups' true means),
        within (sd inside a group), share (of the variance that lies between groups; missing where
        nothing varies)
    group : what the groups are called
    unit : what the values count
    title : the message, or ""
    """

    rows: pd.DataFrame
    table: pd.DataFrame
    group: str
    unit: str
    title: str

    def _showing(self) -> Showing:
        from pcqa_teach.variation import by_group_draw as draw
        from pcqa_teach.variation import by_group_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def spread(
    frame: pd.DataFrame,
    *,
    value: str,
    groups: str,
    panel: str | None = None,
    unit: str = "",
    title: str = "",
) -> Spread:
    """Show every value under its group, with the groups' means, and split the variation.

    The split is that of `components`: value = mean + group + rest, by restricted maximum
    likelihood; share = variance between / (variance between + variance within).

    Parameters
    ----------
    frame : a row a value
    value, groups : columns of numbers, and of who or what each comes from (2 to 12 of them)
    panel : column that makes up to 4 panels, such as before and after, in the order they appear
    unit : what the values count
    title : the message; else the shares are said

    Returns
    -------
    Spread

    Raises
    ------
    DataError
        A column cannot be used, there are too many panels or groups, or a panel has one group.

    Examples
    --------
    >>> six = pd.DataFrame({"gp": list("aabbcc"), "weeks": [10.0, 11, 14, 15, 18, 19]})
    >>> round(float(spread(six, value="weeks", groups="gp").table["share"][0]), 3)
    0.969

    Notes
    -----
    Searle, Casella and McCulloch, Variance Components (1992).
    """
    number, labels = codes(frame, groups, "groups=")
    if len(labels) > MOST_GROUPS:
        raise DataError(
            f"There are {len(labels)} of column '{groups}': at most {MOST_GROUPS} can be drawn."
        )
    if panel is None:
        panels, names = np.zeros(len(number), dtype=np.int64), pd.Index([""])
    else:
        panels, names = codes(frame, panel, "panel=")
    if len(names) > MOST_PANELS:
        raise DataError(f"Column '{panel}' makes {len(names)} panels: at most {MOST_PANELS}.")
    rows = pd.DataFrame(
        {
            "panel": [str(name) for name in names.take(panels)],
            "group": [str(label) for label in labels.take(number)],
            "value": amounts(frame, value, "value=", low=None),
        }
    )
    split = [_split(str(name), rows[rows["panel"] == str(name)]) for name in names]
    said = optional(text, title, "title") or ""
    return Spread(rows, pd.DataFrame(split), groups.replace("_", " "), unit, said)


def _split(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    """Split one panel; where no value differs from another there is nothing to split."""
    from pcqa_teach.variation.variance import components

    told: dict[str, Any] = {
        "panel": name,
        "groups": rows["group"].nunique(),
        "values": len(rows),
        "mean": float(rows["value"].mean()),
    }
    if told["groups"] < 2:
        raise DataError("A panel has one group: at least 2 are needed to compare them.")
    if np.ptp(rows["value"].to_numpy()) == 0:
        return told | {"between": 0.0, "within": 0.0, "share": np.nan}
    found = components(rows, value="value", groups="group")
    between, within = (float(sd) for sd in found.table["sd"])
    return told | {"between": between, "within": within, "share": found.icc}
