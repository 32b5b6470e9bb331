"""Control: hold what has been reached, and answer each signal as its kind deserves."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "baseline": ["SharedBaseline", "shared_baseline"],
        "plan": ["ControlPlan", "control_plan"],
        "responses": ["Response", "ResponseTable", "response_table", "response_to"],
        "trilogy": ["Trilogy", "trilogy_chart"],
        "illustration": ["trilogy_illustration"],
    },
)
