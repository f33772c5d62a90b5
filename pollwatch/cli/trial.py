"""How is a live try shown: what a feed lists, and where each field of a release came from?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from analysis.language import base_code, detect
from digest.calendar import day_of
from digest.plain import address, counted, one_line, shortened
from domain.poll import Outcome, Visit
from domain.release import Entry, Release
from domain.source import Feed
from pollwatch.cli.printing import date_stamp, dated, moment, wrapped
from pollwatch.cli.problems import problem_lines

FIELDS = ("title", "published_at", "language", "text")
# As many as fit a screen together with two releases.
MOST_ENTRIES = 10
LONGEST_EXCERPT = 300
RECIPES = {"published_at": "date"}
"""What a field is called under ``release``, where that is another word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Who says which language a release is in."""

    page: str | None
    file: tuple[str, ...]
    text: str | None
    """What its own words are in, as far as that can be told."""

    @property
    def are_settled(self) -> bool:
        """True where the text is in a language that the source's file names."""
        return self.text in [base_code(tag) for tag in self.file]


def is_good(visit: Visit, feed: Feed) -> bool:
    """True where there were releases, each field of theirs had a witness, and nothing was wrong."""
    releases = [one.release for one in visit.fetched]
    to_do = [mend for one in releases for mend in _to_do(one, _languages(one, feed))]
    return bool(releases) and not visit.problems and not to_do


def visit_lines(visit: Visit, feed: Feed) -> Iterator[str]:
    """One feed for people."""
    zone = ZoneInfo(feed.zone)
    yield visit.feed_id
    yield f"  {_counts(visit)}"
    entries = _entries(visit)
    for entry in entries[:MOST_ENTRIES]:
        title = shortened(one_line(entry.title), LONGEST_EXCERPT) or "(no title)"
        yield from _hanging(f"    {_day(entry, zone):<12}", title)
    if len(entries) > MOST_ENTRIES:
        yield f"    … and {len(entries) - MOST_ENTRIES:,} more"
    for one in visit.fetched:
        yield ""
        yield from _release_lines(one.release, feed)
    for problem in visit.problems:
        yield ""
        yield from (f"  {line}" for line in problem_lines(problem))
    if (until := visit.host.not_before_at) and until > visit.finished_at:
        yield f"  {visit.host.host} asked to be left alone until {moment(until)}."
    yield ""


def visit_record(visit: Visit, feed: Feed) -> dict[str, object]:
    """One feed for programs."""
    zone = ZoneInfo(feed.zone)
    return {
        "feed": visit.feed_id,
        "outcome": visit.outcome,
        "listed": visit.listed,
        "entries": [
            {
                "url": entry.url,
                "title": entry.title,
                "published": date_stamp(entry.published_at, zone),
            }
            for entry in _entries(visit)
        ],
        "releases": [_release_record(one.release, feed) for one in visit.fetched],
        "problems": [
            {
                "code": problem.code,
                "place": problem.place,
                "detail": one_line(problem.detail),
                "hint": one_line(problem.hint),
            }
            for problem in visit.problems
        ],
    }


def _counts(visit: Visit) -> str:
    if visit.outcome is Outcome.FAILED:
        return "could not be read"
    fates = Counter(fate.value for _, fate in visit.fates)
    said = ", ".join(f"{number:,} {fate}" for fate, number in fates.items())
    listed = counted(visit.listed, "entry", "entries")
    return f"{listed} listed: {said}" if said else f"{listed} listed"


def _entries(visit: Visit) -> Sequence[Entry]:
    """The entries, in the order of the listing."""
    listed = [*(one.entry for one in visit.fetched), *(one.entry for one in visit.owed)]
    known = {entry.key: entry for entry in listed}
    keys = dict.fromkeys(key for key, _ in visit.fates)
    return [known[key] for key in keys if key in known]


def _day(entry: Entry, zone: tzinfo) -> str:
    at = entry.published_at
    return day_of(at, zone).isoformat() if at else "no date"


def _hanging(name: str, text: str) -> list[str]:
    """A name with a text beside it, whose further lines stand under the first."""
    first, *more = wrapped(text, indent=" " * len(name))
    return [name + first.strip(), *more]


def _languages(release: Release, feed: Feed) -> Languages:
    from crawler.extract.release import page_language

    declared = [release.language] if release.language else []
    return Languages(
        page=page_language(release.original),
        file=feed.languages,
        text=detect(release.title, release.text, declared),
    )


def _release_lines(release: Release, feed: Feed) -> Iterator[str]:
    languages = _languages(release, feed)
    shown = {
        "title": f"{one_line(release.title)} ({_witness(release, 'title')})",
        "published": f"{dated(release.published_at, ZoneInfo(feed.zone))}"
        f" ({_witness(release, 'published_at')})",
        "language": _language(release, languages),
        "text": f"{len(release.text):,} letters ({_witness(release, 'text')})",
    }
    yield f"  {address(release.url)}"
    for name, words in shown.items():
        yield from _hanging(f"    {name:<12}", words)
    excerpt = shortened(one_line(release.text), LONGEST_EXCERPT)
    yield from wrapped(excerpt, indent="      ")
    for mend in _to_do(release, languages):
        yield from wrapped(f"To do: {mend}", indent="    ")


def _witness(release: Release, field: str) -> str:
    return release.witnesses.get(field, "no witness")


def _language(release: Release, languages: Languages) -> str:
    """The language and its witness; where page and file differ, what each of them says."""
    if release.language:
        return f"{release.language} ({_witness(release, 'language')})"
    page = f"the page says {languages.page} (meta)" if languages.page else "the page says none"
    file = f"the file {' or '.join(languages.file)} (feed)"
    return f"{languages.text or 'not clear'} (its words); {page}, {file}"


def _to_do(release: Release, languages: Languages) -> Iterator[str]:
    """What to write for each field that nobody stands for."""
    for field in FIELDS:
        if field in release.witnesses:
            continue
        if field != "language":
            name = RECIPES.get(field, field)
            said = f"{field.removesuffix('_at')}: name its place in the source's file"
            yield f"{said}: under release, {name}"
        elif not languages.are_settled:
            yield f"language: add {languages.text or 'it'} to the feed's, if the release is in it"


def _release_record(release: Release, feed: Feed) -> dict[str, object]:
    languages = _languages(release, feed)
    return {
        "url": release.url,
        "title": release.title,
        "published": date_stamp(release.published_at, ZoneInfo(feed.zone)),
        "lang": release.language,
        "languages": {
            "page": languages.page,
            "file": list(languages.file),
            "text": languages.text,
        },
        "text": release.text,
        "witnesses": dict(release.witnesses),
    }
