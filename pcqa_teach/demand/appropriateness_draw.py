"""Who could have helped, as bars."""

from __future__ import annotations

from pcqa_teach import figures
from pcqa_teach.demand import appropriateness_words as words
from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.appropriateness_frames import ELSEWHERE
from pcqa_teach.demand.numbers_said import between, percent
from pcqa_teach.demand.sheet import bars, bars_height, sheet
from pcqa_teach.errors import ChartError

_KINDS = ("anybody else", "by role", "another way would have done")


def figure(found: Appropriateness) -> figures.Figure:
    """Draw all together, then the roles, then the modes."""
    if words.too_few(found):
        raise ChartError(f"{found.message}, so nothing is drawn: code more appointments.")
    roles, ways, whole = words.helpers(found), words.modes(found), found.row(ELSEWHERE)
    names = [_KINDS[0].capitalize(), *roles["helper"], *ways["mode"]]
    kinds = [_KINDS[0], *[_KINDS[1]] * len(roles), *[_KINDS[2]] * len(ways)]
    share, low, high = (
        [float(whole[one]), *roles[one].tolist(), *ways[one].tolist()]
        for one in ("share", "lower", "upper")
    )
    said = [f"{percent(a)} ({between(b, c)})" for a, b, c in zip(share, low, high, strict=True)]
    with sheet(found.message, words.basis(found), words.notes(found), bars_height(names)) as page:
        bars(page.axes, names, share, low, high, said, kinds, _KINDS)
        page.axes.set_xlabel("Share of coded appointments, % (line: 95% interval)")
    return figures.Figure.of(page.drawing, alt=found.alt_text, name="the right appointment")
