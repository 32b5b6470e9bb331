"""Hand out an assignment: nbgrader makes the participants' copies, and we look at them."""

from __future__ import annotations

import json
import logging
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach.classroom.folder import ClassFolder, source_of
from pcqa_teach.classroom.grading.marking import answer_key
from pcqa_teach.classroom.grading.repair import grade_id, is_answer, is_test, source
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run import output
from pcqa_teach.run.execute import execute
from pcqa_teach.sayings import counted

Say = Callable[[str], None]


@dataclass(frozen=True)
class Release:
    """What was handed out: the notebooks, the archives with them, what they are worth.

    `archive` holds the notebooks as they are, for a hub or where the workbook writes the code in;
    `personal` is one for each person of the roster, whose notebooks say already whose they are.
    """

    assignment: str
    notebooks: tuple[Path, ...]
    archive: Path
    personal: tuple[Path, ...]
    points: float


def release(
    course: ClassFolder, assignment: str, *, check: bool = True, say: Say | None = None
) -> Release:
    """Make the participants' notebooks of an assignment, look at them, pack them.

    Parameters
    ----------
    course
        The class.
    assignment : str
        Such as `core-day1`; this copy of the kit must hold its sources.
    check : bool
        Whether each copy is run as it is handed out: it must come to its end and earn nothing.
    say : callable, optional
        Told what is being done.

    Raises
    ------
    ClassroomError
        The roster cannot be read; or a copy shows what it must not, does not run, or its points do
        not add up. What was handed out before is left as it was.
    """
    tell = say or (lambda _: None)
    people = tuple(course.roster())  # first, as it is what a person may have got wrong
    paths = source_of(assignment)
    kept = {path.name: path.read_bytes() for path in _existing(course.part("release", assignment))}
    _lay_sources(paths, course.part("source", assignment))
    try:
        tell(f"making {counted(len(paths), 'notebook')}")
        _generate(course, assignment)
        made = tuple(sorted(course.part("release", assignment).glob("*.ipynb")))
        points = sum(_looked_at(path, own) for path, own in zip(made, paths, strict=True))
        for number, path in enumerate(made, start=1):
            if check:
                tell(f"running {path.stem} as it is handed out ({number} of {len(made)})")
                _run(path)
    except BaseException:
        _put_back(course.part("release", assignment), kept)
        raise
    archive = _pack(course.part("handouts", f"{assignment}.zip"), assignment, made)
    personal = tuple(
        _pack(course.part("handouts", assignment, f"{code}.zip"), assignment, made, code)
        for code in people
    )
    return Release(assignment, made, archive, personal, points)


def _lay_sources(paths: list[Path], folder: Path) -> None:
    """Copy the sources to where nbgrader looks; nobody but their owner can read them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    for path in paths:
        shutil.copy2(path, folder)


def _generate(course: ClassFolder, assignment: str) -> None:
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    from pcqa_teach.classroom import settings

    config = Config()
    settings.apply(config)
    config.CourseDirectory.root = str(course.path)
    config.CourseDirectory.course_id = course.name
    config.CourseDirectory.db_url = course.gradebook
    quiet = logging.getLogger("traitlets")
    before, quiet.level = quiet.level, logging.CRITICAL
    try:
        with settings.at_work():
            api = NbGraderAPI(config=config)
            done = api.generate_assignment(assignment, force=True, create=True)
    finally:
        quiet.level = before
    if not done["success"]:
        said = [line for line in str(done.get("error") or done.get("log")).splitlines() if line]
        raise ClassroomError(
            f"nbgrader could not make the copies: {said[-1] if said else 'no word'}."
        )


def _looked_at(path: Path, own: Path) -> float:
    """Hold a copy against its source; return the points that it is worth."""
    copy, whole = (json.loads(one.read_text(encoding="utf-8")) for one in (path, own))
    told = "\n".join(source(cell) for cell in copy["cells"])
    for mark in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "judge("):
        if mark in told:
            raise ClassroomError(f"The copy of '{path.stem}' would show '{mark}': it was not made.")
    if any("facilitator" in cell["metadata"].get("tags", []) for cell in copy["cells"]):
        raise ClassroomError(f"The copy of '{path.stem}' would show what facilitators are told.")
    items = {str(grade_id(cell)): cell for cell in copy["cells"] if grade_id(cell)}
    key = answer_key(whole["cells"])
    lost = set(key.items) - set(items)
    if lost:
        raise ClassroomError(f"The copy of '{path.stem}' lacks {', '.join(sorted(lost))}.")
    for item in key.items:
        worth = key.mark(item, {"missing": True}).total
        if abs(worth - float(items[item]["metadata"]["nbgrader"]["points"])) > 1e-9:
            raise ClassroomError(f"The points of {item} do not add up to those of its key.")
    if not any(is_answer(cell) for cell in items.values()):
        raise ClassroomError(f"The copy of '{path.stem}' has nothing to answer.")
    marked = [cell for cell in items.values() if is_test(cell) or _by_hand(cell)]
    return sum(float(cell["metadata"]["nbgrader"]["points"]) for cell in marked)


def _by_hand(cell: dict[str, object]) -> bool:
    marks = dict(cell["metadata"])["nbgrader"]  # type: ignore[call-overload]
    return bool(marks.get("grade") and marks.get("solution"))


def _run(path: Path) -> None:
    """Run a copy as it stands: it must come to its end."""
    import tempfile

    import nbformat

    with tempfile.TemporaryDirectory(prefix="pcqa-release-") as scratch:
        execute(nbformat.read(path, as_version=4), cwd=Path(scratch), static=True)


def _pack(target: Path, assignment: str, notebooks: tuple[Path, ...], code: str = "") -> Path:
    """Put the notebooks into an archive to hand out; with a code, each says whose it is."""
    target.parent.mkdir(exist_ok=True)
    with output.file(target, replace=True) as draft, _zip(draft) as archive:
        for path in notebooks:
            text = path.read_text(encoding="utf-8")
            name = path.name
            if code:
                notebook = json.loads(text)
                notebook["metadata"].setdefault("pcqa", {})["participant"] = code
                text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
                name = f"{path.stem}--{code}.ipynb"
            archive.writestr(f"{assignment}/{name}", text)
    return target


def _zip(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)


def _existing(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ipynb")) if folder.is_dir() else []


def _put_back(folder: Path, kept: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if kept:
        folder.mkdir(parents=True)
        for name, content in kept.items():
            (folder / name).write_bytes(content)
