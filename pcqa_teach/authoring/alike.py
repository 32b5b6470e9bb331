"""Whether two sentences of a lesson say much the same, or one the opposite of the other."""

from __future__ import annotations

import re
from itertools import chain

MOST_WORDS = 0.6
_NOT = {"not", "cannot", "never", "no", "none", "nor", "neither"}
# What stands on either side says the opposite of the other.
_OPPOSITES = [
    (set(these.split()), set(those.split()))
    for these, those in (
        ("in into inside", "out outside"),
        ("up upward upwards", "down downward downwards"),
        ("more", "fewer less"),
        ("most", "fewest least"),
        ("many", "few"),
        ("increase increases", "decrease decreases"),
        ("with", "without"),
        ("rise rises rising rose", "fall falls falling fell"),
        ("grow grows growing grew", "shrink shrinks shrinking shrank"),
        ("above over", "below under"),
        ("before", "after"),
        ("first", "last"),
        ("high", "low"),
        ("higher", "lower"),
        ("highest", "lowest"),
        ("large larger largest", "small smaller smallest"),
        ("long longer longest", "short shorter shortest"),
        ("early earlier earliest", "late later latest"),
        ("fast faster fastest", "slow slower slowest"),
        ("good better best", "bad worse worst"),
    )
]
_OTHERWISE = ("un", "dis", "in", "non")  # stable, unstable
_SHORTEST_TURNED = 3  # letters: "into" is not the opposite of "to", nor "unit" of "it"


def much_the_same(one: str, other: str) -> bool:
    """Say whether two sentences mean much the same.

    Most of the shorter one's words are in the other ("your" may stand for "a"), they say "not"
    equally often, and neither says up where the other says down: "not down" counts as up.

    >>> much_the_same("name what your data can answer", "name what the data can answer")
    True
    >>> much_the_same("name what your data can answer", "name what the data cannot answer")
    False
    """
    these, those = _words(one), _words(other)
    common = set(these) & set(those)
    return (
        len(common) >= MOST_WORDS * min(len(set(these)), len(set(those)))
        and _nots(these) == _nots(those)
        and not _opposed(these, those)
    )


def _words(text: str) -> list[str]:
    """Return a sentence's words; "can't" is one, and says not."""
    found = re.findall(r"\w+(?:'\w+)*", text.casefold().replace("’", "'"))
    return list(chain.from_iterable(("not", one) if one.endswith("n't") else (one,)
                                    for one in found))  # fmt: skip


def _nots(words: list[str]) -> int:
    return sum(word in _NOT for word in words)


def _opposed(these: list[str], those: list[str]) -> bool:
    """Say whether only one says up and only the other down; or one stable, the other unstable."""
    mine, theirs = _sides(these) - _sides(those), _sides(those) - _sides(these)
    if any((pair, not side) in theirs for pair, side in mine):
        return True
    one, other = set(these) - set(those), set(those) - set(these)
    return any(f"{sign}{word}" in more for sign in _OTHERWISE
               for less, more in ((one, other), (other, one))
               for word in less if len(word) >= _SHORTEST_TURNED)  # fmt: skip


def _sides(words: list[str]) -> set[tuple[int, bool]]:
    """Return which side of which opposites a sentence says; a "not" before it turns it round."""
    found, turned = set(), False
    for word in words:
        turned = turned or word in _NOT
        for pair, sides in enumerate(_OPPOSITES):
            for side, names in enumerate(sides):
                if word in names:
                    found.add((pair, bool(side) != turned))
                    turned = False
    return found
