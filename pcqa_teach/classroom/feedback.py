"""What a participant is given back: one page, with their score, hints and a next step.

A page is made of what was recorded when the work was marked: no test, no expected value and no
trace of the grader can stand in it, because none is at hand.
"""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pcqa_teach.classroom import moodle
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.versions import OTHER_VERSION
from pcqa_teach.classroom.results import results
from pcqa_teach.classroom.rubric import Told, told
from pcqa_teach.run import output, page, words
from pcqa_teach.run.stress import stressed
from pcqa_teach.sayings import and_list, counted

PAGE = "feedback.html"
_FOOT = (
    "Marks are for learning: they show what to look at again, and count for nothing else. Nobody "
    "but you and your coach is given this page."
)
_NOT_YET = "A person has yet to read this one."
_EMPTY = "It was left empty."
_AGAIN = "Look again at"
_MENDED = (
    "Some cells of this notebook had been moved, copied or deleted, which happens easily. They "
    "were put right before marking, and it cost you nothing:"
)
_OTHER_VERSION = (
    "You began this notebook in another version of the lesson, and it was marked by the one that "
    "was handed out in this class. Nothing of yours was changed."
)
_FITTED = "So that it could be marked, some of its cells were put in order:"
Say = Callable[[int, int], None]
Said = Mapping[str, Mapping[Any, Any]]  # what was recorded of each item


