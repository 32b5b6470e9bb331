from __future__ import annotations

import http.client
import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.form import steps
from pcqa_teach.publish import form_page, workbook


def test_the_form_answers_on_this_computer_alone_and_its_key_is_on_no_command_line(tmp_path):
    command, environment = form_page.form_command(tmp_path, tmp_path / "x", 8123, "a-key")
    assert "--Voila.ip=127.0.0.1" in command
    assert "--Voila.auto_token=True" in command
    assert not [part for part in command if "a-key" in part]
    assert environment["JUPYTER_TOKEN"] == "a-key"
    assert environment["PCQA_PROJECT"] == str(tmp_path)


def test_without_voila_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SetupError, match=r"needs Voila.*make setup.*\[lab\]"):
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
    assert form.read_text() == "mine"


def test_nothing_that_lies_in_the_workbook_is_run_but_the_kits_own_form(tmp_path, monkeypatch):
    pytest.importorskip("voila", reason="Voila is not installed")
    ran = tmp_path / "ran"
    for name in ("voila.py", "secrets.py", "voila_config.py", "jupyter_config.py"):
        (tmp_path / name).write_text(f"open({str(ran)!r}, 'w')")
    (tmp_path / workbook.FORM).write_text("a colleague's")
    served = []
    command = form_page.form_command

    def noted(folder, where, port, key):
        served.append((where.stat().st_mode & 0o077, (where / workbook.FORM).read_text()))
        return command(folder, where, port, key)

    monkeypatch.setattr(form_page, "form_command", noted)
    monkeypatch.setattr(form_page, "told_port", _ends_once_told(form_page.told_port))
    form_page.open_form(tmp_path, browser=False, say=lambda _: None)
    assert served == [(0, resources.form_notebook().read_text(encoding="utf-8"))]
    assert not ran.exists()
    assert (tmp_path / workbook.FORM).read_text() == "a colleague's"


def _ends_once_told(told_port):
    def ends(server):
        port = told_port(server)
        assert port
        server.terminate()
        return port

    return ends


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: True)
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(SetupError, match="cannot be written to"):
        form_page.open_form(tmp_path / "mine")


def test_a_typed_name_without_a_folder_is_of_a_file_in_the_workbook(tmp_path, monkeypatch):
    monkeypatch.setenv("PCQA_PROJECT", str(tmp_path))
    assert steps.paths("calls.csv\n/elsewhere/x.csv") == [
        tmp_path / "calls.csv",
        Path("/elsewhere/x.csv"),
    ]


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
    says_and_waits = ["sh", "-c", "echo 8123; exec sleep 1"]
    monkeypatch.setattr(form_page, "form_command", lambda *_: (says_and_waits, None))
    monkeypatch.setattr(form_page, "has_browser", lambda: True)
    monkeypatch.setattr(form_page.secrets, "token_hex", lambda _: "a-key")

    def opens(address: str) -> None:
        page = Path(address.removeprefix("file://"))
        assert page.stat().st_mode & 0o077 == 0
        opened.append((address, page.read_text(encoding="utf-8")))

    monkeypatch.setattr(form_page.webbrowser, "open", opens)
    form_page.open_form(tmp_path, say=said.append)
    [(address, page)] = opened
    assert "a-key" not in address
    assert 'content="0; url=http://127.0.0.1:8123/?token=a-key"' in page
    assert "http://127.0.0.1:8123/?token=a-key" in said[0]
    assert not [left for left in (tmp_path / ".pcqa").iterdir() if left.suffix == ".html"]


@pytest.fixture
def squatter():
    """Another program on a port: it takes whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        one.settimeout(0)
        yield one


def nobody_came(squatter: socket.socket) -> bool:
    try:
        squatter.accept()
    except BlockingIOError:
        return True
    return False


def test_a_port_that_is_in_use_is_refused_in_a_sentence_and_asked_nothing(
    tmp_path, monkeypatch, squatter
):
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: True)
    monkeypatch.setattr(form_page.subprocess, "Popen", lambda *_, **__: pytest.fail("begun"))
    port = squatter.getsockname()[1]
    with pytest.raises(SetupError, match=rf"^Port {port} is in use[^.]*\.$"):
        form_page.open_form(tmp_path / "new", port=port, say=pytest.fail)
    assert nobody_came(squatter)
    assert not (tmp_path / "new").exists()


def test_whoever_takes_the_port_before_the_form_does_is_sent_no_key(
    tmp_path, monkeypatch, squatter
):
    pytest.importorskip("voila", reason="Voila is not installed")
    monkeypatch.setattr(form_page, "_refuse_taken", lambda _: None)  # it came after the look
    monkeypatch.setattr(form_page, "has_browser", lambda: True)
    monkeypatch.setattr(form_page.webbrowser, "open", pytest.fail)
    port = squatter.getsockname()[1]
    assert form_page.open_form(tmp_path, port=port, say=pytest.fail) != 0
    assert nobody_came(squatter)
    assert "in use" in (tmp_path / form_page.LOG).read_text()


@pytest.mark.parametrize("words", ["", "echo; ", "echo A warning; ", "echo 8123; "])
def test_a_server_that_says_no_port_or_has_ended_is_never_called_open(tmp_path, monkeypatch, words):
    monkeypatch.setattr(form_page.importlib.util, "find_spec", lambda _: True)
    ends = ["sh", "-c", f"{words}exit 3"]
    monkeypatch.setattr(form_page, "form_command", lambda *_: (ends, None))
    told = form_page.told_port

    def told_late(server):
        port = told(server)
        server.wait()
        return port

    monkeypatch.setattr(form_page, "told_port", told_late)
    assert form_page.open_form(tmp_path, say=pytest.fail) == 3


def test_the_server_says_its_port_on_the_way_that_was_its_output_and_nothing_else():
    pytest.importorskip("voila", reason="Voila is not installed")
    code = (
        "import os; from pcqa_teach.publish.form_server import output_kept; kept = output_kept();"
        "print('to the log', flush=True); os.write(kept, b'8123')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert said.stdout == b"8123"
    assert said.stderr.strip().endswith(b"to the log")


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
    served = tmp_path / "served"
    served.mkdir()
    form_page._lay_out(served)
    command, environment = form_page.form_command(tmp_path, served, 0, "a-key")

    def get(path: str, host: str = "127.0.0.1") -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        line.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    log = tmp_path / "server.log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, cwd=served, env=environment, stdout=subprocess.PIPE, stderr=file
        )
    try:
        port = form_page.told_port(server)
        assert port, log.read_text()
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
        assert server.communicate(timeout=60)[0] == b""  # all else went to the log
    assert "a-key" not in log.read_text()
