"""Run a small lesson in a process of its own: `python driver.py OUT CELL...`.

Prints what the user would be told, then what lies beside the output.
"""

import sys
from pathlib import Path

from conftest import lesson_of

from pcqa_teach.run import run_lesson, terminal


def main() -> int:
    out, *cells = sys.argv[1:]
    try:
        with terminal.stoppable():
            run_lesson(lesson_of(*cells), None, out)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001
        print(terminal.sentence(error, "Nothing was written."))
        print("beside:", sorted(path.name for path in Path(out).parent.glob("*")))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
