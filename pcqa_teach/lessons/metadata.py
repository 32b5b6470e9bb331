"""What a lesson says about itself, in its notebook's metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.errors import LessonError

_FIELDS: dict[str, type] = {
    "id": str,
    "title": str,
    "assignment": str,
    "teaching": int,
    "exercises": int,
    "objectives": dict,
    "data": list,
    "audience": str,
}


@dataclass(frozen=True)
class LessonMeta:
    """A lesson's name, its minutes, what a participant will be able to do, and for whom it is.

    `objectives` maps an objective's id (`b3-1`) to its words; `data` names the demos it opens.
    """

    id: str
    title: str
    assignment: str
    teaching: int
    exercises: int
    objectives: Mapping[str, str]
    data: tuple[str, ...]
    audience: str

    @property
    def minutes(self) -> int:
        """How long the lesson takes: teaching and exercises."""
        return self.teaching + self.exercises


def metadata(path: Path | str) -> LessonMeta:
    """Return what the notebook at `path` says about itself.

    Raises
    ------
    LessonError
        The file is no notebook, or a field is missing or of the wrong kind; the message names it.
    """
    path = Path(path)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        stated = notebook["metadata"].get("pcqa", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise LessonError(f"'{path.name}' is not a notebook that can be read.") from None
    return meta_of(stated, path.name)


def meta_of(stated: Mapping[str, Any], name: str) -> LessonMeta:
    """Return the lesson's metadata from their plain form; `name` is used in messages.

    Examples
    --------
    >>> meta_of({"id": "b3"}, "b3_plot_the_dots.ipynb")
    Traceback (most recent call last):
    ...
    pcqa_teach.errors.LessonError: 'b3_plot_the_dots.ipynb' does not state its title, assignment, \
teaching, exercises, objectives, data, audience: add it under "pcqa" in the notebook's metadata.
    """
    missing = [field for field in _FIELDS if not stated.get(field)]
    if missing:
        raise LessonError(
            f"'{name}' does not state its {', '.join(missing)}: add it under \"pcqa\" in the "
            "notebook's metadata."
        )
    for field, kind in _FIELDS.items():
        if not isinstance(stated[field], kind) or isinstance(stated[field], bool):
            raise LessonError(
                f"'{name}' states its {field} as something else than {kind.__name__}."
            )
    return LessonMeta(
        **{field: stated[field] for field in _FIELDS if field != "data"},
        data=tuple(stated["data"]),
    )
