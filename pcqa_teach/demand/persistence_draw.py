"""The fall that was seen beside the fall that comes by itself."""

from __future__ import annotations

from pcqa_teach import figures
from pcqa_teach.demand import persistence_words as words
from pcqa_teach.demand.numbers_said import percent
from pcqa_teach.demand.persistence import SEEN, Persistence
from pcqa_teach.demand.sheet import bars, bars_height, sheet

_KINDS = ("seen", "with nothing done")


def figure(found: Persistence) -> figures.Figure:
    """Draw the falls as bars with their intervals."""
    names = [words.SAID[one] for one in found.fall["what"]]
    fall = -found.fall[["change", "lower", "upper"]]
    fewer = [
        f", {percent(one)} of people had fewer" if one == one else "" for one in found.fall["fewer"]
    ]
    notes = [
        "Everybody's change is taken out. To expect with nothing done: read by looking backwards "
        "from the top of the second window.",
        words.beyond(found),
    ]
    with sheet(found.message, words.basis(found), notes, bars_height(names)) as page:
        bars(
            page.axes,
            names,
            fall["change"].tolist(),
            fall["upper"].tolist(),
            fall["lower"].tolist(),
            [
                f"{percent(abs(one)) if one >= 0 else 'rise of ' + percent(-one)}{tail}"
                for one, tail in zip(fall["change"], fewer, strict=True)
            ],
            [_KINDS[0] if one == SEEN else _KINDS[1] for one in found.fall["what"]],
            _KINDS,
        )
        page.axes.set_xlabel("Fall in contacts of the group, % (line: 95% interval)")
    return figures.Figure.of(page.drawing, alt=found.alt_text, name="attending often, next window")
