"""Put what was handed in back into the shape of what was handed out, and say what was done.

Cells get deleted, copied, split, moved and stripped of their marks; a participant who answered
must not lose an answer by it. Tests are never taken from a submission.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pcqa_teach.classroom.grading.versions import OTHER_VERSION, as_it_was, of_another

Cell = dict[str, Any]
_MARKS = "nbgrader"


@dataclass(frozen=True)
class Repaired:
    """A submission in the shape of what was handed out; `notes` say what was mended.

    `put_back` names the answer cells that were not there any more. They are not run, so that an
    answer given elsewhere stands. `other` names the cells that another version of the lesson
    handed out otherwise; `lacked` those that it may not have had at all.
    """

    cells: tuple[Cell, ...]
    notes: tuple[str, ...]
    put_back: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    lacked: frozenset[str] = frozenset()

    def steps(self, names: dict[str, str]) -> list[dict[str, Any]]:
        """Return what is to be run, and where which answer is to be taken.

        Parameters
        ----------
        names : dict
            The name of the answer that each test, by its grade id, asks for.
        """
        found: list[dict[str, Any]] = []
        for place, cell in enumerate(self.cells):
            item = grade_id(cell)
            if item in names and is_test(cell):
                found.append({"item": item, "take": names[item]})
            elif cell["cell_type"] == "code" and item not in self.put_back:
                found.append({"cell": cell.get("id", str(place)), "run": source(cell)})
        return found


def repaired(submitted: Sequence[Cell], released: Sequence[Cell]) -> Repaired:
    """Return a submission's cells, mended.

    Parameters
    ----------
    submitted : list of cells
        As they were handed in, in nbformat 4's plain form.
    released : list of cells
        As they were handed out: with nbgrader's marks, without solutions and hidden tests.

    Examples
    --------
    >>> marks = {"grade_id": "x-1", "solution": True, "grade": False, "locked": False}
    >>> handed_out = [{"cell_type": "code", "id": "a", "source": "answer_x_1 = None",
    ...                "metadata": {"nbgrader": marks}}]
    >>> stripped = [{"cell_type": "code", "id": "a", "source": "answer_x_1 = 3", "metadata": {}}]
    >>> mended = repaired(stripped, handed_out)
    >>> mended.notes
    ('The marks of x-1 were missing, and were put back.',)
    >>> mended.steps({})
    [{'cell': 'a', 'run': 'answer_x_1 = 3'}]
    """
    notes: list[str] = []
    known = {name: cell for cell in released if (name := grade_id(cell))}
    cells = [_plain(cell) for cell in submitted]
    _find_lost_marks(cells, released, known, notes)
    cells = _one_of_each(cells, known, notes)
    other = frozenset(
        str(grade_id(cell))
        for cell in cells
        if grade_id(cell) in known and of_another(cell, known[str(grade_id(cell))])
    )
    notes += [OTHER_VERSION] * bool(other)
    cells = [_restored(cell, known.get(grade_id(cell) or ""), notes) for cell in cells]
    lost = {name for name in known if name not in {grade_id(cell) for cell in cells}}
    cells = _with_missing(cells, released, notes, another=bool(other))
    cells = _tests_after_answers(cells, released, notes)
    put_back = frozenset(name for name in lost if is_answer(known[name]))
    lacked = frozenset(lost if other else ())
    return Repaired(tuple(cells), tuple(notes), put_back, other, lacked)


def source(cell: Cell) -> str:
    """Return a cell's source as one text."""
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(map(str, text))


def grade_id(cell: Cell) -> str | None:
    """Return nbgrader's name of a cell; None where it has none."""
    marks = cell.get("metadata", {}).get(_MARKS, {})
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name else None


def is_test(cell: Cell) -> bool:
    """Say whether a cell is a test: it is marked, and nobody answers in it."""
    marks = cell.get("metadata", {}).get(_MARKS, {})
    return bool(marks.get("grade")) and not marks.get("solution")


def is_answer(cell: Cell) -> bool:
    """Say whether a participant answers in a cell."""
    return bool(cell.get("metadata", {}).get(_MARKS, {}).get("solution"))


