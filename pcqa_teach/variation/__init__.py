"""Variation between units, between people and by chance: how much, and which of it asks a question.

Every result has `message`, `explain()` and `data_table()`; those with a picture have `alt_text` and
`figure()` too. Where to look:

- a funnel plot: `funnels.py` (the way in), `funnel_checks.py` (what is refused), `scales.py` (how
  values are compared), `exact.py` (what chance alone allows), `dispersion.py` (phi and tau),
  `funnel_lines.py`, `funnel_result.py`; its words and picture: `funnel_words.py`,
  `funnel_explain.py`, `funnel_draw.py`, `funnel_names.py`, `label_places.py`
- rates made comparable: `standardisation.py`; a comparison that turns round when it is split:
  `strata.py`; how little a rank says: `ranks.py`
- a share with its interval, and how many cases a review needs: `shares.py`
- between practices, between clinicians, within: `variance.py`; every value drawn under its group:
  `by_group.py`; small numbers held back from a table that is shared: `small_cells.py`
- a local belief put to the test, week by week: `myths.py`, `book_beliefs.py`
- two people coding the same cases: `raters.py`; several measuring: `reliability.py`, `gauge.py`
- whether a stable process can do what is asked of it: `process_capability.py`
- how often chance alone signals: `chance.py` (charts of chance), `alarms.py`, `power.py`,
  `preset_comparison.py`; what a small practice can see: `small_practice.py`
- luck among people: `beads.py` (red beads); correcting after every result: `marbles.py` (the funnel
  experiment, which is no funnel plot)
- phrases they share: `words.py`; tables as pictures: `cells.py`; each picture and its words stand
  beside their result as `..._draw.py` and `..._words.py`
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "alarms": ["AlarmTable", "false_alarm_rate", "false_alarm_table"],
        "beads": ["Scoops", "red_bead"],
        "book_beliefs": ["missed_belief"],
        "by_group": ["Spread", "spread"],
        "funnel_result": ["Funnel"],
        "funnels": ["funnel"],
        "gauge": ["Gauge", "gauge_rr"],
        "marbles": ["Marbles", "funnel_experiment"],
        "myths": ["Myth", "myth_test"],
        "power": ["Power", "power"],
        "preset_comparison": ["PresetComparison", "compare_presets"],
        "process_capability": ["Capability", "capability"],
        "ranks": ["rank_intervals"],
        "raters": ["Agreement", "agreement"],
        "reliability": ["Reliability", "icc"],
        "scales": ["KINDS", "Scale"],
        "shares": ["sample_size", "wilson"],
        "small_cells": ["held_back", "shareable"],
        "small_practice": ["SmallPractice", "small_practice_table"],
        "standardisation": ["direct_rates", "indirect_ratios"],
        "strata": ["Stratified", "stratify"],
        "variance": ["Components", "components"],
    },
)
