"""What is left of an export once it is read, column by column, in words."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data import schema
from pcqa_teach.data.schema import Column

AS_CODE, AS_BAND = "as a code", "as a five-year band"
FROM_LIST, AS_IT_IS = "as a word from a fixed list", "as it is"
STAYS, COUNTED = "no, it stays here", "yes, counted"
_OF_THE_ROW = ("period", "count", "source")  # they say what a row is
_PUBLIC = "area"


def what_is_kept(appts: pd.DataFrame) -> pd.DataFrame:
    r"""Return what a tidy table says, how each column is kept, and whether it may go further.

    A code stands for one person, place or session, so it stays where its key is. All else may leave
    the practice once it is counted and small counts are hidden, and never row by row: our reading
    of the kit's page on data protection, not legal advice.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it

    Returns
    -------
    frame of `What it says`, `How it is kept`, `May it leave?`, a row a column.

    Examples
    --------
    >>> from pcqa_teach.data.invented import read_invented
    >>> rows = "Appointment date,Appointment status,Patient ID,NHS Number\n01/04/2025,DNA,7,999"
    >>> kept = what_is_kept(read_invented(rows, today="2025-05-01")[0])
    >>> kept[["What it says", "How it is kept"]].values.tolist()[1:]
    [['What became of the appointment', 'as a word from a fixed list'], ['Patient', 'as a code']]
    """
    columns = [schema.COLUMNS[name] for name in appts.columns if name not in _OF_THE_ROW]
    return pd.DataFrame(
        {
            "What it says": [_says(column) for column in columns],
            "How it is kept": [_how(column) for column in columns],
            "May it leave?": [COUNTED if _how(column) != AS_CODE else STAYS for column in columns],
        }
    )


def _says(column: Column) -> str:
    words = column.says.split(", as a")[0].split(", or a code")[0].removeprefix("five-year ")
    return words if words.startswith("GP") else words[:1].upper() + words[1:]


def _how(column: Column) -> str:
    if column.name == "age_band":
        return AS_BAND
    if column.name == _PUBLIC:
        return AS_IT_IS
    if column.prefix:
        return AS_CODE
    return FROM_LIST if column.labels else AS_IT_IS
