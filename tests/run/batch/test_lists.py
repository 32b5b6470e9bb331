"""List sizes, as NHS England publishes them and as people keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch.lists import sizes

NATIONAL = """PUBLICATION,TYPE,SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS
GP_PRAC_PAT_LIST,GP,36L,G85001,SE1 1AA,ALL,ALL,9450
GP_PRAC_PAT_LIST,GP,36L,G85001,SE1 1AA,MALE,ALL,4700
GP_PRAC_PAT_LIST,GP,36L,g85002,SE1 1AB,ALL,ALL,12100
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "lists.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_national_file_as_it_is(tmp_path: Path):
    assert sizes(write(tmp_path, NATIONAL)) == {"G85001": 9450, "G85002": 12100}


@pytest.mark.parametrize(
    "head", ["code,list_size", "Practice code,List size", "\ufeffODS,Patients"]
)
def test_a_table_of_ones_own(tmp_path: Path, head: str):
    table = write(tmp_path, f'{head}\nG85001,"9,450"\n,\nG85002,12100\n')
    assert sizes(table) == {"G85001": 9450, "G85002": 12100}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,list_size\nG85001,-3\n", "no whole number above nought"),
        ("code,list_size\nG85001,many\n", "no whole number above nought"),
        ("code,list_size\nG85001,9450\nG85001,9500\n", "twice"),
        ("name,list_size\nA,9450\n", "no column of practice codes"),
        ("code,size\nG85001,9450\n", "no column of list sizes"),
        ("", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path: Path, text: str, said: str):
    with pytest.raises(RunError, match=said):
        sizes(write(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(RunError, match="There is no file"):
        sizes(tmp_path / "lists.csv")
