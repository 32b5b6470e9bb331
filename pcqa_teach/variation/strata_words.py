"""What a comparison says all together, inside each stratum, and on the same mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import capital, counted

if TYPE_CHECKING:
    from pcqa_teach.variation.strata import Stratified

_ALIKE = 0.015  # two mixes are nearly the same where no part differs by so much


def message(found: Stratified) -> str:
    """Say in one line whether the comparison turns round."""
    if found.title:
        return found.title
    first, second = found.groups
    high = second if found.overall > 0 else first
    if found.overall == 0:
        return f"{first} and {second} are even all together; look inside each {found.stratum}"
    if found.turns:
        return f"{high} is higher all together, and lower in every {found.stratum}"
    if found.kind == "the same":
        return f"{high} is higher all together, and in every {found.stratum}"
    return f"{high} is higher all together; by {found.stratum} it differs"


def percent(share: float) -> str:
    """Write a share in per cent, to as many places as it needs.

    >>> percent(0.0432), percent(0.25)
    ('4.32%', '25.0%')
    """
    return f"{100 * share:.{2 if share < 0.1 else 1}f}%"


def explain(found: Stratified) -> str:
    """Say each comparison, why all together may differ, and what cannot be told."""
    lines = [f"{capital(found.what)}, {_pair(found, found.together)} all together."]
    for row in found.table.to_dict("records"):
        shares = {one: float(row[f"share {one}"]) for one in found.groups}
        lines.append(f"{row['stratum']}: {_pair(found, shares)}.")
    lines.append(f"Were both spread as the two together are: {_pair(found, found.same_mix)}.")
    if found.kind != "the same":
        lines.append(_why(found))
    lines.append(
        f"This takes out {found.stratum} and nothing else; another split may turn it again."
    )
    return "\n".join(lines)


def alt_text(found: Stratified) -> str:
    """Say the message and the numbers."""
    told = [f"all together {_pair(found, found.together)}"]
    for row in found.table.to_dict("records"):
        shares = {one: float(row[f"share {one}"]) for one in found.groups}
        told.append(f"{row['stratum']} {_pair(found, shares)}")
    told.append(f"on the same mix {_pair(found, found.same_mix)}")
    return f"{message(found)}. {capital(found.what)}, {'; '.join(told)}."


def under(found: Stratified) -> str:
    """Say what the picture is of."""
    sizes = [
        counted(int(found.table[f"n {one}"].sum()), "case") + f" in {one}" for one in found.groups
    ]
    return f"share {found.what}, by {found.stratum} · n = {' and '.join(sizes)}"


def _pair(found: Stratified, shares: dict[str, float]) -> str:
    return " and ".join(f"{one} {percent(shares[one])}" for one in found.groups)


def _why(found: Stratified) -> str:
    """Say how the whole may differ from its parts: by the stratum whose part differs most."""
    mixes = {one: found.table[f"n {one}"] / found.table[f"n {one}"].sum() for one in found.groups}
    first, second = found.groups
    apart = (mixes[first] - mixes[second]).abs().to_numpy()
    if apart.max() < _ALIKE:
        return "Both have nearly the same mix, so it is not the mix that makes the parts differ."
    place = int(apart.argmax())
    name = found.table["stratum"].iloc[place]
    return (
        f"All together compares two things at once: how often in each {found.stratum}, and how "
        f"much of the whole each {found.stratum} makes up. The second differs here: '{name}' makes "
        f"up {100 * mixes[first].iloc[place]:.0f}% of {first} and "
        f"{100 * mixes[second].iloc[place]:.0f}% of {second}."
    )
