"""What a neighbourhood has, beside what it needs: an asset map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, optional, text, texts
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

KINDS = ("person", "group", "place", "organisation", "thing")


@dataclass(frozen=True, eq=False, repr=False)
class AssetMap(Shown):
    """Assets and the needs that they could meet.

    Parameters
    ----------
    table : a row an asset: asset, kind, offers, need ("" where none is named), known_to ("" where
        nobody here knows them)
    needs : every need, in the order given
    """

    table: pd.DataFrame
    needs: tuple[str, ...]

    @property
    def unmet(self) -> list[str]:
        """The needs for which no asset is named."""
        return [need for need in self.needs if not (self.table["need"] == need).any()]

    @property
    def unknown(self) -> list[str]:
        """The assets that nobody here knows yet."""
        return self.table.loc[self.table["known_to"] == "", "asset"].tolist()

    @property
    def uncalled(self) -> list[str]:
        """The assets that no need calls on yet."""
        return self.table.loc[self.table["need"] == "", "asset"].tolist()

    def _showing(self) -> Showing:
        from pcqa_teach.partners import assets_draw as draw
        from pcqa_teach.partners import assets_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def asset_map(assets: Any, *, needs: Iterable[str] = ()) -> AssetMap:
    """Set what is there beside what is needed, and say what is missing on either side.

    An asset is somebody or something that people here can build on. Begin with the assets: a list
    of needs alone makes a place look like a list of problems.

    Parameters
    ----------
    assets : rows with `asset` and `offers`, and if known `kind` (one of `KINDS`), `need` (that it
        could meet) and `known_to` (who here knows them, by role)
    needs : needs to be shown even where no asset is named for them

    Returns
    -------
    AssetMap

    Raises
    ------
    DataError
        A row lacks its name or what it offers, a name is there twice, or a kind is not known.

    Examples
    --------
    >>> found = asset_map(
    ...     [{"asset": "Lunch club", "offers": "company and a hot meal", "need": "loneliness"}],
    ...     needs=["loneliness", "falls"])
    >>> found.unmet, found.unknown
    (['falls'], ['Lunch club'])

    Notes
    -----
    Boyle and Harris, The Challenge of Co-production (2009), on people's own assets. The five kinds
    are our own sorting.
    """
    rows = records(assets, "asset_map", ["asset", "offers"], ["kind", "need", "known_to"])
    made = [
        {
            "asset": text(row["asset"], f"asset in row {place}"),
            "kind": _kind(row["kind"], place),
            "offers": text(row["offers"], f"offers in row {place}"),
            "need": optional(text, row["need"], f"need in row {place}") or "",
            "known_to": optional(text, row["known_to"], f"known_to in row {place}") or "",
        }
        for place, row in enumerate(rows, 1)
    ]
    distinct((row["asset"] for row in made), "The assets")
    listed = [*texts(tuple(needs), "needs"), *(row["need"] for row in made if row["need"])]
    return AssetMap(pd.DataFrame(made), tuple(dict.fromkeys(listed)))


def _kind(given: Any, place: int) -> str:
    kind = (optional(text, given, f"kind in row {place}") or "").casefold()
    if kind and kind not in KINDS:
        raise DataError(f"The kind in row {place} is none of {', '.join(KINDS)}: use one of them.")
    return kind
