"""The calls as two invented telephone suppliers would export them, clean and with real faults.

"Lark Voice" writes a row a call, by London's clocks; "Alder Telecom" a row a call in UTC, or a row
a quarter of an hour. Callers have numbers of the ranges that Ofcom keeps for drama: nobody's.

>>> from pcqa_teach.data import synthetic
>>> calls = synthetic.practice(days=7, list_size=900).calls
>>> rendered("lark", calls).data[:10]
b'Call start'
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

_LONDON = "Europe/London"
_LARK = {"Answered": "Answered", "Ended in menu": "IVR", "Call-back asked": "Callback requested",
         "Missed": "Abandoned"}  # fmt: skip
_ALDER = {"Answered": "CONNECTED", "Ended in menu": "ENDED IN IVR", "Call-back asked": "CALL BACK",
          "Missed": "NO ANSWER"}  # fmt: skip
WITHHELD_EVERY, OUTGOING_EVERY = 13, 9


def people(calls: pd.DataFrame) -> pd.Series:
    """Return the number of the person behind each call: who rings again is one of those before."""
    place = {name: spot for spot, name in enumerate(calls["call_id"])}
    first = np.arange(len(calls))
    origin = calls["redial_of"].map(place).to_numpy(dtype=np.float64, na_value=np.nan)
    for spot in np.flatnonzero(~np.isnan(origin)):  # an origin always stands before its redial
        first[spot] = first[int(origin[spot])]
    return pd.Series(first, index=calls.index)


def numbers(calls: pd.DataFrame) -> pd.Series:
    """Return an invented number for each caller; on one day no two people have the same."""
    person = people(calls)
    start = calls["start"].dt.normalize()
    rank = person.groupby(start).transform(lambda those: pd.factorize(those)[0])
    return rank.map(_number)


def withheld(calls: pd.DataFrame) -> np.ndarray:
    """Return which calls come from a withheld number, by the person who makes them."""
    return np.asarray(people(calls) % WITHHELD_EVERY == 5)


def _number(place: int) -> str:
    if place < 1000:
        return f"07700 900{place:03d}"
    if place < 2000:
        return f"020 7946 0{place - 1000:03d}"
    return f"01632 960{place % 1000:03d}"


def _mmss(values: pd.Series) -> pd.Series:
    return parts.by_distinct(values, lambda s: f"{int(float(str(s))) // 60:02d}:"
                             f"{int(float(str(s))) % 60:02d}")  # fmt: skip


def _hms(values: pd.Series) -> pd.Series:
    return parts.by_distinct(values, lambda s: f"{int(float(str(s))) // 3600}:"
                             f"{int(float(str(s))) // 60 % 60:02d}:"
                             f"{int(float(str(s))) % 60:02d}")  # fmt: skip


def _words(values: pd.Series) -> pd.Series:
    return parts.by_distinct(values, lambda s: f"{int(float(str(s))) // 60}m "
                             f"{int(float(str(s))) % 60}s")  # fmt: skip


def _lark(calls: pd.DataFrame) -> pd.DataFrame:
    caller = numbers(calls).mask(pd.Series(withheld(calls), index=calls.index), "Withheld")
    return pd.DataFrame(
        {
            "Call start": calls["start"].dt.strftime("%d/%m/%Y %H:%M:%S"),
            "Direction": "Inbound",
            "Caller number": caller,
            "Queue": np.where(parts.every(len(calls), 5), "Results line", "Main line"),
            "Call result": calls["outcome"].map(_LARK),
            "Wait time": _mmss(calls["queue_s"]),
            "Talk time": _hms(calls["handled_s"].astype("Float64")),
        }
    ).reset_index(drop=True)


def _in_utc(start: pd.Series) -> pd.Series:
    local = start.dt.tz_localize(_LONDON, ambiguous=False, nonexistent="shift_forward")
    utc: pd.Series = local.dt.tz_convert("UTC").dt.tz_localize(None)
    return utc


def _alder(calls: pd.DataFrame) -> pd.DataFrame:
    caller = numbers(calls).str.replace(" ", "").str.replace("^0", "+44", regex=True)
    return pd.DataFrame(
        {
            "Interaction ID": [f"int-{n:07d}" for n in range(len(calls))],
            "StartTimeUtc": _in_utc(calls["start"]).dt.strftime("%Y-%m-%d %H:%M:%S"),
            "From": caller.mask(pd.Series(withheld(calls), index=calls.index), "anonymous"),
            "Disposition": calls["outcome"].map(_ALDER),
            "Queue duration (seconds)": calls["queue_s"],
            "Talk duration (seconds)": calls["handled_s"].astype("string").fillna("0"),
        }
    ).reset_index(drop=True)


def counts(calls: pd.DataFrame, minutes: int = 15) -> pd.DataFrame:
    """Return the calls counted by stretches of a day, as a log of counts has them."""
    start = calls["start"].dt.floor(f"{minutes}min")
    by = pd.crosstab(start, calls["outcome"]).reindex(columns=list(_LARK), fill_value=0)
    wait = calls[calls["outcome"] == "Answered"].groupby(start)["queue_s"].mean()
    begin = pd.DatetimeIndex(by.index)
    end = begin + pd.Timedelta(minutes=minutes)
    table = pd.DataFrame(
        {
            "Date": begin.strftime("%d/%m/%Y"),
            "Interval": begin.strftime("%H:%M") + " - " + end.strftime("%H:%M"),
            "Calls offered": by.sum(axis=1).to_numpy(),
            "Calls answered": by["Answered"].to_numpy(),
            "Calls abandoned": by["Missed"].to_numpy(),
            "Ended in IVR": by["Ended in menu"].to_numpy(),
            "Callbacks requested": by["Call-back asked"].to_numpy(),
            "Average wait (secs)": wait.reindex(by.index).round(1).to_numpy(),
        }
    )
    return table.reset_index(drop=True)


def _clean(table: pd.DataFrame) -> parts.Rendered:
    return parts.Rendered((parts.CRLF.join(parts.lines(table)) + parts.CRLF).encode())


def _with_outgoing(table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the log with calls that the practice makes among those that come in."""
    out = table[parts.every(len(table), OUTGOING_EVERY, 2)].assign(
        Direction="Outbound", **{"Call result": "Answered", "Wait time": "00:00"}
    )
    return pd.concat([table, out]).sort_index(kind="stable").reset_index(drop=True), len(out)


