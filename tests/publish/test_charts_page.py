"""The page "Charts and rules" says of every kind, rule and preset what the registries say."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from pcqa_teach.publish import charts_page, leaks, staging
from pcqa_teach.publish.charts_page import examples, kinds, markdown, presets, rates, rules
from pcqa_teach.spc import CHARTS, PRESETS, RULES

EVERYTHING = [
    *(("chart", name) for name in CHARTS),
    *(("rule", name) for name in RULES),
    *(("preset", name) for name in PRESETS),
]
SOURCED = [*CHARTS.values(), *RULES.values(), *PRESETS.values()]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return charts_page.write(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def sections(page: Path) -> dict[str, str]:
    """The page's sections, by the name that links lead to."""
    parts = re.split(r"^\((\S+)\)=$", page.read_text(encoding="utf-8"), flags=re.M)
    told = (part.split("\n## ")[0] for part in parts[2::2])  # not what stands after the last one
    return dict(zip(parts[1::2], told, strict=True))


def _cells(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [re.split(r" (?<!\\)\| ", line[2:-2]) for line in lines[1:]]


@pytest.mark.parametrize(("family", "name"), EVERYTHING)
def test_everything_in_the_registries_has_its_section(sections, family, name):
    assert markdown.target(family, name) in sections


@pytest.mark.parametrize("name", CHARTS)
def test_a_kind_is_told_with_its_use_formula_difference_and_source(sections, name):
    kind, told = CHARTS[name], sections[markdown.target("chart", name)]
    assert all(f"`{part}`" in told for part in kind.formula.split("; "))
    for words in (kind.use, kind.plotted, kind.differs, kind.source):
        assert words
        assert markdown.plain(words) in told


@pytest.mark.parametrize("name", CHARTS)
def test_the_sums_of_a_worked_example_are_those_of_the_chart(sections, name):
    made = kinds.example(name)
    shown = [row[-1] for row in _cells(sections[markdown.target("chart", name)])]
    assert shown == [markdown.number(value) for value in made.arithmetic()["value"]]
    limits = made.shown.limits.iloc[-1]
    lines = {markdown.number(limits[line]) for line in ("centre", "lower", "upper")} - {"none"}
    assert lines <= set(shown)


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_of_questions_leads_to_every_kind(page, name):
    table = page.read_text(encoding="utf-8").split("## Kinds of chart")[0]
    assert f"| {markdown.plain(CHARTS[name].question)} |" in table
    assert f"(#{markdown.target('chart', name)}) |" in table


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_told_with_its_definition_difference_and_source(sections, name):
    rule, told = RULES[name], sections[markdown.target("rule", name)]
    for words in (rule.definition, rule.use, rule.differs, rule.source):
        assert words
        assert markdown.plain(words) in told


@pytest.mark.parametrize("name", RULES)
def test_a_rule_fires_on_its_example_and_the_page_says_where(sections, name):
    given, found = rules.flags(RULES[name])
    assert found.any()
    assert markdown.plain(rules.flagged(found)) in sections[markdown.target("rule", name)]
    assert len(found) == len(given.values)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_every_preset_that_uses_it_with_its_options(sections, name):
    shown = _cells(sections[markdown.target("rule", name)])
    used = [key for key, preset in PRESETS.items() if name in preset.rules]
    assert used
    assert [row[0] for row in shown] == [
        f"[{PRESETS[key].title}](#{markdown.target('preset', key)})" for key in used
    ]
    for key, row in zip(used, shown, strict=True):
        asked = {**RULES[name].options, **PRESETS[key].rules[name]}
        assert row[1] == (markdown.plain(rules.options(asked)) or "none")


@pytest.mark.parametrize("name", CHARTS)
def test_a_kind_is_seen_at_work(sections, name):
    made = examples.sample(name)
    assert made.points["signal"].any()
    assert "nothing unusual" not in made.message
    shown = re.search(r"!\[(.+)\]", sections[markdown.target("chart", name)])[1]
    assert re.sub(r"\\(.)", r"\1", shown) == made.alt_text


@pytest.mark.parametrize(("family", "name"), EVERYTHING[: len(CHARTS) + len(RULES)])
def test_formulae_and_other_tools_are_folded_away(sections, family, name):
    told = sections[markdown.target(family, name)]
    shown, folded = told.split(":::{dropdown} For the curious\n")
    assert folded.rstrip().endswith(":::")
    for words in ("Formula:", "Definition:", "other tools do differently", "Options:", "{cite:p}"):
        assert words not in shown
    assert "other tools do differently" in folded


def test_every_kind_has_a_question_of_its_own_and_an_everyday_example(page):
    assert len({kind.question for kind in CHARTS.values()}) == len(CHARTS)
    told = page.read_text(encoding="utf-8")
    assert "a count y, and the n it is part of: missed, out of booked" in told
    assert kinds._SUCH_AS.keys() == CHARTS.keys()


def test_high_is_called_good_only_where_the_event_is_bad():
    for name in ("g", "t"):
        assert "High is good where the event is a bad one" in " ".join(CHARTS[name].use.split())


def test_the_rare_event_of_the_example_is_rare():
    made = kinds.example("bernoulli_cusum")
    assert made.settings["p0"] == 0.02


def test_options_of_rules_have_a_key_under_their_tables(page, sections):
    for told in (sections["rule-two-of-three"], page.read_text().split("## Sets of rules")[1]):
        assert "*anywhere*: the odd point may lie on either side" in told
        assert "*between*: only points between 2 and 3 sigma count" in told
    assert "| How alike neighbours are |" in page.read_text()
    assert "of Anhoej, only" not in page.read_text()


def test_points_are_said_with_their_direction():
    assert rules.flagged(np.array([0, 1, 0, 1, 1, 2], dtype=np.int8)) == (
        "Points 2 and 4 to 5 are a signal upwards, and point 6 is a signal that points neither way."
    )
    assert rules.flagged(np.zeros(3, dtype=np.int8)) == "No point is a signal."


def test_making_data_counts_rules_are_wrong_as_often_as_the_reference_says():
    known = {12: 0.046, 24: 0.154, 36: 0.259, 52: 0.382}
    for points, share in known.items():
        error = 4 * np.sqrt(share * (1 - share) / rates.CHARTS)
        assert rates.presets()["mdc", 0.0, points] == pytest.approx(share, abs=error)
    assert rates.presets()["mdc", 0.3, 24] == pytest.approx(0.433, abs=0.035)
    assert rates.presets()["mdc", 0.5, 24] == pytest.approx(0.690, abs=0.035)


def test_a_rule_by_itself_is_wrong_less_often_than_the_set_it_belongs_to():
    for name, preset in PRESETS.items():
        whole = rates.presets()[name, 0.0, rates.POINTS] + 0.03
        assert all(rates.alone(name, rule) < whole for rule in preset.rules)


def test_screening_brings_the_upper_limit_from_6_95_to_4_60(sections):
    rows = _cells(sections["about-screening"])
    upper = next(row for row in rows if row[0] == "Upper limit")
    assert upper[1:] == ["6.952", "4.604"]
    assert any(row[0] == "Cut-off for a range" for row in rows)
    made = presets.screening()
    assert [round(float(one.limits["upper"].iloc[0]), 2) for one in made.values()] == [6.95, 4.6]


def test_one_screening_example_keeps_the_answer_and_the_other_changes_it(sections):
    told = sections["about-screening"]
    flags = [made.points["outside"].sum() for made in presets.screening().values()]
    assert flags == [1, 1]
    moved = presets.screening(presets.MOVED)
    assert [made.points["outside"].sum() for made in moved.values()] == [0, 2]
    assert "no point outside" in told
    assert "points 6 and 7 outside" in told


@pytest.mark.parametrize("about", SOURCED, ids=[f"{a}-{b}" for a, b in EVERYTHING])
def test_every_source_leads_to_the_list_of_references(about, root):
    listed = set(re.findall(r"^@\w+\{(\w+),", (root / "book/references.bib").read_text(), re.M))
    for part in about.source.split("; "):
        if part.startswith("test "):
            continue
        cited = re.search(r"\{cite:p\}`([\w,]+)`", markdown.sourced(part))
        assert cited, part
        assert set(cited[1].split(",")) <= listed


def test_every_picture_is_there_with_words_inside_and_beside_it(page):
    shown = re.findall(r"!\[(.+?)\]\((\S+\.svg)\)", page.read_text(encoding="utf-8"))
    assert len(shown) == len(CHARTS) + len(RULES) + 1
    for words, file in shown:
        drawing = ElementTree.parse(page.parent / file).getroot()
        assert len(words.split()) >= 8
        assert re.sub(r"\\(.)", r"\1", words) == drawing.get("aria-label")


def test_every_link_within_the_page_leads_to_a_place_in_it(page, sections):
    places = set(re.findall(r"\]\(#([\w-]+)\)", page.read_text(encoding="utf-8")))
    assert len(places) > 30
    assert places <= set(sections)


def test_nothing_kept_from_participants_is_on_the_page(page, root):
    assert leaks.find_leaks(page.parent, staging.sources(root), root / "book") == []


def test_a_staged_book_has_the_page_and_the_checkout_has_not(
    planted_checkout, pretend_to_run, tmp_path
):
    staged = staging.stage("participant", planted_checkout, tmp_path, execute=pretend_to_run)
    assert (staged / "book" / "charts_and_rules.md").is_file()
    assert not (planted_checkout / "book" / "charts_and_rules.md").exists()


def test_the_page_is_the_same_each_time_it_is_made(page, tmp_path):
    again = charts_page.write(tmp_path)
    assert again.read_bytes() == page.read_bytes()


@pytest.mark.parametrize(
    ("value", "said"),
    [(13.25, "13.25"), (0.0, "0"), (-0.0501, "-0.0501"), (1234.0, "1,234"), (np.inf, "none")],
)
def test_numbers_have_four_figures_and_no_empty_noughts(value, said):
    assert markdown.number(value) == said
