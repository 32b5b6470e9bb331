"""Runs a notebook from top to bottom in a kernel of its own."""

from __future__ import annotations

import contextlib
import copy
import difflib
import logging
import re
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach import errors
from pcqa_teach.errors import PcqaError, RunError, SetupError
from pcqa_teach.run import notebook as notebooks
from pcqa_teach.run.kernels import NEEDS_LAB, NO_KERNEL, OURS, begin
from pcqa_teach.run.kernels import kernel as started
from pcqa_teach.run.output import DISK_FULL

if TYPE_CHECKING:
    from nbformat import NotebookNode

Progress = Callable[[int, int, str], None]
"""Called before each code cell with its number, how many there are, and its section's heading."""

Timed = Callable[[int, float], None]
"""Called after each code cell with its place in the notebook, and how many seconds it took."""

_INJECTED = "injected-parameters"  # how papermill tags the cell it adds
_OWN_ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, PcqaError)
}


@dataclass(frozen=True)
class Place:
    """Where in a lesson a cell stands, as a reader would find it: by its section's heading."""

    lesson: str
    number: int
    total: int
    heading: str

    def __str__(self) -> str:
        if self.heading:
            return f"'{self.lesson}', under '{self.heading}'"
        return f"'{self.lesson}', cell {self.number} of {self.total}"


