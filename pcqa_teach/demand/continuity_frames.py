"""The sums behind continuity: one pass over the visits, no loop over people or doctors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.columns import column
from pcqa_teach.demand.given import Codes, Texts
from pcqa_teach.demand.ratios import Z95, share_of_people

UPC, BB, SLICC, OPR = "UPC", "Bice-Boxerman", "SLICC", "OPR"
MEASURES = {
    UPC: "any clinician, mean over people",
    BB: "any clinician, mean over people",
    SLICC: "own GP, share of visits",
    OPR: "own GP, share of visits",
}


@dataclass(frozen=True)
class Visits:
    """Visits as numbers: who came, to which doctor, and which doctor is their own (-1: none)."""

    who: Codes
    many: int
    doctor: Codes
    usual: Codes
    names: pd.Index
    weight: Floats

    @classmethod
    def of(
        cls, who: Codes, many: int, doctors: Texts, usual: Texts | None, weight: Floats
    ) -> Visits:
        """Give doctors and usual GPs numbers from one list."""
        own = np.full(len(doctors), None, dtype=object) if usual is None else usual
        codes, names = pd.factorize(np.concatenate([doctors, own]))
        doctor, mine = codes[: len(doctors)], codes[len(doctors) :]
        return cls(who, many, doctor, mine, pd.Index(names), weight)

    @property
    def mine(self) -> Bools:
        """Which visits were with the person's own GP."""
        return np.asarray(self.doctor == self.usual, dtype=bool)

    @property
    def holders(self) -> Bools:
        """Which doctors hold a list: they are somebody's usual GP."""
        return np.bincount(self.usual[self.usual >= 0], minlength=len(self.names)) > 0

    def sum(self, code: Codes, mask: Bools) -> Floats:
        """Add up the visits of each doctor's number among the rows of `mask`."""
        return np.bincount(code[mask], self.weight[mask], len(self.names)).astype("float64")

    def per_person(self, mask: Bools) -> Floats:
        """Add up the visits of each person among the rows of `mask`."""
        return np.bincount(self.who[mask], self.weight[mask], self.many).astype("float64")

    def people(self, names: pd.Index) -> pd.DataFrame:
        """Return each person's visits, doctors, UPC and Bice-Boxerman."""
        pair, place = np.unique(self.who * len(self.names) + self.doctor, return_inverse=True)
        times = np.bincount(place, self.weight)
        person = pair // len(self.names)
        visits = np.bincount(person, times, self.many)
        squares = np.bincount(person, times**2, self.many)
        doctors = np.bincount(person[times > 0], minlength=self.many)
        most = np.zeros(self.many)
        np.maximum.at(most, person, times)
        upc, bb = np.full(self.many, np.nan), np.full(self.many, np.nan)
        able = visits >= 2
        np.divide(most, visits, out=upc, where=able)
        np.divide(squares - visits, visits * (visits - 1), out=bb, where=able)
        frame = pd.DataFrame(
            {"visits": visits, "doctors": doctors, "most": most, "upc": upc, "bb": bb}, index=names
        )
        return frame[frame["visits"] > 0]


def whole_frame(visits: Visits, people: pd.DataFrame) -> pd.DataFrame:
    """Return each measure for everybody."""
    rows = [_mean(UPC, people["upc"], people), _mean(BB, people["bb"], people)]
    if visits.holders.any():
        listed = visits.usual >= 0
        rows.append(_ratio(SLICC, visits, listed, visits.mine))
        by_holder = visits.holders[visits.doctor]
        rows.append(_ratio(OPR, visits, by_holder, visits.mine & by_holder))
    return pd.DataFrame(rows)


