"""One practice grown for all tests, and the folder of committed files."""

from pathlib import Path

import pytest

from pcqa_teach.data import synthetic


@pytest.fixture(scope="session")
def riverside():
    return synthetic.practice()


@pytest.fixture(scope="session")
def committed() -> Path:
    return Path(__file__).parents[3] / "data" / "synthetic"
