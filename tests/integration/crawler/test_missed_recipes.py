"""A recipe for releases that finds nothing is said, although the release is found without it."""

from __future__ import annotations

import pytest

from domain.poll import Code
from domain.release import Witness
from domain.source import ReleaseRecipe
from pollwatch.demo.town import Town, page
from tests.builders import a_feed
from tests.integration.crawler.offices import NAME, an_office, release_text
from tests.integration.crawler.visitors import Crawl, a_batch, problems

MARKED = page(release_text(1).replace("<main>", "<main class='press'>"))


@pytest.fixture(scope="module")
def office():
    """Two releases in <main>, under an <h1>; the first is marked."""
    with Town({NAME: an_office(1, 2) | {"/news/1": MARKED}}) as town:
        yield town


def visited(crawl: Crawl, office: Town, **recipe: str):
    feed = a_feed(url=f"http://{NAME}:{office.port}/feed", release=ReleaseRecipe(**recipe))
    (visit,) = crawl(a_batch(feed), office)
    return visit


def test_a_text_recipe_that_no_page_meets_is_a_problem_of_the_feed(crawl, office):
    visit = visited(crawl, office, text="div.press-body", title="h1")

    assert problems(visit) == [Code.RECIPE_MISSED]
    assert visit.problems[0].place == "xx_economy/news"
    assert visit.problems[0].detail == (
        "'div.press-body' (text) found nothing on all 2 pages that were fetched; what stands there"
        " was looked for without it"
    )
    assert {one.release.witnesses["text"] for one in visit.fetched} == {Witness.EXTRACTOR}


def test_a_title_recipe_that_no_page_meets_is_a_problem_of_the_feed(crawl, office):
    visit = visited(crawl, office, text="main", title="h1.press-title")

    assert problems(visit) == [Code.RECIPE_MISSED]
    assert visit.problems[0].detail.startswith("'h1.press-title' (title) found nothing")


def test_one_page_that_meets_it_is_enough(crawl, office):
    assert problems(visited(crawl, office, text="main.press")) == []


def test_recipes_that_are_met_are_no_problem(crawl, office):
    assert problems(visited(crawl, office, text="main", title="h1")) == []
