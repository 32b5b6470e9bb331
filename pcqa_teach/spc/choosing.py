"""Which chart fits what is counted: a few questions, an answer with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from pcqa_teach.arguments import number
from pcqa_teach.errors import ChartError

DOTS: dict[str, str] = {
    "value": "one measured value: days, minutes, a mean",
    "share": "how many out of how many",
    "count": "how many events",
    "gap": "how long from one rare event to the next",
}
LARGE = 1000  # our own line: from here on, look whether limits by chance alone are too narrow
RARE = 1.0  # events a period: with fewer, most dots would be nought
FEW = 12  # dots: with fewer, limits are worth little

TITLES: dict[str, str] = {
    "run": "run chart",
    "xmr": "XmR chart",
    "p": "p chart",
    "p_prime": "p' chart (or XmR of the share)",
    "c": "c chart",
    "u": "u chart",
    "u_prime": "u' chart (or XmR of the rate)",
    "g": "g chart",
    "t": "t chart",
}


@dataclass(frozen=True)
class Choice:
    """A kind of chart, a name in `CHARTS`, why it fits, and which other kinds do as well."""

    kind: str
    because: str
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the chart is called."""
        return TITLES[self.kind]


def choose(
    dot: str,
    *,
    dots: float = 24,
    typical: float | None = None,
    same_chance: bool = True,
    in_time: bool = True,
) -> Choice:
    """Say which chart fits, from what a dot is.

    Parameters
    ----------
    dot : "value", "share", "count" or "gap" (see `DOTS`)
    dots : how many there are
    typical : of a share, out of how many as a rule; of a count, how many events a period as a rule
    same_chance : of a count, whether each period gives the same chance for an event (days open,
        people, calls)
    in_time : of a gap, whether it is counted in days (else in cases)

    Returns
    -------
    Choice

    Raises
    ------
    ChartError, DataError
        A dot of that kind is not known, or a number cannot be used.

    Examples
    --------
    >>> choose("share", typical=50).kind, choose("share", typical=40_000).kind
    ('p', 'p_prime')
    >>> choose("count", typical=6).kind, choose("count", typical=25, same_chance=False).kind
    ('c', 'u')
    >>> choose("gap").kind, choose("value", dots=8).kind
    ('t', 'run')

    Notes
    -----
    Montgomery, Statistical Quality Control (2013), chapters 6 and 7; Benneyan 2001 for g; Nelson
    1994 for t; Laney 2002 for p'. The lines of 12 dots, of 1,000 cases and of one event a period
    are ours: rules of thumb, no law.
    """
    if dot not in DOTS:
        raise ChartError(f"A dot is one of {', '.join(DOTS)}: '{dot}' is not known.")
    many = number(dots, "dots", 24, above=0)
    size = None if typical is None else number(typical, "typical", 50, above=0)
    if many < FEW:
        return Choice(
            "run", f"with fewer than {FEW} dots limits are worth little; the median is not"
        )
    if dot == "value":
        return Choice("xmr", "one value a period shows its own variation in its moving ranges")
    if dot == "share":
        return _share(size)
    if dot == "count":
        return _count(size, same_chance=same_chance)
    if in_time:
        return Choice("t", "the event is rare, so the days between are plotted; far apart is good")
    return Choice("g", "the event is rare, so the cases between are plotted; far apart is good")


def _share(size: float | None) -> Choice:
    if size is not None and size >= LARGE:
        return Choice(
            "p_prime",
            "of so many, chance alone allows hardly any variation, and everything would be a "
            "signal; limits have to come from the dots as well",
            also=("xmr",),
        )
    return Choice("p", "yes or no, out of a known number: limits follow the number of each period")


def _count(size: float | None, *, same_chance: bool) -> Choice:
    if size is not None and size < RARE:
        return Choice("t", "most periods have none, so the days between events are plotted")
    if not same_chance:
        if size is not None and size >= LARGE:
            return Choice(
                "u_prime", "chance alone is too narrow for counts so large", also=("xmr",)
            )
        return Choice("u", "the chance for an event differs, so the rate is plotted")
    return Choice("c", "events with the same chance in each period")
