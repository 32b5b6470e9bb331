"""The whole round on a real hub, in a real browser: fetch, work, submit, mark, give back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.keys import Keys

from pcqa_teach.classroom.grading.repair import grade_id, is_test, source
from pcqa_teach.lessons.key import misconception_cases

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COACH, HONEST, SLY = "kitty", "blue-kettle", "red-bus"
LESSON = "a1_welcome_and_setup"
INBOUND = "/srv/pcqa/exchange/spring/inbound"
REFLECTION = "How many of us ring back because nobody said when to expect the result?"
RUNS = "document.title='it ran'"
MARKUP = f'Why? <img src=x onerror="{RUNS}"><script>{RUNS}</script>'
COMMENT = "Count it for a week: how many, and on which days?"


@pytest.fixture(scope="module")
def answers(root: Path) -> dict[str, dict[str, str]]:
    """What each participant writes, by the answer's cell: all right, and a known mistake."""
    lesson = json.loads((root / "notebooks" / "readiness" / f"{LESSON}.ipynb").read_text())
    tests = [cell for cell in lesson["cells"] if grade_id(cell) and is_test(cell)]
    keys = {f"{grade_id(cell)}-answer": misconception_cases(source(cell)) for cell in tests}
    right = {item: f"{key.answer_name} = {key.right_answer!r}" for item, key in keys.items()}
    item, key = next((item, key) for item, key in keys.items() if key.misconceptions)
    wrong = f"{key.answer_name} = {key.misconceptions[0].answer!r}"
    return {HONEST: right, SLY: {**right, item: wrong}}


@pytest.fixture(scope="module")
def handed_out(hub: Any) -> Any:
    """A class with an assignment in the exchange."""
    hub.as_coach("pcqa classroom init spring")
    hub.as_coach(f"printf '{HONEST}\\n{SLY}\\n' >> spring/roster.csv")
    hub.as_coach("cd spring && pcqa classroom release readiness")
    hub.as_coach("cd spring && nbgrader release_assignment readiness")
    return hub


def _work(desk: Any, who: str, answers: dict[str, str], reflection: str) -> dict[str, Any]:
    """Fetch, work and submit as a participant; return what was seen on the way."""
    seen: dict[str, Any] = {}
    desk.sit_down(who)
    seen["menu"] = desk.menu()
    desk.shot(f"{who}-1-menu")
    desk.choose("Assignment List")
    desk.find("#released_assignments_list button", "Fetch").click()
    desk.find("#fetched_assignments_list .list_item", "readiness")
    desk.shot(f"{who}-2-fetched")
    desk.open_notebook(f"spring/readiness/{LESSON}.ipynb")
    for item, text in answers.items():
        desk.write(item, text)
    desk.type("a1-question", reflection)
    desk.begin("notebook:run-all-cells")
    desk.wait(desk.ran)
    desk.shot(f"{who}-3-worked")
    seen["kernel"] = desk.ask("import sys; print('statsmodels.api' in sys.modules)")
    seen["whose"] = desk.metadata()["pcqa"]["participant"]
    desk.command("docmanager:save")
    desk.command("nbgrader:open-assignment-list")
    desk.find("#fetched_assignments_list button", "Submit").click()
    desk.find("#submitted_assignments_list .list_item", "readiness")
    desk.shot(f"{who}-4-submitted")
    return seen


