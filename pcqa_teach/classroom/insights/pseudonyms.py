"""Made-up names for participants, the same from page to page and in this class alone."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterable, Iterator

from pcqa_teach.classroom import private
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.errors import ClassroomError

_FIRST = (
    *("Amber", "Autumn", "Azure", "Bright", "Brisk", "Bronze", "Calm", "Cheerful", "Clear"),
    *("Copper", "Coral", "Crimson", "Early", "Emerald", "Gentle", "Golden", "Green", "Hazel"),
    *("Indigo", "Ivory", "Jade", "Kind", "Lively", "Lucky", "Merry", "Misty", "Northern"),
    *("Olive", "Patient", "Pearl", "Purple", "Quick", "Quiet", "Rosy", "Sandy", "Scarlet"),
    *("Silver", "Spring", "Steady", "Summer", "Sunny", "Teal", "Velvet", "Violet", "Warm"),
    *("Western", "Winter", "Wise"),
)
_SECOND = (
    *("Acorn", "Badger", "Beech", "Birch", "Blackbird", "Bramble", "Brook", "Cedar", "Chaffinch"),
    *("Clover", "Curlew", "Dormouse", "Dove", "Elder", "Falcon", "Fern", "Finch", "Foxglove"),
    *("Goldfinch", "Hare", "Hawthorn", "Heather", "Hedgehog", "Heron", "Ivy", "Kestrel"),
    *("Kingfisher", "Lapwing", "Larch", "Lark", "Linnet", "Maple", "Marten", "Meadow", "Nightjar"),
    *("Oak", "Orchard", "Osprey", "Otter", "Plover", "Poplar", "Primrose", "Puffin", "Robin"),
    *("Rowan", "Skylark", "Sparrow", "Starling", "Swallow", "Swift", "Thistle", "Willow"),
)
_PARTS = ".pcqa"
_FILE = "pseudonyms.json"


class Names:
    """The made-up names of a class, each drawn by lot once and then kept.

    The list of who is called what lies in the class folder, for its owner's eyes alone. Whoever
    sees a page and not the list cannot work out a code from a name.
    """

    def __init__(self, course: ClassFolder) -> None:
        self._path = course.part(_PARTS, _FILE)

    def of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the made-up name of each code; who has none yet is given one."""
        wanted = sorted(set(codes))
        with self._held():
            known = self._read()
            new = [code for code in wanted if code not in known]
            if new:
                used = set(known.values())
                for code in new:
                    known[code] = _drawn(used)
                    used.add(known[code])
                self._keep(known)
        return {code: known[code] for code in wanted}

    def forget(self, codes: Iterable[str]) -> int:
        """Take the codes off the list; say how many stood there."""
        if not self._path.is_file():
            return 0
        with self._held():
            known = self._read()
            gone = [code for code in set(codes) if known.pop(code, None) is not None]
            if gone:
                self._keep(known)
        return len(gone)

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """Let one page at a time give names."""
        from filelock import FileLock

        private.folder(self._path.parent)
        with FileLock(self._path.with_name(f".{_FILE}.lock"), timeout=30):
            yield

    def _read(self) -> dict[str, str]:
        if not self._path.is_file():
            return {}
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(code): str(name) for code, name in known.items()}
        except (OSError, ValueError, AttributeError):
            raise ClassroomError(
                f"The list of made-up names '{_PARTS}/{_FILE}' is damaged: put back your copy of "
                "it, or delete it (people are then given other names)."
            ) from None

    def _keep(self, known: dict[str, str]) -> None:
        with private.file(self._path) as draft:
            draft.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _drawn(used: set[str]) -> str:
    """Draw a name that nobody has; a number tells the rounds apart once all are given."""
    lap = len(used) // (len(_FIRST) * len(_SECOND)) + 1
    for _ in range(200):
        name = f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)}"
        name = name if lap == 1 else f"{name} {lap}"
        if name not in used:
            return name
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)} {len(used) + 1}"
