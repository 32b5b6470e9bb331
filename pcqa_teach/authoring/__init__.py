"""For whoever writes a lesson: a skeleton to begin with, and whether it is done."""
