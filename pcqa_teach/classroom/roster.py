"""The list of who is in a class, as spreadsheets write it: with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach.classroom.codes import check_code
from pcqa_teach.errors import ClassroomError, SetupError
from pcqa_teach.run import output
from pcqa_teach.sayings import and_list, quoted, rows_said

ROSTER = "roster.csv"
COLUMNS = ("code", "first_name", "last_name", "email", "group")
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # a first line by which Excel is told
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LONGEST = 40


@dataclass(frozen=True)
class _Row:
    """A row as it stands in the file, as a spreadsheet numbers it, and its cells."""

    text: str
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """A roster that was read: how its bytes begin and are coded, a line for Excel, its rows."""

    mark: bytes
    coding: str
    told: str
    rows: tuple[_Row, ...]

    @property
    def place(self) -> int:
        """Which column the codes stand in."""
        return _names(self.rows[0].cells).index("code")

    def people(self) -> Iterator[dict[str, str]]:
        """Give what is noted of each person, by column.

        Raises
        ------
        ClassroomError
            A code cannot be one, or is there twice; the message says in which row.
        """
        names = _names(self.rows[0].cells)
        seen: dict[str, int] = {}
        for row in self.rows[1:]:
            filled = dict(zip(names, (cell.strip() for cell in row.cells), strict=False))
            if not any(row.cells) or not any(filled.values()):
                continue
            code = _code(filled.get("code", ""), row.number)
            if code in seen:
                both = rows_said([seen[code], row.number])
                raise ClassroomError(
                    f"{ROSTER} has the code '{code}' in {both}: each person has one."
                )
            seen[code] = row.number
            yield {**filled, "code": code}

    def without(self, codes: Collection[str]) -> bytes:
        """Return the file's bytes without some people's rows; all else stays as it is."""
        place = self.place
        kept = [
            row.text
            for row in self.rows
            if len(row.cells) <= place or row.cells[place].strip() not in codes
        ]
        return self.mark + "".join([self.told, *kept]).encode(self.coding)


def read(path: Path) -> Roster:
    """Return the roster that stands in a file.

    Raises
    ------
    ClassroomError
        It is not there, or cannot be read; the message says what to do.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ClassroomError(
            f"There is no {ROSTER} in '{path.parent.name}': put your copy of it back, or make a "
            f"new one whose first line is {','.join(COLUMNS)}."
        ) from None
    except OSError:
        raise ClassroomError(f"{ROSTER} cannot be read: close what else uses it.") from None
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    coding = _MARKS.get(mark, "utf-8")
    try:
        text = content[len(mark) :].decode(coding)
        told = _SAID.match(text)
        begins = told[0] if told else ""
        text = text[len(begins) :]
        separator = told[1] if told else _separator(text)
        return Roster(mark, coding, begins, tuple(_rows(text, separator)))
    except UnicodeDecodeError:
        raise ClassroomError(
            f"{ROSTER} is in letters that cannot be read: save it as 'CSV UTF-8'."
        ) from None
    except csv.Error:
        raise ClassroomError(f"{ROSTER} is no table: save it as 'CSV UTF-8'.") from None


def forget(path: Path, codes: Collection[str]) -> None:
    """Take people's rows out of the roster, and leave every other byte as it is."""
    roster = read(path)
    left = roster.without(codes)
    if left != path.read_bytes():
        mode = path.stat().st_mode
        with output.file(path, replace=True) as draft:
            draft.write_bytes(left)
        path.chmod(mode)


def _separator(text: str) -> str:
    """Return what stands between the cells: of the first row's, what makes one of them `code`."""
    first = next(iter(io.StringIO(text, newline="")), "")
    for separator in _SEPARATORS:
        if "code" in _names(next(csv.reader([first], delimiter=separator), [])):
            return separator
    named = [cell for cell in re.split(r"[,;\t]", first.strip()) if cell]
    there = f"they are {quoted(map(_shown, named))}" if named else "it is empty"
    raise ClassroomError(
        f"The first row of {ROSTER} must name the columns, one of them 'code': {there}. Its cells "
        f"may stand between {and_list(list(_SEPARATORS.values()))}."
    )


def _rows(text: str, separator: str) -> Iterator[_Row]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=separator)
    before = 0
    for number, cells in enumerate(reader, start=1):
        yield _Row("".join(lines[before : reader.line_num]), number, tuple(cells))
        before = reader.line_num


def _names(cells: Collection[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _code(given: str, row: int) -> str:
    try:
        return check_code(given)
    except SetupError as error:
        if not given:
            why = "there is no code. Give the person one, such as 'blue-kettle'"
        elif "NHS" in str(error):
            why = str(error).rstrip(".")
        else:
            why = f"'{_shown(given)}' is no code. {error}".rstrip(".")
        raise ClassroomError(f"Row {row} of {ROSTER}: {why}.") from None


def _shown(cell: str) -> str:
    cell = "".join(sign if sign.isprintable() else "?" for sign in cell)
    return cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]} ..."
