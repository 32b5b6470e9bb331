"""The driver diagram: from an aim to what drives it, and to ideas that can be tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, optional, text, texts
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.improvement.aim import Charter


@dataclass(frozen=True, repr=False)
class DriverDiagram(Shown):
    """An aim, its primary drivers, their secondary drivers, and ideas for each.

    Parameters
    ----------
    aim : what is to be reached
    rows : (primary, secondary, idea); an idea, or a secondary driver, may be missing
    """

    aim: str
    rows: tuple[tuple[str, str | None, str | None], ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row an idea (or a driver without one): aim, primary, secondary, idea."""
        return pd.DataFrame(
            [(self.aim, *row) for row in self.rows],
            columns=["aim", "primary", "secondary", "idea"],
            dtype=object,
        )

    @property
    def without_idea(self) -> list[str]:
        """Drivers that no idea serves yet."""
        return [secondary or primary for primary, secondary, idea in self.rows if idea is None]

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import diagram_draw as draw
        from pcqa_teach.juran.improvement import diagram_words as words

        return Showing(
            words.driver_message, words.driver_explain, words.driver_alt, draw.driver_figure
        )


def driver_diagram(aim: str | Charter, drivers: Any) -> DriverDiagram:
    """Write down the theory of a change: what drives the aim, and which ideas might move it.

    Parameters
    ----------
    aim : the aim, or a `Charter` whose aim is taken
    drivers : {primary: {secondary: [ideas]}}, or rows with `primary`, `secondary`, `idea`; what is
        not known yet may be left empty

    Returns
    -------
    DriverDiagram

    Raises
    ------
    DataError
        There is no driver, an entry is not text, or an idea stands without a secondary driver.

    Examples
    --------
    >>> diagram = driver_diagram("Answer 75% of calls within 5 minutes", {
    ...     "Fewer calls that need not be": {"Results known": ["Text normal results"]},
    ...     "Calls spread over the day": {"Ways to ask": ["Online form", "Book ahead"]},
    ...     "People at the phones": {}})
    >>> diagram.table["idea"].notna().sum().item(), diagram.without_idea
    (3, ['People at the phones'])

    Notes
    -----
    Langley et al., The Improvement Guide; Juran and Godfrey, Juran's Quality Handbook (1999).
    """
    goal = aim.aim if isinstance(aim, Charter) else text(aim, "aim")
    rows = _nested(drivers) if isinstance(drivers, Mapping) else _listed(drivers)
    if not rows:
        raise DataError("driver_diagram has no drivers: name at least one.")
    return DriverDiagram(goal, tuple(dict.fromkeys(rows)))


Row = tuple[str, str | None, str | None]


def _nested(drivers: Mapping[Any, Any]) -> list[Row]:
    rows: list[Row] = []
    primaries = [text(name, f"primary driver {i}") for i, name in enumerate(drivers, 1)]
    distinct(primaries, "The primary drivers")
    for primary, given in zip(primaries, drivers.values(), strict=True):
        below = given if isinstance(given, Mapping) else dict.fromkeys(texts(given, "secondary"))
        names = [text(name, f"secondary driver {i}") for i, name in enumerate(below, 1)]
        distinct(names, "The secondary drivers of one primary driver")
        if not names:
            rows.append((primary, None, None))
        for secondary, ideas in zip(names, below.values(), strict=True):
            said = texts(ideas, "ideas") or (None,)
            rows += [(primary, secondary, idea) for idea in said]
    return rows


def _listed(drivers: Any) -> list[Row]:
    rows: list[Row] = []
    given = records(drivers, "driver_diagram", ["primary"], ["secondary", "idea"])
    for place, row in enumerate(given, 1):
        secondary = optional(text, row["secondary"], f"secondary in row {place}")
        idea = optional(text, row["idea"], f"idea in row {place}")
        if idea and not secondary:
            raise DataError(
                f"Row {place} has an idea without a secondary driver: say what it moves."
            )
        rows.append((text(row["primary"], f"primary in row {place}"), secondary, idea))
    return rows
