from __future__ import annotations

import http.client
import json
import logging
import subprocess
import time
from pathlib import Path

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


def test_the_browsers_command_line_names_a_page_of_the_owners_alone_and_no_key(
    tmp_path, monkeypatch
):
    opened, said = [], []
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: True)
    monkeypatch.setattr(form_page, "form_command", lambda *_: (["sleep", "1"], None))
    monkeypatch.setattr(form_page, "_answers", lambda _: True)
    monkeypatch.setattr(form_page, "has_browser", lambda: True)
    monkeypatch.setattr(form_page.secrets, "token_hex", lambda _: "a-key")

    def opens(address: str) -> None:
        page = Path(address.removeprefix("file://"))
        assert page.stat().st_mode & 0o077 == 0
        opened.append((address, page.read_text(encoding="utf-8")))

    monkeypatch.setattr(form_page.webbrowser, "open", opens)
    form_page.open_form(tmp_path, port=8123, say=said.append)
    [(address, page)] = opened
    assert "a-key" not in address
    assert 'content="0; url=http://127.0.0.1:8123/?token=a-key"' in page
    assert "http://127.0.0.1:8123/?token=a-key" in said[0]
    assert not [left for left in (tmp_path / ".pcqa").iterdir() if left.suffix == ".html"]


def test_a_line_that_is_logged_holds_no_key(monkeypatch, caplog):
    pytest.importorskip("voila", reason="Voila is not installed")
    from pcqa_teach.publish import form_server

    before = logging.getLogRecordFactory()
    try:
        form_server.keep_out_of_logs("a-key")
        logging.getLogger("a.server").warning("404 GET %s 2 ms", "/x?token=a-key")
    finally:
        logging.setLogRecordFactory(before)
    assert caplog.messages == ["404 GET /x?token=... 2 ms"]


def test_no_file_is_given_to_whoever_has_no_key_and_only_reports_to_who_has(tmp_path):
    pytest.importorskip("voila", reason="Voila is not installed")
    made = tmp_path / "reports" / "2026-01-02-d1"
    made.mkdir(parents=True)
    for path in (made / "report.html", made / "notebook.ipynb", tmp_path / "report.html"):
        path.write_text("exact figures")
    form_page._lay_out(tmp_path)
    port = form_page._free_port()
    command, environment = form_page.form_command(tmp_path, port, "a-key")

    def get(path: str, host: str = "127.0.0.1") -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        line.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    log = tmp_path / "server.log"
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=file, stderr=file)
    try:
        until = time.monotonic() + 300
        while not form_page._answers(port):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until
            time.sleep(0.2)
        report = f"{made.name}/report.html"
        assert get(f"/made/{report}?token=a-key") == (200, "exact figures")
        assert get(f"/made/{report}")[0] == 302
        assert get(f"/made/{report}?token=another")[0] == 302
        assert get(f"/made/{report}?token=a-key", "elsewhere.example")[0] == 403
        for path in (f"reports/{report}", "reports/../report.html", "report.html", "x.png"):
            assert get(f"/voila/files/{path}")[0] == 403
        for path in ("../report.html", "%2e%2e/report.html", f"{made.name}/notebook.ipynb"):
            assert "exact figures" not in get(f"/made/{path}")[1]
            assert "exact figures" not in get(f"/made/{path}?token=a-key")[1]
    finally:
        server.terminate()
        server.wait(60)
    assert "a-key" not in log.read_text()
