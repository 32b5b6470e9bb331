"""The right appointment: whether somebody else, or another way, could have helped as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.columns import table_of
from pcqa_teach.demand import appropriateness_frames as frames
from pcqa_teach.demand import given
from pcqa_teach.demand.appropriateness_frames import RIGHT
from pcqa_teach.demand.coders import between
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement


@dataclass(frozen=True, eq=False, repr=False)
class Appropriateness(Shown):
    """A coded sample of appointments; shares are per cent of all coded appointments.

    This is the coder's view of who else could have helped. It is not failure demand.

    Parameters
    ----------
    shares : kind (right as it was; somebody else could have helped; and that part again by whether
        the service exists here), count, n, share, lower, upper
    helpers : a row a role that could have helped, most first: helper, count, here (where the
        service exists), share, lower, upper
    modes : a row a mode that would have done: mode, count, share, lower, upper; empty without modes
    coders : a row a coder: coder, n, share, lower, upper
    agreement : of two coders on whether somebody else could have helped, as `variation.agreement`
        gives it; None without a second coder
    minutes : kind, sample (minutes in the sample), week, week_lower, week_upper (missing without
        `weekly`); empty without minutes
    n, set_aside : appointments coded, and without a code
    dates : first and last day
    weekly : appointments a week that the minutes rest on; None where none were given
    """

    shares: pd.DataFrame
    helpers: pd.DataFrame
    modes: pd.DataFrame
    coders: pd.DataFrame
    agreement: Agreement | None
    minutes: pd.DataFrame
    n: int
    set_aside: int
    dates: tuple[pd.Timestamp, pd.Timestamp] | None
    weekly: float | None = None

    def row(self, kind: str) -> pd.Series:
        """Give one row of `shares`."""
        return self.shares[self.shares["kind"] == kind].iloc[0]

    @property
    def table(self) -> pd.DataFrame:
        """Shares, roles and modes; small numbers are added into one row or held back."""
        from pcqa_teach.demand.appropriateness_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import appropriateness_draw as draw
        from pcqa_teach.demand import appropriateness_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def appropriateness(
    frame: pd.DataFrame,
    helper: str = "helper",
    *,
    mode: str | None = None,
    exists: str | None = None,
    minutes: str | None = None,
    weekly: float | None = None,
    coder: str | None = None,
    second: str | None = None,
    right: str = RIGHT,
    date: str | None = None,
) -> Appropriateness:
    """Return the share of appointments in which somebody else could have helped, and who.

    share = appointments coded with another helper / coded appointments, with its 95% Wilson
    interval

    minutes freed a week = appointments a week x share x mean minutes of those appointments

    They are the clinician's minutes; whoever helps instead needs minutes too. "If that service
    existed here" is kept apart: only where it does exist can minutes be freed now.

    Parameters
    ----------
    frame : one row a coded appointment
    helper : column with `right`, or the role that could have helped (pharmacist, nurse ...); a
        blank is set aside and counted
    mode : column with `right`, or another way that would have done (telephone ...); optional
    exists : column of yes and no: does that service exist here; optional
    minutes : column with the minutes of each appointment, a blank taken to be as long as the others
        on average; optional
    weekly : appointments a week that the sample stands for; optional
    coder : column that says who coded each row, where each coded some; optional
    second : column with a second coder's `helper` for the same rows; optional
    right : the word for an appointment that was right as it was
    date : column of dates; by itself `date` or `at` is taken where there is one

    Raises
    ------
    DataError
        A column is missing, nothing is coded, `exists` holds more than yes and no, or minutes are
        no numbers.

    Examples
    --------
    Five appointments:

    >>> five = pd.DataFrame({"helper": ["right as it was"] * 3 + ["pharmacist", "nurse"]})
    >>> found = appropriateness(five).row("somebody else could have helped")
    >>> int(found["count"]), float(found["share"])
    (2, 40.0)
    >>> round(float(found["lower"]), 1), round(float(found["upper"]), 1)
    (11.8, 76.9)

    Source: the question is that of NHS Alliance and Primary Care Foundation, Making Time in General
    Practice, 2015; Wilson EB, J Am Stat Assoc 1927;22:209-12 (the interval).
    """
    table_of(frame, "appointments")
    everything = given.labels(frame, helper, "who could have helped")
    coded = np.array([one is not None for one in everything])
    if not coded.any():
        raise DataError(
            f"No appointment is coded in '{helper}': write '{right}' or a role in each."
        )
    rows, helpers = frame[coded], everything[coded]
    other = frames.could_be_other(helpers, right)
    here = frames.service_here(rows, exists)
    if weekly is not None and minutes is None:
        raise DataError("weekly needs minutes too: name the column that holds them as minutes=.")
    both = None if second is None else given.labels(frame, second, "the second coder")
    return Appropriateness(
        shares=frames.shares(other, here, exists is not None),
        helpers=frames.helpers(helpers, other, here),
        modes=frames.modes(rows, mode, right),
        coders=frames.coders(
            rows, helper, other, coder, None if both is None else both[coded], right
        ),
        agreement=between(
            frames.yes_no(everything, right),
            None if both is None else frames.yes_no(both, right),
            (helper, second),
        ),
        minutes=frames.minutes(rows, minutes, other, here, exists is not None, weekly),
        n=len(rows),
        set_aside=int((~coded).sum()),
        dates=given.dates(rows, date),
        weekly=None if weekly is None else number(weekly, "weekly", 800, above=0),
    )
