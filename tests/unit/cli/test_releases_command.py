"""pollwatch releases."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.reading import HitKind
from domain.release import Revision
from domain.topic import Keyword
from tests.builders import a_source
from tests.unit.digest.stories import ELECTIONS, MORNING, a_hit_on, a_stored_release, an_appearance

RELEASE = a_stored_release(appearances=(an_appearance(),))
CORRECTED = replace(
    RELEASE,
    revisions=(
        Revision(title="First title", text="One.\nTwo.", seen_at=MORNING),
        *RELEASE.revisions,
    ),
)

REVIEWED = """\
Statement on the vote of 17 March
Ministry of Economy

Release     r2k4m7p9, in story s3w5x8z2
Source      xx_economy, FR
Address     https://press.economy.example/news/1
Published   2024-03-18 09:00 UTC
Language    en
First seen  2024-03-18 10:00 UTC
Witnesses   title: heading, text: extractor

Topic elections: matches, with a score of 1
  strong elections* (en): “elections” at 38 in the text

Appearances
  Statement on the vote of 17 March
    https://press.economy.example/news/1
    first seen 2024-03-18 10:00 UTC, dated 2024-03-18 09:00 UTC
    listed as xx_economy/news https://press.economy.example/news/1

Revisions
  2024-03-18 09:00 UTC: First title
    One.

    Two.

  2024-03-18 10:00 UTC: the text in force

Text
  The ministry does not recognise these elections. They were held under
  occupation.

  The ministry stands by its neighbours.

"""


def test_a_release_is_shown_with_all_that_is_known_of_it(pollwatch):
    pollwatch.store.released = {"r2k4m7p9": CORRECTED}

    result = pollwatch("releases", "show", "r2k4m7p9")

    assert (result.exit_code, result.stdout) == (0, REVIEWED)


def test_what_is_not_known_is_said(pollwatch):
    bare = a_stored_release(title="", published_at=None, language=None, witnesses={}, matches=())
    pollwatch.store.released = {"r2k4m7p9": bare}

    shown = pollwatch("releases", "show", "r2k4m7p9").stdout

    assert shown.startswith("(no title)\n")
    assert "Published   not given\nLanguage    not known\n" in shown
    assert "Witnesses   none\n" in shown


def idle(pollwatch, *keywords):
    """A release with a hit that does not count, and the keywords of today."""
    hit = a_hit_on("ministry", RELEASE.text, term="ministry", counts=False)
    match = replace(RELEASE.matches[0], hits=(hit,), is_match=False, score=0.5)
    pollwatch.store.released = {"r2k4m7p9": replace(RELEASE, matches=(match,))}
    pollwatch.config.topics = (replace(ELECTIONS, keywords=keywords),)


def test_a_hit_that_did_not_count_says_why(pollwatch):
    idle(
        pollwatch,
        Keyword(term="ministry", kind=HitKind.STRONG, language="en"),
        Keyword(term="The ministry does", kind=HitKind.TRAP, language="en"),
    )
    shown = pollwatch("releases", "show", "r2k4m7p9").stdout
    (release,) = pollwatch.records("releases", "show", "r2k4m7p9", "--json")

    assert "Topic elections: does not match, with a score of 0.5\n" in shown
    assert (
        "“ministry” at 4 in the text; does not count: it is\n"
        "  hidden by the trap 'The ministry does'\n"
    ) in shown
    assert release["matches"][0]["hits"][0]["reason"] == (
        "it is hidden by the trap 'The ministry does'"
    )


def test_of_a_keyword_that_went_nobody_says_why_its_hit_did_not_count(pollwatch):
    idle(pollwatch)

    assert (
        "does not count: the\n  keywords of that day said why, not those of today\n"
        in pollwatch("releases", "show", "r2k4m7p9").stdout
    )


def test_a_release_also_answers_to_its_address(pollwatch):
    pollwatch.store.released = {"https://press.economy.example/news/1": RELEASE}

    shown = pollwatch("releases", "show", "https://press.economy.example/news/1")

    assert (shown.exit_code, shown.stdout.splitlines()[3][:20]) == (0, "Release     r2k4m7p9")


def test_a_day_without_an_hour_is_shown_as_a_day_where_its_source_is(pollwatch):
    midnight = datetime(2024, 3, 17, 23, 0, tzinfo=UTC)
    seen = an_appearance(published_at=midnight)
    pollwatch.config.sources = (a_source(zone="Europe/Warsaw"),)
    pollwatch.store.released = {
        "r2k4m7p9": replace(RELEASE, published_at=midnight, appearances=(seen,))
    }
    shown = pollwatch("releases", "show", "r2k4m7p9").stdout
    (release,) = pollwatch.records("releases", "show", "r2k4m7p9", "--json")

    assert "Published   2024-03-18\n" in shown
    assert "first seen 2024-03-18 10:00 UTC, dated 2024-03-18\n" in shown
    assert (release["published"], release["appearances"][0]["published"]) == (
        "2024-03-18",
        "2024-03-18",
    )


def test_an_imported_row_is_not_called_listed_and_keeps_its_month(pollwatch):
    row = an_appearance(is_imported=True, origin="a1", published_at=None, published="2024-03")
    pollwatch.store.released = {"r2k4m7p9": replace(RELEASE, published_at=None, appearances=(row,))}
    shown = pollwatch("releases", "show", "r2k4m7p9").stdout
    (release,) = pollwatch.records("releases", "show", "r2k4m7p9", "--json")

    assert "first seen 2024-03-18 10:00 UTC, dated 2024-03\n    imported as a1\n" in shown
    assert (release["published"], release["appearances"][0]["published"]) == (None, "2024-03")


def test_an_unknown_release_could_not_be_shown(pollwatch):
    result = pollwatch("releases", "show", "nonsense")

    assert result.exit_code == 3
    assert result.stderr == (
        "pollwatch: there is no release 'nonsense'; `pollwatch releases find WORDS` shows ids\n"
    )


def test_programs_get_one_object(pollwatch):
    pollwatch.store.released = {"r2k4m7p9": CORRECTED}
    (release,) = pollwatch.records("releases", "show", "r2k4m7p9", "--json")

    assert release["matches"] == [
        {
            "topic": "elections",
            "relevant": True,
            "score": 1.0,
            "hits": [
                {
                    "term": "elections*",
                    "language": "en",
                    "kind": "strong",
                    "where": "text",
                    "start": 38,
                    "end": 47,
                    "text": "elections",
                    "counts": True,
                    "reason": None,
                }
            ],
        }
    ]
    assert release["appearances"][0]["url"] == "https://press.economy.example/news/1"
    assert release["revisions"][0] == {
        "seen": "2024-03-18T09:00:00Z",
        "title": "First title",
        "text": "One.\nTwo.",
    }
    assert (release["release"], release["story"], release["witnesses"]) == (
        "r2k4m7p9",
        "s3w5x8z2",
        {"title": "heading", "text": "extractor"},
    )


def test_half_a_surrogate_pair_is_still_json(pollwatch):
    pollwatch.store.released = {"r2k4m7p9": replace(RELEASE, title="a\ud800b")}

    assert pollwatch.records("releases", "show", "r2k4m7p9", "--json")[0]["title"] == "a\ud800b"
