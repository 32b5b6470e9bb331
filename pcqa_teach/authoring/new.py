"""A new lesson: a skeleton to write in, in its place and in the book's contents."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach import resources
from pcqa_teach.authoring import contents
from pcqa_teach.authoring.form import as_kept
from pcqa_teach.authoring.source import OWN_DATA
from pcqa_teach.errors import LessonError
from pcqa_teach.run import output

OUR_OWN = "our-own"
_SKELETON = Path(__file__).with_name("skeleton.ipynb")
_NAME = re.compile(r"([a-z]{1,2}\d{1,3})_([a-z0-9]+(?:_[a-z0-9]+)*)")
_FOLDER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Made:
    """A lesson that was made.

    Attributes
    ----------
    path : Path
        Its notebook.
    title : str
        Its title.
    """

    path: Path
    title: str


def new(name: str, *, title: str | None = None, folder: str | None = None, root: Path) -> Made:
    """Make a lesson in a checkout, and name it in the contents of the book.

    Parameters
    ----------
    name : str
        A short name, an underscore and words: `x1_waits_told_straight`.
    title : str, optional
        Its title; else the words of its name.
    folder : str, optional
        The folder under `notebooks/`, which is its nbgrader assignment; else `our-own`.
    root : Path
        The checkout.

    Raises
    ------
    LessonError
        The name or the folder is not of that form, or is taken; nothing was made.
    """
    parts = _NAME.fullmatch(name.removesuffix(".ipynb"))
    if not parts:
        raise LessonError(
            f"'{name}' is no name for a lesson: give one or two letters, a number, an underscore "
            "and words in small letters, such as x1_waits_told_straight."
        )
    folder = folder or OUR_OWN
    if folder == OWN_DATA:
        raise LessonError(
            f"'{folder}' is for tools on a practice's own data, which are not graded, and a new "
            "lesson is: leave the folder out, or name another."
        )
    if not _FOLDER.fullmatch(folder):
        raise LessonError(
            f"'{folder}' is no name for a folder of lessons: small letters, digits and hyphens."
        )
    short, words = parts.groups()
    taken = sorted((root / "notebooks").glob(f"*/{short}_*.ipynb"))
    path = root / "notebooks" / folder / f"{short}_{words}.ipynb"
    if taken:
        raise LessonError(
            f"There is a lesson '{taken[0].stem}' already: give yours another number."
        )
    said = (title or words.replace("_", " ").capitalize()).strip()
    listed = contents.with_lesson(contents.read(root), f"notebooks/{folder}/{path.stem}")
    path.parent.mkdir(exist_ok=True)
    with output.file(path) as partial:
        partial.write_text(_filled(short, said, folder), encoding="utf-8")
    try:
        with output.file(root / contents.FILE, replace=True) as partial:
            partial.write_text(listed, encoding="utf-8")
    except BaseException:
        path.unlink()
        raise
    resources.lessons.cache_clear()
    return Made(path, said)


def _filled(short: str, title: str, folder: str) -> str:
    """Return the skeleton with its names in place."""
    text = _SKELETON.read_text(encoding="utf-8").replace("LESSONID", short)
    text = text.replace("LESSONTITLE", json.dumps(title, ensure_ascii=False)[1:-1])
    return as_kept(json.loads(text.replace("ASSIGNMENT", folder)))
