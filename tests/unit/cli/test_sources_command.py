"""pollwatch sources."""

from dataclasses import replace

from domain.source import Trust
from tests.builders import a_feed, a_source
from tests.unit.digest.stories import a_state

LONG = a_source(
    id="jp_mofa",
    name="外務省、日本国の外交をつかさどる行政機関のひとつである役所",
    feeds=(a_feed(id="jp_mofa/press-releases", expect=None),),
)

REVIEWED = """\
FEED                    HEALTH   LAST NEW    SOURCE
xx_economy/news         well     2024-03-19  Ministry of Economy
jp_mofa/press-releases  untried  never       外務省、日本国の外交をつかさどる…
"""


def test_feeds_stand_in_a_table_that_fits_80_columns(pollwatch):
    pollwatch.config.sources = (*pollwatch.config.sources, LONG)

    result = pollwatch("sources", "list")

    assert (result.exit_code, result.stdout) == (0, REVIEWED)


def test_how_sure_the_files_are_is_said_beneath(pollwatch):
    guessed = replace(LONG, trust=Trust.UNVERIFIED)
    pollwatch.config.sources = (*pollwatch.config.sources, guessed)

    assert pollwatch("sources", "list").stderr == (
        "\nTrust in the files of these sources: 1 checked, 1 unverified (--json says which).\n"
    )


def test_quiet_leaves_only_the_table(pollwatch):
    assert pollwatch("sources", "list", "--quiet").stderr == ""


def test_an_empty_catalogue_is_said(pollwatch):
    pollwatch.config.sources = ()

    assert pollwatch("sources", "list").stdout == "No source is configured.\n"


def test_programs_get_a_line_for_each_feed(pollwatch):
    assert pollwatch.records("sources", "list", "--json") == [
        {
            "feed": "xx_economy/news",
            "source": "xx_economy",
            "name": "Ministry of Economy",
            "country": "FR",
            "languages": ["en"],
            "kind": "rss",
            "url": "https://press.economy.example/feed",
            "trust": "checked",
            "health": "well",
            "last_polled": "2024-03-20T06:00:00Z",
            "next_poll": "2024-03-20T07:30:00Z",
            "last_new": "2024-03-19T07:00:00Z",
        }
    ]


def test_a_feed_that_was_never_polled_has_no_dates(pollwatch):
    pollwatch.store.states = {}
    (line,) = pollwatch.records("sources", "list", "--json")

    assert (line["health"], line["last_polled"], line["next_poll"], line["last_new"]) == (
        "untried",
        None,
        None,
        None,
    )


def test_a_feed_that_brought_nothing_yet_says_never(pollwatch):
    pollwatch.store.states = {"xx_economy/news": a_state(last_new_at=None)}

    assert "never" in pollwatch("sources", "list").stdout
