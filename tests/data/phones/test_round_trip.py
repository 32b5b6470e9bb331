"""Whatever supplier wrote it, a log reads back as the calls that were planted."""

from __future__ import annotations

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import what_is_kept
from pcqa_teach.data.phones import schema
from pcqa_teach.data.synthetic.exports import phone_logs

CALLS = [("lark", False), ("lark", True), ("alder", False), ("alder", True)]


def accounted(quality) -> bool:
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    return quality.rows_in == total


@pytest.mark.parametrize(("kind", "dirty"), CALLS)
def test_every_call_comes_back_with_its_time_outcome_and_lengths(
    kind, dirty, planted, read_rendered
):
    calls, quality, quirks = read_rendered(kind, planted, dirty)
    assert accounted(quality)
    gone = quirks.get("no time", 0)
    strange = quirks.get("word for an outcome that no list knows", 0)
    assert len(calls) == len(planted) - gone == quality.appointments
    assert (calls["outcome"] == "Unknown").sum() == strange
    truth = planted if not gone else planted[planted["start"].isin(calls["start"])]
    if not gone:
        assert calls["start"].tolist() == truth.sort_values("start")["start"].tolist()
        assert calls["queue_s"].sum() == truth["queue_s"].sum()
    for outcome in ("Answered", "Missed", "Ended in menu", "Call-back asked"):
        apart = (calls["outcome"] == outcome).sum() - (planted["outcome"] == outcome).sum()
        assert -gone - strange <= apart <= 0
        if not gone + strange:
            assert apart == 0


@pytest.mark.parametrize(("kind", "dirty"), CALLS)
def test_the_faults_that_were_planted_are_the_faults_that_are_reported(
    kind, dirty, planted, read_rendered
):
    _, quality, quirks = read_rendered(kind, planted, dirty)
    said = {found.what: found.rows for found in (*quality.set_aside, *quality.refused)}
    mended = {found.what: found.rows for found in quality.mended}
    assert said.get("outgoing call", 0) == quirks.get("outgoing call", 0)
    assert said.get("no time", 0) == quirks.get("no time", 0)
    assert said.get("totals row", 0) == quirks.get("totals row at the end", 0)
    assert said.get("header row again", 0) == quirks.get("header repeated after a page break", 0)
    assert said.get("a further leg of a call", 0) == quirks.get("call in two legs", 0)
    assert mended.get("a call that the log lists in several legs", 0) == quirks.get(
        "call in two legs", 0
    )


@pytest.mark.parametrize("kind", ["lark", "alder"])
def test_one_code_is_one_person_and_withheld_numbers_are_none(kind, planted, read_rendered):
    week = planted[planted["start"].dt.normalize() == planted["start"].dt.normalize().mode()[0]]
    calls, quality, _ = read_rendered(kind, week, clock="local")
    person = phone_logs.people(week.reset_index(drop=True)).to_numpy()
    hidden = phone_logs.withheld(week.reset_index(drop=True))
    assert calls["caller"].isna().to_numpy().tolist() == hidden.tolist()
    codes = pd.Series(calls["caller"].astype(object))[~hidden]
    assert (codes.groupby(person[~hidden]).nunique() == 1).all()
    assert codes.nunique() == len(set(person[~hidden]))
    assert any("withheld number" in note for note in quality.notes)
    assert codes.str.startswith("N-").all()


@pytest.mark.parametrize("dirty", [False, True])
def test_a_log_of_counts_gives_the_planted_counts(dirty, planted, read_rendered):
    counts, quality, _ = read_rendered("alder_counts", planted, dirty)
    assert accounted(quality)
    truth = planted.groupby([planted["start"].dt.floor("15min"), "outcome"]).size()
    found = counts.set_index(["start", "outcome"])["count"]
    assert found.to_dict() == truth.to_dict()
    assert (counts["period"] == "quarter-hour").all()
    assert not quality.has("people")
    assert quality.has("quarter_hours")
    assert quality.has("waits")
    assert not quality.has("wait_spread")


def test_half_hours_are_known_as_such_and_days_are_refused(planted, read_log):
    table = phone_logs.counts(planted, 30)
    counts, quality = read_log(table.to_csv(index=False))
    assert counts["period"].unique().tolist() == ["half-hour"]
    assert not quality.has("quarter_hours")
    assert any("by the half hour" in note for note in quality.notes)
    whole_days = (
        table.assign(Interval="00:00")
        .groupby(["Date", "Interval"], sort=False)
        .sum(numeric_only=True)
    )
    with pytest.raises(pcqa.errors.ReadError, match="steps of 1440 minutes"):
        read_log(whole_days.reset_index().to_csv(index=False))


@pytest.mark.parametrize("kind", ["lark", "alder_counts"])
def test_the_tidy_table_reads_back_as_it_was(kind, planted, read_rendered, tmp_path):
    calls, _, _ = read_rendered(kind, planted, True)
    path = tmp_path / "tidy.csv"
    calls.to_csv(path, index=False)
    again, quality = pcqa.read_with_report(path)
    pd.testing.assert_frame_equal(again, calls)
    assert quality.n_kept == quality.rows_in
    assert schema.is_calls(again)


def test_a_workbook_keeps_the_seconds(planted, tmp_path):
    import datetime

    import openpyxl

    some = planted[planted["start"] < "2024-03-01"].head(60)
    book = openpyxl.Workbook()
    book.active.append(["Call start", "Caller", "Call result", "Wait time", "Talk time"])
    for row in some.itertuples():
        wait = datetime.time(0, row.queue_s // 60, row.queue_s % 60)
        talk = None if pd.isna(row.handled_s) else datetime.timedelta(seconds=int(row.handled_s))
        book.active.append([row.start.to_pydatetime(), 7700900123, row.outcome, wait, talk])
    book.save(tmp_path / "log.xlsx")
    calls = pcqa.read(tmp_path / "log.xlsx")
    assert calls["start"].tolist() == some["start"].tolist()
    assert calls["queue_s"].tolist() == some["queue_s"].tolist()
    assert calls["handled_s"].sum() == some["handled_s"].sum()
    assert calls["caller"].nunique() == 1


def test_files_that_overlap_count_once(planted, tmp_path):
    early = planted[planted["start"] < "2024-03-01"]
    paths = []
    for place, part in enumerate([early.iloc[:300], early.iloc[200:]]):
        path = tmp_path / f"{place}.csv"
        path.write_bytes(phone_logs.rendered("lark", part).data)
        paths.append(path)
    calls, quality = pcqa.read_with_report(paths)
    assert accounted(quality)
    # the invented number goes by the place in the day, so only whole days repeat their callers
    repeated = sum(found.rows for found in quality.set_aside if "another file" in found.what)
    assert repeated + len(calls) == 300 + len(early) - 200
    assert 0 < repeated <= 100
    whole, _ = pcqa.read_with_report([paths[0], paths[0]])
    assert len(whole) == 300


def test_what_is_kept_of_a_log_is_said_column_by_column(planted, read_rendered):
    calls, _, _ = read_rendered("lark", planted)
    kept = what_is_kept(calls).set_index("What it says")
    assert kept.loc["Number that rang", "How it is kept"] == "as a code"
    assert kept.loc["Number that rang", "May it leave?"] == "no, it stays here"
    assert kept.loc["What became of the call", "How it is kept"] == "as a word from a fixed list"
