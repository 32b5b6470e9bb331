"""The rules: which points are a signal, which way, in which words; and the presets of rules.

To add one, write a short function in `zones.py` (how far from the centre line) or `sequences.py`
(how points follow one another), and an entry with its words in `registry.py`; a preset that uses
it names it with its options in `presets.py`. Nothing else changes.

`rule` makes one of your own function; `choose` reads what was given as `rules=`.
"""

from pcqa_teach.spc.rules.choose import Chosen, choose
from pcqa_teach.spc.rules.definition import WHOLE, Example, Rule, one_phase
from pcqa_teach.spc.rules.own import rule
from pcqa_teach.spc.rules.presets import PRESETS, Preset
from pcqa_teach.spc.rules.registry import RULES

__all__ = [
    "PRESETS",
    "RULES",
    "WHOLE",
    "Chosen",
    "Example",
    "Preset",
    "Rule",
    "choose",
    "one_phase",
    "rule",
]
