"""Remove a learner from a class, everywhere in its folder and its gradebook, and say what went."""

from __future__ import annotations

import contextlib
import re
import shutil
import stat
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from pcqa_teach.classroom import feedback, leftovers, roster
from pcqa_teach.classroom.certificate import FOLDER as CERTIFICATES
from pcqa_teach.classroom.certificate import checked_code
from pcqa_teach.classroom.folder import ROSTER, SETTINGS, ClassFolder
from pcqa_teach.classroom.grading.book import MARKED
from pcqa_teach.classroom.grading.held import held
from pcqa_teach.classroom.insights.page import FOLDER as INSIGHTS
from pcqa_teach.classroom.insights.pseudonyms import Names
from pcqa_teach.classroom.results import gradebook_there
from pcqa_teach.classroom.settings import at_work
from pcqa_teach.errors import ClassroomError
from pcqa_teach.sayings import and_list, counted

# What to look for, and what it is called when it is counted.
_WORK = {
    "collected/*/{code}": ("version handed in", "versions handed in"),
    "submitted/{code}": ("notebook that counted", "notebooks that counted"),
    "autograded/{code}": ("marked copy", "marked copies"),
    "feedback/{code}": ("page of feedback", "pages of feedback"),
    "handouts/*/{code}.zip": ("archive to hand out", "archives to hand out"),
    CERTIFICATES + "/{code}.html": ("certificate", "certificates"),
}
_COUNTED = {".ipynb", ".html", ".zip"}
ELSEWHERE = (
    "What is not in the class folder is yours to remove: messages, downloads, exported tables, "
    "Moodle, a hub's exchange and homes, backups."
)


@dataclass(frozen=True)
class Removed:
    """What was removed, or would be: counts by what it is; `still_in`: files that name them yet."""

    counts: Mapping[tuple[str, str], int]
    still_in: tuple[str, ...] = ()

    def said(self) -> str:
        """Return the counts as words.

        >>> Removed({("marked copy", "marked copies"): 2, ("mark", "marks"): 0}).said()
        '2 marked copies'
        """
        some = [counted(n, one, many) for (one, many), n in self.counts.items() if n]
        return and_list(some) or "nothing"


