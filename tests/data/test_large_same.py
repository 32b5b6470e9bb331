"""A file reads the same in pieces of any length, and its counts are those of its rows."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

import pcqa_teach as pcqa
from pcqa_teach import measures
from pcqa_teach.data import synthetic
from pcqa_teach.data.reading import keeping, rows, table
from pcqa_teach.data.synthetic import exports
from pcqa_teach.errors import PcqaError

from .test_properties import SETTINGS, tables, written

KINDS = ["systmone", "emis", "gpad", "emis_crosstab", "gpad_daily"]
PIECES = [(1, 64), (7, 1 << 22), (1000, 5000)]  # rows at a time, bytes at a time
PATIENTS = 1200
TALLIES = {
    "weekly_counts": measures.weekly_counts,
    "per_1000": lambda appts: measures.per_1000(appts, PATIENTS),
    "data_quality": measures.data_quality,
    "week_picture": measures.week_picture,
    "weekday_profile": measures.weekday_profile,
    "booking_gap": measures.booking_gap,
    "same_day_share": measures.same_day_share,
    "dna_in": lambda appts: measures.dna_rate(appts, unknown="in"),
    "dna_out": lambda appts: measures.dna_rate(appts, unknown="out"),
    "utilisation": measures.utilisation,
    "booked_in_past": measures.booked_in_past,
    "whose": lambda appts: pd.DataFrame({"whose": [measures.about(appts)]}),
    "summary": lambda appts: pd.DataFrame([measures.baseline_summary(appts)]),
}


@pytest.fixture(scope="module")
def slots() -> pd.DataFrame:
    return synthetic.practice(days=100, list_size=PATIENTS).appointments


@pytest.fixture
def path(request, slots, tmp_path) -> Path:
    kind, dirty = request.param
    place = tmp_path / "export.csv"
    place.write_bytes(exports.rendered(kind, slots, dirty).data)
    return place


ALL = pytest.mark.parametrize(
    "path",
    [(kind, dirty) for kind in KINDS for dirty in (False, True)],
    ids=lambda pair: f"{pair[0]}-{'dirty' if pair[1] else 'clean'}",
    indirect=True,
)


def in_pieces(path, at_a_time, size, **options):
    """Read a file so many rows and bytes at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "BLOCK_BYTES", size)
        patch.setattr(table, "BLOCKS_TOGETHER", 1)
        stretches = rows.Table.stretches
        patch.setattr(rows.Table, "stretches", lambda self: stretches(self, at_a_time))
        return pcqa.read_with_report(path, project=path.parent, **options)


def the_same(one, other) -> None:
    """Compare frames and reports exactly."""
    pd.testing.assert_frame_equal(one[0], other[0])
    assert one[1].to_dict() == other[1].to_dict()
    assert one[1].sentences() == other[1].sentences()


def by_hand(frame: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of a tidy frame that are alike, with pandas alone."""
    names = [name for name in keeping.ALIKE if name in frame]
    grouped = frame.groupby(names, observed=True, dropna=False, sort=True)["count"].sum()
    return grouped.reset_index()


def in_order(frame: pd.DataFrame) -> list[list[str]]:
    names = sorted(frame.columns)
    return sorted(frame[names].astype(object).map(str).to_numpy().tolist())


@ALL
def test_pieces_of_any_length_give_the_same(path):
    whole = pcqa.read_with_report(path, project=path.parent)
    for at_a_time, size in PIECES[1:]:
        the_same(in_pieces(path, at_a_time, size), whole)


@pytest.mark.parametrize("kind", KINDS[:2])
def test_pieces_of_one_row_give_the_same(kind, slots, tmp_path):
    path = tmp_path / "export.csv"
    first = slots[slots["date"] < slots["date"].min() + pd.Timedelta(days=4)]
    path.write_bytes(exports.rendered(kind, first, True).data)
    whole = pcqa.read_with_report(path, project=tmp_path)
    the_same(in_pieces(path, *PIECES[0]), whole)
    counts = pcqa.read_with_report(path, project=tmp_path, only_counts=True)
    the_same(in_pieces(path, *PIECES[0], only_counts=True), counts)


@ALL
def test_counts_are_those_of_the_rows(path, monkeypatch):
    frame, quality = pcqa.read_with_report(path, project=path.parent)
    counts = pcqa.read_with_report(path, project=path.parent, only_counts=True)
    assert counts[1].to_dict() == quality.to_dict()
    assert in_order(counts[0]) == in_order(by_hand(frame))
    assert len(counts[0]) == len(by_hand(frame))
    monkeypatch.setattr(keeping, "FOLD", 50)
    for at_a_time, size in PIECES[1:]:
        the_same(in_pieces(path, at_a_time, size, only_counts=True), counts)


@ALL
def test_every_tally_of_a_baseline_is_the_same(path):
    frame, _ = pcqa.read_with_report(path, project=path.parent)
    counts, _ = pcqa.read_with_report(path, project=path.parent, only_counts=True)
    answered = 0
    for what, tally in TALLIES.items():
        one, other = (measures.if_possible(tally, appts) for appts in (frame, counts))
        assert (one is None) == (other is None), what
        if one is not None:
            answered += 1
            pd.testing.assert_frame_equal(other, one, obj=what)
            assert other.attrs == one.attrs
    assert answered > 5


def test_counts_of_several_files_that_overlap(slots, tmp_path):
    days = slots["date"].drop_duplicates().sort_values()
    paths = []
    for number, (first, last) in enumerate([(0, 40), (30, 60)]):
        some = slots[slots["date"].between(days.iloc[first], days.iloc[last])]
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(exports.emis(some))
    frame, quality = pcqa.read_with_report(paths, project=tmp_path)
    counts, again = pcqa.read_with_report(paths, project=tmp_path, only_counts=True)
    assert quality.n_set_aside > 0
    assert again.to_dict() == quality.to_dict()
    assert in_order(counts) == in_order(by_hand(frame))


def unless_refused(read, *given, **options):
    try:
        return read(*given, **options)
    except PcqaError:
        return None


@SETTINGS
@given(made=tables())
def test_mutated_exports_read_the_same_in_pieces(made):
    form, preamble, lines = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(written(form, preamble, lines, ",", "utf-8", "\n"))
        for options in ({}, {"only_counts": True}):
            whole = unless_refused(pcqa.read_with_report, path, project=folder, **options)
            for at_a_time, size in PIECES:
                pieces = unless_refused(in_pieces, path, at_a_time, size, **options)
                assert (pieces is None) == (whole is None)
                if whole is not None:
                    the_same(pieces, whole)


def test_what_tells_rows_apart_is_not_their_columns_order_nor_a_blank_one():
    import numpy as np

    columns = {
        "date": np.array([20000, 20000, 20001]),
        "status": np.array([2, 2, 2], dtype=np.int8),
        "planned_min": np.array([10.0, np.nan, 10.0]),
        "clinician": np.array([-1, -1, -1]),
    }
    prints = keeping.fingerprints(columns, ["date", "status", "planned_min"])
    assert len(set(prints.tolist())) == 3
    other = keeping.fingerprints(columns, ["planned_min", "clinician", "status", "date"])
    assert prints.tolist() == other.tolist()
    assert keeping.repeats([prints, prints[:1]]) == 1
