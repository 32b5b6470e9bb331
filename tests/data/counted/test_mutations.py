"""Mutated files of counts: read with every row or cell answered for, or refused in a sentence."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach.data import synthetic
from pcqa_teach.data.reading import crosstab, table
from pcqa_teach.data.synthetic import exports
from pcqa_teach.errors import PcqaError

from .files import KINDS, OF, adds_up
from .test_identifiers import grid, written

HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
FEW = settings(max_examples=25, suppress_health_check=HEALTH)
MANY = settings(max_examples=600, suppress_health_check=HEALTH)
NAMES = [f"{kind} {dirty}" for kind in KINDS for dirty in (False, True)]
ODD = ["", "0", "-", "n/a", "1,234", "12.5", "<5", "*", "Total", "Monday", "9 June 2025",
       "2025-13-45", "13/14/2025", "Before 12:59", "Availability", "requests", "CBT001", "99:99",
       "true", "\u00a3", '"', "\u0000", "999999999999", "-3", "Full Name of the Session Holder",
       "DNA", "2099-01-01", "1" * 40, "patientReviewSubmit", "\u2028", "nan", "1e9"]  # fmt: skip


class Files(dict[str, bytes]):
    """The files to mutate; a failing example does not print them."""

    def __repr__(self) -> str:
        return "files"


@pytest.fixture(scope="module")
def small() -> Files:
    grown = synthetic.practice(days=10, list_size=900)
    return Files(
        {
            f"{kind} {dirty}": exports.rendered(
                kind, getattr(grown, OF[kind]).tail(900), dirty
            ).data
            for kind in KINDS
            for dirty in (False, True)
        }
    )


@st.composite
def changes(draw) -> list[tuple]:
    """Return what is done to a table, by places that are taken to its size."""
    spot = st.integers(0, 10_000)
    one = st.one_of(
        st.tuples(st.just("cell"), spot, spot, st.sampled_from(ODD)),
        st.tuples(st.just("column"), spot, spot, st.sampled_from(ODD)),
        st.tuples(st.just("drop row"), spot, spot, st.just("")),
        st.tuples(st.just("twice"), spot, spot, st.just("")),
        st.tuples(st.just("drop column"), spot, spot, st.just("")),
        st.tuples(st.just("swap columns"), spot, spot, st.just("")),
        st.tuples(st.just("longer"), spot, spot, st.sampled_from(ODD)),
        st.tuples(st.just("cut"), spot, spot, st.just("")),
        st.tuples(st.just("swap rows"), spot, spot, st.just("")),
    )
    return draw(st.lists(one, min_size=1, max_size=6))


def changed(rows: list[list[str]], done: list[tuple]) -> list[list[str]]:
    rows = [list(row) for row in rows]
    for what, first, second, text in done:
        if not rows:
            break
        at, wide = first % min(len(rows), 60), max(len(row) for row in rows) or 1
        place = second % wide
        if what == "cell" and place < len(rows[at]):
            rows[at][place] = text
        elif what == "column":
            for row in rows[at:]:
                if place < len(row):
                    row[place] = text
        elif what == "drop row":
            del rows[at]
        elif what == "twice":
            rows.insert(second % (len(rows) + 1), list(rows[at]))
        elif what == "drop column":
            rows = [row[:place] + row[place + 1 :] for row in rows]
        elif what == "swap columns":
            for row in rows:
                if len(row) > max(place, first % wide):
                    row[place], row[first % wide] = row[first % wide], row[place]
        elif what == "longer":
            rows[at] += [text, "x"]
        elif what == "cut":
            rows = rows[: at + 1]
        elif what == "swap rows":
            other = second % len(rows)
            rows[at], rows[other] = rows[other], rows[at]
    return rows


MUTATED = given(name=st.sampled_from(NAMES), done=changes(), block=st.sampled_from([300, 1 << 20]))


@FEW
@MUTATED
def test_a_mutated_file_is_accounted_for_or_refused(small, name, done, block):
    accounted_for_or_refused(small, name, done, block)


@pytest.mark.slow
@MANY
@MUTATED
def test_many_mutated_files_are_accounted_for_or_refused(small, name, done, block):
    accounted_for_or_refused(small, name, done, block)


def accounted_for_or_refused(small: Files, name: str, done: list[tuple], block: int) -> None:
    rows, delimiter, encoding = grid(small[name])
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "BLOCK_BYTES", block)
        patch.setattr(crosstab, "CELLS_TOGETHER", block)
        path = Path(folder) / "export.csv"
        path.write_bytes(written(changed(rows, done), delimiter, encoding))
        said, behind, frame, quality = "", None, None, None
        try:
            frame, quality = pcqa.read_with_report(path)
        except PcqaError as error:
            said, behind = str(error), error.__context__
    if quality is None:
        assert said.endswith(".")
        assert behind is None
        assert "tell the kit's keepers" not in said, "an error that nobody foresaw"
        return
    assert adds_up(quality)
    assert len(frame) == quality.n_kept + quality.n_mended
    assert all(sentence.endswith(".") for sentence in quality.sentences())
    assert quality.sentences()[1].startswith(f"{quality.rows_in:,} {quality.unit}s in")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", [200, 999, 5000])
def test_blocks_of_any_size_give_the_same(small, kind, block):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "export.csv"
        path.write_bytes(small[f"{kind} True"])
        whole, first = pcqa.read_with_report(path)
        patch.setattr(table, "BLOCK_BYTES", block)
        patch.setattr(crosstab, "CELLS_TOGETHER", block)
        again, second = pcqa.read_with_report(path)
    pd.testing.assert_frame_equal(again, whole)
    assert sorted(first.sentences()) == sorted(second.sentences())
