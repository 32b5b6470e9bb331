"""Every activity of the lessons is worked in JupyterLab by the keyboard alone."""

from __future__ import annotations

import ast
import inspect
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pcqa_teach import resources, widgets
from pcqa_teach.publish import editions

pytest.importorskip("jupyterlab")
pytest.importorskip("selenium")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.browser]

PROGRAMME = (
    "readiness",
    *(f"{what}-day{day}" for what in ("core", "coach") for day in range(1, 6)),
    "academy",
)
THIN, SPARE = 2, 5  # a ring's least pixels; stops besides controls: what scrolls or unfolds

# What is done before an activity answers, each control named by how its words begin: a box is
# ticked, a button pressed, or a pair's second filled in. The last step reveals. Then what is said.
WORKED: dict[str, tuple[list[Any], str]] = {
    "may_it_leave": (["Taken out as", "What becomes of it?"], "Patient name: you said"),
    "match_headers": (["The day of the app", "What does the reader"], "reader (agree|takes it)"),
    "switch_denominator": (["Practice F", "Unknown left out"], "You expected Practice F"),
    "design_tally": (
        ["A sheet at the telephone", ("Of 12 asks", "5"), "Try the"], "You expected 5 of 12",
    ),
    "chronic_and_sporadic": (
        ["More spikes", "The ordinary weeks stay", "Put every"], "You expected that the ord",
    ),
    "red_beads": (["C", "Warn whoever", "Work a week"], "The first week"),
    "funnel_experiment": (["Rule 2", "The marbles lie closer", "Drop 50"], "You expected"),
    "plot_the_dots": (["One bad day", "A point outside", "Draw the chart"], "and it is there"),
    "rebase_with_reason": (
        ["Yes, new", ("New limits", "31 March"), ("Because", "Texts"), "Draw new"], "You said: ",
    ),
    "naive_or_additive": (
        ["One year", ("I expect", "10"), "Chance alone"], "You expected 10 of 200",
    ),
    "build_ctq_tree": (
        ["First wording", ("How many of the", "2"), "Draw the tree"], "You expected 2 of",
    ),
    "code_together": (
        [*["Value"] * 12, ("On how many", "7"), "Show the"], "You expected to agree on 7 of 12",
    ),
    "eight_oclock_desk": (["8 to 9: one more", "70 to 84", "Open the lines"], "You expected 70"),
    "carve_or_pool": (["Keep more", "About twice", "Open the book"], "You expected the wait"),
    "value_stream": (["Everybody works twice", "Reveal"], "You chose .Everybody"),
    "pdsa_on_a_chart": (
        ["Test 2", ("Your prediction", "0 to 1"), "Nothing that", "Reveal"], "You predicted",
    ),
    "baseline_and_reasons": (
        [("How many of the 8", "4"), "The person", "This is where"], "Departure 1. ",
    ),
    "who_reaches_whom": (
        ["Pharmacist", ("Reached in two", "5"), "Show the map"], "You expected 5",
    ),
    "first_conversation": (
        ["Before I say anything", "They will tell me more", "Say it"], "As you expected, they told",
    ),
    "read_the_page": (
        ["Booked for the same day", "Read the page"], "You ticked Booked for the same day",
    ),
    "split_and_see": (
        ["By booking gap", "Practice M becomes", "Split"], "By booking gap, you expected",
    ),
    "explore_kappa": (["One in ten", "Kappa of 0.8", "Work it out"], "It is 0.44"),
    "choose_a_chart": (["XmR chart", "This chart"], "Case 1. Yes"),
    "pick_comparator": (
        ["Three practices like", ("Of the fall of 10", "6"), "Compare"], "We planted a fall of 6",
    ),
    "switch_rules": (["Series 2", "Nelson", "Switch"], "You were right about 5 of 5"),
    "assessment_board": (
        ["The front desk", "Five whole", "More", "Two, with", "No, it will", "Run the"],
        "So you expected",
    ),
    "ramp_board": (["Next test", "By age", "Too few", "Split"], "too few to say. So you"),
    "predict_first": (["In a few", "Show it"], "As you expected"),
    "spread_a_change": (
        ["Three neighbours", "It must be", ("Of 24", "9"), "Let it"], "about as you expected",
    ),
}  # fmt: skip
LOOK = """
const controls = 'button, input, select, textarea, [role=slider]';
const cell = document.querySelector('.jp-Notebook-cell.jp-mod-active');
const outputs = [...cell.querySelectorAll('.jp-OutputArea-output')];
const all = outputs.flatMap((one) => [...one.querySelectorAll(controls)])
  .filter((one) => !one.disabled && one.getClientRects().length);
const now = document.activeElement;
const style = (one) => { const s = getComputedStyle(one);
  return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow]; };
const ring = now.getBoundingClientRect(), out = 4;
const clips = (one) => { const box = one.getBoundingClientRect();
  return getComputedStyle(one).overflow !== 'visible' && (box.left > ring.left - out ||
    box.right < ring.right + out || box.top > ring.top - out || box.bottom < ring.bottom + out);
};
const parts = [...cell.querySelectorAll('.jp-OutputArea *')];
return { all, looks: all.map(style), at: all.indexOf(now),
  clipped: parts.some((one) => one !== now && one.contains(now) && clips(one)),
  inside: outputs.some((one) => one.contains(now)),
  said: outputs.map((one) => one.innerText).join('\\n'),
  alts: outputs.flatMap((one) => [...one.querySelectorAll('img')].map((p) => p.alt)) };
"""
COUNT_PRESSES = """
window.presses = [];
window.uncounted = new AbortController();
document.addEventListener('click', (event) => {
  if (!event.target.closest('button.jupyter-button')) return;
  window.presses.push(event.target);
  event.stopImmediatePropagation();
}, { capture: true, signal: window.uncounted.signal });
"""


