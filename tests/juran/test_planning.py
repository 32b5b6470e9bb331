"""From what people say to what two people would count alike."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.juran import ctq_tree, operational_definition

FULL = {
    "unit": "% of calls",
    "counts": "A person spoke within 5 minutes of the first ring",
    "does_not_count": "The recorded message",
    "denominator": "All calls that reached the line",
    "window": "A working day, 08:00 to 18:30",
    "how": "Telephone report",
    "who": "Reception lead",
    "when": "Each Monday",
}


def test_a_feature_that_says_what_is_counted_is_measurable() -> None:
    tree = ctq_tree("I can't get through", {"Reach a person": ["Calls lost, a day: 0"]})
    assert tree.table["measurable"].tolist() == [True]
    assert tree.message == "1 need, 1 feature that can be counted"


@pytest.mark.parametrize(
    ("feature", "says"),
    [
        ("Calls answered quickly, %", "'quickly' is open to opinion"),
        ("A warm welcome", "say what would be counted"),
    ],
)
def test_a_feature_that_nobody_can_count_says_why(feature: str, says: str) -> None:
    tree = ctq_tree("I can't get through", {"Reach a person": feature})
    assert says in tree.table["advice"][0]
    assert "Not yet measurable" in tree.explain()


def test_rows_and_nested_needs_make_the_same_tree() -> None:
    rows = pd.DataFrame(
        {"need": ["Reach", "Reach", "Know"], "feature": ["Wait, min", "Calls lost", "Texts, %"]}
    )
    nested = {"Reach": ["Wait, min", "Calls lost"], "Know": "Texts, %"}
    assert ctq_tree("x", rows) == ctq_tree("x", nested)


def test_a_definition_can_hang_on_the_tree_with_its_gaps() -> None:
    ready = operational_definition("Calls answered", **FULL)
    open_ = operational_definition("Calls lost", unit="calls", counts="The caller hung up")
    tree = ctq_tree("x", {"Reach": [ready, open_]})
    assert tree.table["measurable"].tolist() == [True, False]


def test_the_table_does_not_depend_on_who_looks() -> None:
    rows = pd.DataFrame({"need": ["a"], "feature": ["b, %"]})
    before = rows.copy()
    ctq_tree("x", rows)
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("voice", "needs"),
    [
        ("", {"a": "b"}),
        ("x", {}),
        ("x", {"a": []}),
        ("x", {"a": ["b", "B"]}),
        ("x", {"a": 3}),
        ("x", {"a": [None]}),
        ("x", "text"),
        ("x", [{"need": "a"}]),
        (None, {"a": "b"}),
        ("x", pd.DataFrame({"need": [], "feature": []})),
    ],
)
def test_a_tree_with_a_hole_is_refused_in_a_sentence(voice: object, needs: object) -> None:
    with pytest.raises(DataError) as caught:
        ctq_tree(voice, needs)  # type: ignore[arg-type]
    assert str(caught.value).endswith(".")


def test_a_whole_definition_is_clear() -> None:
    whole = operational_definition("Calls answered", **FULL)
    assert whole.clear
    assert whole.checks["advice"].tolist() == [""] * 8
    assert whole.message.endswith("ready to be tried out by two people")


@pytest.mark.parametrize(
    ("without", "asks"),
    [
        ("denominator", "Which calls: all, or only those who waited past the menu?"),
        ("window", "what time one value covers"),
        ("does_not_count", "does not count"),
        ("how", "where the number is read"),
        ("who", "who counts"),
        ("when", "how often"),
    ],
)
def test_each_part_that_is_missing_is_asked_for(without: str, asks: str) -> None:
    parts = {name: value for name, value in FULL.items() if name != without}
    advice = operational_definition("Calls answered", **parts).advice
    assert len(advice) == 1
    assert asks in advice[0]


def test_a_share_of_something_is_half_said_and_a_rate_is_not() -> None:
    parts = {**FULL, "denominator": None}
    share = operational_definition("Calls answered", **parts)
    assert "Out of: calls (not said yet which)." in share.explain()
    rate = operational_definition("Wait", **{**parts, "unit": "minutes per visit"})
    assert rate.advice == [
        "The unit is a share, a rate or an average: say out of what. Fill in denominator."
    ]
    people = operational_definition("Seen", **{**parts, "unit": "% of patients"})
    assert people.advice == ["Which patients: all, or only some of them? Fill in denominator."]


def test_a_plain_count_needs_no_denominator() -> None:
    parts = {**FULL, "unit": "calls", "denominator": None}
    assert operational_definition("Calls lost", **parts).clear


def test_a_word_open_to_opinion_is_named() -> None:
    parts = {**FULL, "counts": "Urgent calls answered in a timely way"}
    assert "'urgent', 'timely'" in operational_definition("x", **parts).advice[0]


def test_a_thing_that_both_counts_and_does_not_is_seen() -> None:
    parts = {**FULL, "counts": ["Call-backs"], "does_not_count": ["call-backs"]}
    assert "choose one" in operational_definition("x", **parts).advice[0]


def test_two_people_who_count_alike_agree_wholly() -> None:
    one = operational_definition("x", **FULL)
    assert one.try_out([True, False, True], [True, False, True])["agreement"][0] == 100.0


@pytest.mark.parametrize(
    ("first", "second"),
    [([], []), ([True], [True, False]), ([1], [True]), ("yes", "yes"), (["yes"], ["no"])],
)
def test_two_lists_that_cannot_be_compared_are_refused(first: object, second: object) -> None:
    with pytest.raises(DataError):
        operational_definition("x", **FULL).try_out(first, second)  # type: ignore[arg-type]


def test_a_definition_needs_what_counts() -> None:
    with pytest.raises(DataError, match="say what counts"):
        operational_definition("x", unit="calls", counts=[])