def _mean(name: str, values: pd.Series, people: pd.DataFrame) -> dict[str, object]:
    known = values.dropna()
    mean = float(known.mean()) if len(known) else np.nan
    error = float(known.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else np.nan
    return {
        "measure": name,
        "value": 100 * mean,
        "lower": 100 * max(mean - Z95 * error, 0.0),
        "upper": 100 * min(mean + Z95 * error, 1.0),
        "people": len(known),
        "visits": int(people["visits"].to_numpy()[values.notna().to_numpy()].sum()),
    }


def _ratio(name: str, visits: Visits, of: Bools, part: Bools) -> dict[str, object]:
    whole, own = visits.per_person(of), visits.per_person(part)
    here = whole > 0
    zero = np.zeros(int(here.sum()), dtype=np.intp)
    value, low, high = share_of_people(own[here], whole[here], zero, 1)
    return {
        "measure": name,
        "value": 100 * float(value[0]),
        "lower": 100 * float(np.clip(low[0], 0, 1)),
        "upper": 100 * float(np.clip(high[0], 0, 1)),
        "people": int(here.sum()),
        "visits": int(whole.sum()),
    }


def lists_frame(visits: Visits) -> pd.DataFrame:
    """Return each list-holding GP's SLICC and own-patient ratio."""
    holders = np.flatnonzero(visits.holders)
    everything = np.ones(len(visits.who), dtype=bool)
    listed = visits.usual >= 0
    pair = np.unique(visits.who[listed] * len(visits.names) + visits.usual[listed])
    people = np.bincount(pair % len(visits.names), minlength=len(visits.names))[holders]
    of_list = visits.sum(visits.usual, listed)[holders]
    own = visits.sum(visits.usual, listed & visits.mine)[holders]
    gave = visits.sum(visits.doctor, everything)[holders]
    ratio = np.full(len(holders), np.nan)
    np.divide(100 * own, gave, out=ratio, where=gave > 0)
    return pd.DataFrame(
        {
            "usual": visits.names[holders],
            "people": people,
            "list_visits": of_list.astype("int64"),
            "own_visits": own.astype("int64"),
            "slicc": 100 * own / of_list,
            "given_visits": gave.astype("int64"),
            "opr": ratio,
        }
    )


def groups_frame(
    rows: pd.DataFrame, visits: Visits, people: pd.DataFrame, splits: Sequence[str]
) -> pd.DataFrame:
    """Return the measures of each group of each split, in the split's own order."""
    columns = ["split", "group", "people", "visits", "people_twice", "upc", "bb"]
    columns += ["people_listed", "slicc", "slicc_lower", "slicc_upper"]
    parts = [_split(rows, visits, people, split) for split in splits]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _split(rows: pd.DataFrame, visits: Visits, people: pd.DataFrame, split: str) -> pd.DataFrame:
    taken = column(rows, split, "the groups").astype("category")
    taken = taken.cat.remove_unused_categories()
    code = taken.cat.codes.to_numpy().astype(np.intp)
    group = np.full(visits.many, -1, dtype=np.intp)
    group[visits.who[code >= 0]] = code[code >= 0]  # the last row of each person stands
    names = [str(one) for one in taken.cat.categories]
    present = np.bincount(visits.who, visits.weight, visits.many) > 0
    known = group[present]
    placed = known >= 0
    inside, many = known[placed], len(names)
    listed = visits.per_person(visits.usual >= 0)[present][placed]
    own = visits.per_person((visits.usual >= 0) & visits.mine)[present][placed]
    ratio, low, high = share_of_people(
        own[listed > 0], listed[listed > 0], inside[listed > 0], many
    )
    person = people[placed]
    means = person.groupby(inside)[["upc", "bb"]].mean().reindex(range(many))
    frame = pd.DataFrame(
        {
            "split": split,
            "group": names,
            "people": np.bincount(inside, minlength=many),
            "visits": np.bincount(inside, person["visits"].to_numpy(), many).astype("int64"),
            "people_twice": np.bincount(inside[(person["visits"] >= 2).to_numpy()], minlength=many),
            "people_listed": np.bincount(inside[listed > 0], minlength=many),
            "upc": 100 * means["upc"].to_numpy(),
            "bb": 100 * means["bb"].to_numpy(),
            "slicc": 100 * ratio,
            "slicc_lower": 100 * np.clip(low, 0, 1),
            "slicc_upper": 100 * np.clip(high, 0, 1),
        }
    )
    return frame[frame["people"] > 0]
