"""The server: right headers, on this computer alone, nothing beside the site."""

from __future__ import annotations

import gzip
import http.client
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("tornado")
from pcqa_teach.errors import SetupError
from pcqa_teach.publish.site.serve import HEADERS, serve

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("host") / "site"
    (folder / "lab").mkdir(parents=True)
    (folder / "index.html").write_text("<p>first page</p>")
    (folder / "lab" / "index.html").write_text("<p>lab</p>")
    (folder / "big.js").write_text("let x = 1;\n" * 5000)
    (folder / "part.wasm").write_bytes(b"\0asm" + bytes(9000))
    (folder / "code.mjs").write_text("export {}")
    (folder / "pkg.whl").write_bytes(b"PK" * 2000)
    for name in ("secret.txt", "secret.json"):  # one of a kind that is sent packed, one not
        (folder.parent / name).write_text("not served")
    command = [sys.executable, "-m", "pcqa_teach", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[1]
        process.terminate()


def get(url: str, **headers: str):
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    return urllib.request.urlopen(asked, timeout=20)


def test_every_answer_says_what_a_page_may_do(address: str):
    assert address.startswith("http://127.0.0.1:")
    for path in ("", "big.js", "pkg.whl", "lab/"):
        with get(address + path) as answer:
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, (path, name)
    assert "connect-src 'self'" in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("big.js", "text/javascript"), ("code.mjs", "text/javascript"),
     ("part.wasm", "application/wasm"), ("pkg.whl", "application/octet-stream")],
)  # fmt: skip
def test_files_are_what_they_are(address: str, name: str, kind: str):
    with get(address + name) as answer:
        assert answer.headers["Content-Type"].startswith(kind)


def test_what_packs_well_is_sent_packed(address: str):
    with get(address + "big.js") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        packed = answer.read()
    assert gzip.decompress(packed).decode() == "let x = 1;\n" * 5000
    assert len(packed) < 1000
    with get(address + "big.js", **{"Accept-Encoding": "identity"}) as answer:
        assert answer.headers["Content-Encoding"] is None
        assert answer.read().decode() == "let x = 1;\n" * 5000


def test_an_unchanged_file_is_not_sent_again(address: str):
    with get(address + "big.js") as answer:
        tag = answer.headers["Etag"]
    with pytest.raises(urllib.error.HTTPError) as told:
        get(address + "big.js", **{"If-None-Match": tag})
    assert told.value.code == 304


def status(address: str, path: str, host: str = "127.0.0.1") -> int:
    """Ask for a path just as it stands, and give the status."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    connection.putrequest("GET", f"/{path}", skip_host=True)
    connection.putheader("Host", host)
    connection.putheader("Accept-Encoding", "gzip")
    connection.endheaders()
    return connection.getresponse().status


@pytest.mark.parametrize("name", ["secret.txt", "secret.json"])
@pytest.mark.parametrize("up", ["../", "..%2F", "%2e%2e/", "lab/../../", "lab%2F..%2F..%2F"])
def test_nothing_beside_the_site_is_served(address: str, up: str, name: str):
    assert status(address, up + name) in (403, 404)


@pytest.mark.parametrize("path", ["nowhere.html", "a%00b.js"])
def test_what_is_not_there_is_said_so(address: str, path: str):
    assert status(address, path) == 404


def test_it_answers_to_this_computers_own_names_alone(address: str):
    assert status(address, "index.html", "localhost:8000") == 200
    assert status(address, "index.html", "elsewhere.example") == 403


def test_a_folder_that_is_no_site_is_one_sentence(tmp_path: Path):
    with pytest.raises(SetupError, match="holds no built site"):
        serve(tmp_path)