def feedback(course: ClassFolder, assignment: str, say: Say | None = None) -> list[Path]:
    """Write a page for each participant, and an archive of them in the form that Moodle takes.

    Parameters
    ----------
    course
        The class.
    assignment : str
        Such as `core-day1`.
    say : callable, optional
        Told how many pages are written, of how many.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet.
    """
    found = results(course.gradebook, assignment)
    lessons = told(course, assignment)
    of = {
        name: dict(iter(frame.groupby("student")))
        for name, frame in vars(found).items()
        if name != "grades"
    }
    people = list(found.grades.groupby("student"))
    made = []
    for number, (student, grades) in enumerate(people, start=1):
        theirs = {name: frames.get(student) for name, frames in of.items()}
        text = Page(str(student), assignment, grades, lessons, **theirs).html()
        target = course.part("feedback", str(student), assignment, PAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        with output.file(target, replace=True) as draft:
            draft.write_text(text, encoding="utf-8")
        made.append(target)
        if say:
            say(number, len(people))
    pack(course, assignment)
    return made


def pack(course: ClassFolder, assignment: str) -> Path | None:
    """Put the pages that there are into an archive; where there are none, take it away.

    Each page lies in a folder: of the name that Moodle had given it, where the work came from
    Moodle, so that it knows whose it is; of the person's code otherwise. Pages of several people
    that would lie in one folder are left out (`clashing` names them).
    """
    target = course.part("feedback", f"{assignment}.zip")
    left = {code for codes in clashing(course, assignment) for code in codes}
    pages = {code: path for code, path in _pages(course, assignment).items() if code not in left}
    if not pages:
        target.unlink(missing_ok=True)
        return None
    with (
        output.file(target, replace=True) as draft,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for code, path in pages.items():
            archive.write(path, f"{_folder(course, assignment, code)}/{PAGE}")
    return target


def clashing(course: ClassFolder, assignment: str) -> list[list[str]]:
    """Return the codes of those whose pages would lie in one folder of the archive, by folder."""
    found: dict[str, list[str]] = {}
    for code in _pages(course, assignment):
        found.setdefault(_folder(course, assignment, code).casefold(), []).append(code)
    return [codes for codes in found.values() if len(codes) > 1]


def _pages(course: ClassFolder, assignment: str) -> dict[str, Path]:
    pages = sorted(course.part("feedback").glob(f"*/{assignment}/{PAGE}"))
    return {path.parent.parent.name: path for path in pages}


def _folder(course: ClassFolder, assignment: str, student: str) -> str:
    return moodle.kept(course.part("collected", assignment, student)) or student


class Page:
    """The page of one participant."""

    def __init__(
        self,
        student: str,
        assignment: str,
        grades: pd.DataFrame,
        lessons: Told,
        answers: pd.DataFrame | None,
        troubles: pd.DataFrame | None,
        notes: pd.DataFrame | None,
    ) -> None:
        self.student, self.assignment, self.lessons = student, assignment, lessons
        place = {item: number for number, item in enumerate(lessons.sorted(grades["item"]))}
        self.grades = grades.sort_values("item", key=lambda items: items.map(place))
        self.said: Said = (
            {} if answers is None else {row["item"]: row for row in answers.to_dict("records")}
        )
        self.stopped = _by_notebook(troubles, "trouble")
        self.mended = _by_notebook(notes, "note")

    def html(self) -> str:
        """Return the page."""
        handed = self.grades[self.grades["handed"]]
        got, of = handed["score"].sum(), handed["max_score"].sum()
        so_far = ", so far" if self.grades["waiting"].any() else ""
        missed = self._missed()
        facts = [
            ("Participant", self.student),
            ("Assignment", self.assignment),
            ("Score", f"{got:g} of {of:g} points{so_far}"),
            *([("Not handed in", counted(len(missed), "lesson"))] if missed else []),
            ("Made", f"{date.today():%d %B %Y}".lstrip("0")),
        ]
        blocks = [f"<p><strong>Next:</strong> {self._next()}</p>"]
        for notebook, items in self.grades.groupby("notebook", sort=False):
            blocks += self._lesson(str(notebook), items) if items["handed"].any() else []
        if missed:
            blocks.append(
                f"<h2>Not handed in</h2><p>Nothing has come in of {and_list(missed)}. Ask your "
                "coach if it still can.</p>"
            )
        return page.rendered("Feedback", facts, blocks, foot=_FOOT)

    def _next(self) -> str:
        """Name one thing to do next, and where."""
        handed = self.grades[self.grades["handed"]]
        short = handed[(handed["score"] < handed["max_score"]) & ~handed["waiting"]]
        hinted = [row for row in short.to_dict("records") if self._hint(row)]
        for row in hinted or short.to_dict("records"):
            hint = self._hint(row) or "Go back to the worked example, and try once more."
            again = "go back to" if hint.startswith(_AGAIN) else _AGAIN.lower()
            where = f"in {self._title(row['notebook'])}, {again} {row['item']}"
            return f"{where}. {stressed(hint)}"
        if missed := self._missed():
            return f"{missed[0]} is still to be handed in."
        if self.stopped:
            return f"your coach will look at {self._title(next(iter(self.stopped)))} with you."
        if len(waiting := self.grades.loc[self.grades["waiting"], "notebook"]):
            return (
                "all that a computer marks is right, and what you wrote in "
                f"{self._title(waiting.iloc[0])} is being read. Think of where you would use it."
            )
        last = self._title(self.grades["notebook"].iloc[-1])
        return f"all of it is right. Help somebody with the one that you found hardest in {last}."

    def _missed(self) -> list[str]:
        missed = self.grades.loc[~self.grades["handed"], "notebook"].unique()
        return [self._title(notebook) for notebook in missed]

    def _hint(self, row: Mapping[Any, Any]) -> str:
        return "" if row["by_hand"] else str(self.said.get(row["item"], {}).get("hint") or "")

    def _title(self, notebook: str) -> str:
        return f"<em>{_safe(self.lessons.title(notebook))}</em>"

    def _lesson(self, notebook: str, items: pd.DataFrame) -> list[str]:
        blocks = [f"<h2>{_safe(self.lessons.title(notebook))}</h2>"]
        if notebook in self.stopped:
            outcomes = {self.said.get(item, {}).get("outcome") for item in items["item"]}
            which, its = (
                ("this", "its") if outcomes <= {None, "person"} else ("all of this", "those")
            )
            blocks.append(
                f"<p>A computer could not mark {which} notebook "
                f"({_safe(self.stopped[notebook][0])}). "
                f"Your coach will look at it; until then {its} points are open.</p>"
            )
        notes = self.mended.get(notebook, [])
        if OTHER_VERSION in notes:
            blocks.append(f"<p>{_OTHER_VERSION}</p>")
        if mended := [note for note in notes if note != OTHER_VERSION]:
            said = "".join(f"<li>{_safe(note)}</li>" for note in mended)
            why = _FITTED if OTHER_VERSION in notes else _MENDED
            blocks.append(f"<p>{why}</p><ul>{said}</ul>")
        rows = "".join(self._row(row) for row in items.to_dict("records"))
        got, of = items["score"].sum(), items["max_score"].sum()
        return [
            *blocks,
            f'<div class="scroll"><table><caption>Item by item: {got:g} of {of:g} points</caption>'
            '<thead><tr><th scope="col">Item</th><th scope="col">Points</th>'
            f'<th scope="col">What was said</th></tr></thead><tbody>{rows}</tbody></table></div>',
        ]

    def _row(self, row: Mapping[Any, Any]) -> str:
        score = "–" if pd.isna(row["score"]) else f"{row['score']:g}"
        about = self.lessons.objectives.get(row["item"], "")
        named = _safe(row["item"]) + (f"<br><small>{stressed(about)}</small>" if about else "")
        return (
            f'<tr><th scope="row">{named}</th><td>{score} of {row["max_score"]:g}</td>'
            f"<td>{self._words(row)}</td></tr>"
        )

    def _words(self, row: Mapping[Any, Any]) -> str:
        comment = words.from_markdown(row["comment"]) if row["comment"] else ""
        item = row["item"]
        if item in self.said and not row["by_hand"]:
            text = str(self.said[item]["said"]).partition(": ")[2]
            return stressed(text[:1].upper() + text[1:]) + comment
        if row["waiting"] and not row["by_hand"]:
            return _NOT_YET + comment
        if not row["by_hand"] and row["score"] == 0:
            return _EMPTY + comment
        told_of = self.lessons.rubrics.get(item, {})
        whole = not pd.isna(row["score"]) and float(row["score"]).is_integer()
        said = told_of.get(int(row["score"]), "") if whole else ""
        return (stressed(said) or ("" if comment else "Marked by your coach.")) + comment


def _by_notebook(frame: pd.DataFrame | None, column: str) -> dict[Any, list[str]]:
    if frame is None:
        return {}
    return dict(frame.groupby("notebook")[column].agg(list).to_dict())


def _safe(text: Any) -> str:
    return html.escape(str(text))
