"""What is laid out for a hub on one server: its steps and the tests have one proxy."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_proxy_that_is_installed_is_the_one_that_the_tests_use():
    for name in ("Makefile", "deploy/jupyterhub/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"configurable-http-proxy@([0-9.]+)", text)) == {"5.3.0"}, name
