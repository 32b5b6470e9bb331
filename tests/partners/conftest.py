"""What the tests of partners share: whether letters meet, or leave the sheet."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[1] / "juran" / "conftest.py"
_SPEC = importlib.util.spec_from_file_location("letters_that_meet", _BESIDE)
assert _SPEC is not None
assert _SPEC.loader is not None
_SHARED = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_SHARED)

faults = _SHARED.faults
