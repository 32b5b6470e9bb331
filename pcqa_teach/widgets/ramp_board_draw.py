"""The picture of one test of a ramp, split by who was in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS, MARKERS, Figure
from pcqa_teach.figures.sheet import plot

if TYPE_CHECKING:
    from pcqa_teach.widgets.ramp_board import RampBoard

_LOOKS = {
    "better": "improvement",
    "worse": "concern",
    "same": "neutral",
    "few": "neutral",
}
_KEYS = {
    "better": "Now, better off",
    "worse": "Now, worse off",
    "same": "Now, about the same",
    "few": "Now, too few to say",
}


def split_up(activity: RampBoard, place: int, splits: Sequence[str]) -> Figure:
    """Draw before and after for everybody and each group, with 95% intervals."""
    from pcqa_teach.variation import wilson
    from pcqa_teach.widgets.ramp_board import ALL, BEFORE, CLEAR, GROUPS, LEAST

    step = activity.steps[place]
    names = [ALL, *(group for split in splits for group in GROUPS[split])]
    title = _title(activity, place, splits)
    under = f"{step.told} Of 100 people, helped the same day, with 95% intervals · invented"
    notes = [
        f"Where fewer than {LEAST} people were in the test, nothing is drawn. Better or worse: the "
        "95% interval of the change leaves out no change (Newcombe, 1998). About the same: all of "
        f"it lies within {CLEAR:.0f} points."
    ]
    with plot(title, under, notes, 0.9 + 0.42 * len(names)) as sheet:
        [axes] = sheet.axes
        for height, name in enumerate(names):
            rows = (("before", BEFORE[name], -0.14), ("now", step.counts[name], 0.14))
            for when, (people, met), shift in rows:
                if people < LEAST:
                    axes.annotate(
                        f"now: {people or 'nobody'}, too few to say", (1, height + shift),
                        va="center", size=8.5, color=COLOURS["muted"],
                    )  # fmt: skip
                    continue
                fared = activity.fared(place, name)
                look = "common" if when == "before" else _LOOKS[fared]
                [found] = wilson(met, people).to_dict("records")
                axes.plot(
                    [100 * found["lower"], 100 * found["upper"]], [height + shift] * 2,
                    color=COLOURS[look], lw=1.6,
                )  # fmt: skip
                axes.plot(
                    [100 * found["share"]], [height + shift], MARKERS[look], color=COLOURS[look],
                    ms=7, label="Before" if when == "before" else _KEYS[fared], lw=0,
                )  # fmt: skip
        axes.axhline(0.5, color=COLOURS["grid"], lw=1.5)
        axes.set_yticks(range(len(names)), [name[:1].upper() + name[1:] for name in names])
        axes.set(xlabel="Of 100 people", xlim=(0, 100), ylim=(len(names) - 0.5, -0.5))
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x")
        told = " ".join(activity.told(place, split) for split in splits)
        return sheet.finish(alt=f"{title}. {told}", name=f"ramp-board-{place + 1}")


def _title(activity: RampBoard, place: int, splits: Sequence[str]) -> str:
    """Say the message of one split, or of all of them together."""
    from pcqa_teach.widgets.ramp_board import GROUPS

    if len(splits) == 1:
        return activity.message(place, splits[0])
    seconds = [GROUPS[split][1] for split in splits]
    fared = {name: activity.fared(place, name) for name in seconds}
    mean = activity.mean(place)
    worse = sum(one == "worse" for one in fared.values())
    if worse:
        return f"{mean}, and {worse} of {len(seconds)} groups to watch are worse off"
    return f"{mean}, and of the groups to watch nobody can say"