def answer_in(cell: Cell) -> str | None:
    """Return the name of the answer that a cell of code gives; None where it gives none."""
    found = re.search(r"^(answer_\w+)\s*=", source(cell), re.MULTILINE)
    return found[1] if found else None


def _plain(cell: Cell) -> Cell:
    """Return a copy whose source is one text and whose metadata are there."""
    made = copy.deepcopy(cell)
    made["source"] = source(made)
    if not isinstance(made.get("metadata"), dict):
        made["metadata"] = {}
    if made.get("cell_type") not in ("code", "markdown", "raw"):
        made["cell_type"] = "raw"
    return made


def _find_lost_marks(
    cells: list[Cell], released: Sequence[Cell], known: dict[str, Cell], notes: list[str]
) -> None:
    """Give back the marks of a cell that has its id, gives its answer or stands in its place."""
    unmarked = []
    for cell in cells:
        if grade_id(cell) not in known:
            cell["metadata"].pop(_MARKS, None)
            unmarked.append(cell)
    there = {grade_id(cell) for cell in cells}
    ids = {grade_id(cell): cell.get("id") for cell in released}
    for name, handed_out in known.items():
        if name in there:
            continue
        found = [cell for cell in unmarked if ids[name] and cell.get("id") == ids[name]]
        found = found or _giving(unmarked, handed_out) or _in_its_place(cells, released, handed_out)
        if found:
            mine = found[_last_answered(found, handed_out)]
            mine["metadata"][_MARKS] = copy.deepcopy(handed_out["metadata"][_MARKS])
            unmarked = [cell for cell in unmarked if cell is not mine]
            notes.append(f"The marks of {name} were missing, and were put back.")


def _giving(cells: Sequence[Cell], handed_out: Cell) -> list[Cell]:
    """Return the cells of code that give the answer which a cell asks for."""
    name = answer_in(handed_out) if is_answer(handed_out) else None
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [cell for cell in code if name is not None and _gives(cell, name)]


def _in_its_place(cells: Sequence[Cell], released: Sequence[Cell], handed_out: Cell) -> list[Cell]:
    """Return the text that stands where a text was to be written, if it is the only one there."""
    if not is_answer(handed_out) or handed_out["cell_type"] == "code":
        return []
    place = next(at for at, cell in enumerate(released) if cell is handed_out)
    ours = {source(cell).strip() for cell in released} - {source(handed_out).strip()}
    texts = [cell["source"].strip() for cell in cells]
    before = [source(cell).strip() for cell in released[:place]]
    after = [source(cell).strip() for cell in released[place + 1 :]]
    first = max((texts.index(text) for text in before if text and text in texts), default=-1)
    last = min(
        (at for at, text in enumerate(texts) if at > first and text and text in after),
        default=len(texts),
    )
    found = [
        cell
        for cell, text in zip(cells[first + 1 : last], texts[first + 1 : last], strict=True)
        if cell["cell_type"] == "markdown" and text and text not in ours and not grade_id(cell)
    ]
    return found if len(found) == 1 else []


def _gives(cell: Cell, name: str) -> bool:
    return re.search(rf"^{re.escape(name)}\s*=", source(cell), re.MULTILINE) is not None


