"""Which chart when, and each kind of chart: its use, its formula, its sums on five values."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pcqa_teach.publish.charts_page.examples import sample
from pcqa_teach.publish.charts_page.markdown import (
    blocks,
    code,
    curious,
    heading,
    number,
    picture,
    plain,
    sourced,
    table,
    target,
)
from pcqa_teach.spc import CHARTS, PRESETS, Chart, Kind, chart

_HOLDS = {
    "values": "one value at a time",
    "amounts": "one amount at a time, such as days",
    "counts": "one count at a time",
    "yes-no": "one yes or no after another",
}


_SUCH_AS = {
    "run": "the same-day share, week by week",
    "xmr": "calls a week",
    "mr": "calls a week",
    "i_prime": "minutes on the phone, for so many calls",
    "p": "missed, out of booked",
    "np": "letters read late, out of 80 a week",
    "p_prime": "missed, out of all booked in a large area",
    "c": "complaints a month",
    "u": "prescription errors, for so many items",
    "u_prime": "contacts, for all patients of an area",
    "g": "samples taken between two that were lost",
    "t": "days between two urgent transfers",
    "xbar": "the waits of five people a week",
    "s": "the waits of ten people a week",
    "r": "the waits of five people a week",
    "ewma": "days to the third next appointment",
    "cusum": "days to the third next appointment",
    "bernoulli_cusum": "a result acted on, or not",
}
_CALLED = {"anhoej": "long runs, few crossings"}


def which_when() -> str:
    """Give the table that leads from a question to a chart."""
    rows = [
        [
            plain(kind.question),
            f"{what_you_have(kind)}: {_SUCH_AS[name]}",
            f"[{kind.title}](#{target('chart', name)})",
        ]
        for name, kind in CHARTS.items()
    ]
    return table(["Your question", "What you have", "Chart"], rows)


def what_you_have(kind: Kind) -> str:
    """Say what data a kind of chart is made of.

    >>> what_you_have(CHARTS["p"])
    'a count y, and the n it is part of'
    """
    if kind.grouped:
        return "a few values for each day or week"
    if kind.sized and kind.share:
        return "a count y, and the n it is part of"
    if kind.sized:
        what = "a count" if kind.holds == "counts" else "a total"
        return f"{what} y, and the n it is for"
    return _HOLDS[kind.holds]


def sections() -> str:
    """Give every kind of chart, one after the other."""
    return blocks(*(_section(name) for name in CHARTS))


@cache
def example(name: str) -> Chart:
    """Chart the few values that a kind of chart brings as its example."""
    kind = CHARTS[name]
    frame = pd.DataFrame(kind.example)
    if "x" not in frame:
        frame.insert(0, "x", range(1, len(frame) + 1))
    return chart(frame, y="y", kind=name, title=kind.title, settings=kind.asked)


def _section(name: str) -> str:
    kind, made = CHARTS[name], example(name)
    return blocks(
        heading(3, kind.title, "chart", name),
        plain(kind.use),
        f'**Ask for it:** `kind="{name}"`. **You need:** {what_you_have(kind)}.',
        "**At work, on made-up numbers**",
        picture(target("chart", name), sample(name).alt_text),
        "**The sums on a few values**",
        _values(made),
        sums(made),
        curious(
            _facts(kind),
            f"**What other tools do differently:** {plain(kind.differs)}",
            f"**Source:** {sourced(kind.source)}.",
        ),
    )


def _facts(kind: Kind) -> str:
    lines = [
        f"**Plots:** {plain(kind.plotted)}",
        f"**Centre line:** the {kind.centre}",
        "\n  - ".join(["**Formula:**", *map(code, kind.formula.split("; "))]),
        f"**Rules, unless you choose others:** {_rules(kind)}",
    ]
    if kind.settings:
        said = [
            f"{code(option)}, {plain(about.says)}"
            + ("" if about.default is None else f" ({about.default} unless given)")
            for option, about in kind.settings.items()
        ]
        lines.append(f"**Options:** {'; '.join(said)}")
    return "\n".join(f"- {line}" for line in lines)


def _rules(kind: Kind) -> str:
    """Say which rules a kind uses, and of a preset only those that suit it."""
    if not isinstance(kind.preset, str):
        return ", ".join(rule_link(name) for name in kind.preset)
    preset = PRESETS[kind.preset]
    link = f"[{preset.title}](#{target('preset', kind.preset)})"
    if kind.suits is None or set(preset.rules) <= kind.suits:
        return link
    suited = [rule_link(name) for name in preset.rules if name in kind.suits]
    return f"{', '.join(suited)}, from the set {link}"


def rule_link(name: str) -> str:
    """Name a rule, with a link to its section.

    >>> rule_link("two_of_three")
    '[two of three](#rule-two-of-three)'
    """
    return f"[{called(name)}](#{target('rule', name)})"


def called(rule: str) -> str:
    """Say a rule's name as people do.

    >>> called("two_of_three"), called("anhoej")
    ('two of three', 'long runs, few crossings')
    """
    return _CALLED.get(rule, rule.replace("_", " "))


def _values(made: Chart) -> str:
    given = CHARTS[made.kind].example
    if made.about.grouped:
        frame = pd.DataFrame(given)
        said = [f"{place}: {_listed(part['y'])}" for place, part in frame.groupby("x", sort=False)]
        return f"y, by x: {'; '.join(said)}"
    return "; ".join(f"{column}: {_listed(values)}" for column, values in given.items())


def _listed(values: object) -> str:
    return ", ".join(number(float(value)) for value in pd.Series(values))


def sums(made: Chart) -> str:
    """Give the sums of a chart line by line."""
    rows = [
        [plain(str(row["step"])), plain(str(row["sum"])), number(float(row["value"]))]
        for row in made.arithmetic().to_dict("records")
    ]
    unit = " (per cent)" if made.about.share and made.about.rate else ""
    return table(["Step", "Sum", f"Comes to{unit}"], rows, right=2)
