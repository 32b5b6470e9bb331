"""Improvement: the vital few causes, an aim, ideas, and tests with a written prediction."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "aim": ["Charter", "charter"],
        "bones": ["Fishbone", "fishbone"],
        "cost": ["Copq", "copq"],
        "cycles": ["PdsaLog", "pdsa_log"],
        "drivers": ["DriverDiagram", "driver_diagram"],
        "family": ["MeasuresFamily", "measures_family"],
        "steps": ["ProcessMap", "process_map"],
        "vital_few": ["Pareto", "pareto"],
    },
)
