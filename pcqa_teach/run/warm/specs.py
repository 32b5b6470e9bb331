"""`python3` as the Python that we run in, warm, whatever is registered by that name."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets import Bool

from pcqa_teach.run.kernels import OURS

PROVISIONER = "pcqa-warm"  # as pyproject.toml registers it


class ThisPython(KernelSpecManager):  # type: ignore[misc]
    """Knows `python3` as this very Python, its kernels forked from the warm server."""

    warm = Bool(True, help="Whether they are forked; each is started by itself otherwise.")

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Give a kernel's specification by its name."""
        if kernel_name != OURS:
            return super().get_kernel_spec(kernel_name)
        _register()
        provisioner = PROVISIONER if self.warm else "local-provisioner"
        return KernelSpec(
            resource_dir=self._find_spec_directory(OURS) or "",
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            language="python",
            display_name="Python 3",
            metadata={"debugger": True, "kernel_provisioner": {"provisioner_name": provisioner}},
        )


def _register() -> None:
    """Let Jupyter find the provisioner even where the package is run without being installed."""
    KernelProvisionerFactory.instance().provisioners.setdefault(
        PROVISIONER,
        EntryPoint(
            PROVISIONER,
            "pcqa_teach.run.warm.provisioner:WarmProvisioner",
            KernelProvisionerFactory.GROUP_NAME,
        ),
    )
