"""A table of practices: known by its content, names as codes, weeks added up."""

from __future__ import annotations

from pathlib import Path

import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import ReadError


def read(tmp_path: Path, text: str, **options):
    path = tmp_path / "practices.csv"
    path.write_text(text)
    return pcqa.read_with_report(path, **options)


def test_practices_become_codes_and_their_weeks_are_added_up(tmp_path: Path) -> None:
    frame, quality = read(
        tmp_path,
        "week,practice,appointments,dna,unknown,list_size,imd\n"
        "2025-03-03,Dr Quux and Partners,200,10,4,9800,31.5\n"
        "2025-03-10,Dr Quux and Partners,100,6,1,9900,31.5\n"
        "2025-03-03,G12345,150,5,0,5000,\n",
    )
    totals = frame.sort_values("appointments")[["appointments", "dna", "unknown"]]
    assert totals.to_numpy().tolist() == [[150, 5, 0], [300, 16, 5]]
    assert sorted(frame["list_size"]) == [5000, 9850]
    assert frame["practice"].astype(str).str.startswith("G-").all()
    assert "Quux" not in frame.to_csv() + str(quality)
    assert quality.kind == "practices"
    assert any("added up" in note for note in quality.notes)
    assert (quality.n_kept, quality.rows_in) == (3, 3)


def test_the_national_names_of_columns_are_known(tmp_path: Path) -> None:
    frame, quality = read(
        tmp_path,
        "practice_code_standardised,gpad_annual_total_appointments,gpad_annual_dna,other\n"
        "A81001,16650,1296,x\nA81002,106149,6040,y\n",
    )
    assert sorted(frame["dna"]) == [1296, 6040]
    assert not quality.has("unknown")
    assert not quality.has("deprivation")


def test_hidden_and_broken_counts_are_accounted_for(tmp_path: Path) -> None:
    rows = "".join(f"G{n:05d},2000,90,10\n" for n in range(8))
    frame, quality = read(
        tmp_path, f"practice,appointments,dna,unknown\n{rows}G00100,1800,<5,3\nG00200,many,4,2\n"
    )
    assert len(frame) == 8
    assert (quality.n_kept, quality.n_set_aside, quality.n_refused) == (8, 1, 1)
    assert quality.rows_in == 10


def test_another_kind_than_was_wanted_is_refused_by_name(tmp_path: Path) -> None:
    text = "practice,appointments,dna\nG1,2000,90\n"
    with pytest.raises(ReadError, match="table of practices"):
        read(tmp_path, text, want="appointments")
    assert len(read(tmp_path, text, want="practices")[0]) == 1


def test_what_is_kept_of_it_is_said(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "practice,appointments,dna\nG1,2000,90\nG2,1000,50\n")
    kept = pcqa.data.what_is_kept(frame)
    assert kept["How it is kept"].iloc[0] == "as a code"
    assert len(kept) == 3
