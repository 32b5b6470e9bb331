"""Working with neighbours: who reaches whom, what is there already, how people felt involved.

Every result is a frozen value with `table` (a frame), `message`, `explain()`, `alt_text`,
`figure()` and `data_table()`. Where to look (each with its words in `..._words.py` and its picture
in `..._draw.py`):

- who talks with whom, and whom somebody reaches in one step or two: `network.py`, with `paths.py`
  (the sums) and `places.py` (where boxes go)
- how a change passes from one to the next, and where it stops: `adopting.py`
- what a neighbourhood has, beside what it needs: `assets.py`
- CollaboRATE, three questions about shared decisions: `collaborate.py`
- need that is not met, as a stock with flows: `displaced.py`; loops of causes: `loops.py`
- what an appointment book records of neighbours: `recorded.py`
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "adopting": ["Adoption", "adoption"],
        "assets": ["AssetMap", "asset_map"],
        "collaborate": ["Collaborate", "collaborate_score"],
        "displaced": ["StockFlow", "stock_flow"],
        "loops": ["LoopDiagram", "loop_diagram"],
        "network": ["Network", "network_metrics"],
        "recorded": ["neighbours_recorded"],
    },
)
