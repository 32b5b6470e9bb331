"""Two groups' shares as two shapes on each line: all together, each stratum, the same mix."""

from __future__ import annotations

from typing import Any

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.figures.sheet import WIDTH, Sheet, blank
from pcqa_teach.variation import strata_words as words
from pcqa_teach.variation.strata import Stratified

_ROW, _AXIS, _LEFT, _RIGHT = 0.36, 0.78, 2.0, 2.15  # inches
_LOOKS = (("o", COLOURS["common"]), ("D", COLOURS["ink"]))


def figure(found: Stratified) -> Figure:
    """Draw one line a stratum, between all together and the same mix."""
    first, second = found.groups
    rows = [("All together", found.together)]
    rows += [
        (str(row["stratum"]), {one: float(row[f"share {one}"]) for one in found.groups})
        for row in found.table.to_dict("records")
    ]
    rows.append(("On the same mix", found.same_mix))
    notes = ["The same mix: both groups spread over the strata as the two together are."]
    sheet = Sheet(words.message(found), words.under(found), notes)
    tall = _ROW * len(rows)
    with theme():
        height = sheet.head + tall + _AXIS + sheet.foot
        drawing = blank(height)
        bottom = sheet.foot + 0.5
        wide = WIDTH - _LEFT - _RIGHT
        axes: Any = drawing.add_axes((_LEFT / WIDTH, bottom / height, wide / WIDTH, tall / height))
        for place, (_, shares) in enumerate(rows):
            _line(axes, place, [100 * shares[one] for one in found.groups])
        for place, one in enumerate(found.groups):
            said = "\n".join(fitted(one, 0.95, 9, 2, "bold"))
            axes.text(1.06 + 0.3 * place, -0.8, said, transform=_mixed(axes), size=9,
                      weight="bold", ha="left", va="center")  # fmt: skip
            for line, (_, shares) in enumerate(rows):
                axes.text(1.06 + 0.3 * place, line, words.percent(shares[one]),
                          transform=_mixed(axes), size=9, ha="left", va="center")  # fmt: skip
        for level in (0.5, len(rows) - 1.5):
            axes.axhline(level, color=COLOURS["muted"], lw=0.8)
        axes.set_yticks(range(len(rows)), ["\n".join(fitted(n, 1.8, 9, 2)) for n, _ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(left=0)
        axes.margins(x=0.08)
        axes.set_xlabel(f"% {found.what}", fontsize=9)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=True, axis="x")
        axes.grid(visible=False, axis="y")
        marks: Any = [
            axes.plot([], [], marker=shape, color=colour, ls="none", markersize=7)[0]
            for shape, colour in _LOOKS
        ]
        drawing.legend(marks, [first, second], loc="upper left", ncols=2,
                       bbox_to_anchor=(0.012, 1 - (sheet.head - 0.08) / height))  # fmt: skip
        sheet.write(drawing, height)
        return Figure.of(drawing, alt=found.alt_text, name=f"strata {found.stratum}")


def _line(axes: Any, place: int, values: list[float]) -> None:
    axes.plot(values, [place, place], color=COLOURS["grid"], lw=4, zorder=1)
    for value, (shape, colour) in zip(values, _LOOKS, strict=True):
        axes.plot([value], [place], marker=shape, color=colour, markersize=7.5, zorder=3)


def _mixed(axes: Any) -> Any:
    """Measure across in parts of the axes, and down in its rows."""
    from matplotlib.transforms import blended_transform_factory

    return blended_transform_factory(axes.transAxes, axes.transData)