class CellError(RunError):
    """A cell of a lesson failed: where, and with which kind of error."""

    def __init__(self, place: Place, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place
        self.kind = kind


def execute(
    notebook: NotebookNode,
    *,
    cwd: Path | str,
    parameters: Mapping[str, Any] | None = None,
    static: bool = True,
    kernel: str = OURS,
    progress: Progress | None = None,
    timed: Timed | None = None,
    environment: Mapping[str, str] | None = None,
    warm: bool = True,
) -> NotebookNode:
    """Return the notebook with its outputs; the one given stays as it was.

    Parameters
    ----------
    notebook : NotebookNode
        A notebook of format 4.
    cwd : path
        The folder that the cells run in: it must exist.
    parameters : dict, optional
        Values for names that the cell tagged `parameters` sets; any other name is an error.
    static : bool
        Whether widgets show their static states (for a page with no Python behind it).
    kernel : str
        The kernel's name; `python3` is the Python that we run in.
    progress : callable, optional
        Told of each code cell before it runs: its number, how many there are, its heading.
    timed : callable, optional
        Told of each code cell after it ran: its place in the notebook and its seconds.
    environment : dict, optional
        Environment variables for the kernel alone.
    warm : bool
        Whether `python3` is forked from a process that has imported the stack already.

    Raises
    ------
    CellError
        A cell raised an error, or its kernel died. The message carries the error's sentence when
        the error is one of ours; any other is named by its kind alone, since it may quote data.
    RunError
        A parameter is not known to the lesson, or no kernel could be started.
    """
    wanted = dict(parameters or {})
    refuse_unknown(notebook, wanted)
    if warm:
        begin()
    cells = _Cells(notebook, wanted, progress, timed)
    variables = {"PCQA_STATIC": "1" if static else "0", **(environment or {})}
    with (
        _quiet,
        started(kernel, cwd=Path(cwd), environment=variables, warm=warm) as manager,
    ):
        done = _run(cells, kernel, manager)
    return _cleaned(done, notebook)


class _Cells:
    """A copy of the notebook to run, and which of its cells is running."""

    def __init__(
        self,
        source: NotebookNode,
        parameters: dict[str, Any],
        progress: Progress | None,
        timed: Timed | None,
    ) -> None:
        self.notebook = copy.deepcopy(source)
        self.parameters = parameters
        self.codes = [place for place, cell in enumerate(source.cells) if notebooks.is_code(cell)]
        self.headings = notebooks.headings(source)
        self.title = notebooks.title(source)
        self.injected_after = notebooks.parameters_cell(source)
        self.progress = progress
        self.timed = timed
        self.now = 0
        self.began = 0.0

    def begins(self, cell: NotebookNode, cell_index: int) -> None:
        """Note which cell begins (nbclient's hook); the injected one passes for that before it."""
        if notebooks.tagged(cell, _INJECTED):
            return
        added = bool(self.parameters) and cell_index > self.injected_after
        self.now = cell_index - added
        self.began = time.perf_counter()
        if self.progress:
            number = self.codes.index(self.now) + 1
            self.progress(number, len(self.codes), self.headings[self.now])

    def ended(self, cell: NotebookNode, **_: Any) -> None:
        """Note how long a cell took (nbclient's hook); the injected one is none of ours."""
        if self.timed and not notebooks.tagged(cell, _INJECTED):
            self.timed(self.now, time.perf_counter() - self.began)

    def place(self) -> Place:
        """Return where the running cell stands."""
        return Place(self.title, self.now + 1, len(self.headings), self.headings[self.now])


def _run(cells: _Cells, name: str, manager: Any) -> NotebookNode:
    """Let papermill run the cells; put what goes wrong in a sentence that quotes nothing."""
    try:
        import papermill
        from nbclient.exceptions import DeadKernelError
        from papermill.exceptions import PapermillExecutionError
    except ImportError:
        raise SetupError(NEEDS_LAB) from None
    failed: RunError
    try:
        return papermill.execute_notebook(
            cells.notebook,
            None,
            parameters=cells.parameters or None,
            kernel_name=name,
            language="python",
            progress_bar=False,
            record_timing=False,
            on_cell_execute=cells.begins,
            on_cell_executed=cells.ended,
            km=manager,
        )
    except PapermillExecutionError as error:
        failed = _failed(cells.place(), error.ename, error.evalue, error.traceback)
    except DeadKernelError:
        failed = _died(cells.place())
    except (RuntimeError, TimeoutError):  # the kernel died, or never answered, before a cell ran
        failed = RunError(NO_KERNEL)
    raise failed


def _failed(place: Place, kind: str, message: str, traceback: list[str]) -> CellError:
    if kind in _OWN_ERRORS and list(traceback) == [f"{kind}: {message}"]:
        return CellError(place, kind, f"{message} (in {place})")
    number = re.match(r"\[Errno (\d+)\]", message) if kind == "OSError" else None
    if number and int(number.group(1)) in DISK_FULL:
        return CellError(
            place,
            kind,
            f"There is no room left on the disk: free some and run it again (in {place}).",
        )
    return CellError(
        place,
        kind,
        f"{place} stopped with a {kind} (its message is not repeated, since it may quote the "
        "data): check the export with `pcqa read`, and if that finds nothing wrong, report this "
        "line.",
    )


def _died(place: Place) -> CellError:
    return CellError(
        place,
        "DeadKernel",
        f"{place} stopped, since its Python ended without a word, most often because the computer "
        "ran out of memory: close other programs and run it again.",
    )


def refuse_unknown(notebook: NotebookNode, parameters: Mapping[str, Any]) -> None:
    """Raise a RunError for a parameter that the lesson does not have."""
    known = notebooks.parameter_names(notebook)
    unknown = [name for name in parameters if name not in known]
    if unknown:
        close = [difflib.get_close_matches(name, known, n=1, cutoff=0.75) for name in unknown]
        has = f"it has {', '.join(known)}." if known else "it has none."
        if all(close):
            has = f"did you mean {', '.join(near[0] for near in close)}?"
        title = notebooks.title(notebook)
        raise RunError(f"'{title}' has no parameter called {', '.join(unknown)}: {has}")


def _cleaned(done: NotebookNode, source: NotebookNode) -> NotebookNode:
    """Take out what papermill leaves: paths, times, the injected cell with its values."""
    done.metadata.pop("papermill", None)
    done.cells = [cell for cell in done.cells if not notebooks.tagged(cell, _INJECTED)]
    count = 0
    for cell, original in zip(done.cells, source.cells, strict=True):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "tags" not in original.metadata and not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if notebooks.is_code(cell) and cell.execution_count:
            count += 1
            cell.execution_count = count
            cell.outputs = _joined(cell.outputs)
            for output in cell.outputs:
                if "execution_count" in output:
                    output["execution_count"] = count
    return done


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed in one go, which a busy computer hands over in pieces."""
    joined: list[NotebookNode] = []
    for one in outputs:
        before = joined[-1] if joined else {}
        if one.output_type == "stream" and one.name == before.get("name"):
            before["text"] += one.text
        else:
            joined.append(one)
    return joined


class _Quiet:
    """Keeps what Jupyter's parts log and warn about off the user's screen, while any runs."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running = 0
        self.restore = contextlib.ExitStack()

    def __enter__(self) -> None:
        with self.lock:
            self.running += 1
            if self.running > 1:
                return
            self.restore.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            for name in ("papermill", "traitlets", "asyncio"):
                logger = logging.getLogger(name)
                self.restore.callback(setattr, logger, "disabled", logger.disabled)
                logger.disabled = True

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.running -= 1
            if not self.running:
                self.restore.close()


_quiet = _Quiet()
