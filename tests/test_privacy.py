"""Codes that mean nothing without the key; small numbers that stay small."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach import privacy
from pcqa_teach.errors import SetupError
from pcqa_teach.privacy import Pseudonyms, suppress

_STORED = pytest.mark.skipif(
    sys.platform == "emscripten", reason="in a browser the key is kept in memory alone"
)


def test_the_same_person_has_the_same_code_whatever_the_spacing_and_case(tmp_path: Path) -> None:
    code = Pseudonyms(tmp_path).code
    assert code("Dr Ada Quill", "C") == code("dr  ada quill", "C") != code("Nurse Bell", "C")


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=4, max_size=12))
def test_every_code_that_we_make_is_known_again(name: str) -> None:
    made = Pseudonyms(key=bytes(32)).code(name, "C")
    assert privacy.is_code(made, "C")
    assert not privacy.is_code(made, "P")


@pytest.mark.parametrize("name", ["WILLIAMS", "SMITHSON", "OKONKWO", "PATEL", "WILLIAMSON", ""])
def test_no_surname_passes_for_a_code(name: str) -> None:
    assert not privacy.is_code(f"C-{name}", "C")


@_STORED
def test_codes_last_from_run_to_run_and_differ_between_projects(tmp_path: Path) -> None:
    first = Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "C")
    assert Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "C") == first
    assert Pseudonyms(tmp_path / "two").code("Dr Ada Quill", "C") != first
    assert Pseudonyms(tmp_path / "one").code("Dr Ada Quill", "S") != first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owner-only mode bits")
@_STORED
def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    Pseudonyms(tmp_path)
    key = tmp_path / ".pcqa" / "pseudonym.key"
    assert key.stat().st_mode & 0o077 == 0
    assert list(key.parent.iterdir()) == [key]


@_STORED
def test_a_damaged_key_is_said_and_not_replaced(tmp_path: Path) -> None:
    key = tmp_path / ".pcqa" / "pseudonym.key"
    key.parent.mkdir()
    key.write_bytes(b"short")
    with pytest.raises(SetupError, match="damaged"):
        Pseudonyms(tmp_path)
    assert key.read_bytes() == b"short"


@_STORED
def test_a_project_folder_that_is_a_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match="choose a project folder"):
        Pseudonyms(tmp_path / "file")


@given(st.integers(0, 10_000))
def test_a_small_number_is_never_shared(n: int) -> None:
    assert (suppress(n) == n) is (n == 0 or n >= 5)


def test_the_examples_run() -> None:
    assert doctest.testmod(privacy).failed == 0
