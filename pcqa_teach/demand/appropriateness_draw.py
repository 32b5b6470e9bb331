"""Who could have helped, as bars."""

from __future__ import annotations

from pcqa_teach.demand import appropriateness_words as words
from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.appropriateness_frames import ELSEWHERE
from pcqa_teach.errors import ChartError
from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import between, fine_percent

_KINDS = ("anybody else", "who or what could have helped", "another way would have done")


def figure(found: Appropriateness) -> Figure:
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
    said = [
        f"{fine_percent(a)} ({between(b, c)})" for a, b, c in zip(share, low, high, strict=True)
    ]
    with plot(found.message, words.basis(found), words.notes(found), bars_height(names)) as page:
        bars(page.axes[0], names, share, said, kinds, _KINDS, lows=low, highs=high, most=100)
        page.axes[0].set_xlabel("Share of coded appointments, % (line: 95% interval)")
        return page.finish(alt=found.alt_text, name="the right appointment")
