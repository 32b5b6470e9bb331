"""Contacts and the codes that people gave them, in one table."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.columns import column, table_of
from pcqa_teach.errors import DataError


def code_contacts(
    contacts: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    contact: str = "contact_id",
    coder: str = "coder_id",
    code: str = "code",
) -> pd.DataFrame:
    """Return the contacts with one column of codes a coder, named after the coder.

    Parameters
    ----------
    contacts : one row a contact
    codes : one row for each code that a coder gave a contact
    contact, coder, code : the columns' names

    Raises
    ------
    DataError
        A column is missing, a contact is listed twice, a coder coded one contact twice, or nobody
        coded any of these contacts.

    Examples
    --------
    >>> heard = pd.DataFrame({"contact_id": ["V1", "V2"], "channel": ["Telephone", "Email"]})
    >>> given_codes = pd.DataFrame(
    ...     {
    ...         "contact_id": ["V1", "V1", "V2"],
    ...         "coder_id": ["Ana", "Ben", "Ana"],
    ...         "code": ["value", "value", "failure-practice"],
    ...     }
    ... )
    >>> code_contacts(heard, given_codes)["Ana"].tolist()
    ['value', 'failure-practice']
    """
    contacts = table_of(contacts, "contacts")
    codes = table_of(codes, "codes")
    column(contacts, contact, "the contact")
    for name, what in ((contact, "the contact"), (coder, "the coder"), (code, "the code")):
        column(codes, name, what)
    if contacts[contact].duplicated().any():
        raise DataError(f"A contact is listed twice in '{contact}': keep one row for each contact.")
    if codes.duplicated([contact, coder]).any():
        raise DataError("A coder gave one contact two codes: keep the one they settled on.")
    wide = codes.set_index([contact, coder])[code].unstack()  # noqa: PD010 (a pivot averages)
    wide.columns = pd.Index([str(name) for name in wide.columns])
    if not contacts[contact].isin(wide.index).any():
        raise DataError(f"None of these contacts was coded: '{contact}' differs in the two tables.")
    if wide.columns.isin(contacts.columns).any():
        raise DataError("A coder is called like a column of the contacts: rename one of them.")
    return contacts.merge(wide, how="left", left_on=contact, right_index=True)
