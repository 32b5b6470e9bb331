"""For whoever writes a lesson: a skeleton to begin with, and whether it is done."""

from pcqa_teach.authoring.check import Finding, check
from pcqa_teach.authoring.new import new

__all__ = ["Finding", "check", "new"]
