"""Hand out an assignment: nbgrader makes the participants' copies, and we look at them."""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach.classroom import items
from pcqa_teach.classroom.folder import ClassFolder, source_of
from pcqa_teach.classroom.grading.handed_out import made_from
from pcqa_teach.classroom.grading.held import held
from pcqa_teach.classroom.grading.marking import answer_key
from pcqa_teach.classroom.grading.repair import grade_id, is_answer, is_test, source
from pcqa_teach.classroom.unfinished import TO_WRITE, left_to_write
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run import output
from pcqa_teach.run.execute import execute
from pcqa_teach.sayings import counted

Say = Callable[[str], None]
_LOG = logging.getLogger(__name__)  # a warning stands on the screen as it is, and stays there


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
        not add up; or work has been marked that has other items. Sources, copies and points are
        then left as they were.
    """
    tell = say or (lambda _: None)
    people = tuple(course.roster())  # first, as it is what a person may have got wrong
    paths = source_of(assignment)
    for path in paths:
        _warn_of_pencils(path)
    with held(course.gradebook), _beside(course) as draft:
        tell(f"making {counted(len(paths), 'notebook')}")
        _lay_sources(paths, draft.part("source", assignment))
        paths = sorted(draft.part("source", assignment).glob("*.ipynb"))
        scratch = f"sqlite:///{draft.path / 'gradebook.db'}"
        _generate(draft, scratch, assignment)
        made = sorted(draft.part("release", assignment).glob("*.ipynb"))
        points = sum(_looked_at(path, own) for path, own in zip(made, paths, strict=True))
        for path, own in zip(made, paths, strict=True):
            _say_of_what(path, own)
        new = items.made(scratch, assignment)
        items.refuse(course.gradebook, assignment, new)
        for number, path in enumerate(made, start=1):
            if check:
                tell(f"running {path.stem} as it is handed out ({number} of {len(made)})")
                _run(path)
        archives = {f"{assignment}.zip": ""} | {f"{assignment}/{one}.zip": one for one in people}
        for name, code in archives.items():
            _pack(draft.part("handouts", name), assignment, made, code)
        with _in_place(course, draft, assignment):
            items.write(course.gradebook, course.name, assignment, new)
        course.part("handouts", assignment).mkdir(parents=True, exist_ok=True)
        packed = [
            draft.part("handouts", name).replace(course.part("handouts", name)) for name in archives
        ]
    here = course.part("release", assignment)
    return Release(
        assignment, tuple(here / path.name for path in made), packed[0], tuple(packed[1:]), points
    )


def _warn_of_pencils(path: Path) -> None:
    """Say in which cells of a lesson words of its writer's own are still to come."""
    found: list[str] = []
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        # what is no whole notebook is refused further on, and said better
        found = left_to_write(json.loads(path.read_text(encoding="utf-8"))["cells"])
    if found:
        _LOG.warning(
            "Not finished: in '%s' a pencil, %s, still marks what is to be written. It is "
            "handed out all the same; mend it, and release again.\n  - %s",
            path.stem, TO_WRITE, "\n  - ".join(found),
        )  # fmt: skip


@contextlib.contextmanager
def _beside(course: ClassFolder) -> Iterator[ClassFolder]:
    """Give a hidden folder in the class's own, to make everything in before it is put in place."""
    with tempfile.TemporaryDirectory(
        prefix=".release-", dir=course.path, ignore_cleanup_errors=True
    ) as place:
        yield ClassFolder(Path(place), course.name)


@contextlib.contextmanager
def _in_place(course: ClassFolder, draft: ClassFolder, assignment: str) -> Iterator[None]:
    """Put new sources and copies in the place of the old, which come back should the rest fail."""
    moved = [
        (course.part(name, assignment), draft.part(name, assignment), draft.part(f"old-{name}"))
        for name in ("source", "release")
    ]
    try:
        for here, new, old in moved:
            here.parent.mkdir(exist_ok=True)
            if here.exists():
                here.rename(old)
            new.rename(here)
        yield
    except BaseException:
        for here, new, old in moved:
            if here.exists() and not new.exists():
                here.rename(new)
            if old.exists():
                old.rename(here)
        raise


def _say_of_what(path: Path, own: Path) -> None:
    """Note in a copy which source it was made from: marking by another is refused."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"].setdefault("pcqa", {})["made_from"] = made_from(own.read_bytes())
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _lay_sources(paths: list[Path], folder: Path) -> None:
    """Copy the sources to where nbgrader looks; nobody but their owner can read them."""
    folder.mkdir(parents=True, mode=0o700)
    for path in paths:
        shutil.copy2(path, folder)


def _generate(course: ClassFolder, gradebook: str, assignment: str) -> None:
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    from pcqa_teach.classroom import settings

    config = Config()
    settings.apply(config)
    config.CourseDirectory.root = str(course.path)
    config.CourseDirectory.course_id = course.name
    config.CourseDirectory.db_url = gradebook
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
    cells = {str(grade_id(cell)): cell for cell in copy["cells"] if grade_id(cell)}
    key = answer_key(whole["cells"])
    lost = set(key.items) - set(cells)
    if lost:
        raise ClassroomError(f"The copy of '{path.stem}' lacks {', '.join(sorted(lost))}.")
    for item in key.items:
        worth = key.mark(item, {"missing": True}).total
        if abs(worth - float(cells[item]["metadata"]["nbgrader"]["points"])) > 1e-9:
            raise ClassroomError(f"The points of {item} do not add up to those of its key.")
    if not any(is_answer(cell) for cell in cells.values()):
        raise ClassroomError(f"The copy of '{path.stem}' has nothing to answer.")
    marked = [cell for cell in cells.values() if is_test(cell) or _by_hand(cell)]
    return sum(float(cell["metadata"]["nbgrader"]["points"]) for cell in marked)


def _by_hand(cell: dict[str, object]) -> bool:
    marks = dict(cell["metadata"])["nbgrader"]  # type: ignore[call-overload]
    return bool(marks.get("grade") and marks.get("solution"))


def _run(path: Path) -> None:
    """Run a copy as it stands: it must come to its end."""
    import nbformat

    with tempfile.TemporaryDirectory(prefix="pcqa-release-") as scratch:
        execute(nbformat.read(path, as_version=4), cwd=Path(scratch), static=True)


def _pack(target: Path, assignment: str, notebooks: Sequence[Path], code: str = "") -> None:
    """Put the notebooks into an archive to hand out; with a code, each says whose it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
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


def _zip(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
