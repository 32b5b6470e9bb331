"""What the planning results say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import and_list, capital, counted

if TYPE_CHECKING:
    from pcqa_teach.juran.planning.ctq import CtqTree
    from pcqa_teach.juran.planning.definition import OperationalDefinition


def ctq_message(tree: CtqTree) -> str:
    """Say how many needs, and how many features can be counted."""
    features = tree.features
    ready = sum(f.measurable for f in features)
    needs = counted(len(tree.needs), "need")
    if ready == len(features):
        return f"{needs}, {counted(ready, 'feature')} that can be counted"
    return f"{needs}: {ready} of {counted(len(features), 'feature')} can be counted yet"


def ctq_alt(tree: CtqTree) -> str:
    """Say the tree from its root."""
    parts = [
        f"{need} ({and_list([f.words for f in features[:3]])}"
        f"{', and more' if len(features) > 3 else ''})"
        for need, features in list(tree.needs.items())[:6]
    ]
    more = len(tree.needs) - 6
    end = f"; and {counted(more, 'more need', 'more needs')}" if more > 0 else ""
    return (
        f"Tree from left to right. People say: {tree.voice}. They need: {'; '.join(parts)}{end}."
        f" {ctq_message(tree)}."
    )


def ctq_explain(tree: CtqTree) -> str:
    """Say each need with its features, and what is not yet measurable."""
    lines = [f"People say: {tree.voice}."]
    for need, features in tree.needs.items():
        lines.append(f"They need: {need}. We would count: {'; '.join(f.words for f in features)}.")
    lines += [
        f"Not yet measurable: {f.words}. {capital(f.advice).rstrip('.')}."
        for f in tree.features
        if not f.measurable
    ]
    lines.append(
        "Ask the people who said it whether these are their needs: the tree is our reading."
    )
    return "\n".join(lines)


def definition_message(one: OperationalDefinition) -> str:
    """Say whether two people would count the same."""
    gaps = len(one.advice)
    if not gaps:
        return f"{one.name}: ready to be tried out by two people"
    return f"{one.name}: {counted(gaps, 'thing')} still open, so two people may count differently"


def definition_alt(one: OperationalDefinition) -> str:
    """Say the definition in two or three sentences."""
    out = f" Not counted: {and_list(one.does_not_count)}." if one.does_not_count else ""
    return f"{definition_message(one)}. Counted, in {one.unit}: {and_list(one.counts)}.{out}"


def definition_explain(one: OperationalDefinition) -> str:
    """Say the definition in full, and what is still open."""
    said = one.table.dropna()
    lines = [f"{part}: {words}." for part, words in zip(said["part"], said["words"], strict=True)]
    lines += [f"Still open: {advice}" for advice in one.advice]
    lines.append(
        "Let two people count the same twenty items alone, then compare: try_out() shows it."
    )
    return "\n".join(lines)
