"""The check of the set-up never fails: it says what is amiss, and what to do."""

from __future__ import annotations

import pytest

from pcqa_teach.errors import SetupError
from pcqa_teach.lessons import check_setup, ready


def test_here_all_is_well() -> None:
    found = check_setup()
    assert found.ready
    assert (
        "499 working days" in {look.what: look.found for look in found.looks}["The invented data"]
    )
    assert found._repr_html_().count("<td>yes</td>") == len(found.looks) == 6


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SetupError("Install the kit again."), "not as it should be. Install the kit again."),
        (RuntimeError("/secret"), "does not work (RuntimeError). Restart the kernel"),
    ],
)
def test_what_is_amiss_is_said_in_a_sentence(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise error

    monkeypatch.setattr(ready, "_data", broken)
    found = check_setup()
    assert not found.ready
    assert found.message.startswith("The invented data: ")
    assert said in found.message
    assert "/secret" not in repr(found) + found._repr_html_()
    assert "no. " in found._repr_html_()


def test_without_ipywidgets_the_tryouts_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready.importlib.util, "find_spec", lambda name: None)
    found = check_setup()
    assert found.ready
    assert found.looks[-1].found == "shown as pictures"
