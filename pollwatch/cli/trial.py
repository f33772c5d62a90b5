"""How is a live try shown: what a feed lists, and where each field of a release came from?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from digest.plain import address, counted, one_line, shortened
from domain.poll import Outcome, Visit
from domain.release import Entry, Release
from pollwatch.cli.printing import moment, stamp, wrapped
from pollwatch.cli.problems import problem_lines

FIELDS = ("title", "published_at", "language", "text")
# As many as fit a screen together with two releases.
MOST_ENTRIES = 10
LONGEST_EXCERPT = 300
MENDS = {
    "language": "write its language at the feed",
    "published_at": "name its place in the source's file: under release, date",
}


def is_good(visit: Visit) -> bool:
    """True where there were releases, each field of theirs had a witness, and nothing was wrong."""
    releases = [one.release for one in visit.fetched]
    return bool(releases) and not visit.problems and not any(map(_unwitnessed, releases))


def visit_lines(visit: Visit) -> Iterator[str]:
    """One feed for people."""
    yield visit.feed_id
    yield f"  {_counts(visit)}"
    entries = _entries(visit)
    for entry in entries[:MOST_ENTRIES]:
        title = shortened(one_line(entry.title), LONGEST_EXCERPT) or "(no title)"
        yield from _hanging(f"    {_day(entry):<12}", title)
    if len(entries) > MOST_ENTRIES:
        yield f"    … and {len(entries) - MOST_ENTRIES:,} more"
    for one in visit.fetched:
        yield ""
        yield from _release_lines(one.release)
    for problem in visit.problems:
        yield ""
        yield from (f"  {line}" for line in problem_lines(problem))
    if (until := visit.host.not_before_at) and until > visit.finished_at:
        yield f"  {visit.host.host} asked to be left alone until {moment(until)}."
    yield ""


def visit_record(visit: Visit) -> dict[str, object]:
    """One feed for programs."""
    return {
        "feed": visit.feed_id,
        "outcome": visit.outcome,
        "listed": visit.listed,
        "entries": [
            {"url": entry.url, "title": entry.title, "published": stamp(entry.published_at)}
            for entry in _entries(visit)
        ],
        "releases": [_release_record(one.release) for one in visit.fetched],
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


def _day(entry: Entry) -> str:
    return f"{entry.published_at:%Y-%m-%d}" if entry.published_at else "no date"


def _hanging(name: str, text: str) -> list[str]:
    """A name with a text beside it, whose further lines stand under the first."""
    first, *more = wrapped(text, indent=" " * len(name))
    return [name + first.strip(), *more]


def _unwitnessed(release: Release) -> list[str]:
    return [field for field in FIELDS if field not in release.witnesses]


def _release_lines(release: Release) -> Iterator[str]:
    shown = {
        "title": one_line(release.title),
        "published_at": moment(release.published_at) if release.published_at else "not given",
        "language": release.language or "not given",
        "text": f"{len(release.text):,} letters",
    }
    yield f"  {address(release.url)}"
    for field in FIELDS:
        witness = release.witnesses.get(field, "no witness")
        name = field.removesuffix("_at")
        yield from _hanging(f"    {name:<12}", f"{shown[field]} ({witness})")
    excerpt = shortened(one_line(release.text), LONGEST_EXCERPT)
    yield from wrapped(excerpt, indent="      ")
    for field in _unwitnessed(release):
        mend = MENDS.get(field, f"name its place in the source's file: under release, {field}")
        yield from wrapped(f"To do: {field.removesuffix('_at')}: {mend}", indent="    ")


def _release_record(release: Release) -> dict[str, object]:
    return {
        "url": release.url,
        "title": release.title,
        "published": stamp(release.published_at),
        "lang": release.language,
        "text": release.text,
        "witnesses": dict(release.witnesses),
    }
