"""The code under which a participant's work goes about: fit for a file name, and nobody's name."""

from __future__ import annotations

import re

from pcqa_teach.errors import SetupError

_CODE = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_LONGEST = 32


def check_code(code: str) -> str:
    """Return the code without outer spaces if it is fit for a file name and names nobody.

    >>> check_code(" coach-7 ")
    'coach-7'

    Raises
    ------
    SetupError
        It is too long, has other characters, or looks like an NHS number. The message never
        repeats it.
    """
    code = code.strip()
    if re.search(r"\d{10}", re.sub(r"[-_\s]", "", code)):
        raise SetupError("That looks like an NHS number: choose a code that is not about anybody.")
    if len(code) > _LONGEST or not _CODE.fullmatch(code):
        raise SetupError(
            f"A code has up to {_LONGEST} letters and digits, with single - or _ between them: "
            "choose one like 'coach-7' or 'blue-kettle'."
        )
    return code
