"""One practice's report: a lesson run on its own export, as a folder that is whole or not there."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import ReadError, RunError
from pcqa_teach.run import board, gather, output, panel
from pcqa_teach.run import notebook as notebooks
from pcqa_teach.run import summary as summaries
from pcqa_teach.run.execute import Progress, execute
from pcqa_teach.run.page import page
from pcqa_teach.run.scrub import Scrubber

if TYPE_CHECKING:
    from nbformat import NotebookNode

Export = Path | str


def run_lesson(
    lesson: NotebookNode,
    export: Export | Sequence[Export] | None,
    out: Path | str,
    *,
    parameters: Mapping[str, Any] | None = None,
    show_code: bool = False,
    png: bool = True,
    replace: bool = False,
    project: Path | str | None = None,
    facts: Mapping[str, str] | None = None,
    made_from: str | None = None,
    since: Path | str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Run a lesson on an export and write its report into the folder `out`; return where it is.

    The folder holds `report.html` (self-contained), `notebook.ipynb` (executed), `figures/`
    (each as PNG and SVG, the words for each in `alt.json`), and two that are made to be shared:
    `summary.json` and, on one page, `notice-board.pdf`. None of them holds a row of the export, its
    name or where it lies.

    Parameters
    ----------
    lesson : NotebookNode
        The lesson as participants have it: it is not changed.
    export : path, list of paths or None
        The practice's file, given to the lesson as `export`; None runs it on synthetic data.
    out : path
        A folder that does not exist, or is empty.
    parameters : dict, optional
        More of the lesson's parameters; a name that it does not have is an error.
    show_code : bool
        Whether the page shows the cells' code.
    png : bool
        Whether figures are drawn as PNG beside SVG.
    replace : bool
        Whether an earlier report at `out` gives way.
    project : path, optional
        The folder whose `.pcqa` holds the key for pseudonyms.
    facts : dict, optional
        What stands under the page's title beside what the lesson says itself.
    made_from : str, optional
        A mark for what the report is made from, kept in a file of its own, which is not shared.
    since : path, optional
        An earlier report of the same lesson, to be shown beside this one.
    progress : callable, optional
        Told of each cell before it runs: its number, how many there are, its section.

    Raises
    ------
    RunError
        The lesson failed, a parameter is unknown, the earlier report is of another lesson, or the
        folder cannot be written.
    """
    then = panel.earlier(since, lesson.metadata.get("pcqa", {}).get("id")) if since else None
    exports = [] if export is None else _list(export)
    wanted = dict(parameters or {})
    if exports:
        wanted["export"] = _present(exports)
    named = {name: path for name, value in (parameters or {}).items() if (path := _file(value))}
    wanted |= {name: str(path.absolute()) for name, path in named.items()}
    keys = project or os.environ.get("PCQA_PROJECT")  # absolute, since the kernel runs elsewhere
    environment = {"PCQA_PROJECT": str(Path(keys).absolute())} if keys else {}
    environment |= {} if png else {"PCQA_PNG": "0"}
    with output.folder(out, replace=replace) as partial:
        folders = [partial, partial.parent, Path(out)]
        scrubber = Scrubber([*exports, *named.values()], folders)
        cells = partial / ".work"
        cells.mkdir(mode=0o700)
        done = execute(
            lesson, cwd=cells, parameters=wanted, progress=progress, environment=environment
        )
        shutil.rmtree(cells)
        clean = scrubber.notebook(done)
        about = summaries.summary(clean, wanted)
        if made_from:
            (partial / output.MADE_FROM).write_text(made_from, encoding="utf-8")
        _write(partial, clean, about, then=then, facts=facts or {}, show_code=show_code)
    return Path(out)


def _list(export: Export | Sequence[Export]) -> list[Path]:
    given = [export] if isinstance(export, (str, Path)) else list(export)
    return [output.expanded(path) for path in given]


def _present(exports: list[Path]) -> str | list[str]:
    """Return the exports as the lesson takes them, after a look that they may be read."""
    from pcqa_teach.data.reading import files

    for path in exports:
        if not path.is_dir():
            try:
                files.look(path)
            except ReadError as error:
                raise RunError(str(error)) from None
    paths = [str(path.absolute()) for path in exports]
    return paths if len(paths) > 1 else paths[0]


def _file(value: Any) -> Path | None:
    """Return the file that a parameter names, if there is one: the kernel runs elsewhere."""
    try:
        path = Path(value).expanduser() if isinstance(value, str) and value else None
        return path if path is not None and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _write(
    partial: Path,
    done: NotebookNode,
    summary: dict[str, Any],
    *,
    then: Mapping[str, Any] | None,
    facts: Mapping[str, str],
    show_code: bool,
) -> None:
    import nbformat

    figures = partial / "figures"
    figures.mkdir()
    drawn = gather.pictures(done)
    summary["figures"] = [{"name": one.name, "files": one.save(figures)} for one in drawn]
    words = {one.name: one.alt for one in drawn}
    output.write_json(figures / "alt.json", words)
    output.write_json(partial / "summary.json", summary)
    title, said = notebooks.title(done), [*facts.items(), *summaries.facts(summary)]
    board.write(
        partial / "notice-board.pdf", title=title, facts=said, rows=summary["rows"],
        created=datetime.date.fromisoformat(summary["created"]),
        lesson=summary["lesson"]["id"],
    )  # fmt: skip
    made = page(
        done, title=title, facts=said, show_code=show_code,
        before=[panel.keep(), *([panel.then_and_now(then, summary)] if then else [])],
        after=[panel.leaving(summary)],
    )  # fmt: skip
    (partial / "report.html").write_text(made, encoding="utf-8")
    done.metadata["pcqa"] = {**done.metadata.get("pcqa", {}), "digest": output.digest(done)}
    (partial / "notebook.ipynb").write_text(nbformat.writes(done) + "\n", encoding="utf-8")
