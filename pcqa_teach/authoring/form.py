"""The rules of a lesson's form: how its file is kept, what it says of itself, its sections."""

from __future__ import annotations

import json
import re

from pcqa_teach.authoring.alike import much_the_same
from pcqa_teach.authoring.source import Rule, Source, source, tags
from pcqa_teach.authoring.typed import python_can_read_it
from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import parts, shortfalls
from pcqa_teach.lessons.metadata import meta_of
from pcqa_teach.sayings import counted

# The order of a lesson's sections; the headings of a lesson begin with these words.
SECTIONS = [
    "What you will be able to do",
    "Set up",
    "One idea",
    "Worked example",
    "Predict, then reveal",
    "Your turn",
    "Check yourself",
    "What people get wrong",
    "On your own data",
    "What will you do on Monday?",
    "Key points",
    "Words used",
    "Sources",
]
NOT_ON_OWN_DATA = {"Predict, then reveal", "Your turn", "Check yourself"}
# The section of aims, and in it each item of a list with its further lines.
_AIMS = re.compile(rf"^#{{2,3}} {SECTIONS[0]}.*?$(.*?)(?=^#|\Z)", re.I | re.M | re.S)
_AIM = re.compile(r"^(?:[-*+]|\d+[.)]) +(.+(?:\n +\S.*)*)", re.M)
METADATA = {"kernelspec", "language_info", "pcqa"}


def kept(lesson: Source) -> list[str]:
    """It is kept without outputs, its keys in order."""
    if any(
        cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"] is not None)
        for cell in lesson.cells
    ):
        return ["it holds outputs: save and close it, then run this check with --tidy"]
    if lesson.text != as_kept(lesson.notebook):
        return ["the file is not as it is kept: `pcqa lesson check --tidy` mends that"]
    return []


def as_kept(notebook: dict[str, object]) -> str:
    r"""Return a notebook's file as lessons are kept: keys sorted, a space each level, a last line.

    >>> as_kept({"b": 1, "a": []})
    '{\n "a": [],\n "b": 1\n}\n'
    """
    return json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def ids(lesson: Source) -> list[str]:
    """Every cell has an id of its own."""
    names = [str(cell.get("id", "")) for cell in lesson.cells]
    twice = {name: [cell for cell in lesson.cells if cell.get("id") == name]
             for name in sorted(names) if names.count(name) > 1}  # fmt: skip
    odd = [name for name in names if not re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", name)]
    return [
        f"the id '{name}' is there {'twice' if len(same) == 2 else f'{len(same)} times'}: "
        + ", and ".join(map(lesson.where, same))
        for name, same in twice.items()
    ] + [f"'{name}' is no id: letters, digits and hyphens" for name in odd]


def opens_anywhere(lesson: Source) -> list[str]:
    """It names the kernel python3 and carries no metadata of somebody's editor."""
    about = lesson.notebook["metadata"]
    found = []
    if about.get("kernelspec", {}).get("name") != "python3":
        found.append("its kernel is not 'python3'")
    found += [f"its metadata hold '{name}', which no lesson needs" for name in sorted(
        set(about) - METADATA)]  # fmt: skip
    if (lesson.notebook["nbformat"], lesson.notebook["nbformat_minor"]) < (4, 5):
        found.append("it is in an old notebook format: 4.5 is wanted, where cells have ids")
    return found


def says_what_it_is(lesson: Source) -> list[str]:
    """Its metadata say what it is, with three or four objectives."""
    try:
        meta = meta_of(lesson.about, lesson.path.name)
    except LessonError as error:
        return [str(error)]
    found = []
    if meta.assignment != lesson.path.parent.name:
        found.append(f"it says it is of '{meta.assignment}', and lies in another folder")
    if not lesson.path.stem.startswith(f"{meta.id}_"):
        found.append(f"its file's name does not begin with '{meta.id}_'")
    if not 3 <= len(meta.objectives) <= 4:
        found.append(f"it has {len(meta.objectives)} objectives: three or four are wanted")
    found += [
        f"the objective '{name}' is not named '{meta.id}-' and a number"
        for name in meta.objectives
        if not name.startswith(f"{meta.id}-")
    ]
    return found


def aims_are_its_objectives(lesson: Source) -> list[str]:
    """The aims in its opening text are the objectives in its metadata."""
    objectives = lesson.about.get("objectives", {})
    opening = _AIMS.search(lesson.told(facilitator=False))
    if not opening or not isinstance(objectives, dict):
        return []  # `sections` and `says_what_it_is` tell of it
    aims = [" ".join(one.replace("*", "").split()) for one in _AIM.findall(opening[1])]
    if len(aims) != len(objectives):
        return [
            f"'{SECTIONS[0]}' lists {counted(len(aims), 'aim')}, and the metadata have "
            f"{counted(len(objectives), 'objective')}: they are the same"
        ]
    return [
        f"aim {number} of the text is '{aim}', and objective '{name}' in the metadata is "
        f"'{objective}': change the one that is not meant any more"
        for number, (aim, (name, objective)) in enumerate(
            zip(aims, objectives.items(), strict=True), start=1
        )
        if not much_the_same(aim, str(objective))
    ]


def minutes(lesson: Source) -> list[str]:
    """Its minutes add up, those of its facilitator's notes and those it states."""
    try:
        return shortfalls(meta_of(lesson.about, lesson.path.name), parts(lesson.notebook))
    except LessonError:
        return []  # `says_what_it_is` tells of it


def begins(lesson: Source) -> list[str]:
    """It begins with its title, and a question heard in a practice."""
    first = source(lesson.cells[0]) if lesson.cells else ""
    title = lesson.about.get("title")
    found = [] if first.startswith(f"# {title}\n") else [f"its first line is not '# {title}'"]
    return found if "?" in first else [*found, "its first cell asks no question"]


def sections(lesson: Source) -> list[str]:
    """Its sections are all there, in their order."""
    found = [
        section
        for heading in lesson.headings()
        for section in SECTIONS
        if heading.casefold().startswith(section.casefold())
    ]
    needed = [name for name in SECTIONS if not (lesson.is_own_data and name in NOT_ON_OWN_DATA)]
    missing = [f"it has no section '{name}'" for name in needed if name not in found]
    order = [name for name in SECTIONS if name in found]
    return missing if order == found else [*missing, f"its order is {', '.join(found)}"]


def takes_an_export(lesson: Source) -> list[str]:
    """It takes an export in one cell, tagged `parameters`."""
    tagged = [cell for cell in lesson.cells if "parameters" in tags(cell)]
    if len(tagged) != 1:
        return [f"{len(tagged)} cells are tagged 'parameters': one is wanted"]
    lines = source(tagged[0]).splitlines()
    return [
        f"{lesson.where(tagged[0])} has no line `{wanted}`"
        for wanted in ("export = None", 'practice = "riverside"')
        if not any(line.startswith(wanted) for line in lines)
    ]


def sources(lesson: Source) -> list[str]:
    """It names its sources, with years."""
    words = lesson.told(facilitator=False)
    _, heading, told = words.rpartition("## Sources")
    dated = heading and re.search(r"\b(19|20)\d\d\b", told)
    return [] if dated else ["its section 'Sources' names no year"]


RULES: tuple[Rule, ...] = (
    python_can_read_it, kept, ids, opens_anywhere, says_what_it_is, aims_are_its_objectives,
    minutes, begins, sections, takes_an_export, sources,
)  # fmt: skip
