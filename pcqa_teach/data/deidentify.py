"""Nobody's name gets further than here: codes for people and places, bands for ages.

The rule is an allow-list. Only columns that a format names are ever parsed; of those, the ones that
may name somebody become codes before a frame exists, and free text is never read at all.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from pcqa_teach.privacy import Pseudonyms, is_code

# Codes that NHS England publishes for areas: 72Q, A3A8R, QMF, Y56, E38000244. No name looks so.
_PUBLIC_AREA = re.compile(r"^(?:\d\d[A-Z]|[A-Z]\d[A-Z]\d[A-Z]|Q[A-Z0-9]{2}|Y\d\d|E\d{8})$")
_AGE = re.compile(
    r"^(\d{1,3})(?:\.\d+)?\s*(?:y|yr|yrs|year|years)?(?:\s+\d{1,2}\s*(?:m|mths?|months?))?$", re.I
)
_YOUNG = re.compile(r"^\d{1,3}\s*(?:m|mths?|months?|w|wks?|weeks?|d|days?)$", re.I)
_BAND = re.compile(r"^(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})$")
OLDEST = 120


def age_band(text: str) -> int:
    """Return the place of an age's five-year band: 0 for 0-4, 1 for 5-9, ... 18 for 90+.

    >>> [age_band(text) for text in ("3", "47", "45-49", "90+", "8 months")]
    [0, 9, 9, 18, 0]
    """
    band = _BAND.match(text)
    if band:
        low, high = int(band[1]), int(band[2])
        if low % 5 or high != low + 4:
            raise ValueError
        return min(low // 5, 18)
    if text.replace(" ", "") in ("90+", "90andover"):
        return 18
    if _YOUNG.match(text):
        return 0
    age = _AGE.match(text)
    if age is None or int(age[1]) > OLDEST:
        raise ValueError
    return min(int(age[1]) // 5, 18)


class Coder:
    """Gives names their codes, each distinct name once for all the files of one reading.

    The project's key is fetched when the first name needs it, so a table without names needs none.
    Names live in this object's memory alone, for as long as the reading takes.

    Parameters
    ----------
    project : path, optional
        The folder whose key makes the codes.
    keep : bool
        Codes that this kit has made stay as they are.
    """

    def __init__(
        self, project: str | os.PathLike[str] | None = None, *, keep: bool = False
    ) -> None:
        self._project, self._keep = project, keep
        self._pseudonyms: Pseudonyms | None = None
        self._seen: dict[str, dict[str, int]] = {}
        self._codes: dict[str, dict[str, int]] = {}

    def place(self, text: str, prefix: str) -> int:
        """Return the place of a name's code among the codes of `prefix`.

        The codes that NHS England publishes for areas stay as they are; without a prefix, so do
        numbers that only tell rows apart (they leave the reader in no form).
        """
        seen = self._seen.setdefault(prefix, {})
        place = seen.get(text)
        if place is None:
            codes = self._codes.setdefault(prefix, {})
            place = seen[text] = codes.setdefault(self._code(text, prefix), len(codes))
        return place

    def codes(self, prefix: str) -> list[str]:
        """Return the codes made so far, each at its place."""
        return list(self._codes.get(prefix, {}))

    def _code(self, text: str, prefix: str) -> str:
        if not prefix:
            return text
        if prefix == "A" and _PUBLIC_AREA.match(text.upper()):
            return text.upper()
        if self._keep and is_code(text, prefix):
            return text
        if self._pseudonyms is None:
            project = None if self._project is None else Path(self._project)
            self._pseudonyms = Pseudonyms(project)
        return self._pseudonyms.code(text, prefix)
