"""Statistical process control: limits, rules, icons, words and pictures.

`chart` is the way in; `CHARTS`, `RULES` and `PRESETS` are the registries behind it.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "build": ["chart"],
        "result": ["Chart"],
        "files": ["chart_file"],
        "limits": ["CHARTS", "Kind"],
        "rules": ["PRESETS", "RULES", "Preset", "Rule"],
    },
)
