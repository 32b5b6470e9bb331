"""What was planted can be found where truth.json says it is, and nothing else is there."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import events, phones
from pcqa_teach.data.synthetic.files import failure_weekly

from .solutions import OUTAGE_LOSS

DAY0 = pd.Timestamp(events.DAY0)
TAKEN = ["Attended", "DNA", "Unknown", "Walked out", "Booked"]


def limits(values: np.ndarray) -> tuple[float, float]:
    """Return the XmR limits of a series: mean -/+ 2.66 x mean moving range."""
    reach = 2.66 * np.abs(np.diff(values)).mean()
    return float(values.mean() - reach), float(values.mean() + reach)


def days(frame: pd.DataFrame) -> pd.Series:
    return (frame["date"] - DAY0).dt.days


def weeks(frame: pd.DataFrame) -> pd.Series:
    return (days(frame) - 3) // 7


@pytest.fixture(scope="module")
def truth(committed) -> dict:
    return json.loads((committed / "truth.json").read_text())


@pytest.fixture(scope="module")
def calls_daily(committed) -> pd.DataFrame:
    return pd.read_csv(committed / "calls_daily.csv", parse_dates=["date"])


@pytest.fixture(scope="module")
def booked(riverside) -> pd.DataFrame:
    book = riverside.appointments
    return book[book["status"].isin(TAKEN)]


def test_every_event_has_an_id_and_iso_dates(truth):
    assert [event["id"] for event in truth["events"]] == [f"T{i:02d}" for i in range(1, 12)]
    for event in truth["events"]:
        start = date.fromisoformat(event["start"])
        assert (start - events.DAY0).days == event["start_day"]
        if event["end"]:
            assert date.fromisoformat(event["end"]) >= start


def test_the_outage_is_hidden_by_the_overall_sd_and_found_by_xmr(truth, calls_daily):
    cut = truth["b3"]
    rows = calls_daily[calls_daily["date"].between(cut["first"], cut["last"])]
    values = rows[cut["column"]].to_numpy(dtype=float)
    outage = float(rows.loc[rows["date"] == cut["outage"], cut["column"]].iloc[0])
    lower, upper = limits(values)
    assert len(values) == cut["n"]
    assert 12 <= len(values) <= 24
    assert [lower, upper] == pytest.approx(cut["xmr_limits"], abs=1e-3)
    assert ((values < lower) | (values > upper)).sum() == 1
    assert lower - outage > 0.1 * values.mean()
    assert outage - (values.mean() - 3 * values.std(ddof=1)) > 0.03 * values.mean()
    others = values[values != outage]
    assert 1 - outage / others.mean() == pytest.approx(OUTAGE_LOSS, abs=0.06)


def test_flu_weeks_lift_demand(riverside):
    day = days(riverside.demand_day)
    asks = riverside.demand_day["asks"]
    usual = asks[day.between(31, 60)].mean()
    assert 1.08 < asks[day.between(*events.FLU)].mean() / usual < 1.25


def test_the_gp_who_leaves_takes_a_ninth_of_capacity(riverside):
    day = days(riverside.demand_day)
    slots = riverside.demand_day["slots"]
    fall = slots[day.between(180, 544)].mean() / slots[day < 180].mean() - 1
    assert -0.16 < fall < -0.07
    staff = riverside.clinicians
    planned = staff["sessions_per_week"] * staff["slots"]
    gone = staff["end"].notna()
    assert planned[gone].sum() / planned.sum() == pytest.approx(0.11, abs=0.015)


def test_the_recording_change_moves_the_share_of_known_statuses_alone(booked):
    day = days(booked)
    before, after = booked[day.between(100, 239)], booked[day.between(240, 379)]

    def shares(rows: pd.DataFrame) -> tuple[float, float]:
        missed = (rows["status"] == "DNA").sum()
        return missed / rows["status"].isin(["DNA", "Attended"]).sum(), missed / len(rows)

    (known, everyone), (known_after, everyone_after) = shares(before), shares(after)
    assert -0.011 < known_after - known < -0.002
    assert abs(everyone_after - everyone) < 0.005
    assert (before["status"] == "Unknown").mean() == pytest.approx(0.083, abs=0.01)
    assert (after["status"] == "Unknown").sum() == 0


def test_results_by_text_cuts_its_cause_and_no_other(riverside):
    tally = failure_weekly(riverside.asks)
    per_day = tally.set_index("week").div(tally.set_index("week")["working_days"], axis=0)
    change = pd.Timestamp(events.iso(events.RESULTS_BY_TEXT))
    before = per_day[per_day.index < change]
    after = per_day[per_day.index > change + pd.Timedelta(days=21)]
    ratio = after.mean() / before.mean()
    assert ratio["results"] == pytest.approx(1 - events.RESULTS_CUT, abs=0.08)
    assert 0.85 < ratio["referral_chase"] < 1.2
    assert 0.85 < ratio["unclear_plan"] < 1.2
    lower, _ = limits(before["results"].to_numpy()[-24:])
    assert after["results"].mean() < before["results"].mean() - 0.5 * (
        before["results"].mean() - lower
    )


def test_care_navigation_moves_the_early_calls_and_the_abandoned(calls_daily):
    plain = calls_daily[calls_daily["date"] != events.iso(events.OUTAGE)]
    late = plain["date"] >= events.iso(events.GO_LIVE)
    mondays = plain["weekday"] == "Monday"
    share = plain.groupby(late)["share_0810"].mean()
    monday = plain[mondays].groupby(late[mondays])["share_0810"].mean()
    lost = plain.groupby(late)["abandoned"].sum() / plain.groupby(late)["calls"].sum()
    assert monday[False] == pytest.approx(28.7, abs=1.2)
    assert monday[True] == pytest.approx(23.0, abs=1.2)
    assert share[True] - share[False] == pytest.approx(-5.2, abs=1.2)
    assert lost[True] / lost[False] - 1 == pytest.approx(-0.40, abs=0.10)


def test_new_slot_names_change_nothing_but_names(booked, riverside):
    week = weeks(booked)
    same_day = (booked["booking_gap_days"] == 0).groupby(week).mean().loc[21:46] * 100
    lower, upper = limits(same_day.to_numpy())
    side = np.sign(same_day.to_numpy() - same_day.mean())
    runs = [abs(side[i : i + 7].sum()) for i in range(len(side) - 6)]
    assert same_day.between(lower, upper).all()
    assert max(runs) < 7
    names = riverside.appointments.groupby(days(riverside.appointments) >= events.RENAMED)
    before, after = names["slot_type"].unique()
    assert not set(before) & set(after)


def test_the_scheme_looks_four_times_as_good_as_it_is(truth):
    scheme = truth["scheme"]
    assert scheme["against_comparison"] == pytest.approx(-0.10, abs=0.03)
    assert scheme["naive_before_after"] == pytest.approx(-0.38, abs=0.05)
    assert scheme["without_scheme"] < -0.24


def test_only_the_scheme_differs_between_the_two_copies(committed):
    people = pd.read_csv(committed / "attendance.csv.gz").pivot(
        index="patient", columns="copy", values=["before", "after"]
    )
    assert people["before"]["usual"].equals(people["before"]["scheme"])
    fewer = people["after"]["usual"] - people["after"]["scheme"]
    assert (fewer >= 0).all()
    assert 0 < (fewer > 0).sum() <= round(0.035 * len(people))


def test_two_network_practices_stand_out_and_one_by_its_coding(truth, committed):
    weekly = pd.read_csv(committed / "network_weekly.csv.gz")
    total = weekly.groupby("practice")[["dna", "appointments", "no_contact_recorded"]].sum()
    share = total["dna"] / total["appointments"]
    unreached = total["no_contact_recorded"] / total["appointments"]
    planted = [truth["network"]["true_high"], truth["network"]["artefact"]]
    assert set(share.nlargest(2).index) == set(planted)
    assert unreached.idxmax() == truth["network"]["artefact"]
    assert unreached[truth["network"]["true_high"]] < 0.006
    corrected = share - unreached
    assert corrected[truth["network"]["artefact"]] < 0.055


def test_the_list_grows_and_rates_do_not(riverside):
    table = riverside.demand_day
    growth = table["list_size"].iloc[-1] / table["list_size"].iloc[0]
    assert growth == pytest.approx(1.004 ** (719 / 30.44), rel=0.002)
    day = days(table)
    rate = table["asks"] / table["list_size"]
    spring, next_spring = rate[day.between(90, 200)], rate[day.between(455, 565)]
    assert next_spring.mean() / spring.mean() == pytest.approx(1.0, abs=0.06)


def test_tampering_chases_yesterday(riverside):
    table = riverside.demand_day
    left = table["duty_slots"] - table["same_day_asks"]
    week = days(table).between(*events.TAMPER)
    usual = left[days(table).between(60, 119)]
    assert week.sum() == 5
    assert left[week].var() > 1.2 * usual.var()


def test_tampering_doubles_the_variance_over_many_seeds():
    from pcqa_teach.data.synthetic import booking
    from pcqa_teach.data.synthetic.calendar import calendar

    cal = calendar(150, burn_in=0)
    week = cal["open"] & cal["day"].between(*events.TAMPER)
    chased, steady = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        asks = pd.DataFrame({"same_day_asks": rng.poisson(100, len(cal)) * cal["open"]})
        left = booking.rota(cal, asks) - asks["same_day_asks"]
        chased.append((left[week] ** 2).mean())
        steady.append((left[cal["open"] & (cal["day"].between(31, 70))] ** 2).mean())
    assert 1.6 < np.mean(chased) / np.mean(steady) < 2.4


def test_impact_windows_hold_what_truth_promises(riverside, booked):
    day, table = days(riverside.demand_day), riverside.demand_day
    unmet = {
        name: table["turned_away"][day.between(*window)].sum()
        / table["same_day_asks"][day.between(*window)].sum()
        for name, window in (("before", (181, 364)), ("after", (365, 485)))
    }
    assert unmet["after"] / unmet["before"] < 0.7
    pulse = synthetic_pulse()
    assert pulse["late"] - pulse["early"] == pytest.approx(events.PULSE_LIFT, abs=0.12)
    yearly = riverside.asks[days(riverside.asks) < 365]["patient_id"].value_counts()
    people = riverside.patients["patient_id"]
    often = booked["patient_id"].isin(yearly.nlargest(round(0.05 * len(people))).index)
    gp = booked["hcp_type"] == "GP"
    first, last = days(booked).between(181, 364), days(booked) >= 600
    change = (gp[often & last].mean() / gp[often & first].mean()) / (
        gp[~often & last].mean() / gp[~often & first].mean()
    )
    assert change == pytest.approx(1 - events.GP_SHIFT, abs=0.06)


def synthetic_pulse() -> dict[str, float]:
    from pcqa_teach.data.synthetic.feedback import staff_pulse

    weekly = staff_pulse(synthetic.SEED)
    late = weekly["week"] >= events.iso(events.GO_LIVE + 120)
    early = weekly["week"] < events.iso(events.GO_LIVE)
    return {"early": weekly["pulse"][early].mean(), "late": weekly["pulse"][late].mean()}


def test_no_call_is_taken_during_the_outage(riverside):
    calls = riverside.calls[riverside.calls["start"].dt.normalize() == events.iso(events.OUTAGE)]
    minute = calls["start"].dt.hour * 60 + calls["start"].dt.minute
    assert (calls.loc[minute < phones.OUTAGE_UNTIL, "outcome"] == "Missed").all()
    assert (calls.loc[minute > phones.OUTAGE_UNTIL + 1, "outcome"] == "Answered").any()
