"""What goes into a digest, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.edition import Publication, TroubledFeed
from digest.trouble import CAUSES
from domain.health import REFUSALS, WRONG_ANSWERS, Health
from domain.poll import Code
from domain.release import Revision
from domain.source import SourceId
from tests.unit.digest.stories import (
    ELECTIONS,
    MORNING,
    NOW,
    SANCTIONS,
    a_digest,
    a_hit_on,
    a_match_on,
    a_stored_release,
    a_story,
    a_titled_release,
    a_watched_feed,
    an_appearance,
)

TOKYO = replace(
    a_watched_feed(),
    source=replace(a_watched_feed().source, id=SourceId("jp_mofa"), zone="Asia/Tokyo"),
)


def only(*releases, **changes):
    """The one story of a digest."""
    (story,) = stories_of(a_digest(a_story(*releases), **changes).chapters[0])
    return story


def stories_of(chapter):
    return [story for section in chapter.sections for story in section.stories]


def titles(digest):
    return [story.release.title for story in stories_of(digest.chapters[0])]


def test_sections_follow_the_english_names_of_countries():
    digest = a_digest(
        a_story(a_stored_release(country="GB")),
        a_story(a_stored_release(country="DE")),
        a_story(a_stored_release(country="EU")),
    )

    assert [section.country for section in digest.chapters[0].sections] == [
        "European Union",
        "Germany",
        "United Kingdom",
    ]


def test_stories_of_one_country_share_a_section_by_day_and_then_title():
    digest = a_digest(
        a_story(a_stored_release(title="Later", published_at=MORNING + timedelta(days=1))),
        a_story(a_stored_release(title="B", published_at=MORNING)),
        a_story(a_stored_release(title="A", published_at=MORNING + timedelta(hours=2))),
    )

    assert titles(digest) == ["A", "B", "Later"]
    assert digest.count == 3


def test_each_topic_is_a_chapter_in_the_order_given():
    digest = a_digest(
        news=[(SANCTIONS, [a_story(a_stored_release(story_id="other"))]), (ELECTIONS, [a_story()])]
    )

    assert [(chapter.topic.id, chapter.count) for chapter in digest.chapters] == [
        ("sanctions", 1),
        ("elections", 1),
    ]


def test_a_story_of_two_topics_is_told_once_under_the_first():
    digest = a_digest(news=[(ELECTIONS, [a_story()]), (SANCTIONS, [a_story()])])
    (story,) = stories_of(digest.chapters[0])

    assert digest.count == 1
    assert story.further_topics == (SANCTIONS,)


def test_of_a_known_story_only_the_releases_that_joined_are_told():
    copy = a_stored_release(id="copy", country="SE")
    silent = a_stored_release(id="silent", matches=())
    digest = a_digest(a_story(a_stored_release(id="own"), copy, silent, told=["own"]))
    (known,) = digest.chapters[0].since_told

    assert digest.count == 0
    assert known.known.release.id == "own"
    assert [story.release.id for story in known.joined] == ["copy"]


def test_a_release_that_joined_for_a_further_topic_is_told_in_the_words_of_that_topic():
    text = a_stored_release().text
    match = a_match_on("They", text, a_hit_on("occupation", text), topic="sanctions")
    story = a_story(
        a_stored_release(id="own"),
        a_stored_release(id="copy"),
        a_stored_release(id="other", matches=(match,)),
        told=["own"],
    )
    elections, sanctions = a_digest(news=[(ELECTIONS, [story]), (SANCTIONS, [story])]).chapters

    assert sanctions.length == 0
    assert [
        (joined.release.id, joined.reasons[0].term) for joined in elections.since_told[0].joined
    ] == [("copy", "elections*"), ("other", "occupation*")]


def test_known_stories_follow_the_countries_of_what_was_told():
    french = a_story(a_stored_release(id="fr"), a_stored_release(id="new"), told=["fr"])
    czech = a_story(
        a_stored_release(id="cz", country="CZ"), a_stored_release(id="new"), told=["cz"]
    )
    chapter = a_digest(french, czech).chapters[0]

    assert [known.known.country for known in chapter.since_told] == ["Czechia", "France"]


def test_a_date_in_the_future_is_never_used_for_order():
    claimed = a_stored_release(
        title="Claimed", published_at=datetime(2031, 1, 1, tzinfo=UTC), first_seen_at=MORNING
    )
    dated = a_stored_release(title="Dated", published_at=MORNING + timedelta(days=1))

    assert titles(a_digest(a_story(dated), a_story(claimed))) == ["Claimed", "Dated"]


@pytest.mark.parametrize(
    ("published_at", "said"),
    [
        (MORNING, "18 March 2024"),
        (None, "date not given"),
        (NOW + timedelta(hours=23), "21 March 2024"),
        (NOW + timedelta(hours=25), "dated 21 March 2024 by the source"),
        (datetime.max.replace(tzinfo=UTC), "dated 31 December 9999 by the source"),
    ],
)
def test_the_date_is_said_as_stated(published_at, said):
    assert only(a_stored_release(published_at=published_at)).date == said


def test_a_day_is_that_of_the_place_where_it_was_published():
    midnight_in_tokyo = datetime(2024, 3, 18, 15, tzinfo=UTC)
    release = a_stored_release(source_id=SourceId("jp_mofa"), published_at=midnight_in_tokyo)

    assert only(release, feeds=[TOKYO]).date == "19 March 2024"


def test_the_last_day_of_the_calendar_is_no_reason_to_fail():
    end = datetime.max.replace(tzinfo=UTC)
    release = a_stored_release(source_id=SourceId("jp_mofa"), published_at=end)

    assert only(release, feeds=[TOKYO]).date == "dated 31 December 9999 by the source"


def test_the_release_that_was_published_first_stands_for_the_story():
    own = a_stored_release(id="own", country="EU", published_at=MORNING)
    copy = a_stored_release(id="copy", country="SE", published_at=MORNING + timedelta(hours=1))

    assert only(copy, own).release.id == "own"


@pytest.mark.parametrize(
    ("languages", "first"),
    [(None, "own"), (("en", "pl"), "own"), (("pl",), "polish"), (("sv", "pl"), "polish")],
)
def test_a_text_that_the_reader_reads_stands_for_the_story(languages, first):
    own = a_stored_release(id="own", published_at=MORNING)
    polish = a_stored_release(id="polish", language="pl", published_at=MORNING + timedelta(hours=1))

    assert only(own, polish, languages=languages).release.id == first


def test_a_text_that_does_not_match_stands_for_no_story_in_whatever_language():
    own = a_stored_release(id="own")
    silent = a_stored_release(id="silent", language="pl", matches=())

    assert only(silent, own, languages=("pl",)).release.id == "own"


def test_a_day_without_an_hour_does_not_come_before_the_hours_of_that_day():
    own = a_stored_release(id="own", published_at=MORNING)
    copy = a_stored_release(id="copy", published_at=datetime(2024, 3, 18, tzinfo=UTC))

    assert only(copy, own).release.id == "own"


def test_an_undated_release_stands_for_no_story_that_has_a_dated_one():
    undated = a_stored_release(id="undated", published_at=None, first_seen_at=MORNING)
    dated = a_stored_release(id="dated", published_at=MORNING + timedelta(days=1))

    assert only(undated, dated).release.id == "dated"


def test_a_release_that_does_not_match_stands_for_no_story_that_has_one_that_does():
    silent = a_stored_release(id="silent", matches=(), published_at=MORNING - timedelta(days=1))

    assert only(silent, a_stored_release(id="telling")).release.id == "telling"


def test_a_story_without_any_match_is_still_told():
    assert only(a_stored_release(matches=())).sentence == ()


def test_the_institution_is_named_with_its_country():
    assert only(a_stored_release()).institution == "Ministry of Economy, France"


def test_the_country_is_not_repeated_where_the_institution_names_it():
    release = a_stored_release(institution="Embassy of France")

    assert only(release).institution == "Embassy of France"


def test_the_language_of_the_text_is_named():
    assert only(a_stored_release(language="pl")).language == "Polish"


def test_other_releases_and_other_addresses_are_named_once_each():
    copy_url = "https://press.neighbour.example/eu-statement"
    own = a_stored_release(
        appearances=(
            an_appearance(url="https://press.economy.example/news/1?utm_source=feed"),
            an_appearance(url="https://press.economy.example/en/news/1"),
        )
    )
    copy = a_stored_release(
        id="copy",
        institution="Government Offices",
        country="SE",
        url=copy_url,
        published_at=MORNING + timedelta(days=1),
        appearances=(an_appearance(url=copy_url),),
    )

    assert only(own, copy).also == (
        Publication(
            institution="Ministry of Economy, France",
            date="18 March 2024",
            url="https://press.economy.example/en/news/1",
            release_id="r2k4m7p9",
        ),
        Publication(
            institution="Government Offices, Sweden",
            date="19 March 2024",
            url=copy_url,
            release_id="copy",
        ),
    )


def test_a_correction_that_matters_is_told_with_the_story():
    release = a_stored_release()
    before = replace(release.revisions[0], text=release.text.replace("these", "the"))

    (change,) = only(replace(release, revisions=(before, *release.revisions))).changes

    assert change.old == ("The ministry does not recognise the elections.",)
    assert change.new == ("The ministry does not recognise these elections.",)


def test_another_topics_match_lends_no_words():
    other = a_match_on("They", a_stored_release().text, topic="summits")

    assert only(a_stored_release(matches=(other,))).reasons == ()


def test_a_silent_feed_is_named_with_its_last_sign_of_life():
    feed = a_watched_feed(Health.SILENT, last_new_at=datetime(2024, 2, 1, tzinfo=UTC))

    assert a_digest(feeds=[feed]).silent == (
        TroubledFeed(
            institution="Ministry of Economy",
            feed_id="xx_economy/news",
            reason="nothing new since 1 February 2024",
        ),
    )


def test_a_feed_that_never_brought_anything_is_silent_since_its_first_poll():
    feed = a_watched_feed(Health.SILENT, last_new_at=None)

    assert a_digest(feeds=[feed]).silent[0].reason == "nothing new since 19 February 2024"


@pytest.mark.parametrize(
    ("health", "state", "reason"),
    [
        (Health.FAILING, {"open_problems": (Code.LISTING_EMPTY,)}, "the listing is empty"),
        (Health.REFUSED, {"open_problems": (Code.FEED_REFUSED,)}, "we are refused"),
        (
            Health.FAILING,
            {"open_problems": (Code.FEED_MOVED,), "failures": 3},
            "3 polls failed",
        ),
        (Health.FAILING, {"failures": 1}, "1 poll failed"),
    ],
)
def test_a_failing_feed_is_named_with_its_cause(health, state, reason):
    (feed,) = a_digest(feeds=[a_watched_feed(health, **state)]).failing

    assert feed.reason == reason


def test_every_problem_that_makes_a_feed_fail_has_plain_words():
    assert set(CAUSES) == REFUSALS | WRONG_ANSWERS


def test_feeds_that_are_well_or_late_are_only_counted():
    digest = a_digest(feeds=[a_watched_feed(), a_watched_feed(Health.LATE)])

    assert (digest.watched, digest.silent, digest.failing) == (2, (), ())


def test_order_does_not_depend_on_the_order_of_arrival():
    stories = [a_story(a_titled_release(name)) for name in ("C", "A", "B")]

    assert titles(a_digest(*stories)) == titles(a_digest(*reversed(stories)))


def corrected(old, new, **changes):
    """A told release whose text was changed since, as the reader knows it and as it reads now."""
    word = changes.pop("word", "elections")
    first = Revision(title="Statement", text=old, seen_at=MORNING)
    last = Revision(title="Statement", text=new, seen_at=NOW)
    as_told = a_stored_release(
        text=old, revisions=(first,), matches=(a_match_on(old, old, a_hit_on(word, old)),)
    )
    now = a_stored_release(text=new, revisions=(first, last), matches=(), **changes)
    return a_story(now, told=[now.id], as_told=[as_told])


def test_a_correction_of_a_told_release_is_told_with_the_old_and_the_new_sentence():
    story = corrected("We regret the elections.", "We condemn the vote.")
    (known,) = a_digest(story).chapters[0].since_told

    assert known.joined == ()
    assert [(change.old, change.new, change.seen_at) for change in known.known.changes] == [
        (("We regret the elections.",), ("We condemn the vote.",), NOW)
    ]


def test_a_mended_typo_of_a_told_release_makes_no_line():
    story = corrected("We recieve the elections.", "We receive the elections.")

    assert a_digest(story).length == 0


def test_what_the_reader_knew_already_is_not_told_again_when_another_release_joins():
    texts = ("On 1 May.", "On 2 May.")
    revisions = [Revision(title="Statement", text=text, seen_at=MORNING) for text in texts]
    own = a_stored_release(id="own", revisions=tuple(revisions))
    (known,) = (
        a_digest(a_story(own, a_stored_release(id="copy"), told=["own"])).chapters[0].since_told
    )

    assert known.known.changes == ()
