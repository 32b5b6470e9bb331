"""The compact failure-demand assessment: how much, caused by what, and who holds the lever."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.columns import table_of
from pcqa_teach.demand import failure_frames as frames
from pcqa_teach.demand import given
from pcqa_teach.demand.coders import between
from pcqa_teach.demand.failure_frames import CODES, LEVERS, VALUE
from pcqa_teach.demand.given import Texts
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.demand.prize import Prize
    from pcqa_teach.variation import Agreement


@dataclass(frozen=True, eq=False, repr=False)
class FailureDemand(Shown):
    """A failure-demand assessment; shares are per cent of all coded contacts.

    Parameters
    ----------
    shares : a row each for value demand, failure demand and failure demand by who holds the lever:
        kind, count, n, share, lower, upper
    causes : a row a cause, largest first: cause, lever, count, share, lower, upper; empty without
        causes
    channels : a row a channel: channel, n, failures, share, lower, upper, mix (its share of all
        contacts of the practice, where that was given); empty without channels
    coders : a row a coder: coder, n, share, lower, upper; one row without a second coder
    agreement : of two coders, as `variation.agreement` gives it; None without a second coder
    n, effective_n : contacts coded; what they are worth once they are weighted by channel
    set_aside : contacts without a code
    dates : first and last day
    """

    shares: pd.DataFrame
    causes: pd.DataFrame
    channels: pd.DataFrame
    coders: pd.DataFrame
    agreement: Agreement | None
    n: int
    effective_n: float
    set_aside: int
    dates: tuple[pd.Timestamp, pd.Timestamp] | None = field(default=None)

    @property
    def weighted(self) -> bool:
        """Whether the channels were weighted to the practice's own mix."""
        return "mix" in self.channels.columns

    def row(self, kind: str) -> pd.Series:
        """Give one row of `shares`."""
        return self.shares[self.shares["kind"] == kind].iloc[0]

    @property
    def failures(self) -> int:
        """How many contacts were failure demand."""
        return int(self.row("failure demand")["count"])

    def prize(self, *, weekly: float, minutes: Any, removable: float = 1.0) -> Prize:
        """Return the minutes a week that failure demand takes; see `pcqa_teach.demand.Prize`."""
        from pcqa_teach.demand.prize import prize

        return prize(self, weekly=weekly, minutes=minutes, removable=removable)

    def compare(self, published: Any) -> str:
        """Set the share beside a published one; refuse what is not failure demand.

        Parameters
        ----------
        published : a name from `PUBLISHED`, or its per cent

        Raises
        ------
        DataError
            The figure is about "avoidable" appointments, or is not known.
        """
        from pcqa_teach.demand.failure_words import compare

        return compare(self, published)

    @property
    def table(self) -> pd.DataFrame:
        """Causes, who holds the lever, contacts and share; small causes are added into one."""
        from pcqa_teach.demand.failure_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import failure_draw as draw
        from pcqa_teach.demand import failure_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def failure_demand(
    contacts: pd.DataFrame,
    code: str = "code",
    *,
    cause: str | None = None,
    channel: str | None = None,
    channel_mix: Any = None,
    second: str | None = None,
    date: str | None = None,
) -> FailureDemand:
    """Return the share of contacts that are failure demand, with its interval, causes and levers.

    share = failure contacts / coded contacts, with its 95% Wilson interval

    Failure demand is demand caused by a failure to do something, or to do something right, for the
    person (Seddon), judged from what the person said. With `channel_mix` each contact is weighted,
    so that channels count as they do in the practice and not as they were sampled:

    w = mix of the channel / contacts coded in it;   share = sum of w over failures / sum of w

    and the interval uses n_eff = (sum w)^2 / sum w^2 in place of n (Kish).

    Parameters
    ----------
    contacts : one row a contact
    code : column of codes: value, failure-practice, failure-system, or failure where nobody knows
        yet who holds the lever; a blank is set aside and counted
    cause : column of causes, optional
    channel : column of channels, optional
    channel_mix : contacts that the practice has in each channel, as a dict or Series; optional
    second : column with a second coder's codes, optional
    date : column of dates; by itself `date` or `at` is taken where there is one

    Raises
    ------
    DataError
        A column is missing, a code is not known, nothing is coded, or the mix does not fit.

    Examples
    --------
    Five contacts, two of them failure demand:

    >>> five = pd.DataFrame(
    ...     {"code": ["value", "failure-practice", "value", "failure-system", "value"]}
    ... )
    >>> found = failure_demand(five).row("failure demand")
    >>> int(found["count"]), float(found["share"])
    (2, 40.0)
    >>> round(float(found["lower"]), 1), round(float(found["upper"]), 1)
    (11.8, 76.9)

    Source: Seddon J, Freedom from Command and Control, 2003 (the term); Wilson EB, J Am Stat Assoc
    1927;22:209-12 (the interval); Kish L, Survey Sampling, 1965 (the effective n).
    """
    table_of(contacts, "contacts")
    codes = _codes(contacts, code)
    coded = np.array([one is not None for one in codes])
    if not coded.any():
        raise DataError(f"No contact has a code in '{code}': write {CODES} beside each.")
    channels = None if channel is None else given.labels(contacts, channel, "the channel")[coded]
    weight = frames.weights(channels, channel_mix, int(coded.sum()))
    second_codes = None if second is None else _codes(contacts, second)
    kept = codes[coded]
    failed = kept != VALUE
    lever = np.array([LEVERS.get(one) for one in kept], dtype=object)
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    return FailureDemand(
        shares=frames.shares(failed, lever, weight, effective),
        causes=frames.causes(contacts, cause, coded, lever, weight, effective),
        channels=frames.channels(channels, failed, channel_mix),
        coders=frames.coders(code, codes, second, second_codes),
        agreement=between(codes, second_codes, (code, second)),
        n=int(coded.sum()),
        effective_n=effective,
        set_aside=int((~coded).sum()),
        dates=given.dates(contacts[coded], date),
    )


def _codes(contacts: pd.DataFrame, name: str) -> Texts:
    found = given.labels(contacts, name, "the codes")
    lower = pd.Series(found, dtype="object").str.lower()
    strange = int((lower.notna() & ~lower.isin([VALUE, *LEVERS])).sum())
    if strange:
        raise DataError(
            f"Column '{name}' has {strange:,} code{'' if strange == 1 else 's'} that the kit does "
            f"not know: use {CODES}, and leave blank what nobody could tell."
        )
    return lower.where(lower.notna(), None).to_numpy(dtype=object)
