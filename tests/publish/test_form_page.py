from __future__ import annotations

import json

import pytest

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.publish import form_page, workbook


def test_the_form_answers_on_this_computer_alone_and_its_key_is_on_no_command_line(tmp_path):
    command, environment = form_page.form_command(tmp_path, 8123, "a-key")
    assert "--Voila.ip=127.0.0.1" in command
    assert "--Voila.auto_token=True" in command
    assert not [part for part in command if "a-key" in part]
    assert environment["JUPYTER_TOKEN"] == "a-key"
    assert environment["PCQA_PROJECT"] == str(tmp_path)


def test_without_voila_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SetupError, match=r"needs Voila.*pip install"):
        form_page.open_form(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_its_exit_code_is_handed_on_and_the_log_is_the_owners_alone(tmp_path, monkeypatch):
    pytest.importorskip("voila", reason="Voila is not installed")
    monkeypatch.setattr(form_page, "form_command", lambda *_: (["sh", "-c", "exit 3"], {}))
    assert form_page.open_form(tmp_path / "new") == 3
    assert (tmp_path / "new" / form_page.LOG).stat().st_mode & 0o077 == 0


def test_the_form_lies_in_the_workbook_with_a_link_and_a_changed_one_is_left(tmp_path):
    workbook.lay_out(tmp_path, "coach-7", None)
    form = tmp_path / workbook.FORM
    assert form.read_text() == resources.form_notebook().read_text()
    assert f"]({workbook.FORM})" in (tmp_path / workbook.START).read_text()
    form.write_text("mine")
    workbook.lay_out(tmp_path, "coach-7", None)
    form_page._lay_out(tmp_path)
    assert form.read_text() == "mine"


def test_the_forms_notebook_has_one_cell_of_hidden_code_and_no_output():
    notebook = json.loads(resources.form_notebook().read_text(encoding="utf-8"))
    [cell] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert cell["metadata"]["jupyter"] == {"source_hidden": True}
    assert cell["outputs"] == []
