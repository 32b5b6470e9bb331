"""A class in a folder of its own: who is in it, what was handed out, handed in, marked, given back.

The folder is laid out as nbgrader expects, so that its own commands and formgrader work in it:
`source/`, `release/`, `submitted/`, `autograded/`, `feedback/`, `gradebook.db`. Beside them stand
`roster.csv` and `collected/`, every version that was ever handed in.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach import resources
from pcqa_teach.classroom import roster as rosters
from pcqa_teach.classroom.roster import COLUMNS, ROSTER
from pcqa_teach.errors import ClassroomError, LessonError

__all__ = [
    "ROSTER",
    "SETTINGS",
    "ClassFolder",
    "Person",
    "assignments",
    "init",
    "opened",
    "source_of",
]
SETTINGS = "class.toml"
_FOLDERS = ("source", "release", "handouts", "collected", "submitted", "autograded", "feedback")
_CONFIG = '''"""How nbgrader works in this class: its own commands and formgrader read this file."""

from pathlib import Path

from pcqa_teach.classroom import folder, settings

c = get_config()  # noqa: F821  (traitlets puts it there)
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.db_url = folder.opened(Path(__file__).parent).gradebook
c.CourseDirectory.course_id = {name!r}
settings.apply(c)
'''
_TOML = """# A class of the Academy's teaching kit.
name = "{name}"
# Where marks are kept. Nothing here: gradebook.db in this folder. On a hub, a PostgreSQL address
# in the environment variable PCQA_GRADEBOOK, so that no password stands in a file.
# keep_months = 12   # whom `pcqa classroom forget` means when it is told nobody
"""
_IGNORE = "# Nobody's work, marks or name belongs in a repository.\n*\n"


@dataclass(frozen=True)
class Person:
    """A participant: the code that their work carries, and what else the class has noted."""

    code: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    group: str = ""


@dataclass(frozen=True)
class ClassFolder:
    """A class that has been set up."""

    path: Path
    name: str

    @property
    def gradebook(self) -> str:
        """Where marks are kept, as nbgrader takes it."""
        return os.environ.get("PCQA_GRADEBOOK") or f"sqlite:///{self.path / 'gradebook.db'}"

    def part(self, name: str, *below: str) -> Path:
        """Return one of the folders, or what is below it."""
        return self.path.joinpath(name, *below)

    def roster(self) -> dict[str, Person]:
        """Return who is in the class, by code.

        Raises
        ------
        ClassroomError
            The roster cannot be read; the message says which row, and what is wrong with it.
        """
        people = rosters.read(self.path / ROSTER).people()
        return {one["code"]: Person(*(one.get(column, "") for column in COLUMNS)) for one in people}


def init(path: Path | str, name: str = "") -> ClassFolder:
    """Set up a class in a new folder.

    Raises
    ------
    ClassroomError
        There is a class or something else already, or the folder is inside the kit's checkout.
    """
    place = Path(path).expanduser().absolute()
    root = resources.checkout()
    if root is not None and (place == root or root in place.parents):
        raise ClassroomError(
            f"'{place.name}' lies in the kit's own checkout, where a class does not belong: name a "
            "folder elsewhere."
        )
    if (place / SETTINGS).exists():
        raise ClassroomError(f"'{place.name}' holds a class already: it was left as it is.")
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise ClassroomError(f"'{place.name}' holds something else already: name a new folder.")
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    for part in _FOLDERS:
        (place / part).mkdir()
    called = name or place.name
    (place / ROSTER).write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    (place / "nbgrader_config.py").write_text(_CONFIG.format(name=called), encoding="utf-8")
    (place / ".gitignore").write_text(_IGNORE, encoding="utf-8")
    escaped = called.replace("\\", "\\\\").replace('"', '\\"')
    (place / SETTINGS).write_text(_TOML.format(name=escaped), encoding="utf-8")
    return ClassFolder(place, called)


def opened(path: Path | str = ".") -> ClassFolder:
    """Return the class in a folder, or in one of those above it.

    Raises
    ------
    ClassroomError
        There is none, or its settings cannot be read.
    """
    start = Path(path).expanduser().absolute()
    for place in (start, *start.parents):
        if (place / SETTINGS).is_file():
            try:
                about = tomllib.loads((place / SETTINGS).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
                raise ClassroomError(f"'{SETTINGS}' in '{place.name}' cannot be read.") from None
            return ClassFolder(place, str(about.get("name", place.name)))
    raise ClassroomError(
        f"'{start.name}' is no class: make one with `pcqa classroom init FOLDER`, or go to its "
        "folder first."
    )


def assignments() -> list[str]:
    """Return the names of the assignments that this copy of the kit holds sources of."""
    found = {one.assignment for one in resources.lessons().values() if one.is_source}
    return sorted(found)


def source_of(assignment: str) -> list[Path]:
    """Return an assignment's source notebooks.

    Raises
    ------
    LessonError
        This copy of the kit holds no sources, or none of that name.
    """
    known = assignments()
    if not known:
        raise LessonError(
            "This copy of the kit holds no sources, only what participants may see: hand out from "
            "a checkout."
        )
    if assignment not in known:
        raise LessonError(f"There is no assignment '{assignment}': {', '.join(known)}.")
    lessons = resources.lessons().values()
    return sorted(one.path for one in lessons if one.assignment == assignment)
