"""Agreement, intraclass correlations and measuring studies against published examples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.variation import agreement, gauge_rr, icc
from pcqa_teach.variation.rater_draw import name_lines


def coded(a: int, b: int, c: int, d: int) -> pd.DataFrame:
    """Cases by both raters: yes-yes, yes-no, no-yes, no-no."""
    pairs = [("yes", "yes")] * a + [("yes", "no")] * b + [("no", "yes")] * c + [("no", "no")] * d
    return pd.DataFrame(pairs, columns=["anna", "ben"])


NAMES = {"first": "anna", "second": "ben"}


def test_kappa_by_hand():
    found = agreement(coded(20, 5, 10, 15), **NAMES)
    assert (found.agreed, found.by_chance) == (0.7, 0.5)
    assert found.kappa == pytest.approx(0.4)
    assert found.pabak == pytest.approx(0.4)
    assert (found.prevalence, found.bias) == (pytest.approx(0.1), pytest.approx(0.1))
    assert found.kappa_lower < 0.4 < found.kappa_upper


def test_a_rare_code_pulls_kappa_down_and_the_words_say_so():
    """Feinstein and Cicchetti 1990: the same agreement, two very different kappas."""
    common, rare = agreement(coded(40, 9, 6, 45), **NAMES), agreement(coded(80, 10, 5, 5), **NAMES)
    assert common.agreed == rare.agreed == pytest.approx(0.85)
    assert (round(common.kappa, 2), round(rare.kappa, 2)) == (0.70, 0.32)
    assert common.pabak == rare.pabak
    assert "pulls kappa down" in rare.explain()
    assert "pulls kappa down" not in common.explain()


def test_weights_count_near_misses_in_part():
    rng = np.random.default_rng(1)
    first = rng.integers(1, 6, 200)
    second = np.clip(first + rng.integers(-1, 2, 200), 1, 5)
    frame = pd.DataFrame({"anna": first, "ben": second})
    plain, linear, quadratic = (
        agreement(frame, **NAMES, weights=one).kappa for one in (None, "linear", "quadratic")
    )
    assert plain < linear < quadratic
    # weighted kappa with squared weights, from its definition
    gap = (first[:, None] - second) ** 2
    assert quadratic == pytest.approx(1 - ((first - second) ** 2).mean() / gap.mean())


def test_one_code_alone_leaves_no_kappa():
    with pytest.raises(DataError, match="kappa cannot be worked out"):
        agreement(coded(12, 0, 0, 0), **NAMES)
    found = agreement(coded(12, 0, 0, 0), **NAMES, categories=["yes", "no"])
    assert np.isnan(found.kappa)
    assert found.agreed == 1
    assert "no kappa" in found.explain()
    assert found.figure().png


def test_empty_codes_are_set_aside_and_said():
    frame = coded(20, 5, 10, 15)
    frame.loc[0, "ben"] = None
    found = agreement(frame, **NAMES)
    assert (found.n, found.missing) == (49, 1)
    assert "1 case that one or both left empty set aside" in found.explain()


def test_the_picture_shows_every_pair_of_codes():
    found = agreement(coded(20, 5, 10, 15), **NAMES)
    assert found.counts.to_numpy().tolist() == [[15, 10], [5, 20]]
    assert "They differ on 15 cases" in found.figure().alt


def test_heads_are_broken_at_hyphens_and_never_inside_a_word():
    for inches in (0.6, 0.85, 1.4):
        for name in ("failure-practice", "failure_system", "value", "not our call"):
            lines = name_lines(name, inches)
            joined = "".join(lines).replace(" ", "")
            assert joined == name.replace(" ", "")
            assert all(line[-1] in "-_" or line == lines[-1] or " " in name for line in lines)


def test_the_sheet_says_what_kappa_and_pabak_are(monkeypatch):
    kept = []
    monkeypatch.setattr(
        "pcqa_teach.variation.rater_draw.Figure.of", lambda drawing, **_: kept.append(drawing)
    )
    agreement(coded(20, 5, 10, 15), **NAMES).figure()
    said = " ".join(" ".join(text.get_text().split()) for text in kept[0].texts)
    assert "Kappa: agreement beyond luck (1 = perfect" in said
    assert "PABAK: kappa as if all codes were equally common" in said


@pytest.mark.parametrize(
    "options", [{"second": "anna"}, {"second": "x"}, {"categories": ["yes"]}, {"level": 1},
                {"categories": ["yes", "yes", "no"]}],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(options):
    with pytest.raises(DataError):
        agreement(coded(20, 5, 10, 15), **{**NAMES, **options})
    with pytest.raises(ChartError, match="weights"):
        agreement(coded(20, 5, 10, 15), **NAMES, weights="cubic")


RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9],
                    [6, 2, 4, 7]])  # fmt: skip


def rated(table: np.ndarray) -> pd.DataFrame:
    n, k = table.shape
    return pd.DataFrame(
        {"case": np.repeat(range(n), k), "by": np.tile(range(k), n), "score": table.ravel()}
    )


SCORES = {"value": "score", "subject": "case", "rater": "by"}


def test_the_example_of_shrout_and_fleiss():
    found = icc(rated(RATINGS), **SCORES)
    assert found.table["icc"].round(2).tolist() == [0.17, 0.29, 0.71]
    assert found.table["lower"].round(2).tolist() == [-0.13, 0.02, 0.34]
    assert found.table["upper"].round(2).tolist() == [0.72, 0.76, 0.95]
    squares = {name: round(value, 2) for name, value in found.mean_squares.items()}
    assert squares == {"subjects": 11.24, "raters": 32.49, "residual": 1.02, "within": 6.26}
    assert "29% of the spread" in found.explain()


def test_raters_who_never_differ_have_an_icc_of_one():
    found = icc(rated(np.array([[1, 1], [4, 4], [2, 2]])), **SCORES)
    assert found.table["icc"].tolist() == [1, 1, 1]


def test_scores_that_never_vary_say_so():
    found = icc(rated(np.full((3, 2), 4)), **SCORES)
    assert found.table["icc"].isna().all()
    assert "no spread" in found.message
    assert "nan" not in found.explain()


def test_a_missing_or_doubled_rating_is_refused():
    with pytest.raises(DataError, match="1 ratings are missing"):
        icc(rated(RATINGS).iloc[1:], **SCORES)
    with pytest.raises(DataError, match="1 are there more than once"):
        icc(pd.concat([rated(RATINGS), rated(RATINGS).iloc[:1]]), **SCORES)
    with pytest.raises(DataError, match="at least 2"):
        icc(rated(RATINGS[:, :1]), **SCORES)


AIAG = {
    "A": [0.29, -0.56, 1.34, 0.47, -0.80, 0.02, 0.59, -0.31, 2.26, -1.36,
          0.41, -0.68, 1.17, 0.50, -0.92, -0.11, 0.75, -0.20, 1.99, -1.25,
          0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31],
    "B": [0.08, -0.47, 1.19, 0.01, -0.56, -0.20, 0.47, -0.63, 1.80, -1.68,
          0.25, -1.22, 0.94, 1.03, -1.20, 0.22, 0.55, 0.08, 2.12, -1.62,
          0.07, -0.68, 1.34, 0.20, -1.28, 0.06, 0.83, -0.34, 2.19, -1.50],
    "C": [0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49,
          -0.11, -1.13, 1.09, 0.20, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77,
          -0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16],
}  # fmt: skip
STUDY = pd.DataFrame(
    [(who, part % 10, value) for who, values in AIAG.items() for part, value in enumerate(values)],
    columns=["who", "part", "mm"],
)
MEASURED = {"value": "mm", "part": "part", "operator": "who"}


def test_the_measuring_study_of_aiag():
    found = gauge_rr(STUDY, **MEASURED, tolerance=4)
    sd = found.components.set_index("source")["sd"]
    wanted = {"repeatability": 0.199933, "reproducibility": 0.226838, "measuring": 0.302373,
              "parts": 1.042327, "total": 1.0853}  # fmt: skip
    for source, value in wanted.items():
        assert sd[source] == pytest.approx(value, abs=2e-6), source
    assert round(100 * found.share("measuring"), 2) == 27.86
    assert (found.pooled, found.distinct) == (True, 4)
    assert found.share("measuring", "tolerance") == pytest.approx(6 * sd["measuring"] / 4)
    contribution = found.components.set_index("source")["contribution"]
    assert contribution[["measuring", "parts"]].sum() == pytest.approx(1)


def test_an_interaction_that_is_there_is_kept():
    rng = np.random.default_rng(3)
    cells = rng.normal(0, 2, (8, 3))
    rows = [(p, o, cells[p, o] + rng.normal(0, 0.1)) for p in range(8) for o in range(3)
            for _ in range(2)]  # fmt: skip
    found = gauge_rr(pd.DataFrame(rows, columns=["part", "who", "mm"]), **MEASURED)
    assert not found.pooled
    assert found.share("interaction") > 0.5


@pytest.mark.parametrize(
    ("frame", "said"),
    [(STUDY.iloc[1:], "equally often"), (STUDY.iloc[:10], "at least 2"),
     (STUDY.assign(mm=1.0), "never varies"), (STUDY.assign(mm="x"), "not a number")],
)  # fmt: skip
def test_an_uneven_or_empty_study_is_refused(frame, said):
    with pytest.raises(DataError, match=said):
        gauge_rr(frame, **MEASURED)


def test_where_they_agree_on_all_kappa_has_no_interval_and_the_words_say_so():
    same = pd.DataFrame({"a": list("xyxyxyxyxy"), "b": list("xyxyxyxyxy")})
    ours = agreement(same, first="a", second="b")
    assert ours.kappa == 1.0
    assert np.isnan(ours.kappa_lower)
    assert "no interval can be worked out" in ours.explain()
    assert "nan" not in ours.explain()
    assert ours.figure().alt


def test_less_agreement_than_chance_is_said_once():
    apart = pd.DataFrame({"a": list("xyxyxyxyxy"), "b": list("yxyxyxyxyx")})
    said = agreement(apart, first="a", second="b").message
    assert said.endswith("less often than chance would make them (kappa -1.00)")
