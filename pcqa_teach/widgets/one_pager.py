"""A baseline on one page: say which of its charts stand out, then read the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import and_list
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, row, said, words

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.spc import Chart

MOST = 5  # charts that fit on the page
NONE = "Nothing stands out in any of them"
_HOW = (
    "Look at the page. Tick each chart in which something stands out, or say that nothing does. "
    "Then read the page. With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class ReadThePage(Activity):
    """Charts on one page, to be read. Make one with `read_the_page`."""

    charts: Mapping[str, Chart]
    title: str

    def page(self) -> Figure:
        """Return the page as it is to be read: dots and limits, and no word on what they mean."""
        from pcqa_teach.lessons import Panel, exercise_grid

        panels = {}
        for place, (name, chart) in enumerate(self.charts.items(), 1):
            line = chart.limits.iloc[-1]
            panels[f"{place}"] = Panel(
                [round(float(one), 2) for one in chart.points["y"]],
                name,
                chart.unit or "",
                float(line["centre"]),
                (max(float(line["lower"]), 0.0), float(line["upper"])),
            )
        return exercise_grid(panels, title=self.title, name="baseline page")

    def standing_out(self) -> list[str]:
        """Return the names of the charts that have a signal."""
        return [name for name, chart in self.charts.items() if chart.points["signal"].any()]

    def reveal(self, expected: Collection[str]) -> tuple[str, Figure, str]:
        """Return how the expectation fared, the page with its signs, and each chart in words.

        Parameters
        ----------
        expected : names of the charts in which something is expected to stand out; none, if nothing

        Raises
        ------
        PcqaError
            A name is none of the page's charts.
        """
        from pcqa_teach.spc.icon_table import icon_table

        unknown = [name for name in expected if name not in self.charts]
        if unknown:
            raise LessonError(f"The page has no chart '{unknown[0]}': name one that it has.")
        found = self.standing_out()
        wanted = [name for name in self.charts if name in expected]
        told = f"You ticked {and_list(wanted)}." if wanted else "You expected nothing to stand out."
        is_so = f"A signal stands in {and_list(found)}." if found else "No chart has a signal."
        agreed = "The rules agree." if wanted == found else f"By the rules: {is_so}"
        lines = "\n".join(f"- {chart.message}" for chart in self.charts.values())
        ends = (
            "A signal is a question: nobody knows yet why. The sign goes by the latest dot alone, "
            "so an earlier signal does not show in it."
        )
        messages = "; ".join(chart.message for chart in self.charts.values())
        signs = replace(
            icon_table(self.charts, title=self.title),
            name="baseline page signs",
            alt=f"{self.title}, with signs. {messages}.",
        )
        return f"{told} {agreed}", signs, f"{lines}\n\n{ends}"

    def preface(self) -> Sequence[Any]:
        """Return what to do with the page before looking on."""
        return (
            Words(
                "In a live notebook you tick the charts in which something stands out. On this "
                "page, look at the first picture and say so aloud before you look at the second."
            ),
        )

    def static(self) -> list[Figure]:
        """Return the page to be read, and the same with its signs."""
        _, signs, _ = self.reveal(self.standing_out())
        return [self.page(), signs]

    def panel(self) -> Any:
        """Return the live panel: the page, a tick box for each chart, the answer."""
        import ipywidgets as w

        wide = w.Layout(width="95%")
        boxes = {
            name: w.Checkbox(value=False, description=name, indent=False, layout=wide)
            for name in (*self.charts, NONE)
        }
        answer = w.HTML(value=said("Nothing is read yet."))

        def show() -> None:
            answer.value = self._answer([name for name, box in boxes.items() if box.value])

        read = button("Read the page", "Says what the rules find in each chart", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                w.HTML(value=self.page()._repr_html_()),
                w.VBox(list(boxes.values())),
                row(read),
                answer,
            ]
        )

    def _answer(self, chosen: Sequence[str]) -> str:
        if not chosen:
            return said("First tick what stands out to you, or that nothing does.")
        if NONE in chosen and len(chosen) > 1:
            return said("You ticked a chart and that nothing stands out: leave one of them.")
        try:
            told, picture, lines = self.reveal([one for one in chosen if one != NONE])
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}{paragraphs(lines)}"


def read_the_page(
    charts: Mapping[str, Chart], title: str = "A baseline on one page"
) -> ReadThePage:
    """Return an activity: say which charts of a page stand out, then read the page by the rules.

    Parameters
    ----------
    charts : dict of charts, by what each is called; at most 5
    title : what the page is

    Raises
    ------
    PcqaError
        There is no chart, or there are too many.

    Examples
    --------
    >>> import pandas as pd
    >>> from pcqa_teach import spc
    >>> weeks = pd.DataFrame({"x": range(1, 15), "value": [6, 7, 5, 9, 6, 8, 7] * 2})
    >>> activity = read_the_page({"Calls": spc.chart(weeks, n=None, title="Calls")})
    >>> activity.reveal([])[0]
    'You expected nothing to stand out. The rules agree.'
    """
    if not 1 <= len(charts) <= MOST:
        raise LessonError(f"A page has 1 to {MOST} charts: give {{name: chart}}.")
    return ReadThePage(dict(charts), title)
