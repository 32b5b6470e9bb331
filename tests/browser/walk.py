"""What a participant does in the site's lab, as the benchmarks walk it: one walk for both."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "_walk.py"
_spec = importlib.util.spec_from_file_location("pcqa_walk", _PATH)
assert _spec is not None
assert _spec.loader is not None
_walk = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _walk
_spec.loader.exec_module(_walk)

Lab, chromium = _walk.Lab, _walk.chromium
