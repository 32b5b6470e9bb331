"""What was planted comes back exactly, from the clean file and from the dirty one."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import call_bands, requests, schema
from pcqa_teach.data.call_bands import schema as bands_schema
from pcqa_teach.data.requests import schema as requests_schema
from pcqa_teach.data.synthetic import exports
from pcqa_teach.data.synthetic.exports import anima, askmygp, cbt, emis_crosstab, gpad_daily
from pcqa_teach.privacy import Pseudonyms

from .files import FORMAT, KINDS, adds_up

BOTH = pytest.mark.parametrize("dirty", [False, True], ids=["clean", "dirty"])


@pytest.mark.parametrize("kind", KINDS)
@BOTH
def test_each_file_is_known_and_accounted_for(kind, dirty, made):
    path, _ = made(kind, dirty)
    frame, quality = pcqa.read_with_report(path)
    assert quality.format == FORMAT.get(kind, kind)
    assert pcqa.data.is_known(path)
    assert adds_up(quality)
    assert quality.n_refused == 0
    assert len(frame) == quality.n_kept + quality.n_mended
    assert all(sentence.endswith(".") for sentence in quality.sentences())


@pytest.mark.parametrize("kind", KINDS)
@BOTH
def test_rendering_is_the_same_every_time(kind, dirty, table):
    first = exports.rendered(kind, table(kind), dirty)
    assert first.data == exports.rendered(kind, table(kind), dirty).data
    assert bool(first.quirks) is dirty
    assert all(rows > 0 for rows in first.quirks.values())


@pytest.mark.parametrize("kind", KINDS)
@BOTH
def test_the_tidy_table_reads_back_as_it_was(kind, dirty, made, tmp_path):
    frame = pcqa.read(made(kind, dirty)[0])
    frame.to_csv(tmp_path / "tidy.csv", index=False)
    again, quality = pcqa.read_with_report(tmp_path / "tidy.csv")
    pd.testing.assert_frame_equal(again, frame)
    assert quality.n_kept == quality.rows_in == len(frame)


@BOTH
def test_every_cell_of_the_emis_table_comes_back(dirty, made, table):
    path, _ = made("emis_crosstab", dirty)
    frame = schema.validate(pcqa.read(path))
    counts = emis_crosstab.table(table("emis_crosstab"))
    code = Pseudonyms().code
    names = list(counts)
    if dirty:
        names = [f"INVENTED, Clinician {place:02d} (Dr)" for place in range(1, len(names) + 1)]
    held = counts.set_axis(names, axis=1).stack().dropna().rename("n").reset_index()
    held.columns = ["day", "half", "kind", "open", "who", "n"]
    kind = held["kind"].astype(object)
    if dirty:
        kind = kind.where(kind != "Clinic", "Clinic \u2013 \u00a3")
    expected = pd.DataFrame(
        {
            "date": held["day"],
            "start_from": held["half"].map({0: 0, 1: 780}),
            "start_before": held["half"].map({0: 779, 1: 1440}),
            "slot_type": kind.map(lambda name: code(name, "T")),
            "taken": held["open"] == "Booked",
            "clinician": held["who"].map(lambda name: code(name, "C")),
            "count": held["n"].astype(int),
        }
    )
    found = frame[frame["count"] > 0].assign(taken=frame["status"] == "Booked")
    keys = list(expected)
    found = found[keys].astype({"slot_type": object, "clinician": object})
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True),
        expected.sort_values(keys, ignore_index=True),
        check_dtype=False,
    )


def test_blank_cells_are_closed_and_a_nought_stays(made, table):
    clean, _ = made("emis_crosstab")
    dirty, rendered = made("emis_crosstab", True)
    counts = emis_crosstab.table(table("emis_crosstab"))
    blank = int(counts.isna().sum().sum())
    frame, quality = pcqa.read_with_report(clean)
    assert quality.unit == "cell"
    assert quality.rows_in == counts.size
    assert (quality.n_kept, quality.n_blank) == (counts.size - blank, blank)
    assert (frame["count"] > 0).all()
    frame, quality = pcqa.read_with_report(dirty)
    noughts = rendered.quirks["cell with a 0 where the others are blank"]
    assert int((frame["count"] == 0).sum()) == noughts
    assert quality.n_blank == blank - noughts
    assert set(frame["status"].unique()) == {"Available", "Booked", "Blocked"}


@BOTH
def test_the_daily_file_comes_back(dirty, made, table):
    path, rendered = made("gpad_daily", dirty)
    frame = schema.validate(pcqa.read(path))
    counts = gpad_daily.table(table("gpad_daily"))
    counts["band"] = counts["band"].replace(gpad_daily.UNKNOWN, "Unknown")
    if dirty:
        hidden = (counts["count"] < 5) & (counts.index % 3 == 0)
        assert int(hidden.sum()) == rendered.quirks["count hidden as <5"]
        counts = counts[~hidden]
    found = frame[["date", "actual_band", "count"]].astype({"actual_band": object})
    expected = counts.set_axis(list(found), axis=1).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert (frame["period"] == "day").all()


@BOTH
def test_calls_by_band_come_back(dirty, made, table):
    path, rendered = made("cbt", dirty)
    frame, quality = pcqa.read_with_report(path)
    bands_schema.validate(frame)
    counts = cbt.table(table("cbt"))
    if dirty:
        hidden = (counts["count"] < 3) & (counts.index % 4 == 0)
        counts = counts[~hidden]
    starts = {name: 60 * int(name[:2]) + int(name[3:5]) for name in cbt.BANDS}
    minutes = counts["band"].map(dict(enumerate(starts.values())))
    names = dict(zip(cbt.INDICATORS, bands_schema.MEASURES[:5], strict=False))
    expected = pd.DataFrame(
        {
            "start": counts["day"] + pd.to_timedelta(minutes, unit="min"),
            "measure": counts["indicator"].map({**names, "CBT007": "Answered, by length"}),
            "count": counts["count"],
        }
    ).sort_values(["start", "measure"], ignore_index=True)
    own = frame[frame["practice"].notna()]
    found = own[["start", "measure", "count"]].astype({"measure": object})
    found = found.sort_values(["start", "measure"], ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    shared = rendered.quirks.get("row of a line that several practices share (Unassigned)", 0)
    assert len(frame) - len(own) <= shared
    assert quality.appointments == call_bands.calls_in(frame)["count"].sum()


@BOTH
def test_askmygp_days_come_back(dirty, made, table):
    path, rendered = made("askmygp", dirty)
    frame, quality = pcqa.read_with_report(path)
    requests_schema.validate(frame)
    counts = askmygp.table(table("askmygp"))
    open_days = counts.dropna()
    found = frame[frame["count"] > 0].set_index("date")["count"]
    assert found.to_dict() == open_days.astype(int).to_dict()
    noughts = rendered.quirks.get("Saturday with a 0 where the others are blank", 0)
    assert int((frame["count"] == 0).sum()) == noughts
    closed = rendered.quirks.get("day on which the practice was closed: a blank cell")
    assert quality.n_blank == (closed if dirty else int(counts.isna().sum()))


@BOTH
def test_anima_requests_come_back(dirty, made, table):
    path, rendered = made("anima", dirty)
    frame, quality = pcqa.read_with_report(path)
    requests_schema.validate(frame)
    sent = anima.table(table("anima"))
    assert len(frame) == frame["count"].sum() == len(sent)
    assert (frame["date"] == sent["date"].to_numpy()).all()
    minute = frame["start"].dt.hour * 60 + frame["start"].dt.minute
    assert minute.tolist() == sent["minute"].tolist()
    kinds = sent["kind"].replace({anima.OTHER: "Administrative"})
    if dirty:
        kinds = kinds.mask(kinds.index % 23 == 5, "Other")
        assert {f.what: f.rows for f in quality.set_aside} == {
            "other entry of the audit": rendered.quirks["entry that is no request"],
            "request that was not sent": rendered.quirks[
                "request that was not sent (Success is false)"
            ],
        }
    assert frame["request_type"].astype(object).tolist() == kinds.tolist()


def test_demand_of_both_is_the_same_series(made):
    crosstab = requests.demand_by_day(pcqa.read(made("askmygp")[0]))
    audit = requests.demand_by_day(pcqa.read(made("anima")[0]))
    pd.testing.assert_frame_equal(crosstab, audit, check_dtype=False)
