"""A house without rooms: commands are run as a person would, and ask this one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from domain.evidence import Dropped
from domain.watching import Figures, Room
from pollwatch.cli import commands
from pollwatch.loading.settings import KeepSettings
from pollwatch.wiring import House, Options, RunResult
from tests.builders import a_source
from tests.unit.digest.stories import ELECTIONS, NOW, a_state

NOTHING = Dropped(unmatched=0, matched=0, size=0)


class FakeJudgements:
    """All was judged by the keywords as they are, and marked by this version."""

    unmarked = ()
    unjudged = 0

    def left(self, rules):
        return self.unjudged

    def boilerplate(self):
        return {}

    def mark_rest(self, mark, *, version):
        yield from self.unmarked


class FakeUpkeep:
    """Nothing is the matter, unless a test says so."""

    def __init__(self) -> None:
        self.disk = Room(place="/data/pollwatch.db", free=80_000_000_000, held=250_000_000)
        self.rules_used_at = None
        self.noted = {}

    def owing(self):
        return frozenset()

    def figures(self, feed_id, *, with_arrivals, now):
        return Figures()

    def note(self, judged, *, polled_at):
        self.noted = judged
        return tuple(problem for found in judged.values() for problem in found)

    def room(self):
        return self.disk

    def rules_since(self, rules):
        return self.rules_used_at


class FakeStore:
    """Answers what a test put in; remembers what it was asked."""

    def __init__(self) -> None:
        self.judgements = FakeJudgements()
        self.upkeep = FakeUpkeep()
        self.states = {"xx_economy/news": a_state()}
        self.known = ()
        self.released = {}
        self.matched = ()
        self.untold = {}
        self.complaints = ()
        self.owes = {}
        self.unfolded = ()
        self.found = ()
        self.asked_for = None
        self.proofs = {}
        self.due = ()
        self.asked_to_keep = None
        self.copied_to = None
        self.asked_since = None
        self.due = ()
        self.asked_due = None
        self.counted = SimpleNamespace(
            releases=312, matched=14, revisions=3, stories=298, polls=40, owed=4
        )

    def due_feeds(self, feeds, *, now, everything):
        self.asked_due = (now, everything)
        return tuple(feed for feed in feeds if everything or feed.id in self.due)

    def feed_states(self):
        return self.states

    def problems(self, *, include_closed):
        return tuple(one for one in self.known if include_closed or not one.closed_at)

    def release(self, public_id):
        return self.released.get(public_id)

    def release_at(self, url):
        return self.released.get(url)

    def matched_stories(self, topic, *, since):
        self.asked_since = since
        return self.matched

    def untold_stories(self, topic, *, subscriber):
        return self.untold[subscriber]

    def owed(self):
        return self.owes

    def counts(self):
        return self.counted

    def check(self):
        return self.complaints

    def fold_rest(self, fold, *, version):
        yield from self.unfolded

    def find(self, wanted, *, scope, at_most):
        self.asked_for = (wanted, scope, at_most)
        return self.found[:at_most]

    def evidence(self, public_id):
        return self.proofs.get(public_id)

    def prunable(self, retention, *, now):
        self.asked_to_keep = retention
        return sum(self.due, start=NOTHING)

    def prune(self, retention, *, now):
        self.asked_to_keep = retention
        self.due, due = (), self.due
        yield from due

    def back_up(self, to):
        self.copied_to = to


class FakeHouse(House):
    """A house whose runs bring what a test put in."""

    def __init__(self) -> None:
        config = SimpleNamespace(
            settings=SimpleNamespace(
                database=SimpleNamespace(url="sqlite:////data/pollwatch.db"),
                keep=KeepSettings(),
            ),
            sources=(a_source(),),
            topics=(ELECTIONS,),
            subscribers=(),
            folder=None,
        )
        super().__init__(config=config, store=FakeStore(), clock=lambda: NOW)
        self.options = None
        self.polls = ()
        self.was_stopped = False
        self.error = None
        self.asked = None

    def run(self, *, only=(), everything=False, on_poll=lambda _: None):
        self.asked = (only, everything)
        self.feeds(only)
        for poll in self.polls:
            on_poll(poll)
        return RunResult(polls=self.polls, seconds=41.26, was_stopped=self.was_stopped)

    @contextmanager
    def wire(self, options: Options) -> Iterator[House]:
        self.options = options
        if self.error:
            raise self.error
        yield self


class Shell:
    """Runs pollwatch in a fake house."""

    def __init__(self) -> None:
        self.house = FakeHouse()
        self.store = self.house.store
        self.config = self.house.config

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(
            commands, words, obj=self.house.wire, prog_name="pollwatch", catch_exceptions=False
        )

    def records(self, *words: str) -> list[dict]:
        return [json.loads(line) for line in self(*words).stdout.splitlines()]


@pytest.fixture
def pollwatch() -> Shell:
    """The command line over a fake house."""
    return Shell()
