"""Every error a user can meet: one sentence with the name, what was wrong, what to do."""


class PcqaError(Exception):
    """A mistake or a lack that the user can mend; its message is written for them."""


class ReadError(PcqaError):
    """An export cannot be read."""


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
