"""Juran's trilogy for a practice: plan, control, improve, and ask whether it worked.

Every result is a frozen value with `table` (a frame), `explain()` (plain words), `alt_text`,
`figure()` and `data_table()`. Where to look:

- `planning/`: what matters to people, and how it is counted
- `control/`: the trilogy chart, the control plan, what to do with each kind of signal, a shared
  baseline and the reasons for departing from it
- `improvement/`: from the vital few causes to the written prediction of a test
- `impact/`: did it work?
- shared: `bars.py` (rows of bars with their figures), `time_axis.py` (where points and phases lie)

Sources: Juran JM, The Quality Trilogy (1986); Juran and Godfrey, Juran's Quality Handbook (1999).
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "planning": ["ctq_tree", "engagement_ladder", "operational_definition"],
        "control": [
            "control_plan",
            "response_table",
            "response_to",
            "shared_baseline",
            "trilogy_chart",
            "trilogy_illustration",
        ],
        "improvement": [
            "charter",
            "copq",
            "driver_diagram",
            "fishbone",
            "measures_family",
            "pareto",
            "pdsa_log",
            "process_map",
        ],
        "impact": [
            "diff_in_diff",
            "grade_claim",
            "impact_report",
            "its",
            "naive_before_after",
            "regression_to_the_mean",
        ],
    },
)
