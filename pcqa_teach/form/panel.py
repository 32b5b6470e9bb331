"""The form as it is seen: boxes to type in, tick boxes, buttons; Tab and Space are enough."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.form import fits, steps, words
from pcqa_teach.form.makers import Done, Maker, maker
from pcqa_teach.widgets.base import Words, is_live, styled
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked
from pcqa_teach.widgets.controls import words as paragraph

_WIDE = "95%"
_HOW = (
    "Three steps, from the top. Nothing leaves this computer. With the keyboard, Tab moves on and "
    "Space ticks or presses."
)
_PATH = (
    "Type where your file lies, or choose it. (In Windows: hold Shift, click the file with the "
    "right button, take 'Copy as path', and paste it here with Ctrl and V.) To compare the "
    "practices of a network, give the folder that holds a file for each."
)
_PICK = "Choose your file. It is read in this page's own memory, and goes with the page."
_ORDER = "Only if the dates above are wrong: how are dates written in the file?"
_CLOCK = "What does the telephone system's clock show? Your supplier knows."
_LINK = "color: #005eb8; text-decoration: underline"  # JupyterLab shows a link as plain text
_SINCE = "To see then and now side by side, tick an earlier report."


def show() -> None:
    """Show the form below the cell that calls this; in a page without Python, a sentence."""
    from IPython.display import display

    if not is_live():
        display(Words("This page shows a form where Python answers: open it with `pcqa form`."))
        return
    display(styled(Panel().box()))


class Panel:
    """The form's widgets, over a `Form` that knows what is allowed and a `Maker` that does it."""

    def __init__(self, make: Maker | None = None) -> None:
        import ipywidgets as w

        self.make = make or maker()
        self.form = steps.Form(desk=self.make.desk)
        self.given: list[Path] = []  # what was chosen rather than typed
        self.boxes: dict[str, Any] = {}
        self.asked: dict[str, Any] = {}
        self.earlier: dict[str, Any] = {}
        self.typed = _text("Path of your file; a second on a line of its own", w.Textarea, rows=2)
        self.mapping = _text("Path of the mapping file", w.Text)
        self.upload = w.FileUpload(
            description="Choose a file", icon="", tooltip="Opens a window to choose a file",
            accept=".csv,.txt,.tsv,.xlsx,.gz", multiple=True,
            layout=w.Layout(width="auto"),
        )  # fmt: skip
        self.chosen, self.state, self.found = w.HTML(), w.HTML(), w.HTML()
        self.progress, self.result = w.HTML(), w.HTML()
        self.dates, self.clock = one_of(steps.DATES), one_of(steps.CLOCKS)
        self.reading, self.lessons, self.questions = w.VBox(), w.VBox(), w.VBox()
        self.last = w.VBox()
        self.upload.observe(lambda _: self.take(), names="value")
        self.typed.observe(lambda _: self.type(), names="value")

    def box(self) -> Any:
        """Return the whole form."""
        import ipywidgets as w

        file = [self.typed, self.upload] if self.make.desk else [self.upload]
        return w.VBox(
            [
                paragraph(_HOW),
                _heading("1. Your file"),
                paragraph(_PATH if self.make.desk else _PICK),
                *file,
                self.chosen,
                row(button("Look at the file", "Says what is in it", self.look, main=True)),
                self.state,
                self.found,
                self.reading,
                self.lessons,
                self.questions,
                self.last,
                self.progress,
                self.result,
            ]
        )

    def take(self) -> None:
        """Take what was chosen out of the widget at once, so that no saved notebook can hold it."""
        chosen = self.upload.value
        if not chosen:
            return
        contents = [(str(one["name"]), bytes(one["content"])) for one in chosen]
        self.upload.value = ()
        self.given, self.typed.value = [], ""
        try:
            self.given = self.make.hold(contents)
        except OSError:
            self.chosen.value = said(words.NOT_HELD)
            return
        size = sum(len(content) for _, content in contents)
        many = "A file" if len(contents) == 1 else f"{len(contents)} files"
        self.chosen.value = said(f"{many} of {size / 1000:,.0f} kB chosen. Now look at it.")

    def type(self) -> None:
        """Let what is typed go before what was chosen."""
        if self.typed.value.strip():
            self.given = []
            self.chosen.value = ""

    def look(self) -> None:
        """Show what is in the file and which reports suit it."""
        self.form.choose(self.given or steps.paths(self.typed.value))
        mapped = steps.paths(self.mapping.value) if self.form.asks_mapping else []
        self.form.read_as(
            dates=ticked(self.dates) or None,
            clock=ticked(self.clock) or None,
            mapping=mapped[0] if mapped else None,
        )
        self._below()
        self.state.value = said("Looking at the file. A large one takes a minute.")
        try:
            looked = self.form.look()
        except LessonError as error:
            self.state.value = said(str(error))
        else:
            self.found.value = looked.html
            self._choices(looked.lessons)
            self.state.value = said(looked.sentence)  # when there is what it speaks of
        self._reading()

    def choose(self) -> None:
        """Show what the lesson that is ticked asks, and the button that makes the report."""
        lesson = ticked(self.boxes)
        self.progress.value = self.result.value = ""
        self.asked, self.earlier, asks, before = {}, {}, [], []
        if lesson:
            self.asked = {one.name: _ask(one) for one in fits.ASKS.get(lesson, ())}
            asks = list(self.asked.values())
            found = self.make.earlier(lesson)
            self.earlier = one_of(found) if found else {}
            before = [paragraph(_SINCE), *self.earlier.values()] if found else []
        self.questions.children = [*asks, *before]

    def report(self) -> None:
        """Make the report and say where it is, or in one sentence why there is none."""
        lesson = ticked(self.boxes)
        self.result.value = ""
        typed = {name: str(box.value) for name, box in self.asked.items()}
        try:
            if self.form.files != self._now():
                raise LessonError(steps.LOOK_FIRST)
            parameters = self.form.parameters(lesson, typed)
            self.progress.value = said("Making the report: starting.")
            done = self.make.make(
                lesson, self.form, parameters, ticked(self.earlier), self._progress
            )
        except PcqaError as error:
            sentence = words.of_error(error, self.form.files, desk=self.make.desk)
            self.progress.value = said(sentence)
        except Exception as error:  # noqa: BLE001 - a person without a command line sees no traceback
            self.progress.value = said(words.of_error(error))
        else:
            self.result.value = _links(done)
            self.progress.value = said(done.sentence)  # when there is what it speaks of

    def _now(self) -> tuple[Path, ...]:
        form = steps.Form(desk=self.make.desk)
        form.choose(self.given or steps.paths(self.typed.value))
        return form.files

    def _progress(self, number: int, total: int, heading: str) -> None:
        part = f": {heading}" if heading else ""
        self.progress.value = said(f"Making the report, part {number} of {total}{part}.")

    def _below(self) -> None:
        """Take away what belongs to a file that is looked at no more."""
        self.found.value = self.progress.value = self.result.value = ""
        self.boxes = self.asked = self.earlier = {}
        self.lessons.children = self.questions.children = self.last.children = ()

    def _reading(self) -> None:
        """Offer to say how the file is to be read: always its dates, the rest where it matters."""
        parts = [paragraph(_ORDER), *self.dates.values()]
        if self.form.asks_clock:
            parts += [paragraph(_CLOCK), *self.clock.values()]
        if self.form.asks_mapping and self.make.desk:
            parts += [self.mapping]
        again = button("Look again", "Reads the file as is ticked here", self.look)
        self.reading.children = [*parts, row(again)] if self.form.files else []

    def _choices(self, lessons: Mapping[str, str]) -> None:
        if not lessons:
            return
        self.boxes = one_of(lessons, next(iter(lessons)) if len(lessons) == 1 else None)
        for box in self.boxes.values():
            box.observe(lambda _: self.choose(), names="value")
        self.lessons.children = [_heading("2. Which report"), *self.boxes.values()]
        go = button("Make the report", "Runs the lesson on your file", self.report, main=True)
        self.last.children = [_heading("3. The report"), row(go)]
        self.choose()


