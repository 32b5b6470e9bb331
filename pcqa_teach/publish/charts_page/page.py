"""Put the page together, and write it with its pictures into a staged book."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from pcqa_teach.publish.charts_page import kinds, pictures, presets, rates, rules
from pcqa_teach.publish.charts_page.markdown import FOLDER
from pcqa_teach.spc.limits import MR_UPPER, TRIAL

NAME = "charts_and_rules.md"


def write(folder: Path) -> Path:
    """Write the page and its pictures into the `book` folder of a staged edition.

    Parameters
    ----------
    folder
        Where the book's other pages stand; never the checkout's own.

    Returns
    -------
    Path of the page
    """
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, drawing in _drawn().items():
        (folder / FOLDER / f"{name}.svg").write_bytes(drawing)
    page = folder / NAME
    page.write_text(text(), encoding="utf-8")
    return page


@cache
def text() -> str:
    """Give the page, in MyST."""
    prose = Template(Path(__file__).with_name("page.md").read_text(encoding="utf-8"))
    some, more = rates.ALIKE[1:]
    return prose.substitute(
        which_when=kinds.which_when(),
        kinds=kinds.sections(),
        rules=rules.sections(),
        presets=presets.sections(),
        screening=presets.screening_section(),
        points=rates.POINTS,
        charts=f"{rates.CHARTS:,}",
        mr_upper=MR_UPPER,
        trial=TRIAL,
        some=some,
        more=more,
        alike_none=rates.rate("mdc", rates.POINTS, 0.0),
        alike_some=rates.rate("mdc", rates.POINTS, some),
        alike_more=rates.rate("mdc", rates.POINTS, more),
    )


@cache
def _drawn() -> dict[str, bytes]:
    return {figure.name: figure.svg for figure in pictures.every()}
