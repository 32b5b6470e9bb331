"""What a lesson says about itself, the hints it gives and the points it awards.

The modules are imported here by name, not lazily: several are named after the function they hold,
and `from pcqa_teach.lessons import judge` must give the function whatever was imported before.
"""

from pcqa_teach.lessons.answers import plain
from pcqa_teach.lessons.check import check
from pcqa_teach.lessons.exercise import exercise_chart
from pcqa_teach.lessons.judge import judge
from pcqa_teach.lessons.key import Key, WrongAnswer, misconception_cases
from pcqa_teach.lessons.metadata import LessonMeta, metadata
from pcqa_teach.lessons.piles import in_piles
from pcqa_teach.lessons.ready import check_setup
from pcqa_teach.lessons.received import received
from pcqa_teach.lessons.record import record
from pcqa_teach.lessons.small_charts import Panel, exercise_grid
from pcqa_teach.lessons.timetable import Part, day_shortfalls, parts, shortfalls

__all__ = [
    "Key",
    "LessonMeta",
    "Panel",
    "Part",
    "WrongAnswer",
    "check",
    "check_setup",
    "day_shortfalls",
    "exercise_chart",
    "exercise_grid",
    "in_piles",
    "judge",
    "metadata",
    "misconception_cases",
    "parts",
    "plain",
    "received",
    "record",
    "shortfalls",
]
