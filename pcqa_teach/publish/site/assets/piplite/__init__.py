"""In the place of JupyterLite's installer: the lab holds all that a lesson needs."""

SENTENCE = "Nothing can be installed here: all that a lesson needs is in the lab already."


async def install(*_: object, **__: object) -> None:
    """Refuse, in a sentence."""
    raise ImportError(SENTENCE)
