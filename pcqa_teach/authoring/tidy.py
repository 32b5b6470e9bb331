"""A lesson's file as lessons are kept, whatever an editor left in it."""

from __future__ import annotations

from pathlib import Path

from pcqa_teach.authoring.form import METADATA, as_kept
from pcqa_teach.authoring.source import Source
from pcqa_teach.run import output

_LEFT_BY_EDITORS = {"collapsed", "trusted", "execution", "ExecuteTime", "scrolled", "editable",
                    "deletable", "slideshow"}  # fmt: skip


def tidy(path: Path) -> bool:
    """Take outputs and an editor's traces out of a lesson's file, and put its keys in order.

    Parameters
    ----------
    path : Path
        The lesson's source notebook; what is written in its cells stays.

    Returns
    -------
    bool
        Whether anything was changed.

    Raises
    ------
    LessonError
        The file is no notebook.
    """
    lesson = Source.read(path)
    notebook = lesson.notebook
    about = {name: value for name, value in notebook["metadata"].items() if name in METADATA}
    about["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about["language_info"] = {"name": "python"}
    notebook["metadata"] = about
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        for name in _LEFT_BY_EDITORS & set(cell["metadata"]):
            del cell["metadata"][name]
    kept = as_kept(notebook)
    if kept == lesson.text:
        return False
    with output.file(path, replace=True) as partial:
        partial.write_text(kept, encoding="utf-8")
    return True
