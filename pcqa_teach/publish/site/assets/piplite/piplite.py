"""The two settings that JupyterLite makes."""

_PIPLITE_DISABLE_PYPI = True
_PIPLITE_URLS: list[str] = []
