"""A coach's server: formgrader stands in JupyterLab's frame, and loads nothing from elsewhere."""

c = get_config()  # noqa: F821  (traitlets puts it there)
POLICY = (
    "frame-ancestors 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "worker-src 'self' blob:"
)
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": POLICY}}
