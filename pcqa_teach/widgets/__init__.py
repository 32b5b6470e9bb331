"""Things to try out in a lesson: predict first, then reveal. Each has a static form for print."""

from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.plot_the_dots import PlotTheDots, plot_the_dots

__all__ = ["Activity", "PlotTheDots", "Words", "plot_the_dots"]