def whom(
    course: ClassFolder,
    code: str | None = None,
    group: str | None = None,
    older_than: int | None = None,
    now: datetime | None = None,
) -> list[str]:
    """Return the codes of those who are meant: one, a group of the roster, or the long inactive.

    Parameters
    ----------
    course
        The class.
    code, group : str, optional
        Somebody's code, or a group's name as the roster has it.
    older_than : int, optional
        Those whose last work came in more than so many months ago; who never handed in any is left.
    now : datetime, optional
        The time to count from.

    Raises
    ------
    ClassroomError
        The class knows nobody such.
    """
    if code is not None:
        return [checked_code(code)]
    if group is not None:
        wanted = " ".join(group.split()).casefold()
        found = [p.code for p in course.roster().values() if p.group.casefold() == wanted != ""]
        if not found:
            raise ClassroomError(f"The roster has no group '{group}': nothing was removed.")
        return found
    months = kept_for(course) if older_than is None else older_than
    since = now or datetime.now(UTC)
    back = since.year * 12 + since.month - 1 - months
    day = min(since.day, 28)
    limit = since.replace(year=back // 12, month=back % 12 + 1, day=day)
    return sorted(one for one, last in _last_seen(course).items() if last < limit)


def kept_for(course: ClassFolder) -> int:
    """Return for how many months the class keeps work, as its settings say.

    Raises
    ------
    ClassroomError
        They do not say it.
    """
    about = tomllib.loads((course.path / SETTINGS).read_text(encoding="utf-8"))
    months = about.get("keep_months")
    if type(months) is not int or months < 1:
        raise ClassroomError(
            "Say whom to forget: a code, --group, or --older-than MONTHS; or set keep_months in "
            f"{SETTINGS}, such as keep_months = 12."
        )
    return months


def found(course: ClassFolder, codes: Sequence[str]) -> Removed:
    """Return what there is of these people; nothing is touched.

    Raises
    ------
    ClassroomError
        There is nothing of any of them.
    """
    counts = {
        called: sum(_files(path) for code in codes for path in _places(course, pattern, code))
        for pattern, called in _WORK.items()
    }
    counts["mark", "marks"] = _marks(course, codes)
    counts["row of the roster", "rows of the roster"] = len(set(codes) & set(course.roster()))
    if not any(counts.values()):
        raise ClassroomError("This class holds nothing of anybody of that code.")
    return Removed(counts)


def forget(course: ClassFolder, codes: Sequence[str]) -> Removed:
    """Remove these people from the class, and return what was removed.

    Stopped half-way, it can be run again: the row in the roster goes last.

    Parameters
    ----------
    course
        The class.
    codes : list of str
        As `whom` gives them.

    Raises
    ------
    ClassroomError
        There is nothing of any of them, or the gradebook cannot be written, or is being written.
    """
    with held(course.gradebook):
        return _forget(course, codes)


def _forget(course: ClassFolder, codes: Sequence[str]) -> Removed:
    before = found(course, codes)
    people = [course.roster().get(code) for code in codes]
    words = [word for one in people if one for word in leftovers.words_of(one)]
    counts = dict(before.counts)
    packed = [path.stem for path in sorted(course.part("feedback").glob("*.zip"))]
    for code in codes:
        for pattern in _WORK:
            for path in _places(course, pattern, code):
                _remove(path)
    for assignment in packed:
        feedback.pack(course, assignment)
    pages = sorted(course.part(INSIGHTS).glob("*.html"))
    for path in (*pages, *course.part("shards").glob("*")):  # the folder may be mounted in pods
        _remove(path)
    counts["page of insights (write it anew)", "pages of insights (write them anew)"] = len(pages)
    _out_of_gradebook(course, codes)
    counts["made-up name", "made-up names"] = Names(course).forget(codes)
    roster.forget(course.path / ROSTER, set(codes))
    return Removed(counts, tuple(leftovers.mentions(course.path, codes, words)))


def _places(course: ClassFolder, pattern: str, code: str) -> Iterator[Path]:
    first, _, rest = pattern.format(code=code).partition("/")
    yield from course.part(first).glob(rest)


def _files(path: Path) -> int:
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    return sum(one.suffix in _COUNTED and not one.is_dir() for one in inside)


def _remove(path: Path) -> None:
    """Remove a file or a folder, one that nbgrader has made read-only too."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for one in (path, *(p for p in path.rglob("*") if p.is_dir() and not p.is_symlink())):
        one.chmod(one.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(path)


def _marks(course: ClassFolder, codes: Sequence[str]) -> int:
    asked = sa.text(
        "select count(*) from grade g join submitted_notebook sn on sn.id = g.notebook_id "
        "join submitted_assignment sa on sa.id = sn.assignment_id where sa.student_id in :codes"
    ).bindparams(sa.bindparam("codes", expanding=True))
    with _read(course) as connection:
        if connection is None:
            return 0
        return int(connection.execute(asked, {"codes": list(codes)}).scalar_one())


@contextlib.contextmanager
def _read(course: ClassFolder) -> Iterator[sa.Connection | None]:
    """Open the gradebook for reading; None where there is none."""
    if not gradebook_there(course.gradebook):
        yield None
        return
    engine = sa.create_engine(course.gradebook)
    try:
        with engine.connect() as connection:
            known = sa.inspect(connection).has_table("submitted_assignment")
            yield connection if known else None
    except sa.exc.SQLAlchemyError:
        raise ClassroomError("The gradebook cannot be read just now: nothing was done.") from None
    finally:
        engine.dispose()


def _out_of_gradebook(course: ClassFolder, codes: Sequence[str]) -> None:
    """Take people out of nbgrader's tables, by its own hand, and out of ours; leave no old page."""
    from nbgrader.api import Gradebook, MissingEntry

    if not gradebook_there(course.gradebook):
        return
    failed = False
    try:
        with at_work(), contextlib.closing(Gradebook(course.gradebook)) as book:
            if sa.inspect(book.db.get_bind()).has_table(MARKED.name):
                book.db.execute(sa.delete(MARKED).where(MARKED.c.student.in_(list(codes))))
                book.db.commit()
            for code in codes:
                with contextlib.suppress(MissingEntry):
                    book.remove_student(code)
        engine = sa.create_engine(course.gradebook, isolation_level="AUTOCOMMIT")
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.execute(sa.text("vacuum"))  # a deleted row stays in the file until then
        engine.dispose()
    except sa.exc.SQLAlchemyError:
        failed = True
    if failed:
        raise ClassroomError(
            "The gradebook could not be written just now: close what else uses it, and run this "
            "again. Files of work were removed already."
        )


def _last_seen(course: ClassFolder) -> dict[str, datetime]:
    """Return when each person's last work came in, by the gradebook and by what was collected."""
    seen: dict[str, datetime] = {}
    for code, when in [*_in_gradebook(course), *_in_files(course)]:
        seen[code] = max(when, seen.get(code, when))
    return seen


def _in_gradebook(course: ClassFolder) -> list[tuple[str, datetime]]:
    with _read(course) as connection:
        if connection is None:
            return []
        asked = sa.text(
            "select student_id, max(timestamp) as last from submitted_assignment "
            "group by student_id"
        ).columns(sa.column("student_id", sa.String), sa.column("last", sa.DateTime))
        rows = connection.execute(asked).all()
    return [(code, when.replace(tzinfo=UTC)) for code, when in rows if when is not None]


def _in_files(course: ClassFolder) -> Iterable[tuple[str, datetime]]:
    for path in course.part("collected").glob("*/*/*/*.ipynb"):
        if stamp := re.match(r"\d{8}T\d{6}", path.name):
            when = datetime.strptime(stamp[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            yield path.parent.parent.name, when
