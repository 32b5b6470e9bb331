"""What each kind of chart calls its points: the words that differ from kind to kind."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Nouns:
    """The words of one kind.

    Parameters
    ----------
    one : what one point is, where it is no day, week or month
    each : what each point shows, in a sentence; may name {per}, {sizes}, {weight}, {odds}, {adds}
        and {takes}
    title : what is added to a chart's title in its headline
    now, past : what the headline says of a point outside the limits, as those of `Rule`
    steady : what the headline says when nothing is unusual; may name {centre}, {limits}, {mean}
        and {counted}, a whole number with its ordinary range
    """

    one: str = ""
    each: str = ""
    title: str = ""
    now: str = ""
    past: str = ""
    steady: str = "steady, between {limits}"


_SHARE = Nouns(
    each="Each point is a share: so many out of so many.",
    steady="steady around {centre}",
)
_RATE = replace(_SHARE, each="Each point is a rate{per}: so many for so many.")  # fmt: skip
_GROUP = "a subgroup of {sizes} values"

NOUNS: dict[str, Nouns] = {
    "xmr": Nouns(),
    "run": Nouns(steady="no sign of a change around its median of {centre}"),
    "mr": Nouns(
        each="Each point is how far a value lies from the one before.",
        title=", change from point to point",
    ),
    "i_prime": replace(_RATE, each="Each point is a rate{per}: y divided by its own n."),
    "p": _SHARE,
    "np": replace(_SHARE, each="Each point is a count, out of so many.",
                  steady="steady at {counted}"),
    "p_prime": _SHARE,
    "c": Nouns(each="Each point is a count.", steady="steady at {counted}"),
    "u": _RATE,
    "u_prime": _RATE,
    "g": Nouns(
        one="event",
        each="Each point is how many cases passed between one event and the next: high means rare.",
        steady="nothing unusual around its median of {centre}",
    ),
    "t": Nouns(
        one="event",
        each="Each point is the time between one event and the next: high means rare.",
        steady="nothing unusual around its mean of {centre}",
    ),
    "xbar": Nouns(each=f"Each point is the average of {_GROUP}.", steady="steady around {centre}"),
    "s": Nouns(
        each=f"Each point is the standard deviation of {_GROUP}.",
        title=", spread within subgroups",
        steady="steady around {centre}",
    ),
    "r": Nouns(
        each=f"Each point is the range, largest less smallest, of {_GROUP}.",
        title=", range within subgroups",
        steady="steady around {centre}",
    ),
    "ewma": Nouns(
        each="Each point is a weighted average: {weight} of the newest value, the rest of the"
        " point before.",
        now="its weighted average is unusually {level} {when}",
        past="its weighted average was unusually {level} {when}",
        steady="no drift: its weighted average is between {limits}",
    ),
    "cusum": Nouns(
        each="Each point is a running total of departures from the mean, small ones forgiven: one"
        " total for high values, one for low.",
        now="its running total is unusually {level} {when}",
        past="its running total was unusually {level} {when}",
        steady="no lasting departure from its mean of {mean}",
    ),
    "bernoulli_cusum": Nouns(
        one="case",
        each="Each point is a running total of evidence that the odds are {odds} times what they"
        " were: an event adds {adds}, a case without one takes off {takes}, never below 0.",
        now="events come more often than expected {when}",
        past="events came more often than expected {when}",
        steady="no sign that events come more often than expected",
    ),
}  # fmt: skip
