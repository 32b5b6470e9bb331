"""Every error a user can meet: one sentence with the name, what was wrong, what to do."""


class PcqaError(Exception):
    """A mistake or a lack that the user can mend; its message is written for them."""

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the sentence alone: a traceback helps nobody mend an export.

        The runner repeats a sentence only when it arrives in this shape, because any other
        exception's message may quote the data.
        """
        return [f"{type(self).__name__}: {self}"]


class ReadError(PcqaError):
    """An export cannot be read."""


class UnknownFormatError(ReadError):
    """A file is in no format that is known: somebody has to say which column is which."""


class DataError(PcqaError):
    """The data were read, but cannot answer the question."""


class ChartError(PcqaError):
    """A chart was asked for that cannot be drawn as asked."""


class LessonError(PcqaError):
    """A lesson is missing or is not what it should be."""


class RunError(PcqaError):
    """A lesson could not be run, or its report could not be saved."""


class SetupError(PcqaError):
    """Something that the command needs is lacking on this computer."""


class ClassroomError(PcqaError):
    """A class, its folder, or what was handed in is not as it must be."""
