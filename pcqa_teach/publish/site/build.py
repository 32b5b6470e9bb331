"""Build the site: the book, with every participant's notebook runnable in the browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.publish import book
from pcqa_teach.publish.leaks import assert_clean
from pcqa_teach.publish.release import release_notebooks
from pcqa_teach.publish.site import lite, pages, wheels
from pcqa_teach.publish.staging import sources
from pcqa_teach.publish.workbook import FORM
from pcqa_teach.run import output

MARKER = ".pcqa-site"
_HOW = (
    "*On this page:* **Run all**, above the lesson, draws the charts; **Download my work** is how "
    "you hand in. With the keyboard, the arrow keys go from box to box, Enter lets you write in "
    "one, Shift and Enter runs it, Esc leaves it."
)
_OWN = (
    "*On this page:* press **Use your own export**, above the lesson, and choose the file. Leave "
    "the next box as it is."
)
_HERE = {"tags": ["not-in-report"]}
_FORM_TITLE = (
    "# Make a report on your own data\n\nChoose an export, see what is in it, and make a report of "
    "it. All of it happens inside this page: nothing is sent, and nothing of your file is kept in "
    "this browser."
)
_KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def build_site(
    out: Path | str,
    *,
    source: Path | None = None,
    progress: Callable[[str], None] | None = None,
    root: Path | None = None,
) -> Path:
    """Build the whole site anew and put it in the place of the former one; return its first page.

    Parameters
    ----------
    out : path
        A new folder, or an earlier site.
    source : path, optional
        A folder or an archive that holds the browser's Python; see `wheels.gather`.
    progress : callable, optional
        Told what is being done.
    root : path, optional
        The checkout; the one that the package runs from unless given.

    Raises
    ------
    SetupError
        There is no checkout here, a part is not installed, or `out` holds something else.
    RunError
        A file is not the one that the lock names, or the site would show what it must not.
    """
    say = progress or (lambda _: None)
    root = root or resources.checkout()
    if root is None:
        raise SetupError(
            "The site is built from a checkout of the kit: clone the kit and run `make site` there."
        )
    target = Path(out).expanduser().absolute()
    _refuse(target)
    gathered = wheels.gather(root / "_build" / "wheels", source, say)
    page = book.build(progress=progress, root=root)
    work = target.with_name(f".{target.name}.partial")
    shutil.rmtree(work, ignore_errors=True)
    try:
        shutil.copytree(page.parent, work / "site")
        notebooks = release_notebooks(root, work / "lessons")
        found = sorted(notebooks.glob("*/*.ipynb"))
        names = [path.relative_to(notebooks).as_posix() for path in found]
        _for_the_browser(found)
        form = _form(notebooks)
        lab = work / "site" / "lab"
        lite.make_lab(notebooks, gathered, root, lab, say)
        listed = [(name, pages.about(notebooks / name)) for name in names]
        pages.finish_lab(lab, [*listed, (form, pages.about(notebooks / form))])
        pages.link_lessons(work / "site", names)
        pages.link_form(work / "site", form)
        pages.hold_to_policy(work / "site")
        say("searching the site for answers")
        assert_clean(lab / "files", sources(root), root / "book")
        (work / "site" / MARKER).write_text("A site of pcqa_teach.\n", encoding="utf-8")
        output.swap(work / "site", target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target / "index.html"


def _refuse(target: Path) -> None:
    if target.is_file():
        raise SetupError(f"'{target.name}' is a file: name a folder for the site.")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise SetupError(
            f"'{target.name}' holds something that is not a site of this kit, and it was left "
            "alone: name another folder."
        )


def _for_the_browser(notebooks: list[Path]) -> None:
    """Name the browser's kernel, and turn links into the book to where the site has it."""
    import nbformat

    from pcqa_teach.publish.workbook import without_book_links

    for path in notebooks:
        notebook = without_book_links(nbformat.read(path, 4))
        notebook.metadata.kernelspec = dict(_KERNEL)
        _say_how(notebook)
        nbformat.write(notebook, path)


def _form(notebooks: Path) -> str:
    """Put the form among the notebooks; return its path there."""
    import nbformat

    notebook = nbformat.read(resources.form_notebook(), 4)
    notebook.metadata.kernelspec = dict(_KERNEL)
    notebook.cells[0].source = _FORM_TITLE
    nbformat.write(notebook, notebooks / FORM)
    return FORM


def _say_how(notebook: Any) -> None:
    """Put in what is done otherwise on a page than at a desk; changed in place."""
    from nbformat.v4 import new_markdown_cell

    for place, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            notebook.cells.insert(
                place, new_markdown_cell(_OWN, id="on-this-page-own", metadata=_HERE)
            )
            break
    notebook.cells.insert(1, new_markdown_cell(_HOW, id="on-this-page", metadata=_HERE))
