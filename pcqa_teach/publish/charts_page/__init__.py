"""The book's page "Charts and rules", made from the registries each time the book is staged.

What it says of a kind of chart, a rule or a preset stands in `spc.CHARTS`, `spc.RULES` and
`spc.PRESETS`, or is worked out from them; only its introduction and its notes are written here.

- `page.py`: the whole page, and `write`; its own prose: `page.md`
- `kinds.py`, `rules.py`, `presets.py`: one section each
- `examples.py`: made-up series on which each kind shows what it is for
- `rates.py`: how often chance alone signals, by simulation
- `pictures.py`: its figures; `markdown.py`: tables, pictures, citations
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(__name__, submod_attrs={"page": ["write"]})
