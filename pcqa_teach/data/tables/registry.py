"""All kinds of table that are no appointment books."""

from __future__ import annotations

from pcqa_teach.data.phones.shapes import SHAPES as PHONES
from pcqa_teach.data.tables.shape import Shape

# Where two fit equally well, the first is taken.
SHAPES: tuple[Shape, ...] = (*PHONES,)
KINDS = tuple(dict.fromkeys(shape.kind for shape in SHAPES))
