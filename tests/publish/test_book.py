"""Both editions, and a bare `jupyter-book build .`, of a checkout with planted secrets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.publish import book, leaks, staging

JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
pytestmark = pytest.mark.xdist_group("planted-book")


@pytest.fixture(scope="module")
def participant(planted_checkout, pretend_to_run) -> Path:
    page = book.build("participant", root=planted_checkout, execute=pretend_to_run)
    return page.parent.parent


@pytest.fixture(scope="module")
def facilitator(planted_checkout, pretend_to_run) -> Path:
    page = book.build("facilitator", root=planted_checkout, execute=pretend_to_run)
    return page.parent.parent


def _files_with(folder: Path, words: str) -> set[str]:
    wanted = leaks.squash(words)
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and wanted in leaks.squash(path.read_bytes().decode("utf-8", "ignore"))
    }


def test_no_secret_is_anywhere_in_what_the_participants_build_leaves(participant, secrets):
    assert _files_with(participant, "Curlew stands in plain sight")
    assert [kind for kind, words in secrets.items() if _files_with(participant, words)] == []


def test_no_rare_word_of_a_secret_is_in_the_search_index(participant):
    index = (participant / "html" / "searchindex.js").read_text()
    assert "curlew" in index
    rare = ["kingfisher", "heron", "bittern", "avocet", "whimbrel"]
    assert [word for word in rare if word in index] == []


@pytest.mark.slow
def test_the_facilitators_pages_show_every_secret(facilitator, secrets):
    pages = facilitator / "html" / "notebooks"
    assert [kind for kind, words in secrets.items() if not _files_with(pages, words)] == []


@pytest.mark.slow
def test_a_facilitators_page_says_what_it_is(facilitator):
    assert (
        "Facilitator edition"
        in next((facilitator / "html").rglob("notebooks/*/*.html")).read_text()
    )


@pytest.mark.parametrize(
    "edition", ["participant", pytest.param("facilitator", marks=pytest.mark.slow)]
)
def test_neither_edition_offers_a_source_file(edition, request):
    folder = request.getfixturevalue(edition)
    assert not list((folder / "html").rglob("_sources"))
    assert not list((folder / "html").rglob("*.ipynb"))


def test_no_page_loads_anything_from_elsewhere(participant):
    loads = (
        'src="http',
        'rel="stylesheet" href="http',
        "unpkg.com",
        "jsdelivr",
        "cdnjs",
        "googleapis",
    )
    pages = [page for page in (participant / "html").rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > 10
    assert [page.name for page in pages for words in loads if words in page.read_text()] == []


def test_the_first_page_leads_into_the_book(participant):
    assert "book/index.html" in (participant / "html" / "index.html").read_text()


def test_a_failed_build_leaves_the_former_book(
    participant, planted_checkout, pretend_to_run, tmp_path
):
    broken = tmp_path / "broken"
    shutil.copytree(planted_checkout, broken)
    (broken / "book" / "glossary.md").write_text("# Glossary\n\n[nowhere](nowhere.md)\n")
    (broken / "_toc.yml").write_text("format: jb-book\nroot: book/glossary\n")
    before = (broken / "_build/participant/html/book/glossary.html").read_bytes()
    with pytest.raises(RunError, match=r"book/glossary\.md.*nowhere"):
        book.build("participant", root=broken, execute=pretend_to_run)
    assert (broken / "_build/participant/html/book/glossary.html").read_bytes() == before
    assert not (broken / "_build/participant/.partial").exists()


def test_an_output_that_gives_the_answer_away_stops_the_build(planted_checkout, tmp_path):
    def tell_all(notebook, *, cwd, static):
        notebook.cells[0].source += "\n\nHeron model answer: ask one question."
        return notebook

    with pytest.raises(RunError, match="would show"):
        book.build("participant", tmp_path, root=planted_checkout, execute=tell_all)
    assert not (tmp_path / "html").exists()


@pytest.fixture
def copy(participant, planted_checkout, tmp_path, monkeypatch) -> Path:
    """A checkout with a built book, where building anew would be noticed."""

    def noticed(*_: object, **__: object) -> Path:
        raise RunError("it is built anew")

    monkeypatch.setattr(book, "stage", noticed)
    monkeypatch.delenv("PCQA_PROJECT")  # as when the book of the whole module was built
    return shutil.copytree(planted_checkout, tmp_path / "copy")


def test_a_book_is_not_built_anew_until_something_it_is_made_of_changes(copy):
    assert book.build(root=copy) == copy / "_build/participant/html/index.html"
    with (copy / "book" / "index.md").open("a") as page:
        page.write("\nMore.\n")
    with pytest.raises(RunError, match="built anew"):
        book.build(root=copy)


def test_a_folder_that_holds_the_other_edition_is_built_anew(copy):
    with pytest.raises(RunError, match="built anew"):
        book.build("facilitator", copy / "_build" / "participant", root=copy)


def test_a_book_on_other_data_is_built_anew(copy, monkeypatch):
    monkeypatch.setenv("PCQA_DATA", "elsewhere")
    with pytest.raises(RunError, match="built anew"):
        book.build(root=copy)


def test_of_two_builds_in_one_folder_the_second_waits(copy):
    from filelock import FileLock

    lock, said = FileLock(copy / "_build" / "participant" / ".lock"), []

    def say(words: str) -> None:
        said.append(words)
        lock.release()

    lock.acquire()
    book.build(root=copy, progress=say)
    assert said[0] == "waiting for another build in the same folder"


def test_outside_a_checkout_one_sentence_says_so(tmp_path):
    with pytest.raises(SetupError, match=r"'_config\.yml' is not in this folder"):
        book.build("participant", root=tmp_path)


def test_an_unknown_edition_is_refused():
    with pytest.raises(SetupError, match="no edition 'examiner'"):
        book.build("examiner")  # type: ignore[arg-type]


def test_staging_begins_clean_and_takes_no_source_along(planted_checkout, pretend_to_run, tmp_path):
    (tmp_path / "left-over.md").write_text("from an earlier build")
    (tmp_path / staging.MARKER).write_text("participant")
    staging.stage("participant", planted_checkout, tmp_path, execute=pretend_to_run)
    assert not (tmp_path / "left-over.md").exists()
    assert not (tmp_path / "book" / "_ext").exists()
    lessons = staging.sources(planted_checkout)
    assert leaks.find_leaks(tmp_path, lessons, planted_checkout / "book") == []


@pytest.mark.slow
def test_what_lies_beside_a_book_is_left_alone(planted_checkout, pretend_to_run, tmp_path):
    page = tmp_path / "checkout" / "book" / "glossary.md"
    shutil.copytree(planted_checkout, tmp_path / "checkout")
    (tmp_path / "checkout" / "_toc.yml").write_text("format: jb-book\nroot: book/glossary\n")
    out = tmp_path / "out"
    for name in ("new", "html.old"):
        (out / name).mkdir(parents=True)
        (out / name / "slides.pptx").write_text("theirs")
    for words in ("once", "twice"):
        page.write_text(f"# Glossary\n\nBuilt {words}.\n")
        book.build("participant", out, root=tmp_path / "checkout", execute=pretend_to_run)
        assert f"Built {words}" in (out / "html" / "book" / "glossary.html").read_text()
    assert sorted(path.parent.name for path in out.rglob("slides.pptx")) == ["html.old", "new"]


@pytest.mark.parametrize("name", ["source", "html"])
def test_a_folder_of_somebody_elses_is_left_alone(planted_checkout, pretend_to_run, tmp_path, name):
    theirs = tmp_path / name / "thesis.docx"
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    with pytest.raises(SetupError, match=f"{name}' holds something"):
        book.build("participant", tmp_path, root=planted_checkout, execute=pretend_to_run)
    assert theirs.read_text() == "theirs"


def test_the_settings_keep_to_what_the_editions_rely_on(root):
    settings = yaml.safe_load((root / "_config.yml").read_text())
    assert settings["only_build_toc_files"] is True
    assert settings["execute"]["execute_notebooks"] == "off"
    assert settings["sphinx"]["config"]["html_copy_source"] is False
    assert "launch_buttons" not in settings


@pytest.fixture(scope="module")
def bare(planted_checkout, own_environment, tmp_path_factory):
    """A copy in which somebody has typed `jupyter-book build .`."""
    copy = tmp_path_factory.mktemp("bare") / "checkout"
    shutil.copytree(planted_checkout, copy, ignore=shutil.ignore_patterns("_build"))
    done = subprocess.run(
        [*JUPYTER_BOOK, "."], cwd=copy, env=own_environment, capture_output=True, text=True
    )
    return copy, done


@pytest.mark.slow
def test_a_bare_build_makes_the_participant_edition_and_leaks_nowhere(bare, secrets):
    copy, done = bare
    assert done.returncode == 0, done.stderr
    built = copy / "_build"
    assert (built / "html" / "book" / "index.html").is_file()
    assert _files_with(built, "Curlew stands in plain sight")
    assert [kind for kind, words in secrets.items() if _files_with(built, words)] == []


@pytest.mark.slow
def test_a_single_lesson_is_not_built_bare(bare, own_environment):
    copy, _ = bare
    lesson = next((copy / "notebooks").glob("*/*.ipynb"))
    done = subprocess.run(
        [*JUPYTER_BOOK, str(lesson)], cwd=copy, env=own_environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "Only the whole book can be built" in done.stderr
    assert not list((copy / "_build").rglob("_page/**/*.html"))
