"""Codes that mean nothing without the key; small numbers that stay small."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach import privacy
from pcqa_teach.errors import SetupError
from pcqa_teach.privacy import Pseudonyms, suppress, suppress_frame

NAMES = pd.Series(["Dr Ada Quill", "dr  ada quill", "Nurse Bell", None], name="clinician")


def test_the_same_person_has_the_same_code_whatever_the_spacing_and_case(tmp_path: Path) -> None:
    codes = Pseudonyms(tmp_path).codes(NAMES, "C")
    assert codes[0] == codes[1] != codes[2]
    assert codes.isna().tolist() == [False, False, False, True]


def test_no_name_is_left_in_the_codes_not_even_as_a_category(tmp_path: Path) -> None:
    codes = Pseudonyms(tmp_path).codes(NAMES, "C")
    assert all(str(code).startswith("C-") for code in codes.cat.categories)
    assert "quill" not in repr(codes.cat.categories.tolist()).lower()


def test_codes_last_from_run_to_run_and_differ_between_projects(tmp_path: Path) -> None:
    first = Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "C")
    assert Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "C") == first
    assert Pseudonyms(tmp_path / "two").code("Dr Ada Quill", "C") != first
    assert Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "S") != first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owner-only mode bits")
def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    Pseudonyms(tmp_path)
    key = tmp_path / ".pcqa" / "pseudonym.key"
    assert key.stat().st_mode & 0o077 == 0
    assert list(key.parent.iterdir()) == [key]


def test_a_damaged_key_is_said_and_not_replaced(tmp_path: Path) -> None:
    key = tmp_path / ".pcqa" / "pseudonym.key"
    key.parent.mkdir()
    key.write_bytes(b"short")
    with pytest.raises(SetupError, match="damaged"):
        Pseudonyms(tmp_path)
    assert key.read_bytes() == b"short"


def test_a_project_folder_that_is_a_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match="choose a project folder"):
        Pseudonyms(tmp_path / "file")


@given(st.integers(0, 10_000))
def test_a_small_number_is_never_shared(n: int) -> None:
    assert (suppress(n) == n) is (n == 0 or n >= 5)


def test_a_total_cannot_give_the_only_hidden_number_away() -> None:
    shared = suppress_frame(pd.DataFrame({"n": [3, 40, 9], "m": [1, 2, 50]}), ["n", "m"])
    assert shared["n"].tolist() == ["fewer than 5", 40, "not shown"]
    assert shared["m"].tolist() == ["fewer than 5", "fewer than 5", 50]


def test_the_callers_frame_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"n": [3, 40]})
    suppress_frame(frame, ["n"])
    assert frame["n"].tolist() == [3, 40]


def test_the_examples_run() -> None:
    assert doctest.testmod(privacy).failed == 0