def _activities() -> set[str]:
    """Name every function of the kit that makes an activity."""
    makers = {name: getattr(widgets, name) for name in widgets.__all__ if name.islower()}
    made = {name: inspect.signature(maker).return_annotation for name, maker in makers.items()}
    return {
        name for name, what in made.items() if issubclass(getattr(widgets, what), widgets.Activity)
    }


def _made_in(source: str) -> list[tuple[str, str]]:
    """Return what a cell makes of the kit's activities: which, and what the cell calls it."""
    made = []
    for line in ast.parse(source).body:
        match line:
            case ast.Expr(ast.Call(ast.Attribute(attr=name))):
                made.append((name, ""))
            case ast.Assign([ast.Name(called)], ast.Call(ast.Attribute(attr=name))):
                made.append((name, called))
    return [(name, called) for name, called in made if name in ACTIVITIES]


ACTIVITIES = _activities()
LESSONS = {
    name: f"{lesson.assignment}/{lesson.name}--coach-7.ipynb"
    for lesson in resources.lessons().values()
    if lesson.assignment in PROGRAMME
    for cell in editions.read(lesson.path).cells
    if cell.cell_type == "code" and "pcqa.widgets." in cell.source
    for name, _ in _made_in(cell.source)
}


class Panel:
    """An activity's output: what is seen of it, and the keys that are pressed in it."""

    def __init__(self, lab: Any) -> None:
        self.lab = lab

    def press(self, *keys: str) -> None:
        """Press keys one after another; a first Shift or Control is held down meanwhile."""
        chain = ActionChains(self.lab.driver)
        if keys[0] in (Keys.SHIFT, Keys.CONTROL):
            chain.key_down(keys[0]).send_keys(*keys[1:]).key_up(keys[0]).perform()
        else:
            chain.send_keys(*keys).perform()

    def look(self) -> dict[str, Any]:
        return self.lab.driver.execute_script(LOOK)

    @property
    def focused(self) -> Any:
        return self.lab.driver.switch_to.active_element

    def shown(self) -> str:
        seen = self.look()
        return "\n".join([seen["said"], *seen["alts"]])

    def settle(self) -> None:
        """Wait until Python has answered every key: no late answer may undo a new one."""
        quiet = 0
        while quiet < 10:
            quiet = quiet + 1 if self.lab.idle() else 0
            time.sleep(0.1)

    def go_to(self, begins: str) -> Any:
        """Press Tab until the control whose name begins so has the focus."""
        for _ in range(len(self.look()["all"]) + 1):
            if self.look()["inside"] and self.focused.accessible_name.startswith(begins):
                return self.focused
            self.press(Keys.TAB)
        pytest.fail(f"Tab does not come to '{begins}'")


@pytest.fixture
def panel(name: str, jupyterlab: Any) -> Iterator[Panel]:
    """An activity in its own lesson, after the cells above it have run."""
    with jupyterlab.opened(LESSONS[name]):
        place = _cell_of(name, jupyterlab.cells())
        jupyterlab.go_to_cell(place)
        jupyterlab.begin("notebook:run-all-above")
        jupyterlab.wait(lambda: jupyterlab.ran(place))
        jupyterlab.go_to_cell(place)
        jupyterlab.command("notebook:run-cell")
        one = Panel(jupyterlab)
        jupyterlab.wait(lambda: one.look()["all"])
        yield one


def _cell_of(name: str, cells: list[dict[str, Any]]) -> int:
    """Return the place of the cell that shows an activity."""
    called: list[str] = []
    for place, cell in enumerate(cells):
        source = "".join(cell["source"]) if cell["cell_type"] == "code" else ""
        made = [given for one, given in _made_in(source) if one == name]
        if "" in made or source.strip() in called:
            return place
        called += made
    raise AssertionError(f"no cell shows {name}")


