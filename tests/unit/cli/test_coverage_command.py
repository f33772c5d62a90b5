"""pollwatch coverage: what is watched, as a table, for programs, and as a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from digest.plain import columns
from domain.source import FeedKind, Trust
from tests.builders import a_feed, a_source
from tests.unit.digest.stories import a_state


def a_watched(source_id, country, *, languages=("en",), trust=Trust.UNVERIFIED, kind=FeedKind.RSS):
    feed = replace(
        a_feed(source_id=source_id), id=f"{source_id}/news", languages=languages, kind=kind
    )
    return a_source(id=source_id, country=country, languages=languages, trust=trust, feeds=(feed,))


@pytest.fixture
def covering(pollwatch):
    """Two Polish sources, one of them polled, one of the United Nations, and others."""
    pollwatch.config.sources = (
        a_watched("pl_mfa", "PL", languages=("pl",), trust=Trust.RECONSTRUCTED),
        a_watched("pl_pm", "PL", languages=("pl",), kind=FeedKind.LISTING),
        a_watched("int_un", "UN"),
        a_watched("int_carter", "INT"),
        a_watched("hk_gov", "HK", languages=("zh",)),
    )
    pollwatch.store.states = {"pl_pm/news": a_state("pl_pm/news")}
    return pollwatch


def test_a_state_is_as_sure_as_its_surest_source_and_as_well_as_its_best_feed(covering):
    lines = covering("coverage").stdout.splitlines()

    assert [line.split() for line in lines if line.startswith("Poland")] == [
        ["Poland", "2", "reconstructed", "well", "listing,", "rss"]
    ]


def test_the_end_counts_states_bodies_and_languages(covering):
    assert covering("coverage").stdout.splitlines()[-3:] == [
        "2 states: 1 unverified, 1 reconstructed; 1 untried, 1 well",
        "1 body: 1 unverified; 1 untried",
        "3 languages: 2 unverified, 1 reconstructed; 2 untried, 1 well",
    ]


def test_the_table_fits_into_80_columns(covering):
    lines = covering("coverage").stdout.splitlines()

    assert max(columns(line) for line in lines) <= 80


def test_programs_get_a_line_for_each_state_body_and_language(covering):
    records = covering.records("coverage", "--json")

    assert [(one["what"], one["code"]) for one in records] == [
        ("state", "HK"),
        ("state", "PL"),
        ("body", "UN"),
        ("body", "INT"),
        ("language", "zh"),
        ("language", "en"),
        ("language", "pl"),
    ]
    assert records[1] == {
        "what": "state",
        "code": "PL",
        "name": "Poland",
        "sources": ["pl_mfa", "pl_pm"],
        "feeds": 2,
        "kinds": ["listing", "rss"],
        "trust": "reconstructed",
        "health": "well",
    }


def the_page(covering, tmp_path):
    file = tmp_path / "coverage.html"
    assert covering("coverage", "--html", str(file)).exit_code == 0
    return html.fromstring(file.read_text("utf-8"))


def test_the_page_has_a_map_of_how_sure_and_one_of_how_well(covering, tmp_path):
    page = the_page(covering, tmp_path)

    assert page.xpath("//div[@class='map']/@aria-label") == [
        "How sure the files are: map",
        "How well the feeds are: map",
    ]
    assert [text.text_content() for text in page.xpath("//*[@class='legend']/li/b")] == [
        *("1", "1"),
        *("1", "1"),
    ]


def test_the_page_names_what_has_no_tile(covering, tmp_path):
    assert "without a tile: Hong Kong." in the_page(covering, tmp_path).text_content()


def test_the_page_says_of_which_states_no_source_is(covering, tmp_path):
    page = the_page(covering, tmp_path)

    assert "No source of the 199 states with a dashed tile: Afghanistan, Albania" in (
        page.text_content()
    )


def test_the_page_loads_nothing(covering, tmp_path):
    page = the_page(covering, tmp_path)

    assert page.xpath("//@src | //link/@href | //script | //@*[starts-with(name(), 'on')]") == []


def test_a_map_of_health_is_left_out_while_nothing_was_polled(covering, tmp_path):
    covering.store.states = {}
    page = the_page(covering, tmp_path)

    assert page.xpath("//div[@class='map']/@aria-label") == ["How sure the files are: map"]
    assert "No feed has been polled yet" in page.text_content()


def test_a_folder_that_is_not_there_is_wrong_usage(covering, tmp_path):
    result = covering("coverage", "--html", str(tmp_path / "nowhere" / "page.html"))

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def test_nothing_to_cover_is_said(pollwatch):
    pollwatch.config.sources = ()

    assert pollwatch("coverage").stdout == "No source is configured.\n"
