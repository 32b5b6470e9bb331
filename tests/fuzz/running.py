"""A lesson run on a mutated file: its cells as they stand, or the whole of `pcqa run`."""

from __future__ import annotations

import ast
import io
import json
import re
import traceback
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

from pcqa_teach.errors import PcqaError

from .dice import Dice
from .judged import TooSlowError, traces, watched
from .mutate import Mutant, mutant
from .seeds import EXPORTS, Seed, filled, parsed

LESSONS = {
    path.stem.split("_")[0]: path
    for path in sorted((EXPORTS.parents[2] / "notebooks" / "own-data").glob("d*.ipynb"))
}
SETTINGS: dict[str, dict[str, Any]] = {
    "d1": {"list_size": 9800}, "d2": {"clock": "local"}, "d8": {"go_live": "2024-12-02"},
}  # fmt: skip
BOOKS = ("systmone_appointments", "emis_slots", "gpad_practice", "gpad_daily", "emis_crosstab")
PARTS = ("report.html", "notebook.ipynb", "notice-board.pdf", "summary.json", "figures")
SECONDS = 60.0


@cache
def fitting() -> dict[str, tuple[Seed, ...]]:
    """Return, for each lesson, whole files that it can answer from."""
    from pcqa_teach.data import synthetic
    from pcqa_teach.data.synthetic.exports import phone_logs
    from pcqa_teach.data.templates import TEMPLATES

    def books(*names: str) -> tuple[Seed, ...]:
        paths = [EXPORTS / f"{name}_{state}.csv" for name in names for state in ("clean", "dirty")]
        return tuple(parsed(path.read_bytes(), path.name, few=False) for path in paths)

    calls = synthetic.practice(days=42, list_size=900).calls
    logs = tuple(
        parsed(phone_logs.rendered(kind, calls, dirty).data, kind, few=False)
        for kind in ("lark", "alder", "alder_counts")
        for dirty in (False, True)
    )
    network = (EXPORTS.parent / "funnel_practices.csv").read_bytes()
    return {
        "d1": books(*BOOKS), "d2": (*logs, *books("cbt_day_time")),
        "d3": (filled(TEMPLATES["tally"], 200),), "d4": books(*BOOKS[:2]),
        "d5": books(*BOOKS), "d6": books(*BOOKS[:2]),
        "d7": (parsed(network, "practices", few=False), *books("gpad_practice")),
        "d8": (*books(*BOOKS), *books("askmygp_demand"), *logs),
        "d9": (filled(TEMPLATES["appropriateness"], 200),),
    }  # fmt: skip


def lightly(dice: Dice, lesson: str) -> Mutant:
    """Return a file that fits a lesson, with few things done to it."""
    return mutant(dice, fitting()[lesson], most=2, written=False)


def cells(lesson: str, made: Mutant, folder: Path) -> tuple[str, list[str]]:
    """Run a lesson's cells; return "report", "sentence" or "broken", and what is wrong."""
    path = folder / f"export{made.suffix}"
    path.write_bytes(made.data)
    names: dict[str, Any] = {}
    said = io.StringIO()
    try:
        with redirect_stdout(said), watched(SECONDS):
            for cell in json.loads(LESSONS[lesson].read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    print(_shown(_run("".join(cell["source"]), names)))
                if "parameters" in cell["metadata"].get("tags", []):
                    names |= SETTINGS.get(lesson, {}) | {"export": str(path)}
    except PcqaError as error:
        return "sentence", _of_words(str(error))
    except TooSlowError as error:
        return "broken", [f"hang: {error}"]
    except Exception as error:  # noqa: BLE001
        return "broken", [f"traceback: {''.join(traceback.format_exception(error))}"]
    return "report", [f"people: {held}" for held in [traces(said.getvalue())] if held]


def _run(source: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def _shown(value: Any) -> str:
    drawn = getattr(value, "_repr_mimebundle_", None)
    return _read_as_words(str(drawn())) if drawn is not None else repr(value or "")


def _read_as_words(text: str) -> str:
    """Return a text without its pictures' bytes, in which any four letters turn up by chance."""
    return re.sub(r"[A-Za-z0-9+/=\\n]{200,}", "", text)


def whole(lesson: str, made: Mutant, folder: Path) -> tuple[str, list[str]]:
    """Do what `pcqa run` does, on the warm engine; judge the folder too."""
    from pcqa_teach.publish import editions
    from pcqa_teach.run import run_lesson

    path, out = folder / f"export{made.suffix}", folder / "report"
    path.write_bytes(made.data)
    before = sorted(one.name for one in folder.iterdir())
    try:
        run_lesson(editions.for_participants(lesson), path, out,
                   parameters=SETTINGS.get(lesson, {}))  # fmt: skip
    except PcqaError as error:
        left = sorted(one.name for one in folder.iterdir())
        half = [] if left == before else [f"half a report: {left}"]
        return "sentence", [*half, *_of_words(str(error))]
    except Exception as error:  # noqa: BLE001
        return "broken", [f"traceback: {''.join(traceback.format_exception(error))}"]
    wrong = [f"the report lacks {name}" for name in PARTS if not (out / name).exists()]
    for text in [out / "report.html", out / "summary.json", out / "notebook.ipynb"]:
        wrong += [f"people in {text.name}: {held}" for held in [_people(text)] if held]
    return "report", wrong


def _people(path: Path) -> list[str]:
    return traces(_read_as_words(path.read_text(encoding="utf-8")))


def _of_words(said: str) -> list[str]:
    wrong = [f"people: {held}" for held in [traces(said)] if held]
    if "its message is not repeated" in said or "tell the kit's keepers" in said:
        wrong.append(f"an error that nobody foresaw: {said}")
    if len(said) < 20 or "Traceback" in said:
        wrong.append(f"no sentence: {said}")
    return wrong
