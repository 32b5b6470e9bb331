"""The picture of one way through a conversation: they on the left, the coach on the right."""

from __future__ import annotations

from collections.abc import Sequence

from pcqa_teach import figures
from pcqa_teach.figures.boxes import HEAD, PLAIN, TINT, Page
from pcqa_teach.figures.sheet import MARGIN, WIDTH

_SHARE = 0.72  # of the sheet, that one sentence may take
_GAP = 0.09


def route_figure(name: str, route: Sequence[tuple[str, str]]) -> figures.Figure:
    """Draw what was heard and said, one below the other.

    Parameters
    ----------
    name : what the way through is called, the title of the picture
    route : pairs of who speaks ("They", "Coach: asking" ...) and what they say; a last pair may
        say what came of it

    Examples
    --------
    >>> route_figure("Short", [("They", "Tell us."), ("Coach: asking", "What?")]).alt
    'Short. They: “Tell us.” Coach: asking: “What?”'
    """
    page, top = Page(), 0.0
    whole = WIDTH - 2 * MARGIN
    wide = whole * _SHARE
    for who, told in route:
        coach, end = who.startswith("Coach"), who not in ("They",) and not who.startswith("Coach")
        left = MARGIN + (whole - wide if coach else 0.0)
        look = HEAD if end else TINT if coach else PLAIN
        top = page.write(left, top, who, size=8, bold=True) + 0.02
        text = told if end else f"“{told}”"
        top = page.card(left, top, whole if end else wide, text, look) + _GAP
    spoken = " ".join(
        f"{who}: {told if who == 'What came of it' else f'“{told}”'}" for who, told in route
    )
    return page.figure(
        title=name,
        under="One way through the conversation (invented)",
        alt=f"{name}. {spoken}",
        name=f"conversation {name}",
    )