@pytest.fixture(scope="module")
def worked(handed_out: Any, desk: Any, answers: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Both participants have handed in; the second tries what they should not."""
    first = _work(desk, HONEST, answers[HONEST], REFLECTION)
    second = _work(desk, SLY, answers[SLY], MARKUP)
    return {HONEST: first, SLY: second}


@pytest.fixture(scope="module")
def tried(worked: Any, hub: Any) -> dict[str, str]:
    """What a participant's account is told where it looks at what is not its own."""
    del worked
    marks = "BEGIN (SOLUTION|HIDDEN)|judge\\("
    asked = {
        "sources": "cat /srv/pcqa/kit/notebooks/*/*.ipynb ~kitty/spring/source/*/*",
        "gradebook": "cat ~kitty/spring/gradebook.db",
        "hub": "cat /srv/pcqa/hub/jupyterhub.sqlite /etc/pcqa/gradebooks/*",
        "coach": f"cat /proc/$(pgrep -u {COACH} -o || echo 1)/environ",
        "neighbour": f"cat ~{HONEST}/spring/readiness/{LESSON}.ipynb",
        "inbound": f"ls {INBOUND}; cat {INBOUND}/*/*.ipynb",
        "solutions": f"grep -rlE '{marks}' /srv $HOME {hub.environment}/lib/*/*/pcqa_teach/_*",
    }
    done = {name: hub.run("sh", "-c", line, account=SLY, check=False)
            for name, line in asked.items()}  # fmt: skip
    return {name: one.stdout + one.stderr for name, one in done.items()}


@pytest.fixture(scope="module")
def forged(worked: Any, hub: Any) -> str:
    """A participant lays a folder into the exchange in another's name, with a link in it."""
    del worked
    folder = f"{INBOUND}/{HONEST}+readiness+2031-01-01 10:00:00.000000 UTC+aaaaaaaaaaaa"
    hub.run(
        "sh", "-c",
        f"mkdir '{folder}' && cd '{folder}' && cp ~/spring/readiness/*.ipynb . && "
        "echo '2031-01-01 10:00:00.000000 UTC' > timestamp.txt && echo 00 > submission_secret.txt"
        f" && ln -s /home/{COACH}/spring/gradebook.db link.ipynb",
        account=SLY,
    )  # fmt: skip
    return folder


def test_a_participant_has_the_assignment_list_and_no_tool_of_a_coach(worked):
    assert worked[HONEST]["menu"] == ["Assignment List"]


def test_kernels_are_ready_at_once(worked):
    assert worked[HONEST]["kernel"].strip() == "True"


def test_a_fetched_notebook_says_whose_it_is(worked):
    assert [worked[who]["whose"] for who in (HONEST, SLY)] == [HONEST, SLY]


def test_a_participant_can_read_nothing_that_is_not_theirs(tried):
    for name in ("sources", "gradebook", "hub", "coach", "neighbour", "inbound"):
        assert "denied" in tried[name], name
        assert not any(sign in tried[name] for sign in ('"cells"', "SQLite", "PATH=")), name
    assert ".ipynb" not in tried["solutions"].replace("Permission denied", "")


def _read(desk: Any, number: int) -> str:
    """Open a submission in formgrader; return all that is shown of it."""
    desk.find("a", "Manual Grading").click()
    for name in ("readiness", LESSON, f"Submission #{number}"):
        desk.find("table a", name).click()
    return desk.find("#notebook", "How to read it").text


def _mark(desk: Any, points: int, comment: str) -> tuple[str, str]:
    """Give points and a comment; return what formgrader has of them when it is opened anew."""
    desk.wait(lambda: desk.find("#a1-question").get_attribute("placeholder") is not None)
    desk.find("#a1-question").send_keys(str(points), Keys.TAB)
    desk.find("#a1-question-comment").send_keys(comment, Keys.TAB)
    desk.wait(lambda: not desk.driver.execute_script("return jQuery.active"))
    desk.shot("coach-3-marked")
    desk.driver.execute_script("location.reload()")
    desk.wait(lambda: desk.find("#a1-question").get_attribute("value"))
    return tuple(
        desk.find(f"#a1-question{part}").get_attribute("value") for part in ("", "-comment")
    )


@pytest.fixture(scope="module")
def marked(worked: Any, forged: str, desk: Any) -> dict[str, Any]:
    """The coach has collected and marked, by the computer and by hand, and has given back."""
    del worked, forged
    seen: dict[str, Any] = {"shown": {}}
    desk.sit_down(COACH)
    seen["menu"] = desk.menu()
    desk.shot("coach-1-menu")
    desk.choose("Formgrader")
    desk.terminal("cd ~/spring")
    seen["collected"] = desk.terminal("nbgrader collect readiness")
    seen["graded"] = desk.terminal("pcqa classroom grade readiness")
    for number in (1, 2):
        with desk.frame("#jp-main-dock-panel iframe"):
            shown = _read(desk, number)
            who = HONEST if REFLECTION in shown else SLY
            seen["shown"][who] = shown
            _ = desk.find("#a1-question").location_once_scrolled_into_view
            desk.shot(f"coach-2-{who}")
            seen["title"] = desk.driver.execute_script("return document.title")
            if who == HONEST:
                seen["kept"] = _mark(desk, 2, COMMENT)
    seen["log"] = [one["message"] for one in desk.driver.get_log("browser")]
    desk.terminal("pcqa classroom feedback readiness")
    seen["released"] = desk.terminal("nbgrader release_feedback readiness")
    desk.terminal("pcqa classroom export readiness -o ~/grades.csv")
    seen["csv"] = desk.hub.run("cat", f"/home/{COACH}/grades.csv").stdout
    return seen


def test_a_coach_has_formgrader_in_jupyterlab(marked):
    assert "Formgrader" in marked["menu"]
    assert set(marked["shown"]) == {HONEST, SLY}


def test_a_submission_is_its_owners_whatever_its_folder_is_called(marked, hub):
    assert "bears another's name" in marked["collected"]
    cell = "grep -c 'ring back' spring/submitted/{}/readiness/" + LESSON + ".ipynb"
    assert hub.run("sh", "-c", cell.format(HONEST), account=COACH).stdout.strip() == "1"
    kept = hub.run("ls", f"spring/submitted/{SLY}/readiness", account=COACH).stdout.split()
    assert kept == [f"{LESSON}.ipynb", "submission_secret.txt", "timestamp.txt"]


def test_marking_by_the_computer_tells_right_from_wrong(marked):
    assert "2 marked, 0 need a person" in marked["graded"]
    assert f"{HONEST}, {LESSON}: 9 points" in marked["graded"]
    assert f"{SLY}, {LESSON}: 9 points" not in marked["graded"]


def test_formgrader_has_the_rubric_in_sight_and_runs_nothing_that_was_handed_in(marked):
    assert "What you see" in marked["shown"][SLY]
    assert "it ran" not in marked["title"]


def test_formgrader_loads_nothing_from_another_computer(marked):
    outside = [said for said in marked["log"] if "cdnjs" in said]
    assert outside
    assert all("Content Security Policy" in said for said in outside)
    assert not [said for said in marked["log"] if "ERR_NAME_NOT_RESOLVED" in said]


def test_a_mark_by_hand_is_kept_and_comes_out_as_csv(marked):
    assert marked["kept"] == ("2", COMMENT)
    rows = list(csv.DictReader(io.StringIO(marked["csv"].lstrip("\ufeff"))))
    by_hand = {row["code"]: row for row in rows if row["item"] == "a1-question"}
    assert (by_hand[HONEST]["score"], by_hand[HONEST]["comment"]) == ("2", COMMENT)
    assert (by_hand[SLY]["score"], by_hand[SLY]["waiting"]) == ("", "yes")
    assert "a_code_is_anonymous" in {row["misconception"] for row in rows if row["code"] == SLY}


@pytest.fixture(scope="module")
def given_back(marked: Any, desk: Any, hub: Any) -> dict[str, str]:
    """The honest participant fetches the feedback and opens it."""
    del marked
    desk.sit_down(HONEST)
    desk.command("nbgrader:open-assignment-list")
    desk.find("#submitted_assignments_list button", "Fetch Feedback").click()
    desk.find("#submitted_assignments_list a", "view feedback").click()
    desk.shot("back-1-fetched")
    folder = hub.run("sh", "-c", "cd spring/readiness/feedback/* && pwd", account=HONEST).stdout
    (page,) = hub.run("ls", folder.strip(), account=HONEST).stdout.split()
    desk.command(
        "docmanager:open", path=f"{folder.strip()}/{page}".removeprefix(f"/home/{HONEST}/")
    )
    with desk.frame(".jp-HTMLViewer iframe"):
        text = desk.find("body", "Feedback").text
    desk.shot("back-2-read")
    whole = hub.run("cat", f"{folder.strip()}/{page}").stdout
    return {"text": text, "whole": whole, "page": page}


def test_a_participant_reads_the_feedback_with_the_coach_s_mark_and_words(given_back):
    assert COMMENT in given_back["text"]
    assert "11 of 12" in given_back["text"]
    assert given_back["page"] == f"{LESSON}.html"


def test_feedback_shows_no_test_and_no_key(given_back):
    for sign in ("judge(", "HIDDEN TESTS", "expect=", "Traceback"):
        assert sign not in given_back["whole"]


def test_nobody_finds_the_feedback_of_another(given_back, hub):
    del given_back
    told = hub.run("ls", "/srv/pcqa/exchange/spring/feedback", account=SLY, check=False)
    assert "denied" in told.stderr
