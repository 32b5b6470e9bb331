"""A rule of your own: wrapped with its words, and its answer looked at before anybody uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import ChartError, PcqaError
from pcqa_teach.sayings import lowered
from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.rules.definition import WHOLE, Rule
from pcqa_teach.spc.segments import Codes

CODES = (0, 1, -1, WHOLE)


def rule(
    flag: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    says: str | None = None,
    why: str = "",
    options: Mapping[str, Any] | None = None,
    **words: Any,
) -> Any:
    """Make a rule of a function; also as a decorator, `@rule` or `@rule(name=..., says=...)`.

    The function is given `Evidence` and answers for each of its rows: True or False (a True points
    the way of the side of the centre line that the value lies on), or a code of `Rule`. Rows are
    those of every phase of every series, one after the other, without gaps:
    `evidence.segments.starts` says where each phase begins.

    Parameters
    ----------
    flag : the function
    name : the column it fills; None: the function's own name
    says : what it means; None: the first line of the function's docstring, else its name
    why : why one point is flagged; empty: the first line of the docstring, else the name
    options : what the function is given besides the evidence
    **words : any other parameter of `Rule`

    Returns
    -------
    Rule, or a decorator that makes one

    Raises
    ------
    ChartError
        The words name what is not known; and, once it is used in a chart, where the function stops
        or does not answer for each row.

    Examples
    --------
    >>> @rule(says="a value above {level}", why="more than anybody expects", options={"level": 8})
    ... def too_many(evidence, level):
    ...     return evidence.y > level
    >>> too_many.name, too_many.sentence
    ('too_many', 'a value above 8')
    >>> from pcqa_teach.spc.rules import one_phase
    >>> too_many(one_phase([6, 7, 5, 9, 6], centre=7, sigma=2)).tolist()
    [False, False, False, True, False]
    """
    if flag is None:
        return partial(rule, name=name, says=says, why=why, options=options, **words)
    called = name or _name(flag)
    line = _first_line(flag)
    said = says if says is not None else line or called.replace("_", " ")
    return Rule(called, flag, said, dict(options or {}), why=why or lowered(line), **words)


def guarded(given: Rule) -> Rule:
    """Give the rule with its answer looked at, and the evidence kept from being written on."""

    def flag(evidence: Evidence, **options: Any) -> Codes:
        locked = replace(
            evidence,
            y=_locked(evidence.y),
            centre=_locked(evidence.centre),
            sigma=_locked(evidence.sigma),
        )
        try:
            answer = np.asarray(given.flag(locked, **options))
        except PcqaError:
            raise
        except Exception as error:
            raise ChartError(
                f"Rule '{given.name}' stopped with {type(error).__name__}: try its function by"
                " itself on RULES['outside'].example.evidence."
            ) from error
        return _codes(answer, evidence, given.name)

    return replace(given, flag=flag)


def _codes(answer: NDArray[Any], evidence: Evidence, name: str) -> Codes:
    """Turn an answer into codes, or say what is wrong with it."""
    size = len(evidence.y)
    if answer.shape != (size,):
        gave = f"{len(answer)}" if answer.ndim == 1 else f"an array of {answer.ndim} dimensions"
        raise ChartError(
            f"Rule '{name}' must answer once for each of the {size} values that it is given, but"
            f" gave {gave}: return an array as long as evidence.y."
        )
    if answer.dtype == object and pd.api.types.infer_dtype(answer, skipna=False) == "boolean":
        answer = answer.astype(bool)
    if answer.dtype == bool:
        side = evidence.side
        return np.where(answer, np.where(side == 0, WHOLE, side), 0).astype(np.int8)
    if answer.dtype.kind not in "iuf" or not np.isin(answer, CODES).all():
        raise ChartError(
            f"Rule '{name}' must answer True or False, or 0 (no signal), 1 (upwards),"
            " -1 (downwards) or 2 (neither way), for every value."
        )
    return answer.astype(np.int8)


def _locked(values: NDArray[np.float64]) -> NDArray[np.float64]:
    view = values.view()
    view.flags.writeable = False
    return view


def _name(flag: Any) -> str:
    """Give a function's own name; one that has none is 'own_rule'."""
    inner = flag.func if isinstance(flag, partial) else flag
    name = str(getattr(inner, "__name__", ""))
    return name if name.isidentifier() else "own_rule"


def _first_line(flag: Any) -> str:
    text = flag.__doc__ if hasattr(flag, "__name__") else None
    line = (text or "").strip().partition("\n")[0].rstrip(". ")
    return line.replace("{", "{{").replace("}", "}}")
