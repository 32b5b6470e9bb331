"""The key of a graded item, read from the one cell that holds it.

Tests of wrong answers, the hints in feedback and the facilitator's key are all made from it. The
cell is read, not run: only literals, sums and small questions are worked out.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons.judge import Mark, mark, share_out
from pcqa_teach.lessons.matching import Within, assess

_FUNCTIONS = {
    function.__name__: function
    for function in (abs, all, any, bool, dict, float, int, isinstance, len, list, max, min, round)
} | {"set": set, "sorted": sorted, "str": str, "sum": sum, "tuple": tuple, "sqrt": math.sqrt}
_NODES = (
    *(ast.Expression, ast.Constant, ast.Dict, ast.List, ast.Tuple, ast.Set, ast.Name, ast.Load),
    *(ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Subscript, ast.Slice),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.Call, ast.keyword),
    *(ast.Lambda, ast.arguments, ast.arg, ast.GeneratorExp, ast.ListComp, ast.SetComp),
    *(ast.DictComp, ast.comprehension, ast.Store),
)


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that shows a misconception: what it is called, its hint, the points it earns."""

    name: str
    answer: Any
    hint: str
    earns: float


@dataclass(frozen=True)
class Key:
    """Everything that the marking of one item rests on."""

    item: str
    answer_name: str
    expect: Any
    within: Within
    points: float
    misconceptions: tuple[WrongAnswer, ...]

    @property
    def right_answer(self) -> Any:
        """The right answer as a participant would leave it."""
        return _as_given(self.expect)


def misconception_cases(cell_source: str) -> Key:
    """Return the key of the graded item whose test cell is given.

    Parameters
    ----------
    cell_source : str
        The source of a test cell with one call of `judge(item, answer_name, expect=..., ...)`.

    Raises
    ------
    LessonError
        There is not exactly one such call, or its arguments cannot be worked out by reading.

    Examples
    --------
    >>> key = misconception_cases(
    ...     'judge("b3-1", answer_b3_1, expect=6.6, misconceptions={"median": (5, "Not this.")})'
    ... )
    >>> key.item, key.points, key.misconceptions[0].hint
    ('b3-1', 1.0, 'Not this.')
    """
    one = asked(cell_source)
    item, given = one.item, one.given
    expect, within = given["expect"], given.get("within", 0)
    worth = share_out(given.get("points", 1), expect)
    wrong = tuple(
        _wrong_answer(item, name, case, expect, within, worth)
        for name, case in given.get("misconceptions", {}).items()
    )
    return Key(item, one.answer_name, expect, within, sum(worth.values()), wrong)


@dataclass(frozen=True)
class Asked:
    """What one test cell asks for: its item, the answer's name and the arguments of its `judge`."""

    item: str
    answer_name: str
    given: Mapping[str, Any]

    def mark(self, answer: object) -> Mark:
        """Return what an answer earns."""
        return mark(self.item, answer, **self.given)


def asked(cell_source: str) -> Asked:
    """Return what a test cell asks for, read from its source; nothing of it is run.

    Raises
    ------
    LessonError
        As for `misconception_cases`.

    Examples
    --------
    >>> asked('judge("b3-1", answer_b3_1, expect=6.6, within=0.1)').mark(6.65).earned
    1.0
    """
    call = _the_call(cell_source)
    match call.args:
        case [ast.Constant(value=str(item)), ast.Name(id=answer_name)]:
            pass
        case _:
            raise LessonError("A judge(...) call names its item and its answer, in that order.")
    if any(keyword.arg is None for keyword in call.keywords):
        raise LessonError(f"Item '{item}': judge(...) takes no ** arguments.")
    given = {str(keyword.arg): _value(item, keyword.value) for keyword in call.keywords}
    if "expect" not in given:
        raise LessonError(f"Item '{item}': judge(...) does not say what it expects.")
    return Asked(item, answer_name, given)


def _the_call(cell_source: str) -> ast.Call:
    try:
        tree = ast.parse(cell_source)
    except SyntaxError:
        raise LessonError("A test cell of this lesson is not valid Python.") from None
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "judge"
    ]
    last = tree.body[-1] if tree.body else None
    if len(calls) != 1 or not isinstance(last, ast.Expr) or last.value is not calls[0]:
        raise LessonError("The cell of a key ends in one judge(...) and has no other.")
    return calls[0]


def _value(item: str, node: ast.expr) -> Any:
    """Work out an argument; names other than a few harmless functions are refused."""
    own = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    own |= {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    for part in ast.walk(node):
        unknown = isinstance(part, ast.Name) and part.id not in own and part.id not in _FUNCTIONS
        if unknown or not isinstance(part, _NODES):
            raise LessonError(
                f"Item '{item}': the key in its test cell must stand there in full, as numbers, "
                "text, lists and dicts, without variables, methods or data."
            )
    code = compile(ast.Expression(node), f"<key of {item}>", "eval")
    return eval(code, {"__builtins__": {}, **_FUNCTIONS})  # noqa: S307  (nodes checked above)


def _wrong_answer(
    item: str, name: str, case: Any, expect: Any, within: Within, worth: dict[str, float]
) -> WrongAnswer:
    match case:
        case (shown, str(hint)) if not callable(shown):
            answer = {**expect, **shown} if isinstance(shown, Mapping) else shown
        case (shown, str(hint), answer) if callable(shown):
            pass
        case _:
            raise LessonError(
                f"Item '{item}': misconception '{name}' needs a wrong answer and its hint "
                "(and an example, where it is a question put to the answer)."
            )
    given = _as_given(answer)
    right = assess(given, expect, within).right
    return WrongAnswer(name, given, hint, sum(worth[part] for part in right))


def _as_given(value: Any) -> Any:
    """Return a value of the key as a participant would write it: sets as sorted lists."""
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return {name: _as_given(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_given(part) for part in value]
    return value
