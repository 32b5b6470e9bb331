"""The ladder of participation: who decides, and what stands on which rung."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.juran import engagement_ladder
from pcqa_teach.juran.planning.ladder import RUNGS, SHARED

PLACED = {
    "The minutes are written beforehand": 1,
    "A poster about the new telephone": 3,
    "A survey": 4,
    "Half of the seats on the access group, with a vote": 6,
}


def test_the_rungs_are_arnsteins_in_their_order() -> None:
    names = [rung.name for rung in RUNGS]
    assert names == [
        *("Manipulation", "Therapy", "Informing", "Consultation", "Placation"),
        *("Partnership", "Delegated power", "Citizen control"),
    ]
    assert [rung.place for rung in RUNGS] == list(range(1, 9))
    groups = [rung.group for rung in RUNGS]
    assert groups == ["Non-participation"] * 2 + ["Tokenism"] * 3 + ["Citizen power"] * 3


def test_the_decision_is_shared_from_the_first_rung_of_citizen_power() -> None:
    assert RUNGS[SHARED - 1].group == "Citizen power"
    assert RUNGS[SHARED - 2].group == "Tokenism"
    assert engagement_ladder(PLACED).shared == 1


def test_the_table_has_a_row_a_rung_the_highest_first() -> None:
    table = engagement_ladder(PLACED).table
    assert table["rung"].tolist() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert table.set_index("rung")["placed"][4] == "A survey"
    assert table.set_index("rung")["placed"][5] == ""


@pytest.mark.parametrize(
    ("placed", "said"),
    [
        (None, "Eight rungs: from rung 6 on the decision is shared"),
        ({"A survey": 4}, "The one activity does not share the decision"),
        ({"A survey": 4, "A poster": 3}, "None of 2 activities shares the decision"),
        (PLACED, "1 of 4 activities shares the decision (rung 6 or above)"),
        ({"Half of the seats": 6, "Own budget": 7}, "2 of 2 activities share the decision"),
    ],
)
def test_the_message_counts_what_shares_the_decision(placed: dict, said: str) -> None:
    assert engagement_ladder(placed).message.startswith(said)


def test_the_words_name_the_rung_and_who_decides() -> None:
    said = engagement_ladder(PLACED).explain()
    assert "4. Consultation (tokenism): They are asked." in said
    assert "Here: A survey." in said
    assert "Placation" not in said
    assert "Placation" in engagement_ladder().explain()


def test_the_alt_text_says_what_stands_where() -> None:
    assert "4 consultation: A survey" in engagement_ladder(PLACED).alt_text
    assert "8 citizen control" in engagement_ladder().alt_text


@pytest.mark.parametrize("placed", [None, PLACED, {"word " * 30: 5, "Another": 5}])
def test_the_picture_can_be_read(placed: dict, faults: Callable) -> None:
    assert faults(engagement_ladder(placed).figure) == []


@pytest.mark.parametrize(
    "placed",
    [
        *({"A survey": 9}, {"A survey": 0}, {"A survey": 4.5}, {"A survey": "four"}, {"": 4}),
        *({"A": 4, "a": 5}, {3: 4}, "A survey", [("A survey", 4)]),
    ],
)
def test_what_is_on_no_rung_is_refused_in_a_sentence(placed: object) -> None:
    with pytest.raises(DataError) as caught:
        engagement_ladder(placed)  # type: ignore[arg-type]
    assert str(caught.value).endswith(".")
