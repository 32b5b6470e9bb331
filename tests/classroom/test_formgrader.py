"""formgrader's page as it is made from a marked copy: rubric in sight, nothing run."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from pcqa_teach.classroom import formgrader
from pcqa_teach.classroom.folder import ClassFolder

from . import make

EVIL = 'Why? <img src=x onerror="evil()"><script>evil()</script> [x](javascript:evil())'


@pytest.fixture
def config(course: ClassFolder) -> Config:
    made = Config()
    formgrader.use(made)
    made.CourseDirectory.root = str(course.path)
    return made


def _page(course: ClassFolder, config: Config, resources: dict[str, object]) -> str:
    copy = make.answered(make.blank(course), {"t1-3": EVIL})
    exporter = HTMLExporter(config=config, template_name="basic")
    notebook = nbformat.reads(json.dumps(copy), as_version=4)
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    return page


def test_the_rubric_stands_above_what_a_person_marks(course, config):
    about = {"submission_id": "x", "assignment_id": make.ASSIGNMENT, "notebook_id": make.LESSON}
    page = _page(course, config, about)
    assert page.index("How to read it") < page.index("Why?")
    assert "<td>All</td>" in page


def test_any_other_page_is_made_without_rubrics(course, config):
    assert "How to read it" not in _page(course, config, {})


def test_nothing_that_was_handed_in_runs_in_the_markers_browser(course, config):
    page = _page(course, config, {})
    assert "Why?" in page
    assert "evil()" not in page.replace("(javascript:evil())", "")
    assert "<script>evil" not in page
    assert 'href="javascript' not in page
