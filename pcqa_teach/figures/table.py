"""A table that a screen reader can walk: a caption, and headings that say what they head."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A frame to be shown with its caption; missing cells are shown as a dash."""

    frame: pd.DataFrame
    caption: str
    decimals: int = 2

    def _repr_html_(self) -> str:
        columns = [_cell(name, "th", ' scope="col"') for name in self.frame.columns]
        rows = [
            "".join(
                _cell(value, "th", ' scope="row"', self.decimals)
                if place == 0
                else _cell(value, "td", "", self.decimals)
                for place, value in enumerate(row)
            )
            for row in self.frame.itertuples(index=False, name=None)
        ]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            f'<table class="pcqa-table"><caption>{html.escape(self.caption)}</caption>'
            f"<thead><tr>{''.join(columns)}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"


def table(frame: pd.DataFrame, caption: str, decimals: int = 2) -> Table:
    """Return `frame` as a table with a caption; its first column heads the rows.

    >>> week = pd.DataFrame({"Day": ["Mon", "Tue"], "Calls": [120, 90]})
    >>> "<caption>Calls a day</caption>" in table(week, "Calls a day")._repr_html_()
    True
    """
    return Table(frame, caption, decimals)


def _cell(value: Any, tag: str, attributes: str = "", decimals: int = 2) -> str:
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    align = ' class="number"' if numeric and tag == "td" else ""
    return f"<{tag}{attributes}{align}>{html.escape(_words(value, decimals))}</{tag}>"


def _words(value: Any, decimals: int) -> str:
    if value is None or (not isinstance(value, (list, dict, str)) and pd.isna(value)):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = f"{value:,.{decimals}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