def _one_of_each(cells: list[Cell], known: dict[str, Cell], notes: list[str]) -> list[Cell]:
    """Leave one cell of each name: halves are joined, of copies the one with an answer counts."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        if name := grade_id(cell):
            places.setdefault(name, []).append(place)
    dropped: set[int] = set()
    for name, found in places.items():
        if len(found) == 1:
            continue
        handed_out, ones = known[name], [cells[place] for place in found]
        if joined := _joined(ones, handed_out):
            ones[0]["source"] = joined
            dropped |= set(found[1:])
            notes.append(f"{name} had been split into {len(found)} cells, and was joined again.")
            continue
        kept = _last_answered(ones, handed_out)
        for number, place in enumerate(found):
            if number != kept:
                cells[place]["metadata"].pop(_MARKS)
                if not _changed(cells[place], handed_out):  # else it stays, and is run
                    dropped.add(place)
        which = "the last one with an answer" if is_answer(handed_out) else "one of them"
        notes.append(f"{name} was there {len(found)} times; {which} counts.")
    return [cell for place, cell in enumerate(cells) if place not in dropped]


def _joined(cells: Sequence[Cell], handed_out: Cell) -> str:
    """Return the whole of an answer that was split; "" where these are copies of it.

    Of code, one half alone names the answer. Of text, whatever was written is read by a person.
    """
    if not is_answer(handed_out):
        return ""
    name = answer_in(handed_out)
    if name is not None and all(cell["cell_type"] == "code" for cell in cells):
        halves = sum(_gives(cell, name) for cell in cells) == 1
        return "\n".join(cell["source"] for cell in cells) if halves else ""
    if handed_out["cell_type"] == "code":
        return ""
    written = [cell["source"] for cell in cells if _changed(cell, handed_out)]
    return "\n\n".join(dict.fromkeys(written)) if len(set(written)) > 1 else ""


def _changed(cell: Cell, handed_out: Cell) -> bool:
    return cell["source"].strip() not in ("", source(handed_out).strip())


def _last_answered(cells: Sequence[Cell], handed_out: Cell) -> int:
    changed = [number for number, cell in enumerate(cells) if _changed(cell, handed_out)]
    return changed[-1] if changed else len(cells) - 1


def _restored(cell: Cell, handed_out: Cell | None, notes: list[str]) -> Cell:
    """Return a marked cell with the marks it was handed out with, a test with its words too."""
    if handed_out is None:
        return cell
    name = grade_id(cell)
    earlier = of_another(cell, handed_out) and as_it_was(cell)
    if cell["cell_type"] != handed_out["cell_type"]:
        notes.append(f"{name} had become a cell of another kind, and was turned back.")
        cell["cell_type"] = handed_out["cell_type"]
    if cell["cell_type"] == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    if (earlier or not is_answer(handed_out)) and cell["source"] != source(handed_out):
        if not earlier:
            notes.append(f"The test {name} had been changed, and was put back.")
        cell["source"] = source(handed_out)
    cell["metadata"][_MARKS] = copy.deepcopy(handed_out["metadata"][_MARKS])
    return cell


def _with_missing(
    cells: list[Cell], released: Sequence[Cell], notes: list[str], *, another: bool
) -> list[Cell]:
    """Add what is not there, after whatever stood before it.

    From `another` version it need not have been deleted: it may never have been in it.
    """
    gone, put = ("was not in it", "put in") if another else ("had been deleted", "put back")
    order = [name for cell in released if (name := grade_id(cell))]
    known = {grade_id(cell): cell for cell in released}
    for number, name in enumerate(order):
        there = [grade_id(cell) for cell in cells]
        if name in there:
            continue
        before = [there.index(other) for other in order[:number] if other in there]
        cells.insert(max(before, default=-1) + 1, _plain(known[name]))
        if is_answer(known[name]):
            notes.append(f"The answer cell {name} {gone}, and was {put} empty.")
        else:
            notes.append(f"The test {name} {gone}, and was {put}.")
    return cells


def _tests_after_answers(
    cells: list[Cell], released: Sequence[Cell], notes: list[str]
) -> list[Cell]:
    """Move a test that stands before the answer it asks for to right after it."""
    order = [name for cell in released if (name := grade_id(cell))]
    known = {grade_id(cell): cell for cell in released}
    answer_of: dict[str, str] = {}
    last = ""
    for name in order:
        if is_answer(known[name]) and not known[name]["metadata"][_MARKS].get("grade"):
            last = name
        elif is_test(known[name]) and last:
            answer_of[name] = last
    for test, answer in answer_of.items():
        there = [grade_id(cell) for cell in cells]
        if there.index(test) < there.index(answer):
            moved = cells.pop(there.index(test))
            cells.insert([grade_id(cell) for cell in cells].index(answer) + 1, moved)
            notes.append(f"{answer} had been moved below its test; the test follows it again.")
    return cells
