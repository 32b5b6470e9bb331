"""Cards sorted into piles: a participant writes the numbers of each pile, and no more than that."""

from __future__ import annotations

from typing import Any

_HOW = "write the numbers of its cards in square brackets, with commas between: [2, 7, 11]"


def in_piles(cards: int, *, rest: str | None = None, **piles: Any) -> dict[str, str | None]:
    """Return the pile of every card, by the card's number, for a graded item to mark one by one.

    What cannot be used (a number that no card has, a card in two piles) is said in one printed
    sentence and leaves every card without a pile; nothing is raised.

    Parameters
    ----------
    cards : int
        How many cards there are; they are numbered from 1.
    rest : str, optional
        The pile of all cards that are named in no other. None: such a card has no pile.
    **piles
        By the pile's name, the numbers of its cards; None as long as nothing was sorted into it.

    Examples
    --------
    >>> in_piles(4, reach=[1, 4], know=[2])
    {'1': 'reach', '2': 'know', '3': None, '4': 'reach'}
    >>> in_piles(3, rest="value", failure=None), in_piles(3, rest="value", failure=[2])
    ({'1': None, '2': None, '3': None}, {'1': 'value', '2': 'failure', '3': 'value'})
    >>> in_piles(2, reach=[1], know=[1, 2])
    Card 1 is in two piles, 'reach' and 'know': choose one.
    {'1': None, '2': None}
    """
    names = [str(card) for card in range(1, cards + 1)]
    if all(given is None for given in piles.values()):
        return dict.fromkeys(names)
    found: dict[str, str] = {}
    for pile, given in piles.items():
        numbers = _numbers(given)
        trouble = _trouble(pile, numbers, cards, found)
        if trouble:
            print(trouble)
            return dict.fromkeys(names)
        found |= {str(number): pile for number in numbers or []}
    return {name: found.get(name, rest) for name in names}


def _numbers(given: Any) -> list[int] | None:
    """Give the numbers of a pile; None where they cannot be read."""
    if given is None:
        return []
    listed = list(given) if isinstance(given, (list, tuple, set)) else [given]
    whole = all(type(one) is int for one in listed)
    return listed if whole else None


def _trouble(pile: str, numbers: list[int] | None, cards: int, found: dict[str, str]) -> str:
    """Say what is wrong with a pile; nothing where all is well."""
    if numbers is None:
        return f"The pile '{pile}' could not be read: {_HOW}."
    beyond = [one for one in numbers if not 1 <= one <= cards]
    if beyond:
        return f"There is no card {beyond[0]}: the cards are numbered 1 to {cards}."
    twice = [one for one in numbers if str(one) in found]
    if twice:
        return (
            f"Card {twice[0]} is in two piles, '{found[str(twice[0])]}' and '{pile}': choose one."
        )
    return ""