def _text(label: str, kind: Any, hint: str = "", **more: Any) -> Any:
    """Return a box to type in, with its label above and for a screen reader."""
    import ipywidgets as w

    return kind(
        description=label, placeholder=hint, continuous_update=False, tooltip=label,
        style={"description_width": "initial"}, layout=w.Layout(width=_WIDE), **more,
    )  # fmt: skip


def _ask(one: fits.Ask) -> Any:
    import ipywidgets as w

    needed = "" if one.needed else ", if you know"
    return _text(f"{one.label} ({one.hint}{needed})", w.Text)


def _heading(text: str) -> Any:
    import ipywidgets as w

    return w.HTML(value=f"<h3>{html.escape(text)}</h3>")


def _links(done: Done) -> str:
    """Return the links to what was made, where it lies, and what of it may be shared."""
    links = "".join(_link(done, name, *link) for name, link in done.links.items())
    where = f"<p>The folder: <code>{html.escape(done.folder)}</code></p>" if done.folder else ""
    return f"<ul>{links}</ul>{where}<p>{html.escape(done.sharing)}</p>"


def _link(done: Done, name: str, label: str, address: str) -> str:
    how = f'download="{html.escape(name)}"' if done.saved else 'target="_blank" rel="noopener"'
    link = f'<a style="{_LINK}" {how} href="{html.escape(address)}">{html.escape(label)}</a>'
    return f"<li>{link}</li>"
