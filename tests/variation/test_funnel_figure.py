"""The picture of a funnel: recognisable, its names apart, its words for whoever cannot see it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.variation import funnel
from pcqa_teach.variation.label_places import CLEAR, places

COLUMNS = {"numerator": "missed", "denominator": "booked", "unit": "practice"}


@pytest.fixture
def drawn(network):
    made = []

    def make(count=200, spread=0.02, long=False, adjusted=None, **options):
        frame = network(count, spread=spread, seed=4)
        if long:
            frame["practice"] = [f"The Old Riverside Partnership {i}" for i in range(count)]
        ax = funnel(frame, **COLUMNS, **options).plot(adjusted=adjusted)
        made.append(ax.figure)
        ax.figure.canvas.draw()
        return ax

    yield make
    for figure in made:
        plt.close(figure)


def test_a_funnel_has_points_four_lines_and_a_centre(drawn):
    ax = drawn(adjusted=True)
    assert sum(len(one.get_offsets()) for one in ax.collections) == 200
    assert len(ax.lines) == 5
    upper = max(ax.lines, key=lambda line: line.get_ydata()[0])
    assert upper.get_ydata()[0] > upper.get_ydata()[-1]  # it narrows to the right


@pytest.mark.parametrize("count", [24, 200, 1112])
@pytest.mark.parametrize("long", [False, True])
def test_names_do_not_overlap_each_other(drawn, count, long):
    name = "The Old Riverside Partnership {}" if long else "P{:03d}"
    ax = drawn(count, long=long, labels=[name.format(i) for i in range(24)])
    boxes = [text.get_window_extent() for text in ax.texts]
    assert boxes
    for i, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[i + 1 :])
        frame = ax.get_window_extent()
        assert one.x1 <= frame.x1 + 2
        assert one.x0 >= frame.x0 - 2


def test_names_stand_only_by_units_outside_unless_others_are_asked_for(drawn):
    ax = drawn(40, spread=0.0, labels="outside")
    assert not ax.texts
    assert [text.get_text() for text in drawn(40, spread=0.0, labels=["P007"]).texts] == ["P007"]
    assert not drawn(200, labels=None).texts


def test_a_name_keeps_clear_of_other_marks():
    at = np.array([[50.0, 50.0], [58.0, 50.0]])
    found = places(at[:1], np.array([[30.0, 8.0]]), at, [0, 0, 200, 200], 5)
    assert found[0].dx + 30 + CLEAR <= 8 or found[0].dy > CLEAR / 2 or found[0].dy < -8
    crowd = np.random.default_rng(1).uniform(30, 70, (400, 2))
    assert places(at[:1], np.array([[30.0, 8.0]]), crowd, [0, 0, 200, 200], 5) == []


@pytest.mark.parametrize("side_by_side", [False, True])
def test_the_finished_picture_carries_its_words(network, side_by_side):
    ours = funnel(network(60, spread=0.02), **COLUMNS, title="Missed", improvement="down")
    figure = ours.figure(side_by_side=side_by_side)
    assert figure.alt == ours.alt_text
    assert ours.alt_text.startswith("Funnel plot, size")
    assert figure.name == ("missed-funnel-both" if side_by_side else "missed-funnel")
    assert "text/html" in ours._repr_mimebundle_()[0]


def test_two_units_and_a_given_ax_are_drawn(network):
    assert funnel(network(2), **COLUMNS).figure().png
    drawing, ax = plt.subplots()
    assert funnel(network(30), **COLUMNS).plot(ax) is ax
    plt.close(drawing)


def test_a_practice_finds_itself_in_the_crowd(drawn):
    ax = drawn(1112, labels="P500")
    assert [text.get_text() for text in ax.texts] == ["P500"]
    with pytest.raises(ChartError, match="lacks"):
        drawn(40, labels=["Smith"])


def test_nearly_level_limits_are_not_said_to_narrow(network):
    apart = funnel(network(80, spread=0.03, low=4000, high=9000), **COLUMNS)
    assert "limits nearly level, because practices really differ" in apart.alt_text
    said = "With ordinary differences allowed for, the limits are nearly level, because practices"
    assert said in apart.explain()
    chance = funnel(network(80, low=300, high=9000), **COLUMNS)
    assert "limits narrowing to the right" in chance.alt_text


def test_words_of_method_stand_in_one_footnote_alone(network):
    ours = funnel(network(60, spread=0.02), **COLUMNS)
    *said, last = ours.explain().split("\n\n")
    assert last.startswith("How it was worked out: limits of chance alone: exact binomial;")
    assert "tau = " in last
    assert "the ordinary spread between practices" in last
    rest = " ".join([*said, ours.message, ours.alt_text])
    assert not any(one in rest for one in ("over-dispersion", "arcsine", "phi", "tau ="))


def test_initials_stay_initials_and_one_lies(network):
    frame = network(40, seed=3).rename(columns={"missed": "dna", "booked": "gp_appointments"})
    small = frame["gp_appointments"].idxmin()
    frame.loc[small, "dna"] = int(frame.loc[small, "gp_appointments"] * 0.3)
    ours = funnel(frame, numerator="dna", denominator="gp_appointments", unit="practice")
    assert (ours.title, ours.measure) == ("DNA", "DNA of GP appointments")
    assert ours.size == "GP appointments"
    assert "1 of 40 practices lies outside" in ours.message
    assert "1 lie " not in ours.explain()
    bare = funnel(frame, numerator="dna", denominator="gp_appointments", unit="practice",
                  overdispersion=None)  # fmt: skip
    assert "1 lies outside what chance alone allows" in bare.explain()
