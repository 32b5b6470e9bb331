"""What the funnel experiment says: leave a steady process alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import capital, counted, rounded

if TYPE_CHECKING:
    from pcqa_teach.variation.marbles import Marbles

SAYS = {
    1: "leave the funnel on the mark",
    2: "move it from where it stands, by as much as the last marble missed, the other way",
    3: "set it as far from the mark as the last marble missed, on the other side",
    4: "set it over the last marble",
}
SHORT = {
    1: "leave it alone",
    2: "correct by the last miss",
    3: "set it opposite the last marble",
    4: "set it over the last marble",
}
DOES = {
    1: "the marbles lie about the mark, as close as this funnel can put them",
    2: "it stays about the mark, and is wider than if nobody had touched it",
    3: "it swings from side to side, further and further",
    4: "it wanders off, and need not come back",
}


def noun(found: Marbles) -> str:
    """Say what was dropped: a marble, or a value of a series that was given."""
    return "marble" if found.simulated else "value"


def message(found: Marbles) -> str:
    """Say what correcting after every one does."""
    verb = "is" if found.simulated else "would be"
    wide = f"{found.sd_ratio:.2f} times as wide"
    return f"Corrected after every {noun(found)}, the spread {verb} {wide}"


def beside_message(found: Marbles, rule: int) -> str:
    """Say what one rule does beside leaving it alone."""
    if rule == 2:
        return message(found)
    return f"Rule {rule}, {SHORT[rule]}: {DOES[rule]}"


def spread_said(found: Marbles, rule: int) -> str:
    """Say a rule's spread with its unit."""
    return f"{rounded(float(found.table['sd'].iloc[rule - 1]))} {found.unit}"


def rule_lines(found: Marbles) -> list[str]:
    """Say every rule, its spread, and how much wider that is."""
    lines = []
    for row in found.table.to_dict("records"):
        rule = int(row["rule"])
        times = f", {row['sd_ratio']:.2f} times that of rule 1" if rule > 1 else ""
        lines.append(
            f"Rule {rule}, {SAYS[rule]}: standard deviation {spread_said(found, rule)}{times}."
        )
    return lines


def explain(found: Marbles) -> str:
    """Say the rules, what each does, and what the experiment takes for granted."""
    luck = "The same luck for each" if found.simulated else "Your own series as the luck"
    lines = [f"{message(found)}.", f"{counted(len(found.drops), noun(found))}. {luck}."]
    lines += rule_lines(found)
    lines += [f"{capital(SHORT[rule])}: {DOES[rule]}." for rule in (2, 3, 4)]
    lines.append(
        "Standard deviations are about the mark. With luck that does not depend on the drop"
        " before, rule 2 comes to 1.41 times (the square root of 2) in the long run. Where a"
        " process drifts, correcting can help: then find out why it drifts."
    )
    return "\n".join(lines)


def alt_text(found: Marbles) -> str:
    """Say the four rules' spreads aloud."""
    return (
        f"Four rows of dots, {counted(len(found.drops), noun(found))} in order under each rule"
        f" of the funnel experiment. {message(found)}. {' '.join(rule_lines(found))}"
    )


def beside_alt(found: Marbles, rule: int) -> str:
    """Say two rules' spreads aloud."""
    lines = rule_lines(found)
    return (
        f"Two rows of dots, {counted(len(found.drops), noun(found))} in order, the same luck in"
        f" both. {beside_message(found, rule)}. {lines[0]} {lines[rule - 1]}"
    )