def test_every_activity_is_in_a_lesson_and_is_worked_here():
    assert set(LESSONS) == ACTIVITIES
    assert set(WORKED) == ACTIVITIES


def _first_of_each_day() -> Iterator[Any]:
    """Give every activity: one of each day for the long run, for more the rest."""
    days: set[str] = set()
    for name, path in sorted(LESSONS.items(), key=lambda one: (one[1], one[0])):
        day = path.split("/")[0]
        yield pytest.param(name, id=name, marks=pytest.mark.more if day in days else [])
        days.add(day)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*_first_of_each_day()])
def test_the_keyboard_alone_is_enough(name: str, panel: Panel):
    tab_shows_where_it_is_and_leaves(panel)
    every_control_answers_its_key(panel)
    a_prediction_is_answered(panel, *WORKED[name])


def tab_shows_where_it_is_and_leaves(panel: Panel) -> None:
    """Tab goes to each control in turn, which shows a whole ring, and then goes out."""
    before = panel.look()
    assert before["at"] == -1
    reached = []
    for _ in range(len(before["all"]) + SPARE):
        panel.press(Keys.TAB)
        seen = panel.look()
        if reached and not seen["inside"]:
            break
        place = seen["at"]
        if place < 0:
            continue
        reached.append(place)
        line, width, *_ = focused = seen["looks"][place]
        name = panel.focused.accessible_name
        assert name, f"control {place + 1} has no name"
        assert focused != before["looks"][place], f"nobody sees the focus on '{name}'"
        assert line != "none", f"'{name}' has no ring"
        assert float(width.removesuffix("px")) >= THIN, f"the ring of '{name}' is thin"
        assert not seen["clipped"], f"the ring of '{name}' is cut"
    assert reached == list(range(len(before["all"])))
    assert not panel.look()["inside"], "Tab does not leave"


def every_control_answers_its_key(panel: Panel) -> None:
    """Shift and Tab go back through all controls; each answers, and is left as it was."""
    panel.lab.driver.execute_script(COUNT_PRESSES)
    controls, answered = panel.look()["all"], []
    for _ in range(len(controls) + SPARE):
        panel.press(Keys.SHIFT, Keys.TAB)
        seen = panel.look()
        if not seen["inside"]:
            break
        if seen["at"] >= 0:
            ANSWERS[panel.focused.get_attribute("type")](panel, panel.focused)
            answered.append(seen["at"])
    assert not panel.look()["inside"], "Shift and Tab do not leave"
    panel.lab.driver.execute_script("window.uncounted.abort()")
    assert answered[::-1] == list(range(len(controls)))


def _pressed(panel: Panel, control: Any) -> None:
    count = "return window.presses.filter((one) => one === arguments[0]).length"
    for times, key in enumerate((Keys.SPACE, Keys.ENTER), 1):
        panel.press(key)
        assert panel.lab.driver.execute_script(count, control) == times, (control.text, key)
        assert panel.focused == control


def _ticked(panel: Panel, control: Any) -> None:
    ticked = control.is_selected()
    panel.press(Keys.SPACE)
    assert control.is_selected() is not ticked
    panel.press(Keys.SPACE)
    assert control.is_selected() is ticked


def _typed(panel: Panel, control: Any) -> None:
    """Letters that JupyterLab knows as commands, and the arrow keys, stay in the box."""
    before = control.get_property("value")
    panel.press(Keys.CONTROL, Keys.END)
    panel.press("7", Keys.ARROW_LEFT, "d", "d")
    assert control.get_property("value") == f"{before}dd7"
    panel.press(Keys.BACKSPACE, Keys.BACKSPACE, Keys.DELETE)
    assert control.get_property("value") == before


ANSWERS: dict[str, Callable[[Panel, Any], None]] = {
    "submit": _pressed,
    "checkbox": _ticked,
    "text": _typed,
    "textarea": _typed,
}


def a_prediction_is_answered(panel: Panel, steps: list[Any], answer: str) -> None:
    """The steps are done with Tab, Space and letters; the last shows the answer, and Tab leaves."""
    *before, reveal = steps
    panel.settle()
    for step in before:
        name, words = step if isinstance(step, tuple) else (step, "")
        control = panel.go_to(name)
        panel.press(words or Keys.SPACE)
        if words:
            assert control.get_property("value") == words
    button = panel.go_to(reveal)
    until_now = panel.shown()
    assert not re.search(answer, until_now)
    panel.press(Keys.ENTER)
    panel.lab.wait(lambda: re.search(answer, panel.shown()))
    assert panel.focused == button
    for _ in range(len(panel.look()["all"]) + SPARE):
        panel.press(Keys.TAB)
        if not panel.look()["inside"]:
            return
    pytest.fail("Tab does not leave the answer")
