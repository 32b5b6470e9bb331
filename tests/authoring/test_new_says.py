"""What `pcqa lesson new` says to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach import resources
from pcqa_teach.cli.lesson import group


def test_what_follows_takes_out_outputs_once_the_notebook_is_closed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(resources, "checkout", lambda: checkout)
    said = CliRunner().invoke(group, ["new", "x1_waits"]).output
    assert "close it" in said
    assert said.rstrip().endswith("lesson check x1 --tidy")
