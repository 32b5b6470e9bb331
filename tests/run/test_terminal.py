"""What a person at a terminal is told while much is done."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pcqa_teach.run import terminal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that stands still until it is set."""

    def at(seconds: float) -> None:
        monkeypatch.setattr(time, "monotonic", lambda: seconds)

    at(0)
    return at


def _counted(clock: Callable[[float], None], seconds_each: float, of: int) -> None:
    with terminal.status() as line:
        for done in range(1, of + 1):
            clock(done * seconds_each)
            line.count(done, of, f"p{done}")


def test_a_count_says_how_long_the_rest_may_take(
    clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    _counted(clock, 30, 4)
    assert capsys.readouterr().err.splitlines() == [
        "1 of 4: p1",
        "2 of 4, about 1 minute left: p2",
        "3 of 4, less than a minute left: p3",
        "4 of 4: p4",
    ]


def test_off_a_screen_a_count_is_told_now_and_then_and_at_its_end(
    clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    _counted(clock, 1, 25)
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in told] == ["1", "11", "21", "25"]


def test_on_a_screen_every_count_is_told(
    clock: Callable[[float], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _counted(clock, 1, 25)
    assert capsys.readouterr().err.count("\r") == 25 + 1
