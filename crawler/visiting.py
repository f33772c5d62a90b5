"""What has a poll brought home so far?

A visit is filled while its feed is polled and can be closed at any moment: whatever was listed
by then has a fate, and whatever was not fetched for good is owed. So a stop in the middle, an
error, and a normal end all give a visit that adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from traceback import extract_tb

from crawler.extract.errors import WithoutText, WithoutTitle
from crawler.hosts import Taken
from crawler.oddities import doubtful_dates, missed_recipes
from domain.errors import (
    BadCertificate,
    Busy,
    Gone,
    ParseError,
    PollwatchError,
    Refused,
    TooLarge,
)
from domain.novelty import Sorted
from domain.poll import (
    Code,
    Fate,
    FeedMemory,
    Fetched,
    HostMemory,
    Outcome,
    Owed,
    Problem,
    Visit,
)
from domain.release import Entry, EntryKey, Release
from domain.source import Feed

ATTEMPTS = 5
# An outage of a day costs no entry: five attempts are thirteen hours apart, first to last.
FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=6)
OUR_FAULT = "This is a bug of pollwatch; please report it with this line"
ENTRY_CODES = (
    (WithoutTitle, Code.RELEASE_WITHOUT_TITLE),
    (WithoutText, Code.RELEASE_WITHOUT_TEXT),
    (TooLarge, Code.PAGE_TOO_LARGE),
)
FEED_CODES = (
    (BadCertificate, Code.CERTIFICATE),
    (Refused, Code.FEED_REFUSED),
    (Gone, Code.FEED_GONE),
    (TooLarge, Code.PAGE_TOO_LARGE),
    (ParseError, Code.FEED_NOT_A_FEED),
)


class VisitInProgress:
    """One poll of one feed, from its start to its visit."""

    def __init__(self, feed: Feed, memory: FeedMemory, *, started_at: datetime) -> None:
        self.feed = feed
        self.memory = memory
        self.validators = memory.validators
        self._started_at = started_at
        self._outcome = Outcome.STOPPED
        self._listed: tuple[Entry, ...] = ()
        self._sorted: Sorted | None = None
        self._fates: dict[EntryKey, Fate] = {}
        self._still_owed: dict[EntryKey, Owed] = {}
        self._fetched: list[Fetched] = []
        self._given_up: list[Entry] = []
        self._problems: list[Problem] = []

    def plan(self, entries: Sequence[Entry], found: Sorted) -> None:
        """Take down what was listed and what is to be done with it."""
        self._listed = tuple(entries)
        self._sorted = found
        if count := sum(1 for entry in entries if not entry.url):
            self.problem(
                Code.ENTRY_WITHOUT_ADDRESS,
                place=self.feed.id,
                detail=f"{count} of {len(entries)} entries name no address to fetch",
                hint="Look at the listing; a recipe's link may point beside the entry",
            )

    def finished(self, outcome: Outcome) -> None:
        """All that was planned has been done."""
        self._outcome = outcome

    def fetched(self, entry: Entry, release: Release) -> None:
        """An entry's page held a release."""
        self._fates[entry.key] = Fate.FETCHED
        self._fetched.append(Fetched(entry=entry, release=release))
        self._problems.extend(doubtful_dates(entry, release))

    def carried(self, entry: Entry, release: Release, error: Refused) -> None:
        """An entry's page refuses; its feed carries the release."""
        self.fetched(entry, release)
        self.problem(
            Code.RELEASE_FROM_FEED,
            place=self.feed.id,
            detail=f"the text that the feed carries was kept, because {error.message}",
            hint=error.next_step or "Open the address; the page may say more than the feed",
        )

    def deferred(self, owed: Owed, busy: Busy, *, now: datetime) -> None:
        """Nobody asked for an entry; that is no fault of its own."""
        self._still_owed[owed.entry.key] = Owed(
            entry=owed.entry,
            attempts=owed.attempts,
            not_before_at=busy.retry_at or now,
            reason=busy.message,
        )

    def failed(self, owed: Owed, error: Exception, *, now: datetime) -> None:
        """An entry's page held nothing good; it is tried again later, or given up aloud.

        A host that asks for patience is left alone as long as it asks, even where that is longer.
        """
        entry, attempts = owed.entry, owed.attempts + 1
        self._fates[entry.key] = Fate.FAILED
        reason = self._entry_problem(entry, error)
        if attempts >= ATTEMPTS:
            self._given_up.append(entry)
            self.problem(
                Code.ENTRY_GIVEN_UP,
                place=entry.url,
                detail=f"given up after {attempts} attempts: {reason}",
                hint="Open the address; if the release is there, its page needs a recipe",
            )
            return
        again_at = now + min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
        if isinstance(error, Busy) and error.retry_at:
            again_at = max(again_at, error.retry_at)
        self._still_owed[entry.key] = Owed(
            entry=entry, attempts=attempts, not_before_at=again_at, reason=reason
        )

    def _entry_problem(self, entry: Entry, error: Exception) -> str:
        """Why an entry failed, in words; a wrong answer is a problem at once."""
        if not isinstance(error, PollwatchError):
            self.problem(Code.UNEXPECTED, place=entry.url, detail=named(error), hint=OUR_FAULT)
            return named(error)
        if code := _code(error, ENTRY_CODES):
            self.problem(code, place=entry.url, detail=error.message, hint=error.next_step)
        return error.message

    def problem(self, code: Code, *, place: str, detail: str, hint: str) -> None:
        """Something a person should look at."""
        self._problems.append(Problem(code=code, place=place, detail=detail, hint=hint))

    def feed_failed(self, error: Exception) -> None:
        """There was no listing to read."""
        self._outcome = Outcome.FAILED
        self.not_read(error)

    def not_read(self, error: Exception) -> None:
        """The listing could not be read, or not as a whole."""
        if isinstance(error, Taken):
            return  # nobody asked the host, so nothing is known to be wrong with it
        if not isinstance(error, PollwatchError):
            self.problem(Code.UNEXPECTED, place=self.feed.id, detail=named(error), hint=OUR_FAULT)
            return
        code = _code(error, FEED_CODES)
        self._problems.append(
            Problem(
                code=code or Code.FEED_UNREACHABLE,
                place=self.feed.id,
                detail=error.message,
                hint=error.next_step,
                is_patient=code is None,
            )
        )

    def older_not_listed(self, error: PollwatchError) -> None:
        """Older pages of the listing could not be read; the feed itself could.

        Whatever the reason, it is no verdict on the feed's own address.
        """
        if isinstance(error, Taken):
            return
        self._problems.append(
            Problem(
                code=Code.FEED_UNREACHABLE,
                place=self.feed.id,
                detail=f"older entries could not be listed: {error.message}",
                hint=error.next_step,
                is_patient=True,
            )
        )

    def cut_short(self, limit: timedelta) -> None:
        """The poll took too long; what it did not reach is owed where it was listed."""
        self._outcome = Outcome.FAILED if self._sorted is None else Outcome.NEWS
        self.problem(
            Code.POLL_TOO_LONG,
            place=self.feed.id,
            detail=f"the poll was ended after {limit.total_seconds() / 60:g} minutes",
            hint="Nothing is lost; fetch fewer releases at a time ([crawl] releases_per_run)",
        )

    def feed_gap(self, url: str, *, is_to_be_closed: bool) -> None:
        """More was new than one poll lists."""
        hint = (
            "The next polls list more of it, page by page"
            if is_to_be_closed
            else "Look there for what was published in between; `pollwatch import` takes it in"
        )
        self.problem(
            Code.FEED_GAP,
            place=self.feed.id,
            detail=f"more was new than one poll lists; the listing goes on at {url}",
            hint=hint,
        )

    def feed_moved(self, url: str) -> None:
        """The feed answers, and says that it will answer elsewhere from now on."""
        self.problem(
            Code.FEED_MOVED,
            place=self.feed.id,
            detail=f"{self.feed.url} has moved for good to {url}",
            hint="Write the new address into the source's file",
        )

    def listing_empty(self, hint: str) -> None:
        """A good answer without a single entry is not "no news"."""
        self.problem(
            Code.LISTING_EMPTY,
            place=self.feed.id,
            detail=f"{self.feed.url} answers well, and lists nothing",
            hint=hint,
        )

    def close(self, *, host: HostMemory, now: datetime) -> Visit:
        """The visit as far as it got."""
        fates, owed = ((), self.memory.owed) if self._sorted is None else self._settle(self._sorted)
        return Visit(
            feed_id=self.feed.id,
            outcome=self._outcome,
            started_at=self._started_at,
            finished_at=now,
            host=host,
            validators=self.validators,
            listed=len(self._listed),
            taken_up=len(fates) - len(self._listed),
            fates=fates,
            fetched=tuple(self._fetched),
            owed=owed,
            given_up=tuple(self._given_up),
            problems=(*self._problems, *missed_recipes(self.feed, self._fetched)),
        )

    def _settle(self, found: Sorted) -> tuple[tuple[tuple[EntryKey, Fate], ...], tuple[Owed, ...]]:
        """A fate for each entry: what nobody got to is deferred, and owed as it was."""
        fates = [(entry.key, fate) for entry, fate, _ in found.settled]
        owed: list[Owed] = []
        for item in found.fetch:
            key = item.entry.key
            fates.append((key, self._fates.get(key, Fate.DEFERRED)))
            if key in self._still_owed:
                owed.append(self._still_owed[key])
            elif key not in self._fates:
                owed.append(_owed(item, "the poll was stopped before its turn"))
        for item in found.defer:
            fates.append((item.entry.key, Fate.DEFERRED))
            owed.append(_owed(item, "more was new than is fetched in one poll"))
        return tuple(fates), tuple(owed)


def named(error: Exception) -> str:
    """An exception's class, text, and the line that it came from."""
    frames = extract_tb(error.__traceback__)
    where = f", in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _owed(item: Owed, reason: str) -> Owed:
    return item if item.reason else replace(item, reason=reason)


def _code(error: Exception, codes: Sequence[tuple[type[Exception], Code]]) -> Code | None:
    return next((code for kind, code in codes if isinstance(error, kind)), None)
