"""Submissions that mean harm, each with what must come of it.

Two modes. In the *sandbox* each submission runs in namespaces of its own inside bubblewrap: no
network, no other process, a read-only system, a scratch folder that goes with it, limits on memory,
time and files. With *--trust* it runs as the coach's own program, with the limits on memory, time
and files alone (none but time on Windows and macOS): it can read and change whatever the coach can.
In both, answers alone are taken from it, and judged in a process that never ran a line of it, so in
neither can it award itself points. What would harm this computer is not run with --trust; `trust`
then says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field

KILLED_FOR_TIME = "it kept the processor busy for more than 6 seconds"
TOO_LONG = "it ran longer than 30 seconds"
ENDED = "it ended Python before its last cell"
CRASHED = "Python crashed in it"
KILLED = "it ended itself by force, or this computer had no memory left for it"
UNREADABLE = "its answers could not be read"


@dataclass(frozen=True)
class Marks:
    """Points for the two items that a computer marks."""

    first: float
    second: float


@dataclass(frozen=True)
class Person:
    """It needs a person, for this reason."""

    reason: str


@dataclass(frozen=True)
class NotRun:
    """It is not run in this mode, for this reason."""

    reason: str


Outcome = Marks | Person | NotRun
NOTHING = Marks(0, 0)
FIRST = Marks(2, 0)  # the first answer was honest and right
SECOND = Marks(0, 3)
BOTH = Marks(2, 3)
ONE = {"t1-1-answer": "answer_t1_1 = 5"}
TWO = {"t1-2-answer": 'answer_t1_2 = {"mean": 5, "largest": 9, "unit": "day"}'}


@dataclass(frozen=True)
class Row:
    """A submission: sources by cell (`work` stands between the two items), what comes of it."""

    name: str
    cells: dict[str, str]
    sandbox: Outcome
    trust: Outcome | None = None  # None: as in the sandbox
    note: str = field(default="")  # a word that the line on it must hold

    def expected(self, mode: str) -> Outcome:
        """Return what comes of it in a mode."""
        return self.trust if mode == "trust" and self.trust is not None else self.sandbox


def _work(code: str) -> dict[str, str]:
    return {**ONE, "work": code}


_FILLS = NotRun("it would fill the computer with processes")
_HUGE = "answer_t1_1 = {}"
_RESULT = """
import os
for end in range(3, 64):
    try:
        os.write(end, {})
    except OSError:
        pass
os._exit(0)
"""
_LIES = """
class Lie({}):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __float__(self): return 5.0
    def __int__(self): return 5
    def __abs__(self): return 0
    def __sub__(self, other): return 0.0
    def __rsub__(self, other): return 0.0
    def __le__(self, other): return True
    def __hash__(self): return hash(5)
    __class__ = float
answer_t1_1 = {}
answer_t1_2 = {{"mean": answer_t1_1, "largest": answer_t1_1, "unit": answer_t1_1}}
"""
_CATCHES = """
import signal
for number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGALRM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
_GENEROUS = """
import pcqa_teach.lessons
import sys
judging, matching = (sys.modules[f"pcqa_teach.lessons.{name}"] for name in ("judge", "matching"))
def judge(*_, **__): return 99.0
pcqa_teach.lessons.judge = judging.judge = judging.mark = judge
matching.same = matching.assess = lambda *_, **__: True
answer_t1_1 = 77
"""
_BUILTINS = """
import builtins
builtins.abs = lambda _: 0
builtins.float = lambda _: 5.0
builtins.print = lambda *_, **__: 99
builtins.round = lambda *_: 99
answer_t1_1 = 77
"""
_NUMPY = """
import numpy as np
for name in ("isclose", "allclose", "array_equal", "equal", "less_equal"):
    setattr(np, name, lambda *_, **__: True)
answer_t1_1 = np.float64(77)
"""
_FORGED = (
    """b'{"answers": {"t1-1": {"value": 77, "earned": 99, "missing": false}, "t1-2": 5}, """
    """"errors": {}}'"""
)
_POINTS = _FORGED.replace('"t1-2": 5', '"t1-2": {}')
_DUMPS = """
import json
told = '{"answers": {"t1-1": {"earned": 2, "outcome": "right"}, "t1-2": {"value": {"mean": true}}}'
json.dumps = lambda *_, **__: told + ', "errors": {}}'
"""
_PLAIN = """
from pcqa_teach.classroom.grading import cells
cells.plain = lambda _: {"mean": "right", "earned": 99}
answer_t1_1 = 77
"""
_MANY_THREADS = """
import threading, time
threading.stack_size(1 << 16)
for _ in range(2000):
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
"""
_UNSEEN = """
import os
held = [os.memfd_create("x") for _ in range(50)]
for one in held:
    for _ in range(50):
        os.write(one, bytes(1 << 20))
"""
_LEFT_BEHIND = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(100)
    os._exit(0)
