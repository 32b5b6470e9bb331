"""Which of the twelve asks a tally sheet catches, line by line."""

from __future__ import annotations

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.figures import COLOURS
from pcqa_teach.sayings import and_list, counted
from pcqa_teach.widgets.tally_asks import BLURRED, CAUGHT, LOST

# state: the mark, its colour, filled or not, its name in the key
_LOOKS = {
    CAUGHT: ("o", COLOURS["ink"], True, "caught"),
    BLURRED: ("D", COLOURS["neutral"], False, "marked, but as something else"),
    LOST: ("X", COLOURS["concern"], True, "lost"),
}
_SAID = {BLURRED: "marked, but", LOST: "lost,"}
_LINE = 0.29  # inches


def message(tried: pd.DataFrame) -> str:
    """Say how many asks the sheet catches."""
    caught = int((tried["state"] == CAUGHT).sum())
    if caught == len(tried):
        return f"This sheet catches all {len(tried)} asks"
    lost, blurred = (int((tried["state"] == state).sum()) for state in (LOST, BLURRED))
    parts = [f"{lost} are lost" if lost != 1 else "1 is lost"] if lost else []
    parts += [f"{blurred} marked as something else"] if blurred else []
    return f"This sheet catches {caught} of {counted(len(tried), 'ask')}; {and_list(parts)}"


def alt(tried: pd.DataFrame) -> str:
    """Say the picture: the message, then each ask that is not caught, and why."""
    missing = tried[tried["state"] != CAUGHT]
    each = "; ".join(
        f"{row.when}, {str(row.where).lower()}, {row.what}: {_SAID[str(row.state)]} {row.why}"
        for row in missing.itertuples()
    )
    said = f" Not caught: {each}." if each else " None is lost."
    return f"A list of {len(tried)} invented asks. {message(tried)}.{said}"


def draw(tried: pd.DataFrame, name: str, under: str = "") -> figures.Figure:
    """Draw a line an ask: its mark, when and where, what happened, and what becomes of it."""
    from pcqa_teach.figures.sheet import plot

    with plot(
        message(tried), under, ["n = 12 asks, all of them invented."], _LINE * len(tried) + 0.25
    ) as page:
        axes = page.axes[0]
        for state, (marker, colour, full, called) in _LOOKS.items():
            lines = [line for line, one in enumerate(tried["state"]) if one == state]
            if lines:
                axes.scatter(
                    [0.015] * len(lines), lines, marker=marker, s=46, linewidths=1.4, label=called,
                    facecolors=colour if full else "none", edgecolors=colour, clip_on=False,
                )  # fmt: skip
        for place, row in enumerate(tried.itertuples()):
            cells = ((0.035, row.when), (0.135, _post(str(row.where))), (0.235, row.what))
            for x, text in cells:
                axes.text(x, place, str(text), va="center", size=8.6).set_in_layout(False)
            weight = "normal" if row.state == CAUGHT else "bold"
            why = axes.text(0.745, place, str(row.why), va="center", size=8.6, weight=weight)
            why.set_in_layout(False)
        axes.set_xlim(0, 1)
        axes.set_ylim(len(tried) - 0.45, -0.6)
        axes.set_axis_off()
        return page.finish(alt=alt(tried), name=name)


def _post(where: str) -> str:
    return {"Online forms and email": "online", "Front desk": "desk"}.get(where, where.lower())
