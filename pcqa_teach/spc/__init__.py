"""Statistical process control: limits, rules, icons, words and pictures.

`chart` is the way in; `CHARTS`, `RULES` and `PRESETS` are the registries behind it. Where to look:

- the way in, step by step: `build.py` (a frame), `files.py` (a file); the result: `result.py`
- what may be charted, and every complaint about it: `columns.py` (columns and dates), `series.py`
  (rows), `suitable.py` (what each kind needs), `when.py` (places such as a date of `rebase=`)
- which chart fits what is counted: `choosing.py`
- where limits lie (a new kind of chart goes here): `kinds/`, listed in `limits.py`; sums over many
  phases at once: `segments.py`
- which points are a signal (a new rule and its words go here): `rules/`, `signals.py`,
  `evidence.py`, `runs.py`
- phases, baselines, points left out: `phases.py`; targets and texts on the chart: `aims.py`; what a
  signal means: `icons.py`; title, unit, notes: `captions.py`
- the frames of a chart: `chart_tables.py`; with every reason: `chart_data_table.py`; one group of
  many, shares in per cent, JSON: `chart_views.py`; many charts in a row each: `icon_summary.py`
- the headline and the alt text: `words.py`, with `nouns.py`, `phrases.py`, `numbers.py`,
  `spacing.py` (dates), `episodes.py`
- why each point is flagged: `reasons.py`, put together by `explain.py` with `explain_lines.py` and
  `explain_aims.py`; where to look: `look.py`; what a chart cannot tell: `cautions.py` and
  `caution_*.py`
- the sums done by hand: `arithmetic.py`, a family of kinds a file in `sums/`
- the picture: `draw.py` with `sheet.py` (what stands around), `panels.py` (many), `windows.py` and
  `places.py` (where), `marks.py` (inside the axes), `callouts.py`, `edge_labels.py`,
  `axes_drawing.py`, `date_axis.py`, `icon_shapes.py`, `icon_drawing.py`, `icon_table.py`; with
  tooltips: `hover.py`
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "build": ["chart"],
        "choosing": ["Choice", "choose"],
        "icon_summary": ["summary"],
        "icon_table": ["icon_table"],
        "result": ["Chart"],
        "files": ["chart_file"],
        "limits": ["CHARTS", "Kind"],
        "rules": ["PRESETS", "RULES", "Preset", "Rule", "rule"],
    },
)
