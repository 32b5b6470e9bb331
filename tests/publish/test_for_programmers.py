"""The pages for those who write Python name every command and every part of the public face."""

from __future__ import annotations

import importlib
import re
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

import pcqa_teach
from pcqa_teach.cli import app
from pcqa_teach.publish import commands_page

# Where things lie, and what the lessons' own machinery is made of: nobody's tools.
_INNER = {"browser", "data", "errors", "privacy", "resources", "widgets"}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> str:
    return commands_page.write(tmp_path_factory.mktemp("book")).read_text(encoding="utf-8")


def _names(command: Any = None, before: str = "") -> list[str]:
    """Give every command as it is typed, with those of a group."""
    inner = getattr(get_command(app) if command is None else command, "commands", {})
    return [
        said
        for name, one in inner.items()
        for said in (f"{before}{name}", *_names(one, f"{before}{name} "))
    ]


@pytest.mark.parametrize("name", _names())
def test_every_command_has_its_section(commands, name):
    assert re.search(rf"^##+ `pcqa {name}`$", commands, re.M)


def test_examples_stand_as_they_are_typed(commands):
    assert "```text\npcqa run d1 --export appointments.csv -o report\n" in commands
    assert not re.search(r"^  pcqa |\x08|^[^`]* --help", commands, re.M)


def test_every_part_of_the_public_face_has_a_page_in_the_contents(root: Path):
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    part = next(one for one in contents["parts"] if "Python" in one["caption"])
    listed = {Path(page["file"]).name for page in part["chapters"][0]["sections"]}
    parts = {name for name in pcqa_teach.__all__ if ismodule(getattr(pcqa_teach, name))}
    assert listed == parts - _INNER


@pytest.mark.parametrize("page", sorted((Path(__file__).parents[2] / "book/python").glob("*.md")))
def test_a_page_describes_its_part_and_all_that_is_in_it(page):
    named = re.search(r"automodule:: (\S+)\n   :members:", page.read_text(encoding="utf-8"))[1]
    part = importlib.import_module(named)
    undocumented = [
        name for name in part.__all__
        if callable(getattr(part, name)) and not (getattr(part, name).__doc__ or "").strip()
    ]  # fmt: skip
    assert part.__all__
    assert not undocumented
