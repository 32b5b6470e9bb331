"""How nbgrader works on this checkout: lessons lie in notebooks/, one folder an assignment.

Stock `nbgrader generate_assignment`, Formgrader and the kit's own editions all read this file.
"""

from nbgrader.converters import GenerateAssignment

from pcqa_teach.classroom.preprocessors import DropFacilitatorCells

c = get_config()  # noqa: F821  (traitlets puts it there)

c.CourseDirectory.course_id = "pcqa"
c.CourseDirectory.source_directory = "notebooks"

# What is meant for facilitators goes first, before anything is saved or marked.
c.GenerateAssignment.preprocessors = [
    DropFacilitatorCells,
    *GenerateAssignment.preprocessors.default(),
]

# A lesson's answer cell names its answer above the solution, so that the copy runs as it is.
c.ClearSolutions.code_stub = {
    "python": "# Put your answer in place of None, then run this cell: Shift and Enter."
}
c.ClearSolutions.text_stub = "*Write your answer here: double-click, type, then Shift and Enter.*"

# Marked copies keep what was printed and drawn, not the state of widgets.
c.Execute.store_widget_state = False
