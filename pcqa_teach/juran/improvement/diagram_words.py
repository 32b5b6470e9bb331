"""What the driver diagram, the fishbone and the family of measures say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.juran.improvement.family import ASK
from pcqa_teach.sayings import and_list, capital, counted

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.bones import Fishbone
    from pcqa_teach.juran.improvement.drivers import DriverDiagram
    from pcqa_teach.juran.improvement.family import MeasuresFamily

_SOME = 6
_MANY = 8


def driver_message(diagram: DriverDiagram) -> str:
    """Say how many drivers and ideas, and whether a driver has none."""
    table = diagram.table
    ideas = counted(int(table["idea"].nunique()), "idea")
    drivers = counted(int(table["primary"].nunique()), "primary driver")
    bare = len(diagram.without_idea)
    lack = f"; {counted(bare, 'driver')} without an idea yet" if bare else ""
    return f"{drivers} and {ideas} to test{lack}"


def driver_alt(diagram: DriverDiagram) -> str:
    """Say the aim, and each primary driver with its ideas."""
    table = diagram.table
    parts = []
    for primary, rows in list(table.groupby("primary", sort=False))[:_SOME]:
        ideas = list(dict.fromkeys(rows["idea"].dropna()))
        said = and_list(ideas[:3]) + (", and more" if len(ideas) > 3 else "") if ideas else "none"
        parts.append(f"{primary} (ideas: {said})")
    more = table["primary"].nunique() - len(parts)
    end = f"; and {counted(more, 'more driver', 'more drivers')}" if more else ""
    return f"Driver diagram. The aim: {diagram.aim}. Driven by {'; '.join(parts)}{end}."


def driver_explain(diagram: DriverDiagram) -> str:
    """Say the theory as sentences, and which driver has no idea yet."""
    lines = [f"Aim: {diagram.aim}."]
    for primary, secondary, idea in diagram.rows:
        if idea:
            lines.append(f"If we try '{idea}', then '{secondary}' moves, which moves '{primary}'.")
    lines += [f"No idea yet for: {driver}." for driver in diagram.without_idea]
    lines.append("This is a theory. Each arrow is a prediction that a small test can prove wrong.")
    return "\n".join(lines)


def fishbone_message(bones: Fishbone) -> str:
    """Say how many possible causes, of what."""
    return (
        f"{bones.effect}: {counted(bones.count, 'possible cause')}"
        f" of {counted(len(bones.bones), 'kind')}"
    )


def fishbone_alt(bones: Fishbone) -> str:
    """Say the effect and the causes of each kind."""
    parts = []
    for category, causes in bones.bones:
        named = and_list([cause for cause, _ in causes[:3]])
        parts.append(f"{category}: {named}{', and more' if len(causes) > 3 else ''}")
    return f"Fishbone diagram. {fishbone_message(bones)}. {'. '.join(parts)}."


def fishbone_explain(bones: Fishbone) -> str:
    """Say the causes of each kind, and what has to happen before one is believed."""
    lines = [f"{fishbone_message(bones)}."]
    for category, causes in bones.bones:
        for cause, whys in causes:
            because = f", because {and_list(list(whys))}" if whys else ""
            lines.append(f"{category}: {cause}{because}.")
    lines.append(
        "These are ideas, not findings. Count how often each happens before you act on it."
    )
    return "\n".join(lines)


def family_message(family: MeasuresFamily) -> str:
    """Say how many measures of each kind."""
    parts = [f"{len(family.of(kind))} {kind}" for kind in ASK]
    return f"{counted(len(family.measures), 'measure')}: {and_list(parts)}"


def family_alt(family: MeasuresFamily) -> str:
    """Say the measures of each kind."""
    parts = [f"{capital(kind)}: {and_list([one.name for one in family.of(kind)])}." for kind in ASK]
    return f"Family of measures. {' '.join(parts)}"


def family_explain(family: MeasuresFamily) -> str:
    """Say what each kind is for, with its measures."""
    lines = [f"For the aim: {family.aim}."] if family.aim else []
    for kind, asks in ASK.items():
        for one in family.of(kind):
            good = {"up": ", up is better", "down": ", down is better"}.get(one.good or "", "")
            unit = f" ({one.unit})" if one.unit else ""
            lines.append(f"{capital(kind)}. {asks} {one.name}{unit}{good}.")
    if len(family.measures) > _MANY:
        lines.append(f"More than {_MANY} measures are hard to keep up: which could you do without?")
    lines.append("Plot all of them from before the change, each on its own chart.")
    return "\n".join(lines)
