"""The asset map as a table to print and to fill in further."""

from __future__ import annotations

from pcqa_teach.figures import Figure
from pcqa_teach.figures.boxes import Page
from pcqa_teach.figures.grid import draw_grid
from pcqa_teach.partners import assets_words as words
from pcqa_teach.partners.assets import AssetMap


def figure(found: AssetMap) -> Figure:
    """Draw the map: needs at the left, what is there beside them."""
    page = Page()
    heads = ["Need", "What is there", "What it offers", "Who of us knows them"]
    draw_grid(page, heads, words.rows(found))
    return page.figure(
        title=words.message(found),
        under="Asset map: what is there, beside what is needed",
        alt=found.alt_text,
        name="asset map",
    )