def _dirty_lark(calls: pd.DataFrame) -> parts.Rendered:
    table, outgoing = _with_outgoing(_lark(calls))
    n = len(table)
    inbound = (table["Direction"] == "Inbound").to_numpy()
    odd = inbound & parts.every(n, 211, 7)
    table["Call result"] = table["Call result"].mask(odd, "Pipped")
    no_time = inbound & parts.every(n, 307, 3) & ~odd
    table["Call start"] = table["Call start"].mask(no_time, "")
    plain = parts.every(n, 3)
    seconds = table["Wait time"].map(lambda text: str(60 * int(text[:-3]) + int(text[-2:])) + "s")
    table["Wait time"] = table["Wait time"].mask(plain, seconds)
    intl = parts.every(n, 2) & table["Caller number"].str.startswith("0").to_numpy()
    plus = "+44 (0)" + table["Caller number"].str[1:]
    table["Caller number"] = table["Caller number"].mask(intl, plus)
    people = parts.invented_people(table[["Caller number"]])
    table = pd.concat([table, people.rename(columns={"Patient Name": "Caller name"})], axis=1)
    body, breaks = parts.page_breaks(parts.lines(table, ";"))
    preamble = ["Lark Voice (invented supplier)", "Calls report;Riverside Road"]
    text = parts.CRLF.join([*preamble, *body, f"Total;;;;;{n}"]) + parts.CRLF
    return parts.Rendered(
        text.encode("cp1252"),
        {
            "lines before the header": len(preamble),
            "header repeated after a page break": breaks,
            "totals row at the end": 1,
            "outgoing call": outgoing,
            "word for an outcome that no list knows": int(odd.sum()),
            "no time": int(no_time.sum()),
        },
    )


def _dirty_alder(calls: pd.DataFrame) -> parts.Rendered:
    table = _alder(calls)
    answered = (table["Disposition"] == "CONNECTED").to_numpy()
    legged = answered & parts.every(len(table), 17)
    to_menu = table[legged].assign(
        **{"Disposition": "ENDED IN IVR", "Queue duration (seconds)": 0,
           "Talk duration (seconds)": "0"}
    )  # fmt: skip
    whole = pd.concat([to_menu, table]).sort_index(kind="stable").reset_index(drop=True)
    whole["Notes"] = "INVENTED PATIENT rang about a result"
    text = "\n".join(parts.lines(whole, "\t")) + "\n"
    quirks = {"call in two legs": int(legged.sum())}
    return parts.Rendered(b"\xff\xfe" + text.encode("utf-16-le"), quirks)


def _dirty_counts(calls: pd.DataFrame) -> parts.Rendered:
    table = counts(calls).astype(object)
    hidden = parts.every(len(table), 40, 6)
    table["Calls offered"] = table["Calls offered"].map(lambda n: f"{n:,}.0")
    table["Average wait (secs)"] = table["Average wait (secs)"].mask(hidden, "n/a")
    rows = ["Alder Telecom (invented supplier)", "", *parts.lines(table)]
    total = f"Total,,{len(calls)},,,,,"
    text = parts.CRLF.join([*rows, total]) + parts.CRLF
    return parts.Rendered(text.encode("utf-8-sig"), {"lines before the header": 2,
                                                     "totals row at the end": 1})  # fmt: skip


_KINDS: dict[str, tuple[Callable[..., parts.Rendered], Callable[..., parts.Rendered]]] = {
    "lark": (lambda calls: _clean(_lark(calls)), _dirty_lark),
    "alder": (lambda calls: _clean(_alder(calls)), _dirty_alder),
    "alder_counts": (lambda calls: _clean(counts(calls)), _dirty_counts),
}


def rendered(kind: str, calls: pd.DataFrame, dirty: bool = False) -> parts.Rendered:
    """Return a log of one kind (lark, alder, alder_counts) and the count of rows with each fault.

    Parameters
    ----------
    kind : str
    calls : DataFrame
        The `calls` of an invented practice, or any number of its rows.
    dirty : bool
    """
    return _KINDS[kind][1 if dirty else 0](calls.reset_index(drop=True))
