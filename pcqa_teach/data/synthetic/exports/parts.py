"""What the renderings share: dates as each system writes them, and the faults of real files."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

CRLF = "\r\n"
PAGE = 1500
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
MIXED = ("%d-%b-%y", "%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d")


@dataclass(frozen=True)
class Rendered:
    """A file as a practice would bring it, and how many rows carry each fault."""

    data: bytes
    quirks: dict[str, int] = field(default_factory=dict)


def by_distinct(values: pd.Series, write: Callable[[object], str], missing: str = "") -> pd.Series:
    """Write each distinct value once; a million rows of a few hundred days cost little.

    Examples
    --------
    >>> by_distinct(pd.Series([3, 3, None]), lambda v: f"{v:.0f}m").tolist()
    ['3m', '3m', '']
    """
    number, distinct = pd.factorize(values)
    lookup = np.array([*(write(value) for value in distinct), missing], dtype=object)
    return pd.Series(lookup[number], index=values.index, dtype=object)


def dates(values: pd.Series, form: str) -> pd.Series:
    """Write dates in one form, whatever the computer's language.

    Examples
    --------
    >>> dates(pd.Series(pd.to_datetime(["2025-04-01"])), "%d-%b-%y").tolist()
    ['01-Apr-25']
    """
    return by_distinct(values, lambda day: _english(pd.Timestamp(str(day)), form))


def _english(day: pd.Timestamp, form: str) -> str:
    month = _MONTHS[3 * day.month - 3 : 3 * day.month]
    return day.strftime(form.replace("%b", month))


def mixed_dates(values: pd.Series, forms: Sequence[str] = MIXED) -> pd.Series:
    """Write dates in several forms, changing from one stretch of rows to the next."""
    stretch = np.arange(len(values)) // 97 % len(forms)
    written = [dates(values, form).to_numpy() for form in forms]
    return pd.Series(np.choose(stretch, written), index=values.index, dtype=object)


def clock(minutes: pd.Series) -> pd.Series:
    """Write minutes after midnight as ``HH:MM``.

    Examples
    --------
    >>> clock(pd.Series([510, None], dtype="Int16")).tolist()
    ['08:30', '']
    """
    return by_distinct(
        minutes, lambda m: f"{int(float(str(m))) // 60:02d}:{int(float(str(m))) % 60:02d}"
    )


def duration(minutes: pd.Series) -> pd.Series:
    """Write minutes as SystmOne does: ``15m``, ``1h 30m``, ``3d 2h 5m``.

    Examples
    --------
    >>> duration(pd.Series([15, 90, 4445])).tolist()
    ['15m', '1h 30m', '3d 2h 5m']
    """
    return by_distinct(minutes, _duration)


def _duration(value: object) -> str:
    total = int(float(str(value)))
    parts = ((total // 1440, "d"), (total // 60 % 24, "h"), (total % 60, "m"))
    return " ".join(f"{n}{unit}" for n, unit in parts if n) or "0m"


def lines(frame: pd.DataFrame, sep: str = ",") -> list[str]:
    """Return the header and the rows as text lines, quoted where needed."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, sep=sep, lineterminator="\n")
    return buffer.getvalue().splitlines()


def page_breaks(rows: list[str], page: int = PAGE) -> tuple[list[str], int]:
    """Repeat the header after every ``page`` rows; return the lines and how many were added.

    Examples
    --------
    >>> page_breaks(["h", "1", "2", "3"], page=2)
    (['h', '1', '2', 'h', '3'], 1)
    """
    header, body = rows[0], rows[1:]
    paged: list[str] = []
    for start in range(0, max(len(body), 1), page):
        paged += [header, *body[start : start + page]]
    return paged, max(0, -(-len(body) // page) - 1)


def every(n: int, step: int, offset: int = 0) -> np.ndarray:
    """Return True at ``offset``, ``offset + step``, ...

    Examples
    --------
    >>> every(5, 2, 1).tolist()
    [False, True, False, True, False]
    """
    return np.asarray(np.arange(n) % step == offset)


def invented_people(frame: pd.DataFrame) -> pd.DataFrame:
    """Return columns that a report should not hold, filled so that nobody could be meant.

    The NHS numbers start with 999 (the range kept for tests) and all fail their check digit.
    """
    number = pd.Series(pd.factorize(frame.iloc[:, 0])[0] + 1, index=frame.index)
    return pd.DataFrame(
        {
            "Patient Name": by_distinct(number, lambda n: f"INVENTED PATIENT {n:05d}"),
            "NHS Number": by_distinct(number, lambda n: wrong_nhs_number(int(str(n)))),
        }
    )


def wrong_nhs_number(n: int) -> str:
    """Return a ten-digit number of the test range whose check digit is wrong.

    Examples
    --------
    >>> wrong_nhs_number(1)
    '999 000 0019'
    """
    digits = f"999{n:06d}"[:9]
    total = sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    text = f"{digits}{(check + 1) % 10}"
    return f"{text[:3]} {text[3:6]} {text[6:]}"
