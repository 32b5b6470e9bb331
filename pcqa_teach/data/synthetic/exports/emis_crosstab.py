"""The slots as EMIS Web's aggregate report: a table of counts with a column for each clinician."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

GROUPS = ("Appointment Date", "Appointment Time", "Slot Type", "Availability")
CORNER = "Full Name of the Session Holder of the Session"
LOCATION = "Name of the Location of the Session"
MORNING, AFTERNOON = "Before 12:59", "After or At 13:00"
_NOON = 13 * 60
_PAGE = 60


def table(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the counts: a row a date, half-day, slot type and availability, a column a clinician.

    A missing value is a cell that the report leaves blank.
    """
    rows = slots[slots["status"] != "Cancelled"]
    keys = pd.DataFrame(
        {
            "day": rows["date"],
            "half": (rows["start_minute"] >= _NOON).astype(int),
            "kind": rows["slot_type"],
            "open": np.where(rows["status"] == "Available", "Available", "Booked"),
            "who": rows["role"] + " " + rows["clinician_id"].str[-2:],
        }
    )
    sizes = keys.groupby(list(keys), sort=True).size().rename("n").reset_index()
    return sizes.pivot_table("n", ["day", "half", "kind", "open"], "who", aggfunc="sum")


def _grid(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the row groups and the counts as text, every group cell filled."""
    index = counts.index.to_frame(index=False)
    groups = pd.DataFrame(
        {
            "Appointment Date": parts.dates(index["day"], "%d-%b-%Y"),
            "Appointment Time": index["half"].map({0: MORNING, 1: AFTERNOON}),
            "Slot Type": index["kind"].astype(object),
            "Availability": index["open"].astype(object),
        }
    )
    cells = {
        name: parts.by_distinct(
            counts[name].reset_index(drop=True), lambda n: f"{float(str(n)):.0f}"
        )
        for name in counts
    }
    return pd.concat([groups, pd.DataFrame(cells)], axis=1)


def once(grid: pd.DataFrame, names: tuple[str, ...] = GROUPS[:-1]) -> pd.DataFrame:
    """Return the rows with group cells left blank where they repeat the row above."""
    same = np.ones(len(grid), dtype=bool)
    out = grid.copy()
    for name in names:
        same &= (grid[name] == grid[name].shift()).to_numpy()
        out[name] = grid[name].mask(same, "")
    return out


def _lines(grid: pd.DataFrame, heads: list[str], between: list[str]) -> list[str]:
    """Return the two rows of names and the rows of counts, as lines of text."""
    corner = ["", "", "", "", CORNER, *heads]
    named = [*GROUPS, *(between or [""]), *([""] * len(heads))]
    spacer = grid[between] if between else pd.DataFrame({"": [""] * len(grid)}, index=grid.index)
    body = pd.concat([grid[list(GROUPS)], spacer, grid[heads]], axis=1)
    frame = pd.DataFrame(body.to_numpy(dtype=object))
    above = pd.DataFrame([corner, named])
    return parts.lines(pd.concat([above, frame], ignore_index=True))[1:]


def clean(slots: pd.DataFrame) -> parts.Rendered:
    """Return the report as it comes: title, two rows of names, groups printed once, UTF-8."""
    grid = once(_grid(table(slots)))
    heads = [str(name) for name in grid if name not in GROUPS]
    title = ["Riverside Road Surgery (invented practice)", "Last Run:,20-Jan-2025", ""]
    return parts.Rendered(_join([*title, *_lines(grid, heads, [])], "utf-8"))


def dirty(slots: pd.DataFrame) -> parts.Rendered:
    """Return the report with page breaks, totals, noughts, sites, full names and further faults."""
    counts = table(slots)
    grid = _grid(counts)
    n = len(grid)
    free = (grid["Availability"] == "Available").to_numpy()
    embargoed, blocked = free & parts.every(n, 5), free & parts.every(n, 5, 2)
    grid["Availability"] = (
        grid["Availability"].mask(embargoed, "Embargoed").mask(blocked, "Blocked")
    )
    pound = (grid["Slot Type"] == "Clinic").to_numpy()
    grid["Slot Type"] = grid["Slot Type"].mask(pound, "Clinic \u2013 \u00a3")
    heads = [f"INVENTED, Clinician {place:02d} (Dr)" for place in range(1, counts.shape[1] + 1)]
    grid.columns = pd.Index([*GROUPS, *heads])
    held = grid[heads]
    nought = (held == "").to_numpy() & parts.every(n, 7, 3)[:, None]
    grid[heads] = held.mask(nought, "0")
    grid["Total"] = counts.sum(axis=1).astype(int).astype(str).to_numpy()
    grid[LOCATION] = "INVENTED SITE"
    paged = once(grid)
    body = _lines(paged, [*heads, "Total"], [LOCATION])
    names, rows = body[:2], body[2:]
    out = [line for start in range(0, n, _PAGE) for line in [*names, *rows[start : start + _PAGE]]]
    breaks = -(-n // _PAGE) - 1
    sums = counts.sum().astype(int)
    total = parts.lines(
        pd.DataFrame([["Total", "", "", "", "", *(f"{k:,}" for k in sums), f"{sums.sum():,}"]])
    )[1:]
    title = ["Riverside Road Surgery (invented practice)", "Slots", "Last Run:,20-Jan-2025", ""]
    quirks = {
        "lines before the names (title, Last Run:, an empty line)": len(title),
        "both rows of names repeated after a page break": breaks,
        "totals row at the end, with thousands separators": 1,
        "row with a total at its end": n,
        "column of the place, which is not read": n,
        "slots Embargoed": int(embargoed.sum()),
        "slots Blocked": int(blocked.sum()),
        "cell with a 0 where the others are blank": int(nought.sum()),
        "slot type with a pound sign and a dash (the file is cp1252)": int(pound.sum()),
        "column named after a (invented) clinician, with a comma": len(heads),
    }
    return parts.Rendered(_join([*title, *out, *total, ""], "cp1252"), quirks)


def _join(rows: list[str], encoding: str) -> bytes:
    return (parts.CRLF.join(rows) + parts.CRLF).encode(encoding)
