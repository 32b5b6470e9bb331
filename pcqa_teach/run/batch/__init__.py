"""One lesson over a folder of exports: a network, a borough, every practice of a region.

- `work.py`: what is to be done, and what has been done already: the folder that a batch fills
- `one.py`: one practice, wherever it is run
- `local.py`, `cluster.py`: on this computer's cores; on a Dask cluster
- `across.py`: what the practices' results say together: a table, a funnel, a page
- `labels.py`, `lists.py`: what a practice goes by; how many patients it has
- `result.py`: what a batch came to
- `run.py`: the way in
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__, submod_attrs={"result": ["Batch"], "run": ["run_batch"]}
)
