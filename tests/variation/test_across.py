"""Practices side by side: guard rails, numbers for names, deprivation, and what was planted."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.variation import across as side
from pcqa_teach.variation.across import MEASURES, across, practices_in


def made(n=20, seed=1, **columns) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    size = rng.integers(8_000, 40_000, n)
    share = np.exp(rng.normal(np.log(0.05), 0.3, n))
    frame = pd.DataFrame({"practice": [f"G-{place:03d}" for place in range(n)],
                          "appointments": size, "dna": rng.binomial(size, share)})  # fmt: skip
    frame["unknown"] = rng.binomial(size - frame["dna"], 0.03)
    return frame.assign(**columns)


def test_it_is_the_plain_funnel_with_additive_limits() -> None:
    from pcqa_teach.variation import funnel

    frame = made()
    plain = funnel(frame, numerator="dna", denominator="appointments", unit="practice")
    found = across(frame)
    assert found.funnel.outside()["adjusted"].tolist() == plain.outside()["adjusted"].tolist()
    assert found.funnel.tau == pytest.approx(plain.tau)


def test_fewer_than_ten_practices_are_refused_in_a_sentence() -> None:
    with pytest.raises(DataError, match=r"There are 9 practices .* needs at least 10"):
        across(made(9))
    with pytest.raises(DataError, match="There is 1 practice "):
        across(made(1))
    assert len(across(made(10)).practices) == 10


def test_tiny_practices_are_left_out_and_said() -> None:
    frame = made(12)
    frame.loc[3, ["appointments", "dna", "unknown"]] = [60, 3, 1]
    found = across(frame)
    assert len(found.practices) == 11
    assert "1 practice with fewer than 100 appointments is left out." in found.notes


def test_names_and_codes_become_numbers_and_ones_own_may_be_ringed() -> None:
    found = across(made(), mine="G-004")
    assert found.mine == "P05"
    assert "Yours is P05" in found.explain()
    assert not any(found.practices["practice"].str.contains("G-"))
    assert "G-0" not in found.explain() + found.funnel.alt_text
    with pytest.raises(DataError, match="your own practice is none of these"):
        across(made(), mine="G-999")


def test_the_denominator_is_said_and_changes_with_unknown() -> None:
    inside, outside = (across(made(), unknown=which) for which in ("in", "out"))
    assert inside.funnel.target < outside.funnel.target
    assert "unknown outcomes counted" in inside.funnel.notes[0]
    assert "unknown outcomes left out" in outside.funnel.notes[0]
    with pytest.raises(DataError, match="use 'in' or 'out'"):
        across(made(), unknown="perhaps")


def test_what_is_not_counted_cannot_be_compared() -> None:
    with pytest.raises(DataError, match="does not count what was booked on the day"):
        across(made(), "same_day")
    with pytest.raises(DataError, match="choose from missed, same_day"):
        across(made(), "kindness")
    assert set(MEASURES) >= {"missed", "same_day", "telephone", "unknown"}


def test_what_deprivation_explains_is_allowed_for_and_the_rest_is_left() -> None:
    rng = np.random.default_rng(2)
    size = rng.integers(20_000, 60_000, 60)
    poor = rng.permutation(np.linspace(8, 45, 60))
    share = 0.02 + 0.0015 * poor
    share[7] += 0.09
    frame = pd.DataFrame({"practice": [f"G-{n:02d}" for n in range(60)], "appointments": size,
                          "dna": rng.binomial(size, share), "imd": poor})  # fmt: skip
    found = across(frame)
    assert found.allowed is not None
    assert found.allowed.design.kind == "ratio"
    assert found.allowed.tau_value < found.funnel.tau_value / found.funnel.target / 2
    assert found.groups["share"].is_monotonic_decreasing
    furthest = found.allowed.points["z_adjusted"].abs().idxmax()
    assert found.allowed.points["practice"][furthest] == "P08"
    assert "not excused" in side.allowed_said(found)


def test_chance_alone_puts_practices_of_every_fifth_outside_about_equally_often() -> None:
    """Sixty practices in five fifths that miss 8.5% to 3%, with nothing but chance inside each."""
    rng = np.random.default_rng(5)
    fifth = np.repeat(np.arange(5), 12)
    share = np.linspace(0.085, 0.03, 5)[fifth]
    beyond = {"naive_outside95": np.zeros(5), "adjusted_outside95": np.zeros(5)}
    times = 60
    for _ in range(times):
        size = rng.integers(4_000, 30_000, 60)
        found = across(pd.DataFrame({
            "practice": [f"G-{n:02d}" for n in range(60)], "appointments": size,
            "dna": rng.binomial(size, share), "imd": 60.0 - np.arange(60)}))  # fmt: skip
        assert found.allowed is not None
        for which, seen in beyond.items():
            outside = found.allowed.points[which].to_numpy()
            seen += np.bincount(fifth, outside, 5) / (12 * times)
    assert found.allowed.points["value"].mean() == pytest.approx(1, abs=0.02)
    for seen in beyond.values():
        assert seen.min() >= 0.01, seen
        assert seen.max() <= 0.075, seen


def test_without_deprivation_a_sentence_asks_for_it() -> None:
    found = across(made())
    assert found.allowed is None
    assert "add it as a column 'imd'" in found.explain()
    patchy = across(made(imd=[30.0] * 5 + [np.nan] * 15))
    assert patchy.allowed is None


def test_the_agenda_asks_on_both_sides_and_ranks_nobody() -> None:
    frame = made(40)
    frame.loc[0, "dna"], frame.loc[1, "dna"] = frame.loc[0, "appointments"] // 4, 5
    found = across(frame)
    asked = side.to_ask(found)
    assert asked is not None
    assert {"P01", "P02"} <= set(asked.frame["Practice"])
    assert not [name for name in asked.frame.columns if "rank" in name.lower()]
    assert len(side.agenda(found).frame) == 5


def test_practices_that_differ_by_chance_alone_are_told_so_and_not_ranked() -> None:
    frame = made()
    frame["dna"] = np.round(0.05 * frame["appointments"]).astype(int)
    found = across(frame)
    assert "differ by no more than chance makes them" in found.explain()
    assert "really differ" not in found.explain()
    assert "none does. So" in found.explain()
    assert not any("differ as much" in asked for asked in side.questions(found))
    assert side.labels(found)["Ordinary spread between practices"] == "none beyond chance"
    assert "So practices really differ, by about" in across(made()).explain()


def test_a_file_a_practice_and_a_folder_give_the_same(root: Path, tmp_path: Path) -> None:
    source = root / "data/synthetic/exports/systmone_appointments_clean.csv"
    if not source.is_file():
        pytest.skip("the exports are not in this checkout")
    paths = [tmp_path / f"G{place:05d}.csv" for place in range(10)]
    for path in paths:
        path.write_bytes(source.read_bytes())
    one, reports, _ = practices_in(tmp_path)
    several, _, _ = practices_in(paths)
    pd.testing.assert_frame_equal(one, several)
    assert len(one) == len(reports) == 10
    assert one["practice"].str.startswith("G-").all()
    assert side.own_code("G00003") in set(one["practice"])
    found = across(one, mine=side.own_code("G00003"))
    assert found.funnel.points["value"].nunique() == 1
    assert side.read_said(reports).frame["Files"].tolist() == [10]


def test_a_log_of_calls_is_no_practice(tmp_path: Path) -> None:
    path = tmp_path / "pulse.csv"
    path.write_text("week,answers,pulse\n2025-03-03,9,3.5\n")
    with pytest.raises(DataError, match="does not count appointments"):
        practices_in(path)


def test_london_and_england_are_read_as_they_are_downloaded(shared_data: Path) -> None:
    london, _, _ = practices_in(shared_data / "london_practice_access_2025-26.csv")
    found = across(london)
    outer = found.funnel.outside().iloc[0]
    assert (outer["units"], outer["naive"], outer["adjusted"]) == (1112, 993, 25)
    assert found.groups["share"].round(1).iloc[[0, -1]].tolist() == [6.7, 4.0]
    assert found.allowed is not None
    england, _, _ = practices_in(shared_data / "practice_access_2025-26_gpad_ocs.csv")
    found = across(england)
    assert len(found.practices) == 6067
    assert 100 * found.funnel.target == pytest.approx(4.28, abs=0.005)


def test_the_national_monthly_file_is_counted_by_practice(shared_data: Path) -> None:
    path = shared_data / "gpad_practice_crosstab_format_sample.csv"
    counts, _, _ = practices_in(path)
    with pytest.raises(DataError, match="a funnel plot needs at least 10"):
        across(counts)


@pytest.mark.slow
def test_the_coding_artefact_is_named_by_the_check_and_chance_by_the_lines() -> None:
    """T09: two high practices, one of them only by its recording; 200 seeds."""
    from pcqa_teach.data.synthetic import networks

    named, wrong, beyond = [], [], []
    for seed in range(200):
        weekly = networks.network(seed=seed, weeks=52).rename(
            columns={"no_contact_recorded": "no_contact"}
        )
        planted = networks.planted(seed)
        totals = weekly.groupby("practice", as_index=False)[
            ["appointments", "dna", "unknown", "telephone", "no_contact"]
        ].sum()
        found = across(totals)
        number = dict(zip(totals["practice"], found.practices["practice"], strict=True))
        apart = side.recorded_apart(found)
        named.append(number[planted["artefact"]] in apart)
        wrong.append(number[planted["true_high"]] in apart)
        usual = ~found.funnel.points["practice"].isin(
            [number[planted[which]] for which in ("artefact", "true_high")]
        )
        beyond.append(found.funnel.points.loc[usual, "adjusted_outside998"].mean())
    assert np.mean(named) >= 0.95
    assert np.mean(wrong) <= 0.05
    assert np.mean(beyond) <= 0.01


def test_who_is_asked_stands_by_number_and_a_practice_is_told_how_to_find_its_own():
    from pcqa_teach import load_demo
    from pcqa_teach.variation.funnel_words import method

    found = across(load_demo("funnel_practices"))
    named = side.to_ask(found).frame["Practice"].tolist()
    assert named == sorted(named)
    assert "where the form asks, or add --set mine=" in " ".join(side.guard_rails(found))
    assert "phi, how much they vary against chance alone" in method(found.funnel)
    asked = " ".join(side.questions(found))
    assert {one.strip(",:") for one in asked.split() if one.startswith("P")} <= set(named) | {"P"}


def test_ones_own_place_is_said_by_the_lines_that_it_lies_beyond() -> None:
    from pcqa_teach import load_demo
    from pcqa_teach.variation.across.words import lies

    points = across(load_demo("funnel_practices")).funnel.points
    said = points.apply(lies, axis=1)
    assert set(said[points["adjusted_outside998"]]) == {"beyond the outer lines (99.8%)"}
    assert set(said[~points["adjusted_outside95"]]) == {"inside the lines"}
    between = points["adjusted_outside95"] & ~points["adjusted_outside998"]
    assert set(said[between]) == {"beyond the inner lines (95%)"}


def test_a_large_expected_number_has_no_decimals() -> None:
    from pcqa_teach import load_demo
    from pcqa_teach.variation.funnel_draw import _subtitle

    assert "." not in _subtitle(across(load_demo("funnel_practices")).allowed)


def test_of_nobody_it_is_said_in_words_not_in_noughts() -> None:
    frame = made(unknown=0)
    frame["dna"] = np.round(0.05 * frame["appointments"]).astype(int)
    found = across(frame)
    assert "In no practice are more than 5% of outcomes unknown (our own mark)." in found.notes
    assert "Such practices" not in found.explain()
    assert "Such practices are worth a question" in across(made()).explain()
    assert "Missed appointments, all together" in side.labels(found)


def test_practices_of_nearly_one_size_fill_the_picture() -> None:
    frame = made()
    frame["appointments"] = 20_000 + np.arange(len(frame))
    frame["dna"] = np.round(0.05 * frame["appointments"]).astype(int)
    axes = across(frame).funnel.plot()
    left, right = axes.get_xlim()
    plt.close(axes.figure)
    assert left < 20_000
    assert right < 20_030
