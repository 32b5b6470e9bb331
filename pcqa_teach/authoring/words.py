"""The rules of a lesson's words and code: respect, plain words, nothing beside the kit."""

from __future__ import annotations

import ast
import re
import sys

from pcqa_teach.authoring.source import Rule, Source, source, tags
from pcqa_teach.classroom.unfinished import left_to_write

_FOR_FACILITATORS = re.compile(
    r"min, (teaching|exercise)\.|watch for|for the facilitator|likely answer|^#+ *notes:",
    re.MULTILINE,
)
_FORMULA = re.compile(r"\$|\\\(|\\\[|\{math\}|\\begin")
_NOT_SAID = (
    "customer",
    "frequent flyer",
    "heartsink",
    "dna'd",
    "non-compliant",
    "bed blocker",
)
_BESIDE_THE_KIT = re.compile(r"plt\.|read_csv|open\(|pip install|^\s*[!%]", re.MULTILINE)
# What a lesson may import, so that it runs in the browser too.
_PACKAGES = {"pcqa_teach", "pandas", "numpy", "matplotlib", "ipywidgets", "IPython"}
# Parts of Python itself that Pyodide leaves out, or has without what they need: windows, processes,
# threads, sockets, an operating system (pyodide.org, "Pyodide Python compatibility").
_NOT_IN_A_BROWSER = {
    "curses", "dbm", "distutils", "ensurepip", "fcntl", "ftplib", "grp", "http", "idlelib",
    "imaplib", "lib2to3", "msvcrt", "multiprocessing", "poplib", "pty", "pwd", "readline",
    "resource", "select", "selectors", "smtplib", "socket", "socketserver", "ssl", "subprocess",
    "syslog", "termios", "test", "threading", "tkinter", "tty", "turtle", "turtledemo", "venv",
    "webbrowser", "winreg", "winsound", "xmlrpc",
}  # fmt: skip


def nothing_is_left_to_write(lesson: Source) -> list[str]:
    """No pencil of the skeleton still waits for words of one's own."""
    found = left_to_write(lesson.cells)
    return [f"{said}: write, and take the pencil out" for said in found]


def facilitators_notes_are_tagged(lesson: Source) -> list[str]:
    """It has notes for the facilitator, and all of them are tagged so."""
    if not any("facilitator" in tags(cell) for cell in lesson.cells):
        return ["it has no cell that is tagged 'facilitator'"]
    return [
        f"{lesson.where(cell)} speaks to the facilitator and is not tagged so"
        for cell in lesson.cells
        if "facilitator" not in tags(cell) and _FOR_FACILITATORS.search(source(cell).casefold())
    ]


def formulas_are_in_words(lesson: Source) -> list[str]:
    """Its sums are in words, not in the notation of formulas."""
    return [
        f"{lesson.where(cell)} holds a formula"
        for cell in lesson.cells
        if cell["cell_type"] == "markdown" and _FORMULA.search(source(cell))
    ]


def people_are_respected(lesson: Source) -> list[str]:
    """It speaks of people with respect."""
    words = "\n".join(source(cell) for cell in lesson.cells).casefold()
    return [f"it says '{term}'" for term in _NOT_SAID if term in words]


def keeps_to_the_kit(lesson: Source) -> list[str]:
    """It has no path to edit, nothing to install, no picture without the kit's own words for it."""
    return [
        f"{lesson.where(cell)} goes past the kit: `{found.group().strip()}`"
        for cell in lesson.cells
        if cell["cell_type"] == "code" and (found := _BESIDE_THE_KIT.search(source(cell)))
    ]


def imports_what_a_browser_has(lesson: Source) -> list[str]:
    """It imports nothing that a browser's Python lacks."""
    found = []
    for cell in lesson.cells:
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse(source(cell))
        except SyntaxError:
            continue  # `python_can_read_it` tells of it
        names = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [one.name for one in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }  # fmt: skip
        had = _PACKAGES | set(sys.stdlib_module_names) - _NOT_IN_A_BROWSER
        lacking = sorted(names - had)
        found += [
            f"{lesson.where(cell)} imports {name}, which a browser has not" for name in lacking
        ]
    return found


RULES: tuple[Rule, ...] = (
    nothing_is_left_to_write, facilitators_notes_are_tagged, formulas_are_in_words,
    people_are_respected, keeps_to_the_kit, imports_what_a_browser_has,
)  # fmt: skip
