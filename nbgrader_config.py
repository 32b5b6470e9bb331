"""How nbgrader works on this checkout: lessons lie in notebooks/, one folder an assignment.

Stock `nbgrader generate_assignment`, Formgrader and the kit's own editions all read this file.
"""

from pcqa_teach.classroom import settings

c = get_config()  # noqa: F821  (traitlets puts it there)

c.CourseDirectory.course_id = "pcqa"
c.CourseDirectory.source_directory = "notebooks"
settings.apply(c)
