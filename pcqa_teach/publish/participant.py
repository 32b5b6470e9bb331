"""Whose workbook this is: a code, asked for once and remembered beside the work."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pcqa_teach.classroom.codes import check_code
from pcqa_teach.errors import SetupError

Ask = Callable[[str], str]

QUESTION = "Your code (from your coach, or made up; not your name)"
_TRIES = 3


@dataclass
class Participant:
    """A participant's code, and which version of each lesson they were given."""

    code: str
    given: dict[str, list[str]] = field(default_factory=dict)


def recall(folder: Path) -> Participant | None:
    """Return whose workbook `folder` is, or None if nobody has begun one there.

    Raises
    ------
    SetupError
        The note that says so has been damaged.
    """
    note = _note(folder)
    if not note.is_file():
        return None
    try:
        held = json.loads(note.read_text(encoding="utf-8"))
        return Participant(check_code(held["code"]), dict(held["given"]))
    except (ValueError, KeyError, TypeError, SetupError):
        raise SetupError(
            f"The note '{note.name}' in '{folder.name}/.pcqa' cannot be read: delete it, run the "
            "command again and give the same code as before."
        ) from None


def identify(folder: Path, who: str | None, ask: Ask | None) -> Participant:
    """Return the participant of a workbook: remembered, named by `who`, or asked for.

    Raises
    ------
    SetupError
        Nobody can be asked, no fit code was given, or the folder is somebody else's.
    """
    known = recall(folder)
    if known and who is not None and check_code(who) != known.code:
        raise SetupError(
            f"The workbook '{folder.name}' was begun under another code: leave the code out, or "
            "name another folder for another person."
        )
    if known:
        return known
    if who is not None:
        return Participant(check_code(who))
    if ask is None:
        raise SetupError(
            "A new workbook needs a code to say whose it is: give one with `--code`, for example "
            "`pcqa lab --code coach-7`."
        )
    return Participant(_ask(ask))


def _ask(ask: Ask) -> str:
    question = QUESTION
    for _ in range(_TRIES):
        try:
            return check_code(ask(question))
        except SetupError as error:
            question = f"{error}\n{QUESTION}"
    raise SetupError("No fit code was given: ask your coach for one and run the command again.")


def remember(folder: Path, participant: Participant) -> None:
    """Write the note into `folder/.pcqa`, which only its owner can open."""
    note = _note(folder)
    note.parent.mkdir(mode=0o700, exist_ok=True)
    held = {"code": participant.code, "given": participant.given}
    write_whole(note, json.dumps(held, indent=1, sort_keys=True) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _note(folder: Path) -> Path:
    return folder / ".pcqa" / "participant.json"
