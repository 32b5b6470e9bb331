"""Switch between sets of rules on one series, and see which of them find a signal in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import and_list, counted, percent
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, row, said, words

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

SETS: dict[str, str] = {
    "mdc": "Making Data Count",
    "nhsr": "NHSRplotthedots (screens)",
    "western_electric": "Western Electric",
    "nelson": "Nelson",
    "anhoej": "Anhoej",
}
# Of charts of 24 dots on which nothing happens, the share with a signal: simulated, 4,000 each,
# limits from the same dots, neighbours independent (`variation.false_alarm_rate`).
FALSE_ALARMS: dict[str, float] = {
    "mdc": 0.15, "nhsr": 0.18, "western_electric": 0.15, "nelson": 0.19, "anhoej": 0.09,
}  # fmt: skip


@dataclass(frozen=True)
class Row24:
    """Twenty-four weeks of one invented measure, and what they teach."""

    name: str
    values: tuple[int, ...]
    taught: str


ROWS = (
    Row24(
        "Series 1",
        (23, 21, 18, 16, 14, 20, 18, 17, 19, 20, 13, 23, 14, 26, 19, 20, 20, 22, 22, 23, 23, 24,
         17, 18),
        "Seven in a row lie above the mean. Making Data Count asks for seven, Western Electric for "
        "eight, Nelson for nine; Anhoej's run grows with the number of dots, and 24 need nine.",
    ),
    Row24(
        "Series 2",
        (23, 19, 17, 25, 16, 17, 21, 17, 20, 17, 20, 19, 16, 23, 15, 16, 17, 19, 20, 22, 22, 23,
         15, 26),
        "Look at weeks 15 to 20: six in a row rise, and then two are equal, which ends it. Nelson "
        "asks for six, Making Data Count for seven; the others have no rule for a trend.",
    ),
    Row24(
        "Series 3",
        (17, 17, 18, 22, 17, 17, 19, 24, 44, 18, 21, 20, 21, 18, 17, 16, 21, 19, 29, 20, 24, 22,
         20, 20),
        "Everybody sees week 9. Its two unusually large steps also widen the limits; the set that "
        "leaves them out (screening) has narrower ones, and week 19 lies outside those alone.",
    ),
)  # fmt: skip
_HOW = (
    "Choose a series and look at its 24 weeks. Tick every set of rules that you expect to find a "
    "signal in it (none, if you expect none), and press Switch. With the keyboard, Tab moves on "
    "and Space ticks or presses."
)


@dataclass(frozen=True)
class SwitchRules(Activity):
    """Three series, five sets of rules. Make one with `switch_rules`."""

    rows: tuple[Row24, ...] = ROWS

    def chart(self, place: int, rules: str) -> Chart:
        """Return a series by one set of rules."""
        return _chart(self.rows[place].values, rules)

    def flagged(self, place: int) -> Mapping[str, list[int]]:
        """Return, by set of rules, the weeks that it flags."""
        found = {}
        for rules in SETS:
            points = self.chart(place, rules).points
            found[rules] = [int(week) for week in points.loc[points["signal"], "x"]]
        return found

    def message(self, place: int) -> str:
        """Say which sets find a signal, and where they differ."""
        found = self.flagged(place)
        seeing = [SETS[name] for name, weeks in found.items() if weeks]
        if len({tuple(weeks) for weeks in found.values()}) == 1:
            return f"All five sets of rules flag the same {counted(len(found['mdc']), 'week')}"
        if len(seeing) == len(SETS):
            most = max(found.values(), key=len)
            more = [SETS[name] for name, weeks in found.items() if len(weeks) == len(most)]
            return f"All five see a signal; {and_list(more)} sees one more"
        return f"{_number(len(seeing))} of five sets see a signal: {and_list(seeing)}"

    def picture(self, place: int) -> figures.Figure:
        """Return the series with its limits, and under it a row of flags for each set."""
        from pcqa_teach.widgets.rule_sets_draw import switched

        return switched(self, place)

    def reveal(self, place: int, expected: Collection[str]) -> tuple[str, figures.Figure]:
        """Return how an expectation fared, why, and the picture.

        Raises
        ------
        LessonError
            There is no such series or set of rules.
        """
        if not 0 <= place < len(self.rows) or not set(expected) <= set(SETS):
            raise LessonError("Choose one of the three series, and tick sets from the list.")
        found = self.flagged(place)
        right = [name for name in SETS if (name in expected) == bool(found[name])]
        lines = [
            f"{self.message(place)}. You were right about {len(right)} of {len(SETS)} sets.",
            self.rows[place].taught,
            self.alarms,
        ]
        return "\n\n".join(lines), self.picture(place)

    @property
    def alarms(self) -> str:
        """How often each set is wrong where nothing happens."""
        each = and_list([f"{percent(FALSE_ALARMS[name])} by {SETS[name]}" for name in SETS])
        return f"Of charts of 24 weeks on which nothing happens, a signal shows on {each}."

    def preface(self) -> Sequence[Any]:
        """Return the three series as numbers, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "": [one.name for one in self.rows],
                "24 weeks": [", ".join(map(str, one.values)) for one in self.rows],
            }
        )
        ask = Words(
            "In a live notebook you choose here. On this page: tick on paper, for each series, "
            f"which of five sets of rules will find a signal: {and_list(list(SETS.values()))}. "
            "Then look at the pictures, in the same order."
        )
        return ask, figures.Table(frame, "Predict before you look on (all invented)")

    def static(self) -> list[figures.Figure]:
        """Return a picture for each series, with what it teaches."""
        return [self.picture(place) for place in range(len(self.rows))]

    def panel(self) -> Any:
        """Return the live panel: a series, the sets that you expect, switch."""
        import ipywidgets as w

        chosen = [0]
        about = w.HTML()
        boxes = {
            name: w.Checkbox(description=title, indent=False, layout=w.Layout(width="95%"))
            for name, title in SETS.items()
        }
        answer = w.HTML()

        def choose(place: int) -> None:
            from pcqa_teach.widgets.rule_sets_draw import bare

            chosen[0] = place
            about.value = f"{said(self.rows[place].name)}{bare(self, place)._repr_html_()}"
            for box in boxes.values():
                box.value = False
            answer.value = said("Nothing is switched on yet.")

        def show() -> None:
            try:
                told, picture = self.reveal(
                    chosen[0], [name for name, box in boxes.items() if box.value]
                )
            except PcqaError as error:
                answer.value = said(str(error))
                return
            answer.value = f"{said(told)}{picture._repr_html_()}"

        choose(0)
        starts = [
            button(one.name, f"Shows {one.name}", partial(choose, place))
            for place, one in enumerate(self.rows)
        ]
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                about,
                w.VBox(list(boxes.values())),
                row(button("Switch", "Shows what each set of rules flags", show, main=True)),
                answer,
            ]
        )


def switch_rules() -> SwitchRules:
    """Return an activity: say which sets of rules find a signal in a series, then see.

    The three series are invented.

    Examples
    --------
    >>> switch_rules().message(0)
    'Two of five sets see a signal: Making Data Count and NHSRplotthedots (screens)'
    >>> switch_rules().flagged(2)["nhsr"]
    [9, 19]
    """
    return SwitchRules()


@cache
def _chart(values: tuple[int, ...], rules: str) -> Chart:
    from pcqa_teach import spc

    frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": values})
    return spc.chart(frame, n=None, rules=rules)


def _number(count: int) -> str:
    return ("None", "One", "Two", "Three", "Four", "Five")[count]
