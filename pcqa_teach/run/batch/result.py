"""What a batch came to, in words and for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.sayings import and_list, counted


@dataclass(frozen=True)
class Batch:
    """What a batch came to.

    Parameters
    ----------
    folder : where it lies
    reports : how many practices have a report
    before : how many of them had it already
    failed : practices without one, and why
    twins : labels of practices whose files hold the very same data
    left_over : labels of reports whose files are no longer among the exports
    without_size : labels of practices that the table of list sizes does not name
    passed_over : how many things in the folder of exports are no export
    """

    folder: Path
    reports: int
    before: int
    failed: Mapping[str, str]
    twins: Sequence[Sequence[str]] = ()
    left_over: Sequence[str] = ()
    without_size: Sequence[str] = ()
    passed_over: int = 0

    def sentences(self) -> list[str]:
        """Say it."""
        went_on = f" ({self.before} of them from before)" if self.before else ""
        said = [f"{counted(self.reports, 'report')}{went_on}: open {self.folder / 'index.html'}"]
        said += self.remarks()
        said += [f"No report for {label}: {why}" for label, why in self.failed.items()]
        if self.failed:
            said.append(
                "Mend or take away those files, and type the same line again: the rest stays."
            )
        said.append(
            "private/which-is-which.csv says whose file has which label: take the folder 'private'"
            " out before you pass anything on."
        )
        return said

    def remarks(self) -> list[str]:
        """Say what a reader of the results ought to know."""
        said = [
            f"{and_list(list(each))} hold the very same data, and all are counted: take away all"
            " but one and type the same line again."
            for each in self.twins
        ]
        if self.without_size:
            whose = "its report has" if len(self.without_size) == 1 else "their reports have"
            said.append(
                f"No list size was given for {_few(self.without_size)}: {whose} nothing per 1,000"
                " patients."
            )
        if self.left_over:
            what = "a report" if len(self.left_over) == 1 else "reports"
            said.append(
                f"There is {what} from before for {_few(self.left_over)}, of a file that is gone or"
                " has changed: kept in 'reports', and not counted."
            )
        if self.passed_over:
            what = "thing" if self.passed_over == 1 else "things"
            said.append(
                f"{self.passed_over} other {what} in the folder of exports (folders, or files of"
                " another kind) were passed over."
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Give it for another program."""
        return {
            "folder": str(self.folder),
            "reports": self.reports,
            "before": self.before,
            "failed": dict(sorted(self.failed.items())),
            "same_data": [list(each) for each in self.twins],
            "left_over": list(self.left_over),
            "without_list_size": list(self.without_size),
            "passed_over": self.passed_over,
        }


def _few(labels: Sequence[str], most: int = 6) -> str:
    """Name a few practices, and count the rest.

    >>> _few(["G1", "G2"]), _few(["G1", "G2", "G3"], most=2)
    ('G1 and G2', 'G1, G2 and 1 more')
    """
    if len(labels) <= most:
        return and_list(list(labels))
    return and_list([*labels[:most], f"{len(labels) - most} more"])