"""
_BEGUN = 'import subprocess\nsubprocess.Popen(["sleep", "4242"], start_new_session=True)'
_KILLS = "import os\nos.kill(os.getpid(), 9)"
_GROUP = "import os\nos.kill({}, {})"
_HALF = 'answer_t1_1 = "\\ud800"\nanswer_t1_2 = {"mean": "\\udfff", "\\ud800": 9, "unit": "day"}'
_TREE = "answer_t1_1 = [[['x' * 5000] * 3] * 500] * 500"
_KNOT = "answer_t1_1 = []\nanswer_t1_1.append(answer_t1_1)"
_SHOUTS = "import os\nfor _ in range(99): os.write(1, b'x' * 9**6)"
_WRITES = """
import os
for place in ("/", "/dev/shm", "/var/tmp", os.path.expanduser("~"), ".", "/etc"):
    try:
        with open(os.path.join(place, "pcqa-was-here"), "w") as file:
            file.write("x")
    except OSError:
        pass
"""
_FILES = """
for number in range(64):
    with open(f"{number}.bin", "wb") as file:
        file.write(b"x" * (8 << 20))
"""

ROWS = (
    Row("endless loop", _work("while True: pass"), Person(KILLED_FOR_TIME)),
    Row("sleeps", _work("import time\ntime.sleep(10**6)"), Person(TOO_LONG)),
    Row("catches everything", _work(_CATCHES), Person(KILLED_FOR_TIME)),
    Row("fork bomb", _work("import os\nwhile True: os.fork()"), FIRST, _FILLS),
    Row("many threads", {**_work(_MANY_THREADS), **TWO}, BOTH),
    Row("leaves a process behind", {**_work(_LEFT_BEHIND), **TWO}, BOTH),
    Row("begins a program", {**_work(_BEGUN), **TWO}, BOTH),
    Row("memory that no map shows", {**_work(_UNSEEN), **TWO}, BOTH,
        NotRun("it would use up the memory")),
    Row("64 GB", {**_work("x = bytearray(64 << 30)"), **TWO}, BOTH),
    Row("grows", {**_work("x = []\nwhile True: x.append(bytearray(10**7))\n"), **TWO}, BOTH),
    Row("fills the disk", {**_work(_FILES), **TWO}, BOTH, NotRun("it would fill the disk")),
    Row("one file of 1 GB", {**_work("open('x', 'wb').write(b'x' * (1 << 29))"), **TWO}, BOTH),
    Row("os._exit", {**_work("import os\nos._exit(0)"), **TWO}, Person(ENDED)),
    Row("os._exit at the end", {**ONE, "t1-2-answer": "import os\nos._exit(0)"}, Person(ENDED)),
    # the first process of a namespace cannot kill itself
    Row("kills itself", {**_work(_KILLS), **TWO}, BOTH, Person(KILLED)),
    Row("stops its group", {**_work(_GROUP.format(0, 19)), **TWO}, BOTH, Person(TOO_LONG)),
    Row("ends its group", {**_work(_GROUP.format(0, 9)), **TWO}, BOTH, Person(KILLED)),
    Row("ends all", {**_work(_GROUP.format(-1, 9)), **TWO}, BOTH,
        NotRun("it would end all that the coach runs")),
    Row("plays a broken sandbox", {**_work("import os\nos._exit(71)"), **TWO}, Person(ENDED)),
    Row("crashes", _work("import ctypes\nctypes.string_at(0)"), Person(CRASHED)),
    Row("sys.exit", {"t1-1-answer": "import sys\nsys.exit(0)\nanswer_t1_1 = 5", **TWO}, SECOND),
    Row("exit()", {"t1-1-answer": "exit()\nanswer_t1_1 = 5", **TWO}, SECOND),
    Row("interrupts", {"t1-1-answer": "raise KeyboardInterrupt\nanswer_t1_1 = 5", **TWO}, SECOND),
    Row("edits its test", {"t1-1": "2.0", "t1-2": "3.0"}, NOTHING, note="The test t1-1 had been"),
    Row("patches the judge", {"work": _GENEROUS, "t1-1-answer": _GENEROUS}, NOTHING),
    Row("patches builtins", {"t1-1-answer": _BUILTINS}, NOTHING),
    Row("patches numpy", {"t1-1-answer": _NUMPY}, NOTHING),
    Row("patches the taker", {"t1-1-answer": _PLAIN}, NOTHING),
    Row("patches json", {"t1-1-answer": _DUMPS}, NOTHING),
    Row("forges its answers", {"work": _RESULT.format(_FORGED)}, Person(UNREADABLE)),
    Row("forges points", {"work": _RESULT.format(_POINTS)}, NOTHING),
    Row("answers rubbish", {"work": _RESULT.format("b'\\xff\\x00'")}, Person(UNREADABLE)),
    Row("answers deeply", {"work": _RESULT.format("b'[' * 10**6")}, Person(UNREADABLE)),
    Row("answers without end", {"work": "import os\n" + _HUGE.format("b'x' * (1 << 20)")
        + _RESULT.replace("os.write(end, {})", "[os.write(end, answer_t1_1) for _ in range(99)]")},
        Person("its answers are far too long")),
    Row("answers infinity", {"work": _RESULT.format(
        """b'{"answers": 1e999, "errors": {}}'""")}, Person(UNREADABLE)),
    Row("closes every file", _work("import os\nos.closerange(0, 999)"), Person(ENDED)),
    Row("lies", {"t1-1-answer": _LIES.format("", "Lie()")}, NOTHING),
    Row("lies as a number", {"t1-1-answer": _LIES.format("float", "Lie(77)")}, NOTHING),
    Row("lies as a text", {"t1-1-answer": _LIES.format("str", "Lie('77')")}, NOTHING),
    Row("answers too much", {"t1-1-answer": _HUGE.format("[5] * 10**6")}, NOTHING),
    Row("answers half a character", {"t1-1-answer": _HALF}, NOTHING),
    Row("answers a tree", {"t1-1-answer": _TREE}, NOTHING),
    Row("answers a knot", {"t1-1-answer": _KNOT}, NOTHING),
    Row("runs in circles", {**_work("def f(): f()\nf()"), **TWO}, BOTH),
    Row("1 GB of output", {**_work("for _ in range(1024): print('x' * (1 << 20))"), **TWO}, BOTH),
    Row("10^6 prints", {**_work("for i in range(10**6): print(i)"), **TWO}, BOTH),
    Row("shouts", {**_work(_SHOUTS), **TWO}, BOTH),
    Row("writes everywhere", {**_work(_WRITES), **TWO}, BOTH, NotRun("it would write there")),
    Row("opens tags without end", {**ONE, **TWO, "t1-3": "<script " * 99_999}, BOTH),
    Row("opens notes without end", {**ONE, **TWO, "t1-3": "```{a}\n" * 99_999}, BOTH),
    Row("replaces the shell", {**_work("get_ipython().run_cell = None"), **TWO}, FIRST),
)  # fmt: skip
