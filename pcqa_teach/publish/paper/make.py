"""Make the PDF files: build the book if it has changed, compose, print twice, put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from pcqa_teach import __version__, resources
from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.publish import book
from pcqa_teach.publish.editions import EDITIONS
from pcqa_teach.publish.paper import press, slides
from pcqa_teach.publish.paper.compose import UNKNOWN_PAGE, compose
from pcqa_teach.publish.paper.which import (
    PAPERS,
    Paper,
    contents_of,
    lessons_of,
    pages,
)
from pcqa_teach.run import output
from pcqa_teach.sayings import counted

_FOR = {
    "participant": "Participant's edition",
    "facilitator": "Facilitator's edition: it shows answers",
}
SLIDES = "slides"
_RIGHTS = (
    "Text: CC BY 4.0. Every practice and person that is named in it is invented; some figures are "
    "real, published by NHS England and others, and the page says whose they are."
)


def make(
    names: Iterable[str] = (),
    out: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Make the papers that are named, or all, and return their files.

    Parameters
    ----------
    names
        As in `which.PAPERS`; "slides" makes a file of slides for each lesson.
    out
        The folder for them; `_build/paper` in the checkout unless given.
    progress
        Called with a short sentence at each step.

    Raises
    ------
    SetupError
        There is no paper of that name, no checkout, no Chromium or no Jupyter Book.
    RunError
        A lesson failed, or nothing was printed.
    """
    wanted, with_slides = _named(names)
    root = resources.checkout()
    if root is None:
        raise SetupError("Papers are made from a checkout of the kit: clone it and run this there.")
    say = progress or (lambda _: None)
    if press.chromium() is None:
        raise SetupError(press.NO_CHROMIUM)
    out = out or root / "_build" / "paper"
    if out.is_file():
        raise SetupError(f"'{out.name}' is a file: name a folder for the papers.")
    out.mkdir(parents=True, exist_ok=True)
    contents, made = contents_of(root), []
    asked = {paper.edition for paper in wanted} | ({"participant"} if with_slides else set())
    books = {one: book.build(one, progress=say).parent for one in EDITIONS if one in asked}
    for paper in wanted:
        built = books[paper.edition]
        held = pages(paper, contents)
        page = partial(
            compose,
            paper.title,
            _FOR[paper.edition],
            held,
            built,
            f"Version {__version__}. {_RIGHTS}",
            pencil=paper.edition == "participant" and bool(paper.parts),
        )
        say(f"printing {paper.name}: {counted(len(held), 'page')} of the book")
        pdf = press.printed(page())
        say(f"printing {paper.name} again, with its pages numbered in the contents")
        numbered = page(press.begins(pdf))
        if f'class="page">{UNKNOWN_PAGE}<' in numbered:
            raise RunError(f"The contents of '{paper.name}' name a place that was not printed.")
        pdf = press.printed(numbered)
        target = out / f"{paper.name}.pdf"
        with output.replace(target) as draft:
            draft.write_bytes(press.finished(pdf, paper.title))
        made.append(target)
    if with_slides:
        made += _decks(lessons_of(contents), books["participant"], out / SLIDES, say)
    return made


def _decks(names: list[str], built: Path, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Print the slides of each lesson, a file a lesson."""
    out.mkdir(exist_ok=True)
    made = []
    for number, name in enumerate(names, start=1):
        say(f"slides {number} of {len(names)}: {Path(name).name}")
        shown = slides.slides(built / f"{name}.html")
        title = shown[0].heading
        target = out / f"{Path(name).name}.pdf"
        with output.replace(target) as draft:
            draft.write_bytes(press.finished(press.printed(slides.deck(title, shown)), title))
        made.append(target)
    return made


def _named(names: Iterable[str]) -> tuple[list[Paper], bool]:
    known = {paper.name: paper for paper in PAPERS}
    names = list(names) or [*known, SLIDES]
    if unknown := [name for name in names if name not in known and name != SLIDES]:
        every = ", ".join([*known, SLIDES])
        raise SetupError(f"There is no paper '{unknown[0]}': choose from {every}.")
    return [known[name] for name in names if name != SLIDES], SLIDES in names
