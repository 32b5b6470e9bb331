"""What `%pip` is answered."""

from . import SENTENCE


async def get_transformed_code(_: list[str]) -> str:
    """Return code that says so."""
    return f"raise ImportError({SENTENCE!r}) from None"
