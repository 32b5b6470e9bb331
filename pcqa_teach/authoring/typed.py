"""What Python cannot read in a lesson's cells, told by its cause and with the mend."""

from __future__ import annotations

import ast
import re
import warnings

from pcqa_teach.authoring.source import Cell, Source, source

_DOUBLE, _SINGLE = "“”„‟«»", "‘’‚‛"
_CURLY = _DOUBLE + _SINGLE
# What word processors and web pages put in the place of what was typed, and what belongs there.
_SWAPPED = {
    "–": "a long dash: type a plain hyphen, -",
    "—": "a long dash: type a plain hyphen, -",
    "−": "a minus sign of print: type a plain hyphen, -",
    "…": "three dots in one sign: type three single dots",
    "×": "a multiplication sign: type a star, *",
    "\u00a0": "a space that is none to Python, pasted from elsewhere: delete it and type a space",
}
# What Python says, as a reader of it would: the first that fits.
_CAUSES = (
    (r"'(.)' was never closed", r"the bracket {0} is opened and never closed"),
    (r"unmatched '(.)'", r"the bracket {0} closes what was never opened"),
    (r"closing parenthesis '(.)' does not match opening parenthesis '(.)'.*",
     r"the bracket {1} is closed by {0}, which is of another kind"),
    (r"unterminated .*string literal.*", "words in quotes lack their closing quote"),
    (r"expected ':'", "the line lacks a colon, :, at its end"),
    (r".*forgot a comma\?", "something is missing here, perhaps a comma"),
    (r"unexpected indent", "the line begins with spaces that do not belong there"),
    (r"(expected an indented block|unindent does not match).*",
     "the line does not begin with as many spaces as it should"),
    (r"invalid syntax", "something is missing here, or too much"),
)  # fmt: skip


def unreadable(cell: Cell) -> SyntaxError | None:
    """Return what stops Python from reading a cell of code; None where it can, and for text."""
    if cell["cell_type"] != "code":
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a stray backslash: it is read all the same
            compile(source(cell), "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
    except SyntaxError as error:
        return error
    return None


def cause(error: SyntaxError) -> str:
    """Say in words what stops Python from reading, and the mend where it is known.

    >>> cause(SyntaxError("'(' was never closed"))
    'the bracket ( is opened and never closed'
    """
    line, said = _line(error), error.msg
    if line.startswith(("%", "!")):
        return f"{line[0]} begins a command of Jupyter's, which lessons do without: take it out"
    stray = re.match(r"invalid (?:non-printable )?character .*U\+([0-9A-F]{4,6})", said)
    sign = chr(int(stray[1], 16)) if stray else ""
    if (sign and sign in _CURLY) or _closed_by_a_curl(error):
        found = " and ".join(dict.fromkeys(one for one in line if one in _CURLY))
        straight = '"' if any(one in _DOUBLE for one in found) else "'"
        return (
            f"curly quotes ({found}), as Word makes them, stand where Python needs straight ones: "
            f"type each of them again as {straight} in the notebook"
        )
    if sign in _SWAPPED:
        return f"the line holds {_SWAPPED[sign]}"
    if sign:
        return f"the line holds {sign!r}, a sign that Python does not know: take it out"
    for pattern, told in _CAUSES:
        if match := re.fullmatch(pattern, said):
            return told.format(*match.groups())
    return f"Python says: {said}"


def _line(error: SyntaxError) -> str:
    return (error.text or "").strip()


def _closed_by_a_curl(error: SyntaxError) -> bool:
    """Say whether words begin with a straight quote and end in a curly one, as pasting leaves it.

    A curly apostrophe inside a word is none of it.
    """
    if not error.msg.startswith("unterminated") or not error.text:
        return False
    rest = error.text[max((error.offset or 1) - 1, 0) :].lstrip("fFrRbBuU")
    curly = _SINGLE if rest[:1] == "'" else _DOUBLE
    return bool(re.search(rf"[{curly}](?!\w)", rest))


def python_can_read_it(lesson: Source) -> list[str]:
    """Python can read its code."""
    return [
        f"{cause(error)}: `{_line(error)}`, line {error.lineno or 1} of {lesson.where(cell)}"
        for cell in lesson.cells
        if (error := unreadable(cell))
    ]
