"""Things to try out in a lesson: predict first, then reveal. Each has a static form for print."""

from pcqa_teach.widgets.base import Activity, Explained, Words, explained
from pcqa_teach.widgets.plot_the_dots import PlotTheDots, plot_the_dots

__all__ = ["Activity", "Explained", "PlotTheDots", "Words", "explained", "plot_the_dots"]
