"""`pcqa template`, and `pcqa read` of what it wrote and of a telephone log."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from pcqa_teach.cli import app
from pcqa_teach.data.templates import TEMPLATES

LOG = "Call start,Direction,Caller,Call result,Wait time\n"
ROW = "{},Inbound,07700900123,Answered,0:20\n"


def pcqa(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_the_command_writes_each_sheet_and_leaves_what_is_there(name, tmp_path: Path):
    path = tmp_path / "sheet.xlsx"
    ran = pcqa("template", name, "-o", path)
    assert ran.exit_code == 0, ran.output
    assert "fill it in" in ran.output
    before = path.read_bytes()
    assert pcqa("template", name, "-o", path).exit_code == 1
    assert path.read_bytes() == before
    assert pcqa("template", name, "-o", tmp_path / "a.csv").exit_code == 2
    empty = pcqa("read", path)
    assert empty.exit_code == 1
    assert "not filled in yet" in empty.output


def test_no_other_sheet_is_known(tmp_path: Path):
    assert pcqa("template", "cows", "-o", tmp_path / "a.xlsx").exit_code == 2


def test_a_filled_sheet_is_read_as_what_it_is(tmp_path: Path):
    path = tmp_path / "tally.xlsx"
    pcqa("template", "tally", "-o", path)
    book = openpyxl.load_workbook(path)
    for _ in range(5):
        book["Fill in"].append(TEMPLATES["tally"].example)
    book.save(path)
    ran = pcqa("read", path)
    assert ran.exit_code == 0, ran.output
    assert "five-day failure-demand tally" in ran.output
    assert "Stands for    5 contacts" in ran.output
    assert "run d1" not in ran.output
    told = json.loads(pcqa("read", path, "--json").output)
    assert told["kind"] == "tally"
    assert told["counted"] == 5
    assert "appointments" not in told


def test_a_log_without_a_clock_is_read_once_it_is_told(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_text(LOG + ROW.format("03/06/2024 07:00:00"))
    asked = pcqa("read", path)
    assert asked.exit_code == 1
    assert "--clock local (" in asked.output
    out = tmp_path / "calls.csv"
    ran = pcqa("read", path, "--clock", "utc", "-o", out)
    assert ran.exit_code == 0, ran.output
    assert "2024-06-03 08:00:00" in out.read_text()
    assert "07700" not in out.read_text() + ran.output
    again = pcqa("read", out)
    assert again.exit_code == 0, again.output
    assert "tidy calls table" in again.output


def test_a_map_for_a_log_is_written_on_demand(tmp_path: Path):
    path = tmp_path / "odd.csv"
    path.write_text("When,What\n03/02/2025 08:00,Spoke\n")
    ran = pcqa("read", path, "--write-map", tmp_path / "map.toml", "--kind", "calls")
    assert ran.exit_code == 0, ran.output
    assert 'kind = "calls"' in (tmp_path / "map.toml").read_text()
