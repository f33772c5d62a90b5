"""What goes into a digest, in which order, and in which words?

Pure: stories and the health of feeds in, one value out. Which releases are news is decided before
(decision 0011). A story is told once in a digest, under the first topic that it matches; and once
in all: of one that the reader knows, only the releases that joined it are named, and what its
sources changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

from digest.calendar import Calendar, as_stated, order, precedence, to_the_minute
from digest.edition import Chapter, Digest, DigestStory, JoinedStory, Publication, Section
from digest.excerpt import hit_words, reasons, sentence, title
from digest.languages import language_name
from digest.revisions import Change, changes
from digest.trouble import failing, silent
from domain.actors import name_of
from domain.health import WatchedFeed
from domain.story import StoredRelease, Story
from domain.topic import Topic
from domain.urls import canonical_url

News = Sequence[tuple[Topic, Sequence[Story]]]
"""Topics in the order in which they are told, each with all its stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a digest is worded."""

    calendar: Calendar
    languages: Collection[str] | None
    """What he would rather read; None where any language does."""

    def reads(self, release: StoredRelease) -> bool:
        """True for what is in a language of his choice."""
        return self.languages is None or release.language in self.languages


def compose(
    news: News,
    *,
    feeds: Sequence[WatchedFeed],
    since: datetime | None,
    now: datetime,
    zone: tzinfo,
    languages: Collection[str] | None,
    notes: Sequence[str],
) -> Digest:
    """Word and order the stories: by topic, by the English name of the country, then by day.

    Of a story that was published in several languages those of the reader come first.
    """
    zones = {feed.source.id: ZoneInfo(feed.source.zone) for feed in feeds}
    calendar = Calendar(now=now, zone=zone, zones=zones)
    return Digest(
        chapters=tuple(_chapters(news, Reader(calendar=calendar, languages=languages))),
        since=since,
        now=now,
        zone=zone,
        watched=len(feeds),
        silent=silent(feeds, calendar),
        failing=failing(feeds),
        notes=tuple(notes),
    )


def _chapters(news: News, reader: Reader) -> Iterator[Chapter]:
    matched: dict[str, tuple[Topic, ...]] = {}
    for topic, stories in news:
        for story_id in {story.id for story in stories}:
            matched[story_id] = (*matched.get(story_id, ()), topic)
    for topic, stories in news:
        own = [story for story in stories if matched[story.id][0] is topic]
        yield _chapter(topic, own, matched=matched, reader=reader)


def _chapter(
    topic: Topic,
    stories: Sequence[Story],
    *,
    matched: Mapping[str, Sequence[Topic]],
    reader: Reader,
) -> Chapter:
    new = []
    since_told = []
    for story in stories:
        if story.told:
            known = _joined(story, matched[story.id], reader=reader)
            # What was changed may be no more than commas.
            if known.joined or known.known.changes:
                since_told.append(known)
        else:
            further = tuple(matched[story.id][1:])
            worded = _worded(story.releases, topic, further=further, reader=reader)
            at = story.alerted_at
            said = to_the_minute(at, reader.calendar.zone) if at else ""
            new.append(replace(worded, sent_at_once=said))
    new.sort(key=lambda story: _place(story, reader))
    since_told.sort(key=lambda story: _place(story.known, reader))
    return Chapter(
        topic=topic,
        sections=tuple(
            Section(country=country, stories=tuple(group))
            for country, group in groupby(new, key=lambda story: story.country)
        ),
        since_told=tuple(since_told),
    )


def _place(story: DigestStory, reader: Reader) -> tuple[str, tuple[date, str, str]]:
    return story.country, order(story.release, reader.calendar)


def _joined(story: Story, topics: Sequence[Topic], *, reader: Reader) -> JoinedStory:
    """The story that was told with what changed since, and releases that match and were not told.

    Each of these is worded by the first of the topics that it matches.
    """
    topic, *others = topics
    further = tuple(others)
    told = [release for release in story.releases if release.id in story.told]
    joined = [
        (release, matching)
        for release in _by_precedence(story.releases, topic, reader=reader)
        if release.id not in story.told
        and (matching := next((one for one in topics if _is_match(release, one)), None))
    ]
    return JoinedStory(
        known=replace(
            _worded(told, topic, further=further, reader=reader),
            changes=tuple(_changes_since_told(told, story.as_told, topics)),
        ),
        joined=tuple(
            _worded([release], matching, further=further, reader=reader)
            for release, matching in joined
        ),
    )


def _changes_since_told(
    told: Sequence[StoredRelease], as_told: Mapping[str, StoredRelease], topics: Sequence[Topic]
) -> Iterator[Change]:
    """What changed in told releases from the text that the reader knows to the one in force."""
    for release in told:
        if known := as_told.get(release.id):
            matches = (
                (each, match)
                for each in (known, release)
                for topic in topics
                if (match := each.match(topic.id))
            )
            words = frozenset(word for each, match in matches for word in hit_words(each, match))
            yield from changes((known.revisions[-1], release.revisions[-1]), words=words)


def _worded(
    releases: Sequence[StoredRelease],
    topic: Topic,
    *,
    further: tuple[Topic, ...],
    reader: Reader,
) -> DigestStory:
    first, *others = _by_precedence(releases, topic, reader=reader)
    match = first.match(topic.id)
    words = hit_words(first, match) if match else frozenset()
    return DigestStory(
        title=title(first, match),
        institution=_institution(first),
        country=name_of(first.country),
        date=as_stated(first.published_at, first.source_id, calendar=reader.calendar),
        language=language_name(first.language) if first.language else None,
        sentence=sentence(first, match) if match else (),
        reasons=reasons(first, match) if match else (),
        url=first.url,
        also=tuple(_elsewhere(first, others, reader)),
        changes=changes(first.revisions, words=words),
        sent_at_once="",
        release=first,
        further_topics=further,
    )


def _by_precedence(
    releases: Sequence[StoredRelease], topic: Topic, *, reader: Reader
) -> list[StoredRelease]:
    """What stands for a story first.

    Those that match before those that do not; what the reader reads before what he does not; and
    what was published first before the rest.
    """
    return sorted(
        releases,
        key=lambda release: (
            not _is_match(release, topic),
            not reader.reads(release),
            precedence(release, reader.calendar),
        ),
    )


def _is_match(release: StoredRelease, topic: Topic) -> bool:
    match = release.match(topic.id)
    return match is not None and match.is_match


def _institution(release: StoredRelease) -> str:
    """The institution with its country, unless its name says that already."""
    country = name_of(release.country)
    named = country.casefold() in release.institution.casefold()
    return release.institution if named else f"{release.institution}, {country}"


def _elsewhere(
    first: StoredRelease, others: Sequence[StoredRelease], reader: Reader
) -> Iterator[Publication]:
    """All further addresses of the story, each once."""
    shown = {canonical_url(first.url)}
    for release in (first, *others):
        places = [(release.url, release.published_at)]
        places += [(seen.url, seen.published_at) for seen in release.appearances]
        for url, published_at in places:
            if canonical_url(url) in shown:
                continue
            shown.add(canonical_url(url))
            yield Publication(
                institution=_institution(release),
                date=as_stated(published_at, release.source_id, calendar=reader.calendar),
                url=url,
                release_id=release.id,
            )
