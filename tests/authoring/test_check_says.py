"""What `pcqa lesson check` says: MEND beside each rule that is broken, and beside no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from pcqa_teach.authoring.check import READ, RUN
from pcqa_teach.authoring.source import Source
from pcqa_teach.cli.lesson import group
from pcqa_teach.sayings import counted

PENCILS = "No pencil of the skeleton still waits for words of one's own."


def _adds(line: str) -> Callable[[dict[str, Any]], None]:
    def breaks(notebook: dict[str, Any]) -> None:
        cell = next(cell for cell in notebook["cells"] if cell["id"] == "x1-import")
        cell["source"] = "".join(cell["source"]) + f"\n{line}"

    return breaks


def _said(lesson: Source, *options: str) -> tuple[str, list[str], list[str], list[str]]:
    """Give all that was said, and the rules at MEND, at ok, and among those not looked at."""
    ended = CliRunner().invoke(group, ["check", str(lesson.path), *options])
    assert ended.exit_code == 1
    told, *below = ended.output.split("\nNot looked at, since ")
    beside = [[line[6:] for line in told.splitlines() if line.startswith(sign)]
              for sign in ("MEND  ", "ok    ")]  # fmt: skip
    listed = [line[8:] for part in below for line in part.splitlines() if line[:8] == "      - "]
    return ended.output, beside[0], beside[1], listed


@pytest.mark.parametrize(
    ("line", "options", "broken_rules", "why"),
    [
        ("x = (1", (), ["Python can read its code.", PENCILS],
         "Python cannot read all of its code"),
        ("1 / 0", (), [PENCILS, str(RUN[0].__doc__)], "it does not run to its end"),
        ("1 / 0", ("--no-run",), [PENCILS], "it was not run"),
    ],
    ids=["no Python", "it fails", "not run"],
)  # fmt: skip
def test_a_rule_that_was_not_looked_at_is_none_to_mend(
    broken: Callable[..., Source],
    line: str,
    options: tuple[str, ...],
    broken_rules: list[str],
    why: str,
) -> None:
    said, mend, fine, unseen = _said(broken(_adds(line)), *options)
    assert mend == broken_rules
    assert f"\nNot looked at, since {why}:\n" in said
    assert said.count("Not looked at") == 1
    assert f"{counted(len(mend), 'rule is', 'rules are')} broken" in said
    assert "not looked at" not in said
    rules = [str(rule.__doc__) for rule in (*READ, *RUN)]
    assert unseen == [rule for rule in rules[len(READ) :] if rule not in mend]
    assert fine == [rule for rule in rules if rule not in (*mend, *unseen)]
