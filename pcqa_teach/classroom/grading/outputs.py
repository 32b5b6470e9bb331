"""What a participant saw when they worked, made safe to look at for a person who marks."""

from __future__ import annotations

import re
from typing import Any

from pcqa_teach.classroom.grading.repair import Cell
from pcqa_teach.classroom.grading.submission import as_text
from pcqa_teach.run import words

STOPPED = "It stopped: "
_MOST_OUTPUTS = 50
_LONGEST = 20_000
_ALL_TABLES = 60_000  # cleaning markup of somebody's own making takes long where it is meant to
_LARGEST_PICTURE = 2_000_000
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")


class Outputs:
    """The outputs of one notebook, with nothing in them that runs or loads."""

    def __init__(self) -> None:
        self._room = _ALL_TABLES

    def of(self, cell: Cell) -> list[dict[str, Any]]:
        """Return the outputs of a cell, in nbformat 4's plain form."""
        found: list[dict[str, Any]] = []
        for one in cell.get("outputs", [])[:_MOST_OUTPUTS]:
            kind = one.get("output_type") if isinstance(one, dict) else None
            data = one.get("data") if kind in ("display_data", "execute_result") else None
            if kind == "stream":
                found.append(_said(as_text(one.get("text"))))
            elif kind == "error":
                found.append(stopped_by(as_text(one.get("ename"))[:80]))
            elif isinstance(data, dict) and (shown := self._shown(data)):
                found.append({"output_type": "display_data", "data": shown, "metadata": {}})
        return found

    def _shown(self, data: dict[str, Any]) -> dict[str, str]:
        """Return a picture, a table and text, each where it is what it says it is."""
        shown: dict[str, str] = {}
        picture, table, text = (
            as_text(data.get(kind)) for kind in ("image/png", "text/html", "text/plain")
        )
        if len(picture) <= _LARGEST_PICTURE and _BASE64.fullmatch(picture):
            shown["image/png"] = picture
        if table and len(table) <= min(_LONGEST, self._room):
            self._room -= len(table)
            shown["text/html"] = words.from_html(table)
        if text:
            shown["text/plain"] = _short(text)
        return shown


def stopped_by(kind: str) -> dict[str, Any]:
    """Return the output of a cell that an error stopped: its kind alone."""
    return _said(f"{STOPPED}{kind}")


def _said(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": _short(text)}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
