"""How many patients each practice has: from a table of practice codes and list sizes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import RunError

if TYPE_CHECKING:
    import pandas as pd

_CODE = ("code", "practice_code", "gp_practice_code", "org_code", "ods_code", "ods", "practice")
_SIZE = ("number_of_patients", "list_size", "registered_patients", "patients", "registered")
_ALL = {"sex": {"all"}, "age": {"all"}}  # NHS England's files also hold parts of each list


def sizes(path: Path | str) -> dict[str, int]:
    r"""Read each practice's list size: `{"G85001": 9450, ...}`.

    It takes NHS England's *Patients Registered at a GP Practice* (the file of totals) as it is
    published, and any CSV with a column of practice codes and one of numbers.

    Parameters
    ----------
    path : path
        A CSV; its headings may be `code` and `number_of_patients`, or `practice` and `list_size`.

    Raises
    ------
    RunError
        There is no such file, or no such columns; a list size is no whole number above nought; a
        practice stands there twice with different numbers.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "lists.csv"
    >>> _ = file.write_text("practice,list_size\nG85001,9450\nG85002,12100\n")
    >>> sizes(file)
    {'G85001': 9450, 'G85002': 12100}

    References
    ----------
    NHS England, Patients Registered at a GP Practice (monthly), which names the columns `CODE`
    and `NUMBER_OF_PATIENTS`.
    """
    table = _read(Path(path))
    code, size = _column(table, _CODE, "practice codes"), _column(table, _SIZE, "list sizes")
    for name, all_of in _ALL.items():
        if name in table:
            table = table[table[name].str.lower().isin(all_of)]
    found: dict[str, int] = {}
    for raw, number in zip(table[code], table[size], strict=True):
        practice, patients = raw.strip().upper(), re.sub(r"[,\s]", "", number)
        if not practice:
            continue
        if not re.fullmatch(r"[1-9]\d{0,6}", patients):
            raise RunError(
                f"The list size of {practice} in '{Path(path).name}' is no whole number above"
                " nought: mend it, or take the row out."
            )
        if found.setdefault(practice, int(patients)) != int(patients):
            raise RunError(
                f"{practice} stands in '{Path(path).name}' twice with different list sizes: keep"
                " the row of one month, all ages and both sexes."
            )
    return found


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding_errors="replace")
    except FileNotFoundError:
        raise RunError(f"There is no file '{path.name}' where you say: check the path.") from None
    except (OSError, ValueError):
        raise RunError(f"'{path.name}' cannot be read as a CSV: save it as one.") from None
    table.columns = [re.sub(r"\W+", "_", str(name).strip("\ufeff ").lower()) for name in table]
    return table


def _column(table: pd.DataFrame, names: tuple[str, ...], what: str) -> str:
    for name in names:
        if name in table:
            return name
    raise RunError(
        f"There is no column of {what} in the table of list sizes: call it '{names[0]}'."
    )
