"""All kinds of table that are no appointment books."""

from __future__ import annotations

from pcqa_teach.data.call_bands.shapes import SHAPES as BANDS
from pcqa_teach.data.phones.shapes import SHAPES as PHONES
from pcqa_teach.data.practice_counts.shapes import SHAPES as PRACTICES
from pcqa_teach.data.requests.shapes import SHAPES as REQUESTS
from pcqa_teach.data.tables.shape import Shape
from pcqa_teach.data.templates.shapes import SHAPES as SHEETS

# Where two fit equally well, the first is taken.
SHAPES: tuple[Shape, ...] = (*SHEETS, *PHONES, *BANDS, *REQUESTS, *PRACTICES)
